"""From a Table Schema descriptor to a frozen `Schema`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from validate._src.package.consistency import check_schema
from validate._src.package.declared import declared
from validate._src.words.codes import ERROR
from validate._src.words.errors import PackageError
from validate._src.words.schema import Category, Edtf, Field, ForeignKey, Options, RowRule, Schema

FIELDS_MATCH = ("exact", "equal", "subset", "superset", "partial")


def make_schema(properties: Mapping[str, Any], resource: str, place: str) -> Schema:
    """The schema that a descriptor describes.

    Args:
        properties: a Table Schema descriptor that the profiles have found valid.
        resource: name of the resource, to which a self-reference refers.
        place: where the schema belongs, for messages.

    Raises:
        PackageError: the schema contradicts itself.

    Source: Data Package 2.0, Table Schema.
    """
    place = f"{place}: schema"
    missing_values = _missing_values(properties.get("missingValues", [""]))
    foreign_keys = [_foreign_key(key, resource) for key in properties.get("foreignKeys", ())]
    schema = Schema(
        fields=tuple(_fields(properties["fields"], missing_values)),
        primary_key=_names(properties.get("primaryKey", [])),
        unique_keys=tuple(_names(key) for key in properties.get("uniqueKeys", ())),
        foreign_keys=tuple(key for key in foreign_keys if not key.package),
        outside_keys=tuple(key for key in foreign_keys if key.package),
        rules=tuple(
            RowRule(rule["name"], rule["check"], rule["message"], rule.get("severity", ERROR))
            for rule in properties.get("rules", ())
        ),
        fields_match=_fields_match(properties.get("fieldsMatch", "exact"), place),
    )
    check_schema(schema, place)
    return schema


def _fields(fields: Sequence[Any], missing_values: tuple[str, ...]) -> Iterator[Field]:
    """The fields, told apart by their numbers where they have the same name.

    Source: Data Package 2.0, Table Schema, "name": names must be unique, and a schema in which
    they are not MUST NOT be taken for invalid, as 1.0 allows it.
    """
    labels = {field["name"] for field in fields}
    seen: set[str] = set()
    for number, properties in enumerate(fields, 1):
        field = _field(properties, missing_values)
        while field.name in seen or field.name in labels - {field.label}:
            field = replace(field, name=f"{field.name} (field {number})")
        seen.add(field.name)
        yield field


def _field(properties: Mapping[str, Any], missing_values: tuple[str, ...]) -> Field:
    own = properties.get("missingValues")
    categories = properties.get("categories")
    edtf = properties.get("edtf")
    return Field(
        name=properties["name"],
        type=properties["type"],
        format=properties.get("format", "default").removeprefix("fmt:"),
        properties=properties,
        missing_values=missing_values if own is None else _missing_values(own),
        constraints=properties.get("constraints", {}),
        options=declared(Options, properties),
        categories=None if categories is None else tuple(map(_category, categories)),
        edtf=None if edtf is None else declared(Edtf, edtf),
    )


def _category(entry: Any) -> Category:
    """A category, which may be a plain value or an object that labels it."""
    if not isinstance(entry, dict):
        return Category(entry)
    return Category(entry["value"], entry.get("label", ""), entry.get("description", ""))


def _missing_values(entries: Sequence[Any]) -> tuple[str, ...]:
    """Missing values, each of which may be a plain value or an object that labels it."""
    return tuple(entry["value"] if isinstance(entry, dict) else entry for entry in entries)


def _names(key: str | Sequence[str]) -> tuple[str, ...]:
    """The fields of a key, which version 1.0 allows to be a single string."""
    return (key,) if isinstance(key, str) else tuple(key)


def _foreign_key(properties: Mapping[str, Any], resource: str) -> ForeignKey:
    """A foreign key, which may refer to another package.

    Source: Data Package 2.0, recipe External Foreign Keys: the text has `package` beside
    `reference`, the example within it.
    """
    reference = properties["reference"]
    return ForeignKey(
        fields=_names(properties["fields"]),
        resource=reference.get("resource") or resource,
        reference_fields=_names(reference["fields"]),
        acyclic=properties.get("acyclic", False),
        package=reference.get("package") or properties.get("package") or "",
    )


def _fields_match(declared: Any, place: str) -> str:
    value = declared[0] if isinstance(declared, list) and len(declared) == 1 else declared
    if value not in FIELDS_MATCH:
        raise PackageError(f"{place}: fieldsMatch: must be one of {', '.join(FIELDS_MATCH)}")
    return value
