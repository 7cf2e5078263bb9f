"""What a person says of a table that no descriptor describes."""

import json
import sqlite3
from contextlib import closing

import pytest
import xlsxwriter
from support.command import run
from support.made import one_table

from validate import PackageError, validate

GERMAN = "Teich;Tiefe\nBrühl;1.234,5\nKlar;2.000,5\n"
MARKS = {"decimalChar": ",", "groupChar": "."}
SCHEMA = {"fields": [{"name": "Teich"}, {"name": "Tiefe", "type": "number", **MARKS}]}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working folder, with tables."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "de.csv").write_text(GERMAN, "cp1252")
    (tmp_path / "schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    (tmp_path / "points.csv").write_text("n\n1.234\n2.345\n", "utf-8")
    (tmp_path / "titled.csv").write_text("a,b\nc,d\nid,n\n1,2\n3,4\n", "utf-8")
    (tmp_path / "bare.csv").write_text("1,2\n3,4\n", "utf-8")
    (tmp_path / "quoted.csv").write_text("a;b\n'1;2';3\n'4;5';6\n", "utf-8")
    (tmp_path / "log.dat").write_text("a:b\n1:2\n", "utf-8")
    (tmp_path / "p").mkdir()
    one_table(tmp_path / "p", "t.csv", SCHEMA["fields"])
    rows = [{"id": 1, "n": "x"}, {"id": 2, "n": "y"}]
    for name, made in (("rows", {"count": 2, "rows": rows}), ("deep", {"data": {"rows": rows}})):
        (tmp_path / f"{name}.json").write_text(json.dumps(made), "utf-8")
    with closing(sqlite3.connect(tmp_path / "two.db")) as database:
        database.executescript(
            "CREATE TABLE people (id INTEGER, n TEXT); INSERT INTO people VALUES (1, 'x');"
            "CREATE TABLE towns (id INTEGER, n INTEGER); INSERT INTO towns VALUES (1, 2), (2, 3);"
        )
    with xlsxwriter.Workbook(tmp_path / "two.xlsx") as book:
        for name in ("People", "2025"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["id", name])
            sheet.write_row(1, 0, [1, "x"])
    return tmp_path


def described(*arguments):
    """The resources that `init` writes."""
    result = run("init", *arguments, "--output", "-")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["resources"]


def types(resource):
    return {one["name"]: one["type"] for one in resource["schema"]["fields"]}


def number_field(resource):
    (found,) = (one for one in resource["schema"]["fields"] if one["type"] == "number")
    return found


def test_a_delimiter_that_is_given_is_not_guessed(folder):
    (resource,) = described("titled.csv", "--delimiter", "tab")
    assert resource["dialect"]["delimiter"] == "\t"
    assert [*types(resource)] == ["a,b"]


def test_a_file_is_a_table_if_something_is_given_of_it(folder):
    report = validate("log.dat", given={"delimiter": ":"})
    assert (report.valid, {("cells", 2)} <= {(one.what, one.count) for one in report.checked}) == (
        True,
        True,
    )
    assert run("run", "log.dat", "--delimiter", ":").exit_code == 0


def test_an_encoding_that_is_given_is_no_warning(folder):
    assert {found.code for found in validate("de.csv")} == {"encoding-error"}
    assert list(validate("de.csv", given={"encoding": "cp1252"})) == []
    (resource,) = described("de.csv", "--encoding", "latin-1")
    assert resource["encoding"] == "latin-1"


def test_a_wrong_encoding_is_a_finding(folder):
    (found,) = validate("de.csv", given={"encoding": "ascii"})
    assert (found.code, found.severity) == ("encoding-error", "error")


@pytest.mark.parametrize(
    ("options", "marks"),
    [
        ((), {}),
        (("--decimal", "."), {}),
        (("--decimal", ","), MARKS),
        (("--group", "."), MARKS),
        (("--decimal", ",", "--group", "."), MARKS),
    ],
)
def test_marks_that_are_given_are_believed(folder, options, marks):
    (resource,) = described("points.csv", *options)
    assert number_field(resource) == {"name": "n", "type": "number", **marks}


def test_numbers_by_other_marks_than_are_given_are_texts(folder):
    (resource,) = described("de.csv", "--encoding", "cp1252", "--decimal", ".")
    assert types(resource) == {"Teich": "string", "Tiefe": "string"}


def test_marks_without_doubt_are_what_one_has_to_give(folder):
    (folder / "n.csv").write_text("n\n1,234\n2,345\n", "utf-8")
    assert types(described("n.csv", "--delimiter", ";")[0]) == {"n": "string"}
    for option, mark, name in (("--decimal", ",", "decimalChar"), ("--group", ",", "groupChar")):
        (resource,) = described("n.csv", "--delimiter", ";", option, mark)
        assert number_field(resource)[name] == ","


def test_a_header_row_that_is_given_is_believed(folder):
    (resource,) = described("titled.csv", "--header-row", "3")
    assert resource["dialect"] == {"headerRows": [3]}
    assert types(resource) == {"id": "integer", "n": "integer"}


@pytest.mark.parametrize("name", ["bare.csv", "two.xlsx"])
def test_a_table_without_header_gets_names_by_number(folder, name):
    for resource in described(name, "--no-header"):
        assert resource["dialect"]["header"] is False
        assert [*types(resource)] == ["field1", "field2"]
    assert validate(name, given={"header": False}).valid


def test_a_quote_that_is_given_is_believed(folder):
    (resource,) = described("quoted.csv", "--delimiter", ";", "--quote", "'")
    assert types(resource) == {"a": "string", "b": "integer"}


@pytest.mark.parametrize(("asked", "name"), [("2025", "two-2025"), ("1", "two-people")])
def test_a_sheet_is_asked_for_by_name_or_number(folder, asked, name):
    assert [one["name"] for one in described("two.xlsx", "--sheet", asked)] == [name]
    report = validate("two.xlsx", given={"sheetName": [asked]})
    assert ("tables", 1) in {(one.what, one.count) for one in report.checked}
    assert "not selected" in {one.why for one in report.not_checked}


def test_several_sheets_are_asked_for(folder):
    assert len(described("two.xlsx", "--sheet", "2025", "--sheet", "People")) == 2


def test_beside_a_schema_a_dialect_is_given(folder):
    given = ("--delimiter", ";", "--encoding", "cp1252")
    result = run("run", "de.csv", "--schema", "schema.json", *given)
    assert result.exit_code == 0
    assert "checked: rows 2, cells 4, " in result.output
    assert run("run", "de.csv", "--schema", "schema.json").exit_code == 1


def test_beside_a_schema_a_sheet_is_given(folder):
    schema = {"fields": [{"name": "id", "type": "integer"}, {"name": "2025", "type": "string"}]}
    assert validate("two.xlsx", schema=schema, given={"sheetName": ["2025"]}).valid
    assert not validate("two.xlsx", schema=schema).valid
    with pytest.raises(PackageError, match="--sheet: a schema is of one sheet"):
        validate("two.xlsx", schema=schema, given={"sheetName": ["1", "2"]})


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("p", "--delimiter", ";"), 'say "delimiter": ";" in the dialect of the resource'),
        (
            ("p/datapackage.json", "--decimal", ",", "--encoding", "cp1252"),
            "--encoding and --decimal are for what no file declares; in the descriptor "
            'p/datapackage.json, say "encoding": "cp1252" in the resource, and say '
            '"decimalChar": "," in the fields of the schema',
        ),
        (("p", "--no-header"), 'say "header": false in the dialect'),
        (("p", "--header-row", "2"), 'say "headerRows": [2] in the dialect'),
        (("p", "--sheet", "a"), 'say "sheetName": "a" in the dialect'),
        (
            ("de.csv", "--schema", "schema.json", "--decimal", ","),
            'in the schema, say "decimalChar": "," in the fields of the schema',
        ),
        (("two.xlsx", "--delimiter", ";"), "--delimiter has no meaning for files of format xlsx"),
        (("de.csv", "--sheet", "a"), "--sheet has no meaning for files of format csv"),
        (("de.csv", "--encoding", "undefined"), "no encoding 'undefined' is known"),
        (
            ("de.csv", "--schema", "schema.json", "--encoding", "undefined"),
            "no encoding 'undefined' is known",
        ),
        (("de.csv", "--encoding", "hex"), "no encoding 'hex' is known"),
        (("two.xlsx", "--sheet", "3"), 'no such sheet; there are "People", "2025"'),
        (
            ("two.xlsx", "--sheet", "1", "--sheet", "1"),
            '--sheet "1": the sheet "People" is given twice',
        ),
        (
            ("two.xlsx", "--sheet", "People", "--sheet", "2025", "--sheet", "1"),
            '--sheet "1": the sheet "People" is given twice',
        ),
        (
            ("two.xlsx", "--schema", "schema.json", "--sheet", "2025", "--sheet", "2025"),
            '--sheet "2025": the sheet "2025" is given twice',
        ),
        (("de.csv", "--delimiter", ";;"), "';;' is not one character"),
        (("de.csv", "--encoding", "x"), "no encoding 'x' is known"),
        (("de.csv", "--header-row", "1", "--no-header"), "contradict each other"),
        (("absent.csv", "--delimiter", ";"), "absent.csv: no such file"),
    ],
)
def test_what_cannot_be_given_is_said_in_one_line(folder, arguments, said):
    result = run("run", *arguments)
    assert result.exit_code == 2
    assert said in result.output


def test_what_is_given_from_python_has_names_of_the_standard():
    with pytest.raises(PackageError, match='"sep" is not known; known are delimiter, '):
        validate("t.csv", given={"sep": ";"})


def cells(report):
    return {part.what: part.count for part in report.checked}["cells"]


@pytest.mark.usefixtures("folder")
def test_a_table_of_a_database_is_asked_for_by_name():
    assert cells(validate("two.db")) == 6
    report = validate("two.db", given={"table": ["towns"]})
    assert (report.valid, cells(report)) == (True, 4)
    assert 'table "people" of two.db' in {part.what for part in report.not_checked}
    (resource,) = described("two.db", "--table", "towns")
    assert resource["dialect"] == {"table": "towns"}
    assert len(described("two.db", "--table", "towns", "--table", "people")) == 2


@pytest.mark.usefixtures("folder")
def test_beside_a_schema_a_table_is_given():
    schema = {"fields": [{"name": "id", "type": "integer"}, {"name": "n", "type": "integer"}]}
    assert cells(validate("two.db", schema=schema, given={"table": ["towns"]})) == 4
    with pytest.raises(PackageError, match="--table: a schema is of one table"):
        validate("two.db", schema=schema, given={"table": ["towns", "people"]})


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("name", "place"), [("rows", "rows"), ("deep", "data.rows")])
def test_the_place_of_rows_in_json_is_given(name, place):
    report = validate(f"{name}.json", given={"property": place})
    assert (list(report), cells(report)) == ([], 4)
    (resource,) = described(f"{name}.json", "--property", place)
    assert resource["dialect"] == {"property": place}
    assert types(resource) == {"id": "integer", "n": "string"}
    schema = {"fields": [{"name": "id", "type": "integer"}, {"name": "n", "type": "integer"}]}
    report = validate(f"{name}.json", schema=schema, given={"property": place})
    assert {(found.code, found.field) for found in report} == {("type-error", "n")}


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("two.db", "--table", "ponds"), 'no such table; there are "people", "towns"'),
        (("two.db", "--table", "1"), 'no such table; there are "people", "towns"'),
        (("two.db", "--table", "towns", "--table", "towns"), "is given twice"),
        (("two.xlsx", "--table", "2025"), "--table has no meaning for files of format xlsx"),
        (("two.db", "--property", "x"), "--property has no meaning for files of format sqlite"),
        (("p", "--table", "a"), 'say "table": "a" in the dialect'),
        (("p", "--property", "a"), 'say "property": "a" in the dialect'),
        (("rows.json",), 'rows at "rows", which are read as a table with --property "rows"'),
        (("deep.json",), 'as a table with --property "data.rows"'),
    ],
)
def test_what_names_no_table_is_said_in_one_line(arguments, said):
    result = run("run", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.usefixtures("folder")
def test_a_place_without_rows_is_a_finding():
    (found,) = validate("rows.json", given={"property": "data"})
    assert (found.code, 'one at "rows"' in found.message) == ("source-error", True)
