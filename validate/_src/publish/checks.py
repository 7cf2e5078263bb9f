"""Constraints as conditions of SQL, as far as it can say them."""

import math
from collections.abc import Sequence
from typing import Any

import polars as pl

from validate._src.fields._arguments import read_arguments
from validate._src.fields._comparisons import BOUNDS
from validate._src.fields.constraints import length_limit
from validate._src.publish.columns import Column
from validate._src.publish.promises import Limit
from validate._src.publish.sql import NUL, Store, Stored, StoredTable, quoted, text

COMPARISONS = dict(zip(BOUNDS, (">=", "<=", ">", "<"), strict=True))
LENGTHS = {"minLength": ">=", "maxLength": "<="}
AMONG = frozenset({"enum", "categories"})
TEXTS = frozenset({"TEXT", "VARCHAR"})
IN_ORDER = r"^[0-9]{2}:|^[0-9]{4}-"
"""Dates and times that have the order of their texts: those with years of four digits."""


def checks_of(table: StoredTable, store: Store) -> list[str]:
    """The constraints of a table that SQL can say, as conditions that all rows meet.

    Args:
        table: the table.
        store: how the database stores columns.
    """
    limits = [(limit, table.by_field[limit.field.name]) for limit in table.table.promises.limits]
    made = (check_of(limit, stored, store) for limit, stored in limits)
    return [check for check in made if check is not None]


def check_of(limit: Limit, stored: Stored, store: Store) -> str | None:
    """A constraint as a condition of SQL, which a null meets; None if SQL cannot say it.

    Args:
        limit: the constraint, which all rows meet.
        stored: the column that it is about.
        store: how the database stores columns.
    """
    name, argument = limit.declared.constraint.name, limit.declared.argument
    if not stored.column.is_value:
        return None
    if name in LENGTHS:
        return _length(LENGTHS[name], argument, stored)
    if name in AMONG:
        allowed = _literals(_arguments(argument, stored, store), stored.type)
        return f"{quoted(stored.name)} IN ({', '.join(allowed)})" if allowed else None
    if name in COMPARISONS:
        limits = _arguments([argument], stored, store)
        literals = _literals(limits, stored.type)
        if literals and _have_order(stored, limits):
            return f"{quoted(stored.name)} {COMPARISONS[name]} {literals[0]}"
    return None


def _length(comparison: str, argument: int, stored: Stored) -> str | None:
    """That a text has so many characters; SQLite counts them as far as the first NUL."""
    if stored.column.field.type != "string":
        return None
    if stored.cells.str.contains(NUL, literal=True).any():
        return None
    return f"length({quoted(stored.name)}) {comparison} {length_limit(argument)}"


def _have_order(stored: Stored, limits: pl.Series) -> bool:
    """Whether the cells and their limit have the order of their values in the database."""
    if stored.cells.dtype != pl.String:
        return True
    is_ordered = stored.column.field.type in ("date", "time", "datetime", "yearmonth")
    return is_ordered and all(
        texts.str.contains(IN_ORDER).all() for texts in (stored.cells, limits)
    )


def _arguments(arguments: Sequence[Any], stored: Stored, store: Store) -> pl.Series:
    """Values that a constraint names, as the database stores them.

    Returns:
        The cells; none if one is not told by its value, or is stored as another type.
    """
    field = stored.column.field
    read = read_arguments(field, arguments, field.name)
    if read.is_held.all() and not read.values.null_count():
        type_name, cells = store(Column(field, read.values, read.values))
        if type_name == stored.type and cells.dtype == stored.cells.dtype:
            return cells
    return stored.cells.clear()


def _literals(cells: pl.Series, type_name: str) -> list[str]:
    """Cells as literals; none where one of them has none."""
    temporal = cells.dtype.is_temporal()  # as texts, for Python has no dates after the year 9999
    plain = cells.dt.to_string("iso:strict") if temporal else cells
    literals = [_literal(cell, type_name) for cell in plain]
    known = [one for one in literals if one is not None]
    return known if len(known) == len(literals) else []


def _literal(cell: Any, type_name: str) -> str | None:
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, int | float):
        return repr(cell) if math.isfinite(cell) else None
    if NUL in cell:
        return None
    return text(cell) if type_name in TEXTS else f"CAST({text(cell)} AS {type_name})"
