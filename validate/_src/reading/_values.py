"""Values that have types already: their text, and the standard's name of their type."""

import re
from base64 import b64encode
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from validate._src.fields._json import written_json
from validate._src.fields._length import digits_of, is_whole, text_of_number
from validate._src.fields.natives import FRACTION
from validate._src.words.schema import BROKEN_TEXT
from validate._src.words.surrogates import is_of_characters

KINDS: Mapping[type, str] = {
    str: "text",
    bool: "boolean",
    int: "integer",
    float: "number",
    Decimal: "number",
    dict: "object",
    list: "array",
    datetime: "datetime",
    date: "date",
    time: "time",
    timedelta: "duration",
    bytes: "text",
}
LONGEST = 1000
"""Digits of an integer that is written with an exponent: `1e999999999` would fill the memory."""


def text_and_kind(value: Any) -> tuple[str | None, str | None]:
    """What `text_of` and `kind_of` give; an object or array is made JSON once for both."""
    if not isinstance(value, dict | list):
        return text_of(value), kind_of(value)
    written = _json_of(value)
    return characters(written), _kind_of_texts(value, written)


def text_of(value: Any) -> str | None:
    """A value as text, in the form that the type of the same name has by default."""
    kind = type(value)
    if value is None:
        return None
    if kind is str:
        return characters(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is int or _is_whole(value):
        return digits_of(value)
    if isinstance(value, dict | list):
        return characters(_json_of(value))
    if isinstance(value, bytes):
        return b64encode(value).decode()
    if isinstance(value, timedelta):
        return _duration(value)
    if isinstance(value, date | time):
        return re.sub(FRACTION, r"\1\2", value.isoformat())
    if isinstance(value, float | Decimal):
        return text_of_number(value)
    return characters(str(value))


def _json_of(value: dict[Any, Any] | list[Any]) -> str:
    """A value as JSON; one that has itself in it, or many levels of others, has no such text."""
    try:
        return written_json(value)
    except RecursionError:
        return "{…}" if isinstance(value, dict) else "[…]"


def _duration(value: timedelta) -> str:
    """A duration as XML Schema writes it, such as `P2DT3H`; one below zero with a sign."""
    size = abs(value)
    minutes, seconds = divmod(size.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    decimals = f".{size.microseconds:06}".rstrip("0").rstrip(".")
    parts = ((hours, "H"), (minutes, "M"), (f"{seconds}{decimals}", "S"))
    clock = "".join(f"{number}{unit}" for number, unit in parts if str(number) != "0")
    days = f"{size.days}D" if size.days else ""
    text = f"P{days}{'T' if clock else ''}{clock}" if days or clock else "PT0S"
    return f"-{text}" if value < timedelta() else text


def kind_of(value: Any) -> str | None:
    """The native type of a value, by the standard's name; None for null."""
    if value is None:
        return None
    if _is_whole(value):
        return "integer"
    if isinstance(value, str):
        return _kind_of_texts(value, value)
    return _kind_of_texts(value, _json_of(value) if isinstance(value, dict | list) else "")


def _kind_of_texts(value: Any, texts: str) -> str:
    """The kind of a value that is no whole number, with all texts that are in it."""
    if not is_of_characters(texts):
        return BROKEN_TEXT
    return next((KINDS[one] for one in type(value).__mro__ if one in KINDS), "unknown")


def characters(text: str) -> str:
    """A text of characters alone; JSON can spell lone surrogates, which are none."""
    return str(text) if text.isascii() else text.encode("utf-8", "replace").decode()


def _is_whole(value: Any) -> bool:
    """Whether a number with a decimal point, which not every format tells, is an integer.

    Of doubles all from 2^53 on are, up to infinity.
    """
    if isinstance(value, Decimal):
        return is_whole(value) and _is_written_out(value)
    return isinstance(value, float) and value.is_integer()


def _is_written_out(value: Decimal) -> bool:
    """Whether the digits of a number stand in its text, or are not too many to be made."""
    return value.adjusted() < LONGEST or value.as_tuple().exponent == 0
