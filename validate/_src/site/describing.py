"""A descriptor of the tables as CSV files that lie beside it, without what is not published."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from validate._src.package.addresses import scheme_of
from validate._src.package.loosely import objects
from validate._src.publish.content import Content, PublishedTable
from validate._src.words.schema import ForeignKey

STANDARD = (
    "$schema", "name", "id", "title", "description", "homepage", "version", "created", "keywords",
    "contributors",
)  # fmt: skip
"""Properties of a package that name no files and no fields, so that they hold here as well."""
WITH_PATHS = ("licenses", "sources")
"""Properties of objects that may name files, which are not here."""
COMPANIONED = ("edtf", "numeral")
"""Properties of a field that name other fields."""


def descriptor_of(content: Content, files: Sequence[str]) -> str:
    """The descriptor of a package whose tables are CSV files in UTF-8, as JSON.

    It says of each table what the schema says, as far as it speaks of what is published. The
    extensions of the package, which name files and tables that are not here, are left out.

    Args:
        content: the package.
        files: the files of its tables, as seen from the descriptor.
    """
    given = content.properties
    made: dict[str, Any] = {name: given[name] for name in STANDARD if name in given}
    for name in WITH_PATHS:
        if kept := [_without_file(one) for one in objects(given.get(name))]:
            made[name] = kept
    shown = {table.name: {column.name for column in table.columns} for table in content.tables}
    made["resources"] = [
        _resource(table, file, shown) for table, file in zip(content.tables, files, strict=True)
    ]
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def _without_file(one: Mapping[str, Any]) -> dict[str, Any]:
    path = one.get("path")
    is_on_the_web = isinstance(path, str) and scheme_of(path)
    return {name: value for name, value in one.items() if name != "path" or is_on_the_web}


def _resource(table: PublishedTable, file: str, shown: Mapping[str, set[str]]) -> dict[str, Any]:
    resource = table.resource
    said = {"title": resource.title, "description": resource.description}
    return {
        "name": resource.name,
        "type": "table",
        **{name: text for name, text in said.items() if text},
        "path": file,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": dict(_schema(table, shown)),
    }


def _schema(table: PublishedTable, shown: Mapping[str, set[str]]) -> Iterator[tuple[str, Any]]:
    """The schema of a table, without what speaks of fields that are not published."""
    schema, names = table.resource.schema, shown[table.name]
    is_whole = names == {*schema.names}
    keys = ("primaryKey", "uniqueKeys", "foreignKeys")
    for name, value in schema.properties.items():
        if name == "fields":
            yield name, [dict(_field(column.field.properties, names)) for column in table.columns]
        elif name not in keys and (name != "rules" or is_whole):
            yield name, value
    if schema.primary_key and names.issuperset(schema.primary_key):
        yield "primaryKey", [*schema.primary_key]
    if unique := [[*key] for key in schema.unique_keys if names.issuperset(key)]:
        yield "uniqueKeys", unique
    if foreign := [
        _foreign_key(key, table) for key in schema.foreign_keys if _holds(key, table, shown)
    ]:
        yield "foreignKeys", foreign


def _holds(key: ForeignKey, table: PublishedTable, shown: Mapping[str, set[str]]) -> bool:
    there = shown.get(key.resource, set[str]())
    return shown[table.name].issuperset(key.fields) and there.issuperset(key.reference_fields)


def _foreign_key(key: ForeignKey, table: PublishedTable) -> dict[str, Any]:
    own = key.resource == table.name
    reference = {"resource": "" if own else key.resource, "fields": [*key.reference_fields]}
    acyclic = {"acyclic": True} if key.acyclic else {}
    return {"fields": [*key.fields], "reference": reference, **acyclic}


def _field(properties: Mapping[str, Any], names: set[str]) -> Iterator[tuple[str, Any]]:
    for name, value in properties.items():
        if name not in COMPANIONED or _named_in(value) <= names:
            yield name, value


def _named_in(value: Any) -> set[str]:
    """The fields that a property of a field names."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, list):
        return {name for one in value for name in _named_in(one)}
    if isinstance(value, dict):
        return {name for one in value.values() for name in _named_in(one)}
    return set()
