"""Columns of values that have types already: their texts and kinds.

A column of one type is made text as a whole: value by value, sheets and JSON took twice the time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import polars as pl

from validate._src.fields._length import digits_of
from validate._src.reading._values import KINDS, kind_of, text_of
from validate._src.reading.batch import columns
from validate._src.words.schema import EXACT

Values = Sequence[Any]
Typed = tuple[pl.Series, pl.Series]
"""Texts and kinds."""
NOTHING = type(None)
TRUE_OR_FALSE = {True: "true", False: "false", None: None}


def typed_columns(rows: Sequence[Values], width: int) -> tuple[pl.DataFrame, dict[str, pl.Series]]:
    """The texts of rows as columns, and their kinds; null beyond the end of a row."""
    if not width:
        return pl.DataFrame(height=len(rows)), {}
    if any(len(row) != width for row in rows):
        rows = [[*row[:width], *[None] * (width - len(row))] for row in rows]
    cells = zip(*rows, strict=True) if rows else [()] * width
    made = {name: typed_column(values) for name, values in zip(columns(width), cells, strict=True)}
    texts = pl.DataFrame({name: text for name, (text, _) in made.items()})
    return texts, {name: kinds for name, (_, kinds) in made.items()}


def typed_column(values: Values) -> Typed:
    """The texts and the kinds of a column."""
    types = {*map(type, values)} - {NOTHING}
    if not types:
        nothing = pl.repeat(None, len(values), dtype=pl.String, eager=True)
        return nothing, nothing
    of_one_type = ONE_TYPE.get(types.pop()) if len(types) == 1 else None
    # Lone surrogates, and integers beyond 64 or 128 bits.
    with suppress(UnicodeEncodeError, TypeError, OverflowError):
        if of_one_type is not None:
            return of_one_type(values)
    return _series(map(text_of, values)), _series(map(kind_of, values))


def _series(values: Iterable[Any]) -> pl.Series:
    return pl.Series([*values], dtype=pl.String)


def of_kind(texts: pl.Series, kind: str) -> Typed:
    """Texts all of which are of a kind."""
    return texts, texts.to_frame("text").select(
        pl.when(pl.col("text").is_not_null()).then(pl.lit(kind))
    ).to_series()


def _texts(values: Values) -> Typed:
    return of_kind(_series(values), KINDS[str])


def _booleans(values: Values) -> Typed:
    return of_kind(_series(map(TRUE_OR_FALSE.__getitem__, values)), KINDS[bool])


def _integers(values: Values) -> Typed:
    return of_kind(pl.Series(values, dtype=pl.Int64).cast(pl.String), KINDS[int])


def _floats(values: Values) -> Typed:
    """Of doubles those that are whole are integers; texts of others are as Python has them."""
    numbers = pl.Series(values, dtype=pl.Float64)
    is_whole = (numbers.is_finite() & (numbers == numbers.floor())).fill_null(value=False)
    is_exact = is_whole & (numbers.abs() < EXACT)
    large, others = (
        (is_whole & ~is_exact).arg_true(),
        (numbers.is_not_null() & ~is_whole).arg_true(),
    )
    texts = numbers.set(~is_exact, None).cast(pl.Int64).cast(pl.String)
    texts = texts.scatter(large, [digits_of(value) for value in numbers.gather(large)])
    _, kinds = of_kind(texts, KINDS[int])
    texts = texts.scatter(others, [str(value) for value in numbers.gather(others)])
    return texts, kinds.scatter(others, KINDS[float])


ONE_TYPE: Mapping[type, Callable[[Values], Typed]] = {
    str: _texts,
    bool: _booleans,
    int: _integers,
    float: _floats,
}
"""What makes columns of one type, beside nulls."""
