"""What the README says is what the data say: counts, lines of code and their answers."""

import contextlib
import io
import json
import re
import subprocess

import polars as pl
from support.golden import with_blocks
from support.places import ROOT
from support.tools import needs

from validate import load

README = (ROOT / "README.md").read_text("utf-8")
R_TYPES = {
    pl.String: "character",
    pl.Int64: "integer",
    pl.Float64: "numeric",
    pl.Boolean: "logical",
    pl.Date: "Date",
}


def code_blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


ANSWERS = code_blocks("text")


def run_python(script):
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(io.StringIO()) as output:
        exec(script, {})
    return output.getvalue()


def run_r(script):
    command = [needs("Rscript"), "-e", script]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_counts_are_those_of_the_tables():
    counted = dict(re.findall(r"^\| `data/(\w+)\.csv` \| ([0-9,]+) \|", README, re.MULTILINE))
    assert counted == {name: f"{table.height:,}" for name, table in load(ROOT).items()}


def test_polars_lines_load_the_tables_typed(monkeypatch):
    monkeypatch.chdir(ROOT)
    names = {}
    exec(code_blocks("python")[0], names)
    tables = names["tables"]
    assert list(tables) == list(load(ROOT))
    assert tables["figures"].schema["value"] == pl.Float64
    assert tables["dates"].schema["date_min"] == pl.Date
    assert tables["document_mentions"].schema["inference"] == pl.Boolean
    assert tables["segments"].schema["start"] == pl.Int64


def test_r_lines_load_the_same_tables():
    summary = (
        "cat(jsonlite::toJSON(lapply(tables, function(table) list("
        "rows = nrow(table), types = lapply(table, function(column) class(column)[1]),"
        "missing = sum(is.na(table)))), auto_unbox = TRUE))"
    )
    for name, table in json.loads(run_r(code_blocks("r")[0] + summary)).items():
        frame = load(ROOT)[name]
        assert table["rows"] == frame.height
        assert table["types"] == {field: R_TYPES[kind] for field, kind in frame.schema.items()}
        assert table["missing"] == sum(frame.null_count().row(0))


def test_polars_gives_the_answers(golden):
    loading, *questions = code_blocks("python")
    answers = [run_python(loading + question).rstrip() + "\n" for question in questions]
    golden.text(ROOT / "README.md", with_blocks(README, "text", answers))


def test_r_gives_the_answers():
    loading, *questions = code_blocks("r")
    answers = [run_r(loading + question).rstrip() for question in questions]
    assert answers == [answer.rstrip() for answer in ANSWERS]


def test_three_questions_are_answered():
    assert len(ANSWERS) == len(code_blocks("python")) - 1 == len(code_blocks("r")) - 1 == 3
    assert all(answer.strip() for answer in ANSWERS)
