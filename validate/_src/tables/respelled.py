"""Values as `load` gives them, as cells that have these values."""

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from validate._src.fields._distinct import of_each
from validate._src.fields._json import read_json, written_json
from validate._src.fields._parsing import TEXT
from validate._src.words.schema import Field

LEADING_PLUS = r"^\+"  # before years of five digits, where XML Schema has none
FORMS = {"date": "%Y-%m-%d", "yearmonth": "%Y-%m"}


def days_as_texts(values: pl.Series, type_name: str) -> pl.Series:
    """Dates, times, datetimes or months as n texts of the form that their type has by default."""
    if isinstance(values.dtype, pl.Datetime):
        form = "%Y-%m-%dT%H:%M:%S%.f"  # which writes decimals of a second only if there are any
    else:
        form = "%H:%M:%S%.f" if values.dtype == pl.Time else FORMS[type_name]
    return values.dt.to_string(form).str.replace(LEADING_PLUS, "")


def as_cells(values: pl.Series, field: Field) -> pl.Series:
    """A column of a frame as cells of a field.

    A year, a month, a list, a point and a datetime far away are other values to `load` than the
    texts or native values that they are read from; all else is read as it is.

    Args:
        values: n values, or what else a frame has there.
        field: the field.

    Returns:
        n cells, which are of the type if the values are.
    """
    if field.type == "year" and values.dtype.is_integer():
        digits = values.abs().cast(pl.String).str.zfill(4)
        sign = pl.when(pl.lit(values) < 0).then(pl.lit("-")).otherwise(pl.lit(""))
        return pl.select(pl.concat_str(sign, digits).alias(values.name)).to_series()
    if field.type == "yearmonth" and values.dtype == pl.Date:
        is_first = values.dt.day() == 1
        months, days = (days_as_texts(values, name) for name in ("yearmonth", "date"))
        return months.zip_with(is_first.fill_null(value=True), days).alias(values.name)
    if field.type == "datetime" and isinstance(values.dtype, pl.Datetime):
        are_near = values.dt.year().is_between(1, 9999).all()
        return values if are_near else days_as_texts(values, field.type)
    respell = _respelling(field)
    if respell is None or values.dtype != pl.String:
        return values
    return of_each(values, respell, TEXT)


def _respelling(field: Field) -> Callable[[str], str] | None:
    """How values of types that are texts are spelled again; None where they are as they are."""
    if field.type == "list":
        return lambda text: _joined(text, field.options.delimiter)
    if field.type == "geopoint" and field.format in POINTS:
        return POINTS[field.format]
    return None


def _joined(text: str, delimiter: str) -> str:
    """A list in JSON as one that is delimited; another text as it is."""
    items = _json(text)
    if not isinstance(items, list):
        return text
    return delimiter.join(
        item if isinstance(item, str) else written_json(item) for item in list[Any](items)
    )


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except (ValueError, RecursionError):
        return None


def _as_array(text: str) -> str:
    return f"[{text}]" if _is_pair(text) else text


def _as_object(text: str) -> str:
    longitude, _, latitude = text.partition(",")
    return f'{{"lon": {longitude}, "lat": {latitude}}}' if _is_pair(text) else text


def _is_pair(text: str) -> bool:
    return isinstance(_json(f"[{text}]"), list) and text.count(",") == 1


POINTS: Mapping[str, Callable[[str], str]] = {"array": _as_array, "object": _as_object}
