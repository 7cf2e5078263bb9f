"""`validate show` as a user meets it."""

import polars as pl
from support.command import run
from support.places import ROOT

PASSAGE = "約2万8,500人の米軍"


def without_columns_after(file, name):
    """Drops the columns after `name` from a CSV file."""
    rows = pl.read_csv(file, infer_schema=False)
    rows.select(rows.columns[: rows.columns.index(name) + 1]).write_csv(file)


def test_show_prints_a_row_its_references_and_its_passage(sources):
    output = run("show", "fig-0005", "--package", ROOT, "--sources", sources).output
    assert "figures fig-0005  (data/figures.csv:6)" in output
    assert "→ actors usfk · name_en: United States Forces Korea" in output
    assert "← evidence.claim_id: 1" in output
    assert "segment 22, " in output
    assert PASSAGE in output


def test_show_without_texts_says_where_the_row_stands():
    output = run("show", "fig-0005", "--package", ROOT).output
    assert "⚓ nds-explainer-2026, segment 22, " in output
    assert PASSAGE not in output


def test_show_takes_composite_keys():
    output = run("show", "nds-explainer-2026,22", "--package", ROOT).output
    assert output.startswith("segments nds-explainer-2026,22  (data/segments.csv:23)")


def test_show_names_an_unknown_key():
    result = run("show", "fig-9999", "--package", ROOT)
    assert result.exit_code == 2
    assert 'no row of any table has the key "fig-9999"' in result.output


def test_show_names_a_span_that_says_no_place(dataset_copy):
    without_columns_after(dataset_copy / "data" / "evidence.csv", "segment")
    result = run("show", "com-0001", "--package", dataset_copy)
    assert result.exit_code == 0
    assert "data/evidence.csv:2 does not say where it stands; run `validate run`" in result.output
