"""Rows that have as many cells as their table has columns, so that each is in its own column."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from validate._src.describe.held import Reread
from validate._src.reading.batch import Batch, Reader
from validate._src.tables.opening import opened
from validate._src.words.model import TabularResource


def broken_rows(batch: Batch, width: int) -> list[int]:
    """The indexes of rows that end early, or have values beyond the columns.

    Empty cells beyond the columns move none of the others, nor do keys of objects that are in no
    column.
    """
    return [
        at
        for at, cells in batch.ragged.items()
        if at not in batch.extra_keys and (len(cells) < width or any(cells[width:]))
    ]


class WholeRows(Reread):
    """A reader of the rows of another, those left out that are broken.

    A cell too many or too few moves those behind it into the columns of others, where they would
    be bounds and keep columns from being keys.
    """

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The batches with their whole rows, of which all columns are read to tell them."""
        for batch in self._reader.batches(width):
            yield _without(batch, broken_rows(batch, width))


def whole_rows(resource: TabularResource, reader: Reader | None, broken: int) -> Reader | None:
    """What reads the whole rows of a table; its own reader, if it has one, where none is broken.

    Args:
        resource: the table.
        reader: reads its rows, if they are at hand.
        broken: how many rows are broken.
    """
    return WholeRows(reader or opened(resource)) if broken else reader


def _without(batch: Batch, broken: Sequence[int]) -> Batch:
    """A batch without rows at these indexes, and without what is beyond its columns."""
    every = pl.repeat(False, len(batch.rows), dtype=pl.Boolean, eager=True)
    kept = ~every.scatter(pl.Series(broken, dtype=pl.UInt32), True)
    return replace(
        batch,
        rows=batch.rows.filter(kept),
        lines=batch.lines.filter(kept),
        cells=batch.cells.filter(kept),
        ragged={},
        extra_keys={},
        empty=every.scatter(batch.empty.cast(pl.UInt32), True).filter(kept).arg_true(),
        kinds={name: kinds.filter(kept) for name, kinds in batch.kinds.items()},
    )
