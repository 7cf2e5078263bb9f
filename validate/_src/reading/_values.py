"""Values that have types already: their text, and the standard's name of their type."""

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from validate._src.words.schema import EXACT

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
}


def text_of(value: Any) -> str | None:
    """A value as text, in the form that the type of the same name has by default."""
    if value is None:
        return None
    if isinstance(value, str):
        return characters(value)
    if _is_whole(value):
        return str(int(value))
    if isinstance(value, bool | dict | list):
        return characters(json.dumps(value, ensure_ascii=False, default=_jsonable))
    return value.isoformat() if isinstance(value, date | time) else str(value)


def kind_of(value: Any) -> str | None:
    """The native type of a value, by the standard's name; None for null."""
    if value is None:
        return None
    if _is_whole(value):
        return "integer"
    return next((KINDS[one] for one in type(value).__mro__ if one in KINDS), "unknown")


def characters(text: str) -> str:
    """A text of characters alone; JSON can spell lone surrogates, which are none."""
    return text.encode("utf-8", "replace").decode()


def _jsonable(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else str(value)


def _is_whole(value: Any) -> bool:
    """Whether a number with a decimal point, which not every format tells, is an integer."""
    return isinstance(value, float | Decimal) and -EXACT < value < EXACT and value == int(value)
