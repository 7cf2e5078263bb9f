"""Whether the resources and fields exist that a part of a descriptor names."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from validate._src.words.model import Package, TabularResource
from validate._src.words.place import Steps
from validate._src.words.schema import Schema


def why_unreadable(package: Package, name: str) -> Iterator[str]:
    """Why a resource has no rows to look at, if it has none."""
    resource = package.resources.get(name)
    if resource is None:
        yield f'there is no resource "{name}"'
    elif resource.unreadable is not None:
        yield f'resource "{name}" has no rows to read: {resource.unreadable}'


def absent(resource: str, schema: Schema, names: Iterable[str]) -> Iterator[str]:
    """What is wrong with names of fields that a resource does not have."""
    for name in names:
        if name not in schema.names:
            yield f'resource "{resource}" has no field "{name}"'


def of_type(table: TabularResource, name: str, wanted: str) -> Iterator[str]:
    """Why a field of a table cannot be used, which should have a type."""
    yield from absent(table.name, table.schema, [name])
    if name in table.schema.names and table.schema.field(name).type != wanted:
        yield f'"{table.name}.{name}" must be of type {wanted}'


def without(members: Mapping[str, Any], *others: str) -> dict[str, Any]:
    """The members of a part but for some."""
    return {role: name for role, name in members.items() if role not in others}


def named_twice(steps: Steps, members: Mapping[str, Any]) -> Iterator[tuple[Steps, str]]:
    """The members that name a field that one before them names for something else."""
    first: dict[str, str] = {}
    for role, name in members.items():
        if isinstance(name, str) and (before := first.setdefault(name, role)) != role:
            yield (*steps, role), f'"{name}" is named as {before} already'


def text_fields(
    steps: Steps, resource: str, members: Mapping[str, object], package: Package
) -> Iterator[tuple[Steps, str]]:
    """What is wrong with the names of a resource and of fields of it, which hold texts."""
    if "resource" in members:
        for message in why_unreadable(package, resource):
            yield (*steps, "resource"), message
    table = package.tables.get(resource)
    for member, name in members.items():
        if table is not None and member != "resource" and isinstance(name, str):
            for message in of_type(table, name, "string"):
                yield (*steps, member), message
