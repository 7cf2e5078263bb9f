"""The package itself in one zip file: its descriptor, and all files that this names."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from validate._src.package.addresses import scheme_of
from validate._src.package.descriptor import is_resource, package_of_resource
from validate._src.package.folder import DESCRIPTOR, DESCRIPTORS, Folder
from validate._src.package.textfiles import read_json
from validate._src.package.yamltext import is_yaml
from validate._src.publish.content import Content
from validate._src.publish.metadata import moment_of
from validate._src.words.errors import PackageError
from validate._src.words.model import Package

ON_UNIX = 3  # the system that an entry says it was made on, which else is that of this machine
REGULAR = 0o100644 << 16  # a file that all may read
NAMING = ("path", "schema", "dialect", "query", "image")
"""The properties that name a file, or several."""
LISTS = ("resources", "licenses", "sources", "rules", "pages")
"""The properties that hold objects with such properties."""
WITHIN = ("views",)
"""The properties that are an object with such lists."""
INDISPENSABLE = ("resources", "rules", "views")
"""Those of them whose files are part of the package; others may be named and not be there."""


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes the zip file: always the same bytes for the same files.

    Yields:
        The files that are left out, a sentence each.

    Raises:
        PackageError: there are restricted fields, whose values stand in the files, or a file is
            not there.
    """
    package = content.package
    _check_unrestricted(package)
    _check_complete(package)
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        entry = _entry(_name_of(package.file), moment_of(content))
        archive.writestr(entry, _text_of(package))
        pack(archive, files_of(package), moment_of(content))
    for name in _names_in(_of_rows(_properties(package))):
        if scheme_of(name):
            yield f"{name} is left out: it is on the web"


def pack(archive: ZipFile, files: Mapping[str, Path], moment: datetime) -> None:
    """Adds files to a zip file, in the order of their names there, all of one moment."""
    for name in sorted(files):
        entry = _entry(name, moment)
        entry.file_size = files[name].stat().st_size  # by which it knows how long sizes are
        with files[name].open("rb") as file, archive.open(entry, "w") as packed:
            copyfileobj(file, packed)


def files_of(package: Package) -> dict[str, Path]:
    """The files that a descriptor names or finds by patterns in its folder, by their paths there.

    What is wrong with the others is among the findings of a run.
    """
    folder = Folder(package.file.parent)
    files: dict[str, Path] = {}
    for name in _names_in(_properties(package)):
        with suppress(PackageError):
            file = folder.file(name, "")
            files[file.relative_to(folder.path).as_posix()] = file
    found = (part for one in package.resources.values() for part in one.parts if not part.named)
    files |= {part.location: part.file for part in found if part.file is not None}
    return files


def _check_complete(package: Package) -> None:
    """Checks that all files are there which the package cannot do without.

    Raises:
        PackageError: one is not, be it that this is waived or only a warning.
    """
    folder = Folder(package.file.parent)
    for name in _names_in(_of_rows(_properties(package))):
        if not scheme_of(name):
            folder.file(name, "")


def _entry(name: str, moment: datetime) -> ZipInfo:
    year, month, day, hour, minute, second = moment.timetuple()[:6]
    entry = ZipInfo(name, (year, month, day, hour, minute, second))
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, REGULAR
    entry.create_system = ON_UNIX
    return entry


def _check_unrestricted(package: Package) -> None:
    for name, resource in package.resources.items():
        if resource.schema is not None and resource.schema.restricted:
            fields = ", ".join(sorted(resource.schema.restricted))
            raise PackageError(
                f"--to zip: {name} has restricted fields ({fields}), whose values stand in its "
                "files; the other formats leave them out"
            )


def _properties(package: Package) -> Mapping[str, Any]:
    """The descriptor as it is written; that of a resource as one of a package."""
    written = read_json(package.file, package.location)
    return package_of_resource(written) if is_resource(written) else written


def _of_rows(properties: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a package cannot be judged without."""
    return {name: properties.get(name) for name in INDISPENSABLE}


def _names_in(properties: Mapping[str, Any]) -> Iterator[str]:
    """The paths and URLs in a descriptor or a part of it, in order, each once."""
    yield from dict.fromkeys(_each_name(properties))


def _each_name(properties: Mapping[str, Any]) -> Iterator[str]:
    for name in NAMING:
        value: Any = properties.get(name)
        for one in cast("list[Any]", value) if isinstance(value, list) else [value]:
            if isinstance(one, str):
                yield one
    for name in WITHIN:
        if isinstance(properties.get(name), dict):
            yield from _each_name(properties[name])
    for name in LISTS:
        parts: Any = properties.get(name)
        for part in cast("list[Any]", parts) if isinstance(parts, list) else ():
            if isinstance(part, dict):
                yield from _each_name(cast("dict[str, Any]", part))


def _name_of(descriptor: Path) -> str:
    """What a descriptor is called in a zip file, so that it is found there."""
    if descriptor.name in DESCRIPTORS:
        return descriptor.name
    return Path(DESCRIPTOR).stem + (descriptor.suffix if is_yaml(descriptor.name) else ".json")


def _text_of(package: Package) -> bytes:
    """The descriptor: as it is written, unless it is that of a resource."""
    written = read_json(package.file, package.location)
    if not is_resource(written):
        return package.file.read_bytes()
    return json.dumps(package_of_resource(written), ensure_ascii=False, indent=2).encode() + b"\n"
