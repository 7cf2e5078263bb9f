"""`validate run --split`: where it says what became of the tables, and when it refuses."""

import json

import pytest
from support.command import run
from support.made import one_table

FIELDS = [{"name": "id", "type": "integer"}]


@pytest.fixture
def package(tmp_path):
    folder, file = one_table(tmp_path, "t.csv", FIELDS)
    file.write_bytes(b"id\n1\nx\n")
    return folder


def test_what_became_of_the_tables_is_said_beside_the_report(package, tmp_path):
    result = run("run", package, "--format", "json", "--split", tmp_path / "out")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["packages"][0]["counts"]["errors"] == 1
    said = f"split into {tmp_path / 'out'}: t: 1 row in t.valid.csv, 1 row in t.invalid.csv"
    assert result.stderr.split() == said.split()  # the folder may take a line of its own
    assert (tmp_path / "out" / "t.valid.csv").read_bytes() == b"id\n1\n"


def test_limits_of_what_is_shown_do_not_change_the_rows(package, tmp_path):
    (package / "t.csv").write_bytes(b"id\n" + 9 * b"x\n" + b"1\n")
    run("run", package, "--limit", 1, "--code", "blank-row", "--split", tmp_path / "out")
    assert (tmp_path / "out" / "t.invalid.csv").read_bytes() == b"id\n" + 9 * b"x\n"


def test_a_folder_that_is_not_empty_is_told_before_the_run(package):
    result = run("run", package, "--split", package)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the folder is not empty" in result.stderr


def test_several_packages_are_not_split_into_one_folder(package, tmp_path):
    result = run("run", package, package, "--split", tmp_path / "out")
    assert result.exit_code == 2
    assert "give one at a time" in result.stderr


def test_a_package_that_cannot_be_used_leaves_no_folder(tmp_path):
    result = run("run", tmp_path, "--split", tmp_path / "out")
    assert result.exit_code == 2
    assert "nothing was judged, and nothing written" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_table_from_a_pipe_is_split(tmp_path):
    (tmp_path / "schema.json").write_text(json.dumps({"fields": FIELDS}))
    arguments = ("--schema", tmp_path / "schema.json", "--split", tmp_path / "out")
    run("run", "-", *arguments, input="id\n1\nx\n")
    assert (tmp_path / "out" / "stdin.valid.csv").read_bytes() == b"id\n1\n"


def test_what_is_said_is_wrapped_at_the_width_of_the_terminal(tmp_path):
    fields = [{"name": "name", "type": "string", "restricted": True}, *FIELDS]
    folder, file = one_table(tmp_path, "t.csv", fields)
    file.write_bytes(b"name,id\nRohan,1\n")
    result = run("run", folder, "--split", tmp_path / "o", env={"COLUMNS": "60"})
    first, *said = result.stderr.splitlines()[-5:]
    assert first == "  t: 1 row in t.valid.csv, 0 rows in t.invalid.csv"
    assert all(len(line) <= 60 for line in said)
    assert said[0].startswith("  t: the values of restricted fields are left out: name;")
    assert [line[:4] for line in said[1:]] == 3 * [4 * " "]
    assert " ".join(map(str.strip, said)).endswith("such as where one is required")
