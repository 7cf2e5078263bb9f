"""Encodings of text: their names, files made UTF-8, and where one is not in its encoding."""

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

import polars as pl

from validate._src.reading._codes import value_of
from validate._src.reading.compression import unpacked
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource
from validate._src.words.surrogates import SURROGATE

UTF_8 = "utf-8"
CODE = "encoding-error"
UNKNOWN_TO_PYTHON = {
    "windows-31j": "cp932",
    "x-sjis": "shift_jis",
    "windows-874": "cp874",
    "iso-8859-8-i": "iso-8859-8",
    "iso-10646-ucs-2": "utf-16",
}
"""Names that IANA or publishers use, and what Python calls the encoding."""
PREFERRED_NAMES = (
    (r"^cp(125\d)$", r"windows-\1"),
    (r"^iso8859", "iso-8859"),
    (r"^iso2022_", "iso-2022-"),
    (r"^euc_", "euc-"),
    (r"^utf-16-([bl]e)$", r"utf-16\1"),
)
"""Names of encodings as Python has them, and as MIME prefers them."""
UTF_16 = "utf-16"
UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
BY_NULLS: Mapping[tuple[bool, ...], str] = {
    (False, True, False, True): "utf-16-le",
    (True, False, True, False): "utf-16-be",
}
"""UTF-16 by which of the first four bytes are zero: one of each character of Latin is."""


def python_name(name: str) -> str:
    """Python's name of an encoding.

    Raises:
        LookupError: there is no such encoding.
    """
    known = UNKNOWN_TO_PYTHON.get(name.lower(), name)
    try:
        "a".encode(known)  # codecs.lookup alone knows encodings of bytes as well
        found = codecs.lookup(known).name
    except ValueError as error:  # of "undefined", which encodes nothing, or a name that is no text
        raise LookupError(f"unknown encoding: {error}") from None
    return UTF_8 if found == "utf-8-sig" else found  # which passes over a mark in silence


def mime_name(encoding: str) -> str:
    """The name that MIME prefers for an encoding that Python knows."""
    for pattern, preferred in PREFERRED_NAMES:
        encoding = re.sub(pattern, preferred, encoding)
    return encoding


def decoded(resource: Resource, part: Part, encoding: str) -> Iterator[str]:
    """The text of a file in an encoding, in blocks.

    Raises:
        UnicodeDecodeError: the file is not in the encoding; the error's `object` is the block,
            after what was left over of the one before.
    """
    decoder = codecs.getincrementaldecoder(encoding)()
    for block in chain(unpacked(resource, part), [b""]):
        yield decoder.decode(block, final=not block)


def transcoded(resource: Resource, part: Part) -> Iterator[bytes]:
    """The text of a file in UTF-8, in blocks.

    Raises:
        FileError: the file is not in the encoding declared for it.
    """
    return as_utf_8(unpacked(resource, part), resource, part)


def as_utf_8(content: Iterable[bytes], resource: Resource, part: Part) -> Iterator[bytes]:
    """What is left of a file in the encoding of its resource, made UTF-8.

    Raises:
        FileError: the file is not in that encoding.

    Source: RFC 2781, 4.3: UTF-16 without a byte order mark should be read as big-endian; that
    which can be told to be little-endian by its bytes is not.
    """
    blocks = iter(content)
    first = next(blocks, b"")
    encoding = resource.encoding
    if first and encoding == UTF_16 and not first.startswith(UTF_16_MARKS):
        encoding = utf_16_by_nulls(first) or "utf-16-be"
        resource = replace(resource, encoding=encoding)
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in chain([first], blocks, [b""] if first else []):
            text = decoder.decode(block, final=not block)
            if SURROGATE.search(text):
                raise FileError(part.location, f"not text in the encoding {encoding}", code=CODE)
            if text:
                yield text.encode()
    except UnicodeDecodeError:
        raise undecodable(resource, part) from None
    except UnicodeError as error:  # what some encodings of Python raise
        what = f"not text in the encoding {encoding}: {error}"
        raise FileError(part.location, what, code=CODE) from None


def utf_16_by_nulls(begin: bytes) -> str | None:
    """Which UTF-16 a file is in by its first two characters, if it has no byte order mark.

    Source: RFC 4627, 3, of JSON, which begins with characters of ASCII; so do most tables.
    """
    return BY_NULLS.get(tuple(not byte for byte in begin[:4]))


def is_utf_8(content: bytes) -> bool:
    """Whether a text is UTF-8."""
    return content.isascii() or utf_8_text(content) is not None


def begins_utf_8(content: bytes) -> bool:
    """Whether a text is UTF-8, but for a character that is cut at its end."""
    try:
        codecs.utf_8_decode(content)
    except UnicodeDecodeError:
        return False
    return True


def utf_8_text(content: bytes) -> pl.Series | None:
    """A text as the only value of a series; None if it is not UTF-8.

    Polars sees that thirty times as fast as Python decodes it.
    """
    try:
        return value_of(content).cast(pl.String)
    except pl.exceptions.ComputeError:
        return None


def undecodable(resource: Resource, part: Part) -> FileError:
    """The error for a file that is not in its encoding: it names the first wrong byte."""
    error = wrong_byte(resource, part)
    assert error is not None, f"{part.location} is {resource.encoding}"
    return error


def wrong_byte(resource: Resource, part: Part) -> FileError | None:
    """The error for the first byte of a file that is not in its encoding; None if all are."""
    decoder = codecs.getincrementaldecoder(resource.encoding)()
    offset, line = 0, 1
    for block in chain(unpacked(resource, part), [b""]):
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            content = error.object  # the block, after what was left over of the one before
            start = offset + len(block) - len(content) + error.start
            line += content.count(b"\n", 0, error.start)
            message = (
                f"byte 0x{content[error.start]:02x} at offset {start} is not {resource.encoding}; "
                "save the file in that encoding, or declare the one it has"
            )
            return FileError(part.location, message, line, CODE)
        offset += len(block)
        line += block.count(b"\n")
    return None
