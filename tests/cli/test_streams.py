"""Standard input and output, and the terminal."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.command import process, run
from support.places import ROOT

from validate._src.cli import _streams
from validate._src.report.formats import FORMATS

SCHEMA = ROOT / "schemas" / "topics.json"
GOLDEN = ROOT / "tests" / "golden" / "package"
VALID = ROOT / "tests" / "packages" / "valid-mixed"
UNIX = pytest.mark.skipif(os.name == "nt", reason="links, pipes and devices of Unix")
FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device")


def test_standard_input_is_a_table():
    table = (ROOT / "data" / "topics.csv").read_bytes()
    result = run("run", "-", "--schema", SCHEMA, input=table)
    assert (result.exit_code, result.stderr) == (0, "")
    broken = table.replace(b"\ntopic", b"\n,topic", 1).replace(b"term,", b"word,", 1)
    result = run("run", "-", "--schema", SCHEMA, "--format", "jsonl", input=broken)
    assert result.exit_code == 1
    assert {json.loads(line)["path"] for line in result.stdout.splitlines()} == {"stdin.csv"}


@pytest.mark.parametrize("format_name", FORMATS)
def test_standard_input_has_one_name_in_every_report(format_name):
    broken = (ROOT / "data" / "topics.csv").read_bytes().replace(b"term,", b"word,", 1)
    arguments = ("-", "--schema", SCHEMA, "--format", format_name)
    first, second = (run("run", *arguments, input=broken) for _ in range(2))
    assert first.exit_code == 1
    assert "stdin.csv" in first.stdout
    assert "validate-" not in first.stdout.replace("validate-report", "")
    assert first.stdout == second.stdout


def test_standard_input_that_cannot_be_used_has_one_name_too():
    result = run("run", "-", "--schema", ROOT / "absent.json", "--format", "json", input="a\n")
    assert result.exit_code == 2
    (package,) = json.loads(result.stdout)["packages"]
    assert package["location"] == "stdin.csv"


@UNIX
def test_standard_input_that_cannot_be_read_is_one_line():
    with Path(os.devnull).open("wb") as unreadable:
        result = process("run", "-", "--schema", SCHEMA, stdin=unreadable)
    assert result.returncode == 2
    assert result.stderr == b"validate: standard input cannot be read: Bad file descriptor\n"
    command = f"{sys.executable} -m validate run - --schema {SCHEMA} <&-"
    result = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (result.returncode, result.stderr.count(b"\n")) == (2, 1)
    assert b"standard input cannot be read" in result.stderr


def test_standard_input_from_a_pipe_of_a_real_process():
    with (ROOT / "data" / "topics.csv").open("rb") as table:
        result = process("run", "-", "--schema", SCHEMA, stdin=table)
    assert (result.returncode, result.stderr) == (0, b"")


def test_standard_input_without_a_schema_is_checked_as_a_table_of_which_nothing_is_declared():
    result = run("run", "-", input="a;b\n1;2\n")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "checked: rows 1, cells 2, files 1, tables 1" in result.stdout
    result = run("run", "-", "--format", "jsonl", input="a,b\n1,2,3\n")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    assert (json.loads(line)["path"], json.loads(line)["code"]) == ("stdin.csv", "extra-cell")
    result = run("run", "-", "--delimiter", ":", input="a:b\n1:2\n")
    assert "cells 2" in result.stdout
    result = run("run", "-", input="<html><body>x</body></html>\n")
    assert result.exit_code == 1
    assert "stdin.csv" in result.stdout
    assert "a web page (HTML)" in result.stdout


@pytest.mark.parametrize("arguments", [["-", "-"], ["-", "-", "--schema", SCHEMA]])
def test_standard_input_is_read_once(arguments):
    result = run("run", *arguments, input="a\n")
    assert result.exit_code == 2
    assert "once only" in result.stderr


@FULL
@pytest.mark.parametrize(
    "arguments",
    [["run", VALID], ["run", GOLDEN, "--format", "html"], ["codebook", ROOT], ["--help"]],
)  # little and much, at once and piece by piece
def test_standard_output_that_is_full_is_one_line(arguments):
    with Path("/dev/full").open("wb") as full:
        result = process(*arguments, stdout=full)
    assert result.returncode == 2
    assert result.stderr == (
        b"validate: standard output cannot be written: No space left on device\n"
    )


@UNIX
def test_standard_output_that_is_closed_is_one_line():
    command = f"{sys.executable} -m validate run {VALID} >&-"
    result = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert result.returncode == 2
    assert result.stderr == b"validate: standard output cannot be written: it is closed\n"


def test_colours_are_for_terminals_that_show_them(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert _streams.in_colour(None)
    assert not _streams.in_colour(False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not _streams.in_colour(None)
    assert _streams.in_colour(True)
