"""The table of the field types; a type is an entry in the file of its group."""

import json
from collections.abc import Mapping

import polars as pl

from validate._src.fields import _booleans, _dates, _json, _numbers, _places, _text
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
    written = [
        None if value is None else json.dumps(value, ensure_ascii=False, default=str)
        for value in values
    ]
    return pl.Series(written, dtype=TEXT)


LIST = FieldType("list", TEXT, {"default": _list})

FIELD_TYPES: Mapping[str, FieldType] = {
    field_type.name: field_type
    for field_type in (
        _text.STRING,
        *_numbers.TYPES,
        *_booleans.TYPES,
        *_dates.TYPES,
        *_json.TYPES,
        LIST,
        *_places.TYPES,
        _text.ANY,
    )
}
"""The field types by name."""


def why_no_format(type_name: str, format_name: str) -> str | None:
    """Why values of a type cannot be read by a format; None if they can."""
    if FIELD_TYPES[type_name].parser(format_name) is None:
        return f'type {type_name} has no format "{format_name}"'
    if "%" in format_name and not _dates.is_strptime_pattern(format_name):
        return f'"{format_name}" is not a valid strptime format'
    return None
