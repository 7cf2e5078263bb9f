"""An opened table that is read more than once, and kept in memory where it is small enough."""

from collections.abc import Iterator, Sequence

import polars as pl

from validate._src.reading import open_table
from validate._src.reading.batch import Batch, Reader
from validate._src.words.cells import Sheet
from validate._src.words.model import Resource

MOST_HELD = 2**28  # bytes of cells: a larger table would fill the memory, and is read again


class Reread:
    """A reader of rows of another one, whose header it has.

    Attributes:
        labels: the cells of the header; None for a table without one.
        header_row: record number of the header.
        has_keys: whether the labels are keys of objects.
        header_line: physical line on which the header starts, if it has lines.
        sheet: where the header stands in a workbook.
    """

    labels: list[str] | None
    has_keys: bool
    header_row: int
    header_line: int | None
    sheet: Sheet | None

    def __init__(self, reader: Reader) -> None:
        """Takes the other reader."""
        self._reader = reader
        self.labels, self.has_keys = reader.labels, reader.has_keys
        self.header_row, self.header_line = reader.header_row, reader.header_line
        self.sheet = reader.sheet


class HeldTable(Reread):
    """A table without a schema: a reader for those who come after the first."""

    def __init__(self, resource: Resource) -> None:
        """Opens the table.

        Raises:
            PackageError: the file cannot be read.
            UnreadableError: what reads the format is not installed.
        """
        super().__init__(open_table(resource))
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
