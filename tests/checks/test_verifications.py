"""Verifications: what goes together, and what is not judged; whole packages stand beside these."""

import shutil

import pytest
from support.made import change_descriptor, change_row
from support.places import PACKAGES

from validate import validate
from validate._src.split.judgement import doubts


@pytest.fixture
def package(tmp_path):
    """A copy of a package whose verifications hold together."""
    return shutil.copytree(PACKAGES / "valid-verifications", tmp_path / "package")


def found(report):
    return [(one.resource, one.row, one.rule) for one in report if one.code == "verification-error"]


def not_checked(report):
    return [part.why for part in report.not_checked if part.what == "verifications"]


def test_verifications_are_counted(package):
    assert ("verifications", 4) in {(one.what, one.count) for one in validate(package).checked}


def test_they_are_judged_with_and_without_texts(package):
    change_row(package, "checks", 2, verdict="differs")
    alone, proved = validate(package), validate(package, package / "sources")
    assert found(alone) == found(proved) == [("checks", 2, "differences")]


def test_of_a_verdict_that_is_empty_nothing_is_asked(package):
    change_row(package, "checks", 3, verdict="")
    (package / "check_spans.csv").write_text("claim_id,source_id,segment,start,end,sha256\n")
    change_row(package, "checks", 2, verdict="unread", source_id="")
    assert found(validate(package)) == []


def test_a_verdict_of_no_list_needs_no_span_and_has_no_difference(package):
    def with_another(descriptor):
        (checks,) = (one for one in descriptor["resources"] if one["name"] == "checks")
        checks["schema"]["fields"][3]["categories"].append("unlike")

    change_descriptor(package, with_another)
    change_row(package, "checks", 4, verdict="unlike", absent="")
    assert found(validate(package)) == []
    change_row(package, "checks", 3, verdict="unlike")
    assert found(validate(package)) == [("differences", 2, "differences")]


def test_a_row_without_an_aspect_names_none(package):
    change_row(package, "differences", 2, aspect="")
    assert found(validate(package)) == [("checks", 3, "differences")]


def test_a_pattern_counts_only_where_absences_are_those_of_the_verifications(package):
    change_descriptor(package, lambda descriptor: descriptor["anchors"].pop("absences"))
    assert found(validate(package)) == [("checks", 4, "spans")]


def test_differences_and_items_are_optional(package):
    def without(descriptor):
        del descriptor["verifications"]["differences"], descriptor["verifications"]["unreported"]

    change_descriptor(package, without)
    (package / "differences.csv").write_text("claim_id,aspect\np9,time\n", "utf-8")
    assert found(validate(package)) == []


def test_rows_without_a_claim_are_left_to_their_key(package):
    change_row(package, "checks", 5, claim_id="")
    report = validate(package)
    assert {(one.row, one.code) for one in report} == {(5, "primary-key"), (5, "constraint-error")}


@pytest.mark.parametrize(
    ("table", "column"),
    [("checks", "verdict"), ("checks", "absent"), ("check_spans", "source_id"),
     ("differences", "aspect"), ("omission_spans", "item_id")],
)  # fmt: skip
def test_a_column_that_is_missing_leaves_all_unjudged(package, table, column):
    def partial(descriptor):
        for resource in descriptor["resources"]:
            resource["schema"]["fieldsMatch"] = "partial"
            resource["schema"].pop("primaryKey", None)
        schemas = {one["name"]: one["schema"] for one in descriptor["resources"]}
        schemas["checks"]["primaryKey"] = ["claim_id"]
        schemas["omissions"]["primaryKey"] = ["item_id"]

    change_descriptor(package, partial)
    file = package / f"{table}.csv"
    file.write_text(file.read_text("utf-8").replace(column, "other", 1), "utf-8")
    report = validate(package)
    (why,) = not_checked(report)
    assert why.startswith(f"{table} has no column for ")
    assert found(report) == []


def test_a_table_that_is_not_read_to_its_end_leaves_all_unjudged(package):
    with (package / "differences.csv").open("a", encoding="utf-8") as stream:
        stream.write('p1,"never closed\n')
    assert not_checked(validate(package)) == ["differences could not be read to the end"]


def test_of_selected_resources_all_that_they_look_at_is_needed(package):
    everything = ["checks", "check_spans", "differences", "omissions", "omission_spans"]
    change_row(package, "differences", 2, claim_id="p1")
    wrong = [("checks", 3, "differences"), ("differences", 2, "differences")]
    assert found(validate(package, resources=everything)) == wrong
    report = validate(package, resources=everything[:3])
    assert found(report) == []
    (why,) = not_checked(report)
    assert why == "they go with omission_spans, omissions, which are not selected"
    assert "verifications" in str(doubts(report, "checks", ()))
    assert not_checked(validate(package, resources=["pledges"])) == []


def test_fast_names_verifications(package):
    report = validate(package, fast=True)
    assert not_checked(report) == ["only structure and types are asked for"]


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("verifications-beside-malformed-anchors", "verifications"),
        ("verifications-beside-anchors-of-no-resource", "verifications"),
        ("verifications-malformed", "verifications"),
        ("verifications-unknown-verdict", "verifications.wait[1]"),
        ("verifications-unreported-malformed", "verifications"),
    ],
)
def test_what_cannot_be_used_is_named_once(name, place):
    (why,) = not_checked(validate(PACKAGES / name))
    assert why == f"datapackage.json: {place} cannot be used"


def test_values_of_restricted_fields_stand_in_no_finding(package):
    def restricted(descriptor):
        for resource in descriptor["resources"]:
            for field in resource["schema"]["fields"]:
                field["restricted"] = True

    change_descriptor(package, restricted)
    change_row(package, "checks", 2, verdict="unread")
    change_row(package, "differences", 2, claim_id="p3")
    report = validate(package)
    assert found(report) == [
        ("checks", 2, "wait"),
        ("checks", 2, "wait"),
        ("checks", 3, "differences"),
        ("differences", 2, "differences"),
    ]
    assert {one.value for one in report} == {"[withheld]"}
