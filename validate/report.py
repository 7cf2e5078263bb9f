"""The result of a run, frozen."""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

from validate.findings import Checked, Finding, NotChecked, Outcome
from validate.model import Package

STRUCTURE = {"source-error", "quote-error", "blank-header", "unmatched-header"}
DIGESTS = {"hash-count", "byte-count"}
LAST = sys.maxsize


@dataclass(frozen=True)
class Report:
    """What a run found, what it checked, and what it did not.

    Attributes:
        package: name of the package.
        version: its version, if it has one.
        location: its descriptor.
        findings: tables whose structure is at fault first, then in the order of the
            descriptor's resources, of rows and of fields.
        checked: kinds of things that were checked, with their number.
        not_checked: what was not checked, with the reason.
    """

    package: str
    version: str | None
    location: str
    findings: tuple[Finding, ...]
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
    """The report of a run from all that its checks have said."""
    outcomes = list(outcomes)
    structural = {o.resource for o in outcomes if isinstance(o, Finding) and o.code in STRUCTURE}
    places = {name: place for place, name in enumerate(package.resources)}

    def order(finding: Finding) -> tuple[int, int, int, str, str]:
        """Tables with faults of their structure first, each file's digest after its rows."""
        spoilt = 0 if finding.resource in structural else 1
        row = LAST if finding.code in DIGESTS else finding.row or 0
        field = finding.field or ""
        return spoilt, places[finding.resource], row, field, finding.code

    return Report(
        package=package.name,
        version=package.version,
        location=str(package.file),
        findings=tuple(sorted((o for o in outcomes if isinstance(o, Finding)), key=order)),
        checked=tuple(o for o in outcomes if isinstance(o, Checked)),
        not_checked=tuple(o for o in outcomes if isinstance(o, NotChecked)),
    )
