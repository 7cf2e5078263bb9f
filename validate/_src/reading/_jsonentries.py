"""Rows of a text of JSON that are columns as a table has them, with the others among them."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from validate._src.reading._jsoncolumns import Taken
from validate._src.reading.items import Asked, Columns, Item

RARELY = 20  # rows, of which at most one is looked at where the others are left out


def together(
    location: str,
    lines: pl.Series,
    taken: Taken,
    others: Mapping[int, Item],
    item: Callable[[int], Item],
) -> Columns:
    """Rows of a text that are columns, and others among them; what is neither is no row.

    Args:
        location: the file.
        lines: the physical lines on which the rows of the text start.
        taken: those that are columns.
        others: the others, by their index in the text.
        item: gives any of them as an item, by its index.
    """
    index, own, begun = taken.index, None, taken.begun
    if others:
        index = pl.concat([index, pl.Series([*others], dtype=pl.UInt32)]).sort()
        own = index.search_sorted(taken.index)
        begun = tuple(
            zip(_places(index, [at for at, _ in begun]), (keys for _, keys in begun), strict=True)
        )
    return Columns(
        location,
        lines if len(index) == len(lines) else lines.gather(index),
        taken.cells,
        taken.kinds,
        own,
        dict(zip(_places(index, [*others]), others.values(), strict=True)),
        lambda at: others.get(index[at]) or item(index[at]),
        begun,
    )


def _places(index: pl.Series, some: Sequence[int]) -> pl.Series:
    """Where some indexes stand among all, ascending."""
    return index.search_sorted(pl.Series(some, dtype=pl.UInt32))


def only_asked(
    asked: Asked, location: str, lines: pl.Series, item: Callable[[int], Item], *, is_list: bool
) -> Columns | None:
    """The few of some rows that are looked at, without cells of others; None if many are.

    Args:
        asked: which rows are looked at.
        location: the file.
        lines: the physical lines on which the rows start.
        item: gives any of them as an item, by its index.
        is_list: whether they are lists.
    """
    index = asked.among(len(lines))
    if index is None or len(index) * RARELY > len(lines):
        return None
    others = {at: item(at) for at in index}
    begun = [] if is_list else [(0, ())]
    nothing = pl.Series(dtype=pl.UInt32)
    return Columns(location, lines, pl.DataFrame(), {}, nothing, others, item, begun)
