"""The table of the field types; a type is an entry in the file of its group."""

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

import polars as pl

from validate._src.fields import _booleans, _dates, _json, _numbers, _places, _text
from validate._src.fields._parsing import TEXT, FieldType, by_distinct
from validate._src.words.model import Field


def _lists(texts: Sequence[str], field: Field) -> list[str | None]:
    """Lists as JSON; null where an item is not of the type of the items.

    The items of all lists are parsed together: a query for each list would take longer
    than all the rest.
    """
    delimiter, item_type = field.options.delimiter, FIELD_TYPES[field.options.item_type]
    if not delimiter:
        return [None] * len(texts)
    lists = [text.split(delimiter) for text in texts]
    items = pl.DataFrame({"item": [item for one in lists for item in one]}, {"item": TEXT})
    item_field = Field(field.name, item_type.name, "default", {}, (), {})
    parser = item_type.parsers["default"]
    values = iter(items.select(parser(pl.col("item"), item_field)).to_series().to_list())
    return [_list(islice(values, len(one))) for one in lists]


def _list(values: Iterator[Any]) -> str | None:
    items = list(values)
    return None if None in items else json.dumps(items, ensure_ascii=False, default=str)


LIST = FieldType("list", TEXT, {"default": by_distinct(_lists, TEXT)})

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
