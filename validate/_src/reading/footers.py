"""What a Parquet file says of itself at its end: how many rows it has, and what is in them.

Polars gives the types of the columns and leaves the statistics to itself.

Source: github.com/apache/parquet-format, src/main/thrift/parquet.thrift, whose numbers of fields
stand here.
"""

import struct
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from validate._src.reading._thrift import Struct, read_struct

MAGIC, TAIL = b"PAR1", struct.Struct("<I4s")
SCHEMA, HEIGHT, ROW_GROUPS = 2, 3, 4  # of FileMetaData
NAME, CHILDREN, FIELD_ID = 4, 5, 9  # of SchemaElement
COLUMNS, BYTES, ROWS = 1, 2, 3  # of RowGroup
META = 3  # of ColumnChunk
PHYSICAL, PATH, STATISTICS = 1, 3, 12  # of ColumnMetaData
NULLS, MAX, MIN, MAX_IS_EXACT, MIN_IS_EXACT = 3, 5, 6, 7, 8  # of Statistics
NUMBERS: Mapping[int, tuple[struct.Struct, pl.DataType]] = {
    1: (struct.Struct("<i"), pl.Int32()),
    2: (struct.Struct("<q"), pl.Int64()),
    4: (struct.Struct("<f"), pl.Float32()),
    5: (struct.Struct("<d"), pl.Float64()),
}
"""Physical types whose least and greatest values are told exactly."""
KNOWN = (pl.Int8, pl.Int16, pl.Int32, pl.Int64, pl.Float32, pl.Float64, pl.Date, pl.Datetime)
"""Types of Polars that are these numbers in any file."""
DEEPEST = 100  # columns within each other: far more than tables have, and Python's stack ends


@dataclass(frozen=True)
class ColumnFacts:
    """What is known of the cells of a column in a row group.

    Attributes:
        nulls: how many are null; None where the writer does not say.
        bounds: the least and the greatest value, as far as the writer says them exactly.
    """

    nulls: int | None
    bounds: pl.Series


@dataclass(frozen=True)
class RowGroup:
    """A row group.

    Attributes:
        rows: how many rows it has.
        columns: what is known of its columns that are not nested, by name.
    """

    rows: int
    columns: Mapping[str, ColumnFacts]


def row_groups(file: Path, schema: Mapping[str, pl.DataType]) -> Sequence[RowGroup]:
    """The row groups of a file.

    Args:
        file: a Parquet file whose footer Polars reads.
        schema: the types of its columns.

    Raises:
        ValueError: its footer cannot be read.
    """
    footer = read_struct(_footer(file))
    try:
        return [_row_group(one, schema) for one in footer[ROW_GROUPS]]
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("has not the fields of a footer") from error


@dataclass(frozen=True)
class Named:
    """A column of a file, or what is nested in one.

    Attributes:
        name: what the file calls it.
        number: the number that its writer has given it, if any (`field_id`).
        within: what is nested in it.
    """

    name: str
    number: int | None
    within: tuple["Named", ...]


@dataclass(frozen=True)
class Described:
    """What a file says that it has.

    Attributes:
        rows: how many rows; None if it does not say.
        columns: its columns in order, with what is nested in them.
    """

    rows: int | None
    columns: Sequence[Named]


def described(file: Path) -> Described:
    """What a file says that it has.

    Args:
        file: any file.

    Raises:
        ValueError: it has no footer that can be read.
    """
    footer = read_struct(_footer(file), HEIGHT)  # behind it are row groups, which may be many
    try:
        elements = iter(footer[SCHEMA])
        columns = _named(next(elements), elements, 0).within
        return Described(_count(footer.get(HEIGHT)), columns)
    except (LookupError, TypeError, AttributeError, StopIteration) as error:
        raise ValueError("has not the fields of a footer") from error


def _named(element: Struct, others: Iterator[Struct], depth: int) -> Named:
    """An element of a schema with those nested in it, which stand behind it."""
    if depth > DEEPEST:
        raise ValueError("goes too deep")
    count, number = element.get(CHILDREN, 0), element.get(FIELD_ID)
    within = [_named(next(others), others, depth + 1) for _ in range(count)]
    return Named(element[NAME].decode("utf-8", "replace"), number, (*within,))


def sizes_of(file: Path, longest: int) -> Sequence[tuple[int, int]]:
    """How many rows the row groups of a file have, and how many bytes before they are compressed.

    Args:
        file: any file.
        longest: bytes of a footer that is read at most.

    Raises:
        ValueError: it has no footer that can be read, or a longer one.
    """
    footer = read_struct(_footer(file, longest))
    try:
        return [(_rows_of(one), _count(one.get(BYTES)) or 0) for one in footer[ROW_GROUPS]]
    except (LookupError, TypeError, AttributeError) as error:
        raise ValueError("has not the fields of a footer") from error


def _footer(file: Path, longest: int | None = None) -> bytes:
    with file.open("rb") as content:
        size = content.seek(0, 2)
        content.seek(max(size - TAIL.size, 0))
        tail = content.read(TAIL.size)
        if len(tail) < TAIL.size:
            raise ValueError("ends too early")
        length, magic = TAIL.unpack(tail)
        if magic != MAGIC or length > size - TAIL.size:
            raise ValueError("has no footer")
        if longest is not None and length > longest:
            raise ValueError("has a long footer")
        content.seek(size - TAIL.size - length)
        return content.read(length)


def _row_group(group: Struct, schema: Mapping[str, pl.DataType]) -> RowGroup:
    return RowGroup(_rows_of(group), dict(_columns(group[COLUMNS], schema)))


def _rows_of(group: Struct) -> int:
    rows = _count(group[ROWS])
    if rows is None:
        raise ValueError("does not say how many rows it has")
    return rows


def _count(told: Any) -> int | None:
    """A number that counts something; None for anything else."""
    return told if isinstance(told, int) and told >= 0 else None


def _columns(
    chunks: Sequence[Struct], schema: Mapping[str, pl.DataType]
) -> Iterator[tuple[str, ColumnFacts]]:
    for meta in (chunk[META] for chunk in chunks):
        path = [part.decode("utf-8", "replace") for part in meta[PATH]]
        if len(path) == 1 and path[0] in schema:
            told = meta.get(STATISTICS, {})
            yield (
                path[0],
                ColumnFacts(_count(told.get(NULLS)), _bounds(told, meta, schema[path[0]])),
            )


def _bounds(told: Struct, meta: Struct, dtype: pl.DataType) -> pl.Series:
    """The values that are told exactly, of the type of the column.

    Of texts writers may cut the end off; decimals and times of day are written in several ways.
    """
    number = NUMBERS.get(meta[PHYSICAL])
    if number is None or not isinstance(dtype, KNOWN):
        return pl.Series(dtype=pl.Null)
    form, physical = number
    is_exact = {MIN: told.get(MIN_IS_EXACT, True), MAX: told.get(MAX_IS_EXACT, True)}
    found: list[Any] = [
        form.unpack(told[at])[0]
        for at, exact in is_exact.items()
        if exact and len(told.get(at, b"")) == form.size
    ]
    return pl.Series(found, dtype=physical).cast(dtype, strict=False)
