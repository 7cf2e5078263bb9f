"""Findings that are put together are those that came, in the order of their file and code."""

import json

import pytest
from support.made import one_table

from validate._src.engine import choosing, merging, run
from validate._src.engine.merging import merged
from validate._src.report.formats import renderer
from validate._src.report.formats.view import View
from validate._src.words import _held
from validate._src.words.finding import Finding
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.outcome import Checked


def frames(*found):
    """Findings, each in a frame of its own: of a code, in a row of a file."""
    return [
        frame
        for code, row, path in found
        for frame in framed([Finding(resource="t", path=path, code=code, message="x", row=row)])
    ]


def told(outcomes):
    return [
        (one.code, one.rows["row"].to_list()) if isinstance(one, FindingFrame) else one
        for one in outcomes
    ]


def test_findings_of_a_code_are_put_together_and_all_else_is_said_at_once():
    first, second, third = frames(
        ("type-error", 2, "t.csv"), ("blank-row", 3, "t.csv"), ("type-error", 4, "t.csv")
    )
    checked = Checked("tables", 1)
    assert told(merged([first, second, checked, third])) == [
        checked,
        ("type-error", [2, 4]),
        ("blank-row", [3]),
    ]


def test_those_of_another_file_are_not():
    found = frames(
        ("type-error", 2, "a.csv"), ("type-error", 3, "a.csv"), ("type-error", 4, "b.csv")
    )
    assert told(merged(found)) == [("type-error", [2, 3]), ("type-error", [4])]


def test_those_of_a_large_frame_and_beyond_many_stay_as_they_come(monkeypatch):
    monkeypatch.setattr(merging, "MOST", 5)
    monkeypatch.setattr(merging, "LARGE", 2)
    one, other, last, beyond = frames(*(("type-error", row, "t.csv") for row in (2, 5, 6, 7)))
    (large,) = framed(
        [Finding(resource="t", path="t.csv", code="type-error", message="x", row=n) for n in (3, 4)]
    )
    found = [rows for _, rows in told(merged([one, large, other, last, beyond]))]
    assert found == [[2], [3, 4], [5, 6], [7]]


def test_keys_that_are_withheld_stay_with_their_findings():
    known, withheld = frames(("type-error", 2, "t.csv"), ("type-error", 3, "t.csv"))
    keys = withheld.rows["key"].clear().extend_constant(["secret"], 1)
    hidden = FindingFrame("t", "type-error", withheld.rows, keys)
    (found,) = merged([known, hidden])
    assert found.keys is not None
    assert found.keys.to_list() == [[], ["secret"]]


@pytest.mark.parametrize("in_memory", [4, 40, 100_000])
@pytest.mark.parametrize("most", [0, 2, 20])
def test_the_report_is_the_same(tmp_path, monkeypatch, in_memory, most):
    fields = [
        {"name": "id", "type": "integer"},
        {"name": "pond", "type": "string", "constraints": {"enum": ["Reed"]}},
    ]
    folder, _ = one_table(tmp_path, "0.csv", fields, path=["0.csv", "1.csv"])
    lines = ["1,Reed", "x,Reed", "2,Mirror", "3", "4,Reed,5", "", "1,Lily"] * 3
    for name in ("0.csv", "1.csv"):
        (tmp_path / name).write_text("\n".join(["id,pond", *lines]) + "\n")
    monkeypatch.setattr(_held, "MOST_IN_MEMORY", in_memory)
    monkeypatch.setattr(merging, "MOST", min(most, in_memory // 2))
    found = text_of(run.validate(folder))
    monkeypatch.setattr(choosing, "merged", lambda outcomes: outcomes)
    assert found == text_of(run.validate(folder))
    assert json.loads(found)["packages"][0]["counts"]["errors"] > 20


def text_of(report):
    return "".join(renderer("json")([report], View()))
