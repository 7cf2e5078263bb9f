"""The result of a run, frozen."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from validate.collection import Findings
from validate.findings import Checked, Finding, NotChecked, Outcome
from validate.model import Package


@dataclass(frozen=True)
class Report:
    """What a run found, what it checked, and what it did not.

    Attributes:
        package: name of the package.
        version: its version, if it has one.
        location: its descriptor.
        findings: all of them, in the order that `Findings` says.
        checked: kinds of things that were checked, with their number.
        not_checked: what was not checked, with the reason.
    """

    package: str
    version: str | None
    location: str
    findings: Findings
    checked: tuple[Checked, ...]
    not_checked: tuple[NotChecked, ...]

    @property
    def valid(self) -> bool:
        """Whether nothing was found."""
        return not self.findings

    @property
    def exit_code(self) -> int:
        """0 for a valid package, 1 for one with findings."""
        return 0 if self.valid else 1


def make_report(package: Package, outcomes: Iterable[Outcome]) -> Report:
    """The report of a run from all that its checks say."""
    findings = Findings(package)
    checked: Counter[str] = Counter()
    not_checked: dict[NotChecked, None] = {}
    for outcome in outcomes:
        if isinstance(outcome, Finding | pl.DataFrame):
            findings.add(outcome)
        elif isinstance(outcome, Checked):
            checked[outcome.what] += outcome.count
        else:
            not_checked[outcome] = None
    return Report(
        package=package.name,
        version=package.version,
        location=str(package.file),
        findings=findings,
        checked=tuple(Checked(what, count) for what, count in checked.items()),
        not_checked=tuple(not_checked),
    )
