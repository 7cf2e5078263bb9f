"""`--fast` on Parquet files: what their footers settle, and what they do not."""

from datetime import date, datetime
from functools import partial

import polars as pl
import pytest
from hypothesis import given, settings
from support.made import one_table, said
from support.natives import tables

from validate import validate
from validate._src.tables import footers


@pytest.fixture
def package(tmp_path):
    return partial(one_table, tmp_path)


@pytest.fixture
def judged(package):
    """Judges a frame in Parquet by its footer: the findings, and what is not checked of its types.

    Row groups have two rows.
    """

    def judge(columns, *fields, **properties):
        folder, file = package("t.parquet", list(fields), **properties)
        pl.DataFrame(columns).write_parquet(file, row_group_size=2)
        report = validate(folder, fast=True)
        found = [(one.field, one.code, one.rule, one.message, one.value) for one in report]
        types = [one.what for one in report.not_checked if "type-error" in one.codes]
        assert all(one.row is None for one in report)
        return found, types

    return judge


def field(name, kind, **constraints):
    return {"name": name, "type": kind, "constraints": constraints}


def test_no_page_is_read_and_the_report_says_so(package, monkeypatch):
    folder, file = package("t.parquet", [field("a", "integer")])
    pl.DataFrame({"a": [1, 2]}).write_parquet(file)
    monkeypatch.setattr(pl.LazyFrame, "collect_batches", None)
    report = validate(folder, fast=True)
    (unread,) = report.not_checked
    assert report.valid
    assert (unread.what, unread.codes) == ("rows of t", {"source-error", "blank-row"})
    assert unread.why == "only the footers of its Parquet files were read, and no page"
    assert "rows" not in {one.what for one in report.checked if one.count}


def test_all_pages_are_read_otherwise(package):
    folder, file = package("t.parquet", [field("a", "integer")])
    pl.DataFrame({"a": [1, 2]}).write_parquet(file)
    assert not validate(folder).not_checked


def test_a_column_of_another_type_is_one_finding(judged):
    found, types = judged({"a": [1, None, 3], "b": [date(2024, 5, 6)] * 3},
                          field("a", "date"), field("b", "string"))  # fmt: skip
    assert [one[:2] for one in found] == [("a", "type-error"), ("b", "type-error")]
    assert found[0][3].endswith("it is a number; this is so in 2 cells of the column")
    assert types == []


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("integer", ["1", "2"]), ("integer", [1.5, 2.0]), ("date", ["2024-05-06"]),
        ("date", [date(1, 1, 1), date(2024, 5, 6)]), ("year", [1999, 2024]),
        ("datetime", [datetime(2024, 5, 6)]), ("array", [[1], [2]]), ("any", [1.5]),
        ("string", ["a"]), ("number", [1, 2]), ("number", [None, None]), ("year", [999, 2024]),
    ],
)  # fmt: skip
def test_types_that_a_footer_does_not_settle_are_named(judged, kind, cells):
    found, types = judged({"x": cells}, field("x", kind))
    is_unsettled = kind == "array" or cells in (["1", "2"], [1.5, 2.0], ["2024-05-06"], [999, 2024])
    assert found == []
    assert types == (["types of cells of x in t"] if is_unsettled else [])


def test_a_missing_value_may_be_any_value(judged):
    found, types = judged({"a": [-9, -9]}, field("a", "date"), schema={"missingValues": ["-9"]})
    assert (found, types) == ([], ["types of cells of a in t"])
    field_of_numbers = field("a", "integer", minimum=0)
    assert judged({"a": [-9, -9]}, field_of_numbers, schema={"missingValues": ["-9"]}) == ([], [])


def test_nulls_where_a_value_is_required(judged):
    columns = {"a": [1, 2, None, None, 5], "b": [1, 2, 3, 4, None]}
    found, _ = judged(columns, field("a", "integer", required=True), field("b", "integer"))
    message = (
        "a value is required; there is none in 2 cells of the column, the first in rows 4 to 5"
    )
    assert found == [("a", "constraint-error", "required", message, None)]


def test_rows_that_may_be_blank_lack_nothing(judged):
    fields = field("a", "integer", required=True), field("b", "integer")
    assert judged({"a": [1, None], "b": [2, None]}, *fields) == ([], [])


@pytest.mark.parametrize(
    ("kind", "cells", "bound", "message", "value"),
    [
        ("integer", [1, 2, 3, 9], {"maximum": 8},
         "is greater than 8; it stands in rows 4 to 5", "9"),
        ("number", [0.5, 1.0], {"minimum": 0.6},
         "is less than 0.6; it stands in rows 2 to 3", "0.5"),
        ("number", [1, 2], {"exclusiveMaximum": 2},
         "is not less than 2; it stands in rows 2 to 3", "2"),
        ("date", [date(2020, 1, 1)], {"minimum": "2021-01-01"},
         "is less than 2021-01-01; it stands in rows 2 to 2", "2020-01-01"),
        ("datetime", [datetime(2020, 1, 1)], {"minimum": "2021-01-01T00:00:00Z"},
         "is less than 2021-01-01T00:00:00Z; it stands in rows 2 to 2",
         "2020-01-01T00:00:00"),
    ],
)  # fmt: skip
def test_bounds_are_judged_by_the_least_and_greatest_values(
    judged, kind, cells, bound, message, value
):
    found, _ = judged({"x": cells}, field("x", kind, **bound))
    assert found == [("x", "constraint-error", *bound, message, value)]
    assert judged({"x": cells}, {**field("x", kind, **bound), "restricted": True})[0][0][4] != value


def test_the_rows_of_several_files_are_counted_on(package):
    folder, file = package("t.parquet", [field("a", "integer", maximum=2)])
    other = file.with_name("u.parquet")
    descriptor = (folder / "datapackage.json").read_text("utf-8")
    paths = descriptor.replace('"t.parquet"', '["t.parquet", "u.parquet"]')
    (folder / "datapackage.json").write_text(paths, "utf-8")
    for path, cells in ((file, [1, 2]), (other, [1, 3])):
        pl.DataFrame({"a": cells}).write_parquet(path)
    (found,) = validate(folder, fast=True)
    assert (found.path, found.value) == ("u.parquet", "3")
    assert found.message.endswith("in rows 4 to 5")


def test_a_file_that_is_no_parquet_is_a_finding(package):
    folder, file = package("t.parquet", [field("a", "integer")])
    file.write_bytes(b"PAR1" + b"\0" * 50)
    report = validate(folder, fast=True)
    assert said(report).startswith("t.parquet: not a Parquet file: ")
    file.unlink()
    (found,) = validate(folder, fast=True)
    assert found.code == "source-error"


def test_the_header_is_judged(package):
    folder, file = package("t.parquet", [field("a", "integer"), field("b", "integer")])
    pl.DataFrame({"a": [1], "c": [2]}).write_parquet(file)
    assert [one.code for one in validate(folder, fast=True)] == ["incorrect-label"]


def test_where_only_polars_reads_a_footer_nothing_is_settled(package, monkeypatch):
    folder, file = package("t.parquet", [field("a", "date")])
    pl.DataFrame({"a": [1]}).write_parquet(file)

    def refuse(*_):
        raise ValueError

    monkeypatch.setattr(footers, "row_groups", refuse)
    report = validate(folder, fast=True)
    (types,) = [one.what for one in report.not_checked if "type-error" in one.codes]
    assert (report.valid, types) == (True, "types of cells of a in t")


@settings(max_examples=150, deadline=None)
@given(tables())
def test_a_footer_tells_nothing_that_the_pages_do_not(tmp_path_factory, table):
    """What it finds is found in a row, and the types that it settles are those of all rows."""
    frame, schema = table
    folder = tmp_path_factory.getbasetemp()
    folder, file = one_table(folder, "t.parquet", schema.pop("fields"), schema=schema)
    frame.write_parquet(file, row_group_size=3)
    by_footer, whole = validate(folder, fast=True), validate(folder, unfolded=True)
    faults = {(one.field, one.code, one.rule) for one in whole}
    assert {(one.field, one.code, one.rule) for one in by_footer} <= faults
    is_settled = not any("type-error" in one.codes for one in by_footer.not_checked)
    has_faults = any(one.code == "type-error" for one in whole)
    assert not (is_settled and has_faults) or any(one.code == "type-error" for one in by_footer)


def test_constraints_are_left_out_but_for_what_footers_settle(package):
    folder, file = package("t.parquet", [field("a", "integer", minimum=1)])
    pl.DataFrame({"a": [0, 2]}).write_parquet(file)
    report = validate(folder, fast=True)
    assert [one.code for one in report] == ["constraint-error"]
    left_out = {one.what for one in report.not_checked}
    assert "constraints beyond what the footers of Parquet files settle" in left_out
    assert "constraints" not in left_out
