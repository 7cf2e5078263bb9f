"""Tables without a schema that foreign keys refer to: of them, only the key's columns are read."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from validate._src.package.resource import WITHOUT_SCHEMA
from validate._src.reading.formats import why_unreadable
from validate._src.words.model import Package, Resource, TabularResource
from validate._src.words.schema import Field, Schema


def with_targets(package: Package) -> Package:
    """A package in which tables without a schema can be read as far as foreign keys need it.

    Returns:
        The package; such a table has the fields that are referred to, of the types of the fields
        that refer to them, and is not judged itself.

    Source: Data Package 2.0, Table Schema, "foreignKeys": `reference.resource` is the name of a
    resource, of which no schema is asked.
    """
    targets = {
        name: _target(package.resources[name], fields)
        for name, fields in _referred_to(package).items()
        if _has_rows_alone(package.resources[name])
    }
    return replace(package, resources={**package.resources, **targets}) if targets else package


def _referred_to(package: Package) -> Mapping[str, Mapping[str, Field]]:
    """The fields that foreign keys refer to, by resource and name, as the first of them has it."""
    found: dict[str, dict[str, Field]] = {}
    for name, field in _references(package):
        resource, reference = name
        found.setdefault(resource, {}).setdefault(reference, field)
    return found


def _references(package: Package) -> Iterator[tuple[tuple[str, str], Field]]:
    for table in package.tables.values():
        for key in table.schema.foreign_keys:
            for own, reference in zip(key.fields, key.reference_fields, strict=True):
                yield (key.resource, reference), table.schema.field(own)


def _has_rows_alone(resource: Resource) -> bool:
    """Whether a resource lacks nothing but a schema; without a header, columns have no names."""
    readable = not resource.parts or why_unreadable(resource.format) is None
    return resource.unreadable == WITHOUT_SCHEMA and readable and resource.dialect.header


def _target(resource: Resource, fields: Mapping[str, Field]) -> TabularResource:
    schema = Schema(
        tuple(_renamed(field, name) for name, field in fields.items()), fields_match="superset"
    )
    dialect = replace(resource.dialect, case_sensitive_header=True)
    properties: dict[str, Any] = {**vars(resource), "schema": schema, "dialect": dialect}
    return TabularResource(**properties)


def _renamed(field: Field, name: str) -> Field:
    """A field as another table has it, where only its type is known."""
    properties = {**field.properties, "name": name}
    return replace(field.bare(), name=name, properties=properties)
