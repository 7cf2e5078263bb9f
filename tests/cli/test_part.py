"""`validate run --part`: what it writes, and what it refuses."""

import os

import pytest
from support.command import run
from support.made import one_table
from support.places import PACKAGES

FIELDS = [{"name": "id", "type": "integer"}]


@pytest.fixture
def package(tmp_path):
    folder, file = one_table(tmp_path, "t.csv", FIELDS)
    file.write_bytes(b"id\n1\nx\n")
    return folder


def test_a_part_is_written_and_not_reported(package, tmp_path):
    result = run("run", package, "--part", "1/1", "--output", tmp_path / "1.result")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == "validate: part 1/1: 2 rows judged\n"
    assert (tmp_path / "1.result").read_bytes().startswith(b"validate part 1\n")


def test_the_working_folder_is_the_package_by_default(package, monkeypatch):
    monkeypatch.chdir(package)
    assert run("run", "--part", "1/1", "--output", "1.result").exit_code == 0
    assert run("merge", "1.result").exit_code == 1


def test_what_is_left_to_the_merge_is_said(tmp_path):
    package = PACKAGES / "table-rule"
    result = run("run", package, "--part", "1/2", "--output", tmp_path / "1.result")
    said = "part 1/2: 0 rows judged, without ponds, boats, which the merge reads"
    assert (result.exit_code, result.stderr) == (0, f"validate: {said}\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--sources", "."], "--sources beside --part: give it to `validate merge`"),
        (["--code", "type-error"], "--code beside --part"),
        (["--limit", "3"], "--limit beside --part"),
        (["--unfolded"], "--unfolded beside --part"),
        (["--format", "json"], "--format beside --part"),
        (["--fail-on", "warning"], "--fail-on beside --part"),
        (["--split", "x"], "--split beside --part: rows are parted by a run of the whole only"),
        (["--changed"], "--changed beside --part: name the package itself"),
        (["--jobs", "2"], "--jobs beside --part: a part is judged by one process"),
        (["--output", "b.result"], "--part: name one file for the result"),
    ],
)
def test_what_is_of_the_whole_is_refused(package, tmp_path, options, said):
    output = ["--output", tmp_path / "a.result"]
    result = run("run", package, "--part", "1/2", *output, *options)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())
    assert not (tmp_path / "a.result").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "--part: name one file for the result, by --output FILE"),
        (["--output", "no/a.result"], "--output no/a.result: there is no folder no; make it"),
        (["--output", "t.csv"], "--output t.csv: the file belongs to a package"),
        (["--output", "a.result", "b", "c"], "--part: judge one package at a time"),
        (["--output", "a.result", "-"], "--part: standard input can be read once only"),
        (["--output", "a.result", "nowhere"], "nowhere: no such file"),
    ],
)
def test_arguments_that_are_wrong_are_told(package, monkeypatch, arguments, said):
    monkeypatch.chdir(package)
    result = run("run", "--part", "1/2", *arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in " ".join(result.stderr.split())


def test_a_part_that_there_is_not_is_told(package, monkeypatch):
    monkeypatch.chdir(package)
    result = run("run", "--part", "9/8", "--output", "a.result")
    what_to_do = "write K/N, such as 3/8 for the third of eight parts"
    said = f'validate: part "9/8": there is no such part; {what_to_do}\n'
    assert (result.exit_code, result.stderr) == (2, said)


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of Unix")
def test_a_result_goes_into_a_pipe_which_stays_one(package, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    result = run("run", package, "--part", "1/1", "--output", pipe)
    assert (result.exit_code, result.stdout) == (0, "")
    assert pipe.is_fifo()
    (tmp_path / "1.result").write_bytes(os.read(reader, 2**16))
    os.close(reader)
    assert run("merge", tmp_path / "1.result").exit_code == 1


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of Unix")
def test_a_link_in_a_circle_and_a_folder_end_in_one_line(package, tmp_path):
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "folder").mkdir()
    for name in ("circle", "folder"):
        result = run("run", package, "--part", "1/1", "--output", tmp_path / name)
        assert result.exit_code == 2
        assert name in result.stderr
        assert "Traceback" not in result.stderr
