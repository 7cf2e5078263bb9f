"""What of a report is shown, and how wide."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field

import polars as pl

from validate._src.report.report import Report, Unusable
from validate._src.tables.excerpts import Row
from validate._src.words.codes import WIDTH_CODES
from validate._src.words.finding import Finding
from validate._src.words.findingframe import each_finding
from validate._src.words.findings import Findings, Group

SLICE = 10_000
"""Findings that are put into words at once; the text of more would have to fit in memory."""
MOST_AT_ONCE = 20_000
"""Findings that are taken out of their frames at once, for people: with their rows, and as objects
of Python, each takes some 2 KB."""

Rows = Mapping[tuple[str, int], Row]
"""Rows by resource and number."""
Told = Iterable[tuple[Sequence[Finding], Rows]]
"""Findings that are shown, some at a time, each time with the rows that they speak of."""


@dataclass(frozen=True)
class View:
    """How reports are shown; what is counted does not depend on it.

    Attributes:
        limit: how many findings of a file and code are shown at most; None for as many as
            is usual in the format.
        codes: the codes whose findings are shown; all if there are none.
        width: how many columns of a terminal a line may have.
        colour: whether escape sequences for colours are wanted.
        errors_told: whether the reader was told already of packages that could not be validated.
    """

    limit: int | None = None
    codes: Set[str] = field(default_factory=frozenset[str])
    width: int = 100
    colour: bool = False
    errors_told: bool = False

    def frames(self, report: Report | Unusable, usual: int | None = None) -> Iterator[pl.DataFrame]:
        """The findings to show, in order, with the attributes of `Finding` as columns.

        Args:
            report: where they are.
            usual: how many of a file and code are shown if nothing else is wanted; None for all.
        """
        if usual is None:
            return report.findings.frames(self.codes, self.limit)
        most = self.most(usual)
        return report.findings.frames(self.codes, most, or_one_more=self.shows_one_more)

    def groups(self, found: Findings, usual: int) -> list[Group]:
        """The findings to show by file and code, each with the count of all.

        Args:
            found: all findings.
            usual: how many of a file and code are shown if nothing else is wanted.
        """
        return found.groups(self.most(usual), self.codes, or_one_more=self.shows_one_more)

    def shows_few(self, found: Findings, usual: int) -> bool:
        """Whether the findings to show are so few that all can be taken at once."""
        groups = found.groups(0, self.codes)
        return sum(self.number_of(group, usual) for group in groups) <= MOST_AT_ONCE

    def groups_begun(self, found: Findings, usual: int) -> list[Group]:
        """The groups of `groups`, in the same order, each with its first finding alone at most."""
        return found.groups(min(self.most(usual), 1), self.codes)

    def number_of(self, group: Group, usual: int) -> int:
        """How many findings of a group are shown."""
        most = self.most(usual)
        return min(group.count, most + (self.shows_one_more and group.count == most + 1))

    def findings_of(self, group: Group, found: Findings, usual: int) -> Iterator[Sequence[Finding]]:
        """The findings to show of a group, in order, some of them at a time."""
        frames = found.frames(
            {group.code}, self.most(usual), group.path, or_one_more=self.shows_one_more
        )
        for frame in frames:
            for some in frame.iter_slices(MOST_AT_ONCE):
                yield [*each_finding(some)]

    def told(self, report: Report, found: Findings, usual: int) -> Iterator[tuple[Group, Told]]:
        """The findings to show by file and code, with the rows that they speak of.

        Few are taken at once, as each table is read again but once for them. Of many the rows would
        not fit in memory: there the tables are read again for each of the stretches that they come
        in.

        Args:
            report: the report.
            found: the findings of it that stand, or those that are waived.
            usual: how many of a file and code are shown if nothing else is wanted.

        Returns:
            Each group, and its findings to show, of which some are made at a time.
        """
        if not self.shows_few(found, usual):
            groups = self.groups_begun(found, usual)
            firsts = (finding for group in groups for finding in group.first)
            ragged = {one.resource for one in firsts if one.code in WIDTH_CODES}
            for group in groups:
                findings = self.findings_of(group, found, usual)
                yield group, ((some, report.rows(some, ragged)) for some in findings)
            return
        groups = self.groups(found, usual)
        rows = report.rows(finding for group in groups for finding in group.first)
        for group in groups:
            yield group, [(group.first, rows)]

    @property
    def shows_one_more(self) -> bool:
        """Whether formats for people show one more where to count it would take its place."""
        return self.limit != 0

    def most(self, usual: int) -> int:
        """How many findings of a file and code are shown, if so many are by default."""
        return usual if self.limit is None else self.limit

    def number_shown(self, report: Report) -> int:
        """How many findings are shown where all are by default."""
        counts = (group.count for group in report.findings.groups(0, self.codes))
        return sum(count if self.limit is None else min(count, self.limit) for count in counts)

    def of_other_codes(self, report: Report) -> int:
        """How many findings are not shown because of their code."""
        return len(report.findings) - sum(g.count for g in report.findings.groups(0, self.codes))


def pieces(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """Findings as they come, none of the frames empty or large."""
    for frame in frames:
        yield from (piece for piece in frame.iter_slices(SLICE) if piece.height)
