"""Tables as databases store them: names and types of their columns, and statements of SQL."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import polars as pl

from validate._src.publish.columns import Column
from validate._src.publish.content import Content, PublishedTable
from validate._src.publish.names import distinct
from validate._src.words.errors import PackageError
from validate._src.words.schema import ForeignKey

NUL = "\0"
ROWS = 50_000  # that are Python's at once
NO_KEY = "what it refers to is no key of its table, or is stored as another type"
"""Why a foreign key is not declared."""
TITLED = "_titled"
"""What the name of a view ends with whose columns have the titles of the fields."""
Store = Callable[[Column], tuple[str, pl.Series]]
"""From a column to its type in a database, and its n cells as that takes them."""


@dataclass(frozen=True, eq=False)
class Stored:
    """A column as a database stores it.

    Attributes:
        column: the column.
        name: its name there.
        type: its type there.
        cells: its n cells.
    """

    column: Column
    name: str
    type: str
    cells: pl.Series


@dataclass(frozen=True, eq=False)
class StoredTable:
    """A table as a database stores it.

    Attributes:
        table: the table.
        name: its name there.
        view: the name of the view whose columns have the titles of the fields; empty if no field
            has one.
        columns: its columns.
    """

    table: PublishedTable
    name: str
    view: str
    columns: tuple[Stored, ...]

    @cached_property
    def by_field(self) -> Mapping[str, Stored]:
        """The columns by the names of their fields."""
        return {stored.column.name: stored for stored in self.columns}

    def named(self, fields: Iterable[str]) -> str:
        """The columns of some fields, in parentheses."""
        return f"({', '.join(quoted(self.by_field[field].name) for field in fields)})"


def stored_tables(
    content: Content, store: Store, reserved: Sequence[str] = ()
) -> list[StoredTable]:
    """The tables of a package as a database stores them.

    Args:
        content: the package.
        store: how it stores a column.
        reserved: names that no table may have.

    Raises:
        PackageError: a name holds NUL, which no name in SQL does.
    """
    named = [table.name for table in content.tables]
    titled = [f"{name}{TITLED}" for name in named]
    names = distinct([*reserved, *named, *titled])[len(reserved) :]
    made = zip(content.tables, names, names[len(named) :], strict=False)
    return [_stored_table(table, name, view, store) for table, name, view in made]


def _stored_table(table: PublishedTable, name: str, view: str, store: Store) -> StoredTable:
    names = distinct(column.name for column in table.columns)
    if any(NUL in one for one in (name, *names)):
        raise PackageError(f"{table.name}: a name holds NUL, which no name in SQL can")
    columns = tuple(
        Stored(column, own, *store(column))
        for column, own in zip(table.columns, names, strict=True)
    )
    is_titled = any(column.title for column in table.columns)
    return StoredTable(table, name, view if is_titled else "", columns)


def quoted(name: str) -> str:
    """A name as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL has it."""
    return "'" + value.replace("'", "''") + "'"


def create_table(table: StoredTable, checks: Iterable[str], references: Iterable[str]) -> str:
    """The statement that makes a table.

    Args:
        table: the table.
        checks: conditions that its rows meet.
        references: the clauses of its foreign keys.
    """
    parts = [
        f"{quoted(stored.name)} {stored.type}"
        + (" NOT NULL" if table.table.promises.requires(stored.column.name) else "")
        for stored in table.columns
    ]
    for key in table.table.promises.keys:
        parts.append(f"{'PRIMARY KEY' if key.is_primary else 'UNIQUE'} {table.named(key.fields)}")
    parts += [f"CHECK ({check})" for check in checks]
    body = ",\n  ".join([*parts, *references])
    return f"CREATE TABLE {quoted(table.name)} (\n  {body}\n)"


def reference(key: ForeignKey, table: StoredTable, parent: StoredTable) -> str | None:
    """The clause of a foreign key; None where databases do not take it.

    They ask that the fields referred to be a key, and that both columns have one type.
    """
    pairs = dict(zip(key.reference_fields, key.fields, strict=True))
    known = next((one for one in parent.table.promises.keys if {*one.fields} == {*pairs}), None)
    if known is None or len(pairs) != len(key.fields):
        return None
    own = [pairs[field] for field in known.fields]
    types = [table.by_field[field].type for field in own]
    if types != [parent.by_field[field].type for field in known.fields]:
        return None
    target = f"{quoted(parent.name)} {parent.named(known.fields)}"
    return f"FOREIGN KEY {table.named(own)} REFERENCES {target}"


def rows_of(frame: pl.DataFrame) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a frame as Python has them, some at a time: all would take many times as much."""
    return (rows.rows() for rows in frame.iter_slices(ROWS))


def create_view(table: StoredTable) -> str:
    """The statement that makes a view of a table whose columns have the titles of the fields."""
    titles = distinct(stored.column.title or stored.name for stored in table.columns)
    columns = (
        f"{quoted(stored.name)} AS {quoted(title.replace(NUL, ''))}"
        for stored, title in zip(table.columns, titles, strict=True)
    )
    rows = f"SELECT {', '.join(columns)} FROM {quoted(table.name)}"  # noqa: S608 - all quoted
    return f"CREATE VIEW {quoted(table.view)} AS {rows}"
