"""The values of keys, and how keys are named and shown."""

from collections.abc import Sequence

import polars as pl

from validate._src.tables.table import Table

INDEX = "index"


def key_frame(table: Table, names: Sequence[str]) -> pl.DataFrame:
    """Values of a key as columns `0`, `1`, …; null where missing or of the wrong type."""
    return pl.DataFrame([table.values[name].alias(str(part)) for part, name in enumerate(names)])


def key_values(table: Table, names: Sequence[str]) -> pl.DataFrame:
    """The values of a key after the row's `index`, rows with nulls left out."""
    return key_frame(table, names).with_row_index(INDEX).drop_nulls()


def hashes_of(values: pl.DataFrame) -> pl.Series:
    return (values.to_series() if values.width == 1 else values.to_struct()).hash()


def key_cells(table: Table, indexes: pl.Series, names: Sequence[str]) -> pl.Series:
    """The cells of a key as text, for rows at these indexes."""
    parts = [table.shown(name, indexes).fill_null("").alias(name) for name in names]
    return pl.select(pl.concat_str([pl.lit(part) for part in parts], separator=", ")).to_series()


def listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"({', '.join(names)})"
