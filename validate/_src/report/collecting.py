"""From what the checks say to the report of a run."""

from collections import Counter
from collections.abc import Iterable, Set
from dataclasses import replace

import polars as pl

from validate._src.report.notes import noted
from validate._src.report.report import Report
from validate._src.report.waivers import Waivers
from validate._src.words.findingframe import FindingFrame
from validate._src.words.findings import Findings
from validate._src.words.model import Package
from validate._src.words.outcome import Checked, Columns, NotChecked, Outcome, Remark


def make_report(
    package: Package, outcomes: Iterable[Outcome], left_out: Set[str] = frozenset()
) -> Report:
    """The report of a run.

    Args:
        package: what was validated.
        outcomes: all that the checks say.
        left_out: names of the resources whose findings are not wanted.
    """
    waivers = Waivers(package, left_out)
    findings, waived = Findings(package.resources), Findings(package.resources)
    checked: Counter[str] = Counter()
    not_checked: dict[NotChecked, None] = {}
    remarks: dict[str, None] = {}
    for outcome in outcomes:
        match outcome:
            case Checked():
                checked[outcome.what] += outcome.count
            case NotChecked():
                not_checked[outcome] = None
            case FindingFrame() if outcome.resource not in left_out:
                found = weighed(noted(outcome, package), package)
                standing, let_pass = waivers.parted(found)
                findings.add(standing)
                waived.add(let_pass)
            case FindingFrame():
                pass
            case Remark():
                remarks[outcome.text] = None
            case Columns():
                findings.arrange(outcome.resource, outcome.names)
                waived.arrange(outcome.resource, outcome.names)

    def judges(resource: str, code: str) -> bool:
        hidden = any(part.hides(resource, code) for part in not_checked)
        return resource not in left_out and not hidden

    for problem in waivers.problems(judges):
        if problem.resource not in left_out:
            findings.add(weighed(problem, package))
    return Report(
        package=package.name,
        version=package.version,
        location=package.location,
        findings=findings,
        waived=waived,
        checked=tuple(Checked(what, count) for what, count in checked.items()),
        not_checked=tuple(not_checked),
        left_out=left_out,
        source=package,
        remarks=tuple(remarks),
    )


def weighed(found: FindingFrame, package: Package) -> FindingFrame:
    """The findings of a code, as bad as the package says that they are.

    Source: docs/extensions.md, "Severity of codes".
    """
    severity = package.severity_of(found.resource, found.code)
    if severity is None:
        return found
    return replace(found, rows=found.rows.with_columns(severity=pl.lit(severity)))
