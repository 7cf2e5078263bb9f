"""The values of keys, and how keys are named and shown."""

from collections.abc import Sequence
from typing import Literal

import polars as pl

from validate._src.tables.table import Table

INDEX = "index"
EXACTLY = "exactly "  # before the name of a part of a key, for what Polars does not tell apart


def key_frame(table: Table, names: Sequence[str]) -> pl.DataFrame:
    """Values of a key as columns `0`, `1`, …; null where missing or of the wrong type."""
    return pl.DataFrame([table.values[name].alias(str(part)) for part, name in enumerate(names)])


def key_values(table: Table, names: Sequence[str]) -> pl.DataFrame:
    """The values of a key after the row's `index`, rows with nulls left out.

    Returns:
        Beside the columns of `key_frame` a column `exactly 0` for a part of the key whose
        Polars type does not tell some of its values apart; null where it does.
    """
    frame = key_frame(table, names)
    exact = {
        f"{EXACTLY}{part}": column
        for part, name in enumerate(names)
        if (column := table.exactly(name)) is not None
    }
    if not exact:
        rows = frame.with_row_index(INDEX)
        return rows.drop_nulls() if any(column.null_count() for column in frame) else rows
    known = [
        pl.any_horizontal(pl.col({part, EXACTLY + part} & {part, *exact}).is_not_null())
        for part in frame.columns
    ]
    return frame.with_columns(**exact).with_row_index(INDEX).filter(*known)


def with_columns_of(values: pl.DataFrame, others: pl.DataFrame) -> pl.DataFrame:
    """Key values with all columns that others have, so that they can be compared."""
    added = [name for name in others.columns if name not in values.columns and name != INDEX]
    if not added:
        return values
    return values.with_columns(pl.lit(None, pl.String).alias(name) for name in added)


def together(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Key values of several batches; null where a batch needs no exact form of a part."""
    return pl.concat(frames, how="diagonal")


def rows_among(
    rows: pl.DataFrame, values: pl.DataFrame, *, how: Literal["semi", "anti"]
) -> pl.DataFrame:
    """The rows whose key is one of the values, or is none of them, in order."""
    rows, values = with_columns_of(rows, values), with_columns_of(values, rows)
    on = [name for name in rows.columns if name != INDEX]
    exact = any(name.startswith(EXACTLY) for name in on)
    return rows.join(values, on=on, how=how, maintain_order="left", nulls_equal=exact)


def key_hashes(table: Table, names: Sequence[str]) -> tuple[pl.Series, pl.Series | None]:
    """The hashes of the values of a key, and which rows have one; None if all do.

    Values that are equal have equal hashes; what follows compares them.
    """
    values = key_frame(table, names)
    if not any(column.null_count() for column in values):
        return hashes_of(values), None
    is_held = values.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
    beyond = {str(part): table.beyond(name) for part, name in enumerate(names)}
    if not any(column is not None for column in beyond.values()):
        return hashes_of(values), is_held
    texts = [
        pl.coalesce(pl.lit(exact), pl.col(part).cast(pl.String)) for part, exact in beyond.items()
    ]
    written = values.select(pl.concat_str(texts, separator="\n")).to_series()
    hashes = pl.when(is_held).then(hashes_of(values)).otherwise(written.hash())
    return pl.select(hashes).to_series(), written.is_not_null()


def hashes_of(values: pl.DataFrame) -> pl.Series:
    return (values.to_series() if values.width == 1 else values.to_struct()).hash()


def key_cells(table: Table, indexes: pl.Series, names: Sequence[str]) -> pl.Series:
    """The cells of a key as text, for rows at these indexes."""
    parts = [table.shown(name, indexes).fill_null("").alias(name) for name in names]
    return pl.select(pl.concat_str([pl.lit(part) for part in parts], separator=", ")).to_series()


def listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"({', '.join(names)})"
