"""JSON as a text: its values one by one, each with its place, in bounded memory."""

import codecs
import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from validate._src.reading._codes import count_of
from validate._src.reading._jsonvalues import NotJsonError, decoded
from validate._src.reading.items import BrokenContentError, Columns

LONGEST = 256 * 2**20
"""Characters of a row: one is in memory whole, several times over."""
LONGEST_TOKEN = 16  # characters of a word, number or escape, which the end of a block may cut
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


Ahead = Callable[["JsonText"], Iterator[Columns]]


class JsonText:
    """A text of which no more is in memory than a block and the value that is read.

    Source: RFC 8259.
    """

    def __init__(self, blocks: Iterable[bytes]) -> None:
        """Starts before the first block.

        Args:
            blocks: the text in UTF-8.
        """
        self._blocks: Iterator[bytes] = iter(blocks)
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._text, self._at = "", 0
        self._line, self._counted = 1, 0
        self._before = 0  # characters of the first line of the text that are dropped
        self._kept, self._with_kept = b"", False  # the block that was ahead

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

    def items(self, ahead: Ahead | None = None) -> Iterator[Value | Columns]:
        """The items of an array, which begins here, up to its end.

        Args:
            ahead: takes items as columns, if it can, and leaves the text at another item.
        """
        self.take("[")
        if self.peek() == "]":
            self.take("]")
            return
        while True:
            if ahead is not None:
                yield from ahead(self)
                self._expect_item()
            yield self.value()
            if self.take(",", "]") == "]":
                return
            self._expect_item()

    def _expect_item(self) -> None:
        if self.peek() == "]":
            raise self.fault("a comma stands before it, and no item")

    def keys(self) -> Iterator[str]:
        """The keys of an object, which begins here; after each, its value is to be read."""
        self.take("{")
        if self.peek() == "}":
            self.take("}")
            return
        while True:
            if self.peek() != '"':
                raise self.fault("expected a key in double quotes")
            key = self.value().value
            self.take(":")
            yield key
            if self.take(",", "}") == "}":
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

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """Whether what is missing may stand in the next block."""
        is_open = error.msg.startswith("Unterminated string")
        return is_open or error.pos >= len(self._text) - LONGEST_TOKEN

    def ahead(self, *, more: bool) -> bytes:
        """What is left of the text in UTF-8, for `go_on` to go on in it, or for nothing.

        Args:
            more: whether with the next block, which may not be UTF-8; nothing if there is none.
        """
        self._drop()
        self._with_kept = more
        left = self._text.encode() + self._decoder.getstate()[0]
        if not more:
            return left
        self._kept = self._kept or next(self._blocks, b"")
        return left + self._kept if self._kept else b""

    def go_on(self, content: bytes, at: int) -> None:
        """Goes on at a byte of what was ahead; what is left of it is UTF-8."""
        start = content.rfind(b"\n", 0, at) + 1
        self._line += count_of(b"\n", content, at)
        self._before = len(content[start:at].decode()) + (0 if start else self._before)
        self._kept = b"" if self._with_kept else self._kept
        self._decoder.reset()
        self._text, self._at, self._counted = self._decoder.decode(content[at:]), 0, 0

    def take(self, *marks: str) -> str:
        """Goes past the next character that is no space, which is one of some.

        Raises:
            BrokenContentError: it is none of them.
        """
        found = self.peek()
        if found not in marks or not found:
            raise self.fault(f"expected {' or '.join(marks)}")
        self._at += 1
        return found

    def _drop(self) -> None:
        """Drops what was read."""
        line, at = self.line, self._at
        start = self._text.rfind("\n", 0, at) + 1
        self._before = at - start + (0 if start else self._before)
        self._text, self._at, self._counted, self._line = self._text[at:], 0, 0, line

    def _more(self) -> bool:
        """Takes another block to what is left of the text, if there is one.

        Raises:
            BrokenContentError: the value that is read is longer than memory may hold.
            UnicodeDecodeError: the block is not UTF-8.
        """
        block, self._kept = self._kept or next(self._blocks, None), b""
        if block is None:
            self._decoder.decode(b"", final=True)
            return False
        if len(self._text) - self._at > LONGEST:
            raise BrokenContentError(too_long("row"), self.line)
        self._drop()
        self._text += self._decoder.decode(block)
        return True


def too_long(what: str) -> str:
    """What to say of a row or line that is not read."""
    return f"a {what} of more than {LONGEST // 2**20} MiB, which is not read"
