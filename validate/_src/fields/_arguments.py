"""Values that constraints name, read as cells are."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
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
    read = [_read(field, argument) for argument in arguments]
    for argument, (value, exact) in zip(arguments, read, strict=True):
        if not value.count() and exact is None:
            raise PackageError(
                f'{place}: "{argument}" in a constraint is not a value of type {field.type}'
            )
    exactness = FIELD_TYPES[field.type].exactness
    held = [exactness is None or exact is None or exactness.is_held(exact) for _, exact in read]
    return Arguments(
        pl.concat([pl.Series(dtype=FIELD_TYPES[field.type].dtype), *(one for one, _ in read)]),
        pl.Series([exact for _, exact in read], dtype=pl.String),
        pl.Series(held, dtype=pl.Boolean),
    )


def _read(field: Field, argument: Any) -> tuple[pl.Series, str | None]:
    if isinstance(argument, float) and argument.is_integer():
        argument = int(Decimal(repr(argument)))  # JSON knows one kind of number, and decimals
    if isinstance(argument, list) and field.type == "list":
        items = (item if isinstance(item, str) else json.dumps(item) for item in argument)
        argument = field.options.delimiter.join(items)
    if field.type == "year" and isinstance(argument, int):
        argument = f"{'-' * (argument < 0)}{abs(argument):04d}"  # a number has no leading zeroes
    if not isinstance(argument, str):
        argument = json.dumps(argument, ensure_ascii=False)
        field = replace(field, options=Options())
    field_type = FIELD_TYPES[field.type]
    parser = field_type.parser(field.format)
    assert parser is not None
    text = pl.Series("text", [argument], dtype=pl.String)
    value = text.to_frame().select(parser(pl.col("text"), field)).to_series()
    if field_type.exactness is None or field.format != "default":
        return value, None
    return value, field_type.exactness.read_all(text, value, field).item()


def literal(value: pl.Series) -> pl.Expr:
    """A single value as an expression; Python has no dates after the year 9999."""
    physical = value.to_physical()
    return pl.lit(physical.item(), physical.dtype).cast(value.dtype)
