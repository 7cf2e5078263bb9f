"""The values of whole tables for those who work with them, nothing lost."""

import polars as pl

from validate._src.fields.types import FIELD_TYPES
from validate._src.tables.table import Table
from validate._src.words.errors import PackageError

MOST = 2**127  # the integers of Polars have 128 bits at most


def loaded(table: Table) -> pl.DataFrame:
    """The values of a table: n rows, a column a field, missing values null.

    An integer or year beyond 64 bits makes its column one of 128 bits.

    Raises:
        PackageError: Polars has no type that holds one of the values.
    """
    columns = [_column(table, name) for name in table.values.columns]
    return table.values.with_columns(column for column in columns if column is not None)


def _column(table: Table, name: str) -> pl.Series | None:
    """A column that has values which its own Polars type does not hold; else None."""
    beyond, values = table.beyond(name), table.values[name]
    exactness = FIELD_TYPES[table.schema.field(name).type].exactness
    if beyond is None or exactness is None:
        return None
    whole = [None if one is None else exactness.rank(one) for one in beyond]
    for row, number in zip(table.rows, whole, strict=True):
        if number is not None and not (values.dtype.is_integer() and -MOST <= number < MOST):
            raise PackageError(
                f"{table.origin_of(row)[0]}: row {row}: {name} is beyond what Polars can hold"
            )
    large = pl.Series([None if one is None else int(one) for one in whole], dtype=pl.Int128)
    return pl.select(pl.coalesce(large, values.cast(pl.Int128)).alias(name)).to_series()
