"""Parquet files, which Polars reads."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from itertools import accumulate

import polars as pl

from validate._src.reading._trial import BATCH, damage, what_is_wrong
from validate._src.reading.batch import Batch, broken_batch, columns
from validate._src.reading.spelled import spelled_out
from validate._src.words.cells import Sheet
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource

SMALL = 1000  # rows of a file: with more, its own batch takes little of the time
Frame = tuple[str, pl.DataFrame]
"""Some rows of a file, and where it is."""


class ParquetReader:
    """An opened table of Parquet, in one file or in several: its columns have names and types.

    Attributes:
        labels: the names of its columns.
        header_row: 1, as if they stood in a row.
        header_line: None, for they do not.
    """

    labels: list[str] | None
    has_keys: bool = False
    header_row: int = 1
    header_line: int | None = None
    sheet: Sheet | None = None

    def __init__(self, resource: Resource, *, is_apart: bool = False) -> None:
        """Reads the names of the columns.

        Args:
            resource: the table.
            is_apart: whether this process may end, so that files need not be tried before.

        Raises:
            FileError: the file is not a Parquet file.
        """
        self._resource, self._is_apart = resource, is_apart
        with self._parquet(resource.parts[0]) as frame:
            self._schema = frame.collect_schema()
        self.labels = self._schema.names()

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The rows as texts; at least one batch, if an empty one."""
        yield from map(spelled_out, self.native_batches(width, wanted, rows))

    def native_batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The rows, of which footers alone have none; at least one batch, if an empty one.

        A file that is not a Parquet file, or damaged, is the last of a batch that is incomplete.
        """
        number, is_empty = 2, True
        wanted = wanted or columns(width)  # without a column, Polars has no rows
        for some in together(self._read(width, wanted)):
            if isinstance(some, FileError):
                yield broken_batch(self._resource, some, width)
            else:
                yield _batch_of(some, number)
                number += sum(frame.height for _, frame in some)
            is_empty = False
        if is_empty:
            names = dict(zip(self._schema, columns(width), strict=True))
            empty = pl.DataFrame(schema=self._schema).rename(names)
            yield native_batch(empty.select(wanted), number, self._resource.location)

    def _read(self, width: int, wanted: Sequence[str]) -> Iterator[Frame | FileError]:
        """The frames of all files, of each those before the place where it breaks off."""
        for part in self._resource.parts:
            try:
                yield from ((part.location, frame) for frame in self._frames(part, width, wanted))
            except FileError as error:
                yield error

    def _frames(self, part: Part, width: int, wanted: Sequence[str]) -> Iterator[pl.DataFrame]:
        """The rows of a file, those of its columns that are wanted named as in `cells`.

        Raises:
            FileError: it is not a Parquet file, is damaged, or has other columns.
        """
        names = dict(zip(self._schema, columns(width), strict=True))
        with self._parquet(part) as scan:
            found = scan.collect_schema().names()
            if set(found) != set(names):
                raise FileError(part.location, self._of_other_columns(found))
            if self._resource.footers_only:
                return
            chosen = scan.select(
                pl.col(name).alias(at) for name, at in names.items() if at in wanted
            )
            height = 0
            for frame in chosen.collect_batches(chunk_size=BATCH):
                height += frame.height
                if frame.height:
                    yield frame
            if self._is_apart:
                declared = scan.select(pl.len()).collect().item()
                if wrong := damage(declared, height):
                    raise FileError(part.location, wrong)

    @contextmanager
    def _parquet(self, part: Part) -> Generator[pl.LazyFrame]:
        """A Parquet file; what keeps it from being read is said in one line."""
        part.check()
        assert part.file is not None
        footer_only = self._resource.footers_only
        try:
            wrong = None if self._is_apart else what_is_wrong(part.file, footer_only=footer_only)
            if wrong:
                raise FileError(part.location, wrong)
            yield pl.scan_parquet([str(part.file)], glob=False)
        except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
            reason = str(error).splitlines()[0]
            raise FileError(part.location, f"not a Parquet file: {reason}") from None

    def _of_other_columns(self, found: Sequence[str]) -> str:
        return (
            f"the file continues {self._resource.location}, but has other columns: "
            f"{', '.join(found)} instead of {', '.join(self._schema)}"
        )


def together(read: Iterable[Frame | FileError]) -> Iterator[Sequence[Frame] | FileError]:
    """Small frames of the same types together, others alone, in order.

    A batch for each file would take twice as long for thousands of files of one row.
    """
    held, height = list[Frame](), 0
    for one in read:
        is_broken = isinstance(one, FileError)
        if held and (is_broken or not _go_together(held[-1], one) or height > BATCH):
            yield held
            held, height = [], 0
        if is_broken:
            yield one
        else:
            held.append(one)
            height += one[1].height
    if held:
        yield held


def _go_together(before: Frame, after: Frame) -> bool:
    """Whether two files are small, and their columns of the same types."""
    sizes = [frame.height for _, frame in (before, after)]
    return max(sizes) <= SMALL and before[1].schema == after[1].schema


def _batch_of(frames: Sequence[Frame], number: int) -> Batch:
    """The rows of some files as one batch, the first of which has a number."""
    begins = [*accumulate((frame.height for _, frame in frames), initial=number)]
    rows = pl.concat([frame for _, frame in frames]) if len(frames) > 1 else frames[0][1]
    others = zip(begins[1:], frames[1:], strict=False)
    return replace(
        native_batch(rows, number, frames[0][0]),
        others=tuple((begin, location, None) for begin, (location, _) in others),
    )


def native_batch(frame: pl.DataFrame, number: int, location: str) -> Batch:
    """The rows of a frame as a batch, its columns of the types that they have.

    Args:
        frame: n rows, its columns named as those of `cells` are.
        number: the number of its first record.
        location: what findings call the place where they stand.
    """
    return Batch(
        location=location,
        rows=pl.int_range(number, number + frame.height, eager=True),
        lines=pl.repeat(None, frame.height, dtype=pl.Int64, eager=True),
        cells=frame,
        is_native=True,
    )
