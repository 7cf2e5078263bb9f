"""Columns that have a type already, in Parquet, Arrow and frames: their values and their text.

Where a column's own type is that of its field, nothing is read from text: its values are taken as
they are, and texts are made only of the cells that somebody asks for.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache, reduce
from math import inf
from operator import or_
from typing import Any

import polars as pl

from validate._src.fields._length import digits_of
from validate._src.words.schema import EXACT, Field

MOST_DIGITS = 15  # a decimal of so many is divided by its power of ten exactly as it is parsed
FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)  # with years of four digits, as texts have
FIRST_MOMENT, LAST_MOMENT = datetime(1, 1, 2), datetime(9999, 12, 30)  # so have they in any zone
FEW = 4  # texts that cells are compared with; to look up more takes no longer
NANOSECONDS = 1000  # of a microsecond, which is as fine as values are
FRACTION = r"(?:(\.[0-9]*[1-9])|\.)0*($|[+-])"
"""The decimals of a second, and a zone: what unit a column is in, its values do not say."""
INFINITE = {inf: "INF", -inf: "-INF"}
"""As Table Schema writes them; Polars has `inf`."""
Held = Callable[[pl.Series], pl.Series | None]
"""From a column to one with the same cells and texts; None if a cell is to be read as text."""
Values = Callable[[pl.Series], pl.Series]


def is_written(column: pl.Series) -> bool:
    """Whether a column has texts, and no other type."""
    return column.dtype == pl.String


def held(column: pl.Series, field: Field) -> pl.Series | None:
    """A column that needs no text, as its type is that of its field.

    Args:
        column: n cells of any type.
        field: the field that they belong to.

    Returns:
        n cells with the same texts, of which `values_of` makes values; None if they must be read
        as text, as texts are.

    Source: Data Package 2.0, Table Schema, "Data representation": a native value has a type
    already; docs/native-types.md.
    """
    hold = HELD.get((group_of(column.dtype), field.type))
    return None if hold is None else hold(column)


def values_of(column: pl.Series, field: Field) -> pl.Series:
    """The values of a column that `held` has given."""
    return VALUES[field.type](column).alias(column.name)


def whole(column: pl.Series) -> pl.Expr:
    """Whether numbers with decimals are integers, as in formats that do not tell them apart.

    Of doubles all from 2^53 on are, up to infinity.
    """
    cell = pl.col(column.name)
    if column.dtype.is_decimal():
        return ~cell.cast(pl.String).str.contains(r"\.[0-9]*[1-9]")
    if column.dtype == pl.Float16:
        cell = cell.cast(pl.Float32)  # of halves, Polars' `floor` leaves the decimals
    return cell.is_finite() & (cell == cell.floor())


def written(column: pl.Series) -> pl.Series:
    """A column as text, in the form that the type of the same name has by default.

    Args:
        column: n cells of any type but nested ones.

    Returns:
        n texts; null for null.
    """
    if is_written(column):
        return column
    if column.dtype == pl.Float16:
        column = column.cast(pl.Float32)  # EXACT is beyond the greatest half
    cell, dtype = pl.col(column.name), column.dtype
    if isinstance(dtype, pl.Datetime | pl.Duration | pl.Time):
        text = cell.dt.to_string("iso:strict").str.replace(FRACTION, "${1}${2}")
    elif dtype == pl.Binary:
        text = cell.bin.encode("base64")
    elif dtype.is_float() or dtype.is_decimal():
        digits = cell.cast(pl.Int128, strict=False).cast(pl.String)
        is_short = whole(column) & (cell.abs() < EXACT) if dtype.is_float() else whole(column)
        text = pl.when(is_short).then(digits).otherwise(cell.cast(pl.String))
        if dtype.is_float():
            for number, name in INFINITE.items():
                text = pl.when(cell == number).then(pl.lit(name)).otherwise(text)
    else:
        text = cell.cast(pl.String)
    known = pl.when(cell.is_not_null()).then(text)
    texts = column.to_frame().select(known.alias(column.name)).to_series()
    return _with_large_integers(texts, column) if dtype.is_float() else texts


def are_among(column: pl.Series, texts: Collection[str]) -> pl.Series | None:
    """Which cells have one of some texts; None if none can."""
    if is_written(column):
        return _is_one_of(column, texts)
    cells = _cells_with(column.dtype, frozenset(texts))
    if cells is None:
        return written(column).is_in([*texts])
    return column.is_in(cells.implode()) if len(cells) else None


@lru_cache(maxsize=2**10)
def _cells_with(dtype: pl.DataType, texts: frozenset[str]) -> pl.Series | None:
    """The cells of a type that have one of some texts; None where only their texts tell.

    They are the same in each batch of a table.
    """
    named = pl.Series([*texts], dtype=pl.String)
    if dtype.is_integer() or dtype.is_float():
        cells = named.cast(dtype, strict=False).drop_nulls()
    elif dtype == pl.Boolean:
        cells = pl.Series([True, False])
    elif not named.str.contains("[0-9]").any():  # which all others have
        return pl.Series(dtype=pl.Null)
    else:
        return None
    return cells.filter(written(cells.alias("cell")).is_in([*texts]))


def _is_one_of(column: pl.Series, texts: Collection[str]) -> pl.Series:
    """Which texts are one of some, which are rarely more than two."""
    if not 0 < len(texts) <= FEW:
        return column.is_in([*texts])
    return reduce(or_, (column == text for text in texts))


def _with_large_integers(texts: pl.Series, column: pl.Series) -> pl.Series:
    """Texts of doubles, those from 2^53 on written out."""
    at = (column.is_finite() & (column.abs() >= EXACT)).arg_true()
    if at.is_empty():
        return texts
    return texts.scatter(at, [digits_of(Decimal(text)) for text in texts.gather(at)])


def group_of(dtype: pl.DataType) -> str:
    """What `HELD` calls the type of a column."""
    if dtype.is_integer():
        return "integer"
    if dtype.is_decimal():
        return "decimal"
    return GROUPS.get(dtype.base_type(), "other")


def _as_it_is(column: pl.Series) -> pl.Series | None:
    return column


def _integers(column: pl.Series) -> pl.Series | None:
    """Integers of 64 bits at most."""
    cells = column.cast(pl.Int64, strict=False)
    return cells if cells.null_count() == column.null_count() else None


def _years(column: pl.Series) -> pl.Series | None:
    """Years that are written with four digits."""
    years = _integers(column)
    return years if years is not None and _are_within(years, 1000, 9999) else None


def _whole_doubles(column: pl.Series) -> pl.Series | None:
    """Doubles that are integers, as programs have them that know no integer beside a null."""
    are_whole = (column.abs() < EXACT) & (column == column.floor())
    return column.cast(pl.Int64) if are_whole.all() else None


def _decimals(column: pl.Series) -> pl.Series | None:
    dtype = column.dtype
    return column if isinstance(dtype, pl.Decimal) and dtype.precision <= MOST_DIGITS else None


def _whole_decimals(column: pl.Series) -> pl.Series | None:
    """Decimals that have no decimals."""
    dtype = column.dtype
    if not isinstance(dtype, pl.Decimal) or dtype.scale or dtype.precision > MOST_DIGITS:
        return None
    return column.cast(pl.Int64)


def _days(column: pl.Series) -> pl.Series | None:
    return column if _are_within(column, FIRST_DAY, LAST_DAY) else None


def _moments(column: pl.Series) -> pl.Series | None:
    """Datetimes that are no finer than a microsecond."""
    if isinstance(column.dtype, pl.Datetime) and column.dtype.time_unit == "ns":  # 1677 to 2262
        is_fine = column.to_physical() % NANOSECONDS != 0
        return None if is_fine.any() else column
    return column if _are_within(_in_utc(column), FIRST_MOMENT, LAST_MOMENT) else None


def _are_within(column: pl.Series, first: Any, last: Any) -> bool:
    return bool(column.is_between(first, last).all())


def _doubles(column: pl.Series) -> pl.Series:
    """Numbers as doubles; there is one zero."""
    values = column.cast(pl.Float64)
    is_zero = values == 0
    return values.set(is_zero, 0.0) if is_zero.any() else values


def _in_utc(column: pl.Series) -> pl.Series:
    """Datetimes in UTC, without saying so; those without a zone as they are."""
    if not isinstance(column.dtype, pl.Datetime) or column.dtype.time_zone is None:
        return column
    return column.dt.convert_time_zone("UTC").dt.replace_time_zone(None)


def _times(column: pl.Series) -> pl.Series:
    """Times without what is finer than a microsecond."""
    return (column.to_physical() // NANOSECONDS * NANOSECONDS).cast(pl.Time)


GROUPS: Mapping[Any, str] = {
    pl.Float64: "double",
    pl.Float32: "single",
    pl.Boolean: "boolean",
    pl.Date: "date",
    pl.Time: "time",
    pl.Datetime: "datetime",
}
HELD: Mapping[tuple[str, str], Held] = {
    ("integer", "integer"): _integers,
    ("integer", "number"): _integers,
    ("integer", "year"): _years,
    ("double", "number"): _as_it_is,
    ("double", "integer"): _whole_doubles,
    ("single", "integer"): _whole_doubles,
    ("decimal", "number"): _decimals,
    ("decimal", "integer"): _whole_decimals,
    ("boolean", "boolean"): _as_it_is,
    ("date", "date"): _days,
    ("time", "time"): _as_it_is,
    ("datetime", "datetime"): _moments,
}
"""Native types and types of fields that are the same, and what of them needs no text.

A single (`Float32`) in a field of numbers is read as text: the number that it stands for is the
shortest that it is written with, not the double nearest to it.
"""
VALUES: Mapping[str, Values] = {
    "integer": lambda column: column,
    "year": lambda column: column,
    "number": _doubles,
    "boolean": lambda column: column,
    "date": lambda column: column,
    "time": _times,
    "datetime": lambda column: _in_utc(column).dt.cast_time_unit("us"),
}
"""How values are made of the cells that are held, by the type of the field."""
