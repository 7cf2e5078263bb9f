"""A first descriptor for data files: inferred from samples, proved by all rows."""

from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath

from slugify import slugify

from validate._src.describe.dialect import Formed, with_form
from validate._src.describe.facts import facts_of
from validate._src.describe.form import Properties, content_of, resource_of, with_dialect
from validate._src.describe.marks import marks_given
from validate._src.describe.notes import prevented
from validate._src.describe.schema import Typed, typed_fields
from validate._src.describe.suggestions import said_of, suggestions, with_suggestions
from validate._src.package import profile
from validate._src.package.descriptor import make_package
from validate._src.package.folder import Folder
from validate._src.package.given import NOTHING, Given, check_given, numbers, resource_properties
from validate._src.reading.compression import compression_named
from validate._src.words.errors import PackageError, UnreadableError
from validate._src.words.schema import Options

UNNAMED = r"[^-a-z0-9._]+"
"""What cannot stand in the name of a resource."""

OF_TABLES = ("sheetName", "table")
"""What names a table of a file in its dialect."""


@dataclass(frozen=True)
class Draft:
    """A first descriptor.

    Attributes:
        descriptor: the descriptor.
        notes: what of the files is not in it, and what keeps columns from a type that nearly
            all their cells have, a line each.
        suggestions: constraints and keys that all rows hold to, a line for each field.
    """

    descriptor: Properties
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()


def describe(
    files: Sequence[Path], output: Path, *, strict: bool = False, given: Given = NOTHING
) -> Draft:
    """The descriptor of data files: a resource for each table of them.

    The types are as narrow as all values allow without anything being lost: what has leading
    zeros stays text, and a number is one whose marks can be read in one way only.

    Args:
        files: the data files.
        output: where the descriptor will stand.
        strict: whether constraints and keys that all rows hold to are written; by default they
            are suggested alone, since the next rows may be others.
        given: what is said of the files, by the names of properties.

    Raises:
        PackageError: a file lies outside of the descriptor's folder, or holds no table.

    Source: Data Package 2.0.
    """
    check_given(given)
    locations = [_location(file, output) for file in files]
    for location in locations:
        if locations.count(location) > 1:
            raise PackageError(f"{location}: the file is named twice")
    bare, notes = _tables(locations, output, given)
    resources: list[Properties] = []
    marks = marks_given(numbers(given))
    for one in bare:
        formed, fields = _described(one, output, marks)
        resources.append(_with_schema(formed.properties, fields))
        notes += [f"{one['name']}: {note}" for note in formed.layout.notes()]
        notes += [f"{one['name']}.{note}" for note in prevented(fields)]
    name = _slug(_resolved(output.parent).name) or "package"
    descriptor = {"$schema": profile.LATEST, "name": name, "resources": resources}
    tables = make_package(descriptor, output).tables
    found = suggestions({name: facts_of(table) for name, table in tables.items()})
    if strict:
        descriptor = with_suggestions(descriptor, found)
    return Draft(descriptor, tuple(notes), tuple(said_of(found)))


def _tables(
    locations: Iterable[str], output: Path, given: Given
) -> tuple[list[Properties], list[str]]:
    """A resource for each table of the files, and what of these is left out."""
    bare: list[Properties] = []
    left_out: list[str] = []
    for location in locations:
        one: Properties = {"name": "table", "type": "table", "path": location}
        one |= resource_properties(given)
        with _readable(location):
            content = content_of(resource_of(one, output), given)
        left_out += [f"left out: {location}: {what} is {why}" for what, why in content.left_out]
        bare += [with_dialect(one, dialect) for dialect in content.dialects]
    names = _names(bare)
    return [{**one, "name": name} for one, name in zip(bare, names, strict=True)], left_out


def _described(
    bare: Properties, output: Path, marks: Sequence[Options]
) -> tuple[Formed, list[Typed]]:
    """A resource with its form, and its fields."""
    with _readable(bare["path"]):
        formed = with_form(bare, output)
        return formed, typed_fields(formed.properties, output, marks)


def _with_schema(properties: Properties, fields: Sequence[Typed]) -> Properties:
    """A resource with the schema that these fields make."""
    return {**properties, "schema": {"fields": [one.properties for one in fields]}}


@contextmanager
def _readable(location: str) -> Generator[None]:
    """Says in one line what is not installed that reads a file.

    Raises:
        PackageError: something is not.
    """
    try:
        yield
    except UnreadableError as error:
        raise error.unusable(location) from None


def _location(file: Path, output: Path) -> str:
    """The path of a file as the descriptor has it.

    Raises:
        PackageError: there is no such file, or it lies outside of the descriptor's folder.
    """
    if file.is_dir():
        raise PackageError(f"{file}: is a folder; name the data files in it")
    try:
        inside = (_resolved(file.parent) / file.name).relative_to(_resolved(output.parent))
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


def _resolved(folder: Path) -> Path:
    """The absolute path of a folder.

    Raises:
        PackageError: it is relative to the working folder, which was removed.
    """
    try:
        return folder.resolve()
    except FileNotFoundError:
        raise PackageError("the working folder was removed; change to another one") from None


def _names(resources: Iterable[Properties]) -> list[str]:
    """Names of resources after their files, and the tables in these, no two the same."""
    names: list[str] = []
    for properties in resources:
        path = PurePosixPath(properties["path"])
        stem = PurePosixPath(path.stem).stem if compression_named(_suffix(path)) else path.stem
        dialect = properties.get("dialect", {})
        tables = [dialect[name] for name in OF_TABLES if name in dialect]
        wanted = _slug("-".join([stem, *tables])) or "table"
        numbered = (f"{wanted}-{number}" for number in count(2))
        names.append(wanted if wanted not in names else next(n for n in numbered if n not in names))
    return names


def _slug(name: str) -> str:
    return slugify(name, regex_pattern=UNNAMED)


def _suffix(path: PurePosixPath) -> str:
    return path.suffix.lstrip(".").lower()
