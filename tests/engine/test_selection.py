"""Parts of a package checked alone: what is left out is said, and nothing else changes."""

import shutil

import pytest
from support.places import PACKAGES, ROOT

from validate import PackageError, validate

GOLDEN = ROOT / "tests" / "golden" / "package"


def found(report, resources=None):
    return [
        (one.resource, one.row, one.field, one.code)
        for one in report
        if resources is None or one.resource in resources
    ]


@pytest.fixture(scope="module")
def whole():
    return validate(GOLDEN)


@pytest.mark.parametrize("names", [["boats"], ["harbours"], ["log", "boats"], ["photos"]])
def test_findings_of_some_resources_are_those_of_the_whole(whole, names):
    part = validate(GOLDEN, resources=names)
    assert found(part) == found(whole, names)
    (said,) = [one for one in part.not_checked if one.what.startswith("resources ")]
    named = set(said.what.removeprefix("resources ").split(", "))
    assert named == {"harbours", "boats", "log", "waivers", "photos"} - set(names)


def test_waivers_hold_for_some_resources_too(whole):
    assert [one.key for one in validate(GOLDEN, resources=["boats"]).waived] == [("Teal",)]


def test_table_rules_about_a_resource_are_kept(dataset_copy):
    file = dataset_copy / "data" / "claims.csv"
    file.write_text(file.read_text("utf-8").replace("\ncom-0007,", "\ncom-9999,"), "utf-8")
    codes = {one.code for one in validate(dataset_copy, resources=["claims"])}
    assert "table-rule" in codes
    assert found(validate(dataset_copy, resources=["topics"])) == []


def test_text_anchors_that_are_left_out_are_named():
    assert "text anchors" in {
        one.what for one in validate(ROOT, resources=["segments"]).not_checked
    }
    spans = validate(ROOT, resources=["segments", "evidence"])
    assert "text anchors" not in {one.what for one in spans.not_checked}


def test_of_several_resources_of_spans_those_are_proved_that_are_asked_for():
    package = PACKAGES / "anchor-moved-of-the-second-spans"

    def proved(*names):
        report = validate(package, package / "sources", resources=names)
        moved = [(one.resource, one.code) for one in report]
        return moved, {one.what for one in report.checked if one.what.startswith("digests")}

    second = [("check_spans", "anchor-moved")]
    assert proved("check_spans") == (second, {"digests of segments", "digests of check_spans"})
    assert proved("quotes") == ([], {"digests of segments", "digests of quotes"})
    assert proved("quotes", "check_spans")[0] == second
    (left_out,) = (
        one.why
        for one in validate(package, resources=["segments"]).not_checked
        if one.what == "text anchors"
    )
    assert left_out == "they go with quotes, check_spans, checks, which are not selected"


def test_an_unknown_resource_is_one_line():
    with pytest.raises(PackageError, match="--resource boat: there is no such resource; known"):
        validate(GOLDEN, resources=["boat"])


def test_fast_finds_faults_of_structure_and_types_alone(whole):
    fast = validate(GOLDEN, fast=True)
    codes = {"incorrect-label", "type-error", "extra-cell", "missing-cell"}
    assert found(fast) == [place for place in found(whole) if place[3] in codes]
    left_out = [one.what for one in fast.not_checked if "asked for" in one.why]
    assert left_out == ["constraints", "keys", "rules", "sizes and digests"]


def test_fast_names_what_the_dataset_declares():
    fast = validate(ROOT, fast=True)
    left_out = [one.what for one in fast.not_checked]
    assert {"EDTF dates", "text anchors"} < set(left_out)
    assert {part.what for part in fast.checked if part.count} == {
        "rows",
        "cells",
        "files",
        "tables",
    }


def test_rows_have_their_keys_in_fast_runs():
    assert ("south",) in {one.key for one in validate(GOLDEN, fast=True)}


def test_a_table_without_package(tmp_path):
    shutil.copy(GOLDEN / "log.csv", tmp_path / "log")
    schema = tmp_path / "schema.json"
    schema.write_text('{"fields": [{"name": "day", "type": "date"}, {"name": "entry"}]}', "utf-8")
    report = validate(tmp_path / "log", schema=schema)
    assert found(report) == [("log", row, "day", "type-error") for row in range(2, 10)]
    assert {one.path for one in report} == {"log"}


def test_a_table_without_schema_is_checked_for_what_needs_none():
    report = validate(GOLDEN / "log.csv")
    assert {part.what for part in report.checked if part.count} >= {"rows", "cells"}
    assert any(part.why.startswith("nothing is declared") for part in report.not_checked)


def test_references_of_a_table_without_package_are_named_as_not_checked():
    figures = ROOT / "data" / "figures.csv"
    report = validate(figures, schema=ROOT / "schemas" / "figures.json")
    assert report.valid
    whys = {one.what: one.why for one in report.not_checked}
    said = "it refers to actors.actor_id, and only this table is at hand"
    assert whys["foreign key figures.attributed_to_id"] == said
    assert {part.what: part.count for part in report.checked}["foreign keys"] == 1  # its own


@pytest.mark.parametrize("content", ["[]", "{", '{"fields": 1}', '{"fields": [{"name": 1}]}'])
def test_a_malformed_schema_is_one_line(tmp_path, content):
    schema = tmp_path / "schema.json"
    schema.write_text(content, "utf-8")
    with pytest.raises(PackageError) as raised:
        validate(GOLDEN / "log.csv", schema=schema)
    assert "\n" not in str(raised.value)


def test_what_only_others_need_does_not_count_as_checked():
    counts = {one.what: one.count for one in validate(GOLDEN, resources=["boats"]).checked}
    assert (counts["tables"], counts["files"], counts["rows"]) == (1, 1, 8)
    report = validate(GOLDEN, resources=["photos"])
    assert not [one for one in report.checked if one.count and one.what != "files"]


@pytest.mark.parametrize("name", ["boats.dat", ".", "absent.csv"])
def test_what_is_no_table_is_refused_as_one(tmp_path, name):
    (tmp_path / "boats.dat").write_text("a\n", "utf-8")
    with pytest.raises(PackageError):
        validate(tmp_path / name, schema=ROOT / "schemas" / "topics.json")
