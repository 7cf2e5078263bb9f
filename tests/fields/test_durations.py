"""Durations: their order."""

import pytest

from validate._src.fields._calendar import days_of, first_day
from validate._src.fields._durations import order_of_durations


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        # XML Schema Part 2, 3.2.6.2: the table of P1Y and P1M.
        ("P1Y", "P364D", 1),
        ("P1Y", "P365D", None),
        ("P1Y", "P366D", None),
        ("P1Y", "P367D", -1),
        ("P1M", "P27D", 1),
        ("P1M", "P28D", None),
        ("P1M", "P31D", None),
        ("P1M", "P32D", -1),
        ("P5M", "P149D", 1),
        ("P5M", "P150D", None),
        ("P5M", "P153D", None),
        ("P5M", "P154D", -1),
        ("P1Y", "P12M", 0),
        ("P1D", "PT24H", 0),
        ("-P1D", "PT0S", -1),
        ("PT0.1S", "PT0.10000000000000000001S", -1),
        ("P" + "9" * 30 + "Y", "P" + "9" * 30 + "D", 1),
    ],
)
def test_order_is_that_of_xml_schema(one, other, order):
    assert order_of_durations(one, other) == order
    assert order_of_durations(other, one) == (order and -order)


@pytest.mark.parametrize(
    ("year", "month", "days"),
    [(1970, 1, 719_528), (0, 1, 0), (0, 3, 60), (-1, 1, -365), (2000, 3, 730_545)],
)
def test_days_are_counted_from_the_year_0(year, month, days):
    assert first_day(12 * year + month - 1) == days


def test_february_has_the_days_of_the_gregorian_calendar():
    years = (1900, 2000, 2023, 2024, -4, -100)
    assert [days_of(12 * year + 1) for year in years] == [28, 29, 28, 29, 29, 28]
