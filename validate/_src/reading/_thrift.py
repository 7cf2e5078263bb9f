"""Values in Thrift's compact protocol, in which Parquet writes its footers.

Source: github.com/apache/thrift, doc/specs/thrift-compact-protocol.md.
"""

import struct
from typing import Any

Struct = dict[int, Any]
"""The values of a struct by the numbers of their fields."""
DEEPEST = 20  # structs within each other: footers have six, and Python's stack ends
BOOLEANS = {1: True, 2: False}
WIDEST = 70  # bits of a number: integers have 64


def read_struct(content: bytes, last: int | None = None) -> Struct:
    """The struct that some bytes begin with.

    Args:
        content: the bytes.
        last: the number of the field behind which nothing is read; None for all.

    Raises:
        ValueError: they are none.
    """
    try:
        return _Reader(content).struct(0, last)
    except (IndexError, struct.error) as error:
        raise ValueError("ends too early") from error


class _Reader:
    """Reads one value after the other."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def struct(self, depth: int, last: int | None = None) -> Struct:
        """Fields until one of type 0, or the last; each has its number by the step to it."""
        if depth > DEEPEST:
            raise ValueError("goes too deep")
        found: Struct = {}
        number = 0
        while head := self._byte():
            step, kind = head >> 4, head & 15
            number = number + step if step else self._signed()
            found[number] = BOOLEANS[kind] if kind in BOOLEANS else self._value(kind, depth)
            if number == last:
                break
        return found

    def _value(self, kind: int, depth: int) -> Any:
        match kind:
            case 1 | 2:  # in lists, where each boolean has a byte
                return self._byte() == 1
            case 3:
                return self._byte()
            case 4 | 5 | 6:
                return self._signed()
            case 7:
                return struct.unpack("<d", self._bytes(8))[0]
            case 8:
                return self._bytes(self._unsigned())
            case 9 | 10:
                return self._list(depth)
            case 12:
                return self.struct(depth + 1)
            case _:
                raise ValueError(f"has a value of type {kind}, which footers have not")

    def _list(self, depth: int) -> list[Any]:
        if depth > DEEPEST:
            raise ValueError("goes too deep")
        head = self._byte()
        count, kind = head >> 4, head & 15
        if count == 15:
            count = self._unsigned()
        if count > len(self._content) - self._at:  # each value has a byte at least
            raise ValueError("ends too early")
        return [self._value(kind, depth + 1) for _ in range(count)]

    def _signed(self) -> int:
        number = self._unsigned()
        return (number >> 1) ^ -(number & 1)

    def _unsigned(self) -> int:
        """A number in groups of seven bits, the lowest first."""
        number = 0
        for shift in range(0, WIDEST, 7):
            byte = self._byte()
            number |= (byte & 127) << shift
            if byte < 128:
                return number
        raise ValueError("has a number that is too large")

    def _byte(self) -> int:
        self._at += 1
        return self._content[self._at - 1]

    def _bytes(self, count: int) -> bytes:
        found = self._content[self._at : self._at + count]
        if len(found) < count:
            raise ValueError("ends too early")
        self._at += count
        return found
