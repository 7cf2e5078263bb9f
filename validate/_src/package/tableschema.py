"""From a Table Schema descriptor to a frozen `Schema`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from validate._src.package.consistency import names_in
from validate._src.package.declared import declared
from validate._src.package.usableschema import UsableSchema
from validate._src.words.codes import ERROR
from validate._src.words.place import Place
from validate._src.words.schema import (
    Category,
    Edtf,
    Field,
    ForeignKey,
    Numeral,
    Options,
    RowRule,
    Schema,
)

OPTIONS = {
    "number": ("groupChar", "decimalChar", "bareNumber"),
    "integer": ("groupChar", "bareNumber"),
    "boolean": ("trueValues", "falseValues"),
    "list": ("delimiter", "itemType"),
}
"""How values of a type may be written; on other types, these properties mean nothing."""


def make_schema(usable: UsableSchema, resource: str, place: Place) -> Schema:
    """The schema that a descriptor describes.

    Args:
        usable: what can be used of a Table Schema descriptor.
        resource: name of the resource, to which a self-reference refers.
        place: where it stands.

    Source: Data Package 2.0, Table Schema.
    """
    properties = usable.properties
    missing_values = _missing_values(properties.get("missingValues", [""]))
    fields = tuple(_fields(properties["fields"], missing_values, usable.version, place))
    foreign_keys = [
        _foreign_key(key, resource, place.at("foreignKeys", number))
        for number, key in _entries(properties, "foreignKeys")
    ]
    return Schema(
        fields=fields,
        primary_key=names_in(properties.get("primaryKey", [])),
        unique_keys=tuple(names_in(key) for _, key in _entries(properties, "uniqueKeys")),
        foreign_keys=tuple(key for key in foreign_keys if not key.package),
        outside_keys=tuple(key for key in foreign_keys if key.package),
        rules=tuple(
            _rule(rule, place.at("rules", number)) for number, rule in _entries(properties, "rules")
        ),
        fields_match=_fields_match(properties.get("fieldsMatch", "exact")),
        unchecked=frozenset(fields[number].name for number in usable.unchecked),
        properties=properties,
    )


def _entries(properties: Mapping[str, Any], name: str) -> Iterator[tuple[int, Any]]:
    """The entries of an array with their numbers; null stands for what was taken out."""
    for number, entry in enumerate(properties.get(name, ())):
        if entry is not None:
            yield number, entry


def _fields(
    fields: Sequence[Any], missing_values: tuple[str, ...], version: str, place: Place
) -> Iterator[Field]:
    """The fields, told apart by their numbers where they have the same name.

    Source: Data Package 2.0, Table Schema, "name": names must be unique, and a schema in which
    they are not MUST NOT be taken for invalid, as 1.0 allows it.
    """
    labels = {field["name"] for field in fields}
    seen: set[str] = set()
    for number, properties in enumerate(fields):
        field = _field(properties, missing_values, version, place.at("fields", number))
        while field.name in seen or field.name in labels - {field.label}:
            field = replace(field, name=f"{field.name} (field {number + 1})")
        seen.add(field.name)
        yield field


def _field(
    properties: Mapping[str, Any], missing_values: tuple[str, ...], version: str, place: Place
) -> Field:
    own = properties.get("missingValues")
    categories = properties.get("categories")
    edtf, numeral = properties.get("edtf"), properties.get("numeral")
    options = OPTIONS.get(properties["type"], ())
    return Field(
        name=properties["name"],
        type=properties["type"],
        format=properties.get("format", "default").removeprefix("fmt:"),
        properties=properties,
        missing_values=missing_values if own is None else _missing_values(own),
        constraints=properties.get("constraints", {}),
        options=declared(
            Options, {name: properties[name] for name in options if name in properties}
        ),
        categories=None if categories is None else tuple(map(_category, categories)),
        edtf=None if edtf is None else declared(Edtf, edtf),
        numeral=None if numeral is None else declared(Numeral, numeral),
        place=place,
        restricted=properties.get("restricted", False),
        iso_times=version == "1.0",
    )


def _category(entry: Any) -> Category:
    """A category, which may be a plain value or an object that labels it."""
    if not isinstance(entry, dict):
        return Category(entry)
    return declared(Category, entry)


def _missing_values(entries: Sequence[Any]) -> tuple[str, ...]:
    """Missing values, each of which may be a plain value or an object that labels it.

    A number, which is a fault, stands for its text.
    """
    values = (entry["value"] if isinstance(entry, dict) else entry for entry in entries)
    return tuple(value if isinstance(value, str) else json.dumps(value) for value in values)


def _rule(properties: Mapping[str, Any], place: Place) -> RowRule:
    severity = properties.get("severity", ERROR)
    return RowRule(properties["name"], properties["check"], properties["message"], severity, place)


def _foreign_key(properties: Mapping[str, Any], resource: str, place: Place) -> ForeignKey:
    """A foreign key, which may refer to another package.

    Source: Data Package 2.0, recipe External Foreign Keys: the text has `package` beside
    `reference`, the example within it.
    """
    reference = properties["reference"]
    return ForeignKey(
        fields=names_in(properties["fields"]),
        resource=reference.get("resource") or resource,
        reference_fields=names_in(reference["fields"]),
        acyclic=properties.get("acyclic", False),
        package=reference.get("package") or properties.get("package") or "",
        place=place,
    )


def _fields_match(declared: Any) -> str:
    """How fields and columns match, which an array of one string may say as well."""
    return declared[0] if isinstance(declared, list) else declared
