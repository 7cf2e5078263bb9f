"""Keys: primary and unique keys, unique constraints, foreign keys and their cycles."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from validate.dataset import Dataset
from validate.findings import Checked, Finding, NotChecked, Outcome
from validate.model import ForeignKey
from validate.tables import Table


def check(dataset: Dataset) -> Iterator[Outcome]:
    """Judges the rows of every table by its keys.

    Source: Data Package 2.0, Table Schema, "primaryKey", "uniqueKeys", "foreignKeys"
    and the constraint "unique".
    """
    tables = dataset.tables.values()
    for table in tables:
        yield from _primary_key(table)
        yield from _unique(table)
        for key in table.schema.foreign_keys:
            parent = dataset.tables[key.resource]
            why = _why_not(table, parent, key)
            if why is None:
                yield from _foreign_key(table, parent, key)
                yield from _cycles(table, key)
            else:
                yield NotChecked(f"foreign key {table.resource.name}.{_listed(key.fields)}", why)
    schemas = [table.schema for table in tables]
    yield Checked("primary keys", sum(bool(schema.primary_key) for schema in schemas))
    yield Checked("unique keys", sum(len(schema.unique_keys) for schema in schemas))
    yield Checked("foreign keys", sum(len(schema.foreign_keys) for schema in schemas))


def _primary_key(table: Table) -> Iterator[Finding]:
    key = table.schema.primary_key
    if not key or not table.has(key):
        return
    empty = table.text.select(pl.all_horizontal(pl.col(*key).is_null())).to_series()
    for index in empty.arg_true():
        yield table.finding(index, "primary-key", f"the primary key {_listed(key)} is empty")
    for index, first in _repeats(table, key):
        message = f"row {table.rows[first]} has the same {_listed(key)}"
        yield table.finding(index, "primary-key", message, value=_cells(table, index, key))


def _unique(table: Table) -> Iterator[Finding]:
    for field in table.fields:
        if field.constraints.get("unique") is True:
            for index, first in _repeats(table, [field.name]):
                message = f"row {table.rows[first]} has the same {field.name}"
                yield table.finding(index, "unique-error", message, field=field.name, rule="unique")
    for key in table.schema.unique_keys:
        if table.has(key):
            for index, first in _repeats(table, key):
                message = f"row {table.rows[first]} has the same {_listed(key)}"
                yield table.finding(
                    index,
                    "unique-key",
                    message,
                    rule="uniqueKeys",
                    value=_cells(table, index, key),
                )


def _repeats(table: Table, key: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Pairs of a row and the first row that has the same values in the key.

    Rows with a null in the key are left out: their value is missing, or unknown
    because the cell is of the wrong type.
    """
    known = _key_values(table, key)
    columns = known.drop("index").columns
    firsts = known.select("index", first=pl.col("index").min().over(columns))
    yield from firsts.filter(pl.col("index") > pl.col("first")).iter_rows()


def _why_not(child: Table, parent: Table, key: ForeignKey) -> str | None:
    """Why a foreign key cannot be judged, or None when it can."""
    if not parent.complete:
        return f"{parent.resource.location} could not be read to its end"
    for table, names in ((child, key.fields), (parent, key.reference_fields)):
        if not table.has(names):
            return f"{table.resource.location} has no column for it"
    return None


def _foreign_key(child: Table, parent: Table, key: ForeignKey) -> Iterator[Finding]:
    """References to no row; a row with a null in the key refers to none, as in SQL."""
    references = _key_values(child, key.fields)
    targets = _key_values(parent, key.reference_fields).drop("index")
    orphans = references.join(targets, on=targets.columns, how="anti", maintain_order="left")
    target = f"{parent.resource.name}.{_listed(key.reference_fields)}"
    for index in orphans["index"]:
        yield child.finding(
            index,
            "foreign-key",
            f"no row of {target} has this value",
            field=key.fields[0] if len(key.fields) == 1 else None,
            rule="foreignKeys",
            value=_cells(child, index, key.fields),
        )


def _key_values(table: Table, key: Sequence[str]) -> pl.DataFrame:
    """Values of a key as columns `0`, `1`, … and the row's `index`, rows with nulls left out."""
    return (
        table.values.select(pl.col(name).alias(str(part)) for part, name in enumerate(key))
        .with_row_index("index")
        .drop_nulls()
    )


def _cycles(table: Table, key: ForeignKey) -> Iterator[Finding]:
    if not key.acyclic:
        return
    (reference,), (name,) = key.fields, key.reference_fields
    keys = table.values[name].to_list()
    following = dict(zip(keys, table.values[reference].to_list(), strict=True))
    for circle in _circles(following):
        path = " → ".join(str(step) for step in [*circle, circle[0]])
        for step in circle:
            message = f"leads back to itself: {path}"
            yield table.finding(keys.index(step), "foreign-key-cycle", message, field=reference)


def _circles(following: Mapping[Any, Any]) -> Iterator[list[Any]]:
    """The circles of a graph in which every node has at most one successor."""
    visited: set[Any] = set()
    for start in following:
        path: dict[Any, None] = {}
        node = start
        while node is not None and node not in visited and node not in path:
            path[node] = None
            node = following.get(node)
        if node in path:
            steps = list(path)
            yield steps[steps.index(node) :]
        visited.update(path)


def _cells(table: Table, index: int, names: Sequence[str]) -> str:
    return ", ".join(table.text[name][index] or "" for name in names)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"({', '.join(names)})"
