"""`validate release`: what it refuses, and the folder that it writes, whole or not at all."""

import hashlib
import json
import os
import re
import shutil
import sqlite3
from zipfile import ZipFile, is_zipfile

import polars as pl
import pytest
from support.command import run
from support.places import ROOT
from support.releases import FIRST, released_once
from support.versions import ROWS, changed, field_changed

from validate import load
from validate._src.publish.formats import FORMATS


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose second release can be made, in a folder that is the working one."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    made = released_once(tmp_path / "boats")
    monkeypatch.chdir(made.folder)
    return made


@pytest.fixture
def output(tmp_path):
    return tmp_path / "out"


def release(output, *arguments):
    return run("release", "--output", output, *arguments)


def refused(output, *arguments):
    """What is said where a check fails, and nothing was written."""
    result = release(output, *arguments)
    assert result.exit_code == 1, result.output
    *lines, last = result.stderr.splitlines()
    assert last == "validate: nothing was written"
    assert "wrote" not in result.stdout
    assert not output.exists()
    assert [file.name for file in output.parent.iterdir()] == ["boats"]
    return [line.removeprefix("validate: ") for line in lines]


def unusable(output, *arguments):
    """The line that is said where something cannot be used."""
    result = release(output, *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    return line.removeprefix("validate: ")


@pytest.mark.usefixtures("project")
def test_all_formats_the_difference_a_page_and_digests_are_written(output):
    result = release(output)
    assert (result.exit_code, result.stderr) == (0, "")
    names = {
        f"made-1.1.0{one.ending}{'.zip' if one.is_folder else ''}"
        for one in FORMATS.values()
        if not one.file
    }
    names |= {"made-1.1.0-diff.html", "made-1.1.0-diff.json"}
    names |= {"README.md", "SHA256SUMS", "codebook.md"}
    assert {file.name for file in output.iterdir()} == names
    wrote = [line for line in result.stdout.splitlines() if line.startswith("wrote ")]
    assert wrote == [f"wrote {output / name}" for name in sorted(names)]


@pytest.mark.usefixtures("project")
def test_what_is_written_is_the_package(output):
    assert release(output).exit_code == 0
    rows = load(".")["boats"].rows()
    assert load(output / "made-1.1.0.zip")["boats"].rows() == rows
    with ZipFile(output / "made-1.1.0-parquet.zip") as packed:
        assert pl.read_parquet(packed.read("boats.parquet")).rows() == rows
    with sqlite3.connect(output / "made-1.1.0.sqlite") as database:
        assert database.execute("SELECT * FROM boats").fetchall() == rows
    database.close()
    found = json.loads((output / "made-1.1.0-diff.json").read_text("utf-8"))
    assert found["tables"][0]["rows"]["added"] == 1


@pytest.mark.usefixtures("project")
def test_digests_are_those_of_all_other_files(output):
    assert release(output).exit_code == 0
    lines = (output / "SHA256SUMS").read_text("utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ") for line in lines)}
    assert told == {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in output.iterdir()
        if file.name != "SHA256SUMS"
    }


@pytest.mark.parametrize("epoch", [None, "1700000000"])
@pytest.mark.usefixtures("project")
def test_the_same_commit_gives_the_same_bytes(epoch, output, monkeypatch):
    if epoch:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    first, second = output, output.with_name("again")
    for folder in (first, second):
        assert release(folder, "--without", "duckdb").exit_code == 0
    assert {file.name: file.read_bytes() for file in first.iterdir()} == {
        file.name: file.read_bytes() for file in second.iterdir()
    }


def test_files_that_are_not_committed_are_named(project, output):
    project.write("notes.txt", "new")
    project.write("boats.csv", "id,length,colour\n")
    (tree, *_) = refused(output)
    assert tree == "tree: 2 files not committed: boats.csv, notes.txt"


def test_a_file_that_is_renamed_is_not_committed(project, output):
    project.git("mv", "CHANGELOG.md", "x CHANGES.md")
    (tree,) = refused(output, "--changelog", "x CHANGES.md")
    assert tree == "tree: 2 files not committed: CHANGELOG.md, x CHANGES.md"


def test_what_git_ignores_is_no_change(project, output):
    project.write(".gitignore", "dist/\n")
    project.commit()
    assert run("release").exit_code == 0
    assert release(output).exit_code == 0
    assert (project.folder / "dist" / "README.md").exists()


def test_a_version_that_is_too_low_is_refused(project, output):
    project.package([*ROWS, "b4,7,white"], version="1.0.1")
    text = (project.folder / "CHANGELOG.md").read_text("utf-8")
    project.write("CHANGELOG.md", text.replace("[1.1.0]", "[1.0.1]"))
    project.commit()
    (line,) = refused(output)
    assert line.startswith("difference: 0 changes of the descriptor, 1 row added")
    assert line.endswith("since 1.0.0; minor change: at least 1.1.0, which it has not")


def test_descriptor_and_changelog_have_one_version(project, output):
    project.package([*ROWS, "b4,7,white"], version="1.2.0")
    project.commit()
    assert refused(output) == ["version: 1.2.0 in the descriptor, 1.1.0 in the changelog"]


def test_an_older_version_than_that_of_the_changelog_is_refused(project, output):
    text = (project.folder / "CHANGELOG.md").read_text("utf-8")
    project.write("CHANGELOG.md", text.replace("## [1.1.0]", "## [1.2.0]\n\nMore.\n\n## [1.1.0]"))
    project.commit()
    assert refused(output) == ["version: 1.1.0 in the descriptor, 1.2.0 in the changelog"]


@pytest.mark.parametrize(("text", "is_refused"), [("- more\n", True), ("", False)])
def test_unreleased_changes_are_refused(text, is_refused, project, output):
    before = (project.folder / "CHANGELOG.md").read_text("utf-8")
    waiting = f"## [Unreleased]\n\n{text}\n## [1.1.0]"
    project.write("CHANGELOG.md", before.replace("## [1.1.0]", waiting))
    project.commit()
    if is_refused:
        assert refused(output) == ["version: the changelog has changes that are unreleased"]
    else:
        assert release(output).exit_code == 0


def test_the_changelog_names_what_readers_depend_on(project, output):
    resource = changed(lambda one: one["schema"]["fields"][1].update(name="metres"))
    labels = "id,metres,colour"
    project.package(["b1,1,red"], resource, labels=labels, version="2.0.0")
    text = (project.folder / "CHANGELOG.md").read_text("utf-8")
    project.write("CHANGELOG.md", text.replace("[1.1.0]", "[2.0.0]"))
    project.commit()
    (line,) = refused(output)
    assert line.startswith("changelog: does not name ")
    assert "boats.metres" in line
    text = (project.folder / "CHANGELOG.md").read_text("utf-8")
    project.write("CHANGELOG.md", text.replace("[one]", "`length` is `metres` [one]"))
    project.commit()
    assert release(output).exit_code == 0


def test_a_changelog_that_says_nothing_is_refused(project, output):
    text = (project.folder / "CHANGELOG.md").read_text("utf-8")
    nothing = re.sub(r"(## \[1\.1\.0\][^\n]*\n).*(?=## \[1\.0\.0\])", r"\1\n", text, flags=re.S)
    project.write("CHANGELOG.md", nothing)
    project.commit()
    assert refused(output) == ["changelog: says nothing of 1.1.0"]


def test_a_package_with_errors_is_refused(project, output):
    project.package([*ROWS, "b4,long,white"], version="1.1.0")
    project.commit()
    (line,) = refused(output)
    assert line.startswith("package: datapackage.json: 1 error, the first in boats.csv:5: ")


def test_a_tag_of_another_commit_is_refused(project, output):
    project.git("tag", "v1.1.0")
    assert release(output).exit_code == 0
    shutil.rmtree(output)
    project.write("more.txt", "more")
    project.commit()
    assert refused(output) == ["tag: v1.1.0 is that of another commit; raise the version"]


def test_a_commit_with_the_tag_of_another_version_is_refused(project, output):
    project.git("tag", "nightly")
    assert release(output).exit_code == 0
    shutil.rmtree(output)
    project.git("tag", "v1.2.0")
    assert refused(output) == ["tag: this commit, whose version is 1.1.0, has the tag v1.2.0"]


def test_the_release_before_is_found_by_its_tag(project, output):
    text = (project.folder / "CHANGELOG.md").read_text("utf-8")
    project.write("CHANGELOG.md", re.sub(r"Commit .*\n\n", "", text))
    project.commit()
    said = unusable(output)
    assert said.startswith("the release 1.0.0 cannot be found: it has no tag, and the changelog")
    project.git("tag", "-m", "first", "1.0.0", "HEAD~2")
    assert release(output).exit_code == 0


def test_tag_and_changelog_name_one_commit(project, output):
    project.git("tag", "v1.0.0", "HEAD")
    project.commit()
    lines = refused(output)
    assert re.fullmatch(r"release before: git:v1\.0\.0 is not the commit \w{7} .*", lines[0])
    assert lines[1] == "release before: git:v1.0.0 has version 1.1.0, and not 1.0.0"


def test_a_commit_that_there_is_not_is_told(project, output):
    text = (project.folder / "CHANGELOG.md").read_text("utf-8")
    project.write("CHANGELOG.md", re.sub(r"Commit `\w+`", "Commit `0123456`", text))
    project.commit()
    assert unusable(output) == "git:0123456: there is no revision 0123456"


def test_a_first_release_is_compared_with_nothing(project, output):
    project.package()
    project.changelog(FIRST)
    project.commit()
    result = release(output)
    assert result.exit_code == 0
    assert "changelog: tells of the first release\n" in result.stdout
    page = (output / "README.md").read_text("utf-8")
    assert "This is the first release." in page
    assert not [*output.glob("*diff*")]


def test_a_folder_below_the_top_of_a_repository_is_released(project, output):
    below = project.folder / "below"
    below.mkdir()
    for name in ("datapackage.json", "boats.csv", "CHANGELOG.md"):
        (project.folder / name).rename(below / name)
    text = (below / "CHANGELOG.md").read_text("utf-8")
    (below / "CHANGELOG.md").write_text(text.partition("## [1.0.0]")[0], "utf-8")
    commit = project.commit()
    project.write("notes.txt", "new")
    assert refused(output, "below")[0] == "tree: 1 file not committed: notes.txt"
    project.write("below/boats.csv", "id,length,colour\nb1,1,red\n")
    descriptor = (below / "datapackage.json").read_text("utf-8")
    project.write("below/datapackage.json", descriptor.replace('"1.1.0"', '"1.1.1"'))
    entry = f"## [1.1.1]\n\nRows are gone.\n\n## [1.1.0]\n\nCommit `{commit}`.\n"
    project.write("below/CHANGELOG.md", entry)
    project.commit()
    assert release(output, "below").exit_code == 0
    found = json.loads((output / "made-1.1.1-diff.json").read_text("utf-8"))
    assert found["tables"][0]["rows"]["removed"] == 3


def test_a_file_that_was_built_is_added(project, output, tmp_path):
    file = tmp_path / "boats.whl"
    file.write_bytes(b"built")
    assert release(output, "--add", file, "`pip install`: the tool").exit_code == 0
    assert (output / "boats.whl").read_bytes() == b"built"
    page = (output / "README.md").read_text("utf-8")
    assert r"| `boats.whl` | 5 bytes | \`pip install\`: the tool |" in page
    assert project.folder.exists()


@pytest.mark.usefixtures("project")
def test_notes_stand_on_the_page(output, tmp_path):
    file = tmp_path / "notes.md"
    file.write_text("Boats *without* a length were not measured.\n", "utf-8")
    assert release(output, "--notes", file).exit_code == 0
    known = (output / "README.md").read_text("utf-8").partition("## What to know before use")[2]
    assert known.startswith("\n\nBoats *without* a length were not measured.\n\n### What")


def test_the_page(project, output):
    homepage = "https://github.com/ponds/boats"
    project.package([*ROWS, "b4,7,white"], version="1.1.0", homepage=homepage)
    project.commit()
    assert release(output, "--without", "duckdb").exit_code == 0
    page = (output / "README.md").read_text("utf-8")
    assert page.startswith("# Boats 1.1.0\n")
    assert "- the release: (2026)" not in page
    assert "- a row of it, by its key: Boats 1.1.0, boats b1\n" in page
    assert f"- `boats`: [one]({homepage}/blob/v1.1.0/docs/b4.md).\n" in page
    assert f"\n- errors and questions: {homepage}/issues\n" in page
    assert "## What changed since 1.0.0\n" in page
    assert "| `boats` | 3 | 4 | 1 | 0 | 0 |\n" in page
    assert "Commit `" not in page.rpartition("\n\n")[0]
    assert page.endswith(f"Made from commit `{project.git('rev-parse', 'HEAD')}`.\n")
    for file in output.iterdir():
        assert (f"| `{file.name}` |" in page) == (file.name not in ("README.md", "SHA256SUMS"))


@pytest.mark.usefixtures("project")
def test_links_without_a_place_to_lead_to_are_left_out(output):
    assert release(output).exit_code == 0
    assert "- `boats`: one.\n" in (output / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent"], "absent: no such file"),
        (["--changelog", "absent.md"], "--changelog: absent.md: No such file or directory"),
        (["--notes", "."], "--notes: .: Is a directory"),
        (["--without", "excel"], '--without excel: there is no format "excel"'),
        (["--add", "absent.whl", "x"], "--add absent.whl: no such file"),
        (["--add", "README.md", "x"], "README.md would be written twice into the release"),
    ],
)
def test_what_cannot_be_used_is_told_before_the_run(arguments, said, project, output):
    project.write("README.md", "about")
    assert unusable(output, *arguments).startswith(said)
    assert not output.exists()


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of Unix")
def test_a_pipe_and_a_link_in_a_circle_are_told(project, output, tmp_path):
    pipe, circle = tmp_path / "pipe", tmp_path / "circle"
    os.mkfifo(pipe)
    circle.symlink_to("circle")
    for option in ("--notes", "--changelog"):
        assert f"{option}: {pipe}: not a regular file" in unusable(output, option, pipe)
    assert "name a folder that is absent or empty" in unusable(circle)


def test_a_folder_that_has_files_is_not_filled(project, output):
    output.mkdir()
    (output / "kept").touch()
    assert unusable(output).endswith("name a folder that is absent or empty")
    assert [file.name for file in output.iterdir()] == ["kept"]
    nowhere = output.with_name("no") / "where"
    assert "there is no folder to make it in" in unusable(nowhere)
    assert project.folder.exists()


def test_a_zip_file_is_no_folder_of_a_repository(project, output, tmp_path):
    packed = shutil.make_archive(tmp_path / "packed", "zip", project.folder)
    assert unusable(output, packed).endswith("in a git repository")


def test_a_folder_without_a_repository_is_refused(project, output, tmp_path):
    shutil.copytree(project.folder, tmp_path / "bare", ignore=shutil.ignore_patterns(".git"))
    assert "is in no git repository" in unusable(output, tmp_path / "bare")


@pytest.mark.parametrize("version", ["1.1", "next"])
def test_a_release_has_a_version_of_three_numbers(version, project, output):
    project.package(version=version)
    project.commit()
    assert unusable(output) == (
        "datapackage.json: a release has a version of three numbers, such as 1.0.0"
    )


def test_a_changelog_without_versions_is_told(project, output):
    project.changelog("Nothing.\n")
    project.commit()
    assert unusable(output).startswith("the changelog names no version")


def test_what_fails_while_it_is_written_leaves_nothing(project, output):
    project.package([*ROWS, f"b4,7,{40_000 * 'x'}"], version="1.1.0")
    project.commit()
    result = release(output)
    assert result.exit_code == 2
    assert [file.name for file in output.parent.iterdir()] == ["boats"]
    assert release(output, "--without", "xlsx").exit_code == 0


@pytest.mark.usefixtures("project")
def test_a_library_that_is_not_installed_is_named(output, monkeypatch):
    monkeypatch.setattr("validate._src.publish.duckdb.find_spec", lambda name: None)
    assert 'needs DuckDB: pip install "duckdb' in unusable(output)
    assert release(output, "--without", "duckdb").exit_code == 0


def test_what_is_restricted_stands_nowhere(project, output):
    restricted = field_changed("colour", restricted=True)
    project.package([*ROWS, "b4,7,secretwhite"], restricted, version="1.1.0")
    project.commit()
    result = release(output)
    assert result.exit_code == 2
    assert "restricted fields" in result.stderr
    assert result.stderr.endswith("(--without leaves out a format)\n")
    assert release(output, "--without", "zip").exit_code == 0
    for content in contents(output):
        assert b"secretwhite" not in content
    page = (output / "README.md").read_text("utf-8")
    assert "restricted and left out: colour" in page


def contents(folder):
    """The bytes of files, and of all that is in those that are packed."""
    for file in folder.iterdir():
        yield file.read_bytes()
        if is_zipfile(file):
            with ZipFile(file) as packed:
                yield from map(packed.read, packed.namelist())


@pytest.mark.usefixtures("project")
def test_metadata_lie_beside_the_files_of_the_package(output, tmp_path):
    assert release(output).exit_code == 0
    for packed in ("made-1.1.0.zip", "made-1.1.0-metadata.zip"):
        shutil.unpack_archive(output / packed, tmp_path / "unpacked")
    held = {file.name for file in (tmp_path / "unpacked").iterdir()}
    assert {one.file for one in FORMATS.values() if one.file} <= held
    described = json.loads((tmp_path / "unpacked" / "croissant.json").read_text("utf-8"))
    files = [one["contentUrl"] for one in described["distribution"] if "contentUrl" in one]
    assert files == ["boats.csv"]
    assert (tmp_path / "unpacked" / "boats.csv").exists()


def test_a_package_without_a_table_is_no_release(project, output):
    notes = {"name": "notes", "path": "boats.csv", "format": "pdf"}
    descriptor = {"name": "made", "version": "1.1.0", "resources": [notes]}
    project.write("datapackage.json", json.dumps(descriptor))
    project.changelog("## [1.1.0]\n\nNotes.\n")
    project.commit()
    assert unusable(output) == "datapackage.json: there is no table to export"


def test_every_format_says_what_it_is_for():
    assert all(len(one.purpose) > 10 for one in FORMATS.values())


def test_a_file_of_the_package_that_git_ignores_is_not_in_the_commit(project, output):
    project.write(".gitignore", "boats.csv\n")
    project.git("rm", "--quiet", "--cached", "boats.csv")
    project.commit()
    assert (project.folder / "boats.csv").exists()
    lines = refused(output)
    assert lines[0] == (
        "tree: 1 file of the release not in the commit: boats.csv; git may ignore what is named"
    )


@pytest.mark.parametrize("flag", ["--assume-unchanged", "--skip-worktree"])
@pytest.mark.parametrize("name", ["boats.csv", "datapackage.json", "CHANGELOG.md"])
def test_a_change_that_git_was_told_to_overlook_is_refused(name, flag, project, output):
    project.git("update-index", flag, name)
    file = project.folder / name
    file.write_text(file.read_text("utf-8") + "\n", "utf-8", newline="\n")
    assert project.git("status", "--porcelain") == ""
    lines = refused(output)
    assert lines[0].startswith(f"tree: 1 file not as in the commit: {name}; git was told to ")


def test_a_licence_that_git_ignores_is_named_below_the_top(project, output):
    below = project.folder / "below"
    below.mkdir()
    project.package(version="1.1.0", licenses=[{"name": "MIT", "path": "TERMS.md"}])
    for name in ("datapackage.json", "boats.csv", "CHANGELOG.md"):
        (project.folder / name).rename(below / name)
    (below / "CHANGELOG.md").write_text("## [1.1.0]\n\nThe first.\n", "utf-8")
    (below / "TERMS.md").write_text("As you like.\n", "utf-8")
    project.write(".gitignore", "TERMS.md\n")
    project.commit()
    assert "not in the commit: below/TERMS.md;" in refused(output, "below")[0]
    project.git("add", "--force", "below/TERMS.md")
    project.commit()
    assert release(output, "below").exit_code == 0


def test_a_link_out_of_the_repository_is_not_in_the_commit(project, output):
    apart = project.folder / ".git" / "boats.csv"
    (project.folder / "boats.csv").rename(apart)
    try:
        (project.folder / "boats.csv").symlink_to(apart)
    except OSError:
        pytest.skip("no links can be made here")
    project.commit()
    assert "not in the commit: .git/boats.csv;" in refused(output)[0]


def test_line_ends_that_git_changes_are_no_change(project, output):
    project.write(".gitattributes", "*.csv text eol=crlf\n")
    project.commit()
    (project.folder / "boats.csv").unlink()
    project.git("checkout", "boats.csv")
    assert b"\r\n" in (project.folder / "boats.csv").read_bytes()
    result = release(output)
    assert (result.exit_code, result.stderr) == (0, "")


def test_a_repository_without_a_commit_is_told(project, output):
    shutil.rmtree(project.folder / ".git")
    project.git("init", "--quiet")
    assert unusable(output) == (
        "git:HEAD: the repository has no commit yet; `git commit` makes the first"
    )


def test_a_repository_of_another_user_is_told(project, output, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    said = unusable(output)
    assert "the repository belongs to another user" in said
    assert "git config --global --add safe.directory FOLDER" in said
    assert project.folder.exists()


def test_a_shallow_clone_says_how_to_get_the_rest(project, output, monkeypatch):
    shallow = output.parent / "boats" / "shallow"
    project.git("clone", "--quiet", "--depth", "1", project.folder.as_uri(), str(shallow))
    monkeypatch.chdir(shallow)
    said = unusable(output)
    assert "in this clone, which is shallow; `git fetch --unshallow --tags` brings" in said


def test_a_shallow_clone_may_lack_the_tag_of_the_release_before(project, output, monkeypatch):
    text = (project.folder / "CHANGELOG.md").read_text("utf-8")
    project.write("CHANGELOG.md", re.sub(r"Commit .*\n\n", "", text))
    project.commit()
    shallow = output.parent / "boats" / "shallow"
    project.git("clone", "--quiet", "--depth", "1", project.folder.as_uri(), str(shallow))
    monkeypatch.chdir(shallow)
    assert "`git fetch --unshallow --tags` brings tags" in unusable(output)


def test_a_version_lower_than_the_one_before_is_told_as_that(project, output):
    project.package(version="0.9.0")
    text = (project.folder / "CHANGELOG.md").read_text("utf-8")
    project.write("CHANGELOG.md", text.replace("[1.1.0]", "[0.9.0]"))
    project.commit()
    (line,) = refused(output)
    assert "since 1.0.0; version 0.9.0 is lower than 1.0.0; " in line


def test_a_version_that_stands_twice_in_the_changelog_is_told(project, output):
    text = (project.folder / "CHANGELOG.md").read_text("utf-8")
    project.write("CHANGELOG.md", text + "\n## [1.1.0]\n\nAgain.\n")
    project.commit()
    assert unusable(output) == "the changelog has more than one heading of 1.1.0"


@pytest.mark.usefixtures("project")
def test_a_release_without_any_format_is_refused(output):
    every = [part for name in FORMATS for part in ("--without", name)]
    said = "--without: a release has the package in one format at least"
    assert unusable(output, *every) == said


@pytest.mark.usefixtures("project")
def test_the_codebook_is_a_file_of_the_release(output):
    assert release(output).exit_code == 0
    assert (output / "codebook.md").read_text("utf-8") == run("codebook").stdout


@pytest.mark.usefixtures("project")
def test_sources_of_a_package_without_anchors_are_refused(output):
    assert "the package declares no text anchors" in unusable(output, "--sources", ".")


def test_a_row_is_cited_of_the_table_that_others_refer_to(project, output):
    """Here `boats`, although `trips` comes first."""
    project.package(version="1.1.0")
    descriptor = json.loads((project.folder / "datapackage.json").read_text("utf-8"))
    refers = {
        "fields": [{"name": "trip", "type": "string"}, {"name": "boat", "type": "string"}],
        "primaryKey": ["trip"],
        "foreignKeys": [{"fields": ["boat"], "reference": {"resource": "boats", "fields": ["id"]}}],
    }
    trips = {"name": "trips", "path": "trips.csv", "schema": refers}
    descriptor["resources"].insert(0, trips)
    project.write("datapackage.json", json.dumps(descriptor))
    project.write("trips.csv", "trip,boat\nt1,b1\n")
    project.changelog("## [1.1.0]\n\nThe first.\n")
    project.commit()
    result = release(output)
    assert result.exit_code == 0, result.output
    page = (output / "README.md").read_text("utf-8")
    assert (
        "- a table of it: Boats 1.1.0, boats\n- a row of it, by its key: Boats 1.1.0, boats b1\n"
        in page
    )


@pytest.mark.parametrize(("name", "holds"), [("anchor-moved", False), ("valid-anchors", True)])
def test_anchors_are_proved_against_sources(name, holds, project, output):
    held = ROOT / "tests" / "packages" / name
    (project.folder / "boats.csv").unlink()
    shutil.copytree(held, project.folder, dirs_exist_ok=True)
    sources = project.folder.parent / "boats" / ".git" / "texts"
    shutil.move(project.folder / "sources", sources)
    file = project.folder / "datapackage.json"
    file.write_text(json.dumps({**json.loads(file.read_text("utf-8")), "version": "1.0.0"}))
    project.changelog("## [1.0.0]\n\nThe first.\n")
    project.commit()
    assert release(output).exit_code == 0
    assert "- Not checked here: text of harbour-log: " in (output / "README.md").read_text("utf-8")
    shutil.rmtree(output)
    if holds:
        assert release(output, "--sources", sources).exit_code == 0
        assert "Not checked here" not in (output / "README.md").read_text("utf-8")
    else:
        (line,) = refused(output, "--sources", sources)
        assert line.startswith("package: datapackage.json: 1 error, the first in quotes.csv:3")
