"""All findings of a run, counted and in order."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any, NamedTuple

import polars as pl

from validate._src.words._held import HeldFrames
from validate._src.words.codes import DIGEST_CODES, ERROR, HEADER_CODES, SPOILING_CODES, WARNING
from validate._src.words.finding import Finding
from validate._src.words.findingframe import FindingFrame, are_alike, each_finding


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


COLUMN = "column"
PLACE: dict[str, Any] = {"resource": pl.String, "name": pl.String, COLUMN: pl.Int64}
LAST = 2**62  # after the columns of any table
ALL = 2**62  # more findings than there can be, where more are asked for than Polars counts


class _Kind(NamedTuple):
    """What findings are counted by."""

    resource: str
    path: str
    code: str
    severity: str


class Findings:
    """The findings of a run, in order; beyond a number that memory can hold they lie on disk.

    Tables whose structure is at fault come first, then it goes in the order of the
    resources, of rows and of columns; what is of a row as a whole comes before its cells. Of
    findings on disk, those of keys and rules come after those of cells.
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
        self._columns: dict[str, tuple[str, ...]] = {}

    def arrange(self, resource: str, columns: tuple[str, ...]) -> None:
        """Takes the order of the columns of a resource: their fields, or labels for want of one."""
        self._columns[resource] = columns

    def add(self, found: FindingFrame) -> None:
        """Takes findings."""
        if not len(found):
            return
        kinds = found.rows.select("path", "severity")
        if are_alike(kinds):  # most are, and groups of many take time
            counts = [(*kinds.row(0), len(found))]
        else:
            counts = kinds.group_by("path", "severity", maintain_order=True).len().rows()
        for path, severity, count in counts:
            self._counts[_Kind(found.resource, path, found.code, severity)] += count
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
        *,
        or_one_more: bool = False,
    ) -> Iterator[pl.DataFrame]:
        """The findings in order, in frames with the attributes of `Finding` as columns.

        Args:
            codes: the codes that are wanted; all if there are none.
            limit: how many of one file and code are wanted at most; all if None.
            path: the file whose findings are wanted; all if None.
            or_one_more: whether one more than the limit is wanted where it is the last.
        """
        given: Counter[tuple[str, str]] = Counter()
        one_more = self._with(limit + 1) if or_one_more and limit is not None else ()
        totals = self._by_group(codes)

        def are_given(groups: Collection[tuple[str, str]]) -> bool:
            """Whether of each file and code as many were given as are wanted or there are."""
            return limit is not None and all(
                given[group] >= min(totals[group], limit + (group in one_more)) for group in groups
            )

        for frame in self._in_order(path, are_given):
            wanted = frame.filter(pl.col("code").is_in(list(codes))) if codes else frame
            yield wanted if limit is None else _first_of_each(wanted, limit, given, one_more)

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

    def _with(self, count: int) -> list[tuple[str, str]]:
        """The files and codes of which there are so many findings."""
        return [group for group, number in self._by_group().items() if number == count]

    def _by_group(self, codes: Set[str] = frozenset()) -> Counter[tuple[str, str]]:
        """How many findings there are by file and code."""
        counts: Counter[tuple[str, str]] = Counter()
        for kind, count in self._counts.items():
            if not codes or kind.code in codes:
                counts[kind.path, kind.code] += count
        return counts

    def groups(
        self, shown: int | None, codes: Set[str] = frozenset(), *, or_one_more: bool = False
    ) -> list[Group]:
        """The findings by file and code, with the first few of each, or all if None are asked for.

        Args:
            shown: how many of each.
            codes: the codes that are wanted; all if there are none.
            or_one_more: whether one more is wanted where it is the last.
        """
        counts = self._by_group(codes)
        first: dict[tuple[str, str], list[Finding]] = {}
        wanted = self.frames(codes, shown, or_one_more=or_one_more) if shown != 0 else ()
        for frame in wanted:
            for found in each_finding(frame):
                first.setdefault((found.path, found.code), []).append(found)
        ordered = dict.fromkeys([*first, *counts])
        place = {path: number for number, path in enumerate(dict.fromkeys(p for p, _ in ordered))}
        return [
            Group(path, code, counts[path, code], tuple(first.get((path, code), ())))
            for path, code in sorted(ordered, key=lambda pair: place[pair[0]])
        ]

    def _in_order(
        self, path: str | None, are_given: Callable[[Collection[tuple[str, str]]], bool]
    ) -> Iterator[pl.DataFrame]:
        """The findings of a file or all; of a resource no more once all wanted were given."""
        if not self._held.on_disk:
            yield self._sorted(_of_file(self._held.all(), path))
            return
        groups: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for kind in self._counts:
            if path in (None, kind.path):
                groups[kind.resource].add((kind.path, kind.code))
        for resource in self._ranked(groups):
            for frame in self._held.of(resource):
                yield self._sorted(_of_file(frame, path))
                if are_given(groups[resource]):
                    break

    def _ranked(self, resources: Iterable[str]) -> list[str]:
        """Tables with faults of their structure first, then by the order of the descriptor."""
        spoilt = {kind.resource for kind in self._counts if kind.code in SPOILING_CODES}
        return sorted(resources, key=lambda name: (name not in spoilt, self._places[name]))

    def _sorted(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Findings by resource, row, column and code; a file's digest after its rows."""
        ranked = self._ranked(self._places)
        last = pl.col("code").is_in(list(DIGEST_CODES))
        if _is_in_order(frame):
            return frame
        return (
            frame.with_columns(self._column_of(frame))
            .sort(
                pl.col("resource").replace_strict(
                    ranked, range(len(ranked)), return_dtype=pl.Int64
                ),
                last,
                pl.col("row").fill_null(0),
                COLUMN,
                "code",
                maintain_order=True,
            )
            .drop(COLUMN)
        )

    def _column_of(self, frame: pl.DataFrame) -> pl.Series:
        """The column of each finding: -1 for the row as a whole, the last for what has none."""
        places = [
            (resource, name, column)
            for resource in frame["resource"].unique()
            for column, name in reversed([*enumerate(self._columns.get(resource, ()))])
        ]
        known = pl.DataFrame(places, PLACE, orient="row").unique(["resource", "name"], keep="last")
        of_label = pl.when(pl.col("code").is_in(list(HEADER_CODES))).then("value")
        named = frame.select("resource", "code", pl.coalesce("field", of_label).alias("name"))
        found = named.join(known, on=["resource", "name"], how="left", maintain_order="left")
        beyond = pl.col("name").is_not_null() | (pl.col("code") == "extra-cell")
        column = pl.coalesce(COLUMN, pl.when(beyond).then(LAST).otherwise(-1))
        return found.select(column.alias(COLUMN)).to_series()


def _is_in_order(frame: pl.DataFrame) -> bool:
    """Whether findings are alike but for their rows, which ascend; to sort them takes longer.

    Off: +3 % where every cell of a column is wrong (benchmarks/tricks.py).
    """
    return are_alike(frame.select("resource", "code", "field")) and frame["row"].is_sorted()


def _of_file(frame: pl.DataFrame, path: str | None) -> pl.DataFrame:
    """The findings of a frame that are of a file, or all."""
    return frame if path is None else frame.filter(path=path)


def _first_of_each(
    frame: pl.DataFrame,
    limit: int,
    given: Counter[tuple[str, str]],
    one_more: Collection[tuple[str, str]],
) -> pl.DataFrame:
    """The findings of a frame that are among the first of their file and code.

    Args:
        frame: findings.
        limit: how many are wanted of each.
        given: how many there were in earlier frames, which those of this one are added to.
        one_more: the files and codes of which one more than the limit is wanted.
    """
    groups = ["path", "code"]
    offsets = Counter(given)
    offsets.subtract(one_more)
    before = [(*group, count) for group, count in offsets.items()]
    schema = {"path": pl.String, "code": pl.String, "before": pl.Int64}
    ranked = frame.with_columns(pl.int_range(pl.len()).over(groups).alias("rank")).join(
        pl.DataFrame(before, schema, orient="row"), on=groups, how="left", maintain_order="left"
    )
    for path, code, count in frame.group_by(groups).len().iter_rows():
        given[path, code] += count
    shown = pl.col("rank") + pl.col("before").fill_null(0) < min(limit, ALL)
    return ranked.filter(shown).select(frame.columns)
