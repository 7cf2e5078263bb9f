"""From batches of records to typed frames; faults of structure are found on the way."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import polars as pl

from validate._src.reading.batch import Batch
from validate._src.tables._cells import Parsed, as_fields_need, cells_of, parsed_of, values_of_cells
from validate._src.tables._ofpaths import Paths, unlike_paths, with_cells_of_paths
from validate._src.tables._shape import shape_faults
from validate._src.tables._swallowed import swallowed_rows
from validate._src.tables.debris import (
    NO_ENDING,
    Ending,
    blank_message,
    ending_of,
    last_filled,
)
from validate._src.tables.header import Header
from validate._src.tables.table import Table
from validate._src.words.findingframe import Faults, FindingFrame, framed
from validate._src.words.model import TabularResource
from validate._src.words.schema import Field


@dataclass(frozen=True, eq=False)
class TableForm:
    """What the batches of a table have in common; can be pickled.

    Attributes:
        resource: the table.
        header: its header.
        only: names of the fields that are looked at; None for all.
    """

    resource: TabularResource
    header: Header
    only: frozenset[str] | None

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled: without the expressions that are made of it."""
        return TableForm, (self.resource, self.header, self.only)

    @cached_property
    def fields(self) -> Sequence[Field]:
        """The fields that are looked at and have a column."""
        columns = {*self.header.columns, *self.header.of_paths}
        wanted = columns if self.only is None else self.only & columns
        return [field for field in self.resource.schema.fields if field.name in wanted]

    @cached_property
    def parsed(self) -> Mapping[str, Parsed]:
        """The values of the fields, made of their cells."""
        return {field.name: parsed_of(field) for field in self.fields}

    @property
    def wanted(self) -> list[str] | None:
        """The columns that a reader has to give; None for all.

        Whether a cell is empty, absent or astray only the whole record tells.
        """
        if self.only is None or self.header.withheld:
            return None
        if any("" not in field.missing_values for field in self.fields):
            return None
        names = sorted(field.name for field in self.fields if field.name in self.header.columns)
        return [str(self.header.columns[name]) for name in names] or None

    @cached_property
    def paths(self) -> Paths:
        """What the paths of its files say of their rows, by their locations."""
        parts = self.resource.parts
        return {part.location: dict(part.partition) for part in parts if part.partition}

    def framed(self, batch: Batch) -> tuple[Table, Ending]:
        """The rows of a batch, and what it shows of how the table may end.

        Faults of the header, and those that are known at the end of the table, are not among the
        findings; where only some fields are looked at, there are none.
        """
        batch = as_fields_need(batch, self.header, self.fields)
        filled = -1 if self.only is not None else last_filled(batch, self.header)
        if self.fields:
            return _table(self, batch, filled)
        table, ending = _table(self, _without_rows(batch), filled)  # nothing is known of any column
        return replace(table, fieldless=len(batch.rows) > 0), ending


def _without_rows(batch: Batch) -> Batch:
    return replace(
        batch,
        rows=batch.rows.clear(),
        lines=batch.lines.clear(),
        cells=batch.cells.clear(),
        ragged={},
        extra_keys={},
        kinds={},
    )


def _table(form: TableForm, batch: Batch, last_filled: int) -> tuple[Table, Ending]:
    """As `TableForm.framed` has it, of a batch with fields.

    Args:
        form: what the batches have in common.
        batch: the batch.
        last_filled: the last column at the end without label that has a value.
    """
    resource, header, fields = form.resource, form.header, form.fields
    whole = with_cells_of_paths(batch, header, form.paths)
    cells = cells_of(resource, whole, header, fields)
    everything = Table(
        resource=resource,
        location=batch.location,
        sheet=batch.sheet,
        rows=batch.rows,
        lines=batch.lines,
        cells=cells,
        values=values_of_cells(cells, form.parsed, whole, header, fields),
        kinds={
            field.name: batch.kinds[header.column(field.name)]
            for field in fields
            if header.column(field.name) in batch.kinds
        },
        withheld=header.withheld,
        astray=rows_astray(batch, header) if header.withheld else None,
        complete=batch.complete,
        others=batch.others,
        columns=header.names,
        stretch=batch.stretch,
    )
    # What paths say makes no row of a blank one; where not all fields are looked at, nobody knows.
    of_files = cells if form.only is not None else cells.drop(header.of_paths, strict=False)
    filled = _with_extra_cells(_filled(batch, of_files), batch, header.width)
    blank = pl.Series(dtype=pl.UInt32) if filled is None else (~filled).arg_true()
    kept = everything if filled is None else everything.without(blank)
    if form.only is not None:
        return kept, NO_ENDING
    columns = {
        field.name: header.columns[field.name] for field in fields if field.name in header.columns
    }
    within, ending = ending_of(everything, batch, blank, last_filled)

    def faults() -> Iterator[FindingFrame]:
        yield from framed(batch.findings)
        if len(within):
            yield everything.findings_at(within, "blank-row", blank_message(everything))
        yield from shape_faults(everything, batch, columns, header.width, blank)
        yield from swallowed_rows(everything, batch, header.width)
        yield from unlike_paths(everything, batch, header, form.paths, blank)

    return replace(kept, findings=Faults(faults)), ending


def rows_astray(batch: Batch, header: Header) -> pl.Series | None:
    """Whether the cells of each record may stand in columns of others; None if no record's do.

    A comma that should be quoted moves all cells after it, the last into a column without label
    where there is one; a quote astray takes in what follows.
    """
    found = pl.Series([*batch.ragged], dtype=pl.UInt32)
    unnamed = [str(at) for at in header.unnamed if str(at) in batch.cells.columns]
    if unnamed:
        filled = batch.cells.select(pl.any_horizontal(pl.col(unnamed).fill_null("") != ""))
        found = pl.concat([found, filled.to_series().arg_true().cast(pl.UInt32)])
    quotes = [one.line for one in batch.findings if one.code == "quote-error"]
    if quotes:
        last = batch.lines.search_sorted(pl.Series(quotes, dtype=pl.Int64), side="right")
        found = pl.concat([found, (last.filter(last > 0) - 1).cast(pl.UInt32)])
    if found.is_empty():
        return None
    nowhere = pl.repeat(False, len(batch.rows), dtype=pl.Boolean, eager=True)
    return nowhere.scatter(found, True)


def _filled(batch: Batch, cells: pl.DataFrame) -> pl.Series | None:
    """Whether a record is more than empty cells; None if all are.

    A missing value that is written, such as `NA`, is no empty cell. Only rows in which the column
    with the fewest nulls has one are looked at.
    """
    fullest = min(cells, key=pl.Series.null_count, default=None)
    if fullest is None or not fullest.null_count():
        return None
    may_be_blank = fullest.is_null().arg_true()
    is_null = pl.all_horizontal(pl.all().is_null())
    without = may_be_blank.filter(cells[may_be_blank].select(is_null).to_series())
    if without.is_empty():
        return None
    written = batch.cells[without]
    is_empty = pl.all_horizontal(
        pl.col(one.name).is_null() | (pl.col(one.name) == "")
        if one.dtype == pl.String
        else pl.col(one.name).is_null()
        for one in written
    )
    blank = without.filter(written.select(is_empty).to_series())
    if blank.is_empty():
        return None
    return pl.repeat(True, len(batch.rows), dtype=pl.Boolean, eager=True).scatter(blank, False)


def _with_extra_cells(filled: pl.Series | None, batch: Batch, width: int) -> pl.Series | None:
    """Whether a record has a value, be it beyond the columns; an object with keys there has one."""
    if filled is None:
        return None
    beyond = [index for index, cells in batch.ragged.items() if any(cells[width:])]
    return filled.scatter(pl.Series([*batch.extra_keys, *beyond], dtype=pl.UInt32), True)
