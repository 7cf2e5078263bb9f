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

from validate._src.fields._exact import Exactness
from validate._src.words.schema import Field

Parser = Callable[[pl.Expr, Field], pl.Expr]
TEXT = pl.String()
SAMPLE = 2**10  # texts that tell whether many repeat: fewer would not tell in a column of 50,000
MOST_REMEMBERED = 2**24  # characters: of an ordinary table all texts are
EACH = 2**7  # characters, as many as what is kept of any text takes


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

    Run for each text: +46 % on events; not remembered: +21 % (benchmarks/tricks.py).
    """

    def parse(text: pl.Expr, field: Field) -> pl.Expr:
        value_of = Remembered(partial(_or_none, function, field))

        def each(series: pl.Series) -> pl.Series:
            return by_distinct(series, value_of, dtype)

        return text.map_batches(each, return_dtype=dtype)

    return parse


def by_distinct(texts: pl.Series, function: Callable[[str], Any], dtype: pl.DataType) -> pl.Series:
    """What a function makes of each text, asked once for each that is distinct; null for null."""

    def made(distinct: pl.Series) -> pl.Series:
        return pl.Series([function(text) for text in distinct], dtype=dtype, strict=False)

    return of_distinct(texts, made)


def of_distinct(texts: pl.Series, parsed: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The values of n texts, of which only those that are distinct are parsed; null for null."""
    distinct = texts.drop_nulls().unique()
    if len(distinct) == len(texts):
        return parsed(texts)
    values = parsed(distinct)
    return texts.replace_strict(distinct, values, default=None, return_dtype=values.dtype)


def _or_none(function: Callable[[str, Field], Any], field: Field, text: str) -> Any:
    try:
        return function(text, field)
    except (ValueError, OverflowError, RecursionError):
        return None


class Remembered:
    """A function of texts that remembers what it made of the first of them.

    Batches of a table hold the same texts again. No more are kept than `MOST_REMEMBERED`
    characters: beyond, a table whose texts are all different would fill the memory.
    """

    def __init__(self, function: Callable[[str], Any]) -> None:
        """Takes the function."""
        self._function, self._made, self._size = function, dict[str, Any](), 0

    def __call__(self, text: str) -> Any:
        """What the function makes of a text."""
        try:
            return self._made[text]
        except KeyError:
            made = self._function(text)
        if self._size < MOST_REMEMBERED:
            self._size += len(text) + EACH
            self._made[text] = made
        return made


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

        def each(series: pl.Series) -> pl.Series:
            return at_length(series, whole) if takes_long(field) else whole(series)

        return text.map_batches(each, return_dtype=dtype)

    return parse


def at_length(texts: pl.Series, parsed: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The values of n texts, parsed in a way that takes long: once for each where many repeat.

    Off: +17 % on measurements, +2 % on events (benchmarks/tricks.py).
    """
    return of_distinct(texts, parsed) if _many_repeat(texts) else parsed(texts)


def _many_repeat(texts: pl.Series) -> bool:
    """Whether most texts stand more than once, as far as the first tell.

    Of s texts, drawn from n that are all as likely, s² / 2n are those of others.
    """
    if len(texts) < 2 * SAMPLE:
        return False
    repeated = SAMPLE - texts.head(SAMPLE).n_unique()
    return repeated > 0 and SAMPLE**2 / (2 * repeated) < len(texts) / 2
