"""The result of a run, frozen."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from validate._src.report.waivers import Waivers
from validate._src.tables.excerpts import Row, read_rows
from validate._src.words.codes import ERROR
from validate._src.words.finding import Finding
from validate._src.words.findingframe import FindingFrame
from validate._src.words.findings import Findings
from validate._src.words.model import Package
from validate._src.words.outcome import Checked, NotChecked, Outcome


@dataclass(frozen=True)
class Report:
    """What a run found, what it checked, and what it did not.

    Attributes:
        package: name of the package.
        version: its version, if it has one.
        location: its descriptor.
        findings: all that stand, in the order that `Findings` says.
        waived: those that a waiver lets pass, each with the reason.
        checked: kinds of things that were checked, with their number.
        not_checked: what was not checked, with the reason.
        left_out: names of the resources that were not asked for.
        source: the package itself.
        piped: whether it is a table from standard input, which is in no folder.
    """

    package: str
    version: str | None
    location: str
    findings: Findings
    waived: Findings
    checked: tuple[Checked, ...]
    not_checked: tuple[NotChecked, ...]
    left_out: Set[str]
    source: Package
    piped: bool = False

    def __iter__(self) -> Iterator[Finding]:
        """The findings, one by one."""
        return iter(self.findings)

    @property
    def title(self) -> str:
        """The name of the package, with its version if it has one."""
        return self.package if self.version is None else f"{self.package} {self.version}"

    @property
    def has_tables(self) -> bool:
        """Whether any table was checked."""
        return any(part.what == "tables" and part.count for part in self.checked)

    @property
    def verdict(self) -> str:
        """How the package stands, in words."""
        if not self.valid:
            return "not valid"
        if self.findings:
            return "valid, with warnings"
        if not self.has_tables:
            return "nothing found, and no table checked"
        return "valid in all that was checked" if self.not_checked else "valid"

    @property
    def valid(self) -> bool:
        """Whether there is no error among the findings; warnings may be."""
        return not self.findings.errors

    def fails(self, severity: str = ERROR) -> bool:
        """Whether there is an error, or with `warning` anything, among the findings."""
        return bool(self.findings.errors if severity == ERROR else len(self.findings))

    def to_frame(self) -> pl.DataFrame:
        """The findings as rows, with the attributes of `Finding` as columns.

        `row` and `line` are integers, `key` is a list of texts, all else is text; what
        does not apply is null.
        """
        return self.findings.to_frame()

    def rows(self, findings: Iterable[Finding]) -> Mapping[tuple[str, int], Row]:
        """The rows that findings speak of, by resource and row number.

        Raises:
            PackageError: a file cannot be read any more.
        """
        return read_rows(self.source, findings)

    def file(self, path: str) -> str:
        """The path of a finding as seen from the working folder, with `/`.

        An address on the web and the name of standard input stay as they are; what stands in
        the descriptor is the descriptor's.
        """
        if self.piped or "://" in path:
            return path
        file = self.source.file.parent / path
        return _from_here(file if file.exists() else self.source.file)


@dataclass(frozen=True)
class Unusable:
    """A package that could not be validated.

    Attributes:
        location: its descriptor or folder, as it was given.
        message: why, in one line.
    """

    location: str
    message: str


def _from_here(file: Path) -> str:
    absolute, here = file.absolute(), Path.cwd()
    return Path(os.path.relpath(absolute, here) if here in absolute.parents else file).as_posix()


def make_report(
    package: Package, outcomes: Iterable[Outcome], left_out: Set[str] = frozenset()
) -> Report:
    """The report of a run.

    Args:
        package: what was validated.
        outcomes: all that the checks say.
        left_out: names of the resources whose findings are not wanted.
    """
    waivers = Waivers(package)
    findings, waived = Findings(package.resources), Findings(package.resources)
    checked: Counter[str] = Counter()
    not_checked: dict[NotChecked, None] = {}
    for outcome in outcomes:
        match outcome:
            case Checked():
                checked[outcome.what] += outcome.count
            case NotChecked():
                not_checked[outcome] = None
            case FindingFrame() if outcome.resource not in left_out:
                standing, let_pass = waivers.parted(outcome)
                findings.add(standing)
                waived.add(let_pass)
            case FindingFrame():
                pass

    def judges(resource: str, code: str) -> bool:
        hidden = any(part.hides(resource, code) for part in not_checked)
        return resource not in left_out and not hidden

    for problem in waivers.problems(judges):
        if problem.resource not in left_out:
            findings.add(problem)
    return Report(
        package=package.name,
        version=package.version,
        location=str(package.file),
        findings=findings,
        waived=waived,
        checked=tuple(Checked(what, count) for what, count in checked.items()),
        not_checked=tuple(not_checked),
        left_out=left_out,
        source=package,
    )
