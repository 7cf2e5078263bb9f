"""Days and years of the Gregorian calendar without end, which Python's has after 9,999 years."""

SECONDS_OF_A_DAY = 86_400
EPOCH = 719_528  # days from 1 January of the year 0 to that of 1970, from which Polars counts
DAYS_BEFORE = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)


def first_day(month: int) -> int:
    """The days from 1 January of the year 0 to the first of a month.

    Args:
        month: how many months after January of the year 0 it is.
    """
    year, number = divmod(month, 12)
    leaps = _leap_years(year + (number > 1))
    return 365 * year + leaps + DAYS_BEFORE[number]


def days_of(month: int) -> int:
    """How many days a month has, given as `first_day` takes it."""
    return first_day(month + 1) - first_day(month)


def _leap_years(year: int) -> int:
    """The leap years before a year, from the year 0 on; negative before it."""
    last = year - 1
    return last // 4 - last // 100 + last // 400 + 1
