"""The types date, time, datetime, year, yearmonth and duration."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import polars as pl

from validate._src.fields._parsing import TEXT, FieldType, Parser, at_once_or, by_python
from validate._src.words.schema import Field

FOUR_DIGITS = r"([0-9]{3}[1-9]|[0-9]{2}[1-9][0-9]|[0-9][1-9][0-9]{2}|[1-9][0-9]{3})"  # no 0000
DATE = rf"^{FOUR_DIGITS}-[0-9]{{2}}-[0-9]{{2}}$"
YEAR_MONTH_DAY = "%Y-%m-%d"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
DATETIME = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$"
)
END_OF_DAY = r"T24:00:00(\.0+)?(Z|[+-]|$)"
YEAR = rf"^-?({FOUR_DIGITS}|[1-9][0-9]{{4,}})$"
YEARMONTH = rf"^{FOUR_DIGITS}-(0[1-9]|1[0-2])$"
DURATION = r"^-?P([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?$"
DURATION_WITHOUT_PART = r"(^-?P|T)$"


def is_strptime_pattern(pattern: str) -> bool:
    """Whether Python can read dates by a pattern."""
    try:
        datetime.strptime("", pattern)
    except re.error:
        return False
    except ValueError as error:
        return "bad directive" not in str(error) and "stray" not in str(error)
    return True


def _days(texts: pl.Series, field: Field) -> tuple[pl.Series, pl.Series | None]:
    """The dates of a column, parsed by Polars before their form is looked at.

    Polars reads years of up to four digits, months and days of up to two, and takes spaces
    and signs before them as well. So what it reads, has ten bytes, none of them below `-`
    or above `9`, and a year above 0, is written in the only form of a date.

    Off: +1.8 % on the benchmark's table, +0.5 % on a registry.
    """
    days = texts.str.to_date(YEAR_MONTH_DAY, strict=False, cache=False)
    rows = texts.rechunk().cast(pl.Binary).bin.reinterpret(dtype=pl.Array(pl.UInt8, 10))
    is_plain = None
    if not days.null_count() == texts.null_count() == rows.null_count():
        is_plain = days.is_not_null() & rows.is_not_null()
        rows = rows.filter(is_plain)
    characters = rows.drop_nulls().explode()
    lowest, highest = characters.min(), characters.max()
    if (
        (isinstance(lowest, int) and lowest < ord("-"))
        or (isinstance(highest, int) and highest > ord("9"))
        or (days < date.min).any()
    ):
        return days, ~texts.str.contains(DATE)
    return days, None if is_plain is None else ~is_plain & texts.is_not_null()


def _date(text: pl.Expr, field: Field) -> pl.Expr:
    return (
        pl.when(text.str.contains(DATE))
        .then(text)
        .str.to_date(YEAR_MONTH_DAY, strict=False, cache=False)
    )


def _time(text: pl.Expr, field: Field) -> pl.Expr:
    return pl.when(text.str.contains(TIME)).then(text).str.to_time("%H:%M:%S", strict=False)


def _datetime(text: str, field: Field) -> datetime:
    if not re.fullmatch(DATETIME, text):
        raise ValueError(text)
    if re.search(END_OF_DAY, text):
        return _in_utc(datetime.fromisoformat(text.replace("T24", "T00")) + timedelta(days=1))
    return _in_utc(datetime.fromisoformat(text))


def _in_utc(moment: datetime) -> datetime:
    """The moment in UTC; at the ends of the calendar, where UTC has no such day, as it is."""
    if moment.tzinfo is None:
        return moment
    try:
        return moment.astimezone(UTC).replace(tzinfo=None)
    except OverflowError:
        return moment.replace(tzinfo=None)


def _time_by_pattern(text: str, field: Field) -> time:
    """The time; in UTC where the pattern has a zone."""
    # From the year that the pattern may name UTC may be out of reach.
    return _in_utc(datetime.strptime(text, field.format).replace(year=2000)).time()


def _any(text: str) -> datetime:
    from dateutil.parser import parse

    return parse(text)


def _type(
    name: str,
    dtype: pl.DataType,
    default: Parser,
    any_form: Callable[[str, Field], Any],
    by_pattern: Callable[[str, Field], Any],
) -> FieldType:
    """A type with the formats `default`, `any` and a pattern of strptime."""
    parsers = {
        "default": default,
        "any": by_python(any_form, dtype),
        "pattern": by_python(by_pattern, dtype),
    }
    return FieldType(name, dtype, parsers, native=frozenset({name}))


TYPES = (
    _type(
        "date",
        pl.Date(),
        at_once_or(_date, _days, pl.Date()),
        lambda text, field: _any(text).date(),
        lambda text, field: datetime.strptime(text, field.format).date(),
    ),
    _type("time", pl.Time(), _time, lambda text, field: _any(text).time(), _time_by_pattern),
    _type(
        "datetime",
        pl.Datetime("us"),
        by_python(_datetime, pl.Datetime("us")),
        lambda text, field: _in_utc(_any(text)),
        lambda text, field: _in_utc(datetime.strptime(text, field.format)),
    ),
    FieldType(
        "year",
        pl.Int64(),
        {
            "default": lambda text, field: (
                pl.when(text.str.contains(YEAR)).then(text).cast(pl.Int64, strict=False)
            )
        },
        native=frozenset({"integer"}),
    ),
    FieldType(
        "yearmonth",
        pl.Date(),
        {
            "default": lambda text, field: (
                pl.when(text.str.contains(YEARMONTH))
                .then(text + "-01")
                .str.to_date(YEAR_MONTH_DAY, strict=False)
            )
        },
    ),
    FieldType(
        "duration",
        TEXT,
        {
            "default": lambda text, field: pl.when(
                text.str.contains(DURATION) & ~text.str.contains(DURATION_WITHOUT_PART)
            ).then(text)
        },
        native=frozenset({"duration"}),
    ),
)
