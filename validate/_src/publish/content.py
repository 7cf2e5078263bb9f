"""What is exported of a valid package: its tables by columns, and what their rows keep."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from validate._src.publish.columns import Column, column_of
from validate._src.publish.datafiles import DataFile, data_files
from validate._src.publish.promises import Promises, in_words, promises_of
from validate._src.report.report import Report
from validate._src.tables.table import Table
from validate._src.words.errors import PackageError
from validate._src.words.model import Package, Resource, TabularResource


@dataclass(frozen=True, eq=False)
class PublishedTable:
    """A table of a package.

    Attributes:
        resource: its resource.
        columns: the fields that have a column and are not restricted, in the order of the schema.
        height: how many rows there are.
        promises: the keys and constraints that all rows keep.
        labels: what its columns are called in the file, in their order: each by its field, those
            of no field by their label.
    """

    resource: TabularResource
    columns: tuple[Column, ...]
    height: int
    promises: Promises
    labels: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name of the resource."""
        return self.resource.name

    def column(self, name: str) -> Column:
        """The column of a field, which must exist."""
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True, eq=False)
class Content:
    """What is exported of a package.

    Attributes:
        package: the package.
        tables: its tables, in the order of the descriptor.
        left_out: the resources that are not exported, each with the reason.
        said: what is not exported, or not as its type is, a sentence each.
        check_files: raises a `PackageError` where a file is not the one any more that was judged.
    """

    package: Package
    tables: tuple[PublishedTable, ...]
    left_out: Mapping[str, str]
    said: tuple[str, ...]
    check_files: Callable[[], None]

    @property
    def properties(self) -> Mapping[str, Any]:
        """The descriptor of the package."""
        return self.package.properties

    @property
    def title(self) -> str:
        """The title of the package, or its name for want of one."""
        return str(self.properties.get("title") or self.package.name)

    @cached_property
    def files(self) -> list[DataFile]:
        """The files of its data, of which each is looked at once."""
        return data_files(self.package)

    def check_tables(self) -> None:
        """Checks that there is a table.

        Raises:
            PackageError: there is none.
        """
        if not self.tables:
            raise PackageError(f"{self.package.location}: there is no table to export")


def content_of(report: Report, tables: Mapping[str, Table]) -> Content:
    """What is exported of a valid package.

    Args:
        report: the report on it, which has no error.
        tables: its tables by resource name, all rows of each.

    Raises:
        PackageError: restricted values may stand in any column of a table.
    """
    for table in tables.values():
        if why := why_unshown(table):
            raise PackageError(f"{table.location}: {why}")
    content = content_of_judged(report, tables)
    return replace(content, said=(*content.said, *said_of(content)))


def content_of_judged(report: Report, tables: Mapping[str, Table]) -> Content:
    """What can be shown of a package, whatever was found in it; it says what is left out.

    Args:
        report: the report on it.
        tables: its tables by resource name, as far as they could be read.
    """
    package = report.source
    columns = {name: _columns(table) for name, table in tables.items()}
    published = tuple(
        PublishedTable(
            table.resource,
            tuple(columns[name].values()),
            len(table.rows),
            promises_of(table.resource, columns, report),
            table.columns,
        )
        for name, table in tables.items()
        if columns[name]
    )
    left_out = dict(_left_out(package, tables))
    said = tuple(_said(package, tables, left_out))
    return Content(package, published, left_out, said, report.check_files)


def unjudged(table: Table) -> PublishedTable | None:
    """A table of which it is not known what its rows keep; None where no column may be shown."""
    columns = tuple(_columns(table).values())
    if not columns:
        return None
    promises = Promises((), ())
    return PublishedTable(table.resource, columns, len(table.rows), promises, table.columns)


def why_unshown(table: Table) -> str:
    """Why no cell of a table may be shown; empty if some may."""
    if table.astray is None:
        return ""
    return (
        "values of restricted fields may stand in other columns; mend the rows that have more or "
        "fewer cells than the header"
    )


def _columns(table: Table) -> dict[str, Column]:
    """The columns of a table by field, those of restricted fields left out."""
    if why_unshown(table):
        return {}
    names = [field.name for field in table.fields if field.name not in table.withheld]
    return {name: column_of(table, name) for name in names}


def _left_out(package: Package, tables: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """The resources that are not exported, each with the reason."""
    for name, resource in package.resources.items():
        table = tables.get(name)
        if table is None:
            yield (
                name,
                _why_absent(resource) or resource.unreadable or "its rows cannot be read",
            )
        elif why := why_unshown(table):
            yield name, why
        elif not table.fields:
            yield name, _why_absent(resource) or "no column of it can be read"
        elif all(field.name in table.withheld for field in table.fields):
            yield name, "it has no other column"


def _why_absent(resource: Resource) -> str:
    """Why a file of a resource is not there; empty if all are."""
    return next((part.absent for part in resource.parts if part.absent), "")


def _said(
    package: Package, tables: Mapping[str, Table], left_out: Mapping[str, str]
) -> Iterator[str]:
    """What is not exported: fields, then resources, in the order of the descriptor."""
    for name in package.resources:
        table = tables.get(name)
        if table is not None and not why_unshown(table):
            hidden = [field.name for field in table.fields if field.name in table.withheld]
            if hidden:
                yield f"{name}: restricted and left out: {', '.join(hidden)}"
        if name in left_out:
            yield left_out_line(name, left_out[name])


def left_out_line(name: str, why: str) -> str:
    """That a resource is not exported, and why."""
    return f"{name} is left out: {why}"


def said_of(content: Content) -> Iterator[str]:
    """What is to be known of the tables where they are exported with types and constraints."""
    for table in content.tables:
        for column in table.columns:
            if not column.is_value:
                yield f"{table.name}.{column.name} has the texts of its cells: {column.why_text}"
        for promise in table.promises.broken:
            yield f"{table.name}: {in_words(promise)} is not kept by all rows, or was not checked"
