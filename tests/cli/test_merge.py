"""`validate merge`: the report of a run of the whole, in every format."""

import pytest
from support.command import process, run
from support.places import ROOT

GOLDEN = ROOT / "tests" / "golden" / "package"


def parts(folder, count, *options, package=GOLDEN):
    """The results of all parts, in files."""
    files = [folder / f"{number}.result" for number in range(1, count + 1)]
    for number, file in enumerate(files, 1):
        result = run("run", package, "--part", f"{number}/{count}", "--output", file, *options)
        assert result.exit_code == 0, result.stderr
    return files


def told(result, format_name):
    """What was printed; the counts of JSON come in the order in which codes were first found."""
    return sorted(result.stdout.splitlines()) if format_name == "json" else result.stdout


@pytest.mark.parametrize("format_name", ["text", "json", "jsonl", "csv", "html", "sarif"])
def test_the_report_is_that_of_a_run(tmp_path, format_name):
    files = parts(tmp_path, 3)
    options = ["--format", format_name, "--limit", 2]
    merged, whole = run("merge", *files[::-1], *options), run("run", GOLDEN, *options)
    assert (merged.exit_code, merged.stderr) == (whole.exit_code, whole.stderr) == (1, "")
    assert told(merged, format_name) == told(whole, format_name)


def test_options_of_the_parts_are_not_given_again(tmp_path):
    files = parts(tmp_path, 2, "--fast")
    assert run("merge", *files).stdout == run("run", GOLDEN, "--fast").stdout


def test_the_report_goes_to_files_as_well(tmp_path):
    files = parts(tmp_path, 2)
    run("merge", *files, "--output", tmp_path / "a.csv")
    run("run", GOLDEN, "--output", tmp_path / "b.csv")
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_a_report_replaces_no_result_and_no_file_of_the_package(tmp_path):
    files = parts(tmp_path, 2)
    for file, said in [(files[0], "does not replace a result"), (GOLDEN / "boats.csv", "belongs")]:
        result = run("merge", *files, "--output", f"json:{file}")
        assert result.exit_code == 2
        assert said in result.stderr


def test_warnings_count_if_they_are_to(tmp_path):
    files = parts(tmp_path, 1, package=ROOT / "tests" / "packages" / "row-rule-warning")
    assert run("merge", *files).exit_code == 0
    assert run("merge", *files, "--fail-on", "warning").exit_code == 1


def test_the_package_may_lie_elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(GOLDEN.parent)
    files = parts(tmp_path, 2, package="package")
    monkeypatch.chdir(tmp_path)
    assert "package: no such file" in run("merge", *files).stderr
    assert run("merge", *files, "--package", GOLDEN).exit_code == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["1.result"], "part 2/2: absent; give the results of all 2 parts"),
        (["1.result", "1.result"], "1.result: part 1/2, as is 1.result"),
        (["1.result", "none"], "none: the result cannot be read: No such file or directory"),
        (["1.result", "no.result"], "no.result: no result of a part"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path, monkeypatch, given, said):
    parts(tmp_path, 2)
    (tmp_path / "no.result").write_bytes(b"PK")
    monkeypatch.chdir(tmp_path)
    result = run("merge", *given)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"validate: {said}")
    assert result.stderr.count("\n") == 1


def test_parts_are_processes_of_their_own(tmp_path):
    files = [tmp_path / f"{number}.result" for number in (1, 2)]
    for number, file in enumerate(files, 1):
        done = process("run", GOLDEN, "--part", f"{number}/2", "--output", file)
        assert (done.returncode, done.stdout) == (0, b"")
    merged, whole = process("merge", *files), process("run", GOLDEN)
    assert (merged.returncode, merged.stdout) == (whole.returncode, whole.stdout)
    assert merged.returncode == 1
