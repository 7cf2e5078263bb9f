"""Frames of native columns, with schemas that go with most of them."""

from datetime import datetime, timedelta
from decimal import Decimal

import polars as pl
from hypothesis import strategies as st

DAYS = st.sampled_from([-800_000, -719_163, -719_162, -1, 0, 19849, 2_932_896, 2_932_897])
"""Around the first and last day of four-digit years, from 1970 on."""
MOMENTS = st.datetimes(datetime(1973, 1, 1), datetime(2260, 1, 1)) | st.just(datetime(2024, 5, 6))
ZONES = st.sampled_from([None, "UTC", "Asia/Tokyo", "America/New_York"])
DOUBLES = st.floats() | st.sampled_from(
    [0.0, -0.0, 1.0, -9999.0, 1.5, 2.0**53, 2.0**53 - 1, 1e300, 0.1 + 0.2, 5e-324]
)
INTEGERS = st.sampled_from([0, 1, 2, -9999, 2024, 999, 10_000])
LARGE = st.sampled_from([2**53, 2**53 + 1, 2**63 - 1, 2**63, 2**64 - 1])
TEXTS = st.sampled_from(["", "NA", "5", "1.5", "true", "2024-05-06", "x"])
MISSING = ["", "-9999", "0", "NA", "NaN", "1.5", "2.50", "2024-05-06", "true", "9007199254740993"]
CONSTRAINTS = {
    "integer": {"minimum": 1, "maximum": 2**53, "enum": [1, 2, 2**63]},
    "number": {"minimum": 0.1, "maximum": 2**53, "enum": [1.5, 0, "INF", 2**53 + 1]},
    "boolean": {"enum": [True]},
    "date": {"minimum": "1970-01-01", "maximum": "2024-05-05"},
    "time": {"minimum": "12:00:00", "enum": ["12:00:00"]},
    "datetime": {"maximum": "2024-05-06T00:00:00Z", "enum": ["2024-05-06T00:00:00Z"]},
    "year": {"minimum": 2000, "enum": [2024]},
    "string": {"pattern": "[0-9.]*", "minLength": 2},
    "any": {},
}


def series(cells, dtype, **options):
    return st.lists(cells | st.none(), min_size=1, max_size=8).map(
        lambda values: pl.Series("x", values, dtype=dtype, **options)
    )


@st.composite
def moments(draw):
    unit, zone = draw(st.sampled_from(["ms", "us", "ns"])), draw(ZONES)
    cells = draw(series(MOMENTS, pl.Datetime("us"))).dt.cast_time_unit(unit)
    if unit == "ns" and draw(st.booleans()):
        cells = (cells.to_physical() + 5).cast(pl.Datetime("ns"))
    return cells.dt.replace_time_zone("UTC").dt.convert_time_zone(zone) if zone else cells


COLUMNS = {
    "integer": st.one_of(
        series(INTEGERS, pl.Int32),
        series(INTEGERS | LARGE, pl.UInt64, strict=False),
        series(INTEGERS | LARGE, pl.Int128),
        series(INTEGERS.map(float) | DOUBLES, pl.Float64),
        series(INTEGERS.map(Decimal), pl.Decimal(12, 0)),
    ),
    "number": st.one_of(
        series(DOUBLES, pl.Float64),
        series(INTEGERS | LARGE, pl.UInt64, strict=False),
        series(st.sampled_from([0.1, 1.0, -0.0, 2.5]), pl.Float32),
        series(st.sampled_from([*map(Decimal, ("2.50", "-9999", "0.10"))]), pl.Decimal(12, 2)),
        series(st.just(Decimal("12345678901234567.5")), pl.Decimal(20, 3)),
    ),
    "boolean": series(st.booleans(), pl.Boolean),
    "date": series(DAYS, pl.Int32).map(lambda days: days.cast(pl.Date)),
    "time": series(st.sampled_from([0, 1_500, 43_200 * 10**9]), pl.Int64).map(
        lambda nanoseconds: nanoseconds.cast(pl.Time)
    ),
    "datetime": moments(),
    "year": series(INTEGERS, pl.Int16),
    "string": st.one_of(
        series(TEXTS, pl.String),
        series(TEXTS, pl.Categorical),
        series(st.just(b"ab"), pl.Binary),
    ),
    "any": st.one_of(
        series(st.just(timedelta(hours=2)), pl.Duration),
        series(st.lists(st.integers(0, 2), max_size=2), pl.List(pl.Int64)),
        series(st.just({"a": 1}), pl.Struct({"a": pl.Int64})),
    ),
}
"""Columns that may be of the type of a field, by that."""


@st.composite
def tables(draw):
    """A frame of a column, and a schema for it."""
    kind = draw(st.sampled_from([*CONSTRAINTS]))
    others = st.sampled_from([kind, kind, *COLUMNS])  # most are of the type of the field
    column = draw(COLUMNS[draw(others)])
    known = {**CONSTRAINTS[kind], "required": True, "unique": True}
    names = draw(st.sets(st.sampled_from([*known])))
    field = {"name": "x", "type": kind, "constraints": {name: known[name] for name in names}}
    schema = {"fields": [field, {"name": "n", "type": "integer"}]}
    if draw(st.booleans()):
        schema["missingValues"] = draw(st.lists(st.sampled_from(MISSING), unique=True))
    if draw(st.booleans()):
        schema["primaryKey"] = ["x"]
    return pl.DataFrame([column]).with_row_index("n").select("x", "n"), schema
