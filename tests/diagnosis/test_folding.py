"""Findings that follow from a misread file: counted in one, and nothing else left out."""

import json

import pytest
from support.command import run
from support.made import PROFILE

from validate import validate
from validate._src.diagnosis import evidence

PONDS = {
    "name": "ponds",
    "path": ["ponds-1.csv", "ponds-2.csv"],
    "schema": {
        "fields": [{"name": "pond", "type": "string"}, {"name": "depth", "type": "number"}],
        "primaryKey": ["pond"],
    },
}
FISH = {
    "name": "fish",
    "path": "fish.csv",
    "schema": {
        "fields": [{"name": "fish", "type": "string"}, {"name": "pond", "type": "string"}],
        "foreignKeys": [
            {"fields": ["pond"], "reference": {"resource": "ponds", "fields": ["pond"]}}
        ],
    },
}
RULE = {
    "name": "every-pond-has-fish",
    "resource": "fish",
    "query": "rule.sql",
    "message": "no such pond",
}
QUERY = "select _row from fish where pond not in (select pond from ponds)"
FIRST, SECOND = "pond,depth\na,1\nb,2\n", "pond,depth\nc,3\nd,4\n"
REFERRING = "fish,pond\nruffe,a\ntench,d\n"


@pytest.fixture
def package(tmp_path):
    """Writes ponds in two files, and fish in them; gives the folder."""

    def write(first=FIRST, second=SECOND, fish=REFERRING, **properties):
        resources = [{**PONDS, **properties}, FISH]
        descriptor = {"$schema": PROFILE, "name": "ponds", "resources": resources, "rules": [RULE]}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        (tmp_path / "rule.sql").write_text(QUERY, "utf-8")
        for name, text in (("ponds-1", first), ("ponds-2", second), ("fish", fish)):
            (tmp_path / f"{name}.csv").write_text(text, "utf-8")
        return tmp_path

    return write


def found(report):
    return [(one.path, one.row, one.field, one.code) for one in report]


SEMICOLONS = SECOND.replace(",", ";")


def test_a_clean_package_is_not_looked_at(package, monkeypatch):
    monkeypatch.setattr(evidence, "open_table", None)
    assert found(validate(package())) == []


def test_each_file_of_a_table_is_told_by_itself(package):
    report = validate(package(second=SEMICOLONS))
    errors = [one for one in report if one.severity == "error"]
    assert [(one.path, one.code, one.rule) for one in errors] == [
        ("ponds-2.csv", "misread-file", "delimiter")
    ]


def test_a_fault_of_another_file_stays(package):
    report = validate(package(first=FIRST.replace("2", "deep"), second=SEMICOLONS))
    assert ("ponds-1.csv", 3, "depth", "type-error") in found(report)


def test_references_and_rules_follow_from_a_misread_table(package):
    folder = package(FIRST.replace(",", ";"), SEMICOLONS)
    report = validate(folder)
    assert {one.code for one in report} == {"misread-file"}
    assert not report.valid
    assert all(one.folded for one in report)


def test_all_is_listed_where_that_is_asked_for(package):
    folder = package(FIRST.replace(",", ";"), SEMICOLONS)
    report = validate(folder, unfolded=True)
    folded = validate(folder)
    listed = [one for one in report if one.code != "misread-file"]
    assert {"foreign-key", "table-rule", "incorrect-label"} <= {one.code for one in listed}
    assert len(listed) == sum(one.folded for one in folded)
    assert {one.folded for one in report if one.code == "misread-file"} == {0}


def test_a_reference_to_another_table_stays(package):
    report = validate(package(fish=REFERRING.replace("tench,d", "tench,z")))
    assert {one.code for one in report} == {"foreign-key", "table-rule"}


def test_size_and_digest_are_the_files_own(package):
    report = validate(package(FIRST.replace(",", ";"), SEMICOLONS, bytes=1))
    assert {one.code for one in report} == {"misread-file", "byte-count"}


def test_the_report_says_how_many_follow_and_what_was_not_checked(package):
    folder = package(FIRST.replace(",", ";"), SEMICOLONS)
    text = run("run", folder)
    assert text.exit_code == 1
    assert "not checked: rows of ponds: ponds-1.csv is not written as it is declared" in text.output
    assert "follow from it and are" in text.output
    (report,) = json.loads(run("run", folder, "--format", "json").output)["packages"]
    assert all(one["folded"] > 0 for one in report["findings"])


def test_the_command_lists_all_where_that_is_asked_for(package):
    folder = package(FIRST.replace(",", ";"), SEMICOLONS)
    assert "incorrect-label" in run("run", folder, "--unfolded").output
