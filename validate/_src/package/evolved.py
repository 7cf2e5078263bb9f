"""Files of a table whose columns were added, renamed or dropped after the files were written.

A table of Delta knows its columns by their names, one of Iceberg by numbers that stay theirs.

Source: Apache Iceberg, Table Spec, "Column Projection"; Delta Transaction Log Protocol, "Schema
Serialization Format".
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from validate._src.reading._trial import what_is_wrong
from validate._src.reading.footers import Named, described
from validate._src.words.errors import FileError


@dataclass(frozen=True)
class Column:
    """A column of a table as it is now.

    Attributes:
        name: what it is called.
        number: by which it is known; None where that is the name.
        within: the numbers and names of what is nested in it; without a name where each writer has
            its own, as for what is in lists.
        aliases: what files without numbers call it.
        default: what the rows of a file that lacks it have, if nothing else says it.
    """

    name: str
    number: int | None = None
    within: frozenset[tuple[int, str]] = frozenset()
    aliases: frozenset[str] = frozenset()
    default: Any = None


def as_the_table_has_it(
    file: Path,
    location: str,
    columns: Sequence[Column],
    fallbacks: Mapping[int, Any],
    copy: Path,
    rows: int | None = None,
) -> Path:
    """A file with the columns of its table: itself, or a copy in which they are called so.

    Args:
        file: a file of Parquet; one that cannot be read is given back, for its reader to say why.
        location: what messages call it.
        columns: the columns of the table, in order.
        fallbacks: what its rows have in a column that it lacks, by number; else they have nothing.
        copy: where a copy is written; its rows have the same order.
        rows: how many rows the log of the table says that it has; None if it does not say.

    Raises:
        FileError: it has other rows, or it cannot be told which of its columns is which.
    """
    try:
        about = described(file)
    except (ValueError, OSError):
        return file
    if None not in (rows, about.rows) and rows != about.rows:
        said = f"has {about.rows:,} rows, and the log of its table says {rows:,}"
        raise FileError(location, said)
    found = about.columns
    if _have_numbers(columns) and not _have_numbers(found) and not any(c.aliases for c in columns):
        why = "its columns have no numbers (field ids), and the table names none of them"
        raise FileError(location, why)
    own = [(column, _own(column, found, location)) for column in columns]
    if [column.name for column in columns] == [one.name for one in found] and all(
        one is not None and one.name == column.name for column, one in own
    ):
        return file
    if what_is_wrong(file):
        return file
    exprs = [_expression(column, one, fallbacks) for column, one in own]
    pl.scan_parquet([str(file)], glob=False).select(exprs).sink_parquet(copy)
    return copy


def _own(column: Column, found: Sequence[Named], location: str) -> Named | None:
    """The column of a file that is a column of the table; None if it has none.

    Raises:
        FileError: what is nested in it has other names by now.
    """
    if column.number is None:
        return next((one for one in found if one.name == column.name), None)
    has_numbers = _have_numbers(found)
    for one in found:
        if one.number == column.number if has_numbers else one.name in column.aliases:
            if has_numbers and not _are_the_same(frozenset(_within(one)), column.within):
                raise FileError(
                    location,
                    f'what is nested in its column "{one.name}" was renamed, added or dropped '
                    "since, which is not followed; rewrite the data files of the table first",
                )
            return one
    return None


def _are_the_same(found: frozenset[tuple[int, str]], within: frozenset[tuple[int, str]]) -> bool:
    """Whether what is nested in a column of a file is called as it is in that of the table."""
    unnamed = {number for number, name in within if not name}
    named = ((number, "" if number in unnamed else name) for number, name in found)
    return frozenset(named) == within


def _have_numbers(columns: Sequence[Column] | Sequence[Named]) -> bool:
    return any(column.number is not None for column in columns)


def _within(column: Named) -> Iterator[tuple[int, str]]:
    """The numbers and names of what is nested in a column."""
    for one in column.within:
        if one.number is not None:  # groups of lists and maps have none
            yield one.number, one.name
        yield from _within(one)


def _expression(column: Column, own: Named | None, fallbacks: Mapping[int, Any]) -> pl.Expr:
    if own is not None:
        return pl.col(own.name).alias(column.name)
    value = column.default
    if column.number is not None:
        value = fallbacks.get(column.number, value)
    literal = pl.lit(None, pl.String) if value is None else pl.lit(value)
    return literal.alias(column.name)
