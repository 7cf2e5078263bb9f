from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial

import polars as pl
import pytest
from support.made import one_table, places, said

from validate import load, validate

FIELDS = [
    {"name": "pond", "type": "string"},
    {"name": "depth", "type": "number"},
    {"name": "fish", "type": "integer"},
    {"name": "dug", "type": "date"},
    {"name": "seen", "type": "datetime"},
    {"name": "opens", "type": "time"},
    {"name": "open", "type": "boolean"},
    {"name": "tags", "type": "array"},
    {"name": "keeper", "type": "object"},
]
ROWS = {
    "pond": ["Mirror", "Reed", None],
    "depth": [2.5, 3.0, None],
    "fish": [3, -1, None],
    "dug": [date(1912, 4, 1), None, None],
    "seen": [datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC), None, None],
    "opens": [time(9, 30), None, None],
    "open": [True, False, None],
    "tags": [["a"], [], None],
    "keeper": [{"name": "Ada"}, {"name": None}, None],
}


@pytest.fixture
def package(tmp_path):
    return partial(one_table, tmp_path)


def test_native_types_of_parquet_are_those_of_the_fields(package):
    folder, file = package("t.parquet", FIELDS)
    pl.DataFrame(ROWS).write_parquet(file)
    assert places(validate(folder)) == [(4, None, "blank-row")]


def test_a_native_type_that_the_field_cannot_have_is_a_type_error(package):
    fields = [{**field, "type": "date"} for field in FIELDS]
    folder, file = package("t.parquet", fields)
    pl.DataFrame(ROWS).head(1).write_parquet(file)
    wrong = [field["name"] for field in FIELDS if field["name"] != "dug"]
    assert places(validate(folder)) == [(2, name, "type-error") for name in wrong]


def test_values_of_parquet_are_kept(package):
    folder, file = package("t.parquet", FIELDS[:4])
    frame = pl.DataFrame({name: ROWS[name][:2] for name in ("pond", "depth", "fish", "dug")})
    frame.write_parquet(file)
    assert load(folder)["t"].equals(frame)


def test_an_empty_parquet_table_has_its_header_checked(package):
    folder, file = package("t.parquet", FIELDS[:2])
    pl.DataFrame(schema={"pond": pl.String, "deep": pl.Float64}).write_parquet(file)
    assert places(validate(folder)) == [(1, "depth", "incorrect-label")]


def test_what_is_no_parquet_is_one_line(package):
    folder, file = package("t.parquet", FIELDS)
    file.write_bytes(b"PAR1" + b"\0" * 50)
    assert said(validate(folder)).startswith("t.parquet: not a Parquet file: ")


@pytest.mark.parametrize(
    ("missing", "wanted"), [([], [3]), (["-"], [3]), ([""], [3, 4]), (["-", "Mirror"], [2, 3])]
)
def test_a_null_is_no_empty_text_whatever_stands_for_null(package, missing, wanted):
    fields = [{"name": "pond", "constraints": {"required": True}}, {"name": "fish"}]
    folder, file = package("t.parquet", fields, schema={"missingValues": missing})
    pl.DataFrame({"pond": ["Mirror", None, ""], "fish": [1, 2, 3]}).write_parquet(file)
    assert places(validate(folder)) == [(row, "pond", "constraint-error") for row in wanted]


def test_numbers_of_parquet_that_are_whole_are_integers(package):
    fields = [{"name": name, "type": "integer"} for name in ("double", "decimal", "wide")]
    folder, file = package("t.parquet", fields)
    frame = pl.DataFrame(
        {
            "double": [1.0, -2.0, 2.5, float("nan"), float("inf")],
            "decimal": [Decimal("1.00"), Decimal("-2.00"), Decimal("2.50"), Decimal(0), None],
            "wide": pl.Series([1, 2**63, 2**64 - 1, 0, None], dtype=pl.UInt64),
        }
    )
    frame.write_parquet(file)
    assert places(validate(folder)) == [
        (4, "double", "type-error"),
        (4, "decimal", "type-error"),
        (5, "double", "type-error"),
        (6, "double", "type-error"),
    ]


def test_doubles_of_any_size_are_integers_where_they_are_whole(package):
    fields = [{"name": "double", "type": "integer"}, {"name": "single", "type": "integer"}]
    folder, file = package("t.parquet", fields)
    double = [2.0**53, -1e30, 1.7976931348623157e308, 0.1]
    single = pl.Series([2.0**53, -1e30, 3.4e38, 0.5], dtype=pl.Float32)
    pl.DataFrame({"double": double, "single": single}).write_parquet(file)
    assert places(validate(folder)) == [(5, "double", "type-error"), (5, "single", "type-error")]


def test_a_missing_value_that_is_an_integer_is_no_other_one(package):
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "type": "number"}]
    missing = ["", "-9007199254740993", "-12345678901234567891", "-1.7976931348623157e308"]
    folder, file = package("t.parquet", fields, schema={"missingValues": missing})
    a = pl.Series([-9007199254740993, -9007199254740992, 7], dtype=pl.Int64)
    b = [-12345678901234567891.0, -1.7976931348623157e308, -(2.0**53)]
    pl.DataFrame({"a": a, "b": b}).write_parquet(file)
    assert load(folder)["t"].rows() == [
        (None, -12345678901234567891.0), (-9007199254740992, None), (7, -(2.0**53)),
    ]  # fmt: skip


def test_missing_values_hold_for_values_of_parquet(package):
    fields = [{"name": "a", "type": "number"}, {"name": "b", "type": "integer"}]
    schema = {"missingValues": ["", "-9999.0", "NaN"]}
    folder, file = package("t.parquet", fields, schema=schema)
    pl.DataFrame({"a": [-9999.0, float("nan"), 1.5], "b": [1, 2, -9999]}).write_parquet(file)
    assert load(folder)["t"].rows() == [(None, 1), (None, 2), (1.5, None)]


def test_times_of_parquet_have_fractions(package):
    folder, file = package("t.parquet", [{"name": "opens", "type": "time"}])
    frame = pl.DataFrame({"opens": [time(9, 30, 0, 250000)]})
    frame.write_parquet(file)
    assert load(folder)["t"].equals(frame)


@pytest.mark.parametrize(
    ("columns", "differs"),
    [
        ([""], 'has "" and lacks "id", "n"'),
        (["id"], 'lacks "n"'),
        (["id", "n", "a, b"], 'has "a, b"'),
        (["n", "ID"], 'has "ID" and lacks "id"'),
        (["id", "n", *map(str, range(9))], 'has "0", "1", "2", "3", "4" and 4 more'),
    ],
)
def test_names_of_other_columns_stand_in_quotes(tmp_path, columns, differs):
    """A name may be empty, or have a comma in it."""
    pl.DataFrame({"id": [1], "n": [2]}).write_parquet(tmp_path / "a.parquet")
    pl.DataFrame({name: [3] for name in columns}).write_parquet(tmp_path / "b.parquet")
    schema = {"fields": [{"name": name, "type": "integer"} for name in ("id", "n")]}
    message = said(validate(tmp_path / "*.parquet", schema=schema))
    assert message.startswith("b.parquet: the file goes on with a.parquet, but has other columns")
    assert f": it {differs}" in message
