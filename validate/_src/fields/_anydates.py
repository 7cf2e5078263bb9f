"""Dates and times of format `any`, whatever day it is and in whatever zone the machine.

A text that lacks a part, such as a year, would be completed from the day of the run. So each is
read from two days on which every part differs: what comes out differently was not in the text.

Source: Data Package 2.0, Table Schema, "datetime", "any": a range of strategies, such as that of
`dateutil.parser.parse`.
"""

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateutil.parser import parser

FIRST_OF_THIS_CENTURY, LAST_OF_THIS_CENTURY = 2000, 68
"""What years of two digits stand for, as POSIX has it for `%y`: 1969 to 2068."""
ONE_DAY, OTHER_DAY = datetime(2000, 1, 1), datetime(2004, 2, 20, 1)
"""Minutes and seconds are 0 on both: a time may leave them out."""


def any_day(text: str) -> datetime:
    """A moment whose day is all in the text.

    Raises:
        ValueError: the text lacks a part of the day, or is none.
    """
    one, other = _read(text)
    if one.date() != other.date():
        raise ValueError(text)
    return one


def any_time(text: str) -> datetime:
    """A moment whose time is in the text, at least the hour.

    Raises:
        ValueError: the text has no hour, or is no time.
    """
    one, other = _read(text)
    if one.time() != other.time():
        raise ValueError(text)
    return one


def any_moment(text: str) -> datetime:
    """A moment that is all in the text.

    Raises:
        ValueError: the text lacks a part of it, or is none.
    """
    one, other = _read(text)
    if one != other:
        raise ValueError(text)
    return one


def _read(text: str) -> tuple[datetime, datetime]:
    """What a text is on one day and on another."""
    read = _parser().parse
    one, other = (
        read(text, default=day, tzinfos=lambda name, offset: offset) for day in (ONE_DAY, OTHER_DAY)
    )
    return one, other


@cache
def _parser() -> "parser":
    """What reads dates; its years of two digits are those of any day."""
    from dateutil.parser import parser, parserinfo

    class Info(parserinfo):
        def convertyear(self, year: int, century_specified: bool = False) -> int:
            if year >= 100 or century_specified:
                return year
            is_of_the_last = year > LAST_OF_THIS_CENTURY
            return FIRST_OF_THIS_CENTURY + year - 100 * is_of_the_last

    return parser(Info())
