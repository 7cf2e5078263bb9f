"""Many findings at once: frames with the attributes of `Finding` as columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import polars as pl

from validate._src.words.finding import FINDING_COLUMNS, Finding
from validate._src.words.shift import Shift

DTYPES: dict[str, Any] = {
    **dict.fromkeys(FINDING_COLUMNS, pl.String),
    "row": pl.Int64,
    "line": pl.Int64,
    "folded": pl.Int64,
    "key": pl.List(pl.String),
}


@dataclass(frozen=True, eq=False)
class FindingFrame:
    """Findings of one code in one resource.

    Attributes:
        resource: name of the resource.
        code: a name in `CODES`.
        rows: n findings, with the attributes of `Finding` as columns.
        keys: the n keys as they are, where `rows` withholds some: waivers are found by them, and
            nothing else looks at them.
    """

    resource: str
    code: str
    rows: pl.DataFrame
    keys: pl.Series | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled: what is the same in all rows once."""
        return _unpickled, (self.resource, self.code, narrow(self.rows), self.keys)

    def __len__(self) -> int:
        """How many findings there are."""
        return self.rows.height

    def __iter__(self) -> Iterator[Finding]:
        """The findings, one by one."""
        return each_finding(self.rows)

    def filter(self, wanted: pl.Series) -> "FindingFrame":
        """Those of n findings that are wanted, with their keys."""
        keys = None if self.keys is None else self.keys.filter(wanted)
        return FindingFrame(self.resource, self.code, self.rows.filter(wanted), keys)

    def moved(self, shift: Shift) -> "FindingFrame":
        """The same findings where their rows stand; those of other files keep their lines."""
        line = pl.col("line")
        is_there = pl.col("path") == shift.location
        rows = self.rows.with_columns(
            pl.col("row") + shift.rows,
            pl.when(is_there).then(line + shift.lines).otherwise(line).alias("line"),
        )
        return replace(self, rows=rows)


def are_alike(rows: pl.DataFrame) -> bool:
    """Whether each column of some rows holds the same in all of them."""
    return all(rows.select(pl.all().eq_missing(pl.all().first()).all()).row(0))


Narrow = tuple[pl.DataFrame, Mapping[str, Any]]
"""Findings: the columns in which they differ, with their rows and keys, and what all others hold in
each row."""


def narrow(frame: pl.DataFrame) -> Narrow:
    """Findings without the columns that hold the same in all rows, as most do."""
    others = frame.drop("row", "key")
    is_same = others.select(pl.all().eq_missing(pl.all().first()).all()).row(0, named=True)
    same = [name for name, is_so in is_same.items() if is_so and frame.height]
    first = frame.select(same).head(1).to_dicts()
    return frame.drop(same), first[0] if first else {}


def widened(given: Narrow) -> pl.DataFrame:
    """Findings with all their columns."""
    frame, same = given
    columns = [pl.lit(value, DTYPES[name]).alias(name) for name, value in same.items()]
    return frame.with_columns(columns).select(FINDING_COLUMNS)


def _unpickled(resource: str, code: str, rows: Narrow, keys: pl.Series | None) -> FindingFrame:
    return FindingFrame(resource, code, widened(rows), keys)


class Faults(Iterable[FindingFrame]):
    """Faults that are found anew at each iteration, since memory may not hold them all."""

    def __init__(self, find: Callable[[], Iterable[FindingFrame]]) -> None:
        """Takes what finds them."""
        self._find = find

    def __iter__(self) -> Iterator[FindingFrame]:
        """The faults, in frames of some."""
        return iter(self._find())


def framed(findings: Iterable[Finding]) -> Iterator[FindingFrame]:
    """Single findings, in their order, as frames."""
    for (resource, code), alike in groupby(findings, key=lambda one: (one.resource, one.code)):
        yield FindingFrame(resource, code, frame_of(alike))


def frame_of(findings: Iterable[Finding]) -> pl.DataFrame:
    """Findings of whatever codes as rows, with their attributes as columns."""
    rows = [{**vars(found), "key": list(found.key)} for found in findings]
    return pl.DataFrame(rows, schema=DTYPES)


def each_finding(frame: pl.DataFrame) -> Iterator[Finding]:
    """The findings that a frame holds as rows."""
    for row in frame.select(FINDING_COLUMNS).iter_rows(named=True):
        row["key"] = tuple(row["key"])
        yield Finding(**row)
