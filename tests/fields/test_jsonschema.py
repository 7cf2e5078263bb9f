"""What is nested deeper than Python's stack allows is given up, wherever that stack would end."""

from typing import Any

import pytest

from validate._src.fields._jsonschema import json_validator
from validate._src.fields._onebyone import GivenUpError
from validate._src.words.errors import PackageError

DRAFT = "https://json-schema.org/draft/"
OF_2019 = {"$schema": f"{DRAFT}2019-09/schema"}
OF_2020 = {"$schema": f"{DRAFT}2020-12/schema"}
BASES = range(24)
"""Frames below the call: a frame that looks up a reference is the last one at some of them."""


def called_deep(base: int, call: Any, *args: Any) -> Any:
    return called_deep(base - 1, call, *args) if base else call(*args)


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize(
    "schema",
    [
        {"items": {"$ref": "#"}},
        {"contains": {"$ref": "#"}},
        {"not": {"not": {"items": {"$ref": "#"}}}},
        {"allOf": [{"anyOf": [{"oneOf": [{"items": {"$ref": "#"}}]}]}]},
        {"items": {"allOf": [{"$ref": "#/items"}]}},
        OF_2019 | {"items": {"$recursiveRef": "#"}},
        OF_2020 | {"$dynamicAnchor": "node", "items": {"$dynamicRef": "#node"}},
        OF_2020 | {"unevaluatedItems": {"$ref": "#"}},
    ],
    ids=["items", "contains", "not", "of", "loop", "recursive", "dynamic", "unevaluated"],
)
def test_values_nested_too_deeply_are_given_up(schema, base):
    is_valid = json_validator(schema, "here")
    with pytest.raises(GivenUpError, match="a value is nested too deeply to be judged"):
        called_deep(base, is_valid, nested(400))


@pytest.mark.parametrize("base", BASES)
def test_schemas_nested_too_deeply_are_refused(base):
    schema: Any = True
    for _ in range(400):
        schema = {"items": schema}
    with pytest.raises(PackageError, match="here: is nested too deeply to be followed"):
        called_deep(base, json_validator, schema, "here")


@pytest.mark.parametrize("schema", [{"$ref": "#"}, {"allOf": [{"$ref": "#/allOf/0"}]}])
def test_references_without_end_are_refused(schema):
    with pytest.raises(PackageError, match="here: refers to itself without end"):
        json_validator(schema, "here")


def test_values_as_deep_as_documents_are_judged():
    is_valid = json_validator({"type": "array", "items": {"$ref": "#"}}, "here")
    assert is_valid(nested(60))
    assert not is_valid([nested(60), [[[1]]]])
