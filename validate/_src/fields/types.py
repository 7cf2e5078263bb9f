"""The table of the field types; a type is an entry in the file of its group."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import repeat
from typing import Any

import polars as pl

from validate._src.fields import (
    _booleans,
    _dates,
    _durations,
    _json,
    _numbers,
    _places,
    _text,
    _years,
)
from validate._src.fields._parsing import TEXT, FieldType
from validate._src.words.schema import Field


def _list(text: pl.Expr, field: Field) -> pl.Expr:
    return text.map_batches(lambda texts: _lists(texts, field), return_dtype=TEXT)


def _lists(texts: pl.Series, field: Field) -> pl.Series:
    """Lists as JSON; null where an item is not of the type of the items.

    The items of all lists are parsed together: a query for each list would take longer
    than all the rest.
    """
    if not field.options.delimiter:
        return pl.Series([None] * len(texts), dtype=TEXT)
    lists = texts.str.split(field.options.delimiter)
    items = lists.explode().drop_nulls().unique()
    written = pl.element().replace_strict(items, _items(items, field), return_dtype=TEXT)
    joined = lists.list.eval(written).list.join(", ", ignore_nulls=False)
    return pl.select("[" + pl.lit(joined) + "]").to_series()


def _items(texts: pl.Series, field: Field) -> pl.Series:
    """Items of lists as JSON, null where one is not of their type."""
    item_type = FIELD_TYPES[field.options.item_type]
    item_field = Field(field.name, item_type.name, "default", {}, (), {})
    parser = item_type.parsers["default"](pl.col("item"), item_field)
    values = texts.alias("item").to_frame().select(parser).to_series()
    exact = item_type.exactness and item_type.exactness.exactly(texts, values, item_field)
    if values.dtype.is_temporal():
        values = values.cast(pl.String)  # Python has no dates after the year 9999
    others: Iterable[str | None] = repeat(None) if exact is None else exact
    written = [_item(*item, item_type.dtype) for item in zip(values, others, strict=False)]
    return pl.Series(written, dtype=TEXT)


def _item(value: Any, exact: str | None, dtype: pl.DataType) -> str | None:
    """An item of a list as JSON, by what it is exactly where its Polars type does not say it."""
    if exact is not None and dtype.is_numeric():
        return f"{Decimal(exact):f}" if dtype.is_integer() else exact
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)


LIST = FieldType("list", TEXT, {"default": _list}, length=_json.length)

FIELD_TYPES: Mapping[str, FieldType] = {
    field_type.name: field_type
    for field_type in (
        _text.STRING,
        *_numbers.TYPES,
        *_booleans.TYPES,
        *_dates.TYPES,
        *_years.TYPES,
        *_durations.TYPES,
        *_json.TYPES,
        LIST,
        *_places.TYPES,
        _text.ANY,
    )
}
"""The field types by name."""
OF_DIGITS = frozenset(
    {"integer", "number", "boolean", "date", "time", "datetime", "year", "yearmonth", "duration"}
)
"""Types whose values are digits, signs and few words: hardly any other text is one."""


def why_no_format(type_name: str, format_name: str) -> str | None:
    """Why values of a type cannot be read by a format; None if they can."""
    if FIELD_TYPES[type_name].parser(format_name) is None:
        return f'type {type_name} has no format "{format_name}"'
    if "%" in format_name and not _dates.is_strptime_pattern(format_name):
        return f'"{format_name}" is not a valid strptime format'
    return None
