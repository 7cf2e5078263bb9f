"""A last row that has the sums of those above it, and no label."""

import json
from pathlib import Path

import pytest
from support.command import run
from support.made import workbook

from validate import validate
from validate._src.reading import blocks

SAID = (
    "has the sums of the rows above it and no label, so it is probably a total, and is read as "
    'a row: remove it, or add {} to "commentRows" in the dialect'
)


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The working folder."""
    monkeypatch.chdir(tmp_path)


def remarks(*lines, **given):
    Path("t.csv").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return [*validate("t.csv", **given).remarks]


WITH_SUMS = [
    ["name,n", "a,1", "b,2", ",3"],
    ["name,n,x", "a,1,0.1", "b,2,0.2", ",3,0.3"],
    ["name,n,x,mean", "a,1,0.1,5", "b,2,0.2,7", ",3,0.3,6"],
    ["id,name,n", "1,a,100", "2,b,250", ",,350"],
    ["name,n,note", "a,1,", "b,-2,x", "c,-5,", ",-6,"],
    ["name;n", 'a;"1.000,5"', 'b;"2.000,5"', ';"3.001,0"'],
]


@pytest.mark.parametrize("lines", WITH_SUMS)
def test_a_run_and_init_say_it(lines):
    (said,) = remarks(*lines)
    assert said.startswith(f"t: row {len(lines)} (")
    assert said.endswith(SAID.format(len(lines)))
    result = " ".join(run("init", "t.csv").output.split())
    assert said in result
    assert f"t: no constraints or keys, since row {len(lines)} is probably a total" in result or (
        len(lines) < 4
    )


WITHOUT_SUMS = [
    ["name,n", "a,1", "b,2", ",4"],
    ["name,n", "a,1", ",1"],
    ["name,n", "a,0", "b,0", ",0"],
    ["name,n", "a,0", "b,1", ",1"],
    ["name,n", "a,1", "b,2", "c,3"],
    ["name,n,x", "a,1,2", "b,2,3", ",3,8"],
    ["name,n,note", "a,1,x", "b,2,y", ",3,z"],
    ["name,n", "a,x", "b,y", ",z"],
    ["name,n"],
    ["name,n", ",0"],
]


@pytest.mark.parametrize("lines", WITHOUT_SUMS)
def test_other_rows_are_rows(lines):
    assert remarks(*lines) == []


def test_a_total_with_a_label_and_a_note_below_it_are_said_of_a_table_without_descriptor():
    said = remarks("name,n,x", "a,1,2", "b,2,3", "Total,3,5", "Source: nobody")
    assert [one.split(" (")[0] for one in said] == ["t: row 4", "t: row 5"]


def test_a_row_of_sums_above_a_note_is_found():
    said = remarks("name,n,x", "a,1,2", "b,2,3", ",3,5", "Source: nobody,,")
    assert [one.split(" (")[0] for one in said] == ["t: row 4", "t: row 5"]


def test_what_is_said_can_be_done():
    remarks("name,n", "a,1", "b,2", "c,4", ",7")
    run("init", "t.csv")
    file = Path("datapackage.json")
    descriptor = json.loads(file.read_text("utf-8"))
    descriptor["resources"][0]["dialect"] = {"commentRows": [5]}
    file.write_text(json.dumps(descriptor), "utf-8")
    assert ("rows", 3) in {(part.what, part.count) for part in validate().checked}


def test_it_is_said_of_a_sheet_and_below_a_header_that_is_given():
    workbook("t.xlsx", s=[["name", "n"], ["a", 1], ["b", 2.5], ["", 3.5]])
    (said,) = validate("t.xlsx").remarks
    assert said.startswith('t: row 4 ("3.5")')
    (said,) = remarks("x,y", "name,n", "a,1", "b,2", ",3", given={"headerRows": [2]})
    assert said.startswith('t: row 5 ("3")')


def test_rows_of_json_are_not_in_the_dialect():
    Path("t.json").write_text(json.dumps([{"a": None, "n": n} for n in (1, 2, 3)]), "utf-8")
    assert [*validate("t.json").remarks] == []


def test_a_column_that_is_named_as_its_rows_is_one():
    assert remarks("name,row", "a,1", "b,2", ",3")


def test_sums_are_added_batch_by_batch(monkeypatch):
    monkeypatch.setattr(blocks, "BLOCK", 2**12)
    monkeypatch.setattr(blocks, "TAIL", 2**8)
    rows = [f"{number},name {number},{number}" for number in range(2000)]
    assert remarks("id,name,n", *rows, f",,{sum(range(2000))}")
    assert remarks("id,name,n", *rows, f",,{sum(range(2000)) + 1}") == []
