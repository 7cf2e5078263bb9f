"""JSON of plain members, all of a column at once, by regular expressions.

An array or object is plain where its members are numbers of few digits, words, and texts
without escapes, parted as Python parts them: then it is in canonical form, but for the order of
the keys. To have Python read and write each takes ten times as long.
"""

import json
import re

import polars as pl

from validate._src.words.schema import Field

FEW = 2**8  # texts that Python reads in less time than the queries take
KEY = r'"[A-Za-z0-9_. -]*"'
SCALAR = r'(?:"[^"\\\x00-\x1f]*"|-?[1-9][0-9]{0,14}|0|true|false|null)'
ARRAY = rf"^\[(?:{SCALAR}(?:, {SCALAR})*)?\]$"
OBJECT = rf"^\{{(?:{KEY}: {SCALAR}(?:, {KEY}: {SCALAR})*)?\}}$"
MOST_SHAPES, MOST_KEYS = 16, 32
"""Lists of keys that are looked at, each by a query of its own, and keys of each."""

AtOnce = tuple[pl.Series, pl.Series | None]
"""The canonical form of n texts, and which of them are not plain."""


def plain_arrays(texts: pl.Series, field: Field) -> AtOnce:
    """Arrays of plain items, which are canonical as they are."""
    if len(texts) < FEW:
        return texts, texts.is_not_null()
    return texts, ~texts.str.contains(ARRAY).fill_null(value=True)


def plain_objects(texts: pl.Series, field: Field) -> AtOnce:
    """Objects of plain members; of those with the same keys all are put in order together."""
    is_odd = texts.is_not_null()
    if len(texts) < FEW:
        return texts, is_odd
    plain = pl.when(pl.col("text").str.contains(OBJECT)).then(pl.col("text"))
    keys = texts.to_frame("text").select(plain.str.replace_all(f": {SCALAR}", "")).to_series()
    values, shapes = texts.clone(), keys.drop_nulls().unique()
    for shape in shapes if len(shapes) <= MOST_SHAPES else ():
        is_alike = (keys == shape).fill_null(value=False)
        ordered = _in_order(texts.filter(is_alike), json.loads(f"[{shape[1:-1]}]"))
        if ordered is not None:
            values, is_odd = values.scatter(is_alike.arg_true(), ordered), is_odd & ~is_alike
    return values, is_odd


def _in_order(texts: pl.Series, keys: list[str]) -> pl.Series | None:
    """Plain objects with some keys, in their order; None if a key stands twice or they are many."""
    if len({*keys}) < len(keys) or len(keys) > MOST_KEYS:
        return None
    if keys == sorted(keys):
        return texts
    members = (f'"{re.escape(key)}": ({SCALAR})' for key in keys)
    places = {key: number for number, key in enumerate(keys, 1)}
    written = (f'"{key}": ${{{places[key]}}}' for key in sorted(keys))
    return texts.str.replace(rf"^\{{{', '.join(members)}\}}$", f"{{{', '.join(written)}}}")
