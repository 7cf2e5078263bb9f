"""Pieces of Parquet files: the rows that are read at once.

A row group is decoded as a whole, so a piece has whole ones, as far as they are not too large.
What Polars gives in batches it reads ahead: a million rows of claims were in memory before the
first of them was judged, and a run took 410 MiB instead of 175.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from validate._src.reading.footers import sizes_of

ROWS = 2**18
"""Rows of small row groups that are read together."""
BYTES = 2**26
"""Bytes of these before they are compressed."""
MOST_ROWS = 2**20
"""Rows of a piece, as a row group mostly has at most; of a larger one what comes before is unpacked
again for each piece."""
LONGEST_FOOTER = 2**22
"""Bytes of a footer that is looked at: 20,000 columns of row groups, which take half a second."""


def heights_of(file: Path) -> Sequence[int]:
    """How many rows the pieces of a file have; nothing where its footer does not tell us."""
    try:
        sizes = sizes_of(file, LONGEST_FOOTER)
    except (ValueError, OSError):
        return ()
    return [*_joined(sizes)]


def _joined(sizes: Sequence[tuple[int, int]]) -> Iterator[int]:
    """The heights of pieces, given the rows and bytes of row groups."""
    height = size = 0
    for rows, many in sizes:
        if height and (height + rows > ROWS or size + many > BYTES):
            yield from _parted(height)
            height = size = 0
        height, size = height + rows, size + many
    yield from _parted(height)


def _parted(height: int) -> Iterator[int]:
    """So many rows, as pieces of about the same size."""
    count = -(-height // MOST_ROWS)
    yield from (height * (at + 1) // count - height * at // count for at in range(count))
