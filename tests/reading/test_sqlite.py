"""Tables of SQLite databases."""

import datetime as dt
import random
import sqlite3
from collections import Counter
from contextlib import closing

import pytest
from support.made import one_table, places

from validate import load, validate
from validate._src.reading import sqlite
from validate._src.reading._apart import Worker

FIELDS = [{"name": "id", "type": "integer"}, {"name": "boat", "type": "string"}]
BOATS = "CREATE TABLE boats (id INTEGER, boat TEXT)"


@pytest.fixture
def database(tmp_path):
    """Writes a database by some statements; gives the folder of its package."""

    def write(*statements, fields=FIELDS, **properties):
        folder, file = one_table(tmp_path, "t.sqlite", fields, **properties)
        file.unlink(missing_ok=True)
        with closing(sqlite3.connect(file)) as connection, connection:
            for statement in statements:
                connection.execute(statement)
        return folder

    return write


def test_rows_are_checked(database):
    folder = database(
        BOATS, "INSERT INTO boats VALUES (1, 'Tern'), ('x', NULL), (3, 5.5), (NULL, NULL)"
    )
    assert places(validate(folder)) == [(3, "id", "type-error"), (5, None, "blank-row")]
    assert not (folder / "t.sqlite-journal").exists()


def test_a_header_is_no_row_whatever_the_dialect_says(database):
    folder = database(BOATS, "INSERT INTO boats VALUES (1, 'Tern')", dialect={"header": False})
    assert load(folder)["t"].rows() == [(1, "Tern")]


def test_columns_are_what_they_are_declared_as(database):
    kinds = ("boolean", "date", "datetime", "time", "number", "string")
    fields = [{"name": kind, "type": kind} for kind in kinds]
    fields[-1]["format"] = "binary"
    folder = database(
        "CREATE TABLE boats (boolean BOOLEAN, date DATE, datetime DATETIME, time TIME, "
        "number DECIMAL(5, 2), string BLOB)",
        "INSERT INTO boats VALUES (1, '2024-05-06', '2024-05-06 07:08:09.5', '07:08:09', 1.5, "
        "x'00ff')",
        fields=fields,
    )
    assert places(validate(folder)) == []
    assert load(folder)["t"].rows() == [
        (
            True,
            dt.date(2024, 5, 6),
            dt.datetime(2024, 5, 6, 7, 8, 9, 500_000),
            dt.time(7, 8, 9),
            1.5,
            "AP8=",
        )
    ]


def test_what_is_not_of_the_declared_type_stays_what_it_is(database):
    fields = [{"name": kind, "type": kind} for kind in ("boolean", "date", "datetime")]
    folder = database(
        "CREATE TABLE boats (boolean BOOL, date DATE, datetime TIMESTAMP)",
        "INSERT INTO boats VALUES (2, '2024-02-30', '2024-02-30 00:00:00')",
        fields=fields,
    )
    assert [(field, code) for _, field, code in places(validate(folder))] == [
        ("boolean", "type-error"),
        ("date", "type-error"),
        ("datetime", "type-error"),
    ]


def test_the_dialect_says_which_table(database):
    more = "CREATE TABLE crew (id INTEGER, boat TEXT)"
    folder = database(BOATS, more, "INSERT INTO crew VALUES (1, 'x')", dialect={"table": "crew"})
    assert load(folder)["t"].height == 1
    (found,) = validate(database(BOATS, more)).findings
    assert "must say which table; its tables are: boats, crew" in found.message
    (found,) = validate(database(BOATS, dialect={"table": "crew"})).findings
    assert 'there is no table "crew"; its tables are: boats' in found.message


def test_names_are_no_statements(database):
    name = 'a"; DROP TABLE boats; --'
    quoted = name.replace('"', '""')
    folder = database(f'CREATE TABLE "{quoted}" (id INTEGER, boat TEXT)', dialect={"table": name})
    assert places(validate(folder)) == []


def test_a_table_without_rows_has_its_columns(database):
    folder = database("CREATE TABLE boats (id INTEGER, ship TEXT)")
    assert places(validate(folder)) == [(1, "boat", "incorrect-label")]


def test_a_view_without_end_is_refused(database, monkeypatch):
    monkeypatch.setattr(sqlite, "MOST_STEPS", 3)
    folder = database(
        "CREATE VIEW boats AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) "
        "SELECT id, '' AS boat FROM n WHERE id < 0"
    )
    (found,) = validate(folder).findings
    assert found.message == "cannot be read as a SQLite database: interrupted"


@pytest.mark.parametrize(
    "content", [b"", b"x" * 5000, b"SQLite format 3\0" + b"\xff" * 5000, b"SQLite format 3\0"]
)
def test_what_is_no_database_is_a_finding(tmp_path, content):
    folder, file = one_table(tmp_path, "t.sqlite", FIELDS)
    file.write_bytes(content)
    found = validate(folder, unfolded=True).findings
    assert [one.code for one in found if one.code != "misread-file"] == ["source-error"]


def test_an_absent_database_is_a_finding_and_is_not_made(tmp_path):
    folder, file = one_table(tmp_path, "t.sqlite", FIELDS)
    (found,) = validate(folder).findings
    assert found.code == "source-error"
    assert not file.exists()


def test_a_text_that_is_not_utf_8_is_no_value(database):
    folder = database(
        BOATS, "INSERT INTO boats VALUES (1, 'Tern'), ('x', 'Gull'), (3, CAST(x'e967' AS TEXT))"
    )
    report = validate(folder)
    assert places(report) == [(None, None, "source-error"), (3, "id", "type-error")]
    assert next(iter(report.findings)).message == "row 4 holds a text that is not UTF-8"
    assert not report.valid


def test_a_damaged_database_has_an_outcome(database):
    folder = database(
        BOATS, *(f"INSERT INTO boats VALUES ({at}, 'boat {at}')" for at in range(300))
    )
    (file,) = folder.glob("*.sqlite")
    whole = file.read_bytes()
    said = Counter()
    for number in range(40):
        draw = random.Random(number)
        made = bytearray(whole)
        if number % 2:
            del made[draw.randrange(len(made)) :]
        for _ in range(draw.choice([1, 20, 200])):
            made[draw.randrange(len(made))] = draw.randrange(256)
        file.write_bytes(made)
        said.update({one.code for one in validate(folder, unfolded=True).findings})
    assert said["source-error"] > 20
    file.write_bytes(whole)
    assert validate(folder).valid


def test_a_library_that_ends_its_process_is_a_finding(database, monkeypatch):
    folder = database(BOATS, "INSERT INTO boats VALUES (1, 'Tern')")
    ask = Worker.ask

    def ask_one_that_ends(worker, *question, **more):
        if question[0] == "next records":
            worker.process.kill()
        return ask(worker, *question, **more)

    monkeypatch.setattr(Worker, "ask", ask_one_that_ends)
    (found,) = validate(folder).findings
    assert found.code == "source-error"
    assert "the library that reads it fails" in found.message


def test_rows_are_read_some_at_a_time(database, monkeypatch):
    monkeypatch.setattr(sqlite, "ROWS", 2)
    folder = database(BOATS, *(f"INSERT INTO boats VALUES ({at}, 'b')" for at in range(5)))
    assert load(folder)["t"]["id"].to_list() == [*range(5)]


@pytest.mark.parametrize("name", ["wrong", "end"])
def test_a_table_may_have_any_name(database, name):
    folder = database(f'CREATE TABLE "{name}" (id INTEGER, boat TEXT)')
    assert validate(folder).valid
    assert validate(folder / "t.sqlite").valid
