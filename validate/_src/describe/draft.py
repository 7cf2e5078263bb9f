"""A first descriptor for data files: inferred from samples, proved by all rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from slugify import slugify

from validate._src.describe.form import Properties, with_form
from validate._src.describe.notes import prevented
from validate._src.describe.output import check_free
from validate._src.describe.schema import Typed, typed_fields
from validate._src.package import profile
from validate._src.package.folder import Folder
from validate._src.reading.compression import compression_named
from validate._src.words.errors import PackageError

UNNAMED = r"[^-a-z0-9._]+"
"""What cannot stand in the name of a resource."""


@dataclass(frozen=True)
class Draft:
    """A first descriptor.

    Attributes:
        descriptor: the descriptor.
        notes: what keeps columns from a type that nearly all their cells have, a line each.
    """

    descriptor: Properties
    notes: tuple[str, ...] = ()


def describe(files: Sequence[Path], output: Path) -> Draft:
    """The descriptor of data files, each of them a resource.

    The types are as narrow as all values allow without anything being lost: what has leading
    zeros stays text, and a number is one whose marks can be read in one way only.

    Args:
        files: the data files.
        output: where the descriptor will stand.

    Raises:
        PackageError: there is something at that place already, or a file lies outside of its
            folder or holds no table.

    Source: Data Package 2.0.
    """
    check_free(output)
    locations = [_location(file, output) for file in files]
    for location in locations:
        if locations.count(location) > 1:
            raise PackageError(f"{location}: the file is named twice")
    named = zip(_names(locations), locations, strict=True)
    bare = [{"name": name, "type": "table", "path": location} for name, location in named]
    formed = [with_form(one, output) for one in bare]
    typed = [typed_fields(one, output) for one in formed]
    resources = [_with_schema(one, fields) for one, fields in zip(formed, typed, strict=True)]
    name = _slug(output.parent.resolve().name) or "package"
    notes = [
        f"{one['name']}.{note}"
        for one, fields in zip(formed, typed, strict=True)
        for note in prevented(fields)
    ]
    descriptor = {"$schema": profile.LATEST, "name": name, "resources": resources}
    return Draft(descriptor, tuple(notes))


def _with_schema(properties: Properties, fields: Sequence[Typed]) -> Properties:
    """A resource with the schema that these fields make."""
    return {**properties, "schema": {"fields": [one.properties for one in fields]}}


def _location(file: Path, output: Path) -> str:
    """The path of a file as the descriptor has it.

    Raises:
        PackageError: there is no such file, or it lies outside of the descriptor's folder.
    """
    if file.is_dir():
        raise PackageError(f"{file}: is a folder; name the data files in it")
    try:
        inside = (file.parent.resolve() / file.name).relative_to(output.parent.resolve())
    except ValueError:
        raise PackageError(
            f"{file}: lies outside of the descriptor's folder; a package holds its data files, "
            "so move the file, or have the descriptor above it with --output"
        ) from None
    if not file.exists():
        raise PackageError(f"{file}: no such file")
    location = inside.as_posix()
    try:
        location.encode()
    except UnicodeEncodeError:
        raise PackageError(
            f"{file}: the name of the file holds what is no character; rename it"
        ) from None
    Folder(output.parent).file(location, output.name)
    return location


def _names(locations: Iterable[str]) -> list[str]:
    """Names of resources after their files, no two the same."""
    names: list[str] = []
    for location in locations:
        path = PurePosixPath(location)
        stem = PurePosixPath(path.stem).stem if compression_named(_suffix(path)) else path.stem
        wanted = _slug(stem) or "table"
        numbered = (f"{wanted}-{number}" for number in count(2))
        names.append(wanted if wanted not in names else next(n for n in numbered if n not in names))
    return names


def _slug(name: str) -> str:
    return slugify(name, regex_pattern=UNNAMED)


def _suffix(path: PurePosixPath) -> str:
    return path.suffix.lstrip(".").lower()
