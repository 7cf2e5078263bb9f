"""The text of files in UTF-8, in blocks that end where a line does."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from validate._src.reading.compression import unpacked
from validate._src.reading.encodings import UTF_8, transcoded
from validate._src.reading.files import BLOCK, errors_named
from validate._src.words.model import Part, Resource

TAIL = 2**16  # of a block, where the end of a line is looked for; lines are hardly ever longer
LONGEST_BLOCK = 2 * BLOCK  # a block that has no end of a line: more would be memory without end


class LineBlocks:
    """The content of a file in UTF-8, in blocks of about `BLOCK` bytes that end where a line does.

    Whether a file declared as UTF-8 is UTF-8 is not checked here, but where text is made of it.

    Raises:
        PackageError: the file cannot be read or unpacked, or is not in its encoding.

    Source: Data Package 2.0, Data Resource, "encoding".
    """

    def __init__(self, resource: Resource, part: Part) -> None:
        """Opens the file."""
        self._put_back = b""
        if resource.encoding != UTF_8:
            self._blocks = _ended_by_lines(transcoded(resource, part))
        elif resource.compression:
            self._blocks = _ended_by_lines(unpacked(resource, part))
        else:
            self._blocks = _line_blocks(part)

    def __iter__(self) -> Iterator[bytes]:
        """The blocks that are left."""
        return self

    def __next__(self) -> bytes:
        """The next block, what was put back before it."""
        put_back, self._put_back = self._put_back, b""
        if put_back and len(put_back) >= BLOCK // 2:
            return put_back
        block = next(self._blocks, b"")
        if not put_back and not block:
            raise StopIteration
        return put_back + block if put_back else block

    def put_back(self, content: bytes) -> None:
        """Takes the end of the last block back, to begin the next one with it."""
        self._put_back = content


def _line_blocks(part: Part) -> Iterator[bytes]:
    """The blocks of a plain file, each read once: its end is looked for before it is read.

    Cut afterwards: +11 % on the benchmark's table, +3 % on a registry (benchmarks/tricks.py).
    """
    with errors_named(part), part.open() as file:
        start = 0
        while True:
            file.seek(start + BLOCK - TAIL)
            end = file.read(TAIL).rfind(b"\n") + 1
            file.seek(start)
            block = file.read(BLOCK - TAIL + end if end else BLOCK)
            if not end:
                block = _up_to_line_end(block, file)
            if not block:
                return
            start += len(block)
            yield block
            del block  # whose memory the next one can have


def _up_to_line_end(block: bytes, file: BinaryIO) -> bytes:
    """A block that may end anywhere, cut or filled up so that it ends where a line does.

    At the end of a file, and after `LONGEST_BLOCK` bytes without an end of a line, it ends
    where it ends.
    """
    while len(block) < LONGEST_BLOCK:
        if b"\n" in block[-BLOCK:] and len(block) >= BLOCK:
            return block[: block.rfind(b"\n") + 1]
        more = file.read(BLOCK)
        if not more:
            break
        block += more
    return block


def _ended_by_lines(content: Iterable[bytes]) -> Iterator[bytes]:
    """The same content in blocks that end where a line does."""
    rest = b""
    for block in content:
        rest = rest + block if rest else block
        end = rest.rfind(b"\n") + 1
        if end or len(rest) >= LONGEST_BLOCK:
            block, rest = (rest[:end], rest[end:]) if end else (rest, b"")
            yield block
    if rest:
        yield rest
