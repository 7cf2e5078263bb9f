"""The types object and array: JSON in one form, so that equal values are equal texts."""

import json
from collections.abc import Callable
from typing import Any

import polars as pl

from validate._src.fields._parsing import TEXT, FieldType, by_python
from validate._src.words.schema import EXACT, Field


def read_json(text: str) -> Any:
    """A JSON value; NaN and Infinity, which Python reads, are none.

    Raises:
        ValueError: the text is no JSON.
    """
    return json.loads(text, parse_constant=_no_number, parse_float=_number)


def _number(text: str) -> int | float:
    """A JSON number, of which there is one kind: `1.0` is `1`."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < EXACT else number


def _no_number(text: str) -> None:
    raise ValueError(text)


def canonical_json(value: Any) -> str:
    """JSON in one form.

    Raises:
        ValueError: it holds a lone surrogate, which is no character.
    """
    dumped = json.dumps(value, sort_keys=True, ensure_ascii=False)
    dumped.encode()
    return dumped


def _json_of(kind: type) -> Callable[[str, Field], str]:
    def parse(text: str, field: Field) -> str:
        value = read_json(text)
        if not isinstance(value, kind):
            raise ValueError(text)
        return canonical_json(value)

    return parse


def length(value: pl.Expr) -> pl.Expr:
    """How many items an array has, or members an object."""
    return value.map_elements(lambda text: len(json.loads(text)), return_dtype=pl.Int64)


TYPES = tuple(
    FieldType(
        name,
        TEXT,
        {"default": by_python(_json_of(kind), TEXT)},
        native=frozenset({name}),
        length=length,
    )
    for name, kind in (("object", dict), ("array", list))
)
