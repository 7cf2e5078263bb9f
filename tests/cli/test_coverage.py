"""`validate coverage` as a user meets it."""

import json
import shutil

import polars as pl
import pytest
from support.command import run
from support.made import change_descriptor
from support.places import PACKAGES, ROOT

NOT_LOOKED_AT = "  not checked: what lies beside its spans; no text was given (--sources DIR)\n"


def test_coverage_of_the_dataset_is_complete(sources):
    result = run("coverage", ROOT, "--sources", sources)
    assert result.exit_code == 0
    assert "accounted for: numeral " in result.output
    assert "not accounted for" not in result.output


def test_coverage_without_texts_says_what_it_did_not_check():
    result = run("coverage", ROOT)
    assert result.exit_code == 0
    assert result.output.count("not checked: what lies beside its spans") == 3


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


@pytest.fixture
def compared(tmp_path):
    """A copy of a package whose claims are compared with a document."""
    return shutil.copytree(PACKAGES / "valid-verifications", tmp_path / "package")


def changed(package, table, old, new):
    file = package / f"{table}.csv"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_coverage_says_how_much_of_a_document_is_reported(compared):
    result = run("coverage", compared, "--sources", compared / "sources")
    assert result.exit_code == 0
    assert (
        """
charter
  segments 4: coded 3, excused 1 (closing 1)
  section   segments  agreeing  differing  unreported   excused  open
  articles         3   1 (40%)    1 (26%)     1 (25%)         0     0
  end              1         0          0           0  1 (100%)     0
  all              4   1 (34%)    1 (22%)     1 (21%)   1 (14%)     0
  segments (share of characters); a segment may stand in several columns
"""
        in result.output
    )


def test_coverage_counts_the_verdicts_on_each_document(compared):
    result = run("coverage", compared)
    assert result.output.endswith(
        """
checks
  document  agrees  differs  unread
  charter        2        1       0
  treaty         0        0       1
  waiting: 1 claim of 1 document (--waiting DOCUMENT lists those of one)
"""
    )


def test_coverage_counts_the_claims_about_no_document(compared):
    changed(compared, "checks", "p4,treaty,,unread", "p4,,,unread")
    assert "(none)" in run("coverage", compared).output
    result = run("coverage", compared, "--waiting", "treaty")
    assert result.exit_code == 2
    assert 'there is no document "treaty"' in result.output


def test_coverage_names_what_nobody_accounts_for_in_a_document(compared):
    changed(compared, "omission_spans", (compared / "omission_spans.csv").read_text("utf-8"), "")
    result = run("coverage", compared)
    assert result.exit_code == 2  # a table without a header has findings
    header = "item_id,source_id,segment,start,end,sha256\n"
    (compared / "omission_spans.csv").write_text(header, "utf-8")
    result = run("coverage", compared)
    assert result.exit_code == 1
    assert "  segment 3 is neither coded nor excused" in result.output
    assert (
        "  articles         3   1 (40%)    1 (26%)           0         0  1 (25%)" in result.output
    )


def test_a_segment_with_spans_of_several_kinds_counts_for_each(compared):
    """The characters are those of the spans; what two spans share is counted once."""
    change_descriptor(compared, without_categories)
    changed(compared, "checks", "p3,charter,charter,agrees,", "p3,charter,charter,unlike,")
    spans = (compared / "check_spans.csv").read_text("utf-8").splitlines()
    more = [spans[2].replace("p2", "p3"), spans[2].replace("p2", "p1")]
    (compared / "check_spans.csv").write_text("\n".join([*spans, *more]) + "\n", "utf-8")
    output = run("coverage", compared).output
    assert "  section   segments  agreeing  differing  otherwise  unreported " in output
    assert "  articles         3   2 (65%)    1 (26%)    1 (26%)     1 (25%) " in output
    assert "  document  agrees  differs  unread  unlike\n" in output


def without_categories(descriptor):
    (checks,) = (one for one in descriptor["resources"] if one["name"] == "checks")
    del checks["schema"]["fields"][3]["categories"]


def test_a_document_without_a_span_is_one_if_a_verification_names_it(compared):
    header = "claim_id,source_id,segment,start,end,sha256\n"
    (compared / "check_spans.csv").write_text(header, "utf-8")
    (compared / "omission_spans.csv").write_text(header.replace("claim", "item"), "utf-8")
    result = run("coverage", compared)
    assert result.exit_code == 1
    assert (
        "  articles         3         0          0           0         0  3 (100%)" in result.output
    )


def with_a_register(package):
    """Makes a table of the claims' ids, to which the claims, quotes and verifications refer."""

    def change(descriptor):
        schema = {"fields": [{"name": "claim_id", "type": "string"}], "primaryKey": ["claim_id"]}
        descriptor["resources"].append(
            {"name": "register", "path": "register.csv", "schema": schema}
        )
        key = {"fields": ["claim_id"], "reference": {"resource": "register"}}
        key["reference"]["fields"] = ["claim_id"]
        for resource in descriptor["resources"]:
            if resource["name"] in ("pledges", "quotes", "checks"):
                resource["schema"]["foreignKeys"] = [key]

    change_descriptor(package, change)
    (package / "register.csv").write_text("claim_id\np1\np2\np3\np4\n", "utf-8")


def test_tables_of_claims_are_counted_and_not_those_of_verifications(compared):
    with_a_register(compared)
    output = run("coverage", compared).output
    letter, charter = output.split("charter\n", 1)
    assert letter.endswith("  section  pledges\n  body           4\n" + NOT_LOOKED_AT)
    assert "pledges" not in charter


def test_what_waits_is_listed_in_the_order_of_the_text(compared):
    for claim in ("p1", "p2", "p3"):
        old = next(
            line
            for line in (compared / "checks.csv").read_text("utf-8").splitlines()
            if line.startswith(claim)
        )
        changed(compared, "checks", old, f"{claim},treaty,,unread,,")
    changed(compared, "quotes", "p1,letter,1,0,26", "p1,letter,4,68,86")
    where = (compared, "--waiting", "treaty")
    result = run("coverage", *where)
    assert result.exit_code == 0
    assert result.output == (
        "claim_id,table,places,passages,row\n"
        "p2,pledges,letter segment 2 at 28-42,,statement: The city pays ten million a year.\n"
        "p3,pledges,letter segment 3 at 48-68,,statement: The charter does not speak of a ferry.\n"
        "p1,pledges,letter segment 4 at 68-86,,statement: The city will build four quays.\n"
        "p4,pledges,letter segment 4 at 71-85,,statement: The treaty bans nets.\n"
    )
    with_texts = run("coverage", *where, "--sources", compared / "sources").output
    assert "p2,pledges,letter segment 2 at 28-42,pays ten million,statement: " in with_texts


def test_waiting_names_the_table_of_the_claim_beside_a_register(compared):
    with_a_register(compared)
    output = run("coverage", compared, "--waiting", "treaty").output
    assert output.splitlines()[1].startswith("p4,pledges,letter segment 4 at 71-85,")


def test_where_nothing_waits_there_is_no_line(compared):
    result = run("coverage", compared, "--waiting", "charter")
    assert (result.exit_code, result.output) == (0, "claim_id,table,places,passages,row\n")


def test_waiting_needs_a_document_that_there_is(compared):
    result = run("coverage", compared, "--waiting", "chartre")
    assert result.exit_code == 2
    assert 'there is no document "chartre"; did you mean charter?' in result.output


def test_waiting_needs_verifications(make_package):
    package = make_package([{"name": "boat"}], "boat\nTern\n")
    result = run("coverage", package, "--waiting", "charter")
    assert result.exit_code == 2
    assert "the package declares no verifications" in result.output


@pytest.mark.parametrize("options", [(), ("--waiting", "treaty")])
@pytest.mark.parametrize("field", ["document", "verdict"])
def test_coverage_refuses_to_show_restricted_values(compared, field, options):
    def restricted(descriptor):
        (checks,) = (one for one in descriptor["resources"] if one["name"] == "checks")
        (own,) = (one for one in checks["schema"]["fields"] if one["name"] == field)
        own["restricted"] = True

    change_descriptor(compared, restricted)
    result = run("coverage", compared, *options)
    assert result.exit_code == 2
    assert f"coverage would show values of checks.{field}, which is restricted" in result.output


def test_waiting_refuses_a_text_that_is_not_the_coded_one(compared):
    (compared / "sources" / "letter.txt").write_text("Another letter.\n", "utf-8")
    where = ("--waiting", "treaty", "--sources", compared / "sources")
    result = run("coverage", compared, *where)
    assert result.exit_code == 2
    assert "letter.txt: not the text that was coded" in result.output
