import pickle
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from support import edtf_library
from support.edtf_library import EdtfDate

from validate._src.checks import edtfdates
from validate._src.checks.edtfdates import KnownDates, dates_in


def parse(text):
    rows = dates_in(pl.Series([text], dtype=pl.String)).drop("text").rows()
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


@pytest.mark.parametrize("text", ["Y170000002", "Y-170000002", "-1985"])
def test_year_that_no_calendar_date_holds_is_refused(text):
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
        "Y2026",
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
