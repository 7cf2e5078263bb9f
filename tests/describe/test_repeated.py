"""Ids of which one repeats: said by `init`, and by `run` on a table without a descriptor."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from support.made import workbook

from validate import validate
from validate._src.cli.main import main

DESCRIPTOR = Path("datapackage.json")
IDS = [*range(1, 60), 59]
SAID = "t.id: 59 of 60 values are distinct; lines 60 and 61 are both 59"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The working folder."""
    monkeypatch.chdir(tmp_path)


def put(values, label="id"):
    rows = [f"{value},{at % 7},{'abcdef'[at % 6]}{at // 9}" for at, value in enumerate(values)]
    Path("t.csv").write_text("\n".join([f"{label},qty,city", *rows, ""]), "utf-8")


def init(*options):
    return CliRunner().invoke(main, ["init", "t.csv", *options])


def remarks():
    report = validate("t.csv")
    assert not [*report.findings]
    return [*report.remarks]


def test_an_id_that_repeats_is_said_and_no_part_of_a_key():
    put(IDS)
    assert remarks() == [SAID]
    result = init("--strict")
    assert SAID in result.output.partition("written by no option:")[2]
    (resource,) = json.loads(DESCRIPTOR.read_text("utf-8"))["resources"]
    assert "primaryKey" not in resource["schema"]


@pytest.mark.parametrize(
    ("values", "label", "said"),
    [
        ([f"A-{number:04}" for number in IDS], "sample", "lines 60 and 61 are both A-0059"),
        ([number * 1237 % 99991 for number in IDS], "id", "lines 60 and 61 are both "),
        ([3, *IDS[:-1], 3], "nr", "lines 2, 5 and 1 more are all 3"),
        ([1, 2, 3, *range(1, 90)], "no", "lines 3 and 6 are both 2, 1 more value repeats"),
    ],
    ids=["codes", "far apart, by the label", "three times", "three values"],
)
def test_what_repeats_is_said_with_its_lines(values, label, said):
    put(values, label)
    (remark,) = remarks()
    assert remark.startswith(f"t.{label}: ")
    assert said in remark


@pytest.mark.parametrize(
    ("values", "label"),
    [
        (range(60), "id"),
        ([number * 1237 % 99991 for number in IDS], "amount"),
        ([*range(1, 30), 29, *range(31, 60)], "rank"),
        ([*range(1960, 2020), 1974], "year"),
        ([*range(1, 50), *range(1, 12)], "id"),
        ([*range(1, 8), 7], "id"),
        ([f"{name}{at}" for at, name in enumerate("abcdefghijkl")] + ["a0"], "name"),
        (["Reed", "Lily", *(chr(65 + at) * 5 for at in range(20)), "Reed"], "surname"),
    ],
    ids=["none", "numbers far apart", "rank", "year", "many", "few rows", "several prefixes",
         "names"],
)  # fmt: skip
def test_what_repeats_by_chance_or_on_purpose_is_not_said(values, label):
    put([*values], label)
    assert remarks() == []
    assert "values are distinct" not in init().output


def test_a_value_that_is_restricted_is_not_shown():
    put(IDS)
    assert "lines 60 and 61 are both [withheld]" in init("--restricted", "id").output


def test_rows_of_a_workbook_are_named_by_number():
    workbook("t.xlsx", s=[["id", "city"], *([number, "a"] for number in IDS)])
    (remark,) = validate("t.xlsx").remarks
    assert remark.endswith("59 of 60 values are distinct; rows 60 and 61 are both 59")


def test_an_id_that_repeats_beyond_the_sample_is_said():
    put([*range(1, 1400), 1399])
    assert remarks() == [
        "t.id: 1,399 of 1,400 values are distinct; lines 1,400 and 1,401 are both 1399"
    ]


def test_too_many_rows_are_not_held(monkeypatch):
    monkeypatch.setattr("validate._src.describe.repeated.MOST_ROWS", 59)
    put(IDS)
    assert remarks() == []
