"""The bytes of a block as a series, without a copy: Polars reads them where they are.

Source: Arrow, "The Arrow C data interface" and "The Arrow PyCapsule Interface".
"""

import ctypes
from functools import cache
from itertools import count
from typing import Any

import polars as pl

UINT8, BINARY, TEXT = b"C", b"Z", b"U"  # what the interface calls the types
STEP = 2**18
"""Bytes that are looked at together: as many as stay, with a number for each, in a core's cache."""
NEW_CAPSULE = ctypes.pythonapi.PyCapsule_New
NEW_CAPSULE.restype = ctypes.py_object
NEW_CAPSULE.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
IN_CAPSULE = ctypes.pythonapi.PyCapsule_GetPointer
IN_CAPSULE.restype = ctypes.c_void_p
IN_CAPSULE.argtypes = [ctypes.py_object, ctypes.c_char_p]


class _Schema(ctypes.Structure):
    """The type of an array, `struct ArrowSchema`."""


class _Array(ctypes.Structure):
    """The buffers of an array, `struct ArrowArray`."""


RELEASE_SCHEMA = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Schema))
RELEASE_ARRAY = ctypes.CFUNCTYPE(None, ctypes.POINTER(_Array))
_Schema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.c_void_p),
    ("dictionary", ctypes.c_void_p),
    ("release", RELEASE_SCHEMA),
    ("private_data", ctypes.c_void_p),
]
_Array._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.c_void_p),
    ("dictionary", ctypes.c_void_p),
    ("release", RELEASE_ARRAY),
    ("private_data", ctypes.c_void_p),
]
GET_NEXT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.POINTER(_Array))


class _Stream(ctypes.Structure):
    """Arrays that follow each other, `struct ArrowArrayStream`."""

    _fields_ = [
        ("get_schema", ctypes.c_void_p),
        ("get_next", GET_NEXT),
        ("get_last_error", ctypes.c_void_p),
        ("release", ctypes.c_void_p),
        ("private_data", ctypes.c_void_p),
    ]


_held: dict[int, Any] = {}
"""What Polars looks at, by number until it lets it go."""
_numbers = count(1)


@RELEASE_SCHEMA
def _release_schema(schema: Any) -> None:
    schema.contents.release = RELEASE_SCHEMA()


@RELEASE_ARRAY
def _release_array(array: Any) -> None:
    _held.pop(array.contents.private_data, None)
    array.contents.release = RELEASE_ARRAY()


class _Lent:
    """Integers of 64 bits of a series, where Polars has them, as long as this lives."""

    def __init__(self, numbers: pl.Series) -> None:
        """Asks Polars for them."""
        capsule: object = numbers.cast(pl.Int64).rechunk().__arrow_c_stream__()
        pointer = IN_CAPSULE(capsule, b"arrow_array_stream")
        stream = ctypes.cast(pointer, ctypes.POINTER(_Stream)).contents
        self._array: Any = _Array()
        failed = stream.get_next(pointer, self._array)
        assert not failed, "a series gives its array"
        assert self._array.length == len(numbers), "a series of one chunk gives one"
        self.address = self._array.buffers[1] + self._array.offset * ctypes.sizeof(ctypes.c_int64)

    def __del__(self) -> None:
        """Gives them back."""
        self._array.release(self._array)


class _Uncopied:
    """An array that says of itself where it is, as Arrow asks."""

    def __init__(
        self, kind: bytes, length: int, block: bytes, offsets: "_Lent | None" = None
    ) -> None:
        """Takes what is in the array.

        Args:
            kind: its type.
            length: how many values it has; all are valid.
            block: its data.
            offsets: where in the data values begin and end, for a type that has them.
        """
        self._schema = _Schema(kind, b"", None, 0, 0, None, None, _release_schema, None)
        data = ctypes.cast(ctypes.c_char_p(block), ctypes.c_void_p).value
        addresses = [None, *([offsets.address] if offsets else []), data]
        buffers = (ctypes.c_void_p * len(addresses))(*addresses)
        number = next(_numbers)
        _held[number] = (block, offsets, buffers)
        self._array = _Array(
            length, 0, 0, len(addresses), 0, buffers, None, None, _release_array, number
        )

    def __arrow_c_array__(self, requested_schema: object = None) -> tuple[object, object]:
        """The two structures; Polars takes what is in them for its own."""
        return (
            NEW_CAPSULE(ctypes.addressof(self._schema), b"arrow_schema", None),
            NEW_CAPSULE(ctypes.addressof(self._array), b"arrow_array", None),
        )


def codes_of(block: bytes) -> pl.Series:
    """The bytes of a block as numbers; the block stays in memory as long as they do.

    Copied: +5 to 16 % on tables with quotes (benchmarks/tricks.py).
    """
    if not block:
        return pl.Series(dtype=pl.UInt8)
    return pl.Series(_Uncopied(UINT8, len(block), block))


def count_of(byte: bytes, block: bytes, end: int | None = None) -> int:
    """How often a byte stands in a block, or in what is before an end.

    `bytes.count` takes several times as long.
    """
    return int((codes_of(block).head(len(block) if end is None else end) == ord(byte)).sum())


def places_of(byte: int, codes: pl.Series) -> pl.Series:
    """The places of a byte among those of a block.

    All at once by `arg_true`, which goes from bit to bit, takes twice as long.
    """
    found = [_numbers_to(STEP).clear()]
    for begin in range(0, len(codes), STEP):
        are_equal = codes.slice(begin, STEP) == byte
        found.append(_numbers_to(STEP).head(len(are_equal)).filter(are_equal) + begin)
    return pl.concat(found, rechunk=True)


@cache
def _numbers_to(end: int) -> pl.Series:
    return pl.int_range(end, dtype=pl.UInt32, eager=True)


def value_of(block: bytes) -> pl.Series:
    """A block as the only value of a series; it stays in memory as long as the series does."""
    return pl.Series(_Uncopied(BINARY, 1, block, _Lent(pl.Series([0, len(block)]))))


def pieces_of(block: bytes, ends: pl.Series) -> pl.Series:
    """The texts that a block in UTF-8 is cut into at some places; it stays in memory with them.

    Args:
        block: the block.
        ends: where they end, ascending, none of them within a character.
    """
    offsets = pl.concat([pl.Series([0], dtype=pl.Int64), ends.cast(pl.Int64)])
    return pl.Series(_Uncopied(TEXT, len(ends), block, _Lent(offsets)))
