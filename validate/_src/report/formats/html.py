"""Reports as a page for the browser: one file that loads nothing, to read, search and print."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

from jinja2 import Environment, PackageLoader
from markupsafe import Markup, escape

from validate._src.report.formats.page import environment
from validate._src.report.formats.view import Rows, Told, View
from validate._src.report.report import Report, Unusable
from validate._src.report.subjects import fields_of
from validate._src.words.codes import CODES, ERROR, WARNING
from validate._src.words.finding import Finding, cell_noun
from validate._src.words.findings import Group
from validate._src.words.lookalikes import escaped
from validate._src.words.model import Package
from validate._src.words.printing import counted

USUAL = 100
CELLS_AROUND = 4
FEW = 10
MOST_OPEN = 200
PIECES = 1000
WAIVED = "waived"
GOOD, DOUBTFUL, BAD = "good", "doubtful", "bad"


def render(reports: Sequence[Report | Unusable], view: View) -> Iterator[str]:
    """The reports as one page of HTML: how each package stands and why, then the findings."""
    packages = [_package(number, report, view) for number, report in enumerate(reports, 1)]
    page = _environment().get_template("html.jinja").stream(_content(packages))
    page.enable_buffering(PIECES)
    yield from page


def _content(packages: "Sequence[_Package]") -> dict[str, Any]:
    """All that the template is made of."""
    valid = sum(package.report is not None and package.report.valid for package in packages)
    shown = {code for package in packages for code in package.codes() if package.shows(code)}
    return {
        "packages": packages,
        "overall": f"{counted(len(packages), 'package')}, {valid:,} valid",
        "counts": sum((Counter(package.counts) for package in packages), Counter[str]()),
        "codes": [code for code in CODES if code in shown],
        "catalogue": CODES,
        "excerpt_of": _excerpt,
        "most_open": MOST_OPEN,
    }


def _environment() -> Environment:
    made = environment(PackageLoader("validate._src.report", "formats"))
    filters: dict[str, Any] = {
        "cell_noun": cell_noun,
        "look_alikes": escaped,
        "with_code": _with_code,
    }
    made.filters.update(filters)
    return made


def _with_code(text: str) -> Markup:
    """A text of the catalogue, in which code stands in backticks."""
    return Markup("").join(
        Markup("<code>{}</code>").format(part) if number % 2 else escape(part)
        for number, part in enumerate(text.split("`"))
    )


@dataclass(frozen=True)
class _File:
    """How many findings there are in a file.

    Attributes:
        number: which of the package's files with findings it is, from 1.
        codes: how many there are of each code by severity, and how many are waived.
        fields: how many of each field by code, waived ones aside, the most first.
        of_no_field: how many there are of no single field, waived ones aside.
    """

    path: str
    number: int
    codes: Mapping[str, Counter[str]]
    fields: Mapping[str, Counter[str]]
    of_no_field: int

    def total(self, kind: str) -> int:
        """How many there are of a severity, or waived."""
        return sum(counts[kind] for counts in self.codes.values())


@dataclass(frozen=True)
class _Package:
    """What the page says of a package.

    Attributes:
        anchor: what the ids of its parts begin with.
        tone: whether the verdict is good, doubtful or bad.
        error: why it could not be validated; empty if it could.
        report: None if it could not.
        counts: how many findings there are by severity, and how many are waived.
    """

    anchor: str
    name: str
    location: str
    verdict: str
    tone: str
    view: View
    error: str = ""
    report: Report | None = None
    counts: Mapping[str, int] = field(default_factory=dict[str, int])
    files: Mapping[str, _File] = field(default_factory=dict[str, _File])

    def shows(self, code: str) -> bool:
        """Whether findings of a code are on the page; they are counted in any case."""
        return not self.view.codes or code in self.view.codes

    def codes(self) -> Counter[str]:
        """How many findings there are of each code, waived or not."""
        codes: Counter[str] = Counter()
        for file in self.files.values():
            codes.update({code: counts.total() for code, counts in file.codes.items()})
        return codes

    def of_no_field(self) -> int:
        """How many findings that stand are of no single field."""
        return sum(file.of_no_field for file in self.files.values())

    def left_out(self) -> int:
        """How many findings are of codes that are not on the page."""
        return sum(count for code, count in self.codes().items() if not self.shows(code))

    def number_of(self, group: Group) -> int:
        """How many findings of a group are on the page."""
        return self.view.number_of(group, USUAL)

    def opens(self, group: Group) -> bool:
        """Whether findings lie open from the beginning, because they are few."""
        return self.number_of(group) <= FEW or self.codes().total() <= MOST_OPEN

    def clean(self) -> list[str]:
        """The files in which nothing was found."""
        resources = self.report.source.resources.values() if self.report else ()
        paths = {part.location: None for resource in resources for part in resource.parts}
        return [path for path in paths if path not in self.files]

    def groups(self, part: str) -> Iterator[tuple[_File, Iterator[tuple[Group, Told]]]]:
        """The findings that stand, or the waived ones, by file, with the rows they speak of."""
        if self.report is None:
            return
        found = self.report.waived if part == WAIVED else self.report.findings
        told = self.view.told(self.report, found, USUAL)
        for path, of_file in groupby(told, key=lambda one: one[0].path):
            yield self.files[path], of_file


def _package(number: int, report: Report | Unusable, view: View) -> _Package:
    anchor, place = f"package-{number}", report.location
    if isinstance(report, Unusable):
        verdict = "Could not be validated"
        return _Package(anchor, place, place, verdict, BAD, view, error=report.message)
    name, verdict, tone = report.title, report.verdict.capitalize(), _tone(report)
    errors, warnings, waived = report.findings.errors, report.findings.warnings, len(report.waived)
    counts = {ERROR: errors, WARNING: warnings, WAIVED: waived}
    files = _files(report)
    return _Package(anchor, name, place, verdict, tone, view, "", report, counts, files)


def _tone(report: Report) -> str:
    if not report.valid:
        return BAD
    return DOUBTFUL if report.findings or not report.has_tables else GOOD


def _files(report: Report) -> dict[str, _File]:
    """The files with findings, those with findings that stand first."""
    codes: dict[str, dict[str, Counter[str]]] = {}
    fields: dict[str, dict[str | None, Counter[str]]] = {}
    for (path, code, name, severity), count in report.findings.by_field().items():
        codes.setdefault(path, {}).setdefault(code, Counter())[severity] += count
        fields.setdefault(path, {}).setdefault(name, Counter())[code] += count
    for (path, code, _, _), count in report.waived.by_field().items():
        codes.setdefault(path, {}).setdefault(code, Counter())[WAIVED] += count
    return {
        path: _file(path, number, codes[path], fields.get(path, {}))
        for number, path in enumerate(codes, 1)
    }


def _file(
    path: str,
    number: int,
    codes: Mapping[str, Counter[str]],
    fields: Mapping[str | None, Counter[str]],
) -> _File:
    most_first = sorted(fields.items(), key=lambda item: -item[1].total())
    named = {name: counts for name, counts in most_first if name is not None}
    return _File(path, number, codes, named, fields.get(None, Counter[str]()).total())


@dataclass(frozen=True)
class _Cell:
    label: str
    text: str
    value: str
    is_faulty: bool


@dataclass(frozen=True)
class _Gap:
    """How many cells are left out, and where: before, between or after those that are shown."""

    count: int
    where: str


@dataclass(frozen=True)
class _Excerpt:
    """The cells of a row that a finding is about and those around them, in order."""

    parts: Sequence[_Cell | _Gap]
    names_fields: bool

    def shows(self, finding: Finding) -> bool:
        """Whether a cell that is marked holds the value, or all of which it is made do."""
        marked = [part for part in self.parts if isinstance(part, _Cell) and part.is_faulty]
        whole = finding.field is None and self.names_fields
        return whole or any(cell.value == finding.value for cell in marked)


def _excerpt(finding: Finding, rows: Rows, package: Package) -> _Excerpt | None:
    """The row of a finding, if it is about a row that could be read."""
    row = rows.get((finding.resource, finding.row)) if finding.row is not None else None
    if row is None:
        return None
    names = fields_of(finding, package)
    at = row.positions(finding, names)
    beyond = [""] if at and at[-1] == len(row.cells) else []
    cells = [*row.cells, *beyond]
    written = [*(row.written or row.cells), *beyond]
    labels = {place: name for name, place in row.columns.items()}
    parts: list[_Cell | _Gap] = []
    for before, place in pairwise([-1, *_around(at or [0], len(cells)), len(cells)]):
        if place - before > 1:
            where = "before" if before < 0 else "between" if place < len(cells) else "after"
            parts.append(_Gap(place - before - 1, where))
        if place < len(cells):
            label = labels.get(place, f"column {place + 1}")
            parts.append(_Cell(label, written[place], cells[place], place in at))
    return _Excerpt(parts, bool(names))


def _around(at: Sequence[int], count: int) -> list[int]:
    """The cells that are shown around some: as many on either side, and none alone left out."""
    shown: set[int] = set()
    for place in at:
        first = max(0, min(place - CELLS_AROUND, count - 2 * CELLS_AROUND - 1))
        shown.update(range(first, min(count, first + 2 * CELLS_AROUND + 1)))
    ends = pairwise([-1, *sorted(shown), count])
    shown.update(before + 1 for before, after in ends if after - before == 2)
    return sorted(shown)
