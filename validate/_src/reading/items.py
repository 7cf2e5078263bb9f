"""Rows as their formats have them, before they are cells of a table."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, NamedTuple

import polars as pl

from validate._src.reading._continuing import without_empty
from validate._src.reading._values import text_of
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource

SAMPLE = 1000  # rows that are looked at for keys before all are, which mostly need not be


class Item(NamedTuple):
    """A row as its format has it.

    Attributes:
        value: a list of cells, or an object of them by label; where the file cannot be read on,
            the error that says why, after which nothing of this file follows.
        line: physical line on which it starts, or None where the format has no lines.
        location: the file in which it stands; None for data inline.
        repeated: the keys that stand more than once in an object; the last value is read.
    """

    value: Any
    line: int | None = None
    location: str | None = None
    repeated: tuple[str, ...] = ()

    @classmethod
    def of(cls, error: "BrokenContentError | FileError", location: str | None) -> "Item":
        """The last of a file, which cannot be read on.

        Without its traceback: that keeps alive what has the file open, which has the error.
        """
        return cls(error.with_traceback(None), error.line, location)


@dataclass(frozen=True, eq=False)
class Columns:
    """Rows that follow each other in a file, most of them as columns.

    Attributes:
        location: the file in which they stand.
        lines: n physical lines on which they start, or nulls.
        cells: m rows, each key a column of texts or of another type; null where a row does not have
            it, or has null there.
        kinds: m native types of these; columns of one type, texts or others, are left out.
        index: which of the n rows these are; None if all.
        others: the other rows, by index.
        item: gives any of the n rows as an item.
        begun: the keys of those that are columns, each with the index of the first row that has
            them; none for lists, whose columns are `0`, `1`, …
    """

    location: str | None
    lines: pl.Series
    cells: pl.DataFrame
    kinds: Mapping[str, pl.Series]
    index: pl.Series | None
    others: Mapping[int, Item]
    item: Callable[[int], Item]
    begun: Sequence[tuple[int, Sequence[str]]]

    @property
    def has_none(self) -> bool:
        """Whether none of the rows are columns."""
        return self.index is not None and self.index.is_empty()

    def items(self) -> Iterator[Item]:
        """All rows as items."""
        return map(self.item, range(len(self.lines)))

    def keys(self) -> Iterable[str]:
        """The keys of all rows, in the order in which they stand first."""
        rows = ((at, item.value) for at, item in self.others.items())
        begun = [*self.begun, *((at, row) for at, row in rows if isinstance(row, dict))]
        return dict.fromkeys(key for _, keys in sorted(begun, key=itemgetter(0)) for key in keys)


@dataclass
class Asked:
    """Which rows of a table are looked at, told to who reads it.

    Attributes:
        rows: their numbers, ascending; None for all.
        next: the number of the row that is read next.
    """

    rows: pl.Series | None = None
    next: int = 1

    def among(self, count: int) -> pl.Series | None:
        """Those of the next rows, so many, that are looked at, from 0; None if all are."""
        if self.rows is None:
            return None
        is_next = self.rows.is_between(self.next, self.next + count, closed="left")
        return (self.rows.filter(is_next) - self.next).cast(pl.UInt32)

    def of_file(self, part: Part, parts: Sequence[Part]) -> "Asked":
        """Which rows are looked at in one of the files of a table.

        All are where others follow: a row at which a file breaks off has to be found, as those
        behind it have no numbers. In the last, none behind it are asked for.
        """
        return self if part is parts[-1] else Asked()


Entry = Item | Columns
Items = Callable[[list[Finding]], Iterator[Entry]]
"""What reads the rows of a table from the first on; what it finds in the files goes into a list.

The first `SAMPLE` rows of each file are items."""


class BrokenContentError(Exception):
    """The content of a file does not have the form of its format from some place on.

    Attributes:
        line: physical line of the place, if the format has lines.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        """Keeps the line."""
        super().__init__(message)
        self.line = line


BROKEN = (BrokenContentError, FileError)
"""What an item is from which on a file cannot be read."""


def items_of_files(resource: Resource, read: Callable[[Part], Iterator[Entry]]) -> Iterator[Entry]:
    """The items of all files in order, of each those before the place where it breaks off."""
    for part in resource.parts:
        try:
            yield from read(part)
        except BROKEN as error:
            yield Item.of(error, part.location)


def row_type(resource: Resource, sample: Sequence[Item]) -> type:
    """Whether the rows are lists or objects: what most are, if the dialect does not say it.

    No rows are objects without keys, whatever the dialect says: they lack no header.
    """
    kind = resource.dialect.item_type
    if kind is not None and sample:
        return list if kind == "array" else dict
    lists = sum(isinstance(item.value, list) for item in sample)
    return list if lists > sum(isinstance(item.value, dict) for item in sample) else dict


def labels_of(cells: Sequence[Any]) -> list[str]:
    """The cells of a header as texts; none if all are empty."""
    labels = [text_of(cell) or "" for cell in cells]
    return labels if any(labels) else []


def breaks_off(sample: Sequence[Item]) -> bool:
    """Whether not even the first item of a sample can be read."""
    return bool(sample) and isinstance(sample[0].value, BROKEN)


def each_item(entries: Iterable[Entry]) -> Iterator[Item]:
    """All rows as items."""
    for entry in entries:
        yield from entry.items() if isinstance(entry, Columns) else [entry]


def without_unlabelled(entries: Iterator[Entry], width: int, unlabelled: int) -> Iterator[Entry]:
    """The rows of a file without what is empty in its columns without label."""
    if not unlabelled:
        return entries
    return (_without_unlabelled(item, width, unlabelled) for item in each_item(entries))


def _without_unlabelled(item: Item, width: int, unlabelled: int) -> Item:
    if not isinstance(item.value, list):
        return item
    cells: list[Any] = item.value
    return item._replace(value=without_empty(cells, width, unlabelled))


def with_names(resource: Resource) -> Resource:
    """A resource in a format whose columns have names, which are given as its first row."""
    dialect = replace(
        resource.dialect, header=True, header_rows=(), comment_rows=(), item_type="array"
    )
    return replace(resource, dialect=dialect)
