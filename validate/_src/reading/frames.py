"""Frames of Polars and pandas, judged as tables: what is in memory needs no file."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

import polars as pl

from validate._src.reading._pandas import as_polars, plain
from validate._src.reading._values import KINDS, characters, text_and_kind
from validate._src.reading.batch import Batch, columns
from validate._src.reading.inmemory import Frame
from validate._src.reading.parquet import BATCH, native_batch
from validate._src.reading.spelled import spelled_out
from validate._src.words.cells import Sheet
from validate._src.words.errors import FileError
from validate._src.words.model import Resource
from validate._src.words.surrogates import is_of_characters


class FrameReader:
    """A frame: its columns have names, and most of them types.

    Attributes:
        labels: the names of its columns.
        header_row: 1, as if they stood in a row.
        header_line: None, for they do not.
        broken_labels: the columns of those with half of a surrogate pair, which are no characters.
    """

    labels: list[str] | None
    has_keys: bool = False
    header_row: int = 1
    header_line: int | None = None
    sheet: Sheet | None = None

    def __init__(self, resource: Resource) -> None:
        """Reads the names of the columns."""
        self._frame: Frame = resource.data
        self._location = resource.location
        labels = _labels(self._frame)
        self.labels = [*map(characters, labels)]
        self.broken_labels = [at for at, label in enumerate(labels) if not is_of_characters(label)]

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The rows as texts; at least one batch, if an empty one.

        Raises:
            FileError: the rows of a `LazyFrame` were kept in a file that is gone.
        """
        yield from map(spelled_out, self.native_batches(width, wanted, rows))

    def native_batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The rows; at least one batch, if an empty one.

        Raises:
            FileError: the rows of a `LazyFrame` were kept in a file that is gone.
        """
        number = 2
        for frame in self._slices():
            named = frame.rename(dict(zip(frame.columns, columns(width), strict=True)))
            numbers = pl.int_range(number, number + frame.height, eager=True)
            yield _batch(named, numbers, self._location)
            number += frame.height

    def _slices(self) -> Iterator[pl.DataFrame]:
        """The rows in frames of some; at least one, if an empty one."""
        frame = self._frame
        if isinstance(frame, pl.LazyFrame):
            yield from _collected(frame, self._location)
        elif isinstance(frame, pl.DataFrame):
            yield from frame.iter_slices(BATCH) if frame.height else [frame]
        else:
            for start in range(0, max(len(frame.index), 1), BATCH):
                yield as_polars(frame.iloc[start : start + BATCH])


def _labels(frame: Frame) -> list[str]:
    if isinstance(frame, pl.LazyFrame):
        return frame.collect_schema().names()
    if isinstance(frame, pl.DataFrame):
        return frame.columns
    return [
        " ".join(map(str, one)) if isinstance(one, tuple) else str(one) for one in frame.columns
    ]


def _collected(frame: pl.LazyFrame, location: str) -> Iterator[pl.DataFrame]:
    is_empty = True
    try:
        for batch in frame.collect_batches(chunk_size=BATCH):
            if batch.height:
                is_empty = False
                yield batch
    except (pl.exceptions.PolarsError, OSError) as error:
        raise FileError(location, f"cannot be read again: {str(error).splitlines()[0]}") from None
    if is_empty:
        yield pl.DataFrame(schema=frame.collect_schema())


def _batch(frame: pl.DataFrame, numbers: pl.Series, location: str) -> Batch:
    """The rows as a batch; of columns of objects each cell has its own type."""
    objects = {
        column.name: [plain(cell) for cell in column.to_list()]
        for column in frame
        if column.dtype == pl.Object
    }
    if not objects:
        return native_batch(frame, numbers, location)
    pairs = {name: [*map(text_and_kind, cells)] for name, cells in objects.items()}
    texts = [pl.Series(name, [text for text, _ in pairs[name]], pl.String) for name in objects]
    of_objects = {name: _kinds(kind for _, kind in pairs[name]) for name in objects}
    return replace(native_batch(frame.with_columns(texts), numbers, location), kinds=of_objects)


def _kinds(kinds: Iterable[str | None]) -> pl.Series:
    """The native types of objects: a duration is a text, as in a column of durations."""
    return pl.Series(
        [KINDS[str] if kind == KINDS[timedelta] else kind for kind in kinds], dtype=pl.String
    )
