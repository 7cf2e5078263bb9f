"""Batches of a table joined."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

import polars as pl

from validate._src.tables.table import Table
from validate._src.words.cells import Sheet

TEXT = "text"
"""The kind of cells that are texts."""


def whole(batches: Iterable[Table]) -> Table:
    """The table that batches of it make together."""
    first, *others = batches
    if not others:
        return first
    tables = [first, *others]
    return replace(
        first,
        others=tuple(_other_files(tables)),
        rows=pl.concat([table.rows for table in tables]),
        lines=pl.concat([table.lines for table in tables]),
        cells=_cells_of(tables),
        values=pl.concat([table.values for table in tables]),
        kinds=_kinds_in(tables),
        astray=_astray_in(tables),
        findings=tuple(finding for table in tables for finding in table.findings),
        complete=all(table.complete for table in tables),
    )


def _cells_of(tables: Sequence[Table]) -> pl.DataFrame:
    """The cells of some batches; as texts where their types differ."""
    schema = tables[0].cells.schema
    are_alike = all(table.cells.schema == schema for table in tables)
    return pl.concat([table.cells if are_alike else table.text for table in tables])


def _other_files(tables: Sequence[Table]) -> Iterator[tuple[int, str, Sheet | None]]:
    """The files of some batches after the first, each with the number of a first record in it."""
    last = (tables[0].location, tables[0].sheet)
    for table in tables:
        own = [(table.rows[0], table.location, table.sheet)] if len(table.rows) else []
        for number, location, sheet in (*own, *table.others):
            if (location, sheet) != last:
                yield number, location, sheet
            last = location, sheet


def _kinds_in(tables: Sequence[Table]) -> Mapping[str, pl.Series]:
    """What the cells of some batches are, by field, where any of them has other than texts."""
    return {
        name: pl.concat(
            [
                table.kinds.get(name, pl.repeat(TEXT, len(table.rows), eager=True))
                for table in tables
            ]
        )
        for name in dict.fromkeys(chain.from_iterable(table.kinds for table in tables))
    }


def _astray_in(tables: Sequence[Table]) -> pl.Series | None:
    """Whether the cells of each row of some batches may stand in columns of others."""
    if all(table.astray is None for table in tables):
        return None
    none = [pl.repeat(False, len(table.rows), dtype=pl.Boolean, eager=True) for table in tables]
    return pl.concat(
        [
            nowhere if table.astray is None else table.astray
            for nowhere, table in zip(none, tables, strict=True)
        ]
    )
