"""SQLite: one file with all tables, their keys and checks, views with titles, and descriptions.

SQLite has no comments on tables and columns: four tables of ours have what is said of them.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from shutil import copyfileobj
from typing import Any, BinaryIO

import polars as pl

from validate._src.publish.checks import checks_of
from validate._src.publish.columns import Column
from validate._src.publish.content import Content
from validate._src.publish.metadata import constraints_json, example_of, facts
from validate._src.publish.promises import in_words
from validate._src.publish.sql import (
    NO_KEY,
    StoredTable,
    create_table,
    create_view,
    quoted,
    reference,
    rows_of,
    stored_tables,
)
from validate._src.tables.respelled import days_as_texts
from validate._src.words.errors import PackageError
from validate._src.words.scratch import ScratchFolder

PACKAGE, TABLES, FIELDS, CATEGORIES = "_package", "_tables", "_fields", "_categories"
DESCRIPTIONS = {
    PACKAGE: ("property", "value"),
    TABLES: ("table", "resource", "title", "description", "view"),
    FIELDS: (
        "table", "column", "field", "title", "type", "format", "description", "example", "asked",
    ),
    CATEGORIES: ("table", "column", "value", "label", "description"),
}  # fmt: skip
"""Our tables, and their columns."""
OWN_NAMES = "sqlite_"
NOT_HELD = "SQLite has no NaN, and no integers beyond 64 bits"
TYPES: Mapping[type[pl.DataType], str] = {
    pl.Int64: "INTEGER",
    pl.Float64: "REAL",
    pl.Boolean: "INTEGER",
    pl.String: "TEXT",
}


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes a database.

    Yields:
        What is to be known of a table, a sentence each.

    Raises:
        PackageError: a table has more columns than SQLite allows, or a name that it cannot have.
    """
    scratch = ScratchFolder()
    file = scratch.path / "content.sqlite"
    tables = stored_tables(content, stored, [*DESCRIPTIONS])
    said = [*_fill(file, content, tables)]
    with file.open("rb") as written:
        copyfileobj(written, stream)
    yield from said


def stored(column: Column) -> tuple[str, pl.Series]:
    """A column as SQLite stores it: dates and times as texts, booleans as 0 and 1.

    NaN, which it makes NULL, and integers beyond 64 bits are texts.
    """
    if _is_beyond(column):
        return "TEXT", column.texts
    cells = column.cells
    if cells.dtype.is_temporal():
        cells = days_as_texts(cells, column.field.type)
    kind = TYPES[cells.dtype.base_type()]
    return kind, cells.cast(pl.Int64) if cells.dtype == pl.Boolean else cells


def _is_beyond(column: Column) -> bool:
    return column.is_large or column.has_nan


def _fill(file: Path, content: Content, tables: Sequence[StoredTable]) -> Iterator[str]:
    connection = sqlite3.connect(file, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("BEGIN")
        for name, columns in DESCRIPTIONS.items():
            connection.execute(f"CREATE TABLE {quoted(name)} ({', '.join(map(quoted, columns))})")
        _insert(connection, PACKAGE, facts(content))
        by_name = {table.table.name: table for table in tables}
        for table in tables:
            yield from _add(connection, table, by_name)
        connection.execute("COMMIT")
        if connection.execute("PRAGMA foreign_key_check").fetchone():
            raise RuntimeError("SQLite does not see the foreign keys as they were checked")
    finally:
        connection.close()


def _add(
    connection: sqlite3.Connection, table: StoredTable, by_name: Mapping[str, StoredTable]
) -> Iterator[str]:
    """Makes a table and its view, puts the rows in, and what is said of them."""
    most = connection.getlimit(sqlite3.SQLITE_LIMIT_COLUMN)
    if len(table.columns) > most:
        raise PackageError(f"{table.table.name}: SQLite allows {most:,} columns")
    if table.name.casefold().startswith(OWN_NAMES):
        raise PackageError(f"{table.table.name}: SQLite keeps names in {OWN_NAMES} for itself")
    for one in table.columns:
        if _is_beyond(one.column):
            yield f"{table.table.name}.{one.column.name} has the texts of its cells: {NOT_HELD}"
    references: list[str] = []
    for key in table.table.promises.references:
        clause = reference(key, table, by_name[key.resource])
        if clause is None:
            yield f"{table.table.name}: {in_words(key)} is not declared: {NO_KEY}"
        else:
            references.append(clause)
    connection.execute(create_table(table, checks_of(table, stored), references))
    if table.view:
        connection.execute(create_view(table))
    rows = pl.DataFrame([one.cells.alias(str(at)) for at, one in enumerate(table.columns)])
    _insert(connection, table.name, chain.from_iterable(rows_of(rows)))
    _describe(connection, table)


def _describe(connection: sqlite3.Connection, table: StoredTable) -> None:
    """Puts what is said of a table and its fields into the tables for that."""
    resource = table.table.resource
    about = (table.name, resource.name, resource.title, resource.description, table.view)
    _insert(connection, TABLES, [about])
    for one in table.columns:
        field = one.column.field
        fields = (
            *(table.name, one.name, one.column.name, one.column.title, field.type, field.format),
            *(one.column.description, example_of(one.column), constraints_json(one.column)),
        )
        _insert(connection, FIELDS, [fields])
        categories = (
            (table.name, one.name, category.value, category.label, category.description)
            for category in field.categories or ()
        )
        _insert(connection, CATEGORIES, categories)


def _insert(connection: sqlite3.Connection, name: str, rows: Iterable[Sequence[Any]]) -> None:
    for first in (left := iter(rows)):
        places = ", ".join("?" * len(first))
        statement = f"INSERT INTO {quoted(name)} VALUES ({places})"  # noqa: S608 - all quoted
        connection.executemany(statement, chain([first], left))
