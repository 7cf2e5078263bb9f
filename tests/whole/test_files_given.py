"""Folders and patterns of files as the command line takes them."""

import json
import sqlite3
from contextlib import closing
from zipfile import ZipFile

import polars as pl
import pytest
from support.command import run
from support.made import PROFILE

from validate import PackageError, validate

SCHEMA = {
    "fields": [
        {"name": "year", "type": "integer"},
        {"name": "id", "type": "integer"},
        {"name": "name", "type": "string"},
    ],
    "primaryKey": ["year", "id"],
}


@pytest.fixture
def here(tmp_path, monkeypatch):
    """The working folder: `claims`, with years in paths, and the schema of their table."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "s.json").write_text(json.dumps(SCHEMA), "utf-8")
    for year, text in ((2023, "id,name\n1,a\n"), (2024, "id,name\n1,b\nx,c\n")):
        folder = tmp_path / "claims" / f"year={year}"
        folder.mkdir(parents=True)
        (folder / "part-0.csv").write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "given", ["claims", "claims/", "claims/*/*.csv", "claims/year=*/part-?.csv"]
)
def test_a_table_with_a_schema(here, given):
    result = run("run", given, "--schema", "s.json", "--format", "json")
    assert result.exit_code == 1
    (package,) = json.loads(result.stdout)["packages"]
    (fault,) = package["findings"]
    assert (fault["resource"], fault["path"]) == ("claims", "year=2024/part-0.csv")
    assert (fault["row"], fault["line"], fault["field"]) == (5, 3, "id")


def test_a_report_for_other_programs_has_the_path_from_here(here):
    result = run("run", "claims", "--schema", "s.json", "--format", "github")
    assert "file=claims/year=2024/part-0.csv,line=3" in result.stdout


def test_several_arguments_are_several_tables(here):
    files = [f"claims/year={year}/part-0.csv" for year in (2023, 2024)]
    schema = {"fields": SCHEMA["fields"][1:]}
    (here / "s.json").write_text(json.dumps(schema), "utf-8")
    result = run("run", *files, "--schema", "s.json", "--format", "json")
    assert len(json.loads(result.stdout)["packages"]) == 2


def test_nothing_declared(here):
    result = run("run", "claims/year=*/*.csv", "--format", "json")
    assert result.exit_code == 0
    (package,) = json.loads(result.stdout)["packages"]
    assert package["location"] == "claims/year=*/*.csv"
    assert [one["code"] for one in package["findings"]] == []


def test_a_guess_names_the_file_that_a_cell_is_in(here):
    lines = "".join(f"{number},n\n" for number in range(40))
    (here / "claims" / "year=2023" / "part-0.csv").write_text(f"id,name\n{lines}", "utf-8")
    report = validate("claims/*/*.csv")
    (fault,) = report
    assert (fault.path, fault.line, fault.value) == ("year=2024/part-0.csv", 3, "x")
    assert 'line 3 of year=2024/part-0.csv is "x"' in fault.message


def test_ids_that_repeat_are_told_by_their_rows(here):
    for year, numbers in ((2023, range(40)), (2024, range(39, 80))):
        lines = "".join(f"{number},n\n" for number in numbers)
        (here / "claims" / f"year={year}" / "part-0.csv").write_text(f"id,name\n{lines}", "utf-8")
    (said,) = [one for one in validate("claims/*/*.csv").remarks if "distinct" in one]
    assert said.endswith("80 of 81 values are distinct; rows 41 and 43 are both 39")


def test_what_is_set_aside_is_said(here):
    (here / "claims" / "_SUCCESS").touch()
    (here / "claims" / "notes.md").touch()
    result = run("run", "claims", "--schema", "s.json")
    assert "not checked: _SUCCESS, notes.md among the files of claims" in " ".join(
        result.stdout.split()
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x-*.csv"], "validate: x-*.csv: no file matches; there is claims/, s.json\n"),
        (["claims/*.csv", "--schema", "s.json"], "there is year=2023/, year=2024/\n"),
        (["absent", "--schema", "s.json"], "absent: no such file; a table from a pipe is"),
    ],
)
def test_no_match(here, arguments, said):
    result = run("run", *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_folder_that_is_a_package_beside_a_schema(here):
    (here / "claims" / "datapackage.json").write_text("{}", "utf-8")
    result = run("run", "claims", "--schema", "s.json")
    assert result.exit_code == 2
    assert "claims: a package, which has its schemas in datapackage.json" in result.stderr


def test_descriptors_are_no_table(here):
    (here / "claims" / "datapackage.json").write_text("{}", "utf-8")
    result = run("run", "claims/*.json")
    assert result.exit_code == 2
    assert "claims/*.json: datapackage.json is the descriptor of a package" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_folder_without_a_descriptor_and_without_a_schema(here):
    result = run("run", "claims")
    assert result.exit_code == 2
    assert "if it is one table of many files, give its --schema" in result.stderr


def test_what_is_given_holds_for_all_files(here):
    for file in (here / "claims").rglob("*.csv"):
        file.write_text(file.read_text("utf-8").replace(",", ";"), "utf-8")
    report = validate("claims", schema="s.json", given={"delimiter": ";"})
    assert [one.field for one in report] == ["id"]


def test_a_report_replaces_no_file_of_the_table(here):
    for given in ("claims", "claims/*/*.csv"):
        file = "csv:claims/year=2023/part-0.csv"
        result = run("run", given, "--schema", "s.json", "--output", file)
        assert result.exit_code == 2
        assert "a report does not replace it" in result.stderr


def test_a_restricted_field_in_paths_is_refused(here):
    fields = [{**SCHEMA["fields"][0], "restricted": True}, *SCHEMA["fields"][1:]]
    with pytest.raises(PackageError, match='claims: the field "year" is restricted'):
        validate("claims", schema={"fields": fields})


def test_split_says_that_it_does_not(here):
    result = run("run", "claims", "--schema", "s.json", "--split", "parted")
    assert "its rows have values in the paths of its files" in " ".join(result.stderr.split())
    assert sorted(file.name for file in (here / "parted").iterdir()) == ["claims.reasons.csv"]


def test_split_of_many_files_without_them(here):
    for year in (2023, 2024):
        (here / "claims" / f"year={year}").rename(here / "claims" / str(year))
    schema = {"fields": SCHEMA["fields"][1:]}
    (here / "s.json").write_text(json.dumps(schema), "utf-8")
    run("run", "claims", "--schema", "s.json", "--split", "parted")
    assert (here / "parted" / "claims.valid.csv").read_text("utf-8") == "id,name\n1,a\n1,b\n"


@pytest.fixture
def package(here):
    """The same as a valid package."""
    (here / "claims" / "year=2024" / "part-0.csv").write_text("id,name\n1,b\n2,c\n", "utf-8")
    resource = {
        "name": "claims",
        "path": "claims/year=2023/part-0.csv",
        "files": {"pattern": "claims/**/*.csv"},
        "schema": SCHEMA,
    }
    content = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (here / "datapackage.json").write_text(json.dumps(content), "utf-8")
    return here


ROWS = [(2023, 1, "a"), (2024, 1, "b"), (2024, 2, "c")]


def test_exports_have_the_values_of_paths(package):
    assert run("export", "--to", "parquet:made").exit_code == 0
    assert pl.read_parquet(package / "made" / "claims.parquet").rows() == ROWS
    assert run("export", "--to", "sqlite:made.sqlite").exit_code == 0
    with closing(sqlite3.connect(package / "made.sqlite")) as database:
        assert database.execute("SELECT year, id, name FROM claims").fetchall() == ROWS


def test_a_zip_file_has_all_files(package):
    assert run("export", "--to", "zip:made.zip").exit_code == 0
    with ZipFile(package / "made.zip") as archive:
        assert "claims/year=2024/part-0.csv" in archive.namelist()
    assert validate(package / "made.zip").valid


def test_metadata_that_cannot_say_it_says_so(package):
    why = "some of its values stand in the paths of its files alone"
    result = run("export", "--to", "croissant:made.json")
    assert result.exit_code == 0
    assert f"the columns of claims are not described: {why}" in " ".join(result.output.split())
    assert "has no table in plain CSV" in run("export", "--to", "csvw:made.json").stderr


def test_show_and_diff(package):
    assert "2024" in run("show", "2024,2").output
    assert run("diff", ".", ".").exit_code == 0


@pytest.mark.parametrize("file", ["claims/year=2024/part-0.csv", "claims/year=2030/gone.csv"])
def test_a_file_that_changed_is_of_the_package(package, file):
    assert run("run", "--changed", file).output.startswith("made")


def test_a_file_that_the_pattern_leaves_out_is_of_no_package(package):
    said = "none of these files belongs to a package"
    assert said in run("run", "--changed", "claims/_SUCCESS.csv").output
