"""Fields that hold values of restricted ones, and so are restricted themselves (extension).

Source: docs/extensions.md, "Restricted fields".
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from validate._src.words.model import Resource

Place = tuple[str, str]
"""The name of a resource, and of a field of it."""
WAIVED_KEY = "key"


def with_restrictions(given: Iterable[Resource], waivers: str | None) -> dict[str, Resource]:
    """The resources by name, with all fields restricted that hold values of restricted ones.

    Those are the fields that refer to one or follow from one (EDTF), those that one refers to,
    and the keys of waivers.

    Args:
        given: the resources.
        waivers: name of the resource whose rows are waivers, if there is one.
    """
    resources = {resource.name: resource for resource in given}
    restricted = {*_declared(resources)}
    if not restricted:
        return resources
    references = [*_references(resources)]
    following = [*references, *_derivations(resources)]
    found = restricted
    while found:
        found = {child for child, parent in following if parent in found} - restricted
        restricted |= found
    restricted |= {parent for child, parent in references if child in restricted}
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
