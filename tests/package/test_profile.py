import json
from collections import Counter

import pytest
from support.places import ROOT

from validate._src.package import profile
from validate._src.package.profile import problems, standard_version
from validate._src.words.place import Place

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELD = {"name": "pond_id", "type": "integer"}
POND = {"name": "pond", "type": "string"}
KEY = {"fields": ["pond_id"], "reference": {"resource": "", "fields": ["pond_id"]}}
PACKAGE = {"name": "ponds", "resources": [{"name": "ponds", "path": "ponds.csv"}]}
MOST_ALIKE = 3
ODD = (None, 10**30, "x y", [1, 1], {})
RULE = {"name": "deep", "check": "depth > 1", "message": "a pond is deep"}


def said(descriptor, profile, version):
    """What is wrong with a descriptor, each with its place in it."""
    return [
        f"{Place('', None, problem.steps).json_path}: {problem.message}"
        for problem in problems(descriptor, profile, version)
    ]


def schema_problems(version="2.0", **properties):
    return said({"fields": [FIELD], **properties}, "tableschema", version)


def package_problems(**properties):
    resource = {"name": "ponds", "path": "ponds.csv"}
    descriptor = {"name": "ponds", "resources": [resource], **properties}
    return said(descriptor, "datapackage", "2.0")


@pytest.mark.parametrize(
    ("descriptor", "version"),
    [
        ({}, "1.0"),
        ({"$schema": "https://datapackage.org/profiles/1.0/datapackage.json"}, "1.0"),
        ({"$schema": V2}, "2.0"),
        ({"$schema": "https://datapackage.org/profiles/2.1/datapackage.json"}, "2.0"),
        ({"$schema": "https://ponds.example/profile.json"}, "2.0"),
        ({"$schema": 2}, "2.0"),
        ({"profile": "tabular-data-package"}, "1.0"),
    ],
)
def test_version_of_the_standard(descriptor, version):
    assert standard_version(descriptor) == version


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"primaryKey": "pond_id"},
        {"primaryKey": ["pond_id"]},
        {"missingValues": ["", "-"]},
        {"ourNote": {"anything": "goes"}},
        {"rules": [RULE]},
        {"foreignKeys": [KEY | {"acyclic": True}]},
        {"fields": [POND | {"edtf": {}}]},
        {"fields": [POND | {"numeral": {"value": "depth"}}]},
    ],
)
def test_valid_schema_has_no_problems(version, properties):
    assert schema_problems(version, **properties) == []


@pytest.mark.parametrize(
    ("properties", "problem"),
    [
        ({"fields": [{"type": "integer"}]}, "fields[0].name: is missing"),
        ({"rules": [{"name": "a", "check": "b"}]}, "rules[0].message: is missing"),
        ({"rules": [RULE | {"name": ""}]}, "rules[0].name: must not be empty"),
        ({"rules": [RULE | {"check": 1}]}, "rules[0].check: must be a string, not 1"),
        ({"fields": [POND | {"edtf": []}]}, "fields[0].edtf: must be an object, not []"),
        (
            {"fields": [POND | {"edtf": {"earliest": 1}}]},
            "fields[0].edtf.earliest: must be a string, not 1",
        ),
        ({"fields": [POND | {"numeral": {}}]}, "fields[0].numeral.value: is missing"),
        (
            {"foreignKeys": [KEY | {"acyclic": "yes"}]},
            'foreignKeys[0].acyclic: must be true or false, not "yes"',
        ),
        (
            {"fields": [POND | {"constraints": {"minLength": "three"}}]},
            'fields[0].constraints.minLength: must be an integer, not "three"',
        ),
    ],
)
def test_problem_names_its_place(properties, problem):
    assert problem in schema_problems(**properties)


@pytest.mark.parametrize(
    ("properties", "place"),
    [
        ({"fields": [FIELD, POND | {"name": 2}]}, "fields[1]"),
        ({"missingValues": "-"}, "missingValues: must be an array"),
        ({"primaryKey": [1]}, "primaryKey"),
        ({"foreignKeys": [KEY | {"fields": 1}]}, "foreignKeys[0]"),
    ],
)
def test_problem_of_alternatives_names_its_place(properties, place):
    (problem,) = schema_problems(**properties)
    assert problem.startswith(place)


@pytest.mark.parametrize(
    ("properties", "problem"),
    [
        ({"rules": {}}, "rules: must be an array, not {}"),
        ({"anchors": {}}, "anchors.canonicalisation: is missing"),
        (
            {"resources": [{"name": "ponds", "path": "a.csv", "bytes": "many"}]},
            'resources[0].bytes: must be an integer, not "many"',
        ),
    ],
)
def test_problem_of_a_package_names_its_place(properties, problem):
    assert problem in package_problems(**properties)


@pytest.mark.parametrize(
    ("version", "properties", "problem"),
    [
        ("2.0", {"licenses": [{}]}, "licenses[0]: a licence has a name or a path"),
        ("2.0", {"contributors": [{}]}, "contributors[0]: a contributor has at least one property"),
        ("1.0", {"contributors": [{}]}, "contributors[0].title: is missing"),
        ("2.0", {"created": "2024"}, 'created: "2024" is not a date and time as in RFC 3339'),
        ("1.0", {"name": "Ponds"}, 'name: "Ponds" has other characters than a to z'),
        ("2.0", {"resources": [{"name": "ponds"}]}, "resources[0]: a resource has a path or data"),
        (
            "2.0",
            {"resources": [{"name": "ponds", "data": [], "path": "a.csv"}]},
            "resources[0]: a resource has a path or data, not both",
        ),
        (
            "2.0",
            {"resources": [{"name": "ponds", "data": "a"}]},
            "resources[0]: data in a text needs a format or a mediatype",
        ),
        (
            "2.0",
            {"resources": [{"name": "ponds", "type": "table", "data": [1]}]},
            "resources[0].data[0]: must be an array or an object, not 1",
        ),
        (
            "1.0",
            {"profile": "tabular-data-package"},
            "resources[0].schema: is missing; the profile asks for one",
        ),
        (
            "1.0",
            {
                "profile": "tabular-data-package",
                "resources": [{"name": "ponds", "path": "a.csv", "schema": "a.json"}],
            },
            'resources[0].profile: must be "tabular-data-resource" in a tabular data package',
        ),
        (
            "1.0",
            {"resources": [{"name": "p", "data": {}, "profile": "tabular-data-resource"}]},
            "resources[0].schema: is missing; the profile asks for one",
        ),
    ],
)
def test_problem_of_a_package_in_words_of_the_profile(version, properties, problem):
    found = said({**PACKAGE, **properties}, "datapackage", version)
    assert found[0].startswith(problem), found


@pytest.mark.parametrize(
    "properties",
    [
        {"profile": "tabular-data-package"},
        {"resources": [{"name": "ponds", "path": "a.csv", "profile": "tabular-data-resource"}]},
    ],
)
def test_a_profile_of_version_1_asks_nothing_under_2(properties):
    """Data Resource, "type", Backward Compatibility: such a resource is a table."""
    assert list(problems({**PACKAGE, **properties}, "datapackage", "2.0")) == []


@pytest.mark.parametrize(
    ("entries", "problem"),
    [
        (["-", "-"], 'missingValues: has the same entry twice: ["-", "-"]'),
        ([{"value": "-"}, {"value": "-", "label": "none"}], 'two entries have the value "-"'),
        (["-", {"value": "x"}], 'missingValues[0]: must be an object, not "-"'),
    ],
)
def test_missing_values_are_unique(entries, problem):
    (found,) = schema_problems(missingValues=entries)
    assert problem in found


def test_valid_package_has_no_problems():
    assert package_problems() == []


def test_place_of_the_whole_descriptor():
    assert said({}, "tableschema", "2.0") == ["fields: is missing"]


def test_dialect_is_judged():
    assert said({"delimiter": ";"}, "tabledialect", "2.0") == []
    assert said({"header": "no"}, "tabledialect", "2.0") == [
        'header: must be true or false, not "no"'
    ]


def test_long_values_are_cut():
    (problem,) = schema_problems(rules=["deep" * 1000])
    assert problem == 'rules[0]: must be an object, not "' + ("deep" * 1000)[:78] + "…"


def parts_of_packages():
    """The descriptors of packages, schemas and dialects, each with its kind."""
    for file in sorted((ROOT / "tests" / "packages").glob("*/datapackage.json")):
        try:
            # A profile is asked for JSON: what is none is named before.
            package = json.loads(file.read_text("utf-8"), parse_constant=str)
        except ValueError:
            continue
        for resource in package.get("resources", []) if isinstance(package, dict) else []:
            for name, kind in (("schema", "tableschema"), ("dialect", "tabledialect")):
                part = resource.get(name) if isinstance(resource, dict) else None
                if isinstance(part, dict):
                    yield kind, part
        if isinstance(package, dict):
            yield "datapackage", package


def descriptors():
    """Descriptors of all kinds, each as it is and with one property made another.

    A property is judged by itself, whatever the others hold, so that a few of those with
    the same properties stand for all in the second case.
    """
    alike = Counter()
    for kind, part in parts_of_packages():
        yield kind, part
        alike[shape := (kind, *sorted(part))] += 1
        if alike[shape] <= MOST_ALIKE:
            yield from ((kind, part | {key: value}) for key in part for value in ODD)


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize("schema", [profile._standard, profile._extensions])
def test_the_gate_passes_what_has_no_errors_and_nothing_else(schema, version):
    seen = set()
    for kind, descriptor in descriptors():
        text = json.dumps([kind, descriptor], sort_keys=True)
        if text in seen:
            continue
        seen.add(text)
        has_errors = any(profile._errors(schema(kind, version), descriptor))
        assert profile._gate(schema, kind, version).is_valid(descriptor) == (not has_errors), text
    assert len(seen) > 1000
