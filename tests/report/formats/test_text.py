"""The report at a terminal: as the golden files have it, and safe whatever the data hold."""

import json
import re
from bisect import bisect_left
from itertools import pairwise

import pytest
from click.testing import CliRunner
from rich.cells import cell_len
from support.places import ROOT

from validate import validate
from validate._src.cli.main import main
from validate._src.report.formats import renderer, view
from validate._src.report.formats._wrapping import wrapped

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
@pytest.mark.parametrize("width", [60, 80])
def test_no_word_is_broken_at_the_end_of_a_line(width):
    words = set(run("package", width=2_000).stdout.split())
    output = run("package", width=width).stdout
    lines = [line for line in output.splitlines() if set(line) - set(" ^")]
    assert max(map(cell_len, lines)) <= width
    summary = output.partition("\nharbour-register 1.2.0:")[2]
    assert set(summary.split()) <= words


def test_a_word_that_is_longer_than_a_line_stays_whole():
    address = "https://example.org/" + "path/" * 20
    japanese = "白鳥の湖" * 10
    lines = list(wrapped(f"see {address} or {japanese} there", 30))
    assert lines[:2] == ["see", address]
    assert "".join(lines[3:]).startswith(japanese)
    assert max(map(cell_len, lines[2:])) <= 30
    assert list(wrapped("", 30)) == [""]


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
        assert output.count("^^^^") == (30 if limit >= 29 else limit)  # one more is shown too
        assert ("… and" in output) == (0 < limit < 29)
        assert ("… 30 not shown;" in output) == (limit == 0)
        assert " 1 more" not in output
        assert "made: not valid, 30 errors in 1 file" in output


@pytest.mark.parametrize(("count", "shown"), [(5, 5), (6, 6), (7, 5)])
def test_what_is_one_more_is_shown_rather_than_counted(make_package, count, shown):
    folder = make_package([{"name": "length", "type": "number"}], "length\n" + "long\n" * count)
    output = run(folder).stdout
    assert output.count("^^^^") == shown
    assert ("… and 2 more" in output) == (count == 7)


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


def test_what_a_field_prints_is_marked_beside_the_number_that_differs(make_package):
    fields = [
        {"name": "printed", "type": "string", "numeral": {"value": "count"}},
        {"name": "count", "type": "integer"},
    ]
    output = run(make_package(fields, "printed,count\ntwelve,21\n")).stdout
    assert "      twelve,21\n      ^^^^^^ ^^ count: printed states 12 (value)\n" in output


def wide_package(make_package, **schema):
    """A package of 40 columns, in whose third row the cells 1 and 38 are those of the second."""
    fields = [{"name": f"f{number}", "type": "string"} for number in range(40)]
    rows = [[f"cell {number}" for number in range(40)] for _ in range(2)]
    rows[1][20] = '"quoted, ""so"""'
    content = "\n".join(",".join(row) for row in [[one["name"] for one in fields], *rows]) + "\n"
    return make_package(fields, content, **schema)


@pytest.mark.parametrize(
    "schema",
    [
        {"primaryKey": ["f1", "f38"]},
        {"uniqueKeys": [["f0", "f20"], ["f1", "f38"]]},
        {"rules": [{"name": "r", "check": "f1 = f38", "message": "they are equal"}]},
    ],
)
def test_every_value_that_a_key_or_rule_names_is_in_the_excerpt(make_package, schema):
    lines = run(wide_package(make_package, **schema), width=80).stdout.splitlines()
    row, mark = next(pair for pair in pairwise(lines) if re.match(r" +\^+ +\^+", pair[1]))
    marked = [row[slice(*found.span())] for found in re.finditer(r"\^+", mark)]
    assert marked == ["cell 1", "cell 38"]
    assert len(row) <= 80
    assert "…" in row


def test_a_key_that_fits_into_no_line_takes_several(make_package):
    fields = [{"name": f"f{number}", "type": "string"} for number in range(20)]
    row = ",".join(f"a long cell {number}" for number in range(20))
    names = [one["name"] for one in fields]
    folder = make_package(fields, "\n".join([",".join(names), row, row]) + "\n", primaryKey=names)
    output = run(folder, width=80).stdout
    assert all(f"a long cell {number}" in output for number in range(20))
    assert max(map(len, output.splitlines())) <= 80


def test_the_excerpt_is_the_text_of_the_file(make_package):
    fields = [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]
    folder = make_package(fields, '"a","b"\n"x, ""y""",two\n"z","3,5"\n')
    output = run(folder).stdout
    assert '      "x, ""y""",two\n                 ^^^ b: not' in output
    assert '      "z","3,5"\n          ^^^^^ b: not' in output
    (folder / "t.csv").write_text('"a","c"\n"z","3"\n', "utf-8")
    assert '      "a","c"\n' in run(folder).stdout


@pytest.mark.parametrize("others", [0, 300])
def test_a_row_without_cells_in_a_column_without_label_stands_as_it_is_written(
    make_package, others
):
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]
    rows = "".join(f"{number},{'x' * 20}\n" for number in range(others))
    output = run(make_package(fields, f'a,b,\n"1,2",y\n{rows}')).stdout
    assert '"1,2",y\n' in output
    assert '"1,2",y,' not in output


PONDS = [{"name": "id", "type": "integer"}, {"name": "depth", "type": "number"}]


def with_faults(tmp_path):
    """Two tables with faults of several codes in turn, in two files each."""
    resources = []
    for name in ("a", "b"):
        paths = [f"{name}-{part}.csv" for part in range(2)]
        for path in paths:
            rows = "".join(f"{at % 7},{'x' if at % 3 else at}\n{at},1,2\n" for at in range(9))
            (tmp_path / path).write_text(f"id,depth\n{rows}")
        schema = {"fields": PONDS, "primaryKey": ["id"]}
        resources.append({"name": name, "path": paths, "schema": schema})
    descriptor = {"name": "ponds", "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    return tmp_path


@pytest.mark.parametrize("codes", [frozenset(), frozenset({"type-error", "extra-cell"})])
@pytest.mark.parametrize("limit", [None, 0, 1, 4, 8, 9, 10**9])
@pytest.mark.parametrize("name", ["text", "html", "github"])
def test_many_findings_are_told_in_pieces_with_the_same_bytes(
    tmp_path, monkeypatch, name, codes, limit
):
    reports = [validate(GOLDEN / "package"), validate(with_faults(tmp_path))]
    shown = view.View(limit, codes)
    at_once = "".join(renderer(name)(reports, shown))
    assert shown.shows_few(reports[1].findings, 5)
    for most in (1, 3):
        monkeypatch.setattr(view, "MOST_AT_ONCE", most)
        monkeypatch.setattr(view.View, "shows_few", lambda *_: False)
        assert "".join(renderer(name)(reports, shown)) == at_once


@pytest.mark.parametrize("name", ["text", "html"])
def test_no_more_findings_than_fit_are_taken_at_once(tmp_path, monkeypatch, name):
    report, taken = validate(with_faults(tmp_path)), []
    really = type(report).rows

    def rows(self, findings, ragged):
        findings = [*findings]
        taken.extend([findings] if findings else [])
        return really(self, findings, ragged)

    monkeypatch.setattr(type(report), "rows", rows)
    monkeypatch.setattr(view, "MOST_AT_ONCE", 4)
    text = "".join(renderer(name)([report], view.View(10**9)))
    assert max(map(len, taken)) == 4
    assert sum(map(len, taken)) == len(report.findings)
    assert "more; --limit" not in text
