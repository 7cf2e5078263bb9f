"""DuckDB: one file with all tables, their keys, checks and comments, and views with titles."""

from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from shutil import copyfileobj
from typing import TYPE_CHECKING, BinaryIO

import polars as pl

from validate._src.publish.checks import checks_of
from validate._src.publish.columns import Column
from validate._src.publish.content import Content
from validate._src.publish.metadata import about, about_table
from validate._src.publish.order import referenced_first, waves
from validate._src.publish.promises import in_words
from validate._src.publish.sql import (
    NO_KEY,
    StoredTable,
    create_table,
    create_view,
    quoted,
    reference,
    stored_tables,
    text,
)
from validate._src.words.errors import PackageError
from validate._src.words.extras import pip_install
from validate._src.words.schema import ForeignKey
from validate._src.words.scratch import ScratchFolder

if TYPE_CHECKING:
    import duckdb

TYPES: Mapping[type[pl.DataType], str] = {
    pl.Int64: "BIGINT",
    pl.Int128: "HUGEINT",
    pl.Float64: "DOUBLE",
    pl.Boolean: "BOOLEAN",
    pl.String: "VARCHAR",
    pl.Date: "DATE",
    pl.Time: "TIME",
    pl.Datetime: "TIMESTAMP",
}
CIRCLE = "it runs in a circle, or too far, which DuckDB cannot declare"
SMALLEST_BLOCK = 16_384  # bytes: of the usual 262,144 each column of a small table takes one
SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "default_block_size": SMALLEST_BLOCK,
}
"""No extension is fetched."""


def check_installed() -> None:
    """Checks that the library is there.

    Raises:
        PackageError: it is not.
    """
    if find_spec("duckdb") is None:
        raise PackageError(f"--to duckdb needs DuckDB: {pip_install('duckdb')}")


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes a database.

    Yields:
        What is to be known of a table, a sentence each.
    """
    import duckdb

    scratch = ScratchFolder()
    file = scratch.path / "content.duckdb"
    tables = stored_tables(content, stored)
    with duckdb.connect(file, config=SETTINGS) as connection:
        said = [*_fill(connection, tables, scratch.path)]
        for table in tables:
            for statement in _comments(table):
                connection.execute(statement)
        connection.execute("CHECKPOINT")
    with file.open("rb") as written:
        copyfileobj(written, stream)
    yield from said


def stored(column: Column) -> tuple[str, pl.Series]:
    """A column as DuckDB stores it."""
    return TYPES[column.cells.dtype.base_type()], column.cells


def _fill(
    connection: "duckdb.DuckDBPyConnection", tables: Sequence[StoredTable], folder: Path
) -> Iterator[str]:
    """Makes the tables and puts the rows in, a table after those that it refers to."""
    by_name = {table.table.name: table for table in tables}
    placed: set[str] = set()
    for table in referenced_first(tables):
        placed.add(table.table.name)
        clauses: list[str] = []
        own: list[ForeignKey] = []
        rows = waves(table, own) or []
        for key in table.table.promises.references:
            clause, is_own = (
                reference(key, table, by_name[key.resource]),
                key.resource == table.table.name,
            )
            parted = waves(table, [*own, key]) if is_own and clause else rows
            if clause is None or parted is None or key.resource not in placed:
                why = NO_KEY if clause is None else CIRCLE
                yield f"{table.table.name}: {in_words(key)} is not declared: {why}"
                continue
            clauses.append(clause)
            rows, own = parted, [*own, key] if is_own else own
        connection.execute(create_table(table, checks_of(table, stored), clauses))
        for some in rows:
            _insert(connection, table, some, folder / "rows.parquet")
        if table.view:
            connection.execute(create_view(table))


def _insert(
    connection: "duckdb.DuckDBPyConnection", table: StoredTable, rows: pl.DataFrame, file: Path
) -> None:
    """Puts rows into a table, by a file of Parquet: it has no integers of 128 bits."""
    rows.with_columns(pl.col(pl.Int128).cast(pl.String)).write_parquet(file)
    cells = (f'CAST("{at}" AS {one.type})' for at, one in enumerate(table.columns))
    given = f"SELECT {', '.join(cells)} FROM read_parquet({text(str(file))})"  # noqa: S608
    connection.execute(f"INSERT INTO {quoted(table.name)} {given}")


def _comments(table: StoredTable) -> Iterator[str]:
    """The statements that say what a table, its columns and its view are."""
    said = about_table(table.table)
    if said:
        yield f"COMMENT ON TABLE {quoted(table.name)} IS {text(said)}"
    if table.view:
        yield f"COMMENT ON VIEW {quoted(table.view)} IS {text(f'{table.name} by its titles')}"
    for one in table.columns:
        if said := about(one.column):
            place = f"{quoted(table.name)}.{quoted(one.name)}"
            yield f"COMMENT ON COLUMN {place} IS {text(said)}"
