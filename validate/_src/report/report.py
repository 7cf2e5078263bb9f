"""The report on a package: what a run found, or why there could be none."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path

import polars as pl

from validate._src.tables.excerpts import Row, read_rows
from validate._src.words.codes import ERROR
from validate._src.words.errors import PackageError
from validate._src.words.finding import Finding
from validate._src.words.findings import Findings
from validate._src.words.model import Package
from validate._src.words.outcome import Checked, NotChecked
from validate._src.words.printing import counted, printable


def _unknown() -> None:
    """Checks nothing: a report that was made of others' does not know the files they have read."""


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
        remarks: what is to be known of the run besides, a sentence each.
        piped: whether it is a table from standard input, which is in no folder.
        check_files: raises a `PackageError` where a file is not the one any more that was judged,
            for whatever reads it again and calls its rows judged.
    """

    package: str
    version: str | None
    location: str
    findings: Findings
    waived: Findings
    checked: tuple[Checked, ...]
    not_checked: tuple[NotChecked, ...]
    left_out: Set[str]
    source: Package = field(repr=False)
    remarks: tuple[str, ...] = ()
    piped: bool = False
    check_files: Callable[[], None] = field(default=_unknown, repr=False, compare=False)

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
        """How the package stands, in words, its findings not counted."""
        if not self.valid:
            return "not valid"
        if self.findings:
            return "valid, with warnings"
        if not self.has_tables:
            return "nothing found, and no table checked"
        return "valid in all that was checked" if self.not_checked else "valid"

    @property
    def standing(self) -> str:
        """How the package stands, and in how many findings: `not valid, 2 errors in 1 file`."""
        if not self.findings:
            return self.verdict
        numbers = {"error": self.findings.errors, "warning": self.findings.warnings}
        found = " and ".join(counted(number, noun) for noun, number in numbers.items() if number)
        files = counted(len({group.path for group in self.findings.groups(0)}), "file")
        return f"{'valid, with' if self.valid else 'not valid,'} {found} in {files}"

    def __str__(self) -> str:
        """A summary: how the package stands, what was found in each file, what was not checked."""
        return "\n".join(map(printable, self._summary()))

    def _summary(self) -> Iterator[str]:
        yield f"{self.title}: {self.standing}"
        of_files = groupby(self.findings.groups(0), key=lambda group: group.path)
        for path, groups in of_files:
            yield f"  {path}: {', '.join(f'{group.code} {group.count:,}' for group in groups)}"
        for remark in self.remarks:
            yield f"note: {remark}"
        if self.waived:
            yield f"waived: {counted(len(self.waived), 'finding')}"
        for part in self.not_checked:
            yield f"not checked: {part.what}: {part.why}"

    @property
    def valid(self) -> bool:
        """Whether there is no error among the findings; warnings may be."""
        return not self.findings.errors

    def fails(self, severity: str = ERROR) -> bool:
        """Whether there is an error, or with `warning` anything, among the findings."""
        return bool(self.findings.errors if severity == ERROR else len(self.findings))

    def exit_code(self, severity: str = ERROR) -> int:
        """What the command line exits with: 1 if findings are severe enough, or else 0."""
        return int(self.fails(severity))

    def from_pipe(self, name: str) -> "Report":
        """The same report on a table from standard input, by the name that it goes by."""
        return replace(self, location=name, piped=True)

    def to_frame(self) -> pl.DataFrame:
        """The findings as rows, with the attributes of `Finding` as columns.

        `row` and `line` are integers, `key` is a list of texts, all else is text; what
        does not apply is null.
        """
        return self.findings.to_frame()

    def rows(
        self, findings: Iterable[Finding], ragged: Iterable[str] = ()
    ) -> Mapping[tuple[str, int], Row]:
        """The rows that findings speak of, by resource and row number.

        Args:
            findings: the findings.
            ragged: names of resources whose rows are wanted with cells beyond the columns, whatever
                the findings are.

        Raises:
            PackageError: a file cannot be read any more.
        """
        return read_rows(self.source, findings, ragged)

    def file(self, path: str) -> str:
        """The path of a finding as seen from the working folder, with `/`.

        An address on the web and the name of standard input stay as they are; what stands in
        the descriptor is the descriptor's.
        """
        if self.piped or "://" in path:
            return path
        folder, origin = self.source.folder, self.source.origin
        file = folder / path if (folder / path).exists() else self.source.file
        name = path if file != self.source.file else file.name
        if "://" in origin:
            return origin + name
        return _from_here(Path(origin, name) if origin else file)


@dataclass(frozen=True)
class Unusable:
    """The report on a package that could not be validated: it has no findings and is not valid.

    Attributes:
        location: its descriptor or folder, as it was given.
        message: why, in one line.
    """

    location: str
    message: str

    @property
    def findings(self) -> Findings:
        """No findings."""
        return Findings()

    @property
    def valid(self) -> bool:
        """False: nothing is known of its data."""
        return False

    def exit_code(self, severity: str = ERROR) -> int:
        """What the command line exits with, whatever the severity that is asked for."""
        return PackageError.exit_code

    def from_pipe(self, name: str) -> "Unusable":
        """The same of a table from standard input, by the name that it goes by."""
        return replace(self, location=name)


def _from_here(file: Path) -> str:
    absolute, here = file.absolute(), Path.cwd()
    return Path(os.path.relpath(absolute, here) if here in absolute.parents else file).as_posix()
