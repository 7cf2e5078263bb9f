"""How differences are shown."""

import csv
import io
import json
import re

import jsonschema
import pytest
from support.places import ROOT
from support.versions import BOATS, ROWS, changed, field_changed, write

from validate._src.compare.compare import compare
from validate._src.compare.formats import FORMATS, renderer
from validate._src.compare.formats.shown import Shown

SCHEMA = json.loads((ROOT / "validate/_src/compare/formats/json.schema.json").read_text("utf-8"))
NEW_ROWS = ["b1,9,red", "b2,5,black", "b4,1,white"]


@pytest.fixture
def difference(tmp_path):
    """What differs between two packages in all ways."""
    before = changed(lambda one: one.update(name="ships", path="ships.csv"))
    (write(tmp_path / "old", ROWS, BOATS, before) / "ships.csv").write_text("id\n", "utf-8")
    new = field_changed("colour", constraints={"required": True})
    write(tmp_path / "new", NEW_ROWS, new, {**before, "path": "absent.csv"}, version="2.0.0")
    return compare(tmp_path / "old", tmp_path / "new")


def shown(difference, format_name, **view):
    return "".join(renderer(format_name)(difference, Shown(**view)))


def test_json_is_as_its_schema_says(difference):
    found = json.loads(shown(difference, "json"))
    jsonschema.validate(found, SCHEMA)
    assert (found["same"], found["version"]["version"]) == (False, "2.0.0")
    (table,) = found["tables"]
    assert table["rows"] == {
        "old": 3,
        "new": 3,
        "same": 0,
        "added": 1,
        "removed": 1,
        "changed": 2,
    }
    where = {"path": "boats.csv", "row": 3, "line": 3}
    assert table["changed"][1] == {
        "key": ["b2"],
        "old": where,
        "new": where,
        "values": {"id": "b2", "length": "5", "colour": "black"},
        "cells": [{"field": "colour", "old": "blue", "new": "black"}],
    }
    assert [row["key"] for row in table["added"] + table["removed"]] == [["b4"], ["b3"]]
    assert found["not_compared"] == [{"what": "ships", "why": "new: absent.csv: no such file"}]


def test_the_schema_refuses_what_is_not_in_it(difference):
    found = json.loads(shown(difference, "json"))
    found["tables"][0]["changed"][0]["cells"] = []
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(found, SCHEMA)


def test_a_limit_leaves_out_rows_and_no_count(difference):
    (table,) = json.loads(shown(difference, "json", limit=1))["tables"]
    assert len(table["changed"]) == 1
    assert table["rows"]["changed"] == 2
    assert shown(difference, "csv", limit=0).count("\n") == 1


def test_text_marks_what_has_changed_in_its_row(difference):
    assert shown(difference, "text").splitlines() == [
        "descriptor",
        "  major  boats.colour: constraint required added: true",
        "",
        "boats: 3 → 3 rows: 1 added, 1 removed, 2 changed (2 cells)",
        "  changed (2)",
        "    boats.csv:2  b1",
        "      b1,9,red",
        "         ^",
        '      length: "4.5" → "9"',
        "    boats.csv:3  b2",
        "      b2,5,black",
        "           ^^^^^",
        '      colour: "blue" → "black"',
        "  added (1)",
        "    boats.csv:4  b4",
        "      b4,1,white",
        "  removed (1)",
        "    boats.csv:4  b3",
        "      b3,,green",
        "",
        *shown(difference, "text").splitlines()[20:],
    ]


def test_text_ends_with_what_all_comes_to(difference):
    end = shown(difference, "text", width=400).splitlines()[20:]
    assert re.sub(r" \(/[^)]*\)", "", end[0]) == (
        "made 1.0.0 → made 2.0.0: 1 change of the descriptor, 1 row added, 1 row removed, "
        "2 rows changed"
    )
    assert end[1:] == [
        "not compared: ships: new: absent.csv: no such file",
        "version: major change: at least 2.0.0, which it has",
        "  by boats.colour: constraint required added",
    ]


def test_text_shows_one_more_rather_than_say_that_there_is_one_more(difference):
    assert "more;" not in shown(difference, "text", limit=1)
    assert "2 more; --limit shows more, --format json all" in shown(difference, "text", limit=0)


def test_colours_are_there_only_where_they_are_wanted(difference):
    assert "\x1b[33m" in shown(difference, "text", colour=True)
    assert "\x1b" not in shown(difference, "text")


def test_markdown_is_for_a_changelog(difference):
    page = shown(difference, "markdown").partition("\n")[2]
    assert page == (
        "\nVersion: major change: at least 2.0.0, which it has.\n"
        "\n### Added rows\n\n- `boats`: 1 row: `b4`\n"
        "\n### Removed rows\n\n- `boats`: 1 row: `b3`\n"
        "\n### Changed rows\n\n- `boats`: 2 rows, 2 cells\n"
        "  - `length` (1): `b1`\n  - `colour` (1): `b2`\n"
        "\n### Schema\n\n- boats.colour: constraint required added: true (major)\n"
        "\n### Not compared\n\n- ships: new: absent.csv: no such file\n"
    )


def test_markdown_lists_as_many_keys_as_the_limit_allows(difference):
    page = shown(difference, "markdown", limit=0)
    assert "  - `length` (1): and 1 more\n" in page


def test_csv_has_a_line_for_each_cell_that_has_changed(difference):
    rows = [*csv.DictReader(io.StringIO(shown(difference, "csv")))]
    told = [(row["change"], row["key"], row["field"], row["old"], row["new"]) for row in rows]
    assert told == [
        ("changed", "b1", "length", "4.5", "9"),
        ("changed", "b2", "colour", "blue", "black"),
        ("added", "b4", "", "", ""),
        ("removed", "b3", "", "", ""),
    ]


def test_html_loads_nothing_and_shows_old_and_new(difference):
    page = shown(difference, "html")
    assert "<del><bdi>blue</bdi></del> <mark><ins><bdi>black</bdi></ins></mark>" in page
    assert "default-src 'none'" in page
    assert not re.search(r"(src|href)=", page)


HOSTILE = "<b>&`|[x](y)\x1b[31m\u202e"


@pytest.mark.parametrize("format_name", FORMATS)
def test_nothing_in_the_data_harms_whoever_reads(tmp_path, format_name):
    write(tmp_path / "old", [f"b1,1,{HOSTILE}"])
    write(tmp_path / "new", [f"{HOSTILE},1,=cmd()"])
    text = shown(compare(tmp_path / "old", tmp_path / "new"), format_name)
    assert "\x1b" not in text
    assert "\u202e" not in text
    if format_name == "html":
        assert "<b>" not in text
    if format_name == "csv":
        assert ",=cmd" not in text


@pytest.mark.parametrize("format_name", FORMATS)
def test_packages_that_are_the_same_are_said_to_be(tmp_path, format_name):
    write(tmp_path / "old", ROWS)
    found = compare(write(tmp_path / "new", ROWS), tmp_path / "old")
    text = shown(found, format_name)
    if format_name == "json":
        assert json.loads(text)["same"] is True
    elif format_name == "csv":
        assert text.count("\n") == 1
    else:
        assert "nothing" in text
