"""The form of a file: what a reader must know of it beside its format, guessed from its content."""

from pathlib import Path
from typing import Any

from validate._src.package import profile
from validate._src.package.descriptor import make_package
from validate._src.reading.blocks import LineBlocks
from validate._src.reading.detection import encoding_of
from validate._src.reading.encodings import UTF_8
from validate._src.reading.excel import sheet_names
from validate._src.reading.foreign import note_of
from validate._src.reading.formats import Format, described_formats, format_named
from validate._src.reading.records import LongCells
from validate._src.words.errors import PackageError, UnreadableError
from validate._src.words.model import Package, Resource

Properties = dict[str, Any]
SAMPLE = 100_000  # bytes: frictionless detects a dialect by a hundred rows, which are hardly longer
DIALECT = ("delimiter", "quoteChar", "escapeChar", "skipInitialSpace", "header", "headerRows")
"""What it can detect of a dialect."""


def package_of(properties: Properties, output: Path) -> Package:
    """A package of one resource, as the validator will know it."""
    return make_package({"$schema": profile.LATEST, "resources": [properties]}, output)


def resource_of(properties: Properties, output: Path) -> Resource:
    """A resource as the validator will know it."""
    return package_of(properties, output).resources[properties["name"]]


def format_of(resource: Resource) -> Format:
    """The format of a file, which is one of those that are described.

    Raises:
        PackageError: it is not.
    """
    known = format_named(resource.format)
    if known is None or known.described is None:
        names = ", ".join(described_formats())
        what = f'of format "{resource.format}"' if resource.format else "whose name says no format"
        raise PackageError(f"{resource.location}: a file {what}; known are {names}")
    return known


def with_form(properties: Properties, output: Path) -> Properties:
    """A resource with what its reader must know of its file.

    Raises:
        PackageError: the format is not among those that are described.
    """
    resource = resource_of(properties, output)
    known = format_of(resource)
    if known.described == "sheet":
        return _with_sheet(properties, resource)
    if known.described != "dialect":
        return properties
    if known.written_as:
        properties = {**properties, "format": known.written_as}
    if (encoding := encoding_of(resource, resource.parts[0])) != UTF_8:
        properties = {**properties, "encoding": encoding}
    dialect = dialect_of(resource_of(properties, output))
    return {**properties, "dialect": dialect} if dialect else properties


def _with_sheet(properties: Properties, resource: Resource) -> Properties:
    """A workbook of several sheets with the name of the first, so that all can see which it is."""
    try:
        names = sheet_names(resource)
    except UnreadableError as error:
        raise error.unusable(resource.location) from None
    return {**properties, "dialect": {"sheetName": names[0]}} if len(names) > 1 else properties


def dialect_of(resource: Resource) -> dict[str, Any]:
    """What of the dialect of a file is not the default, as frictionless detects it.

    Raises:
        PackageError: frictionless makes no table of the file.

    Source: Data Package 2.0, Table Dialect.
    """
    import frictionless

    content = _first_lines(resource)
    kind = "tsv" if resource.format == "tsv" else "csv"
    try:
        # When it first reads CSV, it changes for the whole process how long a cell may be.
        with (
            LongCells(),
            frictionless.Resource(data=content, format=kind, encoding=UTF_8) as table,
        ):
            detected = table.dialect.to_descriptor()
    except frictionless.FrictionlessException as refusal:
        raise PackageError(f"{resource.location}: {note_of(refusal)}") from None
    detected |= detected.get("csv", {})
    return {name: detected[name] for name in DIALECT if name in detected}


def _first_lines(resource: Resource) -> bytes:
    """The first lines of a file in UTF-8; the first as far as it is looked at, if it is long."""
    block = next(LineBlocks(resource, resource.parts[0]), b"")
    lines = block[: block.rfind(b"\n", 0, SAMPLE) + 1]
    return lines or block[:SAMPLE].decode(UTF_8, "ignore").encode()
