"""Single values in a text of JSON."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from validate._src.fields._length import any_decimal, integer

DEEPEST = 100  # levels: `json.dumps`, which makes text of values, recurses and ends at a thousand
TOO_DEEP = f"nested more than {DEEPEST} levels deep"
NO_JSON = ("NaN", "Infinity", "-Infinity")
"""What some programs write for numbers that JSON has not."""
STRING_OR_NO_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|-?Infinity|NaN')


class NotJsonError(ValueError):
    """A text has a value that is none of JSON, or that cannot be read.

    Attributes:
        position: where it stands.
    """

    def __init__(self, reason: str, position: int) -> None:
        """Keeps the position."""
        super().__init__(reason)
        self.position = position


class _NoValueError(ValueError):
    """A word stands for a number that JSON has not."""


def _refused(word: str) -> None:
    raise _NoValueError(word)


SPACED_COLONS = (" :", "\t:", "\r:", "\n:")
QUICK = json.JSONDecoder(parse_float=Decimal, parse_constant=_refused)
PATIENT = json.JSONDecoder(parse_float=any_decimal, parse_int=integer, parse_constant=_refused)
"""For numbers of any length: to look at the length of each takes time."""


def decoded(text: str, at: int) -> tuple[Any, int, tuple[str, ...]]:
    """The value at a place, where it ends, and the keys that it has more than once.

    Raises:
        NotJsonError: there is none that could be read.
        json.JSONDecodeError: there is none, or it is cut off.
    """
    try:
        value, end = _value(text, at)
        if _may_repeat(value, text, at, end):
            return value, end, _repeated(text, at)
        return value, end, ()
    except _NoValueError as error:
        reason = f"{error} is no value of JSON; write null where there is no number"
        raise NotJsonError(reason, _place_of_no_json(text, at)) from None
    except RecursionError:
        raise NotJsonError(TOO_DEEP, at) from None


def _value(text: str, at: int) -> tuple[Any, int]:
    """The value at a place, and where it ends."""
    try:
        return QUICK.raw_decode(text, at)
    except (json.JSONDecodeError, _NoValueError):
        raise
    except (ValueError, InvalidOperation):
        return PATIENT.raw_decode(text, at)


def _may_repeat(value: Any, text: str, at: int, end: int) -> bool:
    """Whether a value may have a key twice; the quick decoder does not tell.

    Raises:
        RecursionError: it is nested too deeply.
    """
    opened = text.count("{", at, end)
    if opened + text.count("[", at, end) > DEEPEST:
        _check_depth(value)
    if not isinstance(value, dict):
        return opened > 0
    made: dict[str, Any] = value
    if text.count(":", at, end) == len(made):
        return False
    # Addresses and times hold colons too. Where none stands after white space each key has one
    # right after its quote, and no more quotes have one than there are different keys.
    if text.count('":', at, end) != len(made):
        return True
    for colon in SPACED_COLONS:  # noqa: SIM110 - any() would take twice as long
        if text.find(colon, at, end) >= 0:
            return True
    return False


def _check_depth(value: Any) -> None:
    """Checks how deeply a value is nested.

    Raises:
        RecursionError: too deeply.
    """
    level: list[Any] = [value]
    for _ in range(DEEPEST + 1):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return
    raise RecursionError


def _inside(value: Any) -> Iterable[Any]:
    """The values within a value."""
    if isinstance(value, dict):
        made: dict[str, Any] = value
        return made.values()
    return value if isinstance(value, list) else ()


def _repeated(text: str, at: int) -> tuple[str, ...]:
    """The keys that the value at a place has more than once in an object."""
    found: list[str] = []
    thorough = json.JSONDecoder(
        object_pairs_hook=partial(_object, found), parse_float=str, parse_int=str
    )
    thorough.raw_decode(text, at)
    return tuple(found)


def _object(repeated: list[str], pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        times = Counter(key for key, _ in pairs)
        repeated += [key for key in made if times[key] > 1]
    return made


def _place_of_no_json(text: str, at: int) -> int:
    """Where the first word stands for which JSON has no value."""
    words = (found for found in STRING_OR_NO_JSON.finditer(text, at) if found[0] in NO_JSON)
    return next((found.start() for found in words), at)
