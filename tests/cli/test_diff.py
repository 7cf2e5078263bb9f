"""`validate diff` as a user meets it."""

import json
import shutil
import subprocess

import pytest
from support.command import process, run
from support.versions import BOATS, ROWS, write


@pytest.fixture
def versions(tmp_path, monkeypatch):
    """Two versions of a package in a folder that is the working one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    write(tmp_path / "old", ROWS)
    write(tmp_path / "new", [*ROWS, "b4,1,white"], version="1.1.0")
    return tmp_path


def git(*arguments):
    command = ["git", "-c", "user.name=T", "-c", "user.email=t@example.org", *arguments]
    subprocess.run(command, check=True, capture_output=True)


@pytest.mark.usefixtures("versions")
def test_exit_codes():
    assert run("diff", "old", "old").exit_code == 0
    assert run("diff", "old", "new").exit_code == 1
    result = run("diff", "old", "absent")
    assert result.exit_code == 2
    assert result.stderr == "validate: absent: no such file\n"


@pytest.mark.usefixtures("versions")
def test_require_version_fails_only_where_the_version_is_too_low():
    assert run("diff", "old", "new", "--require-version").exit_code == 0
    result = run("diff", "new", "old", "--require-version")
    assert result.exit_code == 1
    assert "version: patch change: at least 1.1.1, which it has not" in result.stdout


def test_require_version_needs_versions(versions):
    write(versions / "new", ROWS, version="next")
    result = run("diff", "old", "new", "--require-version")
    assert result.exit_code == 2
    assert result.stderr.startswith("validate: --require-version: old or new has no version")


def test_zip_files_and_descriptors_are_packages_too(versions):
    shutil.make_archive("packed", "zip", versions / "new")
    result = run("diff", "old/datapackage.json", "packed.zip", "--format", "json")
    assert json.loads(result.stdout)["tables"][0]["rows"]["added"] == 1


def test_a_revision_is_the_working_folder_as_it_was_then(versions, monkeypatch):
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "first")
    git("tag", "v1.0.0")
    write(versions / "old", [*ROWS, "b9,1,x"])
    monkeypatch.chdir(versions / "old")
    found = json.loads(run("diff", "git:v1.0.0", ".", "--format", "json").stdout)
    assert found["tables"][0]["rows"]["added"] == 1
    assert found["old"]["given"] == "git:v1.0.0"
    assert run("diff", "git:HEAD", "git:v1.0.0").exit_code == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("git:absent", "there is no revision absent"),
        ("git:", "name a revision after git:, such as a tag or a commit"),
        ("git:--help", "name a revision after git:, such as a tag or a commit"),
    ],
)
@pytest.mark.usefixtures("versions")
def test_a_revision_that_there_is_not_is_told(given, said):
    git("init", "-q")
    git("commit", "-q", "--allow-empty", "-m", "one")
    result = run("diff", given, "new")
    assert result.exit_code == 2
    assert result.stderr == f"validate: {given}: {said}\n"


@pytest.mark.usefixtures("versions")
def test_a_revision_needs_a_repository_and_git(monkeypatch):
    result = run("diff", "git:HEAD", "new")
    assert result.exit_code == 2
    assert "is in no git repository" in result.stderr
    monkeypatch.setenv("PATH", "")
    result = run("diff", "git:HEAD", "new")
    assert result.stderr == "validate: git:HEAD: needs git, which is not installed\n"


def test_a_revision_without_a_package_says_so_by_its_name(versions):
    git("init", "-q")
    git("add", "old")
    git("commit", "-qm", "first")
    result = run("diff", "git:HEAD", "new")
    assert result.exit_code == 2
    assert result.stderr == "validate: git:HEAD/datapackage.json: no such file\n"


@pytest.mark.usefixtures("versions")
def test_nothing_is_fetched_unless_it_is_allowed():
    result = run("diff", "https://data.example/datapackage.json", "new")
    assert result.exit_code == 2
    assert "--allow-remote" in result.stderr


def test_the_program_prints_the_same_as_the_command(versions):
    result = process("diff", "old", "new", cwd=versions)
    assert result.returncode == 1
    assert result.stderr == b""
    assert result.stdout.decode() == run("diff", "old", "new").stdout


def test_a_package_with_faults_is_compared(versions):
    rules = [{"name": "r", "resource": "boats", "query": "absent.sql", "message": "m"}]
    write(versions / "new", [*ROWS, "b4,long,x", "b4,2"], {**BOATS, "mediatype": 5}, rules=rules)
    result = run("diff", "old", "new")
    assert result.exit_code == 1
    assert "2 added" in result.stdout
    assert "not compared: new: table rule r: datapackage.json" in result.stdout
