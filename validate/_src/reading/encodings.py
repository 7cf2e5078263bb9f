"""Encodings of text: their names, files made UTF-8, and where one is not in its encoding."""

import codecs
import re
from collections.abc import Iterator
from itertools import chain

from validate._src.reading.compression import unpacked
from validate._src.words.errors import PackageError
from validate._src.words.model import Part, Resource

UTF_8 = "utf-8"
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
    return codecs.lookup(known).name


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
        PackageError: the file is not in the encoding declared for it.
    """
    try:
        for text in decoded(resource, part, resource.encoding):
            if SURROGATE.search(text):
                raise PackageError(f"{part.location}: not text in the encoding {resource.encoding}")
            if text:
                yield text.encode()
    except UnicodeDecodeError:
        raise undecodable(resource, part) from None
    except UnicodeError as error:  # what some encodings of Python raise
        what = f"not text in the encoding {resource.encoding}: {error}"
        raise PackageError(f"{part.location}: {what}") from None


def undecodable(resource: Resource, part: Part) -> PackageError:
    """The error for a file that is not in its encoding: it names the first wrong byte."""
    error = wrong_byte(resource, part)
    assert error is not None, f"{part.location} is {resource.encoding}"
    return error


def wrong_byte(resource: Resource, part: Part) -> PackageError | None:
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
            return PackageError(
                f"{part.location}:{line}: byte 0x{content[error.start]:02x} at offset {start} "
                f"is not {resource.encoding}; save the file in that encoding, or declare the "
                "one it has"
            )
        offset += len(block)
        line += block.count(b"\n")
    return None
