"""`validate show` as a user meets it."""

import shutil

import click
import polars as pl
from rich.cells import cell_len
from support.command import run
from support.made import change_descriptor
from support.places import PACKAGES, ROOT

VERIFIED = PACKAGES / "valid-verifications"
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


def test_show_says_how_many_rows_speak_of_a_row_as_the_pages_do():
    lines = run("show", "Taiwan", "--package", ROOT).stdout.splitlines()
    assert lines[0] == "topics taiwan  (data/topics.csv:116)  Claims 20"
    assert "actors taiwan-strait  (data/actors.csv:79)  Claims 1  Unreported 3" in lines
    of_key = run("show", "taiwan", "--package", ROOT).stdout.splitlines()
    assert [line for line in of_key if line.startswith("  ← in all: ")] == [
        "  ← in all: Claims 2",
        "  ← in all: Claims 20",
    ]
    assert "in all" not in run("show", "fig-0005", "--package", ROOT).stdout


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


def test_show_lists_the_rows_with_words():
    result = run("show", "Taiwan", "trade", "--package", VERIFIED)
    assert (result.exit_code, result.stdout) == (2, "")
    result = run("show", "CITY", "--package", VERIFIED)
    assert (result.exit_code, result.stderr) == (0, "")
    assert (
        result.stdout
        == """\
pledges p1  (pledges.csv:2)
  statement: The city will build four quays.

pledges p2  (pledges.csv:3)
  statement: The city pays ten million a year.

2 rows have "CITY"
"""
    )


def test_show_finds_japanese_and_english():
    for word in ("Taiwan", "台湾", "ＴＡＩＷＡＮ"):
        result = run("show", word, "--package", ROOT, "--resource", "document_mentions")
        assert "document_mentions men-0121  (data/document_mentions.csv:121)" in result.stdout
    assert "  statement_ja: NSS 2025は、台湾が" in run("show", "台湾", "--package", ROOT).stdout


def test_show_marks_words_where_colours_are_wanted():
    plain = run("show", "city", "--package", VERIFIED).stdout
    marked = run("show", "city", "--package", VERIFIED, "--color").stdout
    assert marked.count("\x1b[31m\x1b[1mcity\x1b[0m") == 2
    assert click.unstyle(marked) == plain


def test_show_lists_some_rows_of_a_table_and_counts_all():
    output = run("show", "Korea", "--package", ROOT, "--limit", "2").stdout
    tables = [line.split()[0] for line in output.splitlines() if "  (data/" in line]
    assert max(map(tables.count, tables)) == 2
    (more,) = (
        line for line in output.splitlines() if line.endswith(" lists them") and "figures" in line
    )
    number = int(more.split()[-3])
    assert more == f"… and {number - 2} more rows of figures: --limit {number} lists them"
    whole = run(
        "show", "Korea", "--package", ROOT, "--resource", "figures", "--limit", number
    ).stdout
    assert whole.count("  (data/figures.csv:") == number
    assert whole.endswith(f'\n{number} rows have "Korea"\n')


def test_show_counts_what_ties_rows_together_and_lists_it_when_asked():
    narrower = PACKAGES / "valid-narrower"
    result = run("show", "--text", "ponds", "--package", narrower)
    assert (
        result.stdout
        == """\
topics ponds  (topics.csv:4)  Items 2
  topic_id: ponds
  label_en: Ponds

… and 2 rows of item_topics, which only ties others together: --resource item_topics lists them
3 rows in 2 tables have "ponds"
"""
    )
    result = run("show", "--text", "ponds", "--package", narrower, "--resource", "item_topics")
    assert "item_topics n1,ponds  (item_topics.csv:3)" in result.stdout
    assert result.stdout.endswith('2 rows have "ponds"\n')
    alone = run("show", "--text", "lakes", "n2", "--package", narrower)
    assert alone.stdout.startswith("item_topics n2,lakes  (item_topics.csv:5)")


def test_show_counts_what_says_how_rows_were_coded():
    output = run("show", "--text", "taiwan", "--package", ROOT, "--limit", 1).stdout
    assert " rows of codings, which says how others were coded: --resource codings" in output
    assert "codings coding-" not in output
    assert output.startswith("topics taiwan  ")
    assert output.endswith(' rows in 12 tables have "taiwan"\n')


def test_show_finds_a_key_that_is_written_otherwise():
    meant, result = (run("show", key, "--package", ROOT) for key in ("com-0001", "com-1"))
    assert (result.exit_code, result.stdout) == (0, meant.stdout)
    assert result.stderr == 'validate: no row has the key "com-1"; com-0001 is shown\n'


def test_show_says_of_a_key_that_is_a_word_that_others_have_it():
    result = run("show", "taiwan", "--package", ROOT)
    assert result.stdout.startswith("actors taiwan  (data/actors.csv:")
    assert result.stderr.endswith('other rows have "taiwan" in their texts: --text lists them\n')
    assert "\npositions pos-0093" in run("show", "taiwan", "--text", "--package", ROOT).stdout


def test_show_names_keys_with_a_slip():
    result = run("show", "tawian", "--package", ROOT)
    assert result.exit_code == 2
    assert result.stderr.endswith("; did you mean taiwan?\n")


def test_show_cuts_long_texts_around_the_word(make_package):
    text = "x" * 500 + " needle " + "y" * 500
    folder = make_package([{"name": "note", "type": "string"}], f"note\n{text}\n")
    line = run("show", "needle", "--package", folder).stdout.splitlines()[1]
    assert line.startswith("  note: …xxx")
    assert line.endswith("yyy…")
    assert 200 < len(line) < 400
    assert " needle " in line


def test_show_escapes_what_would_control_the_terminal(make_package):
    content = "note\n\x1b[2Jneedle\x07\n"
    folder = make_package([{"name": "note", "type": "string"}], content)
    assert "  note: \\x1b[2Jneedle\\x07\n" in run("show", "needle", "--package", folder).stdout


def test_show_needs_a_word():
    result = run("show", "--package", VERIFIED)
    assert result.exit_code == 2
    assert "Missing argument 'WORDS...'" in result.stderr


def test_show_withholds_what_is_restricted_beside_a_word(make_package):
    fields = [
        {"name": "name", "type": "string", "restricted": True},
        {"name": "note", "type": "string"},
    ]
    folder = make_package(fields, "name,note\nAdam,a needle\n", primaryKey="name")
    output = run("show", "needle", "--package", folder).stdout
    assert output.startswith("t [withheld]  (t.csv:2)\n  note: a needle\n")
    assert run("show", "dam", "--package", folder).exit_code == 2


def test_show_names_a_span_that_says_no_place(dataset_copy):
    without_columns_after(dataset_copy / "data" / "evidence.csv", "segment")
    result = run("show", "com-0001", "--package", dataset_copy)
    assert result.exit_code == 0
    assert "data/evidence.csv:2 does not say where it stands; run `validate run`" in result.output


def shown(key, package=VERIFIED, width=100, sources=True):
    texts = ("--sources", package / "sources") if sources else ()
    return run("show", key, "--package", package, *texts, env={"COLUMNS": str(width)}).output


def test_show_prints_the_document_after_the_passages_of_a_claim():
    claim, _ = shown("p2").split("\n\n", 1)
    assert claim.endswith(
        """
  ⚓ letter, segment 2, 28-42
      pays ten million
  ≠ verdict: differs (amount) · checks p2
      document: charter
      source_id: charter
      found: Twelve million a year.
  ⚓ charter, segment 2, 34-55
      shall pay twelve million"""
    )


def test_show_without_texts_gives_the_places_of_the_document():
    output = shown("p2", sources=False)
    assert output.count("⚓ charter, segment 2, 34-55") == 2  # of the claim, and its verification
    assert "twelve million\n" not in output


def test_show_says_what_is_absent_from_a_document_and_what_waits():
    assert "  = verdict: agrees · checks p3\n" in shown("p3")
    assert "      absent: ferr(?:y|ies)\n" in shown("p3")
    assert "  … verdict: unread · checks p4\n      document: treaty\n\n" in shown("p4")


def test_show_has_claim_and_document_side_by_side_where_there_is_room():
    lines = shown("p1", width=140).splitlines()
    beside = [line.partition(" │ ") for line in lines if " │ " in line]
    (words,) = (both for both in beside if "The city will build" in both[0])
    assert words[2].strip() == "document: charter"
    assert beside[-1][2].strip() == "The city shall build four quays by May."
    assert {cell_len(left) for left, _, _ in beside} == {68}
    assert " │ " not in shown("p1", width=119)


def test_columns_are_as_wide_where_words_are_written_in_wide_characters(tmp_path):
    package = shutil.copytree(VERIFIED, tmp_path / "package")
    found = "岸壁は四つで、五月までに造る。" * 8
    file = package / "checks.csv"
    file.write_text(file.read_text("utf-8").replace("Twelve million a year.", found), "utf-8")
    output = shown("p2", package, width=120)
    beside = [line for line in output.splitlines() if " │ " in line]
    assert max(map(cell_len, beside)) <= 120
    right = "".join(line.partition(" │ ")[2].strip() for line in beside)
    assert found in right


def test_show_prints_an_unreported_item_and_its_passages():
    output = shown("o1")
    assert output.startswith("omissions o1  (omissions.csv:2)")
    assert output.endswith("⚓ charter, segment 3, 61-81\n      A keeper shall be named.\n\n")


def test_a_verification_that_is_restricted_is_not_told(tmp_path):
    package = shutil.copytree(VERIFIED, tmp_path / "package")

    def restricted(descriptor):
        schemas = {one["name"]: one["schema"] for one in descriptor["resources"]}
        schemas["checks"]["fields"][3]["restricted"] = True
        schemas["differences"]["fields"][1]["restricted"] = True

    change_descriptor(package, restricted)
    assert "  ? verdict: [withheld] ([withheld]) · checks p2\n" in shown("p2", package)


def test_a_verification_without_columns_is_told_as_far_as_it_goes(tmp_path):
    package = shutil.copytree(VERIFIED, tmp_path / "package")
    without_columns_after(package / "checks.csv", "document")
    assert "  ? verdict: none (amount) · checks p2\n      document: charter\n" in shown(
        "p2", package
    )
