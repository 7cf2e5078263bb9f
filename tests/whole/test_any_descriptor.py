"""Whatever a descriptor says, the answer is a verdict or a line, never a traceback."""

import contextlib
import itertools
import json

import pytest
from support.probes import PLACES, VERSIONS, probes, property_names

from validate import PackageError, validate
from validate._src.package import profile
from validate._src.package.profile import problems

KINDS = (
    "null", "true", "negative", "fraction", "huge", "empty text", "text", "empty array",
    "array of null", "array of integer", "array of text", "array of array",
    "array of empty object", "empty object", "object",
)  # fmt: skip
NEXT = 6
"""Of the probes that the profiles let pass, one of so many is run: all of them take minutes."""
LONGEST_LINE = 300
ROWS = [{"a": 1}, {"a": "x"}]
FILES = {
    "ponds.csv": "a\n1\nx\n",
    "ponds.json": json.dumps(ROWS),
    "ponds.ndjson": "\n".join(map(json.dumps, ROWS)),
}
LOCATIONS = (*({"path": name} for name in FILES), {"data": ROWS})


def all_probes():
    """Descriptors of one property with each kind of value: version, place, property, descriptor."""
    for version, place in itertools.product(VERSIONS, PLACES):
        if version in place.versions:
            for name, value, descriptor in probes(place, property_names(place)):
                if value in KINDS:
                    yield version, place, name, descriptor


def is_valid(version, place, descriptor):
    return profile._gate(profile._standard, place.kind, version).is_valid(descriptor)


def package(version, place, descriptor, location):
    """A package with the descriptor, whose tables, where it has none, are at the location."""
    whole = descriptor
    if place.kind != "datapackage":
        part = place.kind.removeprefix("table")
        resource = {"name": "ponds", "schema": {"fields": [{"name": "a"}]}, part: descriptor}
        whole = {"resources": [resource | location]}
    own = {"$schema": f"https://datapackage.org/profiles/{version}/datapackage.json"}
    return own | whole


@pytest.fixture
def folder(tmp_path):
    for name, content in FILES.items():
        (tmp_path / name).write_text(content, "utf-8")
    return tmp_path


def run(folder, descriptor):
    """Runs the package; a line that says why it cannot be is an answer."""
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    with contextlib.suppress(PackageError):
        validate(folder)


def test_whatever_the_profiles_let_pass_gets_an_answer(folder):
    passed = [
        (version, place, name, descriptor)
        for version, place, name, descriptor in all_probes()
        if is_valid(version, place, descriptor)
    ]
    locations = itertools.cycle(LOCATIONS)
    for version, place, _, descriptor in passed[::NEXT]:
        run(folder, package(version, place, descriptor, next(locations)))
    assert len(passed) > 5000


def is_judged(folder):
    """Whether a run gives a verdict that is not `valid`, or a line that says why it gives none."""
    try:
        return not validate(folder).valid
    except PackageError as error:
        return len(str(error).splitlines()) == 1


def test_whatever_the_profiles_refuse_is_a_finding_or_a_line(folder):
    refused = [
        (version, place, name, descriptor)
        for version, place, name, descriptor in all_probes()
        if not is_valid(version, place, descriptor)
    ]
    locations = itertools.cycle(LOCATIONS)
    for version, place, name, descriptor in refused[::NEXT]:
        whole = package(version, place, descriptor, next(locations))
        (folder / "datapackage.json").write_text(json.dumps(whole), "utf-8")
        assert is_judged(folder), (version, place.name, name, whole)
    assert len(refused) > 5000


def test_whatever_the_profiles_refuse_is_said_in_lines():
    refused = [
        (version, place, descriptor)
        for version, place, _, descriptor in all_probes()
        if not is_valid(version, place, descriptor)
    ]
    for version, place, descriptor in refused[::NEXT]:
        lines = [problem.message for problem in problems(descriptor, place.kind, version)]
        assert lines, descriptor
        assert all(len(line) < LONGEST_LINE and "\n" not in line for line in lines), lines
    assert len(refused) > 5000
