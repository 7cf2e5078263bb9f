"""From batches of records to typed frames; faults of structure are found on the way."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import Any

import polars as pl

from validate._src.fields._length import any_decimal
from validate._src.fields._numbers import INTEGER, NUMBER
from validate._src.fields.types import FIELD_TYPES
from validate._src.reading._values import text_of
from validate._src.reading.batch import Batch
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
from validate._src.tables.joined import TEXT
from validate._src.tables.table import Table
from validate._src.words.findingframe import Faults, FindingFrame, framed
from validate._src.words.model import TabularResource
from validate._src.words.schema import Field, Options


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
        columns = self.header.columns
        wanted = columns if self.only is None else self.only & columns.keys()
        return [field for field in self.resource.schema.fields if field.name in wanted]

    @cached_property
    def parsed(self) -> Sequence[pl.Expr]:
        """The values of the fields, made of their texts."""
        return [_parsed(field).alias(field.name) for field in self.fields]

    @property
    def wanted(self) -> list[str] | None:
        """The columns that a reader has to give; None for all.

        Whether a cell is empty, absent or astray only the whole record tells.
        """
        if self.only is None or self.header.withheld:
            return None
        if any("" not in field.missing_values for field in self.fields):
            return None
        return [
            str(self.header.columns[name]) for name in sorted(field.name for field in self.fields)
        ]

    def framed(self, batch: Batch) -> tuple[Table, Ending]:
        """The rows of a batch, and what it shows of how the table may end.

        Faults of the header, and those that are known at the end of the table, are not among the
        findings; where only some fields are looked at, there are none.
        """
        filled = last_filled(batch, self.header)
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
    text = _texts(resource, batch, header, fields)
    everything = Table(
        resource=resource,
        location=batch.location,
        sheet=batch.sheet,
        rows=batch.rows,
        lines=batch.lines,
        text=text,
        values=_native(text.select(form.parsed), text, batch, header, fields),
        kinds={
            field.name: batch.kinds[str(header.columns[field.name])]
            for field in fields
            if str(header.columns[field.name]) in batch.kinds
        },
        withheld=header.withheld,
        astray=rows_astray(batch, header) if header.withheld else None,
        complete=batch.complete,
        others=batch.others,
        columns=header.names,
    )
    filled = _with_extra_cells(_filled(batch, text), batch, header.width)
    kept = everything if filled is None else everything.filter(filled)
    if form.only is not None:
        return kept, NO_ENDING
    columns = {field.name: header.columns[field.name] for field in fields}
    blank = pl.Series(dtype=pl.UInt32) if filled is None else (~filled).arg_true()
    within, ending = ending_of(everything, batch, blank, last_filled)

    def faults() -> Iterator[FindingFrame]:
        yield from framed(batch.findings)
        if len(within):
            yield everything.findings_at(within, "blank-row", blank_message(everything))
        yield from shape_faults(everything, batch, columns, header.width, blank)
        yield from swallowed_rows(everything, batch, header.width)

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


def _texts(
    resource: TabularResource, batch: Batch, header: Header, fields: Sequence[Field]
) -> pl.DataFrame:
    """The texts of the fields; of plain text they are the cells themselves."""
    texts = [
        _text(field, batch.cells[str(header.columns[field.name])], batch, resource)
        for field in fields
    ]
    return pl.DataFrame(texts) if texts else batch.cells.select()


def _text(field: Field, cell: pl.Series, batch: Batch, resource: TabularResource) -> pl.Series:
    """The text of a field, null where the cell is absent or a missing value.

    Source: Data Package 2.0, Table Schema, "missingValues": texts that stand for null.
    """
    kinds, text = batch.kinds.get(cell.name), cell.alias(field.name)
    if "" not in field.missing_values and kinds is None:
        short = [index for index, cells in batch.ragged.items() if len(cells) <= int(cell.name)]
        absent = pl.concat([pl.Series(short, dtype=pl.UInt32), batch.empty.cast(pl.UInt32)])
        text = text.fill_null("").scatter(absent, None)
    missing = {*field.missing_values}
    if resource.dialect.null_sequence is not None:
        missing.add(resource.dialect.null_sequence)
    if kinds is None:
        missing -= {""}  # an empty cell of text is null already
    if not missing:
        return text
    is_missing = text.is_in([*missing])
    if kinds is not None:
        numbers = [one for value in missing for one in _as_native_number(value)]
        is_missing |= text.is_in(numbers) & kinds.is_in(["integer", "number"])
    if not is_missing.any():
        return text
    return pl.select(pl.when(~is_missing).then(text)).to_series()


def _as_native_number(missing: str) -> Iterator[str]:
    """The texts that a native number has which a missing value names: `-9999` for `-9999.0`.

    What is written as an integer is exactly that, anything else also the double that it is.
    """
    if missing.upper() == "NAN":
        yield from ("nan", "NaN")
    elif re.fullmatch(NUMBER, missing):
        numbers: list[float | Decimal] = [any_decimal(missing)]
        if not re.fullmatch(INTEGER, missing) and float(missing):
            numbers.append(float(missing))
        yield from filter(None, map(text_of, numbers))


def _native(
    values: pl.DataFrame, text: pl.DataFrame, batch: Batch, header: Header, fields: Sequence[Field]
) -> pl.DataFrame:
    """The values, those of native types as they are, null where a field cannot have the type.

    Source: Data Package 2.0, Table Schema, "Data representation": a native value has a type
    already; only texts are read by the rules of the field's type.
    """
    for field in fields:
        kinds = batch.kinds.get(str(header.columns[field.name]))
        if kinds is None or (kinds == TEXT).all():
            continue
        field_type = FIELD_TYPES[field.type]
        by_default = replace(
            field,
            options=Options(),
            format=field_type.native_format(field.format),
            iso_times=True,  # seconds may have decimals
        )
        parser = field_type.parser(by_default.format)
        assert parser is not None
        native = text.select(parser(pl.col(field.name), by_default)).to_series()
        value = (
            pl.when((kinds == TEXT).fill_null(True))
            .then(pl.col(field.name))
            .when(kinds.is_in(list(field_type.native)))
            .then(native)
        )
        values = values.with_columns(value.alias(field.name))
    return values


def _filled(batch: Batch, text: pl.DataFrame) -> pl.Series | None:
    """Whether a record is more than empty cells; None if all are.

    A missing value that is written, such as `NA`, is no empty cell.
    """
    if any(not column.null_count() for column in text):
        return None
    values = [batch.cells.select(pl.all().replace("", None)), text.rename("text:{}".format)]
    if not any(frame.width for frame in values):
        return pl.repeat(False, len(batch.rows), dtype=pl.Boolean, eager=True)
    filled = (
        pl.concat(values, how="horizontal")
        .select(pl.any_horizontal(pl.all().is_not_null()))
        .to_series()
    )
    return None if filled.all() else filled


def _with_extra_cells(filled: pl.Series | None, batch: Batch, width: int) -> pl.Series | None:
    """Whether a record has a value, be it beyond the columns; an object with keys there has one."""
    if filled is None:
        return None
    beyond = [index for index, cells in batch.ragged.items() if any(cells[width:])]
    return filled.scatter(pl.Series([*batch.extra_keys, *beyond], dtype=pl.UInt32), True)


def _parsed(field: Field) -> pl.Expr:
    parser = FIELD_TYPES[field.type].parser(field.format)
    assert parser is not None, "the descriptor was found usable"
    return parser(pl.col(field.name), field)
