"""The types number and integer."""

import math
import re
from decimal import Decimal

import polars as pl

from validate._src.fields._exact import (
    DECIMAL,
    Exactness,
    decimal,
    doubtful_doubles,
    is_exact_double,
    without_value,
)
from validate._src.fields._parsing import AtOnce, FieldType, Parser, at_once_or
from validate._src.words.schema import Field

INTEGER = r"^[+-]?[0-9]+$"
UNSIGNED = r"([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?"
NUMBER = rf"^[+-]?{UNSIGNED}$"
NUMBER_WITH_UNITS = rf"^[^0-9-]*?([+-]?{UNSIGNED})[^0-9]*$"
LEAST_BEYOND = len(str(2**63))  # characters of an integer beyond 64 bits, at least
SPECIAL_NUMBERS = {"NAN": math.nan, "INF": math.inf, "-INF": -math.inf}
"""In any case.

Source: Data Package 2.0, Table Schema, "number".
"""


def _bare(text: pl.Expr, field: Field) -> pl.Expr:
    """The number in a text: without white space around it, group marks and units."""
    options = field.options
    if options.group_char:
        text = text.str.replace_all(options.group_char, "", literal=True)
    if options.decimal_char != ".":
        # A full stop, which is no decimal mark here, must not become one.
        text = text.str.replace_all(".", "?", literal=True)
        text = text.str.replace(options.decimal_char, ".", literal=True)
    text = text.str.strip_chars(" \t\r\n")
    if options.bare_number is False:
        return text.str.extract(NUMBER_WITH_UNITS).fill_null(text)
    return text


def _integer(text: pl.Expr, field: Field) -> pl.Expr:
    bare = _bare(text, field)
    return pl.when(bare.str.contains(INTEGER)).then(bare).cast(pl.Int64, strict=False)


def _number(text: pl.Expr, field: Field) -> pl.Expr:
    bare = _bare(text, field)
    special = bare.str.to_uppercase().replace_strict(
        SPECIAL_NUMBERS, default=None, return_dtype=pl.Float64
    )
    ordinary = pl.when(bare.str.contains(NUMBER)).then(bare).cast(pl.Float64, strict=False)
    return pl.coalesce(ordinary, special)


def _cast(dtype: pl.DataType) -> AtOnce:
    """A cast by Polars, which takes what the grammar of numbers allows and nothing else.

    Numbers that overflow are not plain.

    Off: numbers +34 % on measurements, integers +5 %; +1 to 6 % on other tables
    (benchmarks/tricks.py).
    """

    def cast(texts: pl.Series, field: Field) -> tuple[pl.Series, pl.Series | None]:
        if field.options.has_marks:
            frame = texts.alias("text").to_frame()
            texts = frame.select(_bare(pl.col("text"), field)).to_series()
        values = texts.cast(dtype, strict=False)
        if values.null_count() == texts.null_count() and _all_finite(values):
            return values, None
        is_value = values.is_finite() if dtype.is_float() else values.is_not_null()
        return values, texts.is_not_null() & ~is_value.fill_null(False)

    return cast


def _bare_texts(texts: pl.Series, field: Field) -> list[pl.Series]:
    """Texts as the field writes numbers, and as native numbers are written."""
    frame = texts.alias("text").to_frame()
    as_declared = frame.select(_bare(pl.col("text"), field)).to_series()
    if field.options.has_marks:
        return [as_declared, texts]
    return [as_declared]


def _whole(text: str) -> str | None:
    return decimal(text) if re.fullmatch(INTEGER, text) else None


def _may_be_beyond(texts: pl.Series, values: pl.Series) -> pl.Series:
    """Which texts may be integers beyond 64 bits: those without a value that are long enough."""
    without = without_value(texts, values)
    return without & (texts.str.len_bytes() >= LEAST_BEYOND) if without.any() else without


def _is_of_64_bits(exact: str) -> bool:
    return abs(Decimal(exact)) < 2**63  # the least one, which is held, has a value


def _all_finite(values: pl.Series) -> bool:
    return not values.dtype.is_float() or bool(values.is_finite().all())


def _parser(thorough: Parser, dtype: pl.DataType) -> Parser:
    return at_once_or(
        thorough, _cast(dtype), dtype, takes_long=lambda field: field.options.has_marks
    )


TYPES = (
    FieldType(
        "number",
        pl.Float64(),
        {"default": _parser(_number, pl.Float64())},
        native=frozenset({"integer", "number"}),
        exactness=Exactness(
            doubtful_doubles, decimal, f"^{DECIMAL.pattern}$", is_exact_double, Decimal, _bare_texts
        ),
    ),
    FieldType(
        "integer",
        pl.Int64(),
        {"default": _parser(_integer, pl.Int64())},
        native=frozenset({"integer"}),
        exactness=Exactness(_may_be_beyond, _whole, INTEGER, _is_of_64_bits, Decimal, _bare_texts),
    ),
)
