import json

import polars as pl
import pytest
from support.places import ROOT

from validate import validate
from validate._src.report.formats import renderer
from validate._src.report.formats.view import View
from validate._src.words import _held as held_frames
from validate._src.words import findings as collection
from validate._src.words.finding import FINDING_COLUMNS, Finding
from validate._src.words.findingframe import DTYPES, framed
from validate._src.words.findings import Findings


@pytest.fixture
def report_of(make_package):
    """The report on a table of numbers, some of which are none."""

    def report(count):
        fields = [{"name": "id", "type": "string"}, {"name": "depth", "type": "number"}]
        rows = "".join(f"r{number},{'x' if number % 2 else number}\n" for number in range(count))
        return validate(make_package(fields, "id,depth\n" + rows, primaryKey="id"))

    return report


@pytest.fixture
def on_disk(monkeypatch):
    """Findings go to disk soon."""
    monkeypatch.setattr(held_frames, "MOST_IN_MEMORY", 10)
    monkeypatch.setattr(held_frames, "MOST_FRAMES", 3)


@pytest.mark.usefixtures("on_disk")
def test_findings_on_disk_are_those_in_memory(report_of, monkeypatch):
    spilt = report_of(300).findings
    assert spilt._held.on_disk
    monkeypatch.undo()
    held = report_of(300).findings
    assert not held._held.on_disk
    assert list(spilt) == list(held)
    assert len(spilt) == len(held) == 150
    assert spilt.to_frame().equals(held.to_frame())
    assert spilt.groups(5) == held.groups(5)


@pytest.mark.usefixtures("on_disk")
def test_scratch_files_go_with_the_report(report_of):
    findings = report_of(100).findings
    folder = findings._held._folder.path
    assert list(folder.iterdir())
    del findings
    assert not folder.exists()


def test_a_frame_of_findings_has_their_attributes_as_columns(report_of):
    frame = report_of(4).findings.to_frame()
    assert frame.columns == FINDING_COLUMNS
    assert frame.select("row", "field", "key", "value").rows() == [
        (3, "depth", ["r1"], "x"),
        (5, "depth", ["r3"], "x"),
    ]


@pytest.mark.parametrize("most", [0, 1, 100])
@pytest.mark.parametrize("name", ["resource-in-parts", "two-tables-of-one-file"])
def test_findings_of_a_file_are_those_among_all(name, most, monkeypatch):
    monkeypatch.setattr(held_frames, "MOST_IN_MEMORY", most)
    monkeypatch.setattr(held_frames, "MOST_FRAMES", 1)
    findings = validate(ROOT / "tests" / "packages" / name).findings
    everything = findings.to_frame()
    for path in everything["path"].unique():
        of_file = pl.concat(findings.frames(path=path))
        assert of_file.height
        assert of_file.equals(everything.filter(path=path))
    assert not any(frame.height for frame in findings.frames(path="absent"))


def test_groups_count_all_and_show_some(report_of):
    (group,) = report_of(100).findings.groups(2)
    assert (group.path, group.code, group.count) == ("t.csv", "type-error", 50)
    assert [found.row for found in group.first] == [3, 5]


def test_findings_of_a_row_stand_in_the_order_of_its_columns(make_package):
    names = ["z", "m", "a"]
    fields = [{"name": name, "type": "integer"} for name in names]
    folder = make_package(fields, "z,m,a\nx,y,z,1\n1,2\nx,y,z\n")
    found = [(one.row, one.code, one.field) for one in validate(folder)]
    wrong = [("type-error", name) for name in names]
    assert found == [
        *((2, *one) for one in (*wrong, ("extra-cell", None))),
        (3, "missing-cell", "a"),
        *((4, *one) for one in wrong),
    ]


def test_the_order_of_columns_is_that_of_the_file(make_package):
    fields = [{"name": name, "type": "integer"} for name in ("z", "m", "a")]
    content = "a,further,m,more,z\nx,,y,,z\n"
    report = validate(make_package(fields, content, fieldsMatch="superset"))
    found = [(one.row, one.field or one.value) for one in report]
    assert found == [(1, "further"), (1, "more"), (2, "a"), (2, "m"), (2, "z")]


@pytest.mark.parametrize("on_disk_too", [False, True])
def test_a_limit_may_leave_out_more_than_one(report_of, request, on_disk_too):
    if on_disk_too:
        request.getfixturevalue("on_disk")
    findings = report_of(2 * 7).findings
    for limit, shown in ((5, 5), (6, 7), (7, 7), (8, 7), (10**400, 7)):
        (group,) = findings.groups(limit, or_one_more=True)
        assert (len(group.first), group.count) == (shown, 7)
        (group,) = findings.groups(limit)
        assert len(group.first) == min(limit, 7)


@pytest.mark.usefixtures("on_disk")
@pytest.mark.parametrize("count", [0, 1, 2, 60])
def test_json_and_json_lines_list_all(report_of, count):
    report = report_of(count)
    (whole,) = json.loads("".join(renderer("json")([report], View())))["packages"]
    lines = [json.loads(line) for line in "".join(renderer("jsonl")([report], View())).splitlines()]
    assert [{"package": report.location, **finding} for finding in whole["findings"]] == lines
    assert len(lines) == count // 2
    assert all(list(line) == ["package", *FINDING_COLUMNS] for line in lines)


def test_an_empty_collection_is_false(report_of):
    report = report_of(1)
    assert report.valid
    assert not report.findings
    assert report.findings.to_frame().equals(pl.DataFrame(schema=DTYPES))


@pytest.mark.parametrize(
    ("rows", "fields"),
    [([2, 3, 3, 9], ["a"] * 4), ([3, 2], ["a", "a"]), ([2, 3], ["b", "a"]), ([2, 2], ["b", "a"]),
     ([None, 2], [None, None]), ([2, None], [None, None]), ([], [])],
)  # fmt: skip
def test_findings_that_are_in_order_stay_as_sorting_would_have_them(monkeypatch, rows, fields):
    frames = framed(
        Finding(resource="t", path="t.csv", code="type-error", message=f"{n}", row=row, field=field)
        for n, (row, field) in enumerate(zip(rows, fields, strict=True))
    )
    found = Findings(["t"])
    for frame in frames:
        found.add(frame)
    in_order = pl.concat(found.frames())
    monkeypatch.setattr(collection, "_is_in_order", lambda _: False)
    assert in_order.equals(pl.concat(found.frames()))
