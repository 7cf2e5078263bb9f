"""Whether the names in a schema exist, and what has a name fits what it is used for."""

from collections.abc import Iterable, Iterator, Mapping, Set
from itertools import chain
from typing import Any

from validate._src.fields.constraints import why_misplaced, why_no_categories
from validate._src.fields.types import why_no_format
from validate._src.package.plain import shown
from validate._src.package.problem import Problem
from validate._src.words.place import Steps
from validate._src.words.schema import Options

Properties = Mapping[str, Any]
NUMBERS = ("number", "integer")
COMPANIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "edtf": {
        "earliest": ("date",),
        "latest": ("date",),
        "precision": ("string",),
        "notBefore": ("string",),
    },
    "numeral": {"value": NUMBERS, "maximum": NUMBERS, "restatedIn": ("string",)},
}
"""Our properties of a string field whose members name other fields, and the types of these."""


def schema_problems(schema: Properties, unchecked: Set[str] = frozenset()) -> Iterator[Problem]:
    """What contradicts itself in a schema that the profiles have found valid.

    Args:
        schema: the schema; null stands for an entry of an array that was taken out.
        unchecked: names of the fields that may hold anything, as they are at fault themselves.

    Source: Data Package 2.0, Table Schema; docs/extensions.md.
    """
    by_name = _by_name(schema)
    for number, field in enumerate(schema["fields"]):
        if field["name"] not in unchecked:
            for problem in _field_problems(field, by_name, unchecked):
                steps = ("fields", number, *problem.steps)
                yield Problem(steps, problem.message)
    for steps, names in _keys(schema):
        for name in names:
            if name not in by_name:
                yield Problem(steps, f'there is no field "{name}"')
    for number, key in enumerate(schema.get("foreignKeys", ())):
        if key is not None:
            yield from _lengths(key, ("foreignKeys", number))
    names = [rule and rule["name"] for rule in schema.get("rules", ())]
    for number, name in enumerate(names):
        if name is not None and name in names[:number]:
            yield Problem(("rules", number, "name"), f'two rules have the name "{name}"')


def dependents(schema: Properties, unchecked: Set[str]) -> Iterator[Problem]:
    """The parts of a schema that need a field which may hold anything."""
    for steps, names in chain(_keys(schema), _accompanied(schema)):
        if not unchecked.isdisjoint(names):
            yield Problem(steps, "needs a field that cannot be used")


def names_in(key: str | Iterable[str]) -> tuple[str, ...]:
    """The fields of a key, which may be a single string."""
    return (key,) if isinstance(key, str) else tuple(key)


def _lengths(key: Properties, steps: Steps) -> Iterator[Problem]:
    own, others = names_in(key["fields"]), names_in(key["reference"]["fields"])
    if len(own) != len(others):
        yield Problem(steps, f"{list(own)} and {list(others)} differ in length")


def _by_name(schema: Properties) -> dict[str, Properties]:
    return {field["name"]: field for field in schema["fields"]}


def _keys(schema: Properties) -> Iterator[tuple[Steps, tuple[str, ...]]]:
    """The keys of a schema, each with the names of its fields."""
    if "primaryKey" in schema:
        yield ("primaryKey",), names_in(schema["primaryKey"])
    for number, key in enumerate(schema.get("uniqueKeys", ())):
        if key is not None:
            yield ("uniqueKeys", number), names_in(key)
    for number, key in enumerate(schema.get("foreignKeys", ())):
        if key is not None:
            yield ("foreignKeys", number, "fields"), names_in(key["fields"])


def _accompanied(schema: Properties) -> Iterator[tuple[Steps, tuple[str, ...]]]:
    """The EDTF dates and numerals of a schema, each with the names of the fields beside it."""
    for number, field in enumerate(schema["fields"]):
        for kind in filter(field.__contains__, COMPANIONS):
            names = tuple(name for _, name in _companions(field[kind]))
            yield ("fields", number, kind), names


def _companions(properties: Properties) -> Iterator[tuple[Steps, str]]:
    """The fields that the members of a property name, one or several each."""
    for member, named in properties.items():
        if isinstance(named, str):
            yield (member,), named
        else:
            yield from (((member, number), name) for number, name in enumerate(named))


def _field_problems(
    field: Properties, by_name: Mapping[str, Properties], unchecked: Set[str]
) -> Iterator[Problem]:
    if field["name"] == "":
        yield Problem(("name",), "must not be empty")
    if (why := why_no_format(field["type"], _format(field))) is not None:
        yield Problem(("format",), why)
    if field["type"] == "number" and _separator_problem(field):
        yield Problem(("groupChar",), "groupChar and decimalChar must be two characters")
    if field["type"] == "boolean" and (both := _true_and_false(field)):
        given = "trueValues" if "trueValues" in field else "falseValues"
        yield Problem((given,), f"{shown(both[0])} is among trueValues and falseValues")
    if "categories" in field and (why := why_no_categories(field["type"])):
        yield Problem(("categories",), why)
    for value in _enum_outside_categories(field):
        yield Problem(("constraints", "enum"), f"{shown(value)} is not among the categories")
    for name in field.get("constraints", ()):
        if (why := why_misplaced(name, field["type"])) is not None:
            yield Problem(("constraints", name), why)
    for steps, message in _companion_problems(field, by_name, unchecked):
        yield Problem(steps, message)


def _enum_outside_categories(field: Properties) -> Iterator[Any]:
    if "categories" not in field:
        return
    entries = field["categories"]
    allowed = [entry["value"] if isinstance(entry, dict) else entry for entry in entries]
    for value in field.get("constraints", {}).get("enum", ()):
        if value not in allowed:
            yield value


def _format(field: Properties) -> str:
    return str(field.get("format", "default")).removeprefix("fmt:")


def _separator_problem(field: Properties) -> bool:
    """Whether a number cannot be told by its separators; an empty groupChar groups nothing."""
    decimal = field.get("decimalChar", ".")
    return decimal == "" or field.get("groupChar") == decimal


def _true_and_false(field: Properties) -> list[str]:
    """The texts that are true and false at once, the defaults of the standard included."""
    options = Options()
    true = field.get("trueValues", options.true_values)
    false = field.get("falseValues", options.false_values)
    return [text for text in true if text in false]


def _companion_problems(
    field: Properties, by_name: Mapping[str, Properties], unchecked: Set[str]
) -> Iterator[tuple[Steps, str]]:
    """Whether every field that an EDTF date or a numeral names is there, and of a fitting type."""
    for kind, types in COMPANIONS.items():
        if kind not in field:
            continue
        if field["type"] != "string":
            yield (kind,), "goes with a field of type string"
        for (member, *number), other in _companions(field[kind]):
            wanted = types[str(member)]
            steps = (kind, member, *number)
            if other not in by_name:
                yield steps, f'there is no field "{other}"'
            elif other in unchecked:
                continue
            elif by_name[other]["type"] not in wanted:
                yield steps, f'field "{other}" must be of type {" or ".join(wanted)}'
            elif member == "notBefore" and "edtf" not in by_name[other]:
                yield steps, f'"{other}" is no EDTF field'
