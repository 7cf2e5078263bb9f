"""How many rows of views have which values, and what the values mean."""

from collections.abc import Iterator, Sequence
from typing import Any

from validate._src.site.viewfilters import NONE, Choice, Filter
from validate._src.site.views import ShownRow, ShownView
from validate._src.site.viewvalues import Head
from validate._src.words.schema import Category


def counts_of(shown: ShownView) -> list[Filter]:
    """The columns by which a view counts its rows, each with the values that there are.

    A row of a table that stands in several places counts once; one that has several values counts
    for each of them.
    """
    return [Filter(one.head, tuple(_choices(shown, one))) for one in shown.counted]


def _choices(shown: ShownView, one: Filter) -> Iterator[Choice]:
    found: dict[Any, list[ShownRow]] = {}
    for row in shown.rows:
        for entry in row.cells[one.head.name] or (NONE,):
            found.setdefault(entry.value, []).append(row)
    for choice in one.choices:
        if rows := found.get(choice.entry.value):
            yield Choice(choice.entry, shown.of(rows).different)


def meanings_of(shown: ShownView) -> list[tuple[Head, Sequence[Category]]]:
    """What the values mean that columns have of vocabularies, those that there are.

    The legend of a view says it of its mark; a scale has none.
    """
    legend = None if shown.view.show == "scale" else shown.view.mark
    found = (
        (head, _occurring(shown, head.name)) for head in shown.heads.values() if head.name != legend
    )
    return [(head, categories) for head, categories in found if categories]


def _occurring(shown: ShownView, name: str) -> list[Category]:
    """The categories of a column that its rows have and that say what they mean."""
    known = shown.vocabularies.get(name, ())
    values = {entry.value for row in shown.rows for entry in row.cells[name]} if known else set()
    return [one for one in known if one.value in values and one.description]
