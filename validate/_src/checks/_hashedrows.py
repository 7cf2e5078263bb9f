"""Rows with a hash, which memory need not hold all at once.

Rows whose values are equal have equal hashes. So what is asked of equal rows can be asked of the
hashes part by part, a range of hashes after the other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from validate._src.words.scratch import ScratchFolder

HASH, ROW = "hash", "row"
MOST_ROWS = 2**24  # in memory: with a hash and a number each, 256 MiB
MOST_SORTED = 2**23  # at once, which takes twice their memory and more
PARTS = 2**6  # of a hundred million rows each is then of two million
RECORDS = 2**17  # rows that are read at once of a file: with all, each part would read the file
BOUNDS = pl.Series([*range(0, 2**64, 2**64 // PARTS)], dtype=pl.UInt64)


@dataclass(eq=False)
class HashedRows:
    """Rows with a column `HASH`; beyond `most` of them they lie on disk.

    Attributes:
        most: how many are in memory at most.
    """

    most: int = field(default_factory=lambda: MOST_ROWS)
    _frames: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    _height: int = 0
    _files: list[Path] = field(default_factory=list[Path])
    _folder: ScratchFolder | None = None

    def add(self, rows: pl.DataFrame) -> None:
        """Takes rows."""
        self._frames.append(rows)
        self._height += rows.height
        if self._height >= self.most:
            self._write()

    @property
    def on_disk(self) -> bool:
        """Whether some lie on disk."""
        return bool(self._files)

    def parts(self) -> Iterator[pl.DataFrame]:
        """All rows in parts, those of equal hashes in one; a single part if none lie on disk."""
        if self.on_disk:
            yield from self.all_parts()
        elif self._frames:
            yield joined(self._frames)

    def all_parts(self) -> Iterator[pl.DataFrame]:
        """All rows in `PARTS` parts, each of the same range of hashes whatever the rows."""
        if self._frames:
            self._write()
        runs = [_Run.of(file) for file in self._files]
        for number in range(PARTS):
            yield joined([run.part(number) for run in runs])

    def _write(self) -> None:
        """Writes what is in memory to disk, as it is: of most tables nobody asks for the parts."""
        if self._folder is None:
            self._folder = ScratchFolder()
        rows, self._frames, self._height = joined(self._frames), [], 0
        for some in rows.iter_slices(MOST_SORTED):
            self._files.append(self._folder.path / f"{len(self._files)}.arrow")
            _write(some, self._files[-1])


@dataclass(frozen=True)
class _Run:
    """Rows in a file, in the order of their hashes.

    Attributes:
        file: the file.
        begins: where each part begins among the rows, and where the last ends.
    """

    file: Path
    begins: tuple[int, ...]

    @classmethod
    def of(cls, file: Path) -> "_Run":
        """The rows of a file put in order, in another file."""
        rows, ordered = pl.read_ipc(file).sort(HASH), file.with_suffix(".ordered")
        _write(rows, ordered)
        file.unlink()
        return cls(ordered, (*rows[HASH].search_sorted(BOUNDS), rows.height))

    def part(self, number: int) -> pl.DataFrame:
        """Its rows of a part."""
        begin, end = self.begins[number : number + 2]
        return pl.scan_ipc(self.file).slice(begin, end - begin).collect()


def _write(rows: pl.DataFrame, file: Path) -> None:
    rows.write_ipc(file, compression="uncompressed", record_batch_size=RECORDS)


def joined(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Rows of which some may lack a column of others, which is null there; none without any."""
    return pl.concat(frames, how="diagonal") if frames else pl.DataFrame()
