"""Fields that hold values of restricted ones, and so are restricted themselves (extension).

Source: docs/extensions.md, "Restricted fields".
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from validate._src.words.model import Resource

Place = tuple[str, str]
"""The name of a resource, and of a field of it."""
WAIVED_KEY = "key"


def with_restrictions(
    given: Iterable[Resource], waivers: str | None, written: Mapping[str, Any]
) -> dict[str, Resource]:
    """The resources by name, with all fields restricted that hold values of restricted ones.

    Those are the fields that refer to one, those that one refers to, all that do so in turn,
    those that follow from one (EDTF), and the keys of waivers.

    Args:
        given: the resources.
        waivers: name of the resource whose rows are waivers, if there is one.
        written: the schemas by resource as they are written, with what is wrong in them: a key
            that cannot be judged tells all the same where restricted values are.
    """
    resources = {resource.name: resource for resource in given}
    restricted = {*_declared(resources), *_declared_as_written(written)}
    if not restricted:
        return resources
    references = [*_references(resources), *_references_as_written(written)]
    back = [(parent, child) for child, parent in references]
    following = [*references, *back, *_derivations(resources)]
    found = restricted
    while found:
        found = {to for to, origin in following if origin in found} - restricted
        restricted |= found
    if waivers is not None and _is_in_a_key(resources, restricted):
        restricted.add((waivers, WAIVED_KEY))
    return {name: _restricted(resource, restricted) for name, resource in resources.items()}


def _declared(resources: Mapping[str, Resource]) -> Iterator[Place]:
    for resource in resources.values():
        if resource.schema is not None:
            yield from ((resource.name, name) for name in resource.schema.restricted)


def _references(resources: Mapping[str, Resource]) -> Iterator[tuple[Place, Place]]:
    """The fields of foreign keys, each with the one that it refers to."""
    for resource in resources.values():
        for key in resource.schema.foreign_keys if resource.schema else ():
            for name, target in zip(key.fields, key.reference_fields, strict=False):
                yield (resource.name, name), (key.resource, target)


def _declared_as_written(written: Mapping[str, Any]) -> Iterator[Place]:
    for resource, schema in written.items():
        for field in _objects(schema, "fields"):
            if field.get("restricted", False) is not False and isinstance(field.get("name"), str):
                yield resource, field["name"]


def _references_as_written(written: Mapping[str, Any]) -> Iterator[tuple[Place, Place]]:
    for resource, schema in written.items():
        for key in _objects(schema, "foreignKeys"):
            reference = key.get("reference")
            if not isinstance(reference, dict):
                continue
            target = reference.get("resource") or resource  # which itself may be empty
            if isinstance(target, str):
                names, others = _names(key.get("fields")), _names(reference.get("fields"))
                is_paired = len(names) == len(others)
                pairs = zip(names, others, strict=True) if is_paired else product(names, others)
                yield from (((resource, name), (target, other)) for name, other in pairs)


def _objects(schema: Any, name: str) -> list[dict[str, Any]]:
    """The objects in a list of a schema, if it is one."""
    entries: Any = schema.get(name) if isinstance(schema, dict) else None
    return [each for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []


def _names(given: Any) -> list[str]:
    """The names that stand for fields, one or several."""
    names: list[Any] = given if isinstance(given, list) else [given]
    return [name for name in names if isinstance(name, str)]


def _derivations(resources: Mapping[str, Resource]) -> Iterator[tuple[Place, Place]]:
    """The fields that follow from an EDTF date, each with the field of the date."""
    for resource in resources.values():
        for field in resource.schema.fields if resource.schema else ():
            if field.edtf is not None:
                for name in (field.edtf.earliest, field.edtf.latest, field.edtf.precision):
                    if name is not None:
                        yield (resource.name, name), (resource.name, field.name)


def _is_in_a_key(resources: Mapping[str, Resource], restricted: set[Place]) -> bool:
    return any(
        (resource.name, name) in restricted
        for resource in resources.values()
        if resource.schema is not None
        for name in resource.schema.primary_key
    )


def _restricted(resource: Resource, restricted: set[Place]) -> Resource:
    if resource.schema is None:
        return resource
    fields = tuple(
        replace(field, restricted=(resource.name, field.name) in restricted)
        for field in resource.schema.fields
    )
    return replace(resource, schema=replace(resource.schema, fields=fields))
