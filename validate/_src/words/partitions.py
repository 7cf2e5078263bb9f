"""Fields of a table whose values stand in the paths of its files, and those that have columns."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from validate._src.words.model import Resource
from validate._src.words.schema import Field

Some = TypeVar("Some", bound=Resource)


def fields_of_paths(resource: Resource, labels: Sequence[str] | None) -> dict[str, Field]:
    """The fields whose values stand in the paths of files, by the names that they have there.

    A name in a path is that of a field by itself alone, as a key of an object is. Where the files
    have a column for the field, it is none of these.

    Args:
        resource: the table.
        labels: the labels of its columns; None where they have none, and such a field no column.
    """
    if not resource.partitions or resource.schema is None:
        return {}
    fields = {field.label: field for field in reversed(resource.schema.fields)}
    of_files = {*labels} if labels else set[str]()
    if not resource.dialect.case_sensitive_header:
        of_files |= {label.casefold() for label in of_files}
    return {
        name: fields[name]
        for name in resource.partitions
        if name in fields and of_files.isdisjoint((name, name.casefold()))
    }


def in_files(resource: Some, labels: Sequence[str] | None) -> Some:
    """A resource with the fields alone that columns of its files may be of."""
    others = fields_of_paths(resource, labels).values()
    if not others or resource.schema is None:
        return resource
    names = {field.name for field in others}
    fields = tuple(field for field in resource.schema.fields if field.name not in names)
    return replace(resource, schema=replace(resource.schema, fields=fields))
