"""Keys that a SQLite database declares: suggested, and written by `--strict`."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from validate import validate
from validate._src.cli.main import main

DESCRIPTOR = Path("datapackage.json")
BOATS = [
    "CREATE TABLE harbour (code TEXT PRIMARY KEY, name TEXT)",
    "CREATE TABLE boat (nr INTEGER, name TEXT, home TEXT REFERENCES Harbour, "
    "berth INTEGER, PRIMARY KEY (home, Nr))",
    "CREATE TABLE trip (id INTEGER PRIMARY KEY, home TEXT, boat INTEGER, "
    "FOREIGN KEY (home, boat) REFERENCES boat (home, nr))",
    "INSERT INTO harbour VALUES ('a', 'Ah'), ('b', 'Bee'), ('c', 'Cee')",
    "INSERT INTO boat VALUES (1, 'Tern', 'a', 5), (2, 'Gull', 'a', 5), (1, 'Auk', 'b', 6)",
    "INSERT INTO trip VALUES (7, 'a', 1), (8, 'a', 2), (9, 'b', 1)",
]


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The working folder."""
    monkeypatch.chdir(tmp_path)


def init(statements, *options):
    with closing(sqlite3.connect("t.db")) as connection, connection:
        for statement in statements:
            connection.execute(statement)
    return CliRunner().invoke(main, ["init", "t.db", *options])


def keys():
    resources = json.loads(DESCRIPTOR.read_text("utf-8"))["resources"]
    return {
        one["name"]: {key: value for key, value in one["schema"].items() if key != "fields"}
        for one in resources
    }


def test_declared_keys_are_written_by_strict():
    result = init(BOATS, "--strict")
    assert "t-harbour.code: the primary key that the database declares; required" in result.output
    assert "t-boat.home: a foreign key to t-harbour.code, which the database declares" in (
        result.output
    )
    assert keys() == {
        "t-harbour": {"primaryKey": ["code"]},
        "t-boat": {
            "primaryKey": ["home", "nr"],
            "foreignKeys": [
                {"fields": ["home"], "reference": {"resource": "t-harbour", "fields": ["code"]}}
            ],
        },
        "t-trip": {
            "primaryKey": ["id"],
            "foreignKeys": [
                {
                    "fields": ["home", "boat"],
                    "reference": {"resource": "t-boat", "fields": ["home", "nr"]},
                },
                {"fields": ["home"], "reference": {"resource": "t-harbour", "fields": ["code"]}},
            ],
        },
    }
    assert not [*validate().findings]


def test_they_are_suggested_alone_by_default():
    result = init(BOATS)
    assert "t-trip.home + boat: a foreign key to t-boat.home + nr, which the database declares" in (
        result.output
    )
    assert not any(keys().values())


def test_a_row_that_breaks_a_declared_reference_is_found():
    result = init([*BOATS, "INSERT INTO boat VALUES (1, 'Skua', 'x', 7)"], "--strict")
    assert result.exit_code == 1
    (found,) = validate().findings
    assert (found.code, found.field, found.value) == ("foreign-key", "home", "x")


def test_other_candidate_keys_are_unique_beside_a_declared_one():
    init(BOATS, "--strict")
    resources = json.loads(DESCRIPTOR.read_text("utf-8"))["resources"]
    (harbour,) = (one for one in resources if one["name"] == "t-harbour")
    code, name = harbour["schema"]["fields"]
    assert "unique" not in code["constraints"]
    assert name["constraints"]["unique"] is True


def test_a_table_refers_to_itself_without_its_name():
    init(
        [
            "CREATE TABLE part (id INTEGER PRIMARY KEY, whole INTEGER REFERENCES part (id))",
            "INSERT INTO part VALUES (1, NULL), (2, 1), (3, 1)",
        ],
        "--strict",
    )
    (part,) = keys().values()
    assert part["foreignKeys"] == [{"fields": ["whole"], "reference": {"fields": ["id"]}}]
    assert validate().valid


def test_a_view_refers_to_nothing_and_nothing_to_it():
    result = init(
        [
            "CREATE TABLE boat (code TEXT, name TEXT)",
            "CREATE TABLE trip (boat TEXT, n REAL)",
            "CREATE VIEW shown AS SELECT * FROM boat",
            "INSERT INTO boat VALUES ('a', 'Tern'), ('b', 'Gull'), ('c', 'Auk')",
            "INSERT INTO trip VALUES ('a', 1.5), ('b', 1.5), ('a', 2.5)",
        ],
        "--strict",
    )
    assert result.output.count("foreign key") == 1
    assert {name for name, one in keys().items() if "foreignKeys" in one} == {"t-trip"}
    (key,) = keys()["t-trip"]["foreignKeys"]
    assert key["reference"] == {"resource": "t-boat", "fields": ["code"]}


def test_a_reference_to_a_table_that_is_not_there_is_left_out():
    init(
        [
            "CREATE TABLE boat (nr INTEGER REFERENCES gone (id), n REAL REFERENCES bare)",
            "CREATE TABLE bare (n REAL)",
            "INSERT INTO boat VALUES (1, 1.5), (1, 2.5), (2, 2.5)",
        ],
        "--strict",
    )
    assert not any("foreignKeys" in one for one in keys().values())
    assert validate().valid


MORE = "INSERT INTO boat VALUES " + ", ".join(f"({nr}, 'Tern', 'b', 5)" for nr in range(2, 9))


@pytest.mark.parametrize("options", [(), ("--restricted", "code")])
def test_no_value_is_written_of_what_refers_to_a_restricted_field(options):
    result = init([*BOATS, MORE], "--strict", *options)
    assert "a foreign key to t-harbour.code" in result.output
    assert ('one of "a", "b"' in result.output) is (not options)
