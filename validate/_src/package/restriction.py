"""Fields that hold values of restricted ones, and so are restricted themselves (extension).

Source: docs/extensions.md, "Restricted fields".
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from validate._src.package.jsonobjects import Repeated
from validate._src.package.loosely import objects, texts
from validate._src.words.model import Resource

Place = tuple[str, str]
"""The name of a resource, and of a field of it."""
WAIVED_KEY = "key"


def with_restrictions(
    given: Iterable[Resource], waivers: str | None, written: Mapping[str, Any]
) -> dict[str, Resource]:
    """The resources by name, with all fields restricted that hold values of restricted ones.

    Those are the fields that refer to one, those that one refers to, all that do so in turn,
    those that follow from one (EDTF, numerals), and the keys of waivers.

    Args:
        given: the resources.
        waivers: name of the resource whose rows are waivers, if there is one.
        written: the schemas by resource as they are written: what is wrong in one, such as a
            key that cannot be judged, tells all the same where restricted values are.
    """
    resources = {resource.name: resource for resource in given}
    restricted = {*_declared(written)}
    if not restricted:
        return resources
    references = [*_references(written)]
    back = [(parent, child) for child, parent in references]
    following = [*references, *back, *_derivations(resources)]
    found = restricted
    while found:
        found = {to for to, origin in following if origin in found} - restricted
        restricted |= found
    if waivers is not None and _is_in_a_key(resources, restricted):
        restricted.add((waivers, WAIVED_KEY))
    return {name: _restricted(resource, restricted) for name, resource in resources.items()}


def _declared(written: Mapping[str, Any]) -> Iterator[Place]:
    """The fields that are restricted: those that say so in any way, whatever else is wrong."""
    for resource, schema in written.items():
        for field in objects(schema.get("fields")):
            twice = isinstance(field, Repeated) and "restricted" in field.alike
            if twice or field.get("restricted", False) is not False:
                yield from ((resource, name) for name in texts(field.get("name")))


def _references(written: Mapping[str, Any]) -> Iterator[tuple[Place, Place]]:
    """The fields of foreign keys, each with the one that it refers to.

    Of a key whose sides differ in length, each field with each.
    """
    for resource, schema in written.items():
        for key in objects(schema.get("foreignKeys")):
            for reference in objects([key.get("reference")]):
                names, others = texts(key.get("fields")), texts(reference.get("fields"))
                pair = zip if len(names) == len(others) else product
                for target in texts(reference.get("resource") or resource):  # empty: the own
                    for name, other in pair(names, others):
                        yield (resource, name), (target, other)


def _derivations(resources: Mapping[str, Resource]) -> Iterator[tuple[Place, Place]]:
    """The fields that follow from an EDTF date or a numeral, each with the field of that."""
    for resource in resources.values():
        for field in resource.schema.fields if resource.schema else ():
            if field.edtf is not None:
                for name in (field.edtf.earliest, field.edtf.latest, field.edtf.precision):
                    if name is not None:
                        yield (resource.name, name), (resource.name, field.name)
            if field.numeral is not None:
                for name in field.numeral.named_fields():
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
