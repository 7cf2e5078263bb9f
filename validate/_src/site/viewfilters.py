"""Columns by whose values the rows of views are picked and counted."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from validate._src.site.spoken import NEUTRAL
from validate._src.site.viewvalues import Entry, Head, Values
from validate._src.words.schema import Category
from validate._src.words.views import ViewColumn

NONE = Entry(None, {"": "none"})
"""What stands for a value that rows do not have, where rows are picked by it or stand under it."""


@dataclass(frozen=True)
class Choice:
    """A value by which rows can be picked.

    Attributes:
        entry: the value.
        count: how many rows have it, or a narrower one.
    """

    entry: Entry
    count: int


@dataclass(frozen=True)
class Filter:
    """A column by whose values rows can be picked.

    Attributes:
        head: the column.
        choices: its values: those of a vocabulary in its order, others as they are called.
        are_names: whether that order is another in each language.
    """

    head: Head
    choices: tuple[Choice, ...]
    are_names: bool = False

    @property
    def has_none(self) -> bool:
        """Whether some rows have no value in the column."""
        return any(choice.entry.value is None for choice in self.choices)


def filter_of(
    column: ViewColumn, head: Head, cells: Iterable[Sequence[Entry]], values: Values
) -> tuple[Filter, list[tuple[int, ...]]]:
    """A filter, and for each row the numbers of its choices.

    Args:
        column: the column.
        head: what stands above it.
        cells: what each row has in it; nothing where it is empty.
        values: what knows of wider values.
    """
    entries: dict[Any, Entry] = {}
    of_rows: list[set[Any]] = []
    for each in cells:
        own = each or (NONE,)
        entries.update({entry.value: entry for entry in own})
        wider = {one for entry in own for one in values.wider(column, entry.value)}
        of_rows.append({entry.value for entry in own} | wider)
    for value in set[Any]().union(*of_rows) - entries.keys():
        entries[value] = values.entry(column, value)
    counts = Counter(value for row in of_rows for value in row)
    ordered = sorted(entries.values(), key=in_order(values.vocabulary(column)))
    numbers = {entry.value: number for number, entry in enumerate(ordered)}
    choices = tuple(Choice(entry, counts[entry.value]) for entry in ordered)
    picks = [tuple(sorted(numbers[value] for value in row)) for row in of_rows]
    return Filter(head, choices, not values.vocabulary(column) and are_names(ordered)), picks


def in_order(vocabulary: Sequence[Category]) -> Callable[[Entry], tuple[Any, ...]]:
    """What values are sorted by, in lists of all that there are.

    That is their place in a vocabulary, or else a number, a date, or what they are called in the
    first language of the package. What stands for none comes last.

    Args:
        vocabulary: the categories that they may be; there need not be any.
    """
    listed = {one.value: at for at, one in enumerate(vocabulary)}

    def place(entry: Entry) -> tuple[Any, ...]:
        called = entry.order or next(iter(entry.phrase.values()))
        known = listed.get(entry.value, len(listed))
        number = entry.value if entry.is_number else 0
        return entry.value is None, known, number, called.casefold(), str(entry.value)

    return place


def are_names(entries: Iterable[Entry]) -> bool:
    """Whether values are called otherwise in each language, so that each has its own order."""
    return any(NEUTRAL not in entry.phrase and not entry.order for entry in entries)
