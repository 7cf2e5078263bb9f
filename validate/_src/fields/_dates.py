"""The types date, time and datetime."""

import re
from collections.abc import Callable, Set
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import polars as pl

from validate._src.fields._anydates import any_day, any_moment, any_time
from validate._src.fields._calendar import EPOCH, SECONDS_OF_A_DAY, days_of, first_day
from validate._src.fields._distinct import many_repeat, of_distinct
from validate._src.fields._exact import Exactness, without_value
from validate._src.fields._length import EXACTLY, LONGEST_PART
from validate._src.fields._parsing import (
    AtOnce,
    FieldType,
    Parser,
    at_once_or,
    by_python,
)
from validate._src.fields._years import ANY_YEAR, FARTHEST, FOUR_DIGITS, ZONE
from validate._src.words.schema import Field

DATE = rf"^{FOUR_DIGITS}-[0-9]{{2}}-[0-9]{{2}}$"
YEAR_MONTH_DAY = "%Y-%m-%d"
TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]$"
ISO_TIME = re.compile(
    r"T?(?P<time>[0-9]{2}(:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?|[0-9]{2}([0-9]{2}([.,][0-9]+)?)?)?)"
    rf"(?P<zone>{ZONE}|[+-][0-9]{{2}}([0-9]{{2}})?)?"
)
"""A time of ISO 8601, basic or extended; the numbers are judged by Python."""
END_OF_DAY = re.compile(r"24(:?00(:?00([.,]0+)?)?)?")
PLAIN = (
    rf"^{FOUR_DIGITS}-[0-9]{{2}}-[0-9]{{2}}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
    rf"(\.[0-9]{{1,6}})?{ZONE}?$"
)
"""Most datetimes, which Polars reads; others are read by Python."""
DECIMALS, OFFSET = r"^\.([0-9]+)", "([+-][0-9]{2}:[0-9]{2})$"
DATETIME = re.compile(
    rf"(?P<year>{ANY_YEAR})-(?P<month>0[1-9]|1[0-2])-(?P<day>[0-9]{{2}})"
    r"T(?:(?P<time>(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9])(?:\.(?P<decimals>[0-9]+))?"
    rf"|24:00:00(?:\.0+)?)(?P<zone>{ZONE})?"
)
FINE = r"\.[0-9]{6}[0-9]*[1-9]"  # finer than the microseconds of Polars
FAR = r"^-?[0-9]{5}"  # the year; of others Polars has a value
DIGITS = {
    "%Y": FOUR_DIGITS, "%m": "[0-9]{2}", "%d": "[0-9]{2}",
    "%H": "[0-9]{2}", "%M": "[0-9]{2}", "%S": "[0-5][0-9]",
}  # fmt: skip
"""Directives of strptime, and the digits of each where none is left out."""
DIRECTIVE = re.compile("(%.)")
DAY, MOMENT = {"%Y", "%m", "%d"}, {"%Y", "%m", "%d", "%H", "%M"}
MOST_SECONDS = FARTHEST * 365 * SECONDS_OF_A_DAY  # before and after 1970 that Polars can hold


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
    if field.iso_times:
        return by_python(_iso_time, pl.Time())(text, field)
    return pl.when(text.str.contains(TIME)).then(text).str.to_time("%H:%M:%S", strict=False)


def _iso_time(text: str, field: Field) -> time:
    """The time, in UTC where it has a zone.

    Source: Data Package 1.0, Table Schema, "time": an ISO 8601 time string.
    """
    found = ISO_TIME.fullmatch(text)
    if found is None:
        raise ValueError(text)
    if END_OF_DAY.fullmatch(found["time"]):
        text = f"00:00{found['zone'] or ''}"
    moment = datetime.combine(date(2000, 1, 1), time.fromisoformat(text))
    return _in_utc(moment).time()


def _by_polars(dtype: pl.Date | pl.Datetime) -> AtOnce:
    """The values of texts in which each directive of a pattern has all of its digits.

    Python takes others too, such as `1/2/2024`, and any white space for a space. Off: +29 % on a
    registry (benchmarks/tricks.py).
    """

    def parse(texts: pl.Series, field: Field) -> tuple[pl.Series, pl.Series | None]:
        form = _form(field.format, MOMENT if isinstance(dtype, pl.Datetime) else DAY)
        if form is None:
            return pl.repeat(None, len(texts), dtype=dtype, eager=True), texts.is_not_null()
        values = texts.str.strptime(dtype, field.format, strict=False, cache=False)
        is_plain = texts.str.contains(form) & values.is_not_null()
        return values, ~is_plain.fill_null(value=True)

    return parse


def _form(pattern: str, needed: Set[str]) -> str | None:
    """The form of texts by a pattern, as a regular expression; None if it has other directives.

    Args:
        pattern: a pattern of strptime.
        needed: the directives without which Polars makes no value.
    """
    found = [*DIRECTIVE.split(pattern)]
    if not needed <= {*found[1::2]} <= DIGITS.keys():
        return None
    parts = (DIGITS[part] if at % 2 else re.escape(part) for at, part in enumerate(found))
    return f"^{''.join(parts)}$"


def _datetimes(texts: pl.Series, field: Field) -> tuple[pl.Series, pl.Series | None]:
    """Most datetimes, and which texts are others.

    Each text by Python takes many times as long.
    """
    values = texts.str.head(len("2024-01-26T15:00:00")).str.to_datetime(
        "%Y-%m-%dT%H:%M:%S", time_unit="us", strict=False, cache=False
    )
    plain = texts.str.contains(PLAIN) & values.is_not_null()
    ends = texts.str.slice(len("2024-01-26T15:00:00"))
    if not ends.is_in(["", "Z"]).all():
        values += of_distinct(ends, _from_ends) if many_repeat(ends) else _from_ends(ends)
    return values, ~plain.fill_null(value=True)


def _from_ends(ends: pl.Series) -> pl.Series:
    """What the decimals of a second and a zone, at the end of a datetime, add to it."""
    end = pl.col("end")
    decimals = end.str.extract(DECIMALS).str.head(6).str.pad_end(6, "0").cast(pl.Int64)
    zone = end.str.extract(OFFSET)
    hours, minutes = zone.str.head(3).cast(pl.Int64), zone.str.tail(2).cast(pl.Int64)
    minutes = pl.when(zone.str.starts_with("-")).then(-minutes).otherwise(minutes)
    added = pl.duration(
        microseconds=decimals.fill_null(0),
        minutes=-minutes.fill_null(0),
        hours=-hours.fill_null(0),
        time_unit="us",
    )
    return ends.to_frame("end").select(added).to_series()


def _datetime(text: str, field: Field) -> int:
    """The microseconds from 1970 on."""
    seconds, decimals = _moment(text)
    if abs(seconds) > MOST_SECONDS:
        raise ValueError(text)
    return seconds * 1_000_000 + int(decimals[:6].ljust(6, "0"))


def _moment(text: str) -> tuple[int, str]:
    """The seconds from 1970 on, in UTC, and the decimals of the last one.

    Source: XML Schema Part 2, 3.2.7 "dateTime", which Table Schema refers to.

    Raises:
        ValueError: the text is no datetime.
    """
    found = DATETIME.fullmatch(text)
    if found is None or len(found["year"]) > LONGEST_PART:
        raise ValueError(text)
    month = 12 * int(found["year"]) + int(found["month"]) - 1
    day = int(found["day"])
    if not 0 < day <= days_of(month):
        raise ValueError(text)
    days = first_day(month) + day - 1 - EPOCH
    hour, minute, second = map(int, (found["time"] or "24:00:00").split(":"))
    seconds = SECONDS_OF_A_DAY * days + 3600 * hour + 60 * minute + second
    return seconds - _offset(found["zone"]), (found["decimals"] or "").rstrip("0")


def _offset(zone: str | None) -> int:
    """The seconds that a zone is ahead of UTC; without a zone none."""
    if zone in (None, "Z"):
        return 0
    hours, minutes = map(int, zone[1:].split(":"))
    return (3600 * hours + 60 * minutes) * (-1 if zone[0] == "-" else 1)


def _fine(texts: pl.Series, values: pl.Series) -> pl.Series:
    """Which texts are finer than microseconds, or have no value and maybe a year far away."""
    fine, without = texts.str.contains(FINE).fill_null(value=False), without_value(texts, values)
    return fine | (without & texts.str.contains(FAR)) if without.any() else fine


def _exact_moment(text: str) -> str | None:
    """The seconds from 1970 on and their decimals, such as `-5+.25`."""
    try:
        seconds, decimals = _moment(text)
    except ValueError:
        return None
    return f"{seconds}+.{decimals or 0}"


def _is_held(exact: str) -> bool:
    seconds, _, decimals = exact.partition("+.")
    return len(decimals) <= 6 and abs(int(seconds)) <= MOST_SECONDS


def _rank(exact: str) -> Decimal:
    seconds, _, decimals = exact.partition("+")
    return EXACTLY.add(Decimal(seconds), Decimal(decimals))


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


def _type(
    name: str,
    dtype: pl.DataType,
    default: Parser,
    any_form: Callable[[str, Field], Any],
    by_pattern: Callable[[str, Field], Any],
    exactness: Exactness | None = None,
) -> FieldType:
    """A type with the formats `default`, `any` and a pattern of strptime."""
    pattern = by_python(by_pattern, dtype)
    if isinstance(dtype, pl.Date | pl.Datetime):
        pattern = _with_repeats(pattern, _by_polars(dtype), dtype)
    parsers = {"default": default, "any": by_python(any_form, dtype), "pattern": pattern}
    return FieldType(name, dtype, parsers, native=frozenset({name}), exactness=exactness)


def _with_repeats(thorough: Parser, at_once: AtOnce, dtype: pl.DataType) -> Parser:
    """A parser that looks first whether most texts stand more than once."""
    return at_once_or(thorough, at_once, dtype, takes_long=lambda field: True)


def _one_by_one(text: pl.Expr, field: Field) -> pl.Expr:
    return by_python(_datetime, pl.Int64())(text, field).cast(pl.Datetime("us"))


TYPES = (
    _type(
        "date",
        pl.Date(),
        _with_repeats(_date, _days, pl.Date()),
        lambda text, field: any_day(text).date(),
        lambda text, field: datetime.strptime(text, field.format).date(),
    ),
    _type("time", pl.Time(), _time, lambda text, field: any_time(text).time(), _time_by_pattern),
    _type(
        "datetime",
        pl.Datetime("us"),
        _with_repeats(_one_by_one, _datetimes, pl.Datetime("us")),
        lambda text, field: _in_utc(any_moment(text)),
        lambda text, field: _in_utc(datetime.strptime(text, field.format)),
        Exactness(_fine, _exact_moment, f"^{DATETIME.pattern}$", _is_held, _rank),
    ),
)
