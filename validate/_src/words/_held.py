"""Frames of findings that are held: in memory while they are few, on disk beyond that."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from validate._src.words.findingframe import DTYPES, narrow, widened
from validate._src.words.scratch import ScratchFolder

MOST_IN_MEMORY = 100_000
"""Findings in memory at a time; a million of them would take half a gigabyte."""
MOST_FRAMES = 1_000
"""Frames in memory; the overhead of a frame is that of some hundred findings."""


@dataclass(frozen=True)
class _Spilt:
    """A frame on disk.

    Attributes:
        file: its columns in which rows differ, and the numbers of the rows.
        same: what stands in all rows of the others: most findings differ in little.
    """

    file: Path
    same: Mapping[str, Any]

    @classmethod
    def of(cls, frame: pl.DataFrame, file: Path) -> "_Spilt":
        """Writes a frame, uncompressed: to compress it takes four times as long."""
        rows, same = narrow(frame)
        rows.write_ipc(file)
        return cls(file, same)

    def read(self) -> pl.DataFrame:
        """The frame."""
        return widened((pl.read_ipc(self.file), self.same))


class HeldFrames:
    """Findings by resource, as they came; beyond `MOST_IN_MEMORY` of them they lie on disk."""

    def __init__(self) -> None:
        """Starts with none."""
        self._frames: list[pl.DataFrame] = []
        self._held = 0
        self._folder: ScratchFolder | None = None
        self._files: dict[str, list[_Spilt]] = {}

    @property
    def on_disk(self) -> bool:
        """Whether some lie on disk."""
        return bool(self._files)

    def add(self, frame: pl.DataFrame) -> None:
        """Takes findings of one resource."""
        self._frames.append(frame)
        self._held += frame.height
        if self._held > MOST_IN_MEMORY:
            self._spill()
        elif len(self._frames) > MOST_FRAMES:
            self._frames = [pl.concat(self._frames, rechunk=True)]

    def all(self) -> pl.DataFrame:
        """All findings, if none lie on disk."""
        return pl.concat([*self._frames, pl.DataFrame(schema=DTYPES)])

    def of(self, resource: str) -> Iterator[pl.DataFrame]:
        """The findings of a resource, a bounded number of them in memory at a time."""
        for spilt in self._files.get(resource, ()):
            yield spilt.read()
        yield self.all().filter(resource=resource)

    def __getstate__(self) -> list[pl.DataFrame]:
        """How they are pickled: all of them, as the files are not where others go."""
        on_disk = [spilt.read() for files in self._files.values() for spilt in files]
        return [*on_disk, *self._frames]

    def __setstate__(self, frames: list[pl.DataFrame]) -> None:
        """Takes what was pickled, a part of it back to disk if it is much."""
        self.__init__()
        for frame in frames:
            self.add(frame)

    def _spill(self) -> None:
        """Writes what is held to disk, a file for each resource."""
        if self._folder is None:
            self._folder = ScratchFolder()
        held, self._frames, self._held = pl.concat(self._frames), [], 0
        for frame in _by_resource(held):
            number = sum(map(len, self._files.values()))
            file = self._folder.path / f"{number}.arrow"
            self._files.setdefault(frame["resource"][0], []).append(_Spilt.of(frame, file))


def _by_resource(frame: pl.DataFrame) -> list[pl.DataFrame]:
    """The findings of each resource; of one alone they are not copied."""
    is_one = frame["resource"].n_unique() == 1
    return [frame] if is_one else frame.partition_by("resource")
