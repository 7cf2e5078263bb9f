"""The report at a terminal: as the golden files have it, and safe whatever the data hold."""

import re
from bisect import bisect_left

import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from support.places import ROOT

from validate._src.cli.main import main

GOLDEN = ROOT / "tests" / "golden"


def run(*arguments, width=100):
    return CliRunner().invoke(main, ["run", *map(str, arguments)], env={"COLUMNS": str(width)})


@pytest.fixture
def in_golden_folder(monkeypatch):
    monkeypatch.chdir(GOLDEN)


@pytest.mark.usefixtures("in_golden_folder")
@pytest.mark.parametrize("width", [80, 120])
def test_text_is_as_it_was(width, golden):
    result = run("package", width=width)
    golden.text(GOLDEN / f"text-{width}.txt", result.stdout)
    assert result.exit_code == 1


@pytest.mark.usefixtures("in_golden_folder")
def test_colours_are_all_that_is_added(golden):
    coloured = run("--color", "package", width=80).stdout
    golden.text(GOLDEN / "text-80-in-colour.txt", coloured)
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == run("package", width=80).stdout


@pytest.mark.usefixtures("in_golden_folder")
@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_findings_keep_to_the_width(width):
    lines = run("package", width=width).stdout.partition("\nharbour-register 1.2.0:")[0]
    marks = [line for line in lines.splitlines() if set(line) <= set(" ^")]
    assert max(cell_len(line) for line in lines.splitlines() if line not in marks) <= width


@pytest.mark.usefixtures("in_golden_folder")
@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_mark_stands_under_the_cell_at_fault(width):
    lines = run("--limit", 10, "package", width=width).stdout.splitlines()
    excerpts = [
        (lines[number - 1], line)
        for number, line in enumerate(lines)
        if re.match(r" +\^+( |$)", line)
    ]
    assert len(excerpts) > 20
    for row, line in excerpts:
        start, end = re.search(r"\^+", line).span()
        before, marked, after = in_columns(row, start, end)
        assert before[-1:] in (",", " ")
        assert after[:1] in (",", "") or marked == ","  # a mark of one column is an empty cell


def in_columns(row, start, end):
    """A line in three: before, between and after columns of the terminal."""
    ends = [cell_len(row[:index]) for index in range(len(row) + 1)]
    first, last = bisect_left(ends, start), bisect_left(ends, end)
    return row[:first], row[first:last], row[last:]


def test_a_cell_is_shown_wherever_it_stands(make_package):
    names = [f"f{number}" for number in range(300)]
    cells = ["x" * 10] * 300
    cells[200] = "bad"
    fields = [{"name": name, "type": "string"} for name in names]
    fields[200]["type"] = "integer"
    output = run(make_package(fields, ",".join(names) + "\n" + ",".join(cells) + "\n")).stdout
    row, mark = output.splitlines()[3:5]
    assert len(row) <= 100
    assert row[mark.index("^") :][:3] == "bad"
    assert row.strip().startswith("…,")
    assert row.endswith(",…")


def test_limit_changes_what_is_shown_and_not_what_is_counted(make_package):
    folder = make_package([{"name": "length", "type": "number"}], "length\n" + "long\n" * 30)
    for limit in (0, 1, 29, 30, 31):
        output = run(folder, "--limit", limit).stdout
        assert output.count("^^^^") == min(limit, 30)
        assert ("… and" in output) == (limit < 30)
        assert "made: not valid, 30 errors in 1 file" in output


def test_other_codes_are_counted_and_not_shown(make_package):
    fields = [{"name": "a", "type": "number"}, {"name": "b", "type": "integer"}]
    folder = make_package(fields, "a,b\nx,1,2\n3,4\n")
    result = run(folder, "--code", "extra-cell")
    assert "type-error" not in result.stdout
    assert "not shown: 1 finding of other codes" in result.stdout
    assert "2 errors" in result.stdout
    assert run(folder, "--code", "primary-key").exit_code == 1
    assert "2 errors in 1 file\n" in run(folder, "--code", "primary-key").stdout


HOSTILE = "\x1b]0;owned\x07\x1b[2J\u202eevil\u2066\x9b31m\x00"


def test_nothing_of_the_data_reaches_the_terminal_raw(make_package):
    fields = [{"name": f"n{HOSTILE}", "type": "integer"}, {"name": "k", "type": "string"}]
    folder = make_package(fields, f"n{HOSTILE},k\n{HOSTILE},{HOSTILE}\n", primaryKey=["k"])
    for colour in ("--color", "--no-color"):
        output = re.sub("\x1b\\[[0-9;]*m", "", run(colour, folder).stdout)
        assert not set(output) & set("\x1b\x07\u202e\u2066\x9b\x00")
        assert "\\x1b]0;owned\\x07" in output
