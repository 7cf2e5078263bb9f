"""Lines of a block by their indexes, of which few are found without a look where all others end."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import accumulate, islice

from validate._src.reading._codes import codes_of

PIECE = 2**15  # bytes of which the ends of lines are counted: of fewer, to count takes longer
LINE_END = ord("\n")


@dataclass(frozen=True)
class Lines:
    """The lines of a block.

    Attributes:
        block: the block.
        before: how many ends of lines are before each `PIECE` bytes of it, and how many in all.
    """

    block: bytes
    before: Sequence[int]

    @classmethod
    def of(cls, block: bytes) -> "Lines":
        """The lines of a block; the last may have no end."""
        are_ends = codes_of(block) == LINE_END
        pieces = (are_ends.slice(at, PIECE) for at in range(0, len(block), PIECE))
        return cls(block, [*accumulate((int(piece.sum()) for piece in pieces), initial=0)])

    def bounds(self, index: int) -> tuple[int, int]:
        """The byte at which a line begins, and the one after its end, which the last may lack."""
        start = 0
        if index:
            piece = bisect_left(self.before, index) - 1  # in which the line before ends
            start = piece * PIECE
            lines = BytesIO(self.block[start : start + PIECE])
            start += sum(map(len, islice(lines, index - self.before[piece])))
        end = self.block.find(b"\n", start)
        return start, (len(self.block) if end < 0 else end) + 1

    @property
    def marks(self) -> tuple[tuple[int, int], ...]:
        """For each piece but the first the line that begins next, and the byte at which it does."""
        begins = (self.block.find(b"\n", at) + 1 for at in range(PIECE, len(self.block), PIECE))
        lines = (before + 1 for before in self.before[1:])
        return tuple((line, start) for line, start in zip(lines, begins, strict=False) if start)
