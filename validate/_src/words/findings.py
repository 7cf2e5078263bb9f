"""All findings of a run: counted exactly, in memory while they are few, on disk beyond that."""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from validate._src.words.codes import DIGEST_CODES, ERROR, WARNING
from validate._src.words.finding import FINDING_COLUMNS, Finding, each_finding
from validate._src.words.model import Package
from validate._src.words.scratch import ScratchFolder

MOST_IN_MEMORY = 100_000
MOST_AS_OBJECTS = 10_000
STRUCTURE = ("source-error", "quote-error", "blank-header", "unmatched-header")
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


def frame_of(findings: Iterable[Finding]) -> pl.DataFrame:
    """Findings as rows, with their attributes as columns."""
    rows = [{**asdict(found), "key": list(found.key)} for found in findings]
    return pl.DataFrame(rows, schema=DTYPES)


class _Kind(NamedTuple):
    """What findings may have in common."""

    resource: str
    path: str
    code: str
    severity: str


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
        self._counts: Counter[_Kind] = Counter()
        self._held = 0
        self._folder: ScratchFolder | None = None
        self._files: dict[str, list[Path]] = {}

    def add(self, found: Finding | pl.DataFrame) -> None:
        """Takes a finding, or a frame of them, all of one resource.

        The columns of the frame are the attributes of a finding.
        """
        if isinstance(found, Finding):
            self._counts[_Kind(found.resource, found.path, found.code, found.severity)] += 1
            self._objects.append(found)
            if len(self._objects) >= MOST_AS_OBJECTS:
                self._flush()
            return
        if found.height:
            for *kind, count in (
                found.group_by(_Kind._fields, maintain_order=True).len().iter_rows()
            ):
                self._counts[_Kind(*kind)] += count
            self._hold(found)

    def __len__(self) -> int:
        """How many findings there are."""
        return sum(self._counts.values())

    def __iter__(self) -> Iterator[Finding]:
        """The findings in order, a bounded number of them in memory at a time."""
        for frame in self.frames():
            yield from each_finding(frame)

    @property
    def errors(self) -> int:
        """How many of them are errors."""
        return self._number_of(ERROR)

    @property
    def warnings(self) -> int:
        """How many of them are warnings."""
        return self._number_of(WARNING)

    def _number_of(self, severity: str) -> int:
        return sum(count for kind, count in self._counts.items() if kind.severity == severity)

    def by_severity(self, codes: Set[str] = frozenset()) -> Counter[tuple[str, str]]:
        """How many findings there are by path and severity.

        Args:
            codes: the codes that are wanted; all if there are none.
        """
        counts: Counter[tuple[str, str]] = Counter()
        for kind, count in self._counts.items():
            if not codes or kind.code in codes:
                counts[kind.path, kind.severity] += count
        return counts

    def frames(
        self,
        codes: Set[str] = frozenset(),
        limit: int | None = None,
        path: str | None = None,
    ) -> Iterator[pl.DataFrame]:
        """The findings in order, in frames with the attributes of `Finding` as columns.

        Args:
            codes: the codes that are wanted; all if there are none.
            limit: how many of one file and code are wanted at most; all if None.
            path: the file whose findings are wanted; all if None.
        """
        given: Counter[tuple[str, str]] = Counter()
        for frame in self._in_order(path):
            wanted = frame.filter(pl.col("code").is_in(list(codes))) if codes else frame
            yield wanted if limit is None else _first_of_each(wanted, limit, given)

    def to_frame(self) -> pl.DataFrame:
        """All findings in one frame."""
        return pl.concat(self.frames())

    def by_field(self) -> Counter[tuple[str, str, str | None, str]]:
        """How many findings there are by path, code, field and severity, in order."""
        counts: Counter[tuple[str, str, str | None, str]] = Counter()
        columns = ("path", "code", "field", "severity")
        for frame in self.frames():
            alike = frame.group_by(columns, maintain_order=True).len()
            for path, code, field, severity, count in alike.iter_rows():
                counts[path, code, field, severity] += count
        return counts

    def groups(self, shown: int | None, codes: Set[str] = frozenset()) -> list[Group]:
        """The findings by file and code, with the first few of each, or all if None are asked for.

        Args:
            shown: how many of each.
            codes: the codes that are wanted; all if there are none.
        """
        counts: Counter[tuple[str, str]] = Counter()
        for kind, count in self._counts.items():
            if not codes or kind.code in codes:
                counts[kind.path, kind.code] += count
        first: dict[tuple[str, str], list[Finding]] = {}
        for frame in self.frames(codes, shown) if shown != 0 else ():
            for found in each_finding(frame):
                first.setdefault((found.path, found.code), []).append(found)
        ordered = dict.fromkeys([*first, *counts])
        return [
            Group(path, code, counts[path, code], tuple(first.get((path, code), ())))
            for of_file in dict.fromkeys(path for path, _ in ordered)
            for path, code in ordered
            if path == of_file
        ]

    def _in_order(self, path: str | None) -> Iterator[pl.DataFrame]:
        self._flush()
        if not self._files:
            yield self._sorted([_of_file(frame, path) for frame in self._frames])
            return
        resources = {kind.resource for kind in self._counts if path in (None, kind.path)}
        for resource in sorted(resources, key=self._rank_of):
            for file in self._files.get(resource, ()):
                yield self._sorted([_of_file(pl.read_ipc(file), path)])
            held = [frame.filter(resource=resource) for frame in self._frames]
            yield self._sorted([_of_file(frame, path) for frame in held])

    def _flush(self) -> None:
        """Makes a frame of the findings that came one by one."""
        if self._objects:
            frame, self._objects = frame_of(self._objects), []
            self._hold(frame)

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
        spoilt = any(kind.resource == resource and kind.code in STRUCTURE for kind in self._counts)
        return not spoilt, self._places[resource]

    def _sorted(self, frames: list[pl.DataFrame]) -> pl.DataFrame:
        """Findings by resource, row, field and code; a file's digest after its rows."""
        ranked = sorted(self._places, key=self._rank_of)
        last = pl.col("code").is_in(list(DIGEST_CODES))
        frame = pl.concat([*frames, pl.DataFrame(schema=DTYPES)])
        if _is_in_order(frame):
            return frame
        return frame.sort(
            pl.col("resource").replace_strict(ranked, range(len(ranked)), return_dtype=pl.Int64),
            last,
            pl.col("row").fill_null(0),
            pl.col("field").fill_null(""),
            "code",
            maintain_order=True,
        )


def _is_in_order(frame: pl.DataFrame) -> bool:
    """Whether findings are alike but for their rows, which ascend; to sort them takes longer."""
    alike = (
        pl.col(name).eq_missing(pl.col(name).first()) for name in ("resource", "code", "field")
    )
    return frame.select(pl.all_horizontal(alike).all()).item() and frame["row"].is_sorted()


def _of_file(frame: pl.DataFrame, path: str | None) -> pl.DataFrame:
    """The findings of a frame that are of a file, or all."""
    return frame if path is None else frame.filter(path=path)


def _first_of_each(
    frame: pl.DataFrame, limit: int, given: Counter[tuple[str, str]]
) -> pl.DataFrame:
    """The findings of a frame that are among the first of their file and code.

    Args:
        frame: findings.
        limit: how many are wanted of each.
        given: how many there were in earlier frames, which those of this one are added to.
    """
    groups = ["path", "code"]
    before = [(*group, count) for group, count in given.items()]
    schema = {"path": pl.String, "code": pl.String, "before": pl.Int64}
    ranked = frame.with_columns(pl.int_range(pl.len()).over(groups).alias("rank")).join(
        pl.DataFrame(before, schema, orient="row"), on=groups, how="left", maintain_order="left"
    )
    for path, code, count in frame.group_by(groups).len().iter_rows():
        given[path, code] += count
    return ranked.filter(pl.col("rank") + pl.col("before").fill_null(0) < limit).select(
        frame.columns
    )
