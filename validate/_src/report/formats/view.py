"""What of a report is shown, and how wide."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass, field

import polars as pl

from validate._src.report.report import Report, Unusable
from validate._src.words.findings import Group

SLICE = 10_000
"""Findings that are put into words at once; the text of more would have to fit in memory."""


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

    def groups(self, report: Report, usual: int) -> list[Group]:
        """The findings to show by file and code, each with the count of all.

        Args:
            report: where they are.
            usual: how many of a file and code are shown if nothing else is wanted.
        """
        return report.findings.groups(self.most(usual), self.codes, or_one_more=self.shows_one_more)

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
