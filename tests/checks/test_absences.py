"""Absences: what must not stand in a text, and what is not looked at; packages beside these."""

import shutil

import pytest
from support.made import change_descriptor, change_row
from support.places import PACKAGES

from validate import validate
from validate._src.fields import _patterns as bounded
from validate._src.fields._patterns import BoundedPattern


@pytest.fixture
def package(tmp_path):
    """A copy of a package in which nothing stands in a text that must not."""
    return shutil.copytree(PACKAGES / "valid-absences", tmp_path / "package")


def proved(package, **options):
    return validate(package, package / "sources", **options)


def changed(package, number, **cells):
    change_row(package, "checks", number, **cells)


def found(report):
    return [(one.row, one.field, one.code, one.message) for one in report]


def not_checked(report):
    return [(part.what, part.why) for part in report.not_checked if "absences" in part.what]


def test_what_is_looked_for_is_counted(package):
    counts = {part.what: part.count for part in proved(package).checked}
    assert counts["absences"] == 1


def test_a_finding_says_where_the_pattern_stands_and_how_often(package):
    changed(package, 4, absent="million|quays")
    (one,) = found(proved(package))
    places = "segment 1 at 21-26; segment 2 at 48-55"
    assert one == (4, "absent", "absence-found", f"stands 2 times in charter: {places}")


def test_a_pattern_is_looked_for_in_the_whole_text_across_segments(package):
    changed(package, 4, absent="Mayit")
    assert found(proved(package)) == []
    changed(package, 4, absent=r"May\.It")
    (one,) = found(proved(package))
    assert one[-1] == "stands once in charter: segment 1 and 2 at 28-34"


def test_a_pattern_is_looked_for_in_its_text_alone(package):
    changed(package, 4, absent="treaty")
    assert found(proved(package)) == []
    changed(package, 4, source_id="letter")
    assert [one[2] for one in found(proved(package))] == ["absence-found"]


def test_of_many_places_the_first_are_named_and_the_others_counted(package):
    changed(package, 4, absent="[aeiou]")
    (one,) = found(proved(package))
    assert one[-1].startswith("stands 32 times in charter: segment 1 at 2-3; ")
    assert one[-1].endswith("; 22 more")


def test_without_texts_the_patterns_are_judged_and_the_rest_is_named(package):
    changed(package, 4, absent="million")
    changed(package, 5, absent="nets(", source_id="chart")
    report = validate(package)
    assert [one[:3] for one in found(report)] == [
        (5, "source_id", "absence-error"),
        (5, "absent", "absence-error"),
    ]
    assert not_checked(report) == [
        ("1 absences of checks", "no text of their source was given (--sources DIR)"),
        ("1 absences of checks", "what is found in their rows keeps them from being looked for"),
    ]
    (first, _) = (part for part in report.not_checked if "absences" in part.what)
    assert first.hides("checks", "absence-found")
    assert not first.hides("checks", "absence-error")


def test_a_text_that_is_not_the_coded_one_is_not_looked_through(package):
    file = package / "sources" / "charter.txt"
    file.write_text(file.read_text("utf-8") + "The ferry sails.\n", "utf-8")
    report = proved(package)
    assert {one[2] for one in found(report)} == {"source-text"}
    why = "the text of their source is not the text that was coded"
    assert not_checked(report) == [("1 absences of checks", why)]


def test_a_pattern_that_takes_too_long_is_named(package, monkeypatch):
    monkeypatch.setattr(bounded, "ALLOWED", 0.05)
    changed(package, 4, absent=r"(\w|\w\w)+\1[xz]")
    report = proved(package)
    assert found(report) == []
    ((what, why),) = not_checked(report)
    assert what == "1 absences of checks"
    assert why.startswith("the pattern takes too long")


def test_a_match_without_a_character_anywhere_refuses_the_pattern(package):
    changed(package, 4, absent=r"lamp|\b(?=quays|Fourquays)|(?<=t)(?=y)")
    assert {one[2:] for one in found(proved(package))} == {
        ("absence-error", "the pattern matches no character, and so any text")
    }


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("Four quays", "canonical text has no white space"),
        ("Four\nquays", "canonical text has no white space"),
        ("Ｆerry", "the pattern has characters that NFKC changes"),
        ("(?:(?:x{1000}){1000}){30}", "counts repeat a part more than 100,000 times"),
    ],
)
def test_a_pattern_that_is_looked_for_in_vain_or_never_ends_is_an_error(package, pattern, message):
    changed(package, 4, absent=pattern)
    ((*_, code, said),) = found(validate(package))
    assert code == "absence-error"
    assert message in said


def test_white_space_of_a_verbose_pattern_means_nothing(package):
    changed(package, 4, absent="(?x) qua ys # in two")
    assert [code for *_, code, _ in found(proved(package))] == ["absence-found"]


def test_a_table_that_is_not_read_to_its_end_leaves_absences_unjudged(package):
    with (package / "texts.csv").open("a", encoding="utf-8") as stream:
        stream.write('chart,"never closed\n')
    assert not_checked(proved(package)) == [("absences", "texts could not be read to the end")]


@pytest.mark.parametrize(("table", "column"), [("checks", "absent"), ("texts", "sha256")])
def test_a_column_that_is_missing_leaves_absences_unjudged(package, table, column):
    file = package / f"{table}.csv"
    file.write_text(file.read_text("utf-8").replace(column, "other", 1), "utf-8")
    change_descriptor(package, lambda descriptor: every_subset(descriptor["resources"]))
    ((what, why),) = not_checked(proved(package))
    assert (what, why.split()[0]) == ("absences", table)


def every_subset(resources):
    for resource in resources:
        resource["schema"]["fieldsMatch"] = "partial"


def test_of_selected_resources_the_absences_go_with_their_own(package):
    changed(package, 4, absent="million")
    assert [one[2] for one in found(proved(package, resources=["checks"]))] == ["absence-found"]
    report = proved(package, resources=["quotes"])
    assert found(report) == []
    assert "absences" not in {part.what for part in report.checked}


def test_fast_names_absences(package):
    assert not_checked(validate(package, fast=True)) == [
        ("absences", "only structure and types are asked for")
    ]


def test_restricted_values_stand_in_no_message(package):
    def restricted(descriptor):
        for resource in descriptor["resources"]:
            for field in resource["schema"]["fields"]:
                field["restricted"] = True

    change_descriptor(package, restricted)
    changed(package, 4, absent="million")
    changed(package, 5, absent="(?P<secretly", source_id="charter")
    assert [one[-1] for one in found(proved(package))] == [
        "stands once in [withheld]",
        "invalid pattern",
    ]


@pytest.mark.parametrize(
    ("pattern", "text", "places"),
    [
        ("a+", "aabaa", [(0, 2), (3, 5)]),
        ("^a", "aa", [(0, 1)]),
        ("(?<=a)b", "abb", [(1, 2)]),
        ("b|(?=c)", "abcb", [(1, 2), (2, 2)]),
        ("x", "abc", []),
    ],
)
def test_places_of_a_pattern(pattern, text, places):
    assert BoundedPattern(pattern).places(text) == places
