"""Rows with a hash, which memory need not hold all at once.

Rows whose values are equal have equal hashes. So what is asked of equal rows can be asked of the
hashes part by part, a range of hashes after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import polars as pl

from validate._src.words.scratch import ScratchFolder

HASH, ROW = "hash", "row"
MOST_ROWS = 2**24  # in memory: with a hash and a number each, 256 MiB
MOST_IN_FILE = 2**23  # which are in memory twice while they are written
MOST_IN_PART = 2**23  # which are sorted or joined, and so in memory several times
MOST_PARTS = 2**6  # each reads all hashes: with more, twice the rows would take four times as long
RECORDS = 2**17  # rows that are read at once of a file, whose hashes then stay in a core's cache


@dataclass(eq=False)
class HashedRows:
    """Rows with a column `HASH`; beyond `most` of them they lie on disk, in the order they came in.

    Attributes:
        most: how many are in memory at most.
        records: how many are read at once of a file.
        height: how many there are.
    """

    most: int = field(default_factory=lambda: MOST_ROWS)
    records: int = RECORDS
    height: int = 0
    _frames: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    _in_memory: int = 0
    _files: list[Path] = field(default_factory=list[Path])
    _folder: ScratchFolder | None = None

    def add(self, rows: pl.DataFrame) -> None:
        """Takes rows."""
        self._frames.append(rows)
        self.height += rows.height
        self._in_memory += rows.height
        if self._in_memory >= self.most:
            self._write()

    @property
    def on_disk(self) -> bool:
        """Whether some lie on disk."""
        return bool(self._files)

    def hashes(self) -> Iterator[pl.Series]:
        """The hashes of all rows in parts, equal ones in one of them."""
        if not self.on_disk:
            yield from (rows[HASH] for rows in self.pieces())
            return
        for some in ranges_of(self.height):
            yield pl.concat(rows[HASH] for rows in self._found(some, HASH))

    def where(self, condition: pl.Expr) -> pl.DataFrame:
        """The rows for which a condition holds; without columns if there are no rows at all."""
        return joined([*self._found(condition)])

    def pieces(self) -> Iterator[pl.DataFrame]:
        """All rows, some at a time; together if none lie on disk."""
        for file in self._files:
            yield pl.read_ipc(file)
        if self._frames:
            self._frames = [joined(self._frames)]
            yield self._frames[0]

    def _found(self, condition: pl.Expr, column: str = "*") -> Iterator[pl.DataFrame]:
        """The rows for which a condition holds, some at a time; of all columns, or of one."""
        for file in self._files:
            yield pl.scan_ipc(file).filter(condition).select(column).collect()
        for rows in self._frames:
            yield rows.filter(condition).select(column)

    def _write(self) -> None:
        """Writes what is in memory to disk, as it is: of most tables nobody asks for it."""
        if self._folder is None:
            self._folder = ScratchFolder()
        rows, self._frames, self._in_memory = joined(self._frames), [], 0
        for some in rows.iter_slices(MOST_IN_FILE):
            self._files.append(self._folder.path / f"{len(self._files)}.arrow")
            some.write_ipc(
                self._files[-1], compression="uncompressed", record_batch_size=self.records
            )


def ranges_of(height: int, most: int | None = None) -> Iterator[pl.Expr]:
    """Conditions that part so many rows by their hashes: each hash meets one of them.

    Args:
        height: how many rows there are.
        most: how many may be in a part, if they are not to be a great many parts.
    """
    count = min(height // (most or MOST_IN_PART) + 1, MOST_PARTS)
    bounds = [2**64 * number // count for number in range(count + 1)]
    for begin, end in pairwise(bounds):
        first, last = pl.lit(begin, pl.UInt64), pl.lit(end - 1, pl.UInt64)
        yield pl.col(HASH).is_between(first, last)


def joined(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Rows of which some may lack a column of others, which is null there; none without any."""
    return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
