"""Columns of Spark as those of Polars, and findings as rows of Spark.

Both sides speak Arrow, of which Polars prefers the types with long offsets, and Spark takes none
but those with short ones.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

import polars as pl
import pyarrow as pa
from pyspark.sql.types import ArrayType, DataType, MapType, StructType

from validate._src.reading._values import kind_of, text_of
from validate._src.reading.batch import Batch
from validate._src.reading.parquet import native_batch
from validate._src.tables.inframe import FIRST_ROW
from validate._src.words.errors import PackageError

ArrowBatch: TypeAlias = Any
ArrowSchema: TypeAlias = Any
ArrowColumn: TypeAlias = Any
ArrowType: TypeAlias = Any
"""Values of pyarrow, which tells type checkers nothing of them."""
ROWS = 2**16
"""Rows that are judged at once. Spark hands over 10,000 at a time, and each call has its price."""
BYTES = 2**27
"""Bytes of them: rows may hold whole texts."""
PLAIN = (
    "BooleanType", "ByteType", "ShortType", "IntegerType", "LongType", "FloatType", "DoubleType",
    "DecimalType", "StringType", "CharType", "VarcharType", "BinaryType", "DateType",
    "TimestampType", "TimestampNTZType", "DayTimeIntervalType", "TimeType", "NullType",
)  # fmt: skip
"""The types of Spark that Arrow has, beside nested ones."""
UTC = pa.timestamp("us", tz="UTC")

FINDING = pa.schema(
    [
        ("code", pa.string()),
        ("severity", pa.string()),
        ("message", pa.string()),
        ("field", pa.string()),
        ("rule", pa.string()),
        ("key", pa.list_(pa.string())),
        ("value", pa.string()),
        ("note", pa.string()),
    ]
)
"""The columns of findings: the attributes of `Finding`, but for those of files and of waivers."""
TYPES = {
    pa.string(): "string",
    pa.list_(pa.string()): "array<string>",
    pa.binary(): "binary",
    pa.bool_(): "boolean",
    pa.int32(): "int",
}
"""What Spark calls types of Arrow."""


def spark_types(schema: ArrowSchema) -> str:
    """The columns of a frame as Spark writes them: `code string, key array<string>`."""
    return ", ".join(f"{field.name} {TYPES[field.type]}" for field in schema)


def check_types(schema: StructType) -> None:
    """Checks that all columns of a DataFrame can be handed over.

    Raises:
        PackageError: Arrow has no type for one; the message names it.
    """
    for field in schema.fields:
        if not _is_known(field.dataType):
            dtype = field.dataType.simpleString()
            raise PackageError(
                f"dataframe: column {field.name} is of type {dtype}, which is not judged; cast "
                "it, to string for example, or leave the column out"
            )


def _is_known(dtype: DataType) -> bool:
    if isinstance(dtype, ArrayType):
        return _is_known(dtype.elementType)
    if isinstance(dtype, MapType):
        return _is_known(dtype.keyType) and _is_known(dtype.valueType)
    if isinstance(dtype, StructType):
        return all(_is_known(field.dataType) for field in dtype.fields)
    return type(dtype).__name__ in PLAIN


def batches_of(read: Iterable[ArrowBatch], location: str) -> Iterator[Batch]:
    """The rows that Spark hands over, some batches joined.

    Rows of Spark have no order; their numbers tell them apart within a batch, and mean nothing.

    Args:
        read: batches with columns named as those of `cells` are.
        location: what findings call the place where they stand.
    """
    held: list[ArrowBatch] = []
    rows = size = 0
    for one in read:
        held.append(one)
        rows, size = rows + one.num_rows, size + one.nbytes
        if rows >= ROWS or size >= BYTES:
            yield _batch(held, location)
            held, rows, size = [], 0, 0
    if rows:
        yield _batch(held, location)


def _batch(read: Sequence[ArrowBatch], location: str) -> Batch:
    table = pa.Table.from_batches(read)
    columns: list[pl.Series] = []
    kinds: dict[str, pl.Series] = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        if _holds_map(column.type):
            values = [_without_maps(value, column.type) for value in column.to_pylist()]
            columns.append(pl.Series(name, map(text_of, values), dtype=pl.String))
            kinds[name] = pl.Series(map(kind_of, values), dtype=pl.String)
        else:
            columns.append(pl.Series(name, _in_utc(column)))
    numbers = pl.int_range(FIRST_ROW, FIRST_ROW + table.num_rows, eager=True)
    return replace(native_batch(pl.DataFrame(columns), numbers, location), kinds=kinds)


def _in_utc(column: ArrowColumn) -> ArrowColumn:
    """Moments in UTC: the zone of a session need not be one that Polars knows."""
    if pa.types.is_timestamp(column.type) and column.type.tz is not None:
        return column.cast(UTC)
    return column


def _holds_map(dtype: ArrowType) -> bool:
    """Whether there is a map in a type, which Polars takes for a list of pairs."""
    if pa.types.is_map(dtype):
        return True
    return any(_holds_map(dtype.field(at).type) for at in range(dtype.num_fields))


def _without_maps(value: Any, dtype: ArrowType) -> Any:
    """A value in which maps are objects, their keys texts."""
    if value is None:
        return None
    if pa.types.is_map(dtype):
        return {text_of(key) or "": _without_maps(one, dtype.item_type) for key, one in value}
    if pa.types.is_struct(dtype):
        types = {field.name: field.type for field in dtype}
        return {name: _without_maps(one, types[name]) for name, one in value.items()}
    if pa.types.is_list(dtype) or pa.types.is_large_list(dtype):
        return [_without_maps(one, dtype.value_type) for one in value]
    return value


def as_batches(rows: pl.DataFrame, schema: ArrowSchema) -> Iterator[ArrowBatch]:
    """Rows as Spark takes them, some at a time.

    Args:
        rows: n rows with the columns of the schema; others are left out.
        schema: their names and types, none of which has long offsets.
    """
    for some in rows.select(schema.names).iter_slices(ROWS):
        yield from some.to_arrow(compat_level=pl.CompatLevel.oldest()).cast(schema).to_batches()
