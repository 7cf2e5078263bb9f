"""Tables without a schema: their labels are their fields, and their cells are texts."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

from validate._src.package.resource import WITHOUT_SCHEMA
from validate._src.reading import open_table
from validate._src.reading.formats import format_named, why_unreadable
from validate._src.words.errors import FileError, UnreadableError
from validate._src.words.model import Resource, TabularResource
from validate._src.words.schema import Field, Schema


def as_table(resource: Resource) -> Resource:
    """A resource whose columns are its fields, as texts, if it is a table and declares none.

    Returns:
        The table; the resource as it is where it has a schema, cannot be read, or has labels that
        are missing or not distinct, so that they name no fields.
    """
    known = format_named(resource.format)
    are_rows = isinstance(resource.data, list) and not resource.parts
    is_readable = are_rows or why_unreadable(resource.format) is None
    is_bare = resource.unreadable == WITHOUT_SCHEMA and resource.dialect.header
    if not (is_bare and known and is_readable):
        return resource
    properties: dict[str, Any] = {**vars(resource), "schema": Schema(()), "unreadable": None}
    table = TabularResource(**properties)
    with suppress(FileError, UnreadableError):
        labels = [*filter(None, open_table(table).labels or ())]
        if labels and len({*labels}) == len(labels):
            return replace(table, schema=Schema(tuple(map(_field, labels))))
    return resource


def _field(label: str) -> Field:
    properties = {"name": label, "type": "any"}
    return Field(label, "any", "default", properties, ("",), {})
