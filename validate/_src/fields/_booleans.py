"""The type boolean."""

from collections.abc import Sequence

import polars as pl

from validate._src.fields._parsing import FieldType
from validate._src.words.schema import Field

FEW = 4
"""Words that are compared one by one; to look up more takes no longer.

A look-up of few: +3 % on measurements (benchmarks/tricks.py).
"""


def _boolean(text: pl.Expr, field: Field) -> pl.Expr:
    return (
        pl.when(_is_one_of(text, field.options.true_values))
        .then(pl.lit(True))
        .when(_is_one_of(text, field.options.false_values))
        .then(pl.lit(False))
    )


def _is_one_of(text: pl.Expr, words: Sequence[str]) -> pl.Expr:
    if not 0 < len(words) <= FEW:
        return text.is_in(list(words))
    return pl.any_horizontal(text == word for word in words)


TYPES = (FieldType("boolean", pl.Boolean(), {"default": _boolean}, native=frozenset({"boolean"})),)
