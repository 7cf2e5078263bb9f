"""Values that constraints name, read as cells are."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import polars as pl

from validate._src.fields.types import FIELD_TYPES
from validate._src.words.errors import PackageError
from validate._src.words.schema import Field, Options


@dataclass(frozen=True)
class Arguments:
    """Values that a constraint names.

    Attributes:
        values: the n values.
        exact: what each is exactly, by a type that has such a form; else null.
        is_held: n times whether the Polars type of the value tells it from all others.
    """

    values: pl.Series
    exact: pl.Series
    is_held: pl.Series


def read_arguments(field: Field, arguments: Sequence[Any], place: str) -> Arguments:
    """Values that a constraint names: JSON values as they are, texts as cells would be read.

    Args:
        field: the field.
        arguments: the values as the descriptor has them.
        place: where they stand, for messages.

    Raises:
        PackageError: one is no value of the type of the field.
    """
    written = [_written(field, argument) for argument in arguments]
    ways = {as_a_cell for _, as_a_cell in written}
    groups = [written] if len(ways) == 1 else [[one] for one in written]
    read = [_read_as(_way(field, as_cells=group[0][1]), group) for group in groups]
    if len(read) == 1:
        values, exact = read[0]
    else:
        none = pl.Series(dtype=FIELD_TYPES[field.type].dtype), pl.Series(dtype=pl.String)
        values, exact = (pl.concat(some) for some in zip(none, *read, strict=True))
    if values.null_count() and len(unread := (values.is_null() & exact.is_null()).arg_true()):
        argument = arguments[unread[0]]
        raise PackageError(
            f'{place}: "{argument}" in a constraint is not a value of type {field.type}'
        )
    exactness = FIELD_TYPES[field.type].exactness
    held = [exactness is None or one is None or exactness.is_held(one) for one in exact]
    return Arguments(values, exact, pl.Series(held, dtype=pl.Boolean))


def _written(field: Field, argument: Any) -> tuple[str, bool]:
    """The text of an argument, and whether it is read as a cell of the field is."""
    if isinstance(argument, float) and argument.is_integer():
        argument = int(Decimal(repr(argument)))  # JSON knows one kind of number, and decimals
    if isinstance(argument, list) and field.type == "list":
        items = (item if isinstance(item, str) else json.dumps(item) for item in argument)
        argument = field.options.delimiter.join(items)
    if field.type == "year" and isinstance(argument, int):
        argument = f"{'-' * (argument < 0)}{abs(argument):04d}"  # a number has no leading zeroes
    if isinstance(argument, str):
        return argument, True
    return json.dumps(argument, ensure_ascii=False), False


@dataclass(frozen=True)
class _Way:
    """How texts are read: all of a field that matters for it."""

    type: str
    format: str
    options: Options
    iso_times: bool


def _way(field: Field, *, as_cells: bool) -> _Way:
    """How the texts of arguments are read, as cells of the field are or as JSON writes values."""
    return _Way(field.type, field.format, field.options if as_cells else Options(), field.iso_times)


def _read_as(way: _Way, written: Sequence[tuple[str, bool]]) -> tuple[pl.Series, pl.Series]:
    """The values of texts, and what each is exactly.

    That of one is remembered: a minimum of 0 stands on many fields, and takes as long to read
    as a thousand cells.
    """
    texts = tuple(text for text, _ in written)
    return _remembered(way, texts) if len(texts) == 1 else _read(way, texts)


def _read(way: _Way, written: Sequence[str]) -> tuple[pl.Series, pl.Series]:
    """The values of texts, read all at once, and what each is exactly."""
    field = Field("", way.type, way.format, {}, (), {}, way.options, iso_times=way.iso_times)
    field_type = FIELD_TYPES[field.type]
    parser = field_type.parser(field.format)
    assert parser is not None
    texts = pl.Series("text", written, dtype=pl.String)
    value = parser(text := pl.col("text"), field)
    values = texts if value is text else texts.to_frame().select(value).to_series()
    if field_type.exactness is None or field.format != "default":
        return values, pl.Series([None] * len(texts), dtype=pl.String)
    return values, field_type.exactness.read_all(texts, values, field)


_remembered = lru_cache(_read)


def literal(value: pl.Series) -> pl.Expr:
    """A single value as an expression; Python has no dates after the year 9999."""
    physical = value.to_physical() if value.dtype.is_temporal() else value
    return pl.lit(physical.item(), physical.dtype).cast(value.dtype)
