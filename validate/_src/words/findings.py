"""All findings of a run, counted and in order."""

from collections import Counter
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from validate._src.words._held import HeldFrames
from validate._src.words.codes import DIGEST_CODES, ERROR, SPOILING_CODES, WARNING
from validate._src.words.finding import Finding
from validate._src.words.findingframe import FindingFrame, each_finding


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


class _Kind(NamedTuple):
    """What findings are counted by."""

    resource: str
    path: str
    code: str
    severity: str


class Findings:
    """The findings of a run, in order; beyond a number that memory can hold they lie on disk.

    Tables whose structure is at fault come first, then it goes in the order of the
    resources, of rows and of fields. Of findings on disk, those of keys and rules come
    after those of cells.
    """

    def __init__(self, resources: Iterable[str] = ()) -> None:
        """Starts with none.

        Args:
            resources: names of all resources in the order of the descriptor; what is of none of
                them is the descriptor's, and comes first.
        """
        self._places = {name: place for place, name in enumerate(("", *resources))}
        self._counts: Counter[_Kind] = Counter()
        self._held = HeldFrames()

    def add(self, found: FindingFrame) -> None:
        """Takes findings."""
        if not len(found):
            return
        kinds = found.rows.group_by(_Kind._fields, maintain_order=True).len()
        for *kind, count in kinds.iter_rows():
            self._counts[_Kind(*kind)] += count
        self._held.add(found.rows)

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
        place = {path: number for number, path in enumerate(dict.fromkeys(p for p, _ in ordered))}
        return [
            Group(path, code, counts[path, code], tuple(first.get((path, code), ())))
            for path, code in sorted(ordered, key=lambda pair: place[pair[0]])
        ]

    def _in_order(self, path: str | None) -> Iterator[pl.DataFrame]:
        if not self._held.on_disk:
            yield self._sorted(_of_file(self._held.all(), path))
            return
        resources = {kind.resource for kind in self._counts if path in (None, kind.path)}
        for resource in self._ranked(resources):
            for frame in self._held.of(resource):
                yield self._sorted(_of_file(frame, path))

    def _ranked(self, resources: Iterable[str]) -> list[str]:
        """Tables with faults of their structure first, then by the order of the descriptor."""
        spoilt = {kind.resource for kind in self._counts if kind.code in SPOILING_CODES}
        return sorted(resources, key=lambda name: (name not in spoilt, self._places[name]))

    def _sorted(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Findings by resource, row, field and code; a file's digest after its rows."""
        ranked = self._ranked(self._places)
        last = pl.col("code").is_in(list(DIGEST_CODES))
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
    """Whether findings are alike but for their rows, which ascend; to sort them takes longer.

    Off: +3 % where every cell of a column is wrong (benchmarks/tricks.py).
    """
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
