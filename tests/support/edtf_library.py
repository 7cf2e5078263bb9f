"""EDTF level 1 dates as the `edtf` library has them; what it accepts beyond level 1 is refused."""

import re
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date
from io import StringIO
from time import struct_time
from typing import Any

from edtf import EDTFParseException, parse_edtf
from edtf.parser import parser_classes as parsed

INTERVALS = (parsed.Interval, parsed.Level1Interval)
UNSPECIFIED_DIGITS = {1: "decade", 2: "century"}


@dataclass(frozen=True)
class EdtfDate:
    """What an EDTF date says.

    Attributes:
        earliest: earliest day that it allows, or None when its start is open or unknown, or of
            the year 0, which Python has not.
        latest: latest day, or None likewise.
        precision: second, day, month, season, year, decade, century or interval.
    """

    earliest: date | None
    latest: date | None
    precision: str


def parse(text: str) -> EdtfDate | None:
    """What an EDTF level 1 text says; None when it is none, or of a year of another form.

    Seasons are those of the northern hemisphere. An interval that ends before it
    starts is no date.

    Source: EDTF, Library of Congress, levels 0 and 1 (ISO 8601-2).
    """
    if not text.isascii() or any(character.isspace() for character in text) or "S" in text:
        return None  # it skips spaces, and leaves significant digits (level 2) out of some dates
    try:
        with redirect_stdout(StringIO()):  # it prints what it cannot make a date of
            expression = parse_edtf(text)
    except (EDTFParseException, AttributeError, ValueError, TypeError):
        return None
    if not _is_level_1(expression):
        return None
    try:
        earliest = _day(expression, "lower")
        latest = _day(expression, "upper")
    except (ValueError, OverflowError):
        return None
    if earliest is not None and latest is not None and earliest > latest:
        return None
    return EdtfDate(_held(earliest), _held(latest), _precision(expression))


def _is_level_1(expression: Any) -> bool:
    """Whether nothing in the expression goes beyond level 1."""
    if isinstance(expression, parsed.UncertainOrApproximate):
        return _is_level_1(expression.date)
    if type(expression) in INTERVALS:
        ends = (expression.lower, expression.upper)
        return all(
            isinstance(end, parsed.UnspecifiedIntervalSection) or _is_level_1(end) for end in ends
        )
    if type(expression) not in (parsed.Date, parsed.DateAndTime, parsed.Season, parsed.Unspecified):
        return False
    # The library takes unspecified digits anywhere in a year, which is level 2.
    return re.fullmatch("-?[0-9]*X{0,2}", str(getattr(expression, "year", ""))) is not None


def _held(day: tuple[int, date] | None) -> date | None:
    """A day as Python has it, which has no year 0."""
    return day[1] if day is not None and day[0] else None


def _day(expression: Any, end: str) -> tuple[int, date] | None:
    """A year, and the day in it, or in 2000 instead of the year 0, which is a leap year too."""
    if isinstance(expression, INTERVALS) and isinstance(
        getattr(expression, end), parsed.UnspecifiedIntervalSection
    ):
        return None
    moment: struct_time = getattr(expression, f"{end}_strict")()
    return moment.tm_year, date(moment.tm_year or 2000, moment.tm_mon, moment.tm_mday)


def _precision(expression: Any) -> str:
    if isinstance(expression, parsed.UncertainOrApproximate):
        return _precision(expression.date)
    if isinstance(expression, INTERVALS):
        return "interval"
    if isinstance(expression, parsed.Season):
        return "season"
    if isinstance(expression, parsed.DateAndTime):
        return "second"
    digits = str(expression.year).count("X")
    if digits:
        return UNSPECIFIED_DIGITS[digits]
    month, day = expression.month, expression.day
    if month is None or "X" in str(month):
        return "year"
    return "month" if day is None or "X" in str(day) else "day"
