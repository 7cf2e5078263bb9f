"""Markers: what decides, what excuses, and what is not looked at; whole packages beside these."""

import shutil

import pytest
from support.made import change_descriptor, change_row
from support.places import PACKAGES

from validate import validate
from validate._src.fields import _patterns as bounded
from validate._src.split.judgement import doubts

HEDGE = ("losses", 3, "certainty", "marker-value")


@pytest.fixture
def package(tmp_path):
    """A copy of a package in which every claim has what its markers allow."""
    return shutil.copytree(PACKAGES / "valid-markers", tmp_path / "package")


def found(report):
    return [(one.resource, one.row, one.field, one.code) for one in report]


def proved(package, **options):
    return validate(package, package / "sources", **options)


def added(package, table, row):
    with (package / f"{table}.csv").open("a", encoding="utf-8") as stream:
        stream.write(row + "\n")


def not_checked(report, what):
    return [part for part in report.not_checked if part.what.startswith(what)]


def test_counts_what_is_judged(package):
    counts = {part.what: part.count for part in proved(package).checked}
    assert (counts["markers"], counts["markers in spans"]) == (3, 5)


def test_a_finding_says_where_the_marker_stands_and_by_which_rule(package):
    change_row(package, "losses", 3, certainty="sure")
    (one,) = proved(package)
    assert (one.rule, one.value, one.key) == ("hedge", "sure", ("loss-2",))
    assert one.message == ("harbour-log 28-43 holds the marker hedge, which allows likely (rule 1)")


def test_spans_of_all_roles_count_where_none_are_named(package):
    def without_roles(descriptor):
        spans = descriptor["anchors"]["markers"]["spans"]
        del spans["role"], spans["roles"]

    change_descriptor(package, without_roles)
    assert found(proved(package)) == [("losses", 2, "certainty", "marker-value")]


def test_of_several_resources_of_spans_markers_are_looked_for_in_the_one_that_they_name(tmp_path):
    name = "valid-markers-in-the-second-spans"
    package = shutil.copytree(PACKAGES / name, tmp_path / "package")
    change_row(package, "losses", 3, certainty="sure")
    assert found(proved(package)) == [HEDGE]
    (part,) = not_checked(validate(package, resources=["markers", "headings"]), "markers")
    assert part.why.startswith("they go with quotes, marker_values, ")


def test_each_span_is_held_to_its_own_markers(package):
    """A word of one span does not allow what another span of the claim rules out."""
    change_row(package, "losses", 3, certainty="told")
    quote = (package / "quotes.csv").read_text("utf-8").splitlines()[4]
    assert quote.startswith("loss-3,")
    added(package, "quotes", quote.replace("loss-3", "loss-2"))
    assert found(proved(package)) == [HEDGE]


def test_a_marker_is_looked_for_in_the_span_alone(package):
    change_row(package, "markers", 3, pattern="may(?=follow)")
    assert found(proved(package)) == []
    change_row(package, "markers", 3, pattern="may(?=follow,)")
    assert found(proved(package)) == [("markers", 3, "pattern", "marker-unmatched")]


def test_an_exception_needs_a_reason(package):
    change_row(package, "exceptions", 2, reason="")
    report = proved(package)
    assert found(report) == [("losses", 5, "certainty", "marker-value")]
    (part,) = not_checked(report, "1 rows of exceptions")
    assert part.why == "marker_id, claim_id, reason must have a value"


def test_a_value_of_the_wrong_type_is_not_known_and_named(package):
    def sighted(descriptor):
        (losses,) = (one for one in descriptor["resources"] if one["name"] == "losses")
        losses["schema"]["fields"][1]["type"] = "integer"

    change_descriptor(package, sighted)
    change_row(package, "losses", 3, boats="many")
    change_row(package, "markers", 3, field="boats")
    change_row(package, "marker_values", 4, value="1")
    added(package, "exceptions", "hedge,loss-2,it is known")
    report = proved(package)
    assert ("losses", 3, "boats", "type-error") in found(report)
    assert not [one for one in report if one.key[-1:] == ("loss-2",) and one.field != "boats"]
    (part,) = not_checked(report, "markers of 1 claims")
    assert part.hides("losses", "marker-value")


def test_a_pattern_that_takes_too_long_is_named_and_others_are_looked_for(package, monkeypatch):
    monkeypatch.setattr(bounded, "ALLOWED", 0.05)
    change_row(package, "markers", 3, pattern=r"(\w|\w\w)+\1[xz]")
    change_row(package, "lights", 2, certainty="told")
    report = proved(package)
    assert found(report) == [("lights", 2, "certainty", "marker-value")]
    (part,) = not_checked(report, "marker hedge")
    assert part.why.startswith("the pattern takes too long")


def test_a_table_that_is_not_read_to_its_end_leaves_markers_unjudged(package):
    with (package / "exceptions.csv").open("a", encoding="utf-8") as stream:
        stream.write('hedge,loss-2,"never closed\n')
    (part,) = not_checked(proved(package), "markers")
    assert part.why == "exceptions could not be read to the end"


def test_without_texts_markers_are_judged_and_claims_named(package):
    change_row(package, "markers", 3, pattern="may(")
    change_row(package, "losses", 3, certainty="sure")
    report = validate(package)
    assert found(report) == [("markers", 3, "pattern", "marker-error")]
    (part,) = not_checked(report, "markers")
    assert part.hides("losses", "marker-value")
    assert not part.hides("markers", "marker-error")


def test_rows_of_claims_are_in_doubt_where_markers_were_not_judged(package):
    report = validate(package)
    said = "not checked: markers: no text was given (--sources DIR)"
    assert said in doubts(report, "losses", ())
    assert said not in doubts(report, "segments", ())


@pytest.mark.parametrize(
    ("change", "waived"),
    [
        (lambda package: change_row(package, "losses", 3, certainty="sure"), "losses,loss-2"),
        (lambda package: None, None),
    ],
)
def test_a_waiver_lets_a_value_pass_and_is_needless_where_nothing_is_found(package, change, waived):
    fields = ("resource", "key", "field", "code", "reason", "expires")

    def with_waivers(descriptor):
        schema = {"fields": [{"name": name, "type": "string"} for name in fields]}
        schema["fields"][-1]["type"] = "date"
        waivers = {"name": "waivers", "path": "waivers.csv", "schema": schema}
        descriptor["resources"].append(waivers)
        descriptor["waivers"] = {"resource": "waivers"}

    change_descriptor(package, with_waivers)
    row = "losses,loss-2,certainty,marker-value,to be read again,9999-12-31"
    (package / "waivers.csv").write_text(f"{','.join(fields)}\n{row}\n", "utf-8")
    change(package)
    report = proved(package)
    assert [one.code for one in report.waived] == (["marker-value"] if waived else [])
    assert [one.code for one in report] == ([] if waived else ["waiver-unmatched"])
    assert found(validate(package)) == []


def test_of_selected_resources_all_that_markers_look_at_is_needed(package):
    everything = ["quotes", "markers", "marker_values", "exceptions", "losses", "lights"]
    change_row(package, "losses", 3, certainty="sure")
    assert found(proved(package, resources=everything)) == [HEDGE]
    report = proved(package, resources=everything[:-1])
    assert found(report) == []
    (part,) = not_checked(report, "markers")
    assert part.why == "they go with lights, which is not selected"
    assert "markers" in str(doubts(report, "losses", ()))


def test_fast_names_markers(package):
    (part,) = not_checked(validate(package, fast=True), "markers")
    assert part.hides("markers", "marker-error")


def test_restricted_values_stand_in_no_message(package):
    def restricted(descriptor):
        for resource in descriptor["resources"]:
            for field in resource["schema"]["fields"]:
                field["restricted"] = True

    change_descriptor(package, restricted)
    change_row(package, "losses", 3, certainty="sure")
    added(package, "markers", "secret,(?P<secretly,certainty,4")
    added(package, "marker_values", "secret,lights,sure")
    (broken, one) = sorted(proved(package), key=lambda one: one.code)
    assert (broken.code, broken.message) == ("marker-error", "invalid pattern")
    assert one.message == (
        "[withheld] holds the marker [withheld], which allows [withheld] (rule [withheld])"
    )
    assert (one.rule, one.value) == ("[withheld]", "[withheld]")
