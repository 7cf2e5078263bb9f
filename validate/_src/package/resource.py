"""From a resource descriptor to a frozen `Resource`."""

from collections.abc import Mapping
from typing import Any

from validate._src.package.dialect import make_dialect
from validate._src.package.folder import Folder
from validate._src.package.tableschema import make_schema
from validate._src.reading.compression import compression_named
from validate._src.reading.encodings import UTF_8, python_name
from validate._src.reading.files import digest_size
from validate._src.reading.formats import (
    INLINE,
    by_path,
    format_named,
    name_by_media_type,
    why_unreadable,
)
from validate._src.words.errors import FileError, PackageError
from validate._src.words.model import Part, Resource, TabularResource
from validate._src.words.schema import Schema


def make_resource(properties: Mapping[str, Any], folder: Folder, package: str) -> Resource:
    """The resource that a descriptor describes.

    Args:
        properties: a resource descriptor that the profiles have found valid.
        folder: the folder of the package.
        package: the name of the package's descriptor, for messages.

    Raises:
        PackageError: the descriptor contradicts itself, or names a file outside its folder.

    Source: Data Package 2.0, Data Resource.
    """
    name = properties["name"]
    place = f'{package}: resource "{name}"'
    described = properties.get("schema")
    schema = None if described is None else make_schema(described, name, place)
    format_name, compression = _format(properties, place)
    resource = Resource(
        name=name,
        title=properties.get("title", ""),
        description=properties.get("description", ""),
        parts=_parts(properties, folder, place),
        data=properties.get("data"),
        format=format_name,
        compression=compression,
        encoding=_encoding(properties, place),
        dialect=make_dialect(properties.get("dialect", {}), format_name, place),
        schema=schema,
        bytes=properties.get("bytes"),
        hash=_hash(properties.get("hash"), place),
        unreadable=_why_unreadable(properties, schema, format_name),
        detects_encoding=_detects_encoding(properties),
    )
    return resource if resource.unreadable else TabularResource(**vars(resource))


def _paths(properties: Mapping[str, Any]) -> list[str]:
    """The paths of a resource, of which there may be one, several or none."""
    path = properties.get("path", [])
    return [path] if isinstance(path, str) else path


def _why_unreadable(
    properties: Mapping[str, Any], schema: Schema | None, format_name: str
) -> str | None:
    """Why the rows of a resource cannot be read, or None if they can."""
    if schema is None:
        return "the resource has no schema"
    known = format_named(format_name)
    if isinstance(properties.get("data"), str) and not (known and known.is_text):
        return f'a text inline cannot be of format "{format_name}"'
    return why_unreadable(format_name) if _paths(properties) else None


def _parts(properties: Mapping[str, Any], folder: Folder, place: str) -> tuple[Part, ...]:
    """The files of a resource; a text inline is as good as one."""
    data = properties.get("data")
    if isinstance(data, str):
        return (Part(f"inline data of {properties['name']}", None, data.encode()),)
    return tuple(_part(path, folder, place) for path in _paths(properties))


def _part(path: str, folder: Folder, place: str) -> Part:
    """A file of a resource; one that is absent is a finding once it is looked at."""
    try:
        return Part(path, folder.file(path, place))
    except FileError as error:
        return Part(path, None, absent=error.reason)


def _format(properties: Mapping[str, Any], place: str) -> tuple[str, str]:
    """The format of a resource's files, and what they are compressed by, in lower case.

    Raises:
        PackageError: the names of its files stand for several, and it does not say which.

    Source: Data Package 2.0, Data Resource, "format": the standard file extension.
    """
    found = _paths(properties)
    if not found and not isinstance(properties.get("data"), str):
        return INLINE, ""
    kinds = [*map(by_path, found)] or [("", "")]
    by_media_type = name_by_media_type(str(properties.get("mediatype", "")))
    name = str(properties.get("format") or kinds[0][0] or by_media_type).lower()
    compression = str(properties.get("compression") or kinds[0][1]).lower()
    readable = [kind for kind in kinds if format_named(kind[0])]
    for property_name, part in (("format", 0), ("compression", 1)):
        if len({kind[part] for kind in readable}) > 1 and not properties.get(property_name):
            raise PackageError(
                f"{place}: the names of its files, {', '.join(found)}, stand for more than one "
                f'{property_name}; give them one, or say which with "{property_name}"'
            )
    return name, "" if compression == "no" else (compression_named(compression) or compression)


def _detects_encoding(properties: Mapping[str, Any]) -> bool:
    """Whether the bytes of a file have to tell its encoding, as nothing declares it."""
    return "encoding" not in properties and not isinstance(properties.get("data"), str)


def _encoding(properties: Mapping[str, Any], place: str) -> str:
    """The encoding of a resource's files; a text inline has characters and no encoding."""
    name: str = properties.get("encoding", UTF_8)
    if isinstance(properties.get("data"), str):
        return UTF_8
    try:
        return python_name(name)
    except (LookupError, ValueError):
        raise PackageError(f'{place}: encoding: unknown encoding "{name}"') from None


def _hash(declared: str | None, place: str) -> tuple[str, str] | None:
    """Algorithm and digest; MD5 when no algorithm is named.

    Source: Data Package 2.0, Data Resource, "hash": others go by their names in lower case.
    """
    if declared is None:
        return None
    algorithm, _, digest = declared.rpartition(":")
    algorithm = (algorithm or "md5").lower()
    size = digest_size(algorithm)
    digits = set(digest.lower())
    if size is not None and (len(digest) != 2 * size or not digits <= set("0123456789abcdef")):
        raise PackageError(f'{place}: hash: "{declared}" is no {algorithm} digest')
    return algorithm, digest.lower()
