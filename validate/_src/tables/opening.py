"""Tables opened and read as far as they can be: what keeps them from it is a finding."""

from collections.abc import Callable, Iterator, Sequence

import polars as pl

from validate._src.reading import open_table
from validate._src.reading.batch import Batch, Reader, broken_batch
from validate._src.words.cells import Sheet
from validate._src.words.errors import FileError
from validate._src.words.model import TabularResource


class _NoTable:
    """A table of which not even the header can be read."""

    labels: list[str] | None
    has_keys: bool = False
    header_row: int = 1
    header_line: int | None = None
    sheet: Sheet | None = None

    def __init__(self, error: FileError) -> None:
        """Keeps the reason."""
        self.labels = []
        self._error = error

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """None, but the reason."""
        raise self._error


def opened(resource: TabularResource) -> Reader:
    """The reader of a resource, one that only says why where it cannot be opened."""
    try:
        return open_table(resource)
    except FileError as error:
        return _NoTable(error)


def to_the_end(
    batches: Callable[[], Iterator[Batch]], resource: TabularResource, width: int
) -> Iterator[Batch]:
    """The batches of a reader; where a file breaks off, a last one that says so."""
    try:
        yield from batches()
    except FileError as error:
        yield broken_batch(resource, error, width)
