"""The types object and array: JSON in one form, so that equal values are equal texts."""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import polars as pl

from validate._src.fields._exact import decimal
from validate._src.fields._length import MOST_DIGITS, any_decimal, digits_of, integer, is_whole
from validate._src.fields._parsing import TEXT, FieldType, at_once_or, by_python
from validate._src.fields._plainjson import plain_arrays, plain_objects
from validate._src.words.schema import EXACT, Field


def read_json(text: str) -> Any:
    """A JSON value; NaN and Infinity, which Python reads, are none.

    Numbers that neither an integer nor a double of Python holds are decimals.

    Raises:
        ValueError: the text is no JSON.
    """
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError:
        raise
    except ValueError:  # an integer that is too long for Python; to look at each takes time
        return json.loads(text, parse_constant=_no_number, parse_float=_number, parse_int=integer)


def _number(text: str) -> float | Decimal:
    """A JSON number, of which there is one kind: `1.0` is `1`."""
    number = float(text)
    if abs(number) < EXACT:
        return int(number) if number.is_integer() else number
    exact = any_decimal(text)
    if not is_whole(exact):
        return number
    return int(exact) if exact.adjusted() < MOST_DIGITS else exact


def _no_number(text: str) -> None:
    raise ValueError(text)


def canonical_json(value: Any) -> str:
    """JSON in one form.

    Raises:
        ValueError: it holds a lone surrogate, which is no character.
    """
    dumped = written_json(value, is_canonical=True)
    dumped.encode()
    return dumped


def written_json(value: Any, *, is_canonical: bool = False) -> str:
    """JSON with numbers of any length; what JSON has no form for is a text.

    Args:
        value: the value; numbers may be decimals.
        is_canonical: whether equal values are to have equal texts.
    """
    try:
        return (CANONICAL if is_canonical else AS_IT_IS).encode(value)
    except (_NoDoubleError, ValueError):
        return _spelled(value, is_canonical=is_canonical)


class _NoDoubleError(Exception):
    """A double does not hold a decimal."""


def _jsonable(value: Any) -> Any:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if not isinstance(value, Decimal):
        return str(value)
    if not abs(number := float(value)) < EXACT:
        raise _NoDoubleError
    return number


DECODER = json.JSONDecoder(parse_constant=_no_number, parse_float=_number)
AS_IT_IS, CANONICAL = (
    json.JSONEncoder(default=_jsonable, ensure_ascii=False, sort_keys=sort)
    for sort in (False, True)
)
"""Made once: to make them for each text takes as long as to read it."""


def _spelled(value: Any, *, is_canonical: bool) -> str:
    """The same, number by number."""
    if isinstance(value, dict):
        made: Mapping[str, Any] = value
        written = (
            f"{_spelled(str(key), is_canonical=False)}: {_spelled(one, is_canonical=is_canonical)}"
            for key, one in (sorted(made.items()) if is_canonical else made.items())
        )
        return f"{{{', '.join(written)}}}"
    if isinstance(value, list):
        items: list[Any] = value
        return f"[{', '.join(_spelled(item, is_canonical=is_canonical) for item in items)}]"
    if type(value) is int:
        return digits_of(value)
    if isinstance(value, Decimal):
        text = str(value)
        return decimal(text) or text if is_canonical else text
    return json.dumps(value, default=str, ensure_ascii=False)


def _json_of(kind: type) -> Callable[[str, Field], str]:
    def parse(text: str, field: Field) -> str:
        value = read_json(text)
        if not isinstance(value, kind):
            raise ValueError(text)
        return canonical_json(value)

    return parse


def length(value: pl.Expr) -> pl.Expr:
    """How many items an array has, or members an object."""
    return value.map_elements(lambda text: len(read_json(text)), return_dtype=pl.Int64)


TYPES = tuple(
    FieldType(
        name,
        TEXT,
        {
            "default": at_once_or(
                by_python(_json_of(kind), TEXT), at_once, TEXT, takes_long=lambda field: True
            )
        },
        native=frozenset({name}),
        length=length,
    )
    for name, kind, at_once in (("object", dict, plain_objects), ("array", list, plain_arrays))
)
