"""The values of whole tables for those who work with them, nothing lost."""

from decimal import Decimal

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
    names = table.values.columns
    for name in names:
        if (row := row_not_held(table, name)) is not None:
            place = table.origin_of(row)[0]
            raise PackageError(f"{place}: row {row}: {name} is beyond what Polars can hold")
    return table.values.with_columns(loaded_column(table, name) for name in names)


def row_not_held(table: Table, name: str) -> int | None:
    """The first row whose value of a field no type of Polars holds; None if there is none."""
    beyond = table.beyond(name)
    if beyond is None:
        return None
    is_integer = table.values[name].dtype.is_integer()
    for row, number in zip(table.rows, _ranks(table, name, beyond), strict=True):
        if number is not None and not (is_integer and -MOST <= number < MOST):
            return row
    return None


def loaded_column(table: Table, name: str) -> pl.Series:
    """The n values of a field in which `row_not_held` finds nothing."""
    beyond, values = table.beyond(name), table.values[name]
    if beyond is None:
        return values
    whole = [None if one is None else int(one) for one in _ranks(table, name, beyond)]
    large = pl.Series(whole, dtype=pl.Int128)
    return pl.select(pl.coalesce(large, values.cast(pl.Int128)).alias(name)).to_series()


def _ranks(table: Table, name: str, beyond: pl.Series) -> list[Decimal | None]:
    """The numbers that stand for values beyond the Polars type; None elsewhere."""
    exactness = FIELD_TYPES[table.schema.field(name).type].exactness
    assert exactness is not None, "values of other types are never beyond"
    return [None if one is None else exactness.rank(one) for one in beyond]
