"""Text of cells as values of the types of their fields."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import polars as pl
from shape import Schema

Cells = dict[str, str]
Field = dict[str, Any]
Objects = Mapping[str, pl.DataType]
BOOLEANS = {
    "trueValues": ["true", "True", "TRUE", "1"],
    "falseValues": ["false", "False", "FALSE", "0"],
}


def as_native(rows: pl.DataFrame | Cells, schema: Schema, objects: Objects) -> pl.DataFrame:
    """Rows of text in the types that Parquet has for them.

    Raises:
        ValueError: a text is not of the type of its field.
    """
    frame = as_frame(rows)
    texts = frame.select(filled(field, schema) for field in schema["fields"])
    found = texts.select(
        dated(field) if field["type"] in DATED else plain(field, objects)
        for field in schema["fields"]
    )
    if texts.null_count().row(0) != found.null_count().row(0):
        raise ValueError(f"{rows}: not all of it is of the types of the schema")
    return found


def with_values(rows: pl.DataFrame | Cells, schema: Schema) -> Iterator[dict[str, Any]]:
    """Rows of text as values of JSON; what is not of its type stays text."""
    texts = as_frame(rows).select(filled(field, schema) for field in schema["fields"])
    values = texts.select(plain(field, {}) for field in schema["fields"])
    objects = [field["name"] for field in schema["fields"] if field["type"] == "object"]
    for row, text in zip(values.iter_rows(named=True), texts.iter_rows(named=True), strict=True):
        row |= {name: value for name, value in text.items() if row[name] is None}
        yield row | {name: decoded(row[name]) for name in objects}


def as_frame(rows: pl.DataFrame | Cells) -> pl.DataFrame:
    """Rows, of which there may be just one."""
    if isinstance(rows, pl.DataFrame):
        return rows
    return pl.DataFrame({name: [cell] for name, cell in rows.items()})


def types_of_objects(
    schema: Schema, chunk: Iterable[pl.DataFrame | Cells]
) -> dict[str, pl.DataType]:
    """The types of the columns with objects, told by what is in them."""
    fields = [field for field in schema["fields"] if field["type"] == "object"]
    texts = [filled(field, schema) for field in fields]
    frame = pl.concat(as_frame(rows).select(texts) for rows in chunk)
    return {column.name: column.drop_nulls().str.json_decode().dtype for column in frame}


def filled(field: Field, schema: Schema) -> pl.Expr:
    """The text of a field, missing values being null."""
    missing = schema.get("missingValues", [""])
    return pl.when(~pl.col(field["name"]).is_in(missing)).then(pl.col(field["name"]))


def plain(field: Field, objects: Objects) -> pl.Expr:
    """The values of a field, null for what is not of its type; dates stay text."""
    text = pl.col(field["name"])
    match field["type"]:
        case "integer":
            return text.cast(pl.Int64, strict=False)
        case "number":
            ungrouped = text.str.replace_all(field.get("groupChar", ""), "", literal=True)
            point = ungrouped.str.replace(field.get("decimalChar", "."), ".", literal=True)
            return point.cast(pl.Float64, strict=False)
        case "boolean":
            return text.replace_strict(truths(field), default=None, return_dtype=pl.Boolean)
        case "object" if field["name"] in objects:
            return text.str.json_decode(objects[field["name"]])
        case _:
            return text


def dated(field: Field) -> pl.Expr:
    """The values of a field of dates or moments, null for what is neither."""
    text = pl.col(field["name"])
    if field["type"] == "date":
        return text.str.to_date(field.get("format", "%Y-%m-%d"), strict=False)
    offset = text.str.replace("Z", "+00:00", literal=True)
    return offset.str.to_datetime("%Y-%m-%dT%H:%M:%S%z", time_zone="UTC", strict=False)


def truths(field: Field) -> dict[str, bool]:
    """The words of a field for true and false."""
    words = {key: field.get(key, default) for key, default in BOOLEANS.items()}
    return dict.fromkeys(words["trueValues"], True) | dict.fromkeys(words["falseValues"], False)


def decoded(text: str | None) -> Any:
    """An object written as text; other text stays as it is."""
    try:
        return text if text is None else json.loads(text)
    except json.JSONDecodeError:
        return text


DATED = ("date", "datetime")
