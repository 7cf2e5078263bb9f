"""The text of files in UTF-8, in blocks that end where a line does."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from io import SEEK_END
from itertools import chain
from typing import BinaryIO

from validate._src.reading.batch import file_finding
from validate._src.reading.compression import unpacked
from validate._src.reading.detection import encoding_of
from validate._src.reading.encodings import (
    CODE,
    UTF_8,
    as_utf_8,
    begins_utf_8,
    is_utf_8,
    python_name,
    transcoded,
    undecodable,
    utf_16_by_nulls,
)
from validate._src.reading.files import BLOCK, errors_named
from validate._src.words.codes import WARNING
from validate._src.words.errors import FileError
from validate._src.words.finding import STARTS_WITH_MARK, Finding
from validate._src.words.model import Part, Resource

TAIL = 2**16  # of a block, where the end of a line is looked for; lines are hardly ever longer
BYTE_ORDER_MARK = "\ufeff".encode()
CONTINUATION = bytes(range(0x80, 0xC0))  # bytes of a character of UTF-8 after its first
LONGEST_BLOCK = 2 * BLOCK  # a block that has no end of a line: more would be memory without end


class LineBlocks:
    """The content of a file in UTF-8, in blocks of about `BLOCK` bytes that end where a line does.

    Whether a file declared as UTF-8 is UTF-8 is not checked here, but where text is made of it.
    One whose encoding is not declared is looked at block by block, as long as it is UTF-8; then
    its bytes tell what it is.

    Attributes:
        encoding: the encoding that the blocks so far were read in, by its name in Python.
        end: how many bytes of a plain file in UTF-8 they were so far.
        detects: whether the encoding of what is left is looked at.
        part: the file.
        mark: how many bytes a mark has that its first bytes were found to be.

    Raises:
        FileError: the file cannot be read or unpacked, is not in its encoding, or has none that
            can be told.

    Source: Data Package 2.0, Data Resource, "encoding": SHOULD be detected where it is not
    declared, RECOMMENDED is UTF-8 without a byte order mark.
    """

    def __init__(self, resource: Resource, part: Part, notes: list[Finding] | None = None) -> None:
        """Opens the file.

        Args:
            resource: the resource.
            part: one of its files.
            notes: takes a warning of a byte order mark, and of an encoding that is not declared.
        """
        self._resource, self.part = resource, part
        self.encoding = resource.encoding
        self._notes = [] if notes is None else notes
        self.detects, self._is_first = resource.detects_encoding, True
        self.end = self.mark = 0
        self._is_ascii, self._is_cut = True, False
        self._put_back = b""
        self._error: FileError | None = None
        if resource.encoding != UTF_8:
            self._blocks = _ended_by_lines(transcoded(resource, part))
        elif resource.compression:
            self._blocks = _ended_by_lines(unpacked(resource, part))
        else:
            self._blocks = _line_blocks(part)

    @property
    def are_plain(self) -> bool:
        """Whether the blocks are the bytes of the file as they are."""
        return self.encoding == UTF_8 and not self._resource.compression

    @property
    def size(self) -> int:
        """How many bytes the file has; none where there is no file, or it cannot be looked at."""
        try:
            return 0 if self.part.file is None or self.part.absent else self.part.size
        except OSError:  # who reads it says why
            return 0

    def head(self, size: int) -> bytes | None:
        """The first bytes of the file, as its first block has them, which is not read for it.

        Args:
            size: how many, a byte order mark aside.

        Returns:
            None where more has to be read to know them: of files that are no plain UTF-8, and of
            those without a declared encoding in which other characters than those of ASCII stand.

        Raises:
            FileError: the file cannot be read.
        """
        if not self.are_plain:
            return None
        begin = read_range(self.part, 0, len(BYTE_ORDER_MARK) + size)
        if begin.startswith(BYTE_ORDER_MARK):
            self._go_past_mark()
            return begin.removeprefix(BYTE_ORDER_MARK)
        head = begin[:size]
        if self.detects and (utf_16_by_nulls(head) or not head.isascii()):
            return None
        return head

    def go_on_at(self, start: int, *, is_ascii: bool) -> None:
        """Goes on somewhere in a plain file, where a line begins.

        Args:
            start: the byte.
            is_ascii: whether everything before it is ASCII.
        """
        self._blocks, self._put_back, self.end = _line_blocks(self.part, start), b"", start
        self._is_ascii, self._is_first = is_ascii, start == 0

    def __iter__(self) -> Iterator[bytes]:
        """The blocks that are left."""
        return self

    def __next__(self) -> bytes:
        """The next block, what was put back before it."""
        put_back, self._put_back = self._put_back, b""
        if put_back and len(put_back) >= BLOCK // 2:
            return put_back
        try:
            block = self._next()
        except FileError as error:
            self._error, self._blocks = error, iter(())  # nobody reads on: the file is closed
            if not put_back:
                raise
            return put_back
        if not put_back and not block:
            raise StopIteration
        return put_back + block if put_back else block

    def _next(self) -> bytes:
        """The next block of the file, without a byte order mark."""
        if self._error is not None:
            raise self._error
        block = next(self._blocks, b"")
        content = self._content(block)
        self.end += len(block)  # once it is given: of one that breaks off nothing is
        return content

    def _content(self, block: bytes) -> bytes:
        """What is read of a block of the file."""
        is_first, self._is_first = self._is_first, False
        if is_first and block.startswith(BYTE_ORDER_MARK):
            self._go_past_mark()
            return block.removeprefix(BYTE_ORDER_MARK)
        if not self.detects:
            return block
        if is_first and utf_16_by_nulls(block):
            return self._recoded(block)
        is_sound = _is_utf_8(block, goes_on=self._is_cut)
        self._is_cut = len(block) >= LONGEST_BLOCK
        if is_sound:
            self._is_ascii = self._is_ascii and block.isascii()
            return block
        return self._recoded(block)

    def _go_past_mark(self) -> None:
        """Notes that the file begins with a byte order mark, once."""
        if not self.mark:
            self._note(STARTS_WITH_MARK, 1)
        self.mark, self.detects = len(BYTE_ORDER_MARK), False

    def _recoded(self, block: bytes) -> bytes:
        """A block that is not UTF-8, and with it all that is left, in what its bytes tell it is."""
        plain = replace(self._resource, encoding=UTF_8)
        if not self._is_ascii:
            raise undecodable(plain, self.part)
        name = encoding_of(plain, self.part)
        self._note(f'read as {name}, which is not declared; declare it with "encoding"')
        self.encoding = python_name(name)
        told = replace(self._resource, encoding=self.encoding)
        content = as_utf_8(chain([block], self._blocks), told, self.part)
        self._blocks = _ended_by_lines(content)
        self.detects = False
        return next(self._blocks, b"")

    def _note(self, message: str, line: int | None = None) -> None:
        found = file_finding(
            self._resource,
            CODE,
            message,
            line=line,
            location=self.part.location,
            severity=WARNING,
        )
        self._notes.append(found)

    def put_back(self, content: bytes) -> None:
        """Takes the end of the last block back, to begin the next one with it."""
        self._put_back = content


def _is_utf_8(block: bytes, *, goes_on: bool) -> bool:
    """Whether a block is UTF-8; where it is cut within a line, that may be within a character.

    Args:
        block: the block.
        goes_on: whether the block before it was cut.
    """
    whole = block.lstrip(CONTINUATION) if goes_on else block
    return is_utf_8(whole) if len(block) < LONGEST_BLOCK else begins_utf_8(whole)


def line_ends(part: Part, start: int) -> Iterator[tuple[int, bool]]:
    """Where the next blocks of a plain file end, and whether the file does.

    They end with a block whose end cannot be told, for a line is very long or the file cannot be
    read.

    Args:
        part: the file.
        start: the byte at which the first of them begins.
    """
    with suppress(OSError), part.open() as file:  # who reads on there says why
        size = file.seek(0, SEEK_END)
        while start < size:
            end = _end_in_tail(file, start)
            if end:
                start += BLOCK - TAIL + end
            elif size - start < BLOCK:
                start = size
            else:
                return
            yield start, start == size


def read_range(part: Part, start: int, end: int) -> bytes:
    """The bytes of a plain file from one to before another.

    Raises:
        FileError: the file cannot be read.
    """
    with errors_named(part), part.open() as file:
        file.seek(start)
        return file.read(end - start)


def _end_in_tail(file: BinaryIO, start: int) -> int:
    """Where in its last `TAIL` bytes a block ends, if a line does there; else 0."""
    file.seek(start + BLOCK - TAIL)
    return file.read(TAIL).rfind(b"\n") + 1


def _line_blocks(part: Part, start: int = 0) -> Iterator[bytes]:
    """The blocks of a plain file, each read once: its end is looked for before it is read.

    Cut afterwards: +11 % on the benchmark's table, +3 % on a registry (benchmarks/tricks.py).
    """
    with errors_named(part), part.open() as file:
        while True:
            end = _end_in_tail(file, start)
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
