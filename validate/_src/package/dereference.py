"""A descriptor with what it only refers to, its schemas and dialects, all of it valid."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any

from validate._src.fields.types import FIELD_TYPES
from validate._src.package import profile
from validate._src.package.folder import Folder, mark_of
from validate._src.reading.encodings import UTF_8
from validate._src.words.errors import FileError, PackageError
from validate._src.words.finding import Finding

Properties = dict[str, Any]
PARTS = (("schema", "tableschema"), ("dialect", "tabledialect"))
"""What a resource may refer to, and the profile that it is checked by."""


def dereferenced(descriptor: Mapping[str, Any], folder: Folder, name: str) -> Properties:
    """A package descriptor with the schemas and dialects in it that it only refers to.

    Args:
        descriptor: the descriptor as read from JSON.
        folder: the folder of the package.
        name: the name of the descriptor, for messages.

    Raises:
        PackageError: a file that it refers to cannot be used, or something is not valid.

    Source: Data Package 2.0, Data Resource, "schema" and "dialect", which may be a URL or path;
    1.0, "encoding", which is UTF-8 by default, where by 2.0 it is detected.
    """
    version = profile.standard_version(descriptor)
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not resources:
        raise PackageError(f"{name}: resources: a package has at least one resource")
    whole = {
        **descriptor,
        "resources": [
            _resource(properties, folder, version, f"{name}: resources[{number}]")
            for number, properties in enumerate(resources)
        ],
    }
    profile.check(whole, "datapackage", version, name)
    return whole


def marked_parts(descriptor: Mapping[str, Any], folder: Folder) -> Iterator[Finding]:
    """The byte order marks of the files that schemas and dialects stand in."""
    locations = {
        properties[name]: None
        for properties in descriptor["resources"]
        for name, _ in PARTS
        if isinstance(properties.get(name), str)
    }
    for location in locations:
        yield from mark_of(folder.file(location, location), location)


def _resource(properties: Any, folder: Folder, version: str, place: str) -> Properties:
    if not isinstance(properties, dict):
        raise PackageError(f"{place}: not a JSON object")
    resource: Properties = {**properties}
    if "url" in resource and not resource.keys() & {"path", "data"}:  # as in version 0
        resource["path"] = resource.pop("url")
    if version == "1.0":
        resource.setdefault("encoding", UTF_8)
    _check_paths(resource, folder, place)
    for name, profile_name in PARTS:
        if name not in resource:
            continue
        location = f"{place}.{name}"
        if isinstance(resource[name], str):
            location = resource[name]
            resource[name] = folder.json(location, place)
            if "$schema" in resource[name]:
                version = profile.standard_version(resource[name])
        if not isinstance(resource[name], dict):
            raise PackageError(f"{location}: not a JSON object")
        if name == "schema":
            resource[name] = _with_types(resource[name], version, location)
        profile.check(resource[name], profile_name, version, location)
    return resource


def _check_paths(resource: Properties, folder: Folder, place: str) -> None:
    """Checks that all paths, of whatever kind, are safe before files of schemas are looked for."""
    given: Any = resource.get("path")
    for path in given if isinstance(given, list) else [given]:
        if isinstance(path, str):
            with suppress(FileError):  # which is a finding of the resource
                folder.file(path, place)


def _with_types(schema: Mapping[str, Any], version: str, location: str) -> dict[str, Any]:
    """The schema with the type that each field has by default, all of them known.

    Source: Table Schema, "type and format": `string` by default in 1.0, `any` in 2.0.
    """
    fields = schema.get("fields")
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        raise PackageError(f"{location}: fields: must be an array of field descriptors")
    default = "string" if version == "1.0" else "any"
    typed = [{"type": default, **field} for field in fields]
    for number, field in enumerate(typed):
        if not isinstance(field["type"], str) or field["type"] not in FIELD_TYPES:
            known = ", ".join(FIELD_TYPES)
            place = f'{location}: fields[{number}] "{field.get("name")}"'
            raise PackageError(f'{place}: unknown type "{field["type"]}"; known are {known}')
    return {**schema, "fields": typed}
