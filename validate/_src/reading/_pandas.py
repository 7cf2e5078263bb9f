"""Frames of pandas as frames of Polars, without pandas itself.

Polars' own conversion needs pyarrow for most types, and refuses columns of objects of several
types, which are what a validator is for.
"""

from contextlib import suppress
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import available_timezones

import polars as pl

NULLABLE = {"i": pl.Int64, "u": pl.UInt64, "b": pl.Boolean}
"""The types of columns whose nulls are no values of numpy, by the kind of their values."""
FLOATS = {2: pl.Float16, 4: pl.Float32, 8: pl.Float64}
"""The types of numbers with decimals, by the bytes of one: a single is not the double nearest."""
DOUBLE = 8  # bytes
UNITS = ("ns", "us", "ms")  # of times in Polars
ONLY_IN_ARROW = ("date64", "decimal256", "extension", "month_day_nano_interval")
"""Types of Arrow that Polars has not, or takes for others: a day is no moment."""


def as_polars(frame: Any) -> pl.DataFrame:
    """A frame of pandas as one of Polars.

    Args:
        frame: n rows.

    Returns:
        n rows, the columns named `0`, `1`, …; what pandas takes for missing, NaN included, is
        null. Columns of Arrow have the type that Polars has for theirs. Of others those that are
        neither numbers, booleans, times nor text hold objects.
    """
    return pl.DataFrame(
        [_column(frame.iloc[:, place]).alias(str(place)) for place in range(frame.shape[1])]
    )


def _column(column: Any) -> pl.Series:
    """A column of pandas as one of Polars."""
    if type(column.dtype).__name__ == "SparseDtype":
        column = column.sparse.to_dense()
    kind = column.dtype.kind
    if _is_of_arrow(column.dtype):
        return _from_arrow(column)
    if getattr(column.dtype, "tz", None) is not None:
        return _with_zone(column)
    if _is_of_numpy(column.dtype):
        if kind in "iub":
            return pl.Series(column.to_numpy())
        if kind == "f":
            size = min(column.dtype.itemsize, DOUBLE)
            return pl.Series(column.to_numpy(dtype=f"f{size}"), nan_to_null=True)
        if kind in "mM":
            return _times(column)
    values = [plain(value) for value in _objects(column)]
    if kind == "f":
        return pl.Series(values, dtype=FLOATS[column.dtype.itemsize])
    if kind in NULLABLE:
        return pl.Series(values, dtype=NULLABLE[kind])
    if all(value is None or type(value) is str for value in values):
        with suppress(UnicodeEncodeError):  # of lone surrogates, which Polars has in objects only
            return pl.Series(values, dtype=pl.String)
    return pl.Series(values, dtype=pl.Object)


def _is_of_numpy(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] == "numpy"


def _is_of_arrow(dtype: Any) -> bool:
    """Whether a type of pandas is one of Arrow that Polars has as well."""
    if not hasattr(dtype, "pyarrow_dtype"):
        return False
    return not any(name in str(dtype.pyarrow_dtype) for name in ONLY_IN_ARROW)


def _from_arrow(column: Any) -> pl.Series:
    """A column of Arrow; NaN, which pandas takes for missing in some versions, is null."""
    native = pl.Series(column.array.__arrow_array__())
    return native.fill_nan(None) if native.dtype.is_float() else native


def _objects(column: Any) -> list[Any]:
    """The values of a column, None where pandas takes one for missing."""
    values = column.to_numpy(dtype=object)
    try:
        missing = column.isna().to_numpy()
    except InvalidOperation:  # pandas compares values with themselves, and a signalling NaN refuses
        quiet = [0 if isinstance(one, Decimal) and one.is_snan() else one for one in values]
        missing = type(column)(quiet, dtype=object).isna().to_numpy()
    return [None if lacks else value for value, lacks in zip(values, missing, strict=True)]


def plain(value: Any) -> Any:
    """Python's own value for one of numpy's."""
    if not _is_of_numpy(value):
        return value
    if value.dtype.kind == "f" and value.dtype.itemsize < DOUBLE and not value.ndim:
        return float(str(value.astype("f4")))  # what a single is written with, as in a column
    is_time = value.dtype.kind in "mM"  # of nanoseconds Python has none
    return value.astype(f"{value.dtype.kind}8[us]").tolist() if is_time else value.tolist()


def _with_zone(column: Any) -> pl.Series:
    """Datetimes with a zone, which they keep if it has a name; others are shown in UTC."""
    zone = str(column.dtype.tz)
    times = _times(column.dt.tz_convert("UTC").dt.tz_localize(None)).dt.replace_time_zone("UTC")
    return times.dt.convert_time_zone(zone) if zone in available_timezones() else times


def _times(column: Any) -> pl.Series:
    """Datetimes or durations, in a unit that Polars has."""
    kind, unit = column.dtype.kind, column.dtype.str.partition("[")[2].rstrip("]")
    return pl.Series(column.to_numpy(dtype=f"{kind}8[{unit if unit in UNITS else 'ms'}]"))
