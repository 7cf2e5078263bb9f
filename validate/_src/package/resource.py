"""From a resource descriptor to a frozen `Resource`."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from validate._src.package.declaredfiles import PROPERTY, parts_of_pattern, pattern_problems
from validate._src.package.dialect import make_dialect
from validate._src.package.folder import Folder
from validate._src.package.manyfiles import part_at
from validate._src.package.problem import Problem
from validate._src.reading.compression import ZIP, compression_named, names_within
from validate._src.reading.encodings import UTF_8, python_name
from validate._src.reading.files import digest_size
from validate._src.reading.formats import (
    INLINE,
    PARQUET,
    by_path,
    format_named,
    name_by_media_type,
    why_unreadable,
)
from validate._src.words.errors import FileError, PackageError
from validate._src.words.model import Part, Resource, TabularResource
from validate._src.words.place import NOWHERE, Place
from validate._src.words.schema import Schema

if TYPE_CHECKING:
    from validate._src.package.lakes import TableFolder

WITHOUT_SCHEMA = "the resource has no schema"
LAKES = ("delta", "iceberg")
"""What the property `format` may call tables that are folders; their files are of Parquet."""


def resource_problems(properties: Mapping[str, Any], folder: Folder) -> Iterator[Problem]:
    """What contradicts itself in a resource that the profiles have found valid, or is not safe.

    Args:
        properties: a resource descriptor.
        folder: the folder of the package.

    Source: Data Package 2.0, Data Resource.
    """
    yield from _path_problems(properties, folder)
    yield from pattern_problems(properties, folder)
    yield from _format_problems(properties)
    if _known_encoding(properties) is None:
        message = f"unknown encoding {json.dumps(properties['encoding'], ensure_ascii=False)}"
        yield Problem(("encoding",), message)
    if "hash" in properties and not _is_digest(*_hash(properties["hash"])):
        yield Problem(("hash",), f'"{properties["hash"]}" is no digest of its algorithm')


def make_resource(
    name: str,
    properties: Mapping[str, Any],
    schema: Schema | None,
    folder: Folder,
    why: str | None = None,
    place: Place = NOWHERE,
) -> Resource:
    """The resource that a descriptor describes.

    Args:
        name: what it is called.
        properties: a resource descriptor in which nothing is wrong, with the dialect in it.
        schema: its schema, if it has one that can be used.
        folder: the folder of the package.
        why: why its rows are not to be read, if they are not.
        place: where it stands.

    Source: Data Package 2.0, Data Resource.
    """
    format_name, compression = format_of(properties)
    resource = Resource(
        name=name,
        title=properties.get("title", ""),
        description=properties.get("description", ""),
        parts=_parts(name, properties, folder),
        data=properties.get("data"),
        format=format_name,
        compression=compression,
        encoding=_known_encoding(properties) or UTF_8,
        dialect=make_dialect(properties.get("dialect", {}), format_name),
        schema=schema,
        bytes=properties.get("bytes"),
        hash=_hash(properties["hash"]) if "hash" in properties else None,
        unreadable=why or _why_unreadable(properties, schema, format_name),
        detects_encoding=_detects_encoding(properties),
        severity=properties.get("severity", {}),
        translations=properties.get("translations", {}),
        place=place,
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
        return WITHOUT_SCHEMA
    for name in schema.names:
        if name == "*" or (name.startswith("^") and name.endswith("$")):
            return f'the field name "{name}" cannot be used; Polars expands it'
    known = format_named(format_name)
    if isinstance(properties.get("data"), str) and not (known and known.is_text):
        return f'a text inline cannot be of format "{format_name}"'
    return why_unreadable(format_name) if _paths(properties) else None


def _path_problems(properties: Mapping[str, Any], folder: Folder) -> Iterator[Problem]:
    """The paths that no file may be read by; an absent file is a fault of the data."""
    folder.prepare(_paths(properties))
    for path in _paths(properties):
        try:
            folder.file(path, "")
        except FileError:
            continue
        except PackageError as error:
            yield Problem(("path",), str(error))


def _parts(name: str, properties: Mapping[str, Any], folder: Folder) -> tuple[Part, ...]:
    """The files of a resource; a text inline is as good as one."""
    data = properties.get("data")
    if isinstance(data, str):
        return (Part(f"inline data of {name}", None, data.encode()),)
    if PROPERTY in properties and _paths(properties):
        return parts_of_pattern(properties, folder)
    within = _within(properties)
    return tuple(part for path in _paths(properties) for part in _parts_at(path, folder, within))


def _within(properties: Mapping[str, Any]) -> str:
    """The file in a zip file that is meant, if that is said; the standard has no word for it.

    Source: frictionless-py 5, "innerpath" of a resource.
    """
    name = properties.get("innerpath")
    return name if isinstance(name, str) else ""


def _parts_at(path: str, folder: Folder, within: str) -> Sequence[Part]:
    """The files of a path: itself, or those of the table that the folder is which it names.

    One that is absent is a finding once it is looked at.
    """
    table = _lake_at(path, folder) if path.endswith("/") else None
    if table is None:
        part = part_at(path, folder, within)
        table = _lake_at(path, folder) if part.absent else None
        if table is None:
            return [part]
    return _parts_of(table, path, folder)


def _parts_of(table: "TableFolder", path: str, folder: Folder) -> Sequence[Part]:
    """The files of a table of Delta or Iceberg; one without, if its log cannot be read."""
    from validate._src.package.laketables import lake_parts, why

    try:
        return lake_parts(table, folder.copies())
    except PackageError as error:  # of a path in the log that leads out as well
        return [Part(path, None, absent=why(error))]


def _lake_at(path: str, folder: Folder) -> "TableFolder | None":
    """The folder of a table of Delta or Iceberg that a path names; None if it names none."""
    if not (path.endswith("/") or folder.is_folder(path)):
        return None
    # Here, because few resources are folders.
    from validate._src.package.laketables import lake_in

    return lake_in(folder, path)


def format_of(properties: Mapping[str, Any]) -> tuple[str, str]:
    """The format of a resource's files, and what they are compressed by, in lower case.

    What their media type says counts where their names end in no format that is known.

    Source: Data Package 2.0, Data Resource, "format": the standard file extension; "mediatype".
    """
    found = _paths(properties)
    if not found and not isinstance(properties.get("data"), str):
        return INLINE, ""
    kinds = [*map(by_path, found)] or [("", "")]
    by_media_type = name_by_media_type(str(properties.get("mediatype", "")))
    by_name = kinds[0][0]
    of_files = by_name if by_name and format_named(by_name) else by_media_type or by_name
    name = str(properties.get("format") or of_files).lower()
    compression = str(properties.get("compression") or kinds[0][1]).lower()
    return name, "" if compression == "no" else (compression_named(compression) or compression)


def with_format(properties: dict[str, Any], folder: Folder) -> dict[str, Any]:
    """A resource with the format of its files, which its path and its properties do not say.

    That is of the file within its zip file, or of the files of a table of Delta or Iceberg.

    Returns:
        The properties; the format is CSV where that cannot be told, so that reading the file
        says why it is no table.
    """
    named, compression = format_of(properties)
    is_unnamed = named == "" and any(_lake_at(path, folder) for path in _paths(properties))
    if named in LAKES or is_unnamed:
        return {**properties, "format": PARQUET}
    if named or compression != ZIP or not _paths(properties):
        return properties
    first = _parts("", properties, folder)[0].file
    names = [_within(properties)] if _within(properties) else names_within(first) if first else []
    within = [by_path(name)[0] for name in names]
    known = next(filter(format_named, within), None)
    return {**properties, "format": known or next(iter(within), "") or "csv"}


def _format_problems(properties: Mapping[str, Any]) -> Iterator[Problem]:
    """Whether the names of its files stand for several formats, and it does not say which."""
    found = _paths(properties)
    readable = [kind for kind in map(by_path, found) if format_named(kind[0])]
    for name, part in (("format", 0), ("compression", 1)):
        if len({kind[part] for kind in readable}) > 1 and not properties.get(name):
            yield Problem(
                (name,),
                f"the names of its files, {', '.join(found)}, stand for more than one; "
                "give them one, or say here which",
            )


def _detects_encoding(properties: Mapping[str, Any]) -> bool:
    """Whether the bytes of a file have to tell its encoding, as nothing declares it."""
    return "encoding" not in properties and not isinstance(properties.get("data"), str)


def _known_encoding(properties: Mapping[str, Any]) -> str | None:
    """The encoding of a resource's files; a text inline has characters and no encoding."""
    if isinstance(properties.get("data"), str):
        return UTF_8
    try:
        return python_name(properties.get("encoding", UTF_8))
    except LookupError:
        return None


def _hash(declared: str) -> tuple[str, str]:
    """Algorithm and digest; MD5 when no algorithm is named.

    Source: Data Package 2.0, Data Resource, "hash": others go by their names in lower case.
    """
    algorithm, _, digest = declared.rpartition(":")
    return (algorithm or "md5").lower(), digest.lower()


def _is_digest(algorithm: str, digest: str) -> bool:
    """Whether a text may be a digest, as far as its algorithm is known here."""
    size = digest_size(algorithm)
    return size is None or (len(digest) == 2 * size and {*digest} <= {*"0123456789abcdef"})
