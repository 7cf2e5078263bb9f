import pickle
import re
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from support import edtf_library
from support.edtf_library import EdtfDate

from validate._src.checks import edtfdates
from validate._src.checks.edtfdates import FIRST, LAST, KnownDates, dates_in


def parse(text):
    rows = dates_in(pl.Series([text], dtype=pl.String)).drop("text", FIRST, LAST).rows()
    return EdtfDate(*rows[0]) if rows else None


def day(text):
    return None if text is None else date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("1985-04-12", "1985-04-12", "1985-04-12", "day"),
        ("1984-02-29", "1984-02-29", "1984-02-29", "day"),
        ("9999-12-31", "9999-12-31", "9999-12-31", "day"),
        ("1985-04", "1985-04-01", "1985-04-30", "month"),
        ("2024-02", "2024-02-01", "2024-02-29", "month"),
        ("1985", "1985-01-01", "1985-12-31", "year"),
        ("0001", "0001-01-01", "0001-12-31", "year"),
        ("1985-04-12T23:20:30", "1985-04-12", "1985-04-12", "second"),
        ("1985-04-12T23:20:30Z", "1985-04-12", "1985-04-12", "second"),
        ("1985-04-12T23:20:30+09:00", "1985-04-12", "1985-04-12", "second"),
        ("2001-21", "2001-03-01", "2001-05-31", "season"),
        ("2001-22", "2001-06-01", "2001-08-31", "season"),
        ("2001-23", "2001-09-01", "2001-11-30", "season"),
        ("2001-24", "2001-12-01", "2001-12-31", "season"),
        ("1984?", "1984-01-01", "1984-12-31", "year"),
        ("2004-06~", "2004-06-01", "2004-06-30", "month"),
        ("2004-06-11%", "2004-06-11", "2004-06-11", "day"),
        ("201X", "2010-01-01", "2019-12-31", "decade"),
        ("20XX", "2000-01-01", "2099-12-31", "century"),
        ("2004-XX", "2004-01-01", "2004-12-31", "year"),
        ("1985-04-XX", "1985-04-01", "1985-04-30", "month"),
        ("1985-XX-XX", "1985-01-01", "1985-12-31", "year"),
        ("1964/2008", "1964-01-01", "2008-12-31", "interval"),
        ("2004-06/2006-08", "2004-06-01", "2006-08-31", "interval"),
        ("2004-02-01/2005", "2004-02-01", "2005-12-31", "interval"),
        ("2004/2004", "2004-01-01", "2004-12-31", "interval"),
        ("1984~/2004-06%", "1984-01-01", "2004-06-30", "interval"),
        ("1985-04-12/..", "1985-04-12", None, "interval"),
        ("../1985-04", None, "1985-04-30", "interval"),
        ("1985/", "1985-01-01", None, "interval"),
        ("/1985", None, "1985-12-31", "interval"),
    ],
)
def test_bounds_and_precision(text, earliest, latest, precision):
    assert parse(text) == EdtfDate(day(earliest), day(latest), precision)


@pytest.mark.parametrize(
    "text",
    [
        "[1667,1668]",
        "{1667,1668}",
        "[..1983]",
        "156X-12-25",
        "1XXX-XX",
        "1985-XX-03",
        "2XXX",
        "XXXX",
        "20X6",
        "1X8X",
        "2X01",
        "2004-06-XX/2004-07-03",
        "201X/202X",
        "2004?-06-11",
        "?2004-06-11",
        "2004-06-~11",
        "1950S2",
        "Y-17E7",
        "2001-25",
        "2001-34",
    ],
)
def test_level_2_is_refused(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    "text",
    ["1985-02-29", "1900-02-29", "1985-04-31", "1985-13", "1985-00", "1985-01-00", "2001-20"],
)
def test_impossible_date_is_refused(text):
    assert parse(text) is None


@pytest.mark.parametrize("text", ["2006/2004", "2004-06-02/2004-06-01", "2005~/2004"])
def test_interval_that_ends_before_it_starts_is_refused(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("-1985", "-1985-01-01", "-1985-12-31", "year"),
        ("-0044", "-0044-01-01", "-0044-12-31", "year"),
        ("-0044-03", "-0044-03-01", "-0044-03-31", "month"),
        ("-0044-03-15", "-0044-03-15", "-0044-03-15", "day"),
        ("-0044-03-15T12:00:00Z", "-0044-03-15", "-0044-03-15", "second"),
        ("-0044-02-XX", "-0044-02-01", "-0044-02-29", "month"),
        ("-0044-24", "-0044-12-01", "-0044-12-31", "season"),
        ("-004X", "-0049-01-01", "-0040-12-31", "decade"),
        ("-00XX", "-0099-01-01", "0000-12-31", "century"),
        ("0000", "0000-01-01", "0000-12-31", "year"),
        ("0000-02-29", "0000-02-29", "0000-02-29", "day"),
        ("00XX", "0000-01-01", "0099-12-31", "century"),
        ("Y10000", "10000-01-01", "10000-12-31", "year"),
        ("Y170000002", "170000002-01-01", "170000002-12-31", "year"),
        ("Y-170000002?", "-170000002-01-01", "-170000002-12-31", "year"),
        ("-0044/0014", "-0044-01-01", "0014-12-31", "interval"),
        ("Y-12345/..", "-12345-01-01", None, "interval"),
        ("../-0044-03-15", None, "-0044-03-15", "interval"),
        ("1985/Y12345", "1985-01-01", "12345-12-31", "interval"),
    ],
)
def test_years_of_any_size_have_days(text, first, last, precision):
    """EDTF level 1, "Letter-prefixed calendar year" and "Negative calendar year"."""
    (found,) = dates_in(pl.Series([text])).rows(named=True)
    days = [None if end is None else counted(end) for end in (first, last)]
    assert [found[FIRST], found[LAST]] == days
    assert found["precision"] == precision
    for end, role in ((first, "earliest"), (last, "latest")):
        is_held = end is not None and re.fullmatch("[0-9]{4}-.*", end) and end[:4] != "0000"
        assert found[role] == (date.fromisoformat(end) if is_held else None)


def counted(end):
    """A day counted from 1970, by a second opinion: the calendar of NumPy has a year 0."""
    return int(np.datetime64(end, "D").astype(int))


@given(year=some.integers(-99_999, 99_999), month=some.integers(1, 12))
def test_months_of_any_year_have_the_days_of_the_calendar(year, month):
    sign = "-" if year < 0 else ""
    text = f"{sign}{abs(year):04}-{month:02}" if abs(year) < 10_000 else f"Y{year}"
    months = (month, month + 1) if abs(year) < 10_000 else (1, 13)
    first, after = (
        int(np.datetime64(12 * (year - 1970) + one - 1, "M").astype("datetime64[D]").astype(int))
        for one in months
    )
    ((*_, begins, ends),) = dates_in(pl.Series([text])).rows()
    assert (begins, ends) == (first, after - 1)


@pytest.mark.parametrize(
    "text",
    [
        "-0000",
        "-0001-02-29",
        "-0044-02-30",
        "-44",
        "-10000",
        "10000",
        "Y2026",
        "Y-0044",
        "Y012345",
        "Y12345-01",
        "Y1234X",
        "y12345",
        "Y1234567890123456",
        "0014/-0044",
        "-0044/-0045",
        "Y-12345/Y-12346",
        "Y12345/9999",
        "--0044",
    ],
)
def test_no_such_year_is_refused(text):
    assert parse(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1985-4",
        "85",
        "19850412",
        "1985/04/12",
        "12 April 1985",
        " 1985",
        "1985\n",
        "１９８５",
        "1985-04-12T23:20",
        "1985-04-12T25:20:30",
        "1985-04-12 23:20:30",
        "1985/open",
        "unknown/1985",
        "1985u",
        "199u",
        "201x",
        "1984??",
    ],
)
def test_what_is_no_edtf_is_refused(text):
    assert parse(text) is None


@pytest.mark.parametrize("text", ["../..", "1985T10:00:00", "2001-21?/..", "1985-04-12T24:00:00Z"])
def test_a_rare_form_is_taken(text):
    assert parse(text) == edtf_library.parse(text) is not None


@pytest.mark.parametrize("text", ["/", "/..", "../", "..", "1950S2T10:00:00", "1950S2-21"])
def test_a_form_near_to_others_is_refused(text):
    assert parse(text) is None


YEARS = some.sampled_from(["1985", "2000", "1900", "0001", "9999", "0000", "201X", "20XX", "00XX"])
MONTHS = some.sampled_from(["-01", "-02", "-04", "-12", "-13", "-21", "-24", "-25", "-XX"])
DAYS = some.sampled_from(["-01", "-28", "-29", "-30", "-31", "-32", "-XX"])
TIMES = some.sampled_from(
    [
        "T10:00:00",
        "T24:00:00",
        "T23:59:59Z",
        "T10:00:00+14:00",
        "T10:00:00-13:30",
        "T10:00:00+00:00",
    ]
)
MARKS = some.sampled_from(["", "", "", "?", "~", "%"])
DATES = some.one_of(
    some.tuples(YEARS, MARKS),
    some.tuples(YEARS, MONTHS, MARKS),
    some.tuples(YEARS, MONTHS, DAYS, MARKS),
    some.tuples(YEARS, MONTHS, DAYS, TIMES),
).map("".join)
ENDS = DATES | some.sampled_from(["", "..", "open", "unknown"])
FORMS = DATES | some.tuples(ENDS, some.just("/"), ENDS).map("".join)


@some.composite
def mutated(draw):
    """A date in which a character or two are left out, put in, or replaced by another."""
    text = draw(FORMS)
    for _ in range(draw(some.integers(0, 2))):
        at = draw(some.integers(0, len(text)))
        put = draw(some.sampled_from([*"0123456789XTZ-/:+.?~%Y [", ""]))
        text = text[:at] + put + text[at + draw(some.integers(0, 1)) :]
    return text


@settings(max_examples=400, deadline=None)
@given(mutated())
def test_dates_are_those_of_the_library(text):
    """Of other years the library has no calendar: it takes `-0001-02-29`, and no `-0044~/..`."""
    assume(re.search("(^|/)[-Y]", text) is None)
    assert parse(text) == edtf_library.parse(text)


COLUMNS = [["1985", None, "x"], ["1985", "1985/1984", "2001-21"], ["2004/..", "x"], ["1985"]]


@pytest.mark.parametrize("most", [0, 3, 100])
def test_dates_that_are_known_are_those_that_are_looked_at_anew(monkeypatch, most):
    monkeypatch.setattr(edtfdates, "MOST_KNOWN", most)
    known = KnownDates()
    for column in COLUMNS:
        texts = pl.Series(column, dtype=pl.String)
        among = known.among([texts, texts.head(1)])
        assert among["text"].is_unique().all()
        own = among.filter(pl.col("text").is_in(texts.implode()))
        assert own.sort("text").equals(dates_in(texts).sort("text"))
        assert len(known.seen) <= max(most, texts.n_unique())
    assert pickle.loads(pickle.dumps(known)).seen.is_empty()
