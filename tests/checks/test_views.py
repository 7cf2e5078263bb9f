"""Views: queries that become pages. What is wrong with one stands in tests/packages/view*."""

import shutil

import pytest
from support.made import change_descriptor
from support.places import PACKAGES, ROOT

from validate import validate
from validate._src.checks.viewqueries import rows_of
from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.tables.dataset import Dataset

PACKAGE = PACKAGES / "valid-views"


@pytest.fixture
def package(tmp_path):
    return shutil.copytree(PACKAGE, tmp_path / "package")


def count(report):
    return {part.what: part.count for part in report.checked}.get("views", 0)


def lost(report):
    return {part.what: part.why for part in report.not_checked if part.what.startswith("view")}


def rows(folder, name):
    package = load_package(folder)
    _, tables = read_judged(package)
    (view,) = [one for one in package.views.pages if one.name == name]
    return rows_of(view, Dataset(package, tables)).rows(named=True)


def test_views_are_counted():
    assert count(validate(PACKAGE)) == 6


def test_of_several_views_those_are_run_that_can_be():
    report = validate(PACKAGES / "view-query-absent")
    assert [one.code for one in report] == ["descriptor-error"]
    assert lost(report) == {
        "view who-counts": "datapackage.json: views.pages[0] cannot be used",
    }
    assert count(report) == 1


def test_views_without_usable_languages_are_named():
    report = validate(PACKAGES / "views-ending-twice")
    assert lost(report) == {"views": "datapackage.json: views.languages cannot be used"}
    assert count(report) == 0


def test_a_label_that_is_none_costs_no_view():
    report = validate(PACKAGES / "views-label-unknown-field")
    assert (lost(report), count(report)) == ({}, 1)


def test_a_view_of_a_table_that_cannot_be_read_is_named():
    report = validate(PACKAGES / "view-of-an-absent-table")
    assert lost(report) == {"view who-counts": "counts could not be read to the end"}


def test_a_view_is_named_whose_columns_may_hold_restricted_values(package):
    def restrict(descriptor):
        descriptor["resources"][1]["schema"]["fields"][2]["restricted"] = True

    change_descriptor(package, restrict)
    assert lost(validate(package)) == {}
    file = package / "surveys.csv"
    file.write_text(file.read_text("utf-8") + "s-3,Third,Cy,more\n", "utf-8")
    why = "values of restricted fields may stand in other columns of surveys"
    assert lost(validate(package)) == {"view table": why}


def test_a_cell_of_the_wrong_type_is_null(package):
    file = package / "counts.csv"
    file.write_text(file.read_text("utf-8").replace(",1200,", ",many,"), "utf-8")
    report = validate(package)
    assert [one.code for one in report] == ["type-error"]
    assert count(report) == 6
    assert [row["value"] for row in rows(package, "scale")][:2] == [None, 1000]


def test_fast_leaves_views_out():
    report = validate(PACKAGE, fast=True)
    assert lost(report) == {"views": "only structure and types are asked for"}


def test_of_some_resources_the_views_are_run_that_need_no_others():
    assert count(validate(PACKAGE, resources=["counts", "lakes", "surveys"])) == 6
    report = validate(PACKAGE, resources=["counts"])
    assert list(report) == []
    assert count(report) == 5
    (why,) = [why for what, why in lost(report).items() if what == "view table"]
    assert why == "they go with lakes, surveys, which are not selected"


def test_values_of_a_list_stand_once_and_in_order(package):
    query = "SELECT lake_id, ARRAY_AGG(survey_id) AS survey_id FROM counts GROUP BY lake_id"
    (package / "views" / "counts.sql").write_text(f"{query} ORDER BY lake_id", "utf-8")
    found = [(row["lake_id"], row["survey_id"]) for row in rows(package, "scale")]
    assert found == [("bay", ["s-1", "s-2"]), ("great", ["s-1", "s-2"]), ("tarn", ["s-2"])]


def test_a_role_wants_one_value_in_each_row(package):
    query = (
        "SELECT count_id, ARRAY_AGG(lake_id) AS lake_id, MIN(value) AS value, MIN(most) AS most, "
        "MIN(unit) AS unit FROM counts GROUP BY count_id ORDER BY count_id"
    )
    (package / "views" / "counts.sql").write_text(query, "utf-8")

    def only(descriptor):
        descriptor["views"]["pages"] = descriptor["views"]["pages"][5:]

    change_descriptor(package, only)
    (found,) = validate(package)
    assert found.message == (
        'views.pages[0].label[0]: "lake_id" must have one value in each row, and the query '
        "returns List(String)"
    )


def test_the_dataset_has_views():
    assert len(load_package(ROOT).views.pages) > 0


def told(folder):
    report = validate(folder)
    return [(one.code, one.message) for one in report], lost(report), count(report)


@pytest.mark.parametrize(
    "name",
    [
        "valid-views",
        "view-order-is-open",
        "view-query-fails-on-a-value",
        "view-query-unknown-table",
    ],
)
def test_one_by_one_queries_say_what_they_say_at_once(name, monkeypatch):
    at_once = told(PACKAGES / name)
    monkeypatch.setattr("validate._src.checks.queries.AT_ONCE", 0)
    assert told(PACKAGES / name) == at_once


def test_queries_are_asked_at_once(monkeypatch):
    monkeypatch.setattr("validate._src.checks.viewqueries.result_of", None)  # asks one by one
    assert count(validate(PACKAGE)) == 6
