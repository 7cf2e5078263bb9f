"""`validate coverage` as a user meets it."""

import json

import polars as pl
from support.command import run
from support.places import ROOT


def test_coverage_of_the_dataset_is_complete(sources):
    result = run("coverage", ROOT, "--sources", sources)
    assert result.exit_code == 0
    assert "accounted for: numeral " in result.output
    assert "not accounted for" not in result.output


def test_coverage_without_texts_says_what_it_did_not_check():
    result = run("coverage", ROOT)
    assert result.exit_code == 0
    assert result.output.count("not checked: what lies beside its spans") == 2


def test_coverage_lists_what_nobody_accounted_for(dataset_copy, sources):
    descriptor = json.loads((dataset_copy / "datapackage.json").read_text("utf-8"))
    descriptor["anchors"]["exempt"] = []
    (dataset_copy / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    result = run("coverage", dataset_copy, "--sources", sources)
    assert result.exit_code == 1
    assert "not accounted for: numeral in segment 10 at 286" in result.output


def test_coverage_names_a_segment_neither_coded_nor_excused(dataset_copy):
    file = dataset_copy / "data" / "segments.csv"
    file.write_text(file.read_text("utf-8").replace(",signpost\n", ",\n", 1), "utf-8", newline="")
    result = run("coverage", dataset_copy)
    assert result.exit_code == 1
    assert "segment 6 is neither coded nor excused" in result.output


def test_coverage_refuses_a_table_that_it_cannot_count(dataset_copy):
    (dataset_copy / "data" / "dates.csv").write_text("\n", "utf-8", newline="")
    result = run("coverage", dataset_copy)
    assert result.exit_code == 2
    assert "data/dates.csv: has findings; run `validate run` first" in result.output


def test_coverage_counts_rows_of_segments_without_section(dataset_copy):
    file = dataset_copy / "data" / "segments.csv"
    segments = pl.read_csv(file, infer_schema=False)
    segments.with_columns(section=pl.lit(None, pl.String)).write_csv(file)
    result = run("coverage", dataset_copy)
    assert result.exit_code == 0
    assert "section  commitments  dates" in result.output


def test_coverage_needs_anchors(make_package):
    result = run("coverage", make_package([{"name": "boat"}], "boat\nTern\n"))
    assert result.exit_code == 2
    assert "coverage needs segments with section and reason" in result.output
