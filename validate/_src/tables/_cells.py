"""The cells of fields, and their values: read from texts, or native ones as they are."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from decimal import Decimal
from itertools import chain
from typing import NamedTuple

import polars as pl

from validate._src.fields._length import any_decimal
from validate._src.fields._numbers import INTEGER, NUMBER
from validate._src.fields.natives import are_among, held, is_written, values_of, written
from validate._src.fields.selecting import selected
from validate._src.fields.types import FIELD_TYPES
from validate._src.reading._values import text_of
from validate._src.reading.batch import Batch
from validate._src.reading.spelled import spelled_out
from validate._src.tables.header import Header
from validate._src.tables.joined import TEXT
from validate._src.words.model import TabularResource
from validate._src.words.schema import Field, Options


class Parsed(NamedTuple):
    """The values of a field, made of its cells.

    Attributes:
        text: of texts.
        native: of the texts of cells of native types.
    """

    text: pl.Expr
    native: pl.Expr


def as_fields_need(batch: Batch, header: Header, fields: Sequence[Field]) -> Batch:
    """A batch whose columns are texts, but for those of the native types of their fields."""
    if not batch.is_native:
        return batch
    of_columns = {
        str(header.columns[field.name]): field for field in fields if field.name in header.columns
    }
    own = [held(batch.cells[name], field) for name, field in of_columns.items()]
    natives = [column for column in own if column is not None]
    texts = {column.name for column in batch.cells if is_written(column)} - batch.kinds.keys()
    others = {*batch.cells.columns}.difference(texts, (column.name for column in natives))
    cells = batch.cells.with_columns(natives) if natives else batch.cells
    return spelled_out(replace(batch, cells=cells, own_nulls=frozenset(texts)), others)


def cells_of(
    resource: TabularResource, batch: Batch, header: Header, fields: Sequence[Field]
) -> pl.DataFrame:
    """The cells of the fields; of plain text they are those of the batch themselves."""
    cells = [
        _cell(field, batch.cells[header.column(field.name)], batch, resource) for field in fields
    ]
    return pl.DataFrame(cells) if cells else batch.cells.select()


def _cell(field: Field, cell: pl.Series, batch: Batch, resource: TabularResource) -> pl.Series:
    """The cells of a field, null where a cell is absent or a missing value.

    Source: Data Package 2.0, Table Schema, "missingValues": texts that stand for null.
    """
    kinds, text = batch.kinds.get(cell.name), cell.alias(field.name)
    has_kinds = kinds is not None or not is_written(cell) or cell.name in batch.own_nulls
    if "" not in field.missing_values and not has_kinds:
        short = [index for index, cells in batch.ragged.items() if len(cells) <= int(cell.name)]
        absent = pl.concat([pl.Series(short, dtype=pl.UInt32), batch.empty.cast(pl.UInt32)])
        text = text.fill_null("").scatter(absent, None)
    missing = {*field.missing_values}
    if resource.dialect.null_sequence is not None:
        missing.add(resource.dialect.null_sequence)
    if not has_kinds:
        missing -= {""}  # an empty cell of text is null already
    is_missing = _are_missing(text, kinds, missing) if missing else None
    if is_missing is None or not is_missing.any():
        return text
    return pl.select(pl.when(~is_missing).then(text)).to_series()


def cells_and_values(column: pl.Series, field: Field) -> tuple[pl.Series, pl.Series]:
    """The cells and values of a field, made of a column of a frame.

    Args:
        column: n texts, or n values of one native type.
        field: the field.

    Returns:
        n cells, null where missing, and their n values, null where they have none.
    """
    own, parsed = held(column, field), parsed_of(field)
    read = parsed.text if is_written(column) else parsed.native
    cells = (written(column) if own is None else own).alias(field.name)
    missing = {*field.missing_values}
    is_missing = _are_missing(cells, None, missing) if missing else None
    if is_missing is not None and is_missing.any():
        cells = pl.select(pl.when(~is_missing).then(cells).alias(field.name)).to_series()
    if not is_written(cells):
        return cells, values_of(cells, field)
    return cells, cells.to_frame().select(read).to_series()


def _are_missing(cell: pl.Series, kinds: pl.Series | None, missing: Set[str]) -> pl.Series | None:
    """Which cells are one of some missing values; None if none is."""
    if kinds is None:
        numbers = chain.from_iterable(map(_as_native_number, missing))
        return are_among(cell, {*missing, *(numbers if cell.dtype.is_numeric() else ())})
    of_text = [*missing]
    is_missing = cell == of_text[0] if len(of_text) == 1 else cell.is_in(of_text)
    numbers = [one for value in missing for one in _as_native_number(value)]
    if not numbers:
        return is_missing
    return is_missing | cell.is_in(numbers) & kinds.is_in(["integer", "number"])


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


def values_of_cells(
    cells: pl.DataFrame,
    parsed: Mapping[str, Parsed],
    batch: Batch,
    header: Header,
    fields: Sequence[Field],
) -> pl.DataFrame:
    """The values of cells, be they texts or of the type of their field."""
    texts = [field for field in fields if is_written(cells[field.name])]
    read = _read(cells, parsed, batch, header, texts)
    if len(texts) == len(fields):
        return read
    return cells.select(
        pl.lit(read[field.name] if field in texts else values_of(cells[field.name], field))
        for field in fields
    )


def _read(
    text: pl.DataFrame,
    parsed: Mapping[str, Parsed],
    batch: Batch,
    header: Header,
    fields: Sequence[Field],
) -> pl.DataFrame:
    """The values of texts, those of native types as they are."""
    kinds = {field.name: batch.kinds.get(header.column(field.name)) for field in fields}
    natives = {name: one for name, one in kinds.items() if one is not None and _has_native(one)}
    have_text = [name for name in kinds if name not in natives or (natives[name] == TEXT).any()]
    values = selected(text, (parsed[name].text for name in have_text))
    if not natives:
        return values
    others = {
        field.name: _native(
            field,
            text.select(parsed[field.name].native).to_series(),
            natives[field.name],
            values[field.name] if field.name in have_text else None,
        )
        for field in fields
        if field.name in natives
    }
    return text.select(pl.lit(others[name] if name in others else values[name]) for name in kinds)


def _has_native(kinds: pl.Series) -> bool:
    return not (kinds == TEXT).all()


def _native(field: Field, native: pl.Series, kinds: pl.Series, read: pl.Series | None) -> pl.Series:
    """The values of a column, those of native types null where the field cannot have the type.

    Args:
        field: the field.
        native: what was read of the cells as if all were of native types.
        kinds: what the cells are.
        read: what was read of texts; None if no cell is one.

    Source: Data Package 2.0, Table Schema, "Data representation": a native value has a type
    already; only texts are read by the rules of the field's type.
    """
    is_native = kinds.is_in(list(FIELD_TYPES[field.type].native))
    if read is not None:
        value = pl.when((kinds == TEXT).fill_null(True)).then(read).when(is_native).then(native)
    elif is_native.all():
        return native.alias(field.name)
    else:
        value = pl.when(is_native).then(native)
    return pl.select(value.alias(field.name)).to_series()


def parsed_of(field: Field) -> Parsed:
    """The values of a field, made of its own column; those that take long are remembered."""
    field_type = FIELD_TYPES[field.type]
    by_default = replace(
        field,
        options=Options(),
        format=field_type.native_format(field.format),
        iso_times=True,  # seconds may have decimals
    )
    return Parsed(_parsed(field).alias(field.name), _parsed(by_default).alias(field.name))


def _parsed(field: Field) -> pl.Expr:
    parser = FIELD_TYPES[field.type].parser(field.format)
    assert parser is not None, "the descriptor was found usable"
    return parser(pl.col(field.name), field)
