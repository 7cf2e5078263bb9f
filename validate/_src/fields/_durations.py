"""The type duration: months and seconds, which have no fixed ratio.

Source: XML Schema Part 2, 3.2.6 "duration", which Table Schema refers to.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from validate._src.fields._calendar import SECONDS_OF_A_DAY, first_day
from validate._src.fields._length import EXACTLY, LONGEST_PART, digits_of
from validate._src.fields._parsing import TEXT, FieldType, by_python
from validate._src.words.schema import Field

DURATION = re.compile(
    r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)
TOO_LONG = re.compile(rf"(?<![0-9.])[0-9]{{{LONGEST_PART + 1}}}")
WITHOUT_PART = re.compile(r"-?P|.*T")
STARTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
"""The months from which durations are compared: 3.2.6.2, "Order relation on duration"."""


class Duration(NamedTuple):
    """A duration: so many months and so many seconds, neither of them of another sign."""

    months: int
    seconds: Decimal


def read_duration(text: str) -> Duration:
    """The duration that a text is.

    Raises:
        ValueError: it is none.
    """
    found = DURATION.fullmatch(text)
    if found is None or WITHOUT_PART.fullmatch(text) or TOO_LONG.search(text):
        raise ValueError(text)
    years, months, days, hours, minutes = (int(part or 0) for part in found.groups()[1:6])
    whole = Decimal(SECONDS_OF_A_DAY * days + 3600 * hours + 60 * minutes)
    duration = Duration(12 * years + months, EXACTLY.add(whole, Decimal(found[7] or 0)))
    if not found[1]:
        return duration
    return Duration(-duration.months, duration.seconds.copy_negate())


def order_of_durations(one: str, other: str) -> int | None:
    """-1, 0 or 1 as a duration is less than, equal to or greater than another; None if neither.

    A month has from 28 to 31 days, so P1M and P30D have no order.

    Source: XML Schema Part 2, 3.2.6.2, "Order relation on duration".
    """
    first, second = read_duration(one), read_duration(other)
    ends = [(_end(start, first), _end(start, second)) for start in STARTS]
    orders = {(one > other) - (one < other) for one, other in ends}
    return orders.pop() if len(orders) == 1 else None


def _end(start: tuple[int, int], duration: Duration) -> Decimal:
    """The second at which a duration ends that starts with a month."""
    year, month = start
    days = first_day(12 * year + month - 1 + duration.months)
    return EXACTLY.add(Decimal(SECONDS_OF_A_DAY * days), duration.seconds)


def _canonical(text: str, field: Field) -> str:
    """A duration in the form that equal durations share: P1Y for P12M, P1D for PT24H.

    Source: XML Schema 1.1 Part 2, 3.3.6.2, "Duration Canonical Map".
    """
    duration = read_duration(text)
    months, seconds = abs(duration.months), int(duration.seconds.copy_abs())
    _, _, decimals = text.rstrip("S").partition(".")
    decimals = decimals.rstrip("0")
    date = _parts((months // 12, "Y"), (months % 12, "M"), (seconds // SECONDS_OF_A_DAY, "D"))
    clock = _parts((seconds // 3600 % 24, "H"), (seconds // 60 % 60, "M"))
    if decimals:
        clock += f"{seconds % 60}.{decimals}S"
    elif seconds % 60 or not (date or clock):
        clock += f"{seconds % 60}S"
    sign = "-" if duration < (0, 0) else ""
    return f"{sign}P{date}{'T' if clock else ''}{clock}"


def _parts(*parts: tuple[int, str]) -> str:
    return "".join(f"{digits_of(number)}{unit}" for number, unit in parts if number)


TYPES = (
    FieldType(
        "duration",
        TEXT,
        {"default": by_python(_canonical, TEXT)},
        native=frozenset({"duration"}),
    ),
)
