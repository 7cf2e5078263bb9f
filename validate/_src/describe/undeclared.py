"""A table of which nothing is declared, checked for all that needs no declaration."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from validate._src.describe.dialect import with_form
from validate._src.describe.form import package_of
from validate._src.describe.nearly import nearly
from validate._src.describe.schema import Typed, typed_fields
from validate._src.package.folder import DESCRIPTOR
from validate._src.words.codes import ALL_CODES, WARNING
from validate._src.words.errors import PackageError, UnreadableError
from validate._src.words.finding import Finding, cut
from validate._src.words.findingframe import framed
from validate._src.words.model import Package
from validate._src.words.outcome import NotChecked, Outcome


def undeclared_package(table: Path) -> tuple[Package, list[Outcome]]:
    """A package of a table of which nothing is declared, its form and types guessed.

    Args:
        table: the file.

    Returns:
        The package, and what a guess alone says: a warning for each column that nearly has a
        type, and that nothing was declared.

    Raises:
        PackageError: there is no table in the file, or nothing installed that reads it.
    """
    output = table.parent / DESCRIPTOR
    bare = {"name": table.stem, "type": "table", "path": table.name}
    try:
        found = with_form(bare, output)
        fields = typed_fields(found.properties, output)
    except UnreadableError as error:
        raise error.unusable(str(table)) from None
    if not fields:
        raise PackageError(f"{table}: no table: there are no columns")
    described = {key: value for key, value in found.properties.items() if key != "encoding"}
    described["schema"] = {"fields": [one.properties for one in fields]}
    why = (
        "nothing is declared; types are guessed, and a cell is a warning where nearly all others "
        "of its column have a type: nine in ten, or most where three texts at most are others"
    )
    guessed = NotChecked(f"declared types, constraints and keys of {table.stem}", why, ALL_CODES)
    skipped = [
        NotChecked(f"what is no row of {table.stem}", note, ALL_CODES)
        for note in found.layout.notes()
    ]
    package = replace(package_of(described, output), name=table.stem, file=table)
    return package, [*framed(_odd(fields, table)), guessed, *skipped]


def _odd(fields: Iterable[Typed], table: Path) -> Iterator[Finding]:
    """A warning for each column that nearly has a type, at the first cell that has not."""
    for one in fields:
        if one.settled is not None or not one.judged or one.judged[-1].fits:
            continue
        found = nearly(min(one.judged, key=lambda known: known.fault_cells))
        if found is not None:
            first = found.faults[0]
            yield Finding(
                resource=table.stem,
                path=table.name,
                code="type-error",
                severity=WARNING,
                message=f"probably a fault: {found.said}",
                row=first.row,
                line=first.line,
                field=one.name,
                value=cut(first.text),
            )
