"""How our profiles differ from the published ones, and what the text of the standard says.

The published ones are judged as JSON Schema has it by default, formats being annotations.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema_rs

from support.probes import (
    ABSENT,
    PLACES,
    VALUES,
    VERSIONS,
    Place,
    probes,
    property_names,
    published,
)
from validate._src.package import profile

BOTH = VERSIONS
V1, V2 = ("1.0",), ("2.0",)
Values = Callable[[str, Any], bool]


def anything(name: str, value: Any) -> bool:
    return value is not ABSENT


def text(name: str, value: Any) -> bool:
    return isinstance(value, str)


def no_text(name: str, value: Any) -> bool:
    return anything(name, value) and not text(name, value)


def named(*names: str) -> Values:
    return lambda name, value: name in names


def all_but(*names: str) -> Values:
    return lambda name, value: anything(name, value) and name not in names


def text_but(*names: str) -> Values:
    return lambda name, value: text(name, value) and name not in names


@dataclass(frozen=True)
class Difference:
    """Descriptors that one of the two profiles takes for valid, and the other does not.

    Attributes:
        versions: the versions of the standard that it is about.
        where: matches the JSON path; "package", "schema" or "dialect" stands for the top, and a
            field has its type in brackets.
        ours: whether ours takes them for valid.
        values: whether it is about a value of that property.
        proof: the name of one such value.
        what: what differs.
        section: where the text of the standard decides it.
    """

    versions: tuple[str, ...]
    where: str
    ours: bool
    values: Values
    proof: str
    what: str
    section: str

    def is_about(self, verdicts: "Verdicts") -> bool:
        """Whether it is about such a descriptor, on which the two may agree all the same."""
        return (
            verdicts.version in self.versions
            and re.fullmatch(self.where, verdicts.path) is not None
            and self.values(verdicts.value, VALUES[verdicts.value])
        )


@dataclass(frozen=True)
class Verdicts:
    """What the two say of a descriptor in which a property has a value."""

    version: str
    path: str
    value: str
    ours: bool
    theirs: bool


@cache
def all_verdicts() -> tuple[Verdicts, ...]:
    """The verdicts on all descriptors of `support.probes`."""
    return tuple(
        verdicts
        for version in VERSIONS
        for place in PLACES
        if version in place.versions
        for verdicts in _at(place, version)
    )


def _at(place: Place, version: str) -> Iterator[Verdicts]:
    theirs = _published(place.kind, version)
    ours = profile._gate(profile._standard, place.kind, version)
    top = place.kind.removeprefix("data").removeprefix("table")
    for name, value, descriptor in probes(place, property_names(place)):
        path = ".".join(filter(None, (top, place.name, name)))
        known = _with_known_types(place, name, descriptor)
        yield Verdicts(version, path, value, ours.is_valid(descriptor), theirs.is_valid(known))


@cache
def _published(kind: str, version: str) -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(published(kind, version), validate_formats=False)


def _with_known_types(place: Place, name: str, descriptor: dict[str, Any]) -> dict[str, Any]:
    """A descriptor whose lists are of any type: the published profiles know no type `list`.

    That they do not is a difference by itself; so they are compared in all else.
    """
    if name == "type" or "[list]" not in place.name:
        return descriptor
    return {**descriptor, "fields": [field | {"type": "any"} for field in descriptor["fields"]]}
