"""A table of which nothing is declared."""

import gzip
import json

import pytest
from support.command import run
from support.made import workbook

from validate import PackageError, validate

DAYS = [f"2021-01-{number % 28 + 1:02}" for number in range(99)]
ROWS = [*DAYS[:50], "2021-02-30", *DAYS[50:]]
CSV = "day,n\n" + "".join(f"{day},{number}\n" for number, day in enumerate(ROWS))


def written(file):
    content = CSV
    if file.suffix == ".tsv":
        content = CSV.replace(",", "\t")
    if file.suffix == ".json":
        content = json.dumps([{"day": day, "n": number} for number, day in enumerate(ROWS)])
    if file.suffix == ".gz":
        file.write_bytes(gzip.compress(CSV.encode()))
    elif file.suffix == ".xlsx":
        workbook(file, s=[["day", "n"], *([day, number] for number, day in enumerate(ROWS))])
    else:
        file.write_text(content, "utf-8")
    return file


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.json", "t.xlsx", "t.csv.gz"])
def test_a_cell_unlike_nearly_all_others_is_a_warning(tmp_path, name):
    report = validate(written(tmp_path / name))
    (found,) = report
    assert (found.code, found.severity, found.field) == ("type-error", "warning", "day")
    assert (found.row, found.value) == (52, "2021-02-30")
    assert "99 of 100 cells are dates; " in found.message
    assert report.valid


def test_the_report_says_that_nothing_is_declared(tmp_path):
    result = run("run", written(tmp_path / "t.csv"))
    assert result.exit_code == 0
    assert "not checked: declared types, constraints and keys of t: nothing is declared" in (
        result.output
    )


def test_faults_of_structure_are_errors(tmp_path):
    (tmp_path / "t.csv").write_text('a,a,\n1,2,3\n4,5\n"6",7,8,9\n', "utf-8")
    assert {(found.code, found.severity) for found in validate(tmp_path / "t.csv")} == {
        ("duplicate-label", "error"),
        ("blank-label", "error"),
        ("missing-cell", "error"),
        ("extra-cell", "error"),
    }


def test_an_encoding_is_told(tmp_path):
    (tmp_path / "t.csv").write_bytes("name,n\nZoë,1\nJosé,2\n".encode("cp1252"))
    (found,) = validate(tmp_path / "t.csv")
    assert (found.code, found.severity) == ("encoding-error", "warning")


def test_a_column_of_several_kinds_is_left_alone(tmp_path):
    texts = [*"abcdef", *"123456"]
    (tmp_path / "t.csv").write_text("\n".join(["x", *texts, ""]), "utf-8")
    assert list(validate(tmp_path / "t.csv")) == []


def test_the_delimiter_is_told(tmp_path):
    (tmp_path / "t.csv").write_text("a;b\n1;2,5\n3;4,5\n", "utf-8")
    report = validate(tmp_path / "t.csv")
    assert report.valid
    assert ("cells", 4) in {(part.what, part.count) for part in report.checked}


def test_a_table_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(PackageError, match=r"t\.csv: no such file"):
        validate(tmp_path / "t.csv")


def test_json_that_is_an_object_is_a_descriptor(tmp_path):
    (tmp_path / "t.json").write_text("{}", "utf-8")
    with pytest.raises(PackageError, match="resources"):
        validate(tmp_path / "t.json")


def test_a_folder_without_descriptor_says_how_to_write_one(tmp_path, monkeypatch):
    written(tmp_path / "t.csv")
    written(tmp_path / "a b.tsv")
    monkeypatch.chdir(tmp_path)
    said = run("run").output
    assert "`validate init 'a b.tsv' t.csv` writes one" in said
    assert run("init", "a b.tsv", "t.csv").exit_code == 0


def test_a_folder_of_many_tables_gets_a_pattern(tmp_path):
    for number in range(9):
        written(tmp_path / f"t{number}.csv")
    said = run("run", tmp_path).output
    descriptor = tmp_path / "datapackage.json"
    assert f"`validate init {tmp_path}/*.csv --output {descriptor}` writes one" in said
