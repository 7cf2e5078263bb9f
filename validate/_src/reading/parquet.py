"""Parquet files, which Polars reads."""

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from itertools import accumulate
from typing import Any

import polars as pl
from polars.datatypes import DataTypeClass

from validate._src.fields._length import digits_of
from validate._src.reading._trial import BATCH, what_is_wrong
from validate._src.reading._values import text_of
from validate._src.reading.batch import Batch, broken_batch, columns
from validate._src.words.cells import Sheet
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource
from validate._src.words.schema import EXACT

SMALL = 1000  # rows of a file: with more, its own batch takes little of the time
Frame = tuple[str, pl.DataFrame]
"""Some rows of a file, and where it is."""
KINDS: Mapping[Any, str] = {
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Time: "time",
    pl.Datetime: "datetime",
    pl.List: "array",
    pl.Array: "array",
    pl.Struct: "object",
}
"""The standard's names of Polars' types, beside integers and numbers."""


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

    def __init__(self, resource: Resource) -> None:
        """Reads the names of the columns.

        Raises:
            FileError: the file is not a Parquet file.
        """
        self._resource = resource
        with _parquet(resource.parts[0]) as frame:
            self._schema = frame.collect_schema()
        self.labels = self._schema.names()

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The rows; at least one batch, if an empty one.

        A file that is not a Parquet file, or damaged, is the last of a batch that is incomplete.
        """
        number, is_empty = 2, True
        for some in together(self._read(width)):
            if isinstance(some, FileError):
                yield broken_batch(self._resource, some, width)
            else:
                yield _batch_of(some, number)
                number += sum(frame.height for _, frame in some)
            is_empty = False
        if is_empty:
            names = dict(zip(self._schema, columns(width), strict=True))
            empty = pl.DataFrame(schema=self._schema).rename(names)
            yield native_batch(empty, number, self._resource.location)

    def _read(self, width: int) -> Iterator[Frame | FileError]:
        """The frames of all files, of each those before the place where it breaks off."""
        for part in self._resource.parts:
            try:
                yield from ((part.location, frame) for frame in self._frames(part, width))
            except FileError as error:
                yield error

    def _frames(self, part: Part, width: int) -> Iterator[pl.DataFrame]:
        """The rows of a file, its columns named as those of `cells` are.

        Raises:
            FileError: it is not a Parquet file, is damaged, or has other columns.
        """
        names = dict(zip(self._schema, columns(width), strict=True))
        with _parquet(part) as scan:
            found = scan.collect_schema().names()
            if set(found) != set(names):
                raise FileError(part.location, self._of_other_columns(found))
            for frame in scan.collect_batches(chunk_size=BATCH):
                if frame.height:
                    yield frame.rename(names).select(columns(width))

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
    """The rows of a frame whose columns have types already, as a batch.

    Args:
        frame: n rows, its columns named as those of `cells` are.
        number: the number of its first record.
        location: what findings call the place where they stand.
    """
    return Batch(
        location=location,
        rows=pl.int_range(number, number + frame.height, eager=True),
        lines=pl.Series([None] * frame.height, dtype=pl.Int64),
        cells=frame.select(_as_text(column) for column in frame),
        kinds={
            column.name: _kinds(column, kind)
            for column in frame
            if (kind := _kind(column.dtype)) != "text" or _has_empty(column)
        },
    )


def _has_empty(column: pl.Series) -> bool:
    """Whether texts are null or empty, which here are two things."""
    return bool(column.null_count()) or (column.dtype == pl.String and (column == "").any())


@contextmanager
def _parquet(part: Part) -> Generator[pl.LazyFrame]:
    """A Parquet file; what keeps it from being read is said in one line."""
    part.check()
    assert part.file is not None
    try:
        if wrong := what_is_wrong(part.file):
            raise FileError(part.location, wrong)
        yield pl.scan_parquet([str(part.file)], glob=False)
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        reason = str(error).splitlines()[0]
        raise FileError(part.location, f"not a Parquet file: {reason}") from None


def _kind(dtype: pl.DataType) -> str:
    """The native type of a column, by the standard's name."""
    if dtype.is_integer():
        return "integer"
    if dtype.is_float() or dtype.is_decimal():
        return "number"
    return KINDS.get(dtype.base_type(), "text")


def _kinds(column: pl.Series, kind: str) -> pl.Series:
    """The native types of the cells of a column: a number that is whole is an integer."""
    named = pl.lit(kind)
    if kind == "number":
        named = pl.when(_is_whole(column)).then(pl.lit("integer")).otherwise(named)
        return column.to_frame().select(named).to_series()
    return pl.repeat(kind, len(column), dtype=pl.String, eager=True)


def _is_whole(column: pl.Series) -> pl.Expr:
    """Whether numbers with decimals are integers, as in formats that do not tell them apart.

    Of doubles all from 2^53 on are, up to infinity.
    """
    cell = pl.col(column.name)
    if column.dtype.is_decimal():
        return ~cell.cast(pl.String).str.contains(r"\.[0-9]*[1-9]")
    return cell.is_finite() & (cell == cell.floor())


def _as_text(column: pl.Series) -> pl.Series:
    """A column as text, in the form that the type of the same name has by default."""
    if column.dtype.is_nested() and _holds_bytes(column.dtype):
        return pl.Series(column.name, map(text_of, column.to_list()), dtype=pl.String)
    cell = pl.col(column.name)
    if column.dtype.is_nested():
        encoded = pl.struct(cell.alias("value")).struct.json_encode()
        text = encoded.str.slice(len('{"value":')).str.head(-1)
    elif isinstance(column.dtype, pl.Datetime | pl.Duration | pl.Time):
        text = cell.dt.to_string("iso:strict")
    elif column.dtype == pl.Binary:
        text = cell.bin.encode("base64")
    elif column.dtype.is_float() or column.dtype.is_decimal():
        whole = cell.cast(pl.Int128, strict=False).cast(pl.String)
        is_short = _is_whole(column)
        if column.dtype.is_float():
            is_short &= cell.abs() < EXACT
        text = pl.when(is_short).then(whole).otherwise(cell.cast(pl.String))
    else:
        text = cell.cast(pl.String)
    known = pl.when(cell.is_not_null()).then(text)
    texts = column.to_frame().select(known.alias(column.name)).to_series()
    return _with_large_integers(texts, column) if column.dtype.is_float() else texts


def _holds_bytes(dtype: pl.DataType | DataTypeClass) -> bool:
    """Whether there are bytes in a nested type, which Polars cannot write as JSON."""
    if isinstance(dtype, pl.List | pl.Array):
        return _holds_bytes(dtype.inner)
    if isinstance(dtype, pl.Struct):
        return any(_holds_bytes(field.dtype) for field in dtype.fields)
    return dtype == pl.Binary


def _with_large_integers(texts: pl.Series, column: pl.Series) -> pl.Series:
    """Texts of doubles, those from 2^53 on written out."""
    at = (column.is_finite() & (column.abs() >= EXACT)).arg_true()
    if at.is_empty():
        return texts
    return texts.scatter(at, [digits_of(Decimal(text)) for text in texts.gather(at)])
