"""A first descriptor for data files: inferred from samples, proved by all rows."""

from collections.abc import Collection, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path, PurePosixPath

from slugify import slugify

from validate._src.describe.databases import declared_keys
from validate._src.describe.dialect import Formed, with_form
from validate._src.describe.ending import Ending
from validate._src.describe.facts import TableFacts, facts_of
from validate._src.describe.form import (
    Properties,
    content_of,
    resource_of,
    table_of,
    with_dialect,
)
from validate._src.describe.headless import headless
from validate._src.describe.marks import marks_given
from validate._src.describe.notes import prevented, unlike_others, with_doubt
from validate._src.describe.repeated import repeated
from validate._src.describe.schema import Inferred, Typed, inferred
from validate._src.describe.suggestions import said_of, suggestions, with_suggestions
from validate._src.describe.sums import whole_ending
from validate._src.describe.wholerows import whole_rows
from validate._src.package import profile
from validate._src.package.folder import Folder
from validate._src.package.given import NOTHING, Given, check_given, numbers, resource_properties
from validate._src.package.source import is_zipped
from validate._src.reading.compression import compression_named
from validate._src.tables._labels import NO_LABEL, no_label
from validate._src.words.errors import PackageError, UnreadableError
from validate._src.words.printing import no_such
from validate._src.words.schema import Options

EMPTY: frozenset[str] = frozenset()
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
        unwritten: what is seen of them and written by no option, a line for each field.
        doubtful: how many columns probable faults keep from the type that nearly all cells have.
    """

    descriptor: Properties
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    unwritten: tuple[str, ...] = ()
    doubtful: int = 0


def describe(
    files: Sequence[Path],
    output: Path,
    *,
    strict: bool = False,
    restricted: Collection[str] = (),
    given: Given = NOTHING,
) -> Draft:
    """The descriptor of data files: a resource for each table of them.

    The types are as narrow as all values allow without anything being lost: what has leading
    zeros stays text, and a number is one whose marks can be read in one way only.

    Args:
        files: the data files.
        output: where the descriptor will stand.
        strict: whether constraints and keys that all rows hold to are written; by default they
            are suggested alone, since the next rows may be others.
        restricted: names of the fields that are marked as restricted, in every table that has
            them, and of which no value is written or said.
        given: what is said of the files, by the names of properties.

    Raises:
        PackageError: a file lies outside of the descriptor's folder, or holds no table, or no
            table has a field that is to be restricted.

    Source: Data Package 2.0; docs/extensions.md, "Restricted fields".
    """
    check_given(given)
    for file in files:
        if is_zipped(file):
            raise PackageError(f"{file}: a package, which is described; `validate run` checks it")
    locations = [_location(file, output) for file in files]
    for location in locations:
        if locations.count(location) > 1:
            raise PackageError(f"{location}: the file is named twice")
    bare, notes = _tables(locations, output, given)
    marks = marks_given(numbers(given))
    described = {one["name"]: _described(one, output, restricted, marks) for one in bare}
    _check_restricted(restricted, described.values())
    notes += [note for one in described.values() for note in one.notes]
    name = _slug(_resolved(output.parent).name) or "package"
    resources = [one.properties for one in described.values()]
    descriptor = {"$schema": profile.LATEST, "name": name, "resources": resources}
    hidden = {name: one.hidden for name, one in described.items()}
    facts = {name: one.facts for name, one in described.items()}
    found = suggestions(facts, hidden, declared_keys(resources, output))
    if strict:
        descriptor = with_suggestions(descriptor, found)
    written, unwritten = (
        tuple(said_of(one for one in found if (one.value is not None) is is_written))
        for is_written in (True, False)
    )
    doubtful = sum(one.facts.doubtful for one in described.values())
    return Draft(descriptor, tuple(notes), written, unwritten, doubtful)


@dataclass(frozen=True)
class Described:
    """A resource.

    Attributes:
        properties: the resource as a descriptor has it.
        notes: what is to be known of it, a line each.
        facts: what holds for all its rows.
        hidden: the fields of which no value is shown: the restricted ones, and all where their
            cells may stand in other columns.
    """

    properties: Properties
    notes: tuple[str, ...]
    facts: TableFacts
    hidden: frozenset[str]

    @property
    def names(self) -> list[str]:
        """The names of its fields."""
        return [field["name"] for field in self.properties["schema"]["fields"]]


def _described(
    bare: Properties, output: Path, restricted: Collection[str], marks: Sequence[Options]
) -> Described:
    """A resource with its form, its fields, and what holds for all its rows."""
    with _readable(bare["path"]):
        formed = with_form(bare, output)
        found = inferred(formed.properties, output, marks)
        properties = _with_schema(formed.properties, found.fields, restricted)
        table, sample = table_of(properties, output), found.sample
        whole = whole_rows(table, sample.reader, sample.broken)
        facts = facts_of(table, sample.reader, sample.broken, repeated(found.fields, table, whole))
        ending = whole_ending(formed, found, output)
    columns = with_doubt(facts.columns, found.fields)
    facts = replace(facts, totals=ending.totals, columns=columns)
    names = [field.name for field in found.fields]
    hidden = frozenset(names if found.sample.may_be_astray else restricted) if restricted else EMPTY
    shown = {name: one for name, one in facts.columns.items() if name not in hidden}
    name, notes = bare["name"], _notes_on_rows(formed, found, ending, hidden)
    of_fields = chain(prevented(found.fields, hidden), unlike_others(found.fields, shown))
    notes = (*(f"{name}: {note}" for note in notes), *(f"{name}.{note}" for note in of_fields))
    return Described(properties, notes, facts, hidden)


def _notes_on_rows(
    formed: Formed, found: Inferred, ending: Ending, hidden: Collection[str]
) -> Iterator[str]:
    """What is said of rows that are none of the table, and of its header."""
    withheld = frozenset(at for at, one in enumerate(found.fields) if one.name in hidden)
    yield from formed.layout.notes(withheld)
    if groups := formed.layout.note_on_groups(withheld):
        yield groups
    labels = found.sample.labels
    if labels and not labels[0] and (said := no_label(labels, 0)) != NO_LABEL:
        yield f"column 1 {said}; it is described as {found.fields[0].name}"
    if formed.layout.header is not None and (said := headless(found.fields, hides=bool(hidden))):
        yield said
    yield from ending.notes(withheld)


def _check_restricted(restricted: Collection[str], described: Iterable[Described]) -> None:
    """Checks that a table has each field that is to be restricted.

    Raises:
        PackageError: none has.
    """
    known = [name for one in described for name in one.names]
    for name in restricted:
        if name not in known:
            raise PackageError(f"--restricted: {no_such('field', name, known)}")


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


def _with_schema(
    properties: Properties, fields: Sequence[Typed], restricted: Collection[str]
) -> Properties:
    """A resource with the schema that these fields make."""
    written = [
        {**one.properties, "restricted": True} if one.name in restricted else one.properties
        for one in fields
    ]
    return {**properties, "schema": {"fields": written}}


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
