"""Suggestions: constraints and keys that all rows hold to, written by `--strict` alone."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from validate import validate
from validate._src.cli.main import main
from validate._src.describe.facts import facts_of
from validate._src.package.descriptor import load_package

DESCRIPTOR = Path("datapackage.json")
BOATS = "id,harbour,kind,depth,day,note\n" + "".join(
    f"{number},{harbour},{kind},{depth},{day},{note}\n"
    for number, harbour, kind, depth, day, note in [
        (1, "a", "x", "3.5", "01.01.2024", ""),
        (2, "b", "y", "4", "31.01.2024", "p"),
        (3, "a", "x", "10", "02.02.2024", "q"),
        (4, "b", "x", "7", "03.01.2024", ""),
        (5, "a", "x", "7.25", "03.01.2023", "r"),
        (6, "a", "y", "7", "03.01.2024", ""),
    ]
)
HARBOURS = "code,name\na,Ah\nb,Bee\nc,Cee\n"
SAID = """\
suggestions, which --strict writes:
  boats.id: a candidate key; required; from 1 to 6
  boats.harbour: required; one of "a", "b"; a foreign key, all values are in harbours.code
  boats.kind: required; one of "x", "y"
  boats.depth: required; from 3.5 to 10
  boats.day: required; from 03.01.2023 to 02.02.2024
  harbours.code: a candidate key; required
  harbours.name: unique; required
"""


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The working folder, with two tables of which one refers to the other."""
    monkeypatch.chdir(tmp_path)
    Path("boats.csv").write_text(BOATS, "utf-8")
    Path("harbours.csv").write_text(HARBOURS, "utf-8")


def init(*arguments):
    return CliRunner().invoke(main, ["init", *arguments])


def schemas():
    resources = json.loads(DESCRIPTOR.read_text("utf-8"))["resources"]
    return {resource["name"]: resource["schema"] for resource in resources}


def put(name, *rows):
    Path(name).write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return name


def test_they_are_said_and_not_written():
    result = init("boats.csv", "harbours.csv")
    assert SAID in result.output
    assert not any({*schema} - {"fields"} for schema in schemas().values())
    assert not any("constraints" in field for field in schemas()["boats"]["fields"])
    put("boats.csv", *BOATS.splitlines(), "6,z,w,99,05.05.2025,")
    assert validate().valid


def test_strict_writes_them_and_run_finds_nothing():
    result = init("boats.csv", "harbours.csv", "--strict")
    assert (
        SAID.replace("suggestions, which --strict writes", "constraints written") in result.output
    )
    assert result.exit_code == 0
    boats, harbours = schemas().values()
    constraints = {field["name"]: field.get("constraints") for field in boats["fields"]}
    assert constraints == {
        "id": {"required": True, "minimum": 1, "maximum": 6},
        "harbour": {"required": True, "enum": ["a", "b"]},
        "kind": {"required": True, "enum": ["x", "y"]},
        "depth": {"required": True, "minimum": 3.5, "maximum": 10.0},
        "day": {"required": True, "minimum": "03.01.2023", "maximum": "02.02.2024"},
        "note": None,
    }
    assert (boats["primaryKey"], harbours["primaryKey"]) == (["id"], ["code"])
    assert boats["foreignKeys"] == [
        {"fields": ["harbour"], "reference": {"resource": "harbours", "fields": ["code"]}}
    ]
    assert not [*validate().findings]


def test_what_strict_wrote_refuses_other_rows():
    init("boats.csv", "harbours.csv", "--strict")
    put("boats.csv", *BOATS.splitlines(), "6,z,w,99,05.05.2025,")
    codes = {finding.code for finding in validate().findings}
    assert codes == {"primary-key", "foreign-key", "constraint-error"}


@pytest.mark.parametrize("number", ["-9999", "-999", "-99"])
def test_a_sentinel_is_only_suggested(number):
    result = init(put("t.csv", "x,y", "0.5,a", f"{number},b", "3,c", f"{number},d"), "--strict")
    said = (
        f"  t.x: required; {number} in 2 cells, all others from 0.5 to 3; if it means that there "
        'is no value, add it to "missingValues"\n'
    )
    assert said in result.output
    assert schemas()["t"]["fields"][0] == {
        "name": "x",
        "type": "number",
        "constraints": {"required": True},
    }


def test_numbers_below_zero_are_no_sentinels_among_their_like():
    result = init(put("t.csv", "x,y", "-50,a", "-99,b", "3,c"))
    assert "missingValues" not in result.output


def test_small_numbers_refer_to_no_key_by_chance():
    put("kinds.csv", "id,name", "1,p", "2,q", "3,r")
    put("t.csv", "n,kind_id,stars", "a,1,1", "b,2,2", "c,2,3", "d,3,3")
    result = init("t.csv", "kinds.csv")
    assert "t.kind_id: required; from 1 to 3; a foreign key, all values are in kinds.id" in (
        result.output
    )
    assert result.output.count("foreign key") == 1


@pytest.mark.parametrize(
    "rows",
    [("x", "1"), ("x", "1", "2"), ("x,y", "1,", "2,3,4", "3")],
    ids=["one row", "two rows", "broken rows"],
)
def test_few_rows_suggest_nothing_and_broken_ones_no_end(rows):
    result = init(put("t.csv", *rows), "--strict")
    assert result.exit_code in (0, 1)
    assert ("constraints written" in result.output) == (len(rows) > 3)


def test_what_has_no_finite_value_has_no_range():
    init(put("t.csv", "x,y", "INF,a", "-INF,b", "INF,c"), "--strict")
    assert validate().valid
    assert schemas()["t"]["fields"][0]["constraints"] == {"required": True}


def test_facts_of_several_batches_are_those_of_all_rows():
    rows = [f"{number},{number % 7}" for number in range(300_000)]
    init(put("t.csv", "n,m", *rows))
    facts = facts_of(load_package(Path()).tables["t"])
    n, m = facts.columns["n"], facts.columns["m"]
    assert (facts.rows, n.least, n.greatest) == (300_000, (0, "0"), (299_999, "299999"))
    assert (len(n.distinct), len(m.distinct), m.texts) == (300_000, 7, frozenset("0123456"))
