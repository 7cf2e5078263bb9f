"""The result of a run, frozen."""

from collections.abc import Iterable
from dataclasses import dataclass

from validate.findings import Checked, Finding, NotChecked, Outcome
from validate.model import Package


@dataclass(frozen=True)
class Report:
    """What a run found, what it checked, and what it did not.

    Attributes:
        package: name of the package.
        version: its version, if it has one.
        location: its descriptor.
        findings: in the order of the descriptor's resources, then of rows and fields.
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
    places = {name: place for place, name in enumerate(package.resources)}

    def order(finding: Finding) -> tuple[int, int, str, str]:
        return places[finding.resource], finding.row or 0, finding.field or "", finding.code

    return Report(
        package=package.name,
        version=package.version,
        location=str(package.file),
        findings=tuple(sorted((o for o in outcomes if isinstance(o, Finding)), key=order)),
        checked=tuple(o for o in outcomes if isinstance(o, Checked)),
        not_checked=tuple(o for o in outcomes if isinstance(o, NotChecked)),
    )
