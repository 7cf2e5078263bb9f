"""A table of which nothing is declared, checked for all that needs no declaration."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from validate._src.describe.dialect import with_form
from validate._src.describe.form import (
    Content,
    Properties,
    content_of,
    package_of,
    resource_of,
    table_of,
    with_dialect,
)
from validate._src.describe.headless import headless
from validate._src.describe.marks import marks_given
from validate._src.describe.notes import barely_told, faults_of
from validate._src.describe.repeated import repeated
from validate._src.describe.rows import Row
from validate._src.describe.schema import Inferred, inferred
from validate._src.describe.sums import whole_ending
from validate._src.describe.wholerows import whole_rows
from validate._src.package.declaredfiles import PROPERTY
from validate._src.package.folder import DESCRIPTOR
from validate._src.package.given import Given, numbers, resource_properties
from validate._src.package.manyfiles import ManyFiles
from validate._src.reading.batch import broken
from validate._src.reading.formats import by_path, described_formats
from validate._src.words.codes import ALL_CODES, WARNING
from validate._src.words.errors import FileError, UnreadableError
from validate._src.words.finding import Finding, cut
from validate._src.words.findingframe import framed
from validate._src.words.model import Package
from validate._src.words.outcome import NotChecked, Outcome, Remark
from validate._src.words.schema import Options

GUESSED = (
    "nothing is declared; types are guessed, and a cell is a warning where nine in ten of its "
    "column have a type, unless digits with leading zeros are among the others, as codes have them"
)


@dataclass(frozen=True)
class _Guess:
    """What is guessed of a table.

    Attributes:
        properties: its resource as a descriptor would have it.
        outcomes: what a guess alone says.
        fault: why there is no table, if there is none.
    """

    properties: Properties
    outcomes: Sequence[Outcome] = ()
    fault: FileError | None = None


def undeclared_package(
    table: Path, given: Given, many: ManyFiles | None = None
) -> tuple[Package, list[Outcome]]:
    """A package of a file, or of many that make one table, its form and types guessed.

    Nothing is declared of them.

    Args:
        table: the file.
        given: what is said of it, by the names of properties.
        many: the files that a pattern finds, if the file is one.

    Returns:
        The package, a resource for each table of the file, and what a guess alone says: a
        warning for each column that nearly has a type, that nothing was declared, and what else
        is in the file. That it holds no table is a finding.

    Raises:
        PackageError: something is given that such a file cannot have.
        PackageError: nothing is installed that reads the file.
    """
    output = (many.folder if many else table.parent) / DESCRIPTOR
    location = many.parts[0].location if many else table.name
    bare: Properties = {"name": table.stem, "type": "table", "path": location}
    if many:
        bare |= {"name": many.name, PROPERTY: {"pattern": many.pattern}}
    if by_path(location)[0] not in described_formats():
        bare["format"] = "csv"
    bare |= resource_properties(given)
    marks = marks_given(numbers(given))
    try:
        content = content_of(resource_of(bare, output), given)
        guesses = [_guess(one, output, marks, many) for one in _tables(bare, content)]
    except FileError as error:
        content, guesses = Content(), [_Guess(bare, fault=error)]
    except UnreadableError as error:
        raise error.unusable(str(table)) from None
    outcomes = [outcome for guess in guesses for outcome in guess.outcomes]
    if guessed := ", ".join(one.properties["name"] for one in guesses if one.fault is None):
        what = f"declared types, constraints and keys of {guessed}"
        outcomes.append(NotChecked(what, GUESSED, ALL_CODES))
    outcomes += [NotChecked(f"{what} of {table.name}", why) for what, why in content.left_out]
    package = _package(table, output, guesses)
    return (replace(package, name=many.name, base=many.folder) if many else package), outcomes


def _tables(bare: Properties, content: Content) -> Iterator[Properties]:
    """The tables of a file: by its name where it is one, or else by what names each of them."""
    for dialect in content.dialects:
        name = "-".join([bare["name"], *map(str, dialect.values())])
        yield with_dialect({**bare, "name": name}, dialect)


def _guess(
    bare: Properties, output: Path, marks: Sequence[Options], many: ManyFiles | None
) -> _Guess:
    name = bare["name"]
    try:
        found = with_form(bare, output)
        known = inferred(found.properties, output, marks)
    except FileError as error:
        return _Guess(bare, fault=error)
    told = (found.properties.keys() - bare.keys()) & {"encoding"}  # said by a warning of its own
    described = {key: value for key, value in found.properties.items() if key not in told}
    fields = [one.properties for one in known.fields]
    names = {field["name"] for field in fields}
    of_paths = dict(many.parts[0].partition) if many else ()
    fields += [{"name": name, "type": "string"} for name in of_paths if name not in names]
    described["schema"] = {"fields": fields}
    skipped = [
        NotChecked(f"what is no row of {name}", note, ALL_CODES) for note in found.layout.notes()
    ]
    groups = found.layout.note_on_groups()
    ending = whole_ending(found, known, output)
    notes = [
        *([groups] if groups else []),
        *ending.notes(),
        *(f"{one.name}: {said}" for one in known.fields if (said := barely_told(one))),
    ]
    remarks = [f"{name}: {note}" for note in notes]
    if not ending.totals:
        table, sample = table_of(described, output), known.sample
        reader = whole_rows(table, sample.reader, sample.broken)
        of_ids = repeated(known.fields, table, reader)
        remarks += [f"{name}.{one.name}: {one.said()}" for one in of_ids]
    return _Guess(
        described,
        [
            *framed(_headless(known, bare, found.layout.header)),
            *framed(_odd(known, bare)),
            *skipped,
            *map(Remark, remarks),
        ],
    )


def _package(table: Path, output: Path, guesses: Sequence[_Guess]) -> Package:
    """The package of all tables of a file; those that cannot be read are not tabular."""
    made = package_of([guess.properties for guess in guesses], output)
    resources, findings = {**made.resources}, [*made.findings]
    for guess in guesses:
        if guess.fault is not None:
            resource = resources[guess.properties["name"]]
            why = f"{guess.fault.location} cannot be read"
            resources[resource.name] = replace(resource, unreadable=why)
            findings.append(broken(resource, guess.fault))
    return replace(made, name=table.stem, file=table, resources=resources, findings=tuple(findings))


def _headless(known: Inferred, table: Mapping[str, str], header: Row | None) -> Iterator[Finding]:
    """A warning where the labels are values as those below them are."""
    said = headless(known.fields)
    if header is not None and said:
        found = Finding(
            resource=table["name"],
            path=table["path"],
            code="misread-file",
            severity=WARNING,
            message=said,
            line=header.line,
            rule="header",
        )
        yield _placed(found, known, header.number)


def _odd(known: Inferred, table: Mapping[str, str]) -> Iterator[Finding]:
    """A warning for each column that nearly has a type, at the first cell that has not."""
    for column, one in enumerate(known.fields):
        found = faults_of(one)
        if found is not None:
            first = found.faults[0]
            warning = Finding(
                resource=table["name"],
                path=first.location or table["path"],
                code="type-error",
                severity=WARNING,
                message=f"probably a fault: {found.said}",
                row=first.row,
                line=first.line,
                field=one.name,
                value=cut(first.text),
            )
            yield _placed(warning, known, first.row, column)


def _placed(found: Finding, known: Inferred, row: int, column: int | None = None) -> Finding:
    """A finding with its sheet and cell, or all cells of its row, if it is in a workbook."""
    sheet = known.sample.sheet
    if sheet is None:
        return found
    return replace(found, sheet=sheet.name, cell=sheet.cell(row, column, len(known.fields)))
