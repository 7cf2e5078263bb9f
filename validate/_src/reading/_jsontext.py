"""JSON as a text: its values one by one, each with its place, in bounded memory."""

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any

from validate._src.fields._length import any_decimal, integer
from validate._src.reading.items import BrokenContentError

DEEPEST = 100  # levels: `json.dumps`, which makes text of values, recurses and ends at a thousand
TOO_DEEP = f"nested more than {DEEPEST} levels deep"
LONGEST = 256 * 2**20
"""Characters of a row: one is in memory whole, several times over."""
LONGEST_TOKEN = 16  # characters of a word, number or escape, which the end of a block may cut
NO_JSON = ("NaN", "Infinity", "-Infinity")
"""What some programs write for numbers that JSON has not."""
STRING_OR_NO_JSON = re.compile(r'"(?:[^"\\]|\\.)*"|-?Infinity|NaN')
SPACE = re.compile(r"[ \t\n\r]*")
ENDED = '}]"'
"""Marks at which a value has ended; a number or word may go on."""


@dataclass(frozen=True)
class Value:
    """A value as it stands in a text.

    Attributes:
        value: the value; numbers with a point are decimals.
        line: the line on which it starts, from 1.
        repeated: the keys that it has more than once in an object; the last is read.
    """

    value: Any
    line: int
    repeated: tuple[str, ...] = ()


class JsonText:
    """A text of which no more is in memory than a block and the value that is read.

    Source: RFC 8259.
    """

    def __init__(self, blocks: Iterable[bytes]) -> None:
        """Starts before the first block.

        Args:
            blocks: the text in UTF-8.
        """
        self._blocks = iter(blocks)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at = "", 0
        self._line, self._counted = 1, 0
        self._before = 0  # characters of the first line of the text that are dropped

    def peek(self) -> str:
        """The next character that is no space; empty at the end."""
        while True:
            found = SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def value(self) -> Value:
        """The next value.

        Raises:
            BrokenContentError: there is none.
        """
        self.peek()
        while True:
            try:
                value, end, repeated = decoded(self._text, self._at)
            except json.JSONDecodeError as error:
                if not (self._may_go_on(error) and self._more()):
                    raise self.fault(error.msg, error.pos) from None
                continue
            except NotJsonError as error:
                raise self.fault(str(error), error.position) from None
            if end < len(self._text) or self._text[end - 1] in ENDED or not self._more():
                break
        line, self._at = self.line, end
        return Value(value, line, repeated)

    def items(self) -> Iterator[Value]:
        """The items of an array, which begins here, up to its end."""
        self._take("[")
        if self.peek() == "]":
            self._take("]")
            return
        while True:
            yield self.value()
            if self._take(",", "]") == "]":
                return
            if self.peek() == "]":
                raise self.fault("a comma stands before it, and no item")

    def keys(self) -> Iterator[str]:
        """The keys of an object, which begins here; after each, its value is to be read."""
        self._take("{")
        if self.peek() == "}":
            self._take("}")
            return
        while True:
            if self.peek() != '"':
                raise self.fault("expected a key in double quotes")
            key = self.value().value
            self._take(":")
            yield key
            if self._take(",", "}") == "}":
                return

    def end(self) -> None:
        """Makes sure that nothing follows."""
        if self.peek():
            raise self.fault("something follows the end of the value")

    @property
    def line(self) -> int:
        """The line of the next character that was looked at."""
        self._line += self._text.count("\n", self._counted, self._at)
        self._counted = self._at
        return self._line

    def fault(self, reason: str, at: int | None = None) -> BrokenContentError:
        """The error for a place, the next character by default."""
        place = self._at if at is None else at
        line = self.line + self._text.count("\n", self._counted, place)
        start = self._text.rfind("\n", 0, place) + 1
        column = place - start + 1 + (0 if start else self._before)
        what = "the text ends here" if place >= len(self._text) else reason
        return BrokenContentError(f"not JSON at column {column}: {what}", line)

    def _take(self, *marks: str) -> str:
        found = self.peek()
        if found not in marks or not found:
            raise self.fault(f"expected {' or '.join(marks)}")
        self._at += 1
        return found

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """Whether what is missing may stand in the next block."""
        is_open = error.msg.startswith("Unterminated string")
        return is_open or error.pos >= len(self._text) - LONGEST_TOKEN

    def _more(self) -> bool:
        """Takes another block to what is left of the text, if there is one.

        Raises:
            BrokenContentError: the value that is read is longer than memory may hold.
            UnicodeDecodeError: the block is not UTF-8.
        """
        block = next(self._blocks, None)
        if block is None:
            self._decoder.decode(b"", final=True)
            return False
        line, at = self.line, self._at
        if len(self._text) - at > LONGEST:
            raise BrokenContentError(too_long("row"), line)
        start = self._text.rfind("\n", 0, at) + 1
        self._before = at - start + (0 if start else self._before)
        self._text = self._text[at:] + self._decoder.decode(block)
        self._at = self._counted = 0
        return True


def too_long(what: str) -> str:
    """What to say of a row or line that is not read."""
    return f"a {what} of more than {LONGEST // 2**20} MiB, which is not read"


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
