"""The first block of a file, of which the head is read alone until more of it is wanted.

A file in another part of a run is opened for its header, and so are those of which the merge has
the results: to read 16 MiB of each for that would be most of what they read.
"""

from collections.abc import Iterator

from validate._src.reading.blocks import LineBlocks, line_ends

HEADER = 2**16  # bytes: a header is hardly ever longer, and no more of the block is decoded for it
LARGE = 4 * HEADER
"""Bytes of a file from which on its head is read alone: most smaller ones are read anyway, and to
read each twice would take longer."""


class LongHeaderError(Exception):
    """A header does not end in the head of its file."""


class FirstBlock:
    """The first block of a file, and what of it is gone past."""

    def __init__(self, blocks: LineBlocks, *, is_wanted: bool) -> None:
        """Reads it, or its head.

        Args:
            blocks: the file; nothing of it is read yet.
            is_wanted: whether it is read in any case.

        Raises:
            FileError: it cannot be read in its encoding.
        """
        self._blocks, self._gone = blocks, 0
        may_wait = not is_wanted and blocks.size >= LARGE
        self._head = blocks.head(HEADER) if may_wait else None
        self._text = next(blocks, b"") if self._head is None else b""

    def read(self) -> None:
        """Reads it, where its head alone is read.

        Raises:
            FileError: it cannot be, in its encoding; each time.
        """
        if self._head is not None:
            text = next(self._blocks, b"")
            while len(text) < self._gone:  # a block before a very long line may be short
                text += next(self._blocks)
            self._head, self._text = None, text[self._gone :]

    def slices(self) -> Iterator[bytes]:
        """What is read of it and not gone past, in small pieces, made as they are asked for.

        Raises:
            LongHeaderError: more is asked for than is read.
        """
        read = self.head
        yield from (read[start : start + HEADER] for start in range(0, len(read), HEADER))
        if self.is_unread:
            raise LongHeaderError

    @property
    def is_unread(self) -> bool:
        """Whether its head alone is read, which is shorter than the file by far."""
        return self._head is not None

    def is_longer_than(self, size: int) -> bool:
        """Whether more than so many bytes of it are left, as far as that is known of its head."""
        return self.is_unread and size < LARGE - HEADER

    @property
    def head(self) -> bytes:
        """What is read of it, and not gone past."""
        return self._text if self._head is None else self._head[self._gone :]

    @property
    def text(self) -> bytes:
        """What of it is not gone past.

        Raises:
            FileError: what was not read yet cannot be, in its encoding.
        """
        self.read()
        return self._text

    @text.setter
    def text(self, text: bytes) -> None:
        """Takes what is to be read in its place."""
        self._head, self._text = None, text

    def go_past(self, size: int, taken: bytes) -> None:
        """Goes past some bytes.

        Args:
            size: how many.
            taken: what they were read from, from the first of them on.
        """
        if self._head is None:
            self._text = taken[size:]
        else:
            self._gone = size

    @property
    def begin(self) -> int:
        """The byte of a plain file at which what is not gone past begins."""
        if self._head is None:
            return self._blocks.end - len(self._text)
        return self._blocks.mark + self._gone

    @property
    def end(self) -> int:
        """The byte of a plain file before which it ends.

        Raises:
            FileError: it has to be read for that, and cannot be.
        """
        if self._head is not None:
            end, _ = next(line_ends(self._blocks.part, 0), (0, False))
            if end:
                return end
            self.read()  # of a very long line: where its block ends is known then
        return self._blocks.end
