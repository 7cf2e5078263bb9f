"""A second opinion: frictionless finds the same faults in the same cells.

Where it does not, `KNOWN_DIFFERENCES` says so, with the section of the standard
that decides who is right.
"""

import re
import subprocess
import sys
from functools import cache

import pytest
from support.known_differences import KNOWN_DIFFERENCES, excuses, unexplained
from support.places import PACKAGES, ROOT
from support.second_opinion import differences, judged, read_json

ENDS_THEM = {"gzip-malformed", "gzip-truncated"}
"""Packages with files at which frictionless ends in an error of Python, and leaves them open."""
FETCHED = {"path-of-schema-remote", "path-remote-among-others"}
"""Packages with files on the web, which frictionless fetches without being asked to."""


def is_to_be_judged(folder):
    """Whether a package has findings to compare; one that cannot be used has none."""
    passed_over = ENDS_THEM | FETCHED
    return folder.name not in passed_over and "findings" in read_json(folder / "expected.json")


ENDS_IN_A_TRACEBACK = {
    "datetime-of-other-forms": "a bound on a datetime that it cannot read",
    "list-of-large-integers": "lists that must be unique",
    "path-is-no-url": "a path that no URL can be read from",
    "pattern-blocks": "blocks of Unicode in a pattern",
    "pattern-invalid": "a pattern that is none",
    "pattern-names": "the characters of names in a pattern",
    "pattern-of-an-unknown-block": "blocks of Unicode that there are not",
    "time-of-version-1": "a bound on a time that it cannot read",
    "year-of-other-forms": "a bound on a year that it cannot read",
}
"""The packages which frictionless cannot judge, and what of them it does not know."""
FOLDERS = [file.parent for file in sorted(PACKAGES.glob("*/expected.json"))]
JUDGED = [
    folder
    for folder in FOLDERS
    if is_to_be_judged(folder) and folder.name not in ENDS_IN_A_TRACEBACK
]
case_of = cache(judged)
# All of them are judged by two tests.
JUDGES_ALL = pytest.mark.xdist_group("frictionless")


@JUDGES_ALL
def test_frictionless_agrees():
    found = {folder.name: unexplained(case_of(folder)) for folder in JUDGED}
    assert {name: places for name, places in found.items() if places} == {}


@JUDGES_ALL
def test_every_known_difference_still_shows():
    cases = [case_of(folder) for folder in JUDGED]
    shown = [
        known for case in cases for found in differences(case) for known in excuses(case, *found)
    ]
    assert [known.what for known in KNOWN_DIFFERENCES if known not in shown] == []


@pytest.mark.parametrize("name", ENDS_IN_A_TRACEBACK)
def test_frictionless_ends_in_a_traceback(name):
    with pytest.raises((TypeError, ValueError, re.error)):
        judged(PACKAGES / name)


def test_both_find_the_dataset_valid():
    case = judged(ROOT)
    assert case.ours == case.theirs == frozenset()


def test_command_of_frictionless_accepts_the_dataset():
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    process = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    assert process.returncode == 0, process.stdout.decode()
