import json
from collections import Counter

import pytest
from support.places import ROOT

from validate._src.package import profile
from validate._src.package.profile import problems, standard_version

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELD = {"name": "pond_id", "type": "integer"}
POND = {"name": "pond", "type": "string"}
KEY = {"fields": ["pond_id"], "reference": {"resource": "", "fields": ["pond_id"]}}
PACKAGE = {"name": "ponds", "resources": [{"name": "ponds", "path": "ponds.csv"}]}
MOST_ALIKE = 3
ODD = (None, 10**30, "x y", [1, 1], {})
RULE = {"name": "deep", "check": "depth > 1", "message": "a pond is deep"}


def schema_problems(version="2.0", **properties):
    return list(problems({"fields": [FIELD], **properties}, "tableschema", version))


def package_problems(**properties):
    resource = {"name": "ponds", "path": "ponds.csv"}
    descriptor = {"name": "ponds", "resources": [resource], **properties}
    return list(problems(descriptor, "datapackage", "2.0"))


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
    ],
)
def test_valid_schema_has_no_problems(version, properties):
    assert schema_problems(version, **properties) == []


@pytest.mark.parametrize(
    ("properties", "problem"),
    [
        ({"fields": [{"type": "integer"}]}, "fields[0]: 'name' is a required property"),
        ({"rules": [{"name": "a", "check": "b"}]}, "rules[0]: 'message' is a required property"),
        ({"rules": [RULE | {"name": ""}]}, "rules[0].name: '' should be non-empty"),
        ({"rules": [RULE | {"check": 1}]}, "rules[0].check: 1 is not of type 'string'"),
        ({"fields": [POND | {"edtf": []}]}, "fields[0].edtf: [] is not of type 'object'"),
        (
            {"fields": [POND | {"edtf": {"earliest": 1}}]},
            "fields[0].edtf.earliest: 1 is not of type 'string'",
        ),
        (
            {"foreignKeys": [KEY | {"acyclic": "yes"}]},
            "foreignKeys[0].acyclic: 'yes' is not of type 'boolean'",
        ),
        (
            {"fields": [POND | {"constraints": {"minLength": "three"}}]},
            "fields[0].constraints.minLength: 'three' is not of type 'integer'",
        ),
    ],
)
def test_problem_names_its_place(properties, problem):
    assert problem in schema_problems(**properties)


@pytest.mark.parametrize(
    ("properties", "place"),
    [
        ({"fields": [FIELD, POND | {"name": 2}]}, "fields[1]"),
        ({"missingValues": "-"}, "missingValues: '-'"),
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
        ({"rules": {}}, "rules: {} is not of type 'array'"),
        ({"anchors": {}}, "anchors: 'canonicalisation' is a required property"),
        (
            {"resources": [{"name": "ponds", "path": "a.csv", "bytes": "many"}]},
            "resources[0].bytes: 'many' is not of type 'integer'",
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
        ("1.0", {"contributors": [{}]}, "contributors[0]: 'title' is a required property"),
        ("2.0", {"created": "2024"}, "created: '2024' is not a date and time as in RFC 3339"),
        ("1.0", {"name": "Ponds"}, "name: 'Ponds' has other characters than a to z"),
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
            "resources[0].data[0]: 1 is not of type 'array', 'object'",
        ),
        (
            "1.0",
            {"profile": "tabular-data-package"},
            "resources[0]: schema: its profile wants one of every table",
        ),
        (
            "1.0",
            {
                "profile": "tabular-data-package",
                "resources": [{"name": "ponds", "path": "a.csv", "schema": "a.json"}],
            },
            'resources[0]: profile: in a tabular data package it is "tabular-data-resource"',
        ),
        (
            "1.0",
            {"resources": [{"name": "p", "data": {}, "profile": "tabular-data-resource"}]},
            "resources[0]: schema: its profile wants one of every table",
        ),
    ],
)
def test_problem_of_a_package_in_words_of_the_profile(version, properties, problem):
    found = [*problems({**PACKAGE, **properties}, "datapackage", version)]
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
        (["-", "-"], "missingValues: ['-', '-'] has non-unique elements"),
        ([{"value": "-"}, {"value": "-", "label": "none"}], 'two entries have the value "-"'),
        (["-", {"value": "x"}], "missingValues[0]: '-' is not of type 'object'"),
    ],
)
def test_missing_values_are_unique(entries, problem):
    (found,) = schema_problems(missingValues=entries)
    assert problem in found


def test_valid_package_has_no_problems():
    assert package_problems() == []


def test_place_of_the_whole_descriptor():
    assert list(problems({}, "tableschema", "2.0")) == [
        "top level: 'fields' is a required property"
    ]


def test_dialect_is_judged():
    assert list(problems({"delimiter": ";"}, "tabledialect", "2.0")) == []
    assert list(problems({"header": "no"}, "tabledialect", "2.0")) == [
        "header: 'no' is not of type 'boolean'"
    ]


def test_long_values_are_cut():
    (problem,) = schema_problems(rules=["deep" * 1000])
    assert problem == "rules[0]: '" + ("deep" * 1000)[:159] + "… (type is not met)"


def parts_of_packages():
    """The descriptors of packages, schemas and dialects, each with its kind."""
    for file in sorted((ROOT / "tests" / "packages").glob("*/datapackage.json")):
        try:
            package = json.loads(file.read_text("utf-8"))
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
