"""The type boolean."""

import polars as pl

from validate._src.fields._parsing import FieldType
from validate._src.words.schema import Field


def _boolean(text: pl.Expr, field: Field) -> pl.Expr:
    return (
        pl.when(text.is_in(list(field.options.true_values)))
        .then(pl.lit(True))
        .when(text.is_in(list(field.options.false_values)))
        .then(pl.lit(False))
    )


TYPES = (FieldType("boolean", pl.Boolean(), {"default": _boolean}, native=frozenset({"boolean"})),)
