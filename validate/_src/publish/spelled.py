"""Values as texts, in the forms that Table Schema has for them by default."""

import polars as pl

from validate._src.publish.columns import Column

LEADING_PLUS = r"^\+"  # before years of five digits, where XML Schema has none


def spelled(column: Column) -> pl.Series:
    """The values of a date, time, datetime or yearmonth as n texts."""
    cells = column.cells
    if isinstance(cells.dtype, pl.Datetime):
        form = "%Y-%m-%dT%H:%M:%S%.f"  # which writes decimals of a second only if there are any
    elif cells.dtype == pl.Time:
        form = "%H:%M:%S%.f"
    else:
        form = "%Y-%m" if column.field.type == "yearmonth" else "%Y-%m-%d"
    return cells.dt.to_string(form).str.replace(LEADING_PLUS, "")
