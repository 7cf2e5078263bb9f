"""What the README says is what the data say: counts, lines of code and their answers."""

import contextlib
import csv
import functools
import io
import json
import re
import subprocess

import polars as pl
import pytest
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


def without_r_package(blocks):
    """All but what needs our R package, which has tests of its own (test_r_package.py)."""
    return [block for block in blocks if "library(allianceclaims)" not in block]


ANSWERS = code_blocks("text")
NAMES = ("extended-deterrence", "opcon", "taiwan", "burden-sharing", "troop-cuts", "spending")
"""The questions after topics, before those after differences and after what nobody reports."""


def questions(language):
    """The code of each question, behind that which loads the tables and closes topics."""
    loading, closing, *asking = without_r_package(code_blocks(language))
    return [loading + closing + question for question in asking]


def run_python(script):
    """What a script prints, and the claims that it has in `answer` at its end."""
    names = {}
    with contextlib.chdir(ROOT), contextlib.redirect_stdout(io.StringIO()) as output:
        exec(script, names)
    return output.getvalue().rstrip() + "\n", set(names["answer"]["claim_id"])


def run_r(script):
    command = [needs("Rscript"), "-e", script]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    ).stdout


def test_counts_are_those_of_the_tables():
    counted = dict(re.findall(r"^\| `data/(\w+)\.csv` \| ([0-9,]+) \|", README, re.MULTILINE))
    assert counted == {name: f"{table.height:,}" for name, table in load(ROOT).items()}


def test_fields_that_are_not_reliable_are_named():
    line = r"^\| `([a-z]+-[0-9]+)` \| `([a-z_]+\.[a-z_*]+)` \| (\S+) \| (\S+) \| (\S+) \|"
    results = {
        (row["task"], f"{row['table']}.{row['field']}"): row
        for row in load(ROOT)["reliability"].iter_rows(named=True)
    }
    other = {"coding-1": "coding-2", "coding-2": "coding-1"}
    assert sorted(re.findall(line, README, re.MULTILINE)) == sorted(
        (
            task,
            field,
            shown(row["alpha"]),
            shown(row["agreement"]),
            shown(results[other[task], field]["alpha"]),
        )
        for (task, field), row in results.items()
        if row["alpha"] is None or row["alpha"] < 0.8
    )


def shown(measure):
    return "undefined" if measure is None else f"{measure:.3f}"


def test_agreement_on_claims_is_that_of_the_table():
    rows = load(ROOT)["reliability"].filter(table="*").sort("task")
    said = [
        f"{row['alpha']:.3f} ({row['alpha_low']:.3f} to {row['alpha_high']:.3f}) in `{row['task']}`"
        for row in rows.iter_rows(named=True)
    ]
    assert f"is {' and '.join(said)}." in README


def test_figures_of_verification_are_those_of_the_tables():
    tables = load(ROOT)
    verdicts = tables["verifications"]["verdict"]
    told = {
        "compared": verdicts.is_in(COMPARED).sum(),
        **{verdict: (verdicts == verdict).sum() for verdict in (*COMPARED, "unverified")},
        "items": tables["unreported"].height,
        "kept": (verdicts == "no-document").sum(),
    }
    assert FIGURES.format(**told) in README


COMPARED = ("agrees", "differs", "not-in-document", "beyond-document")
FIGURES = (
    "Of {compared} claims about the Joint Fact Sheet the document bears out {agrees}, differs "
    "from {differs}, does not have {not-in-document}, and cannot settle {beyond-document} "
    "(readings of the author, a date of publication). What no text reports is in `unreported`, "
    "{items} items. {unverified} claims are about documents whose texts are not at hand, and "
    "**not verified**; {kept} are about no document."
)


def test_agreement_on_verdicts_is_that_of_the_table():
    rows = load(ROOT)["reliability"].filter(task="verification-1")
    alpha = {row["field"]: f"{row['alpha']:.3f}" for row in rows.iter_rows(named=True)}
    said = "alpha is {verdict} for the verdicts and {aspect} for the aspects in which claims differ"
    assert said.format(**alpha) in README


def test_claims_that_name_no_document_and_are_compared_are_counted():
    tables = load(ROOT)
    compared = tables["verifications"].filter(pl.col("verdict").is_in(COMPARED))
    silent = [
        tables[name].filter(pl.col("document_id").is_null()).select("claim_id")
        for name in tables["claims"]["table"].unique()
    ]
    number = compared.join(pl.concat(silent), on="claim_id", how="semi").height
    assert f"{number} claims about the fact sheet name no document in their own row" in README


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
    for name, table in json.loads(run_r(without_r_package(code_blocks("r"))[0] + summary)).items():
        frame = load(ROOT)[name]
        assert table["rows"] == frame.height
        assert table["types"] == {field: R_TYPES[kind] for field, kind in frame.schema.items()}
        assert table["missing"] == sum(frame.null_count().row(0))


@functools.cache
def answered(language):
    """What the code of each question prints, and the claims of its answer."""
    if language == "python":
        return [run_python(question) for question in questions("python")]
    printed = [run_r(question + "cat('\\n--', answer$claim_id)") for question in questions("r")]
    parts = [text.rpartition("--") for text in printed]
    return [(text.rstrip() + "\n", set(claims.split())) for text, _, claims in parts]


def listed():
    """The rows that belong to each question by the texts alone, whatever their topics.

    `full` belongs to the question. What is borderline has its reason, and is found if its own
    words fall under a topic of the question, left out if only the text around them does.
    """
    with (ROOT / "tests" / "repository" / "questions.csv").open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def test_polars_gives_the_answers(golden):
    answers = [printed for printed, _ in answered("python")]
    golden.text(ROOT / "README.md", with_blocks(README, "text", answers))


def test_r_gives_the_answers():
    assert [printed for printed, _ in answered("r")] == ANSWERS


@pytest.mark.parametrize("language", ["python", "r"])
def test_answers_are_the_full_lists(language):
    rows = listed()
    *by_topic, (_, differing), (printed, _) = answered(language)
    assert printed.count("\n") == load(ROOT)["unreported"].height
    assert differing == set(load(ROOT)["verifications"].filter(verdict="differs")["claim_id"])
    for name, (_, found) in zip(NAMES, by_topic, strict=True):
        wanted = {
            row["claim_id"]
            for row in rows
            if row["question"] == name and row["standing"] != "borderline-left-out"
        }
        assert found == wanted, name


def test_lists_name_live_claims_and_say_why_a_row_is_borderline():
    live = load(ROOT)["claims"].filter(pl.col("withdrawn_in").is_null())["claim_id"]
    rows = listed()
    assert {row["claim_id"] for row in rows} <= set(live)
    assert {row["question"] for row in rows} == set(NAMES)
    assert len({(row["question"], row["claim_id"]) for row in rows}) == len(rows)
    assert all((row["standing"] == "full") != bool(row["why"]) for row in rows)


def test_eight_questions_are_answered():
    assert len(ANSWERS) == len(questions("python")) == len(questions("r")) == len(NAMES) + 2 == 8
    assert all(answer.strip() for answer in ANSWERS)
