"""All findings of a run: counted exactly, in memory while they are few, on disk beyond that."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import polars as pl

from validate.findings import FINDING_COLUMNS, Finding, each_finding
from validate.model import Package
from validate.scratch import ScratchFolder

MOST_IN_MEMORY = 100_000
MOST_AS_OBJECTS = 10_000
STRUCTURE = ("source-error", "quote-error", "blank-header", "unmatched-header")
DIGESTS = ("hash-count", "byte-count")
DTYPES: dict[str, Any] = {
    **dict.fromkeys(FINDING_COLUMNS, pl.String),
    "row": pl.Int64,
    "line": pl.Int64,
    "key": pl.List(pl.String),
}


@dataclass(frozen=True)
class Group:
    """The findings of one code in one file.

    Attributes:
        count: how many there are.
        first: the first few of them.
    """

    path: str
    code: str
    count: int
    first: tuple[Finding, ...]


class Findings:
    """The findings of a run, in order; beyond `MOST_IN_MEMORY` of them they lie on disk.

    Tables whose structure is at fault come first, then it goes in the order of the
    descriptor's resources, of rows and of fields. Of findings on disk, those of keys and
    rules come after those of cells.
    """

    def __init__(self, package: Package) -> None:
        """Starts with none."""
        self._places = {name: place for place, name in enumerate(package.resources)}
        self._objects: list[Finding] = []
        self._frames: list[pl.DataFrame] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._held = 0
        self._folder: ScratchFolder | None = None
        self._files: dict[str, list[Path]] = {}

    def add(self, found: Finding | pl.DataFrame) -> None:
        """Takes a finding, or a frame of them, all of one resource and code.

        The columns of the frame are the attributes of a finding.
        """
        if isinstance(found, Finding):
            self._counts[found.resource, found.code] += 1
            self._objects.append(found)
            if len(self._objects) >= MOST_AS_OBJECTS:
                self._flush()
            return
        if found.height:
            self._counts[found["resource"][0], found["code"][0]] += found.height
            self._hold(found)

    def __len__(self) -> int:
        """How many findings there are."""
        return sum(self._counts.values())

    def __iter__(self) -> Iterator[Finding]:
        """The findings in order, a bounded number of them in memory at a time."""
        for frame in self.frames():
            yield from each_finding(frame)

    def frames(self) -> Iterator[pl.DataFrame]:
        """The findings in order, in frames with the attributes of `Finding` as columns."""
        self._flush()
        if not self._files:
            yield self._sorted(self._frames)
            return
        for resource in sorted(self._places, key=self._rank_of):
            for file in self._files.get(resource, ()):
                yield self._sorted([pl.read_ipc(file)])
            held = [frame.filter(pl.col("resource") == resource) for frame in self._frames]
            yield self._sorted(held)

    def to_frame(self) -> pl.DataFrame:
        """All findings in one frame."""
        return pl.concat(self.frames())

    def groups(self, shown: int) -> list[Group]:
        """The findings by file and code, with the first few of each; at least one is shown."""
        counts: Counter[tuple[str, str]] = Counter()
        first: dict[tuple[str, str], list[Finding]] = {}
        for frame in self.frames():
            grouped = frame.group_by("path", "code", maintain_order=True)
            for path, code, count in grouped.len().iter_rows():
                counts[path, code] += count
            for found in each_finding(grouped.head(shown)):
                examples = first.setdefault((found.path, found.code), [])
                if len(examples) < shown:
                    examples.append(found)
        paths = list(dict.fromkeys(path for path, _ in counts))
        return [
            Group(path, code, count, tuple(first[path, code]))
            for of_file in paths
            for (path, code), count in counts.items()
            if path == of_file
        ]

    def _flush(self) -> None:
        """Makes a frame of the findings that came one by one."""
        if self._objects:
            rows = [{**asdict(found), "key": list(found.key)} for found in self._objects]
            self._objects = []
            self._hold(pl.DataFrame(rows, schema=DTYPES))

    def _hold(self, frame: pl.DataFrame) -> None:
        self._frames.append(frame)
        self._held += frame.height
        if self._held > MOST_IN_MEMORY:
            self._spill()

    def _spill(self) -> None:
        """Writes what is held to disk, a file for each resource."""
        if self._folder is None:
            self._folder = ScratchFolder()
        held = pl.concat(self._frames)
        self._frames, self._held = [], 0
        for (resource,), frame in held.partition_by("resource", as_dict=True).items():
            files = self._files.setdefault(resource, [])
            files.append(self._folder.path / f"{self._places[resource]}-{len(files)}.arrow")
            frame.write_ipc(files[-1], compression="lz4")

    def _rank_of(self, resource: str) -> tuple[bool, int]:
        """Tables with faults of their structure first, then by the order of the descriptor."""
        spoilt = any(self._counts[resource, code] for code in STRUCTURE)
        return not spoilt, self._places[resource]

    def _sorted(self, frames: list[pl.DataFrame]) -> pl.DataFrame:
        """Findings by resource, row, field and code; a file's digest after its rows."""
        ranked = sorted(self._places, key=self._rank_of)
        last = pl.col("code").is_in(DIGESTS)
        return pl.concat([*frames, pl.DataFrame(schema=DTYPES)]).sort(
            pl.col("resource").replace_strict(ranked, range(len(ranked)), return_dtype=pl.Int64),
            last,
            pl.col("row").fill_null(0),
            pl.col("field").fill_null(""),
            "code",
            maintain_order=True,
        )
