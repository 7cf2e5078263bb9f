"""Columns of sheets as the process that reads them sends them: their texts and kinds."""

import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Literal

import polars as pl

from validate._src.fields.natives import FRACTION
from validate._src.reading._typed import Typed, of_doubles, of_kind, typed_column
from validate._src.reading._worker import EPOCH, MICROSECOND, SEPARATOR, Column

ORDER: Literal["little", "big"] = sys.byteorder
MICROSECONDS = pl.Datetime("us")
BEFORE_EPOCH = date.toordinal(EPOCH)
"""The number of the day from which Polars counts, by which they are sent."""


def typed_of(column: Column, height: int) -> Typed:
    """The texts and the kinds of a column of so many cells."""
    if len(column) == 1 and column[0][1] is None:
        kind, _, values = column[0]
        return MADE[kind](values)
    texts = pl.repeat(None, height, dtype=pl.String, eager=True)
    kinds = texts.clone()
    for kind, indexes, values in column:
        assert indexes is not None
        at = numbers_of(indexes, pl.UInt32)
        texts_of_kind, kinds_of_kind = MADE[kind](values)
        texts, kinds = texts.scatter(at, texts_of_kind), kinds.scatter(at, kinds_of_kind)
    return texts, kinds


def numbers_of(content: bytes, dtype: type[pl.DataType]) -> pl.Series:
    """Numbers by their bytes, which need not become objects of Python."""
    size = pl.Series([0], dtype=dtype).estimated_size()
    whole = pl.Array(dtype, len(content) // int(size))
    return pl.Series([content]).bin.reinterpret(dtype=whole, endianness=ORDER).explode()


def _texts(values: str | Sequence[str]) -> Typed:
    if isinstance(values, str):
        return of_kind(pl.Series([values]).str.split(SEPARATOR).explode(), "text")
    return typed_column(values)


def _booleans(values: bytes) -> Typed:
    is_true = numbers_of(values, pl.UInt8) == 1
    text = pl.when(pl.lit(is_true)).then(pl.lit("true")).otherwise(pl.lit("false"))
    return of_kind(pl.select(text).to_series(), "boolean")


def _dates(values: bytes) -> Typed:
    days = numbers_of(values, pl.Int32) - BEFORE_EPOCH
    return of_kind(days.cast(pl.Date).cast(pl.String), "date")


def _datetimes(values: bytes) -> Typed:
    """Fractions of seconds stand in the text of those that have some."""
    moments = numbers_of(values, pl.Int64).cast(MICROSECONDS)
    texts = moments.dt.to_string("%Y-%m-%dT%H:%M:%S")
    if (at := (moments.dt.microsecond() != 0).arg_true()).len():
        fine = moments.gather(at).dt.to_string("%Y-%m-%dT%H:%M:%S%.6f")
        texts = texts.scatter(at, fine.str.strip_chars_end("0"))
    return of_kind(texts, "datetime")


def _times(values: Sequence[str]) -> Typed:
    return of_kind(pl.Series(values, dtype=pl.String).str.replace(FRACTION, "${1}${2}"), "time")


def _durations(values: Sequence[int]) -> Typed:
    return typed_column([value * MICROSECOND for value in values])


MADE: Mapping[str, Callable[[Any], Typed]] = {
    "text": _texts,
    "boolean": _booleans,
    "integer": typed_column,
    "number": lambda values: of_doubles(numbers_of(values, pl.Float64)),
    "date": _dates,
    "datetime": _datetimes,
    "time": _times,
    "duration": _durations,
}
"""What makes texts and kinds of the values of a type: see `KINDS` of the process."""
