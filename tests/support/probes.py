"""Descriptors of which one property has each kind of value in turn, or is absent."""

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from validate._src.package import profile

VERSIONS = ("1.0", "2.0")
ABSENT = object()
TYPES = (
    "string", "number", "integer", "boolean", "date", "time", "datetime", "year", "yearmonth",
    "duration", "object", "array", "list", "geopoint", "geojson", "any",
)  # fmt: skip
VALUES: dict[str, Any] = {
    "absent": ABSENT,
    "null": None,
    "true": True,
    "negative": -1,
    "zero": 0,
    "one": 1,
    "one point zero": 1.0,
    "fraction": 1.5,
    "huge": 10**30,
    "empty text": "",
    "text": "ponds",
    "long text": "Ponds: of all sizes",
    "name with slash": "pond/s",
    "default": "default",
    "fmt:default": "fmt:default",
    "list": "list",
    "array": "array",
    "exact": "exact",
    "author": "author",
    "character": ";",
    "date": "2024-03-31",
    "moment": "2024-03-31T12:00:00.5+02:00",
    "e-mail address": "ada@ponds.example",
    "URL": "https://ponds.example/p",
    "FTP URL": "ftp://ponds.example/p",
    "other URL": "hdfs://ponds/p",
    "file URL": "file:///ponds",
    "media type": "text/csv",
    "digest": "sha256:01ef",
    "path": "data/ponds.csv",
    "path from here": "./ponds.csv",
    "path with dots": "ponds..csv",
    "path from the home": "~/ponds.csv",
    "path with backslash": "data\\ponds.csv",
    "path to parent": "../ponds.csv",
    "path to parent within": "data/../ponds.csv",
    "path to parent at the end": "data/..",
    "absolute path": "/ponds.csv",
    "hidden file": ".ponds.csv",
    "file in hidden folder": "data/.hidden/ponds.csv",
    "empty array": [],
    "array of null": [None],
    "array of true": [True],
    "array of integer": [1],
    "array of zero": [0],
    "array of fraction": [1.5],
    "array of text": ["ponds"],
    "array of two texts": ["ponds", "boats"],
    "array of one text twice": ["ponds", "ponds"],
    "array of one number twice": [1, 1],
    "array of URL": ["https://ponds.example/p"],
    "array of URL and path": ["https://ponds.example/p", "ponds.csv"],
    "array of exact": ["exact"],
    "array of text and number": ["ponds", 1],
    "array of text and object": ["ponds", {"value": "a"}],
    "array of array": [[1]],
    "array of array of text": [["ponds"]],
    "array of array of text twice": [["ponds"], ["ponds"]],
    "array of empty array": [[]],
    "array of empty object": [{}],
    "array of value": [{"value": "a"}],
    "array of number as value": [{"value": 1}],
    "array of one value twice": [{"value": "a"}, {"value": "a", "label": "b"}],
    "array of one label twice": [{"value": "a", "label": "b"}, {"value": "c", "label": "b"}],
    "array of number as label": [{"value": "a", "label": 1}],
    "array of title": [{"title": "ponds"}],
    "array of name": [{"name": "ponds"}],
    "array of resource": [{"name": "ponds", "path": "ponds.csv"}],
    "array of foreign key": [{"fields": ["ponds"], "reference": {"fields": ["ponds"]}}],
    "empty object": {},
    "object": {"ponds": 1},
    "fields": {"fields": ["ponds"]},
}


@dataclass(frozen=True)
class Place:
    """A place of a descriptor whose properties are varied.

    Attributes:
        kind: the profile, such as "tableschema".
        name: the path to the place, for people; fields have their type in it.
        path: the path to the place.
        base: a descriptor that is valid, with an object at that path.
        versions: those by which the base is valid.
    """

    kind: str
    name: str
    path: tuple[str | int, ...]
    base: dict[str, Any]
    versions: tuple[str, ...] = VERSIONS


RESOURCE = {"name": "ponds", "path": "ponds.csv"}
PACKAGE = {"name": "ponds", "resources": [RESOURCE]}
KEY = {"fields": ["a"], "reference": {"resource": "boats", "fields": ["a"]}}


def _package(name: str, path: tuple[str | int, ...], **properties: Any) -> Place:
    return Place("datapackage", name, path, {**PACKAGE, **properties})


def _resource(name: str, **properties: Any) -> Place:
    return _package(name, ("resources", 0), resources=[RESOURCE | properties])


def _schema(name: str, path: tuple[str | int, ...], **properties: Any) -> Place:
    return Place("tableschema", name, path, {"fields": [{"name": "a"}], **properties})


def _places() -> Iterator[Place]:
    yield _package("", ())
    yield _package("contributors[]", ("contributors", 0), contributors=[{"title": "Ada"}])
    yield _package("sources[]", ("sources", 0), sources=[{"title": "Ada"}])
    yield _package("licenses[]", ("licenses", 0), licenses=[{"name": "MIT"}])
    yield _resource("resources[]")
    yield _package(
        "resources[data]", ("resources", 0), resources=[{"name": "ponds", "data": [{"a": 1}]}]
    )
    source, licence = {"title": "Ada"}, {"name": "MIT"}
    path = ("resources", 0)
    yield _package(
        "resources[].sources[]", (*path, "sources", 0), resources=[RESOURCE | {"sources": [source]}]
    )
    yield _package(
        "resources[].licenses[]",
        (*path, "licenses", 0),
        resources=[RESOURCE | {"licenses": [licence]}],
    )
    yield _schema("", ())
    labelled = {"fields": [{"name": "a"}], "missingValues": [{"value": "-"}]}
    yield Place("tableschema", "missingValues[]", ("missingValues", 0), labelled, ("2.0",))
    yield _schema("foreignKeys[]", ("foreignKeys", 0), foreignKeys=[KEY])
    yield _schema("foreignKeys[].reference", ("foreignKeys", 0, "reference"), foreignKeys=[KEY])
    for name in (None, *TYPES):
        field = {"name": "a"} if name is None else {"name": "a", "type": name}
        constrained = [field | {"constraints": {}}]
        yield _schema(f"fields[{name or ''}]", ("fields", 0), fields=[field])
        yield _schema(
            f"fields[{name or ''}].constraints", ("fields", 0, "constraints"), fields=constrained
        )
    for name in ("string", "integer"):
        value = "a" if name == "string" else 1
        field = {"name": "a", "type": name, "categories": [{"value": value}]}
        yield _schema(
            f"fields[{name}].categories[]", ("fields", 0, "categories", 0), fields=[field]
        )
    yield Place("tabledialect", "", (), {})


PLACES = tuple(_places())


@cache
def published(kind: str, version: str) -> dict[str, Any]:
    """A profile of the standard as it is published."""
    return json.loads((files("dplib") / "profiles" / version / f"{kind}.json").read_text("utf-8"))


def property_names(place: Place) -> list[str]:
    """The properties at a place that some profile of some version speaks of."""
    found: set[str] = set()
    for version in VERSIONS:
        for schema in (published(place.kind, version), profile._standard(place.kind, version)):
            for part in _reached([schema], place.path, schema):
                found |= part.get("properties", {}).keys()
    return sorted(found)


def _reached(parts: list[Any], path: Sequence[str | int], root: Any) -> list[Any]:
    """The parts of a JSON Schema that judge what is at a path."""
    parts = [other for part in parts for other in _flat(part, root)]
    if not path:
        return parts
    first, *others = path
    if isinstance(first, int):
        following = [part["items"] for part in parts if "items" in part]
    else:
        following = [part["properties"][first] for part in parts if first in _properties(part)]
    return _reached(following, others, root)


def _properties(part: Any) -> Any:
    return part.get("properties", {})


def _flat(part: Any, root: Any) -> Iterator[Any]:
    """A part of a JSON Schema and those that judge the same value."""
    if "$ref" in part:
        part = root["definitions"][part["$ref"].rpartition("/")[2]]
    yield part
    for word in ("allOf", "anyOf", "oneOf"):
        for other in part.get(word, ()):
            yield from _flat(other, root)
    for word in ("if", "then", "else"):
        if word in part:
            yield from _flat(part[word], root)


def probes(place: Place, names: list[str]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Descriptors with each of some properties varied: its name, the value's, the descriptor."""
    for name in names:
        for value_name, value in VALUES.items():
            descriptor = copy.deepcopy(place.base)
            target: Any = descriptor
            for step in place.path:
                target = target[step]
            if value is ABSENT:
                target.pop(name, None)
            else:
                target[name] = copy.deepcopy(value)
            yield name, value_name, descriptor
