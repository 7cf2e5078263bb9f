"""What a field type is, and the ways in which a text becomes a value.

A parser turns the text of a cell into a value, and a text that is not of the type into
null; missing values are null before it runs. Nothing is rejected here: whoever compares
nulls before and after knows the bad cells.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import polars as pl

from validate._src.fields._distinct import RememberedColumns, of_each
from validate._src.fields._exact import Exactness
from validate._src.words.schema import Field

Parser = Callable[[pl.Expr, Field], pl.Expr]
TEXT = pl.String()


@dataclass(frozen=True)
class FieldType:
    """A field type.

    Attributes:
        name: the standard's name.
        dtype: the Polars type of its values.
        parsers: a parser by format; "pattern" stands for every strptime pattern.
        native: the native types of formats other than text that it can be read from.
        length: the length of a value as `minLength` counts it.
        exactness: how values are told apart that the Polars type cannot tell apart or hold;
            None where there are none.

    Source: Data Package 2.0, Table Schema, "Field Types".
    """

    name: str
    dtype: pl.DataType
    parsers: Mapping[str, Parser]
    native: frozenset[str] = frozenset()
    length: Callable[[pl.Expr], pl.Expr] = lambda value: value.str.len_chars()
    exactness: Exactness | None = None

    def parser(self, format_name: str) -> Parser | None:
        """The parser for a format, or None when the type has no such format."""
        if "%" in format_name:
            return self.parsers.get("pattern")
        return self.parsers.get(format_name) if format_name != "pattern" else None

    def native_format(self, format_name: str) -> str:
        """The format by which a native value in a field with this format is read."""
        return format_name if {"array", "object"} & self.native else "default"


def keep(text: pl.Expr, field: Field) -> pl.Expr:
    """Every text is a value."""
    return text


def matching(pattern: str) -> Parser:
    """A parser that keeps the texts that match a regular expression."""
    return lambda text, field: pl.when(text.str.contains(pattern)).then(text)


def by_python(function: Callable[[str, Field], Any], dtype: pl.DataType) -> Parser:
    """A parser in Python, run once for each distinct text of a table; ValueError means null.

    Run for each text: +37 % on events; not remembered: +12 % (benchmarks/tricks.py).
    """

    def parse(text: pl.Expr, field: Field) -> pl.Expr:
        value_of = partial(_or_none, function, field)
        values = RememberedColumns(lambda texts: of_each(texts, value_of, dtype), dtype)
        return text.map_batches(values.of, return_dtype=dtype)

    return parse


def _or_none(function: Callable[[str, Field], Any], field: Field, text: str) -> Any:
    try:
        return function(text, field)
    except (ValueError, OverflowError, RecursionError):
        return None


AtOnce = Callable[[pl.Series, Field], tuple[pl.Series, pl.Series | None]]
"""From n texts to n values, and n times whether a text is not plain; None where all are."""


def at_once_or(
    thorough: Parser,
    at_once: AtOnce,
    dtype: pl.DataType,
    *,
    takes_long: Callable[[Field], bool] = lambda field: False,
) -> Parser:
    """A parser of a whole column at once, which leaves texts that are not plain to another one.

    Args:
        thorough: judges any text.
        at_once: gives the values of plain texts.
        dtype: the Polars type of the values.
        takes_long: whether it takes longer than to look which texts stand more than once, so
            that these are parsed once where they are many.
    """

    def parse(text: pl.Expr, field: Field) -> pl.Expr:
        judged_by = thorough(pl.col("text"), field)

        def whole(series: pl.Series) -> pl.Series:
            values, is_odd = at_once(series, field)
            if is_odd is None or not is_odd.any():
                return values
            odd = series.filter(is_odd).alias("text").to_frame()
            judged = odd.select(judged_by).to_series()
            return values.scatter(is_odd.arg_true(), judged)

        parsed = RememberedColumns(whole, dtype).of_many if takes_long(field) else whole
        return text.map_batches(parsed, return_dtype=dtype)

    return parse
