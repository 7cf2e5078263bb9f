"""The version that changes demand."""

import pytest
from support.versions import BOATS, ROWS, changed, field_changed, write

from validate._src.compare.compare import compare
from validate._src.compare.version import is_lower, raised

RAISED = [
    ("1.2.3", "none", "1.2.3"),
    ("1.2.3", "patch", "1.2.4"),
    ("1.2.3", "minor", "1.3.0"),
    ("1.2.3", "major", "2.0.0"),
    ("0.2.3", "major", "0.3.0"),
    ("0.2.3", "minor", "0.3.0"),
    ("0.2.3", "patch", "0.2.4"),
    ("2.0.0-rc.1", "major", "2.0.0"),
    ("2.0.1-rc.1", "major", "3.0.0"),
    ("2.1.0-rc.1", "major", "3.0.0"),
    ("2.1.0-rc.1", "minor", "2.1.0"),
    ("2.1.1-rc.1", "minor", "2.2.0"),
    ("2.1.1-rc.1", "patch", "2.1.1"),
    ("1.2.3+build", "patch", "1.2.4"),
    ("1.2", "patch", None),
    ("2026-01-01", "patch", None),
    (None, "patch", None),
]


@pytest.mark.parametrize(("version", "level", "expected"), RAISED)
def test_a_part_is_raised_and_those_after_it_begin_anew(version, level, expected):
    assert raised(version, level) == expected


ORDER = [
    *("1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta"),
    *("1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0"),
]


def test_versions_are_in_the_order_of_semantic_versioning():
    for place, version in enumerate(ORDER):
        assert [is_lower(version, other) for other in ORDER] == [
            place < number for number in range(len(ORDER))
        ]


def demand(tmp_path, old=ROWS, new=ROWS, before=(BOATS,), after=(BOATS,), versions=("1.0.0",) * 2):
    write(tmp_path / "old", old, *before, version=versions[0])
    write(tmp_path / "new", new, *after, version=versions[1])
    return compare(tmp_path / "old", tmp_path / "new").demand


def test_nothing_demands_nothing(tmp_path):
    found = demand(tmp_path)
    assert (found.level, found.version, found.because, found.is_met) == ("none", "1.0.0", (), True)


def test_rows_that_come_are_minor_and_those_that_change_patch(tmp_path):
    found = demand(tmp_path, new=[*ROWS, "b4,1,x"])
    assert (found.level, found.version, found.is_met) == ("minor", "1.1.0", False)
    assert found.because == ("boats: 1 row added",)
    found = demand(tmp_path, new=["b1,9,red", *ROWS[1:]])
    assert (found.level, found.version, found.because) == (
        "patch",
        "1.0.1",
        ("boats: 1 row changed",),
    )


def test_rows_that_go_are_major_where_another_resource_refers_to_them(tmp_path):
    found = demand(tmp_path, new=ROWS[:2])
    assert (found.level, found.because) == ("patch", ("boats: 1 row removed",))
    key = {"fields": "colour", "reference": {"resource": "boats", "fields": "id"}}
    trips = changed(lambda one: one["schema"].update(foreignKeys=[key]))
    trips.update(name="trips", path="trips.csv")
    for name in ("old", "new"):
        write(tmp_path / name, [], trips)
    found = demand(tmp_path, new=ROWS[:2], before=(BOATS, trips), after=(BOATS, trips))
    assert (found.level, found.version) == ("major", "2.0.0")
    assert found.because == ("boats: 1 row removed, and trips refers to it",)


def test_a_table_that_refers_to_itself_is_no_other_resource(tmp_path):
    key = {"fields": "colour", "reference": {"resource": "", "fields": "id"}}
    own = changed(lambda one: one["schema"].update(foreignKeys=[key]))
    found = demand(tmp_path, new=ROWS[:2], before=(own,), after=(own,))
    assert found.level == "patch"


def test_the_greatest_demand_counts_and_only_what_demands_it_is_named(tmp_path):
    after = (field_changed("colour", title="Colour", constraints={"required": True}),)
    found = demand(tmp_path, new=[*ROWS, "b4,1,x"], after=after, versions=("0.9.4", "0.10.0"))
    assert (found.level, found.version, found.is_met) == ("major", "0.10.0", True)
    assert found.because == ("boats.colour: constraint required added",)


@pytest.mark.parametrize("versions", [("1", "1.0.0"), ("1.0.0", "new")])
def test_versions_of_another_form_are_not_compared(tmp_path, versions):
    assert demand(tmp_path, new=ROWS[:2], versions=versions).is_met is None
