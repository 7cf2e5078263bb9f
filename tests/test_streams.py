"""What goes in and out: standard input, files of reports, several packages, exit codes."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from conftest import ROOT

from validate import streams
from validate.cli import main
from validate.errors import PackageError
from validate.formats import FORMATS

GOLDEN = ROOT / "tests" / "golden" / "package"
VALID = ROOT / "tests" / "packages" / "valid-mixed"
SCHEMA = ROOT / "schemas" / "topics.json"
WARNS = ROOT / "tests" / "packages" / "row-rule-warning"


def run(*arguments, **options):
    return CliRunner().invoke(main, ["run", *map(str, arguments)], **options)


def test_standard_input_is_a_table():
    table = (ROOT / "data" / "topics.csv").read_bytes()
    result = run("-", "--schema", SCHEMA, input=table)
    assert (result.exit_code, result.stderr) == (0, "")
    broken = table.replace(b"\ntopic", b"\n,topic", 1).replace(b"term,", b"word,", 1)
    result = run("-", "--schema", SCHEMA, "--format", "jsonl", input=broken)
    assert result.exit_code == 1
    assert {json.loads(line)["path"] for line in result.stdout.splitlines()} == {"stdin.csv"}


def test_standard_input_from_a_pipe_of_a_real_process():
    command = [sys.executable, "-m", "validate", "run", "-", "--schema", str(SCHEMA)]
    with (ROOT / "data" / "topics.csv").open("rb") as table:
        result = subprocess.run(command, stdin=table, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["-"], "--schema says what is in it"), (["-", "-", "--schema", SCHEMA], "once only")],
)
def test_standard_input_as_it_cannot_be(arguments, said):
    result = run(*arguments, input="a\n")
    assert result.exit_code == 2
    assert said in result.stderr


def test_several_packages_are_reported_one_after_the_other():
    result = run(VALID, GOLDEN, WARNS)
    verdicts = [
        "valid-mixed: valid",
        "harbour-register 1.2.0: not valid",
        "row-rule-warning: valid, with 1 warning",
    ]
    places = [result.stdout.index(verdict) for verdict in verdicts]
    assert places == sorted(places)
    assert result.stdout.endswith("\n3 packages, 2 valid\n")
    assert result.exit_code == 1


def test_a_package_that_cannot_be_used_does_not_hide_the_others(tmp_path):
    result = run(tmp_path, GOLDEN)
    assert result.exit_code == 2
    assert "no such file" in result.stderr
    assert "harbour-register 1.2.0: not valid" in result.stdout
    assert "2 packages, 0 valid" in result.stdout


@pytest.mark.parametrize(("severity", "code"), [("error", 0), ("warning", 1)])
def test_exit_code_follows_the_severity(severity, code):
    assert run(WARNS, "--fail-on", severity).exit_code == code


def test_reports_go_to_files_of_many_formats(tmp_path):
    named = {f"{name}:{tmp_path / name}": tmp_path / name for name in FORMATS}
    files = [tmp_path / f"report{suffix}" for suffix in FORMATS.values() if suffix]
    outputs = [*named, *files]
    result = run(GOLDEN, *(f"--output={output}" for output in outputs))
    assert result.exit_code == 1
    assert result.stdout == run(GOLDEN).stdout
    assert sorted(tmp_path.iterdir()) == sorted([*named.values(), *files])
    for name, suffix in FORMATS.items():
        content = (tmp_path / name).read_bytes()
        assert content
        assert suffix is None or (tmp_path / f"report{suffix}").read_bytes() == content


def test_a_report_in_a_file_names_what_could_not_be_validated(tmp_path):
    result = run(tmp_path, "--output", tmp_path / "report.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "cannot be validated" in (tmp_path / "report.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("output", "said"),
    [("report.docx", "write FORMAT:FILE"), ("xml", "write FORMAT:FILE"), ("json:", "FORMAT:FILE")],
)
def test_an_output_of_no_known_format_is_one_line(output, said):
    result = run(VALID, "--output", output)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_two_reports_do_not_share_a_file(tmp_path):
    with pytest.raises(PackageError, match="twice"):
        streams.output_files([f"json:{tmp_path}/x", f"text:{tmp_path}/x"])


@pytest.mark.parametrize("name", ["data/topics.csv", "datapackage.json"])
def test_no_report_replaces_a_file_of_the_package(dataset_copy, name):
    before = (dataset_copy / name).read_bytes()
    result = run(dataset_copy, "--output", f"json:{dataset_copy / name}")
    assert result.exit_code == 2
    assert "belongs to the package" in result.stderr
    assert (dataset_copy / name).read_bytes() == before


def test_what_cannot_be_written_is_one_line(tmp_path):
    result = run(VALID, "--output", tmp_path / "absent" / "report.json")
    assert result.exit_code == 2
    assert "cannot be written: No such file or directory" in result.stderr


def test_colours_are_for_terminals_that_show_them(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert streams.in_colour(None)
    assert not streams.in_colour(False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not streams.in_colour(None)
    assert streams.in_colour(True)


@pytest.mark.skipif(os.name == "nt", reason="a pseudo-terminal is a thing of Unix")
def test_progress_is_shown_on_a_terminal_after_a_while(tmp_path):
    script = (
        "import validate.progress as progress, sys\n"
        "progress.PATIENCE = float(sys.argv.pop(1))\n"
        "from validate.__main__ import program\n"
        "program()\n"
    )
    shown = {
        patience: on_a_terminal([sys.executable, "-c", script, patience, "run", str(GOLDEN)])
        for patience in ("0", "60")
    }
    assert "rows" in shown["0"]
    assert "harbours" in shown["0"]
    assert shown["60"] == ""


def on_a_terminal(command):
    """What a program writes to standard error if that is a terminal."""
    import pty

    main_end, end = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=end) as process:
        os.close(end)
        written = b""
        while True:
            try:
                block = os.read(main_end, 4096)
            except OSError:  # the other end is closed
                break
            if not block:
                break
            written += block
    os.close(main_end)
    assert process.returncode == 1
    return written.decode()
