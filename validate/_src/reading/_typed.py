"""Columns of values that have types already: their texts and kinds.

A column of one type is made text as a whole: value by value, sheets and JSON took twice the time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

import polars as pl

from validate._src.fields._length import digits_of, text_of_number
from validate._src.reading._values import KINDS, text_and_kind
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
    pairs = [text_and_kind(value) for value in values]
    return _series(text for text, _ in pairs), _series(kind for _, kind in pairs)


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
    return of_doubles(pl.Series(values, dtype=pl.Float64))


def spelled(column: pl.Series) -> Typed:
    """The texts and the kinds of a column of texts, integers, doubles or booleans."""
    if column.dtype.is_float():
        return of_doubles(column)
    return of_kind(column.cast(pl.String), _kind_of_type(column.dtype))


def _kind_of_type(dtype: pl.DataType) -> str:
    """What the cells are of a column of texts, integers or booleans."""
    if dtype.is_integer():
        return KINDS[int]
    return KINDS[bool] if dtype == pl.Boolean else KINDS[str]


def joined(
    parts: Sequence[tuple[pl.DataFrame, Mapping[str, pl.Series]]],
) -> tuple[pl.DataFrame, Mapping[str, pl.Series]]:
    """Cells, and the kinds of those columns that are not of one type, below each other.

    Columns that differ in type are made texts; null where rows do not have a column.
    """
    cells: dict[str, pl.Series] = {}
    kinds: dict[str, pl.Series] = {}
    for name in dict.fromkeys(name for frame, _ in parts for name in frame.columns):
        own = [_own(frame, given, name) for frame, given in parts]
        dtypes = {column.dtype for column, _ in own if column.null_count() < len(column)}
        if len(dtypes) < 2 and all(kind is None for _, kind in own):
            dtype = dtypes.pop() if dtypes else pl.String()
            cells[name] = pl.concat([column.cast(dtype) for column, _ in own])
            continue
        typed = [(one, kind) if kind is not None else spelled(one) for one, kind in own]
        cells[name] = pl.concat([text for text, _ in typed])
        kinds[name] = pl.concat([kind for _, kind in typed])
    return pl.DataFrame(cells), kinds


def _own(
    frame: pl.DataFrame, kinds: Mapping[str, pl.Series], name: str
) -> tuple[pl.Series, pl.Series | None]:
    if name in frame.columns:
        return frame[name], kinds.get(name)
    return pl.repeat(None, frame.height, dtype=pl.String, eager=True), None


def of_doubles(numbers: pl.Series) -> Typed:
    """Of doubles those that are whole are integers; texts of others are as `text_of` has them."""
    cell = pl.col("number")
    is_whole = cell.is_finite() & (cell == cell.floor())
    is_short = is_whole & (cell.abs() < EXACT)
    text = cell.cast(pl.Int64, strict=False).cast(pl.String)
    whole, short = numbers.to_frame("number").select(whole=is_whole, short=is_short)
    if not short.all():
        text = pl.when(pl.lit(short)).then(text).otherwise(cell.cast(pl.String))
    kind = pl.when(pl.lit(whole)).then(pl.lit(KINDS[int])).otherwise(pl.lit(KINDS[float]))
    made = {"text": text, "kind": pl.when(cell.is_not_null()).then(kind)}
    texts, kinds = numbers.to_frame("number").select(**made)
    return _with_rare_numbers(texts, numbers, whole & ~short), kinds


def _with_rare_numbers(texts: pl.Series, numbers: pl.Series, long: pl.Series) -> pl.Series:
    """Texts of doubles: long integers written out, and infinite ones as Table Schema has them.

    The others Polars writes with the fewest digits that tell them.
    """
    if long.any():
        at = long.arg_true()
        texts = texts.scatter(at, [digits_of(value) for value in numbers.gather(at)])
    at = numbers.is_infinite().arg_true()
    if len(at):
        texts = texts.scatter(at, [text_of_number(value) for value in numbers.gather(at)])
    return texts


ONE_TYPE: Mapping[type, Callable[[Values], Typed]] = {
    str: _texts,
    bool: _booleans,
    int: _integers,
    float: _floats,
}
"""What makes columns of one type, beside nulls."""
