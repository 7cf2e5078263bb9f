"""One value is told alike, whatever it comes from: its text in messages, `value` and keys."""

import datetime as dt
import io
import json
from decimal import Decimal

import pandas as pd
import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validate import merge, run_part, validate
from validate._src.fields.natives import written
from validate._src.reading._values import text_of
from validate._src.report.formats import renderer
from validate._src.report.formats.view import View

INFINITE = float("inf")
NOON = dt.datetime(2024, 5, 6, 12)
ZONE = dt.timezone(dt.timedelta(hours=9))
CASES = {
    "number": [
        (INFINITE, "INF"),
        (-INFINITE, "-INF"),
        (1.5, "1.5"),
        (1e3, "1000"),
        (-0.0, "0"),
        (1e-5, "0.00001"),
        (1.5e-7, "1.5e-7"),
        (1e22, "1" + "0" * 22),
    ],
    "integer": [(7, "7"), (-0, "0")],
    "boolean": [(True, "true"), (False, "false")],
    "date": [(dt.date(2024, 5, 6), "2024-05-06")],
    "time": [(dt.time(9, 30), "09:30:00"), (dt.time(9, 30, 0, 500_000), "09:30:00.5")],
    "datetime": [
        (NOON, "2024-05-06T12:00:00"),
        (NOON.replace(microsecond=120_000), "2024-05-06T12:00:00.12"),
    ],
}
PAIRS = [pytest.param(kind, *pair, id=pair[1]) for kind, pairs in CASES.items() for pair in pairs]


OTHERS = {"date": "2000-01-01", "time": "01:02:03", "datetime": "2000-01-01T00:00:00Z"}
"""A value of each type that is none of these; of the others, `3` or the other truth value."""


def schema(kind, value):
    """A key, beside a field that may have another value only."""
    other = OTHERS.get(kind, not value if kind == "boolean" else 3)
    fields = [
        {"name": "id", "type": kind},
        {"name": "b", "type": kind, "constraints": {"enum": [other]}},
    ]
    if kind == "time" and value.microsecond:  # which no text has by default
        fields = [{**field, "format": "%H:%M:%S.%f"} for field in fields]
        fields[1]["constraints"] = {"enum": [f"{other}.0"]}
    return {"fields": fields, "primaryKey": ["id"]}


def in_parts(file, declared):
    streams = [io.BytesIO(), io.BytesIO()]
    for number, stream in enumerate(streams, 1):
        run_part(file, f"{number}/2", stream, schema=declared)
    return merge(streams)


def told(report):
    """Rows, codes, keys and values of findings, as the report in JSON has them."""
    lines = "".join(renderer("jsonl")([report], View())).splitlines()
    found = map(json.loads, lines)
    return sorted((one["row"], one["code"], *one["key"], one["value"]) for one in found)


@pytest.mark.parametrize(("kind", "value", "text"), PAIRS)
def test_a_value_has_one_text_wherever_it_stands(tmp_path, kind, value, text):
    frame = pl.DataFrame({name: [value, value] for name in ("id", "b")})
    objects = pl.DataFrame(pl.Series(name, [value] * 2, pl.Object) for name in ("id", "b"))
    of_pandas = pd.DataFrame({name: pd.Series([value] * 2, dtype=object) for name in ("id", "b")})
    (tmp_path / "t.csv").write_text(f"id,b\n{text},{text}\n{text},{text}\n")
    frame.write_parquet(tmp_path / "t.parquet")
    declared = schema(kind, value)
    for table in (frame, frame.lazy(), objects, of_pandas):
        assert told(validate(table, declared)) == twice(text)
    for name in ("t.csv", "t.parquet"):
        assert told(validate(tmp_path / name, schema=declared)) == twice(text)
        assert told(in_parts(tmp_path / name, declared)) == twice(text)


def twice(text):
    """What is found in two rows of one key."""
    repeated, wrong = ("primary-key", text, text), ("constraint-error", text, text)
    return [(2, *wrong), (3, *wrong), (3, *repeated)]


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
@pytest.mark.parametrize(
    ("value", "text"),
    [
        (NOON, "2024-05-06T12:00:00"),
        (NOON.replace(microsecond=500_000), "2024-05-06T12:00:00.5"),
        (NOON.replace(microsecond=10_000, tzinfo=dt.UTC), "2024-05-06T12:00:00.01+00:00"),
    ],
)
def test_the_unit_of_a_column_is_not_seen(unit, value, text):
    zone = None if value.tzinfo is None else "UTC"
    assert written(pl.Series([value], dtype=pl.Datetime(unit, zone))).to_list() == [text]
    assert text_of(value) == text


@given(number=st.floats())
@example(number=1e-5)
@example(number=9.99e-6)
@example(number=5e-324)
@example(number=INFINITE)
def test_doubles_have_the_text_that_their_column_gives_them(number):
    assert written(pl.Series([number], dtype=pl.Float64)).to_list() == [text_of(number)]


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.1, "0.099975586"), (2.0, "2"), (-0.0, "0"), (65504.0, "65504"), (INFINITE, "INF")],
)
def test_halves_are_written_as_the_singles_that_they_are(number, text):
    assert written(pl.Series([number], dtype=pl.Float16)).to_list() == [text]


@pytest.mark.parametrize("dtype", [pl.Float16, pl.Float32, pl.Float64])
def test_numbers_with_decimals_are_no_integers(tmp_path, dtype):
    pl.DataFrame({"a": pl.Series([2.0, 2.5], dtype=dtype)}).write_parquet(tmp_path / "t.parquet")
    declared = {"fields": [{"name": "a", "type": "integer"}]}
    found = [(one.row, one.value) for one in validate(tmp_path / "t.parquet", schema=declared)]
    assert found == [(3, "2.5")]


@pytest.mark.parametrize(
    ("number", "text"),
    [("1.50", "1.50"), ("10.00", "10"), ("1000.00", "1000"), ("-0.00", "0"), ("0.10", "0.10")],
)
def test_decimals_of_a_column_have_its_digits_unless_they_are_whole(number, text):
    assert written(pl.Series([Decimal(number)], dtype=pl.Decimal(10, 2))).to_list() == [text]


@given(moment=st.datetimes() | st.datetimes(timezones=st.just(dt.UTC)) | st.times() | st.dates())
@example(moment=NOON.replace(tzinfo=ZONE))
def test_moments_have_the_text_that_their_column_gives_them(moment):
    column = pl.Series([moment])
    if isinstance(moment, dt.datetime) and moment.tzinfo is ZONE:
        column = column.dt.convert_time_zone("Asia/Tokyo")
    assert written(column).to_list() == [text_of(moment)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("Infinity"), "INF"),
        (Decimal("-Infinity"), "-INF"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E-7"), "1e-7"),
        (Decimal("NaN"), "NaN"),
    ],
)
def test_decimals_are_written_like_doubles_with_the_digits_that_they_have(value, text):
    assert text_of(value) == text


@pytest.mark.parametrize("missing", ["INF", "2024-05-06T12:00:00", "0.00001"])
def test_missing_values_are_found_by_that_text(missing):
    values = {"INF": INFINITE, "2024-05-06T12:00:00": NOON, "0.00001": 1e-5}
    kind = "datetime" if "T" in missing else "number"
    frame = pl.DataFrame({"a": [values[missing]], "b": [1]})
    field = {"name": "a", "type": kind, "constraints": {"required": True}}
    declared = {
        "fields": [field, {"name": "b", "type": "integer"}],
        "missingValues": [missing],
    }
    (finding,) = validate(frame, declared)
    assert (finding.code, finding.rule) == ("constraint-error", "required")
