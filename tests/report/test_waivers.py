"""Waivers: what they let pass, and what is said of them."""

import datetime
import json

import pytest

from validate import validate
from validate._src.report import waivers
from validate._src.words.finding import FINDING_COLUMNS

HEADER = "resource,key,field,code,reason,expires\n"
FIELDS = [{"name": name, "type": "string"} for name in HEADER.strip().split(",")[:-1]]


@pytest.fixture
def package(tmp_path):
    """Writes a package of ponds with these rows and waivers, gives its folder."""

    def write(rows, waived, key=("pond",)):
        fields = [
            {"name": "pond", "type": "string"},
            {"name": "depth", "type": "number", "constraints": {"minimum": 1}},
            {"name": "width", "type": "number", "constraints": {"minimum": 1}},
        ]
        ponds = {"name": "ponds", "path": "ponds.csv", "schema": {"fields": fields}}
        ponds["schema"]["primaryKey"] = list(key)
        expires = {"name": "expires", "type": "date"}
        others = {
            "name": "waivers",
            "path": "waivers.csv",
            "schema": {"fields": [*FIELDS, expires]},
        }
        descriptor = {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "p",
            "resources": [ponds, others],
            "waivers": {"resource": "waivers"},
        }
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        (tmp_path / "ponds.csv").write_text("pond,depth,width\n" + rows, "utf-8")
        (tmp_path / "waivers.csv").write_text(HEADER + waived, "utf-8")
        return tmp_path

    return write


def found(report):
    return [(one.resource, one.row, one.field, one.code) for one in report]


@pytest.mark.parametrize(
    ("waiver", "field", "said"),
    [
        ("ponds,a,,constrain-error,dry,9999-12-31",
         "code", 'no code "constrain-error"; did you mean constraint-error? `validate explain`'),
        ("ponds,a,,zzz,dry,2001-01-01", "code", 'no code "zzz"; `validate explain` lists all'),
        ("pond,a,,type-error,dry,9999-12-31",
         "resource", 'no resource "pond"; did you mean ponds?'),
    ],
)  # fmt: skip
def test_a_waiver_of_what_does_not_exist_is_told_with_what_is_like_it(package, waiver, field, said):
    folder = package("a,1,1\n", waiver + "\n")
    for given in ({}, {"fast": True}, {"resources": ["waivers"]}):
        (one,) = validate(folder, **given)
        assert (one.code, one.row, one.field) == ("waiver-unmatched", 2, field)
        assert said in one.message


def test_one_waiver_passes_all_faults_of_a_code_in_a_row(package):
    report = validate(package("a,0,0\nb,0,2\n", "ponds,a,,constraint-error,dry,9999-12-31\n"))
    assert found(report) == [("ponds", 3, "depth", "constraint-error")]
    assert [(one.field, one.waiver) for one in report.waived] == [
        ("depth", "dry"),
        ("width", "dry"),
    ]
    assert report.waived.to_frame().columns == FINDING_COLUMNS


def test_parts_of_a_key_are_joined(package):
    waived = 'ponds,"a,0",,constraint-error,dry,9999-12-31\n'
    report = validate(package("a,0,2\n", waived, key=("pond", "depth")))
    assert report.valid
    assert len(report.waived) == 1


def test_the_first_of_two_waivers_gives_the_reason_and_both_are_used(package):
    waiver = "ponds,a,{},constraint-error,{},9999-12-31\n"
    waived = waiver.format("", "one") + waiver.format("depth", "two")
    report = validate(package("a,0,2\n", waived))
    assert [one.waiver for one in report.waived] == ["one"]
    assert report.valid


@pytest.mark.parametrize(("today", "valid"), [("2026-05-31", True), ("2026-06-01", False)])
def test_a_waiver_is_good_on_its_last_day(package, monkeypatch, today, valid):
    class Calendar(datetime.date):
        @classmethod
        def today(cls):
            return datetime.date.fromisoformat(today)

    monkeypatch.setattr(waivers, "date", Calendar)
    report = validate(package("a,0,2\n", "ponds,a,,constraint-error,dry,2026-05-31\n"))
    assert report.valid is valid
    codes = [one.code for one in report]
    assert codes == ([] if valid else ["constraint-error", "waiver-expired"])


def test_a_file_is_waived_without_key(package):
    folder = package("a,1,2\n", "ponds,,,byte-count,being written,9999-12-31\n")
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["bytes"] = 1
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    report = validate(folder)
    assert report.valid
    assert [one.code for one in report.waived] == ["byte-count"]


def test_a_waiver_without_reason_or_day_is_none(package):
    waived = "ponds,a,,constraint-error,,9999-12-31\nponds,a,,constraint-error,dry,soon\n"
    report = validate(package("a,0,2\n", waived))
    assert found(report) == [
        ("ponds", 2, "depth", "constraint-error"),
        ("waivers", 3, "expires", "type-error"),
    ]


def test_what_was_not_looked_at_leaves_no_waiver_idle(package):
    folder = package("a,1,2\n", "ponds,a,,constraint-error,dry,9999-12-31\n")
    assert found(validate(folder)) == [("waivers", 2, "code", "waiver-unmatched")]
    assert validate(folder, fast=True).valid
    assert validate(folder, resources=["waivers"]).valid
    assert validate(folder, resources=["ponds"]).valid
    both = validate(folder, resources=["ponds", "waivers"])
    assert found(both) == [("waivers", 2, "code", "waiver-unmatched")]


def unmatched(report):
    return [one.row for one in report if one.code == "waiver-unmatched"]


def changed(folder, **properties):
    """The package with other properties in the schema of its ponds."""
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["schema"] |= properties
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.mark.parametrize(
    ("properties", "code"),
    [
        ({"rules": [{"name": "r", "check": "age <> pond", "message": "old"}]}, "row-constraint"),
        ({"uniqueKeys": [["age"]]}, "unique-key"),
        (
            {"foreignKeys": [{"fields": ["age"], "reference": {"fields": ["pond"]}}]},
            "foreign-key",
        ),
    ],
)
def test_what_an_absent_column_kept_from_being_checked_leaves_its_waiver_alone(
    package, properties, code
):
    waived = f"ponds,a,,{code},dry,9999-12-31\nponds,a,,type-error,dry,9999-12-31\n"
    folder = package("a,1,2\n", waived)
    assert unmatched(validate(folder)) == [2, 3]
    fields = [
        *({"name": name, "type": "string"} for name in ("pond", "depth", "width")),
        {"name": "age", "type": "string"},
    ]
    changed(folder, fields=fields, fieldsMatch="superset", **properties)
    assert unmatched(validate(folder)) == [3]


def test_fast_tells_of_idle_waivers_of_what_it_judges(package):
    waived = "ponds,a,,type-error,dry,9999-12-31\nponds,a,,primary-key,dry,9999-12-31\n"
    report = validate(package("a,1,2\n", waived), fast=True)
    assert unmatched(report) == [2]


def test_waivers_of_anchors_are_idle_where_there_are_none(package):
    report = validate(package("a,1,2\n", "ponds,a,,anchor-moved,new edition,9999-12-31\n"))
    assert unmatched(report) == [2]


def test_many_findings_are_waived_by_many(package):
    rows = "".join(f"p{number},0,2\n" for number in range(2000))
    waived = "".join(
        f"ponds,p{number},depth,constraint-error,no {number},9999-12-31\n"
        for number in range(0, 2000, 2)
    )
    report = validate(package(rows, waived))
    assert [one.key for one in report] == [(f"p{number}",) for number in range(1, 2000, 2)]
    assert [one.waiver for one in report.waived] == [f"no {n}" for n in range(0, 2000, 2)]


def test_a_header_is_waived_without_key(package):
    folder = package("a,1,2\n", "ponds,,,incorrect-label,old name,9999-12-31\n")
    table = folder / "ponds.csv"
    table.write_text(table.read_text("utf-8").replace("width", "breadth"), "utf-8")
    report = validate(folder)
    assert found(report) == []
    assert [one.code for one in report.waived] == ["incorrect-label"]


def test_a_waiver_of_a_file_lets_no_row_pass_that_has_no_key(package):
    report = validate(package(",deep,2\n", "ponds,,,type-error,for the file,9999-12-31\n"))
    assert ("ponds", 2, "depth", "type-error") in found(report)
    assert ("waivers", 2, "code", "waiver-unmatched") in found(report)
    assert not report.waived


def test_a_long_key_is_waived_as_findings_show_it(package):
    key = "k" * 200
    report = validate(package(f"{key},0,2\n", f"ponds,{key},,constraint-error,dry,9999-12-31\n"))
    assert report.valid
    assert len(report.waived) == 1


def test_of_a_table_that_could_not_be_read_on_no_waiver_is_idle(package):
    waived = "ponds,z,,constraint-error,further down,9999-12-31\n"
    report = validate(package('a,1,"2\nz,0\n', waived))
    codes = {one.code for one in report}
    assert "quote-error" in codes
    assert "waiver-unmatched" not in codes
