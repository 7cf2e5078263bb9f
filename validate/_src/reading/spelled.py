"""Columns that have native types, spelled out as texts and the names of these types."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, runtime_checkable

import polars as pl
from polars.datatypes import DataTypeClass

from validate._src.fields.natives import whole, written
from validate._src.reading._values import text_of
from validate._src.reading.batch import Batch, Reader

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


@runtime_checkable
class NativeColumns(Reader, Protocol):
    """A reader of a format whose columns have types."""

    def native_batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """As `batches`, but native ones."""
        ...


def native_batches_of(reader: Reader) -> Callable[..., Iterator[Batch]]:
    """What gives the batches of a reader: native ones, if it has such."""
    return reader.native_batches if isinstance(reader, NativeColumns) else reader.batches


def spelled_out(batch: Batch, names: Collection[str] | None = None) -> Batch:
    """A native batch with some columns as texts, all by default, and the kinds of their cells."""
    columns = [column for column in batch.cells if names is None or column.name in names]
    texts = [*map(as_text, columns)]
    kinds = {
        column.name: _kinds(column, kind)
        for column, text in zip(columns, texts, strict=True)
        if (kind := kind_of(column.dtype)) != "text" or _has_empty(text)
    }
    cells = batch.cells.with_columns(texts) if columns else batch.cells
    return replace(batch, cells=cells, kinds={**kinds, **batch.kinds}, is_native=False)


def kind_of(dtype: pl.DataType) -> str:
    """The native type of a column, by the standard's name."""
    if dtype.is_integer():
        return "integer"
    if dtype.is_float() or dtype.is_decimal():
        return "number"
    return KINDS.get(dtype.base_type(), "text")


def as_text(column: pl.Series) -> pl.Series:
    """A column as text, in the form that the type of the same name has by default."""
    if not column.dtype.is_nested():
        return written(column)
    if _holds_bytes(column.dtype):
        return pl.Series(column.name, map(text_of, column.to_list()), dtype=pl.String)
    cell = pl.col(column.name)
    encoded = pl.struct(cell.alias("value")).struct.json_encode()
    text = encoded.str.slice(len('{"value":')).str.head(-1)
    known = pl.when(cell.is_not_null()).then(text)
    return column.to_frame().select(known.alias(column.name)).to_series()


def _has_empty(texts: pl.Series) -> bool:
    """Whether texts are null or empty, which here are two things."""
    return bool(texts.null_count()) or (texts == "").any()


def _kinds(column: pl.Series, kind: str) -> pl.Series:
    """The native types of the cells of a column: a number that is whole is an integer."""
    if kind == "number":
        named = pl.when(whole(column)).then(pl.lit("integer")).otherwise(pl.lit(kind))
        return column.to_frame().select(named).to_series()
    return pl.repeat(kind, len(column), dtype=pl.String, eager=True)


def _holds_bytes(dtype: pl.DataType | DataTypeClass) -> bool:
    """Whether there are bytes in a nested type, which Polars cannot write as JSON."""
    if isinstance(dtype, pl.List | pl.Array):
        return _holds_bytes(dtype.inner)
    if isinstance(dtype, pl.Struct):
        return any(_holds_bytes(field.dtype) for field in dtype.fields)
    return dtype == pl.Binary
