"""The first lines of a file, by which it is told how it is written."""

import codecs

from validate._src.reading.blocks import BYTE_ORDER_MARK, LineBlocks
from validate._src.reading.encodings import UTF_8, undecodable
from validate._src.reading.files import errors_named
from validate._src.words.model import Part, Resource

SAMPLE = 100_000  # bytes: a dialect is told by some hundred rows, which are hardly longer


def first_lines(resource: Resource) -> bytes:
    """The first lines of a file in UTF-8; the first as far as it is looked at, if it is long.

    Raises:
        FileError: they are not in the encoding that is declared.
    """
    part = resource.parts[0]
    block = _beginning(resource, part)
    lines = block[: block.rfind(b"\n", 0, SAMPLE) + 1] or block[:SAMPLE]
    try:
        _, whole = codecs.utf_8_decode(lines, "strict", False)  # the last character may be cut
    except UnicodeDecodeError:  # one that is declared as UTF-8 was taken at its word
        raise undecodable(resource, part) from None
    return lines[:whole]


def _beginning(resource: Resource, part: Part) -> bytes:
    """The first bytes of a file in UTF-8, as many as `SAMPLE` at least where it has them.

    Where the encoding is declared, no more of a file as it lies on disk are read.
    """
    if resource.encoding != UTF_8 or resource.compression or resource.detects_encoding:
        return next(LineBlocks(resource, part), b"")
    with errors_named(part), part.open() as file:
        return file.read(len(BYTE_ORDER_MARK) + SAMPLE).removeprefix(BYTE_ORDER_MARK)
