"""A place in a descriptor is on the line where its value begins, in JSON and in YAML."""

import json

import pytest

from validate._src.words.place import Place, lines_of

JSON = """{
  "name": "lakes",
  "resources": [
    {"name": "docks",
     "schema": {"fields": [{"name": "a"},
       {"name": "b"}]}}
  ]
}
"""
YAML = """# docks of lakes
name: lakes
resources:
  - name: docks
    schema:
      fields: [{name: a},
        {name: b}]
  - &other
    name: piers
    "odd key": x
  - *other
"""
ABSENT = "licenses"


@pytest.mark.parametrize(
    ("text", "suffix", "steps", "line"),
    [
        (JSON, ".json", (), 1),
        (JSON, ".json", ("name",), 2),
        (JSON, ".json", ("resources", 0, "schema", "fields", 1), 6),
        (JSON, ".json", ("resources", 0, ABSENT), 4),
        (YAML, ".yaml", (), 1),
        (YAML, ".yaml", ("name",), 2),
        (YAML, ".YML", ("resources", 0, "schema"), 5),
        (YAML, ".yaml", ("resources", 0, "schema", "fields", 1, "name"), 7),
        (YAML, ".yaml", ("resources", 0, ABSENT, 0), 4),
        (YAML, ".yaml", ("resources", 1, "odd key"), 10),
        (YAML, ".yaml", ("resources", 2, ABSENT), 8),
        ("a: [", ".yaml", (), 1),
        ("", ".yaml", (), 1),
    ],
)
def test_lines(tmp_path, text, suffix, steps, line):
    file = tmp_path / f"d{suffix}"
    file.write_text(text, encoding="utf-8-sig")
    place = Place(file.name, file).at(*steps)
    assert lines_of([place]) == {place: line}


def test_every_place_of_a_file_in_one_walk(tmp_path):
    file = tmp_path / "d.json"
    file.write_text(json.dumps({"a": [1, 2], "b": {"c": 3}}, indent=1), encoding="utf-8")
    top = Place(file.name, file)
    places = [top.at("b", "c"), top.at("a", 1), top.at("a", 0)]
    assert list(lines_of(places).values()) == [7, 4, 3]


def test_no_line_without_a_file():
    assert lines_of([Place("d.json")]) == {}
