from datetime import UTC, date, datetime, time
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
    file.write_bytes(b"PAR1" + b"x" * 50)
    assert said(validate(folder)).startswith("t.parquet: not a Parquet file: ")


@pytest.mark.parametrize(
    ("missing", "wanted"), [([], [3]), (["-"], [3]), ([""], [3, 4]), (["-", "Mirror"], [2, 3])]
)
def test_a_null_is_no_empty_text_whatever_stands_for_null(package, missing, wanted):
    fields = [{"name": "pond", "constraints": {"required": True}}, {"name": "fish"}]
    folder, file = package("t.parquet", fields, schema={"missingValues": missing})
    pl.DataFrame({"pond": ["Mirror", None, ""], "fish": [1, 2, 3]}).write_parquet(file)
    assert places(validate(folder)) == [(row, "pond", "constraint-error") for row in wanted]
