"""An opened table that is read more than once, and kept in memory where it is small enough."""

from collections.abc import Iterator, Sequence

import polars as pl

from validate._src.reading import open_table
from validate._src.reading.batch import Batch, Reader
from validate._src.words.cells import Sheet
from validate._src.words.model import Resource

MOST_HELD = 2**28  # bytes of cells: a larger table would fill the memory, and is read again


class HeldTable:
    """A table without a schema: a reader for those who come after the first.

    Attributes:
        labels: the cells of its header; None for a table without one.
        header_row: record number of its header.
        has_keys: whether the labels are keys of objects.
        header_line: physical line on which the header starts, if it has lines.
        sheet: where the header stands in a workbook.
    """

    labels: list[str] | None
    has_keys: bool
    header_row: int
    header_line: int | None
    sheet: Sheet | None

    def __init__(self, resource: Resource) -> None:
        """Opens the table.

        Raises:
            PackageError: the file cannot be read.
            UnreadableError: what reads the format is not installed.
        """
        self._reader = open_table(resource)
        self.labels = self._reader.labels
        self.has_keys = self._reader.has_keys
        self.header_row, self.header_line = self._reader.header_row, self._reader.header_line
        self.sheet = self._reader.sheet
        self._kept: list[Batch] | None = []

    def first(self, width: int) -> Iterator[Batch]:
        """The batches as they are read, which are kept as far as memory allows."""
        size = 0
        for batch in self._reader.batches(width):
            size += int(batch.cells.estimated_size())
            if size > MOST_HELD:
                self._kept = None
            if self._kept is not None:
                self._kept.append(batch)
            yield batch

    @property
    def again(self) -> Reader | None:
        """A reader of what was kept; None where the file has to be read again."""
        return None if self._kept is None else self

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """All batches, with all columns and rows: none has to be left out."""
        yield from self._kept or ()
