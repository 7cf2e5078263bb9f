"""Parquet files, which Polars reads."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import NamedTuple

import polars as pl
import polars.selectors as cs

from validate._src.reading._continuing import other_columns
from validate._src.reading._pieces import BYTES, MOST_ROWS, ROWS, heights_of
from validate._src.reading._trial import BATCH, damage, what_is_wrong
from validate._src.reading._worker import pieces_of
from validate._src.reading.batch import Batch, broken_batch, columns
from validate._src.reading.spelled import spelled_out
from validate._src.words.cells import Sheet
from validate._src.words.errors import CHANGED_MEANWHILE, FileError
from validate._src.words.model import Part, Resource

SMALL = 1000  # rows of a file: with more, its own batch takes little of the time
FIRST_ROW = 2  # the names of the columns are said to stand in a row


class Rows(NamedTuple):
    """Some rows of a file.

    Attributes:
        location: where it is.
        numbers: the numbers of n records, the header being 1.
        cells: n rows.
    """

    location: str
    numbers: pl.Series
    cells: pl.DataFrame


@dataclass(frozen=True)
class Piece:
    """Some rows of a table that are read at once.

    Attributes:
        part: which of its files they are of, from 0.
        begin: how many rows of the file are before them.
        height: how many they are.
        declared: how many the file has.
        number: the number of the first of them.
    """

    part: int
    begin: int
    height: int
    declared: int
    number: int


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
        is_empty = True
        picked = None if wanted is None else rows
        wanted = wanted or columns(width)  # without a column, Polars has no rows
        for some in together(self._read(width, wanted, picked)):
            if isinstance(some, FileError):
                yield broken_batch(self._resource, some, width)
            else:
                yield _batch_of(some)
            is_empty = False
            del some  # whose memory the next one can have
        if is_empty:
            names = dict(zip(self._schema, columns(width), strict=True))
            empty = pl.DataFrame(schema=self._schema).rename(names)
            numbers = pl.Series(dtype=pl.Int64)
            yield native_batch(empty.select(wanted), numbers, self._resource.location)

    def piece(self, piece: Piece, width: int) -> Iterator[Batch]:
        """The rows of a piece, of which there is one at least.

        Raises:
            FileError: the file is not a Parquet file, is damaged, has other columns, or not as
                many rows as was thought.
        """
        part = self._resource.parts[piece.part]
        with self._parquet(part) as scan:
            chosen = self._chosen(part, scan, width, columns(width))
            declared: int = scan.select(pl.len()).collect().item()
            if declared != piece.declared:
                raise FileError(part.location, damage(piece.declared, declared))
            numbers = pl.int_range(piece.number, piece.number + piece.height, eager=True)
            frame = _collected(part, chosen, piece.begin, piece.height, declared)
            for some in _batched(part.location, numbers, frame, None):
                yield _batch_of([some])

    def _read(
        self, width: int, wanted: Sequence[str], rows: pl.Series | None
    ) -> Iterator[Rows | FileError]:
        """The frames of all files, of each those before the place where it breaks off."""
        number = FIRST_ROW
        for part in self._resource.parts:
            try:
                number = yield from self._frames(part, width, wanted, rows, number)
            except FileError as error:
                yield error

    def _frames(
        self,
        part: Part,
        width: int,
        wanted: Sequence[str],
        rows: pl.Series | None,
        number: int,
    ) -> Generator[Rows, None, int]:
        """The rows of a file, those of its columns that are wanted named as in `cells`.

        Args:
            part: the file.
            width: how many columns the table has.
            wanted: those that are wanted.
            rows: the numbers of the rows that are wanted; None for all.
            number: that of its first row.

        Returns:
            The number of the row after its last.

        Raises:
            FileError: it is not a Parquet file, is damaged, or has other columns.
        """
        with self._parquet(part) as scan:
            chosen = self._chosen(part, scan, width, wanted)
            if self._resource.footers_only:
                return number
            size = part.size
            declared: int = scan.select(pl.len()).collect().item()
            for begin, height in pieces_of(_heights(part, declared), declared, MOST_ROWS):
                numbers = pl.int_range(number + begin, number + begin + height, eager=True)
                picked = None if rows is None or height <= SMALL else _among(rows, numbers)
                if picked is not None and picked.is_empty():
                    continue
                if part.size != size:  # where Polars would print how it has failed
                    raise FileError(part.location, CHANGED_MEANWHILE)
                piece = _collected(part, chosen, begin, height, declared)
                yield from _batched(part.location, numbers, piece, picked)
                del piece  # whose memory the next one can have
            return number + declared

    def _chosen(
        self, part: Part, scan: pl.LazyFrame, width: int, wanted: Sequence[str]
    ) -> pl.LazyFrame:
        """The columns of a file that are wanted, named as in `cells`.

        Raises:
            FileError: it has other columns.
        """
        names = dict(zip(self._schema, columns(width), strict=True))
        found = scan.collect_schema().names()
        if set(found) != set(names):
            raise FileError(part.location, self._of_other_columns(found))
        return scan.select(pl.col(name).alias(at) for name, at in names.items() if at in wanted)

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
        extra = [name for name in found if name not in self._schema]
        there = {*found}
        missing = [name for name in self._schema if name not in there]
        return (
            f"the file goes on with {self._resource.location}, but has other columns: it "
            f"{other_columns(self._resource, extra, missing)}"
        )


def pieces_in(resource: Resource) -> Sequence[Piece]:
    """The pieces of a table as its footers tell; none where one of them does not.

    Args:
        resource: a table of files that are there, whatever is in them.
    """
    found, number = list[Piece](), FIRST_ROW
    for at, part in enumerate(resource.parts):
        heights = [] if part.file is None else heights_of(part.file)
        if not heights:
            return ()
        declared = sum(heights)
        for begin, height in pieces_of(heights, declared, MOST_ROWS):
            found.append(Piece(at, begin, height, declared, number + begin))
        number += declared
    return found


def _collected(
    part: Part, scan: pl.LazyFrame, begin: int, height: int, declared: int
) -> pl.DataFrame:
    """Rows of a file.

    Raises:
        FileError: it is damaged, and has fewer.
    """
    frame = scan.slice(begin, height).collect()
    if frame.height < height:
        raise FileError(part.location, damage(declared, begin + frame.height))
    return frame


def _heights(part: Part, declared: int) -> Sequence[int]:
    """How many rows the pieces of a file have; nothing where nobody knows."""
    assert part.file is not None
    if 0 < declared <= ROWS and part.size <= BYTES:
        return [declared]
    return heights_of(part.file)


def _among(rows: pl.Series, numbers: pl.Series) -> pl.Series:
    """The indexes of those of ascending numbers, all of them in a row, that are wanted."""
    first = numbers[0]
    return rows.filter(rows.is_between(first, first + len(numbers) - 1)) - first


def _batched(
    location: str, numbers: pl.Series, piece: pl.DataFrame, picked: pl.Series | None
) -> Iterator[Rows]:
    """The rows of a piece, batch by batch; of some that are picked only these."""
    if picked is not None:
        # Texts that are gathered would keep the whole piece in memory.
        piece = piece[picked].with_columns(cs.string() + "")
        numbers = numbers.gather(picked)
    count = -(-piece.height // BATCH)
    step = -(-piece.height // max(count, 1))
    for begin in range(0, piece.height, max(step, 1)):
        yield Rows(location, numbers.slice(begin, step), piece.slice(begin, step))


def together(read: Iterable[Rows | FileError]) -> Iterator[Sequence[Rows] | FileError]:
    """Small frames of the same types together, others alone, in order.

    A batch for each file would take twice as long for thousands of files of one row.
    """
    held, height = list[Rows](), 0
    for one in read:
        small = None if isinstance(one, FileError) or one.cells.height > SMALL else one
        if held and (small is None or not _go_on(held[-1], small) or height > BATCH):
            yield held
            held, height = [], 0
        if small is not None:
            held.append(small)
            height += small.cells.height
        else:
            yield one if isinstance(one, FileError) else [one]
        del one, small  # whose memory the next one can have
    if held:
        yield held


def _go_on(before: Rows, after: Rows) -> bool:
    """Whether the columns of both are of the same types."""
    return before.cells.schema == after.cells.schema


def _batch_of(frames: Sequence[Rows]) -> Batch:
    """Rows of some files as one batch."""
    numbers, cells = frames[0].numbers, frames[0].cells
    if len(frames) > 1:
        numbers = pl.concat([frame.numbers for frame in frames])
        cells = pl.concat([frame.cells for frame in frames])
    return replace(
        native_batch(cells, numbers, frames[0].location),
        others=tuple((frame.numbers[0], frame.location, None) for frame in frames[1:]),
    )


def native_batch(frame: pl.DataFrame, numbers: pl.Series, location: str) -> Batch:
    """The rows of a frame as a batch, its columns of the types that they have.

    Args:
        frame: n rows, its columns named as those of `cells` are.
        numbers: the numbers of these records.
        location: what findings call the place where they stand.
    """
    return Batch(
        location=location,
        rows=numbers,
        lines=pl.repeat(None, frame.height, dtype=pl.Int64, eager=True),
        cells=frame,
        is_native=True,
    )
