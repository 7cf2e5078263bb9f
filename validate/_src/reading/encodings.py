"""Encodings of text: their names, files made UTF-8, and where one is not in its encoding."""

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain

from validate._src.reading.compression import unpacked
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource

UTF_8 = "utf-8"
CODE = "encoding-error"
SURROGATE = re.compile("[\ud800-\udfff]")
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
)
"""Names of encodings as Python has them, and as MIME prefers them."""


def python_name(name: str) -> str:
    """Python's name of an encoding.

    Raises:
        LookupError: there is no such encoding.
    """
    known = UNKNOWN_TO_PYTHON.get(name.lower(), name)
    "a".encode(known)  # codecs.lookup alone knows encodings of bytes as well
    found = codecs.lookup(known).name
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
    """
    encoding = resource.encoding
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in chain(content, [b""]):
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
