"""`validate export`: what it says, what it refuses, and that it writes all or nothing."""

import pytest
from support.command import run
from support.made import change_descriptor, one_table

FIELDS = [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]


@pytest.fixture
def package(tmp_path):
    folder, table = one_table(tmp_path / "package", "t.csv", FIELDS)
    table.write_bytes(b"a,b\n1,x\n")
    return folder


@pytest.fixture
def tmp_path(tmp_path):
    (tmp_path / "package").mkdir()
    return tmp_path


def others(folder):
    return sorted(file.name for file in folder.iterdir() if file.name != "package")


def test_without_a_path_it_has_the_name_of_the_package(package, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    formats = ("parquet", "sqlite", "duckdb", "xlsx", "csv", "zip")
    result = run("export", package, *(word for name in formats for word in ("--to", name)))
    assert (result.exit_code, result.stderr) == (0, "")
    made = ["made-csv", "made-parquet", "made.duckdb", "made.sqlite", "made.xlsx", "made.zip"]
    assert others(tmp_path) == made
    assert sorted(line.removeprefix("wrote ") for line in result.stdout.splitlines()) == made


def test_a_package_with_errors_is_not_exported(package, tmp_path):
    (package / "t.csv").write_bytes(b"a,b\nx,x\n")
    result = run("export", package, "--to", f"sqlite:{tmp_path / 'o'}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "1 error, the first in t.csv:2: " in result.stderr
    assert result.stderr.endswith("for all; nothing was written\n")
    assert others(tmp_path) == []


def test_a_package_without_its_file_is_judged_like_any_other(package, tmp_path):
    (package / "t.csv").unlink()
    result = run("export", package, "--to", f"zip:{tmp_path / 'o'}")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "t.csv: no such file" in result.stderr


@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("pdf", 'there is no format "pdf"; there are parquet, sqlite'),
        ("parket", 'there is no format "parket"; did you mean parquet?'),
        ("sqlite:nowhere/o", "there is no folder"),
        ("sqlite:package", "package is no file; name a file"),
        ("parquet:package", "package is not empty; name a folder that is absent or empty"),
        ("csv:package/t.csv", "t.csv is a file; name a folder"),
        ("zip:package/t.csv", "t.csv belongs to the package; it is not replaced"),
        ("zip:package/datapackage.json", "datapackage.json belongs to the package"),
    ],
)
def test_targets_are_refused_before_the_run(to, said, package, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (package / "t.csv").write_bytes(b"a,b\nx,x\n")
    result = run("export", package, "--to", to)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"--to {to}: " in result.stderr
    assert said in result.stderr
    assert others(tmp_path) == []


def test_a_target_is_named_once(package, tmp_path):
    file = tmp_path / "o"
    result = run("export", package, "--to", f"sqlite:{file}", "--to", f"zip:{file}")
    assert result.exit_code == 2
    assert "is written twice" in result.stderr


def test_a_library_that_is_not_installed_is_named(package, monkeypatch):
    monkeypatch.setattr("validate._src.publish.duckdb.find_spec", lambda name: None)
    result = run("export", package, "--to", "duckdb")
    assert result.exit_code == 2
    assert 'needs DuckDB: pip install "duckdb' in result.stderr


def test_a_file_is_replaced_and_an_empty_folder_filled(package, tmp_path):
    (tmp_path / "o").write_text("old")
    (tmp_path / "p").mkdir()
    result = run(
        "export", package, "--to", f"zip:{tmp_path / 'o'}", "--to", f"csv:{tmp_path / 'p'}"
    )
    assert result.exit_code == 0
    assert (tmp_path / "o").read_bytes().startswith(b"PK")
    assert (tmp_path / "p" / "t.csv").read_bytes() == b"\xef\xbb\xbfa,b\n1,x\n"
    assert others(tmp_path) == ["o", "p"]


def test_what_fails_while_it_is_written_leaves_nothing(package, tmp_path):
    (package / "t.csv").write_text("a,b\n1," + 40_000 * "x" + "\n")
    file = tmp_path / "o.xlsx"
    file.write_text("old")
    result = run("export", package, "--to", f"xlsx:{file}")
    assert result.exit_code == 2
    assert file.read_text() == "old"
    assert others(tmp_path) == ["o.xlsx"]


def test_what_is_no_table_is_named(package, tmp_path):
    (package / "notes.pdf").write_bytes(b"%PDF")
    other = {"name": "notes", "path": "notes.pdf"}
    change_descriptor(package, lambda one: one["resources"].append(other))
    result = run("export", package, "--to", f"csv:{tmp_path / 'p'}")
    assert result.stdout.splitlines()[0] == "notes is left out: the resource has no schema"
