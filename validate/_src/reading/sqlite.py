"""Tables of SQLite databases, which Python reads by itself, apart: a damaged one may end it."""

import os
import re
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

from validate._src.reading._apart import ReadingFailedError, Worker, patience_for, pool
from validate._src.reading._worker import END, NOT_TEXT
from validate._src.reading.encodings import CODE
from validate._src.reading.files import errors_named
from validate._src.reading.items import BrokenContentError, Item, items_of_files, with_names
from validate._src.reading.native import NativeReader
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource

STEP = 1_000_000  # instructions of the database after which is asked whether it goes on too long
ROWS = 1_000  # that are sent at once: each may hold a blob
MOST_STEPS = 1_000  # of a row: a view can be made to search without end
SIGNATURE = b"SQLite format 3\0"
BOOLEANS = {0: False, 1: True}


class SqliteReader(NativeReader):
    """An opened table of a SQLite database, or of several that follow each other.

    A column of booleans or dates is one by the type that it is declared with: SQLite keeps
    numbers and texts alone.

    Source: Data Package 2.0, Table Dialect, "table"; sqlite.org/datatype3.html.
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the names of the columns.

        Raises:
            FileError: a file is no database, or has no such table.
        """
        read = partial(_items, resource)
        super().__init__(
            with_names(resource), lambda notes: items_of_files(resource, read), has_names=True
        )


def tables_of(part: Part) -> list[str]:
    """The tables and views of a database, by name.

    Raises:
        FileError: the file is no database.
    """
    with _database(part) as database:
        return [*database.tables]


@dataclass(frozen=True)
class Reference:
    """A reference that a database declares.

    Attributes:
        columns: the columns that refer.
        table: the table that they refer to.
        others: the columns there.
    """

    columns: tuple[str, ...]
    table: str
    others: tuple[str, ...]


@dataclass(frozen=True)
class Declared:
    """What a database declares of a table.

    Attributes:
        is_view: whether it is a view, of rows that other tables have.
        primary_key: the columns of its primary key, if it has one.
        references: what its columns refer to.
    """

    is_view: bool
    primary_key: tuple[str, ...]
    references: tuple[Reference, ...]


def declared_of(part: Part) -> dict[str, Declared]:
    """What a database declares of each of its tables.

    Raises:
        FileError: the file is no database.
    """
    with _database(part) as database:
        found = {
            table: database.worker.ask("declared keys", table, patience=database.patience)
            for table in database.tables
        }
    keys = {table: _primary_key(about) for table, (_, about, _) in found.items()}
    by_name = {table.casefold(): key for table, key in keys.items()}
    return {
        table: Declared(is_view, keys[table], tuple(_references(references, by_name)))
        for table, (is_view, _, references) in found.items()
    }


def _primary_key(about: Iterable[tuple[Any, ...]]) -> tuple[str, ...]:
    """The columns of a primary key in their order in it."""
    parts = sorted((number, column) for _, column, _, _, _, number in about if number)
    return tuple(column for _, column in parts)


def _references(
    rows: Iterable[tuple[Any, ...]], keys: Mapping[str, tuple[str, ...]]
) -> Iterator[Reference]:
    """The references of a table; one that names no columns is to the primary key."""
    found: dict[int, list[tuple[str, str, str | None]]] = {}
    for at, _, other, own, its, *_ in rows:
        found.setdefault(at, []).append((other, own, its))
    for _, parts in sorted(found.items()):
        other = parts[0][0]
        named = tuple(its for _, _, its in parts if its is not None)
        others = named or keys.get(other.casefold(), ())
        yield Reference(tuple(own for _, own, _ in parts), other, others)


def _items(resource: Resource, part: Part) -> Iterator[Item]:
    with _database(part) as database:
        table = _table(resource, part, database.tables)
        yield from _items_of(part, database.rows(table))


def _items_of(part: Part, rows: Iterator[list[Any]]) -> Iterator[Item]:
    """The rows of a file; one with a text that is not UTF-8 is named, and ends them.

    Source: sqlite.org/pragma.html, "encoding": texts are UTF-8 or UTF-16, which SQLite gives as
    UTF-8, and it takes whatever a program stores as one.
    """
    count = 1
    try:
        for row in rows:
            yield Item(row, location=part.location)
            count += 1
    except ReadingFailedError as error:
        if str(error) != NOT_TEXT:
            raise
        fault = BrokenContentError(f"row {count} {NOT_TEXT}", None)
        yield Item(fault, location=part.location)


@dataclass(frozen=True)
class _Database:
    """A database that is open in a process of its own.

    Attributes:
        worker: the process.
        patience: for how many seconds it is waited for.
        tables: the names of its tables and views.
    """

    worker: Worker
    patience: float
    tables: Sequence[str]

    def rows(self, table: str) -> Iterator[list[Any]]:
        """The rows of a table, its header the first."""
        labels, types = self.worker.ask(
            "open table", table, STEP, MOST_STEPS, patience=self.patience
        )
        yield [*labels]
        declared = {column: kind.upper() for column, kind in types}
        readers = {
            at: read
            for at, label in enumerate(labels)
            if (read := _reader(declared.get(label, ""))) is not None
        }
        while True:
            (rows,) = self.worker.ask("next records", ROWS, patience=self.patience)
            if rows == END:
                return
            for row in rows:
                yield [readers[at](cell) if at in readers else cell for at, cell in enumerate(row)]


@contextmanager
def _database(part: Part) -> Generator[_Database]:
    """An opened database, of which nothing is written; what is wrong with it is said in one line.

    It is taken as the file is, without what another program has not yet written to it.
    """
    with errors_named(part), part.open() as file:
        if file.read(len(SIGNATURE)) != SIGNATURE:
            raise FileError(part.location, "cannot be read as a SQLite database: it is not one")
    assert part.file is not None
    address = f"file:{quote(os.fsencode(part.file.resolve()))}?mode=ro&immutable=1"
    patience = patience_for(part.size)
    try:
        with pool().worker() as worker:
            tables = worker.ask("open database", address, patience=patience)
            try:
                yield _Database(worker, patience, tables)
            finally:
                worker.send("close database")
    except ReadingFailedError as error:
        if str(error) == NOT_TEXT:
            raise FileError(part.location, NOT_TEXT, code=CODE) from None
        raise FileError(part.location, f"cannot be read as a SQLite database: {error}") from None


def _table(resource: Resource, part: Part, tables: Sequence[str]) -> str:
    """The table that the dialect names, or the only one that there is.

    Raises:
        FileError: there is none, or it cannot be told which is meant.
    """
    named = resource.dialect.table
    known = ", ".join(tables) or "none"
    if named is not None and named not in tables:
        raise FileError(part.location, f'there is no table "{named}"; its tables are: {known}')
    if named is None and len(tables) != 1:
        reason = f'"table" in the dialect must say which table; its tables are: {known}'
        raise FileError(part.location, reason)
    return named or tables[0]


def _reader(declared: str) -> Callable[[Any], Any] | None:
    """What makes a value of a cell in a column of a declared type; None where it is one."""
    kind = re.split(r"\W", declared, maxsplit=1)[0]
    return READERS.get(kind)


def _boolean(cell: Any) -> Any:
    return BOOLEANS.get(cell, cell) if type(cell) is int else cell


def _in_form(form: str, made: Callable[[str], Any]) -> Callable[[Any], Any]:
    """What makes values of texts in a form that functions of SQLite write; others stay texts."""

    def read(cell: Any) -> Any:
        if isinstance(cell, str) and re.fullmatch(form, cell):
            with suppress(ValueError):
                return made(cell)
        return cell

    return read


_day = _in_form(r"\d{4}-\d\d-\d\d", date.fromisoformat)
_moment = _in_form(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?", datetime.fromisoformat)

READERS: Mapping[str, Callable[[Any], Any]] = {
    "BOOL": _boolean,
    "BOOLEAN": _boolean,
    "DATE": _day,
    "DATETIME": _moment,
    "TIMESTAMP": _moment,
}
"""What makes values of cells, by the first word of the declared type of their column."""
