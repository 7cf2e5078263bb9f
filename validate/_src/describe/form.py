"""A file as a resource, its format, and the tables in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from validate._src.package import profile
from validate._src.package.descriptor import check_descriptor, make_package
from validate._src.package.given import Given, check_fits, tables_named
from validate._src.reading._sheets import SheetOfBook, sheets_of
from validate._src.reading.formats import Format, check_unpacked, described_formats, format_named
from validate._src.reading.misnamed import misnamed
from validate._src.reading.sqlite import tables_of
from validate._src.words.errors import FileError, PackageError
from validate._src.words.model import Package, Resource, TabularResource
from validate._src.words.outcome import NOT_ASKED_FOR

Properties = dict[str, Any]


def package_of(resources: Sequence[Properties], output: Path) -> Package:
    """A package of some resources, as the validator will know it."""
    package = make_package({"$schema": profile.LATEST, "resources": [*resources]}, output)
    check_descriptor(package)
    return package


def table_of(properties: Properties, output: Path) -> TabularResource:
    """A table as the validator will know it.

    Raises:
        PackageError: its rows cannot be read.
    """
    resource = resource_of(properties, output)
    if not isinstance(resource, TabularResource):
        raise PackageError(f"{resource.location}: {resource.unreadable}")
    return resource


def with_dialect(properties: Properties, more: Properties) -> Properties:
    """A resource with more in its dialect."""
    dialect = {**properties.get("dialect", {}), **more}
    return {**properties, "dialect": dialect} if dialect else properties


def resource_of(properties: Properties, output: Path) -> Resource:
    """A resource as the validator will know it."""
    return package_of([properties], output).resources[properties["name"]]


def format_of(resource: Resource) -> Format:
    """The format of a file, which is one of those that are described.

    Raises:
        PackageError: it is not, or the file is of another format than its name says.
    """
    known = format_named(resource.format)
    if known is None or known.described is None:
        names = ", ".join(described_formats())
        what = f'of format "{resource.format}"' if resource.format else "whose name says no format"
        raise PackageError(f"{resource.location}: a file {what}; known are {names}")
    for part in resource.parts:
        if found := misnamed(resource, part):
            raise FileError(part.location, found.message, code="misread-file")
    check_unpacked(resource)
    return known


@dataclass(frozen=True)
class Content:
    """The tables of a file.

    Attributes:
        dialects: what names each of them in its dialect; nothing where the file is one table.
        left_out: what else it has, and why that is no table.
    """

    dialects: tuple[Properties, ...] = ({},)
    left_out: tuple[tuple[str, str], ...] = ()


def content_of(resource: Resource, given: Given) -> Content:
    """The tables of a file: the sheets of a workbook that are shown, the tables of a database.

    Args:
        resource: the file.
        given: what is given of it, such as its sheets.

    Raises:
        PackageError: something is given that such a file cannot have.
        PackageError: there is none, or the file cannot be read.
        UnreadableError: what reads the format is not installed.
    """
    known = format_of(resource)
    check_fits(given, known, resource.location)
    if known.described == "sheet":
        return _sheets(resource, given)
    return _tables(resource, given) if known.described == "table" else Content()


def _sheets(resource: Resource, given: Given) -> Content:
    sheets = sheets_of(resource)
    if "sheetName" in given:
        return _sheets_asked_for(sheets, given)
    shown = [one for one in sheets if one.is_shown and not one.is_empty]
    if not shown:
        raise FileError(resource.location, "no table: no sheet that is shown has cells")
    left_out = tuple(
        (f'sheet "{one.name}"', "empty" if one.is_shown else "hidden or no sheet of cells")
        for one in sheets
        if one not in shown
    )
    if len(sheets) == 1:
        return Content()
    return Content(tuple({"sheetName": one.name} for one in shown), left_out)


def _sheets_asked_for(sheets: Sequence[SheetOfBook], given: Given) -> Content:
    """The sheets that are given by name or number, and those that are not."""
    wanted = [*tables_named(given, "sheetName", [one.name for one in sheets])]
    others = (one for one in sheets if one.name not in wanted and one.is_shown)
    left_out = tuple((f'sheet "{one.name}"', NOT_ASKED_FOR) for one in others)
    return Content(tuple({"sheetName": name} for name in wanted), left_out)


def _tables(resource: Resource, given: Given) -> Content:
    tables = tables_of(resource.parts[0])
    if not tables:
        raise FileError(resource.location, "no table: the database has none")
    wanted = [*tables_named(given, "table", tables)]
    left_out = tuple((f'table "{name}"', NOT_ASKED_FOR) for name in tables if name not in wanted)
    return Content(tuple({"table": name} for name in wanted), left_out)
