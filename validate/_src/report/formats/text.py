"""Reports for people at a terminal: findings by file and code, then what was checked."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import click
from rich.cells import cell_len

from validate._src.report.formats._excerpts import GAP, Excerpt, excerpts
from validate._src.report.formats._wrapping import hanging
from validate._src.report.formats.view import Rows, Told, View
from validate._src.report.report import Report, Unusable
from validate._src.report.subjects import fields_of
from validate._src.tables.excerpts import Row
from validate._src.words.codes import CODES, ERROR, WARNING
from validate._src.words.finding import Finding
from validate._src.words.findings import Group
from validate._src.words.lookalikes import escaped
from validate._src.words.printing import counted, printable

USUAL = 5
COLOURS = {ERROR: "red", WARNING: "yellow"}


def render(reports: Sequence[Report | Unusable], view: View) -> Iterator[str]:
    """The reports as text: the first few findings of a file and code in their rows, a summary."""
    shown = [report for report in reports if isinstance(report, Report) or not view.errors_told]
    for number, report in enumerate(shown):
        if number:
            yield "\n"
        yield from _lines(_report(report, view))
    if len(reports) > 1:
        valid = sum(report.valid for report in reports)
        yield f"\n{counted(len(reports), 'package')}, {valid:,} valid\n"


def _report(report: Report | Unusable, view: View) -> Iterator[str]:
    if isinstance(report, Unusable):
        said = f"{report.location}: cannot be validated: {report.message}"
        for line in _wrapped(said, view, ""):
            yield _styled(line, view, colour=COLOURS[ERROR], bold=True)
        return
    for path, of_file in groupby(
        view.told(report, report.findings, USUAL), key=lambda told: told[0].path
    ):
        for line in _wrapped(path, view, ""):
            yield _styled(line, view, bold=True)
        for group, told in of_file:
            yield from _group(group, told, report, view)
        yield ""
    yield from _summary(report, view)


def _lines(lines: Iterable[str]) -> Iterator[str]:
    return (line + "\n" for line in lines)


def _styled(text: str, view: View, *, colour: str | None = None, bold: bool = False) -> str:
    return click.style(text, fg=colour, bold=bold or None) if view.colour and text else text


def _wrapped(text: str, view: View, first: str) -> Iterator[str]:
    """A text in lines as wide as the terminal, something before the first, others indented."""
    return hanging(printable(text), view.width, first)


def _group(group: Group, told: Told, report: Report, view: View) -> Iterator[str]:
    title = f"{group.code}: {CODES[group.code].title} ({group.count:,})"
    for line in _wrapped(title, view, "  "):
        yield _styled(line, view, bold=True)
    shown = 0
    for findings, rows in told:
        shown += len(findings)
        for finding in findings:
            yield from _finding(finding, fields_of(finding, report.source), rows, view)
    if left := group.count - shown:
        more = f"and {left:,} more" if shown else f"{left:,} not shown"
        said = f"{more}; --limit shows more, --format jsonl all"
        yield from _wrapped(said, view, f"    {GAP} ")
    yield from _wrapped(CODES[group.code].remedy, view, "    → ")


def _finding(finding: Finding, names: Sequence[str], rows: Rows, view: View) -> Iterator[str]:
    """Where it is, its row with a mark under the cell, and what is wrong."""
    place = finding.place
    if finding.other_row is not None:
        place += f" (row {finding.other_row})"
    key = ",".join(finding.key)
    for line in _wrapped("  ".join(filter(None, (place, key))), view, "    "):
        yield _styled(line, view, bold=True)
    row = rows.get((finding.resource, finding.row)) if finding.row is not None else None
    indent = "      "
    colour = COLOURS[finding.severity]
    lines = _excerpts(finding, row, names, view.width - len(indent)) if row else []
    if not lines and finding.value is not None:
        yield from _wrapped(f'{finding.field or "value"} = "{finding.value}"', view, indent)
    mark = ""
    for number, excerpt in enumerate(lines, 1):
        yield indent + excerpt.line
        mark = indent + excerpt.underline
        if number < len(lines):
            yield _styled(mark, view, colour=colour)
    if mark.strip() and cell_len(f"{mark} {_said(finding)}") <= view.width:
        yield _styled(f"{mark} {_said(finding)}", view, colour=colour)
    else:
        yield from [_styled(mark, view, colour=colour)] if mark.strip() else []
        yield from _message(finding, view, indent)
    if finding.note is not None:
        value = f'"{escaped(finding.value)}" ' if finding.value is not None else ""
        yield from _wrapped(value + finding.note, view, indent)


def _message(finding: Finding, view: View, indent: str) -> Iterator[str]:
    for line in _wrapped(_said(finding), view, indent):
        yield _styled(line, view, colour=COLOURS[finding.severity])


def _said(finding: Finding) -> str:
    severity = f"{WARNING}: " if finding.severity == WARNING else ""
    return printable(severity + finding.said)


def _excerpts(finding: Finding, row: Row, names: Sequence[str], width: int) -> list[Excerpt]:
    """The row as it stands in its file, with marks under all that the finding is about."""
    cells = [printable(cell) for cell in row.written or row.cells]
    delimiter = row.delimiter if row.delimiter.isprintable() else " | "
    return [*excerpts(cells, row.positions(finding, names), delimiter, width)]


def _summary(report: Report, view: View) -> Iterator[str]:
    yield from _verdict(report, view)
    for remark in report.remarks:
        yield from _wrapped(remark, view, "note: ")
    if hidden := view.of_other_codes(report):
        yield from _wrapped(f"not shown: {counted(hidden, 'finding')} of other codes", view, "")
    for group in report.waived.groups(USUAL, or_one_more=True):
        yield from _waived(group, view)
    checked = ", ".join(f"{part.what} {part.count:,}" for part in report.checked if part.count)
    yield from _wrapped(checked or "nothing", view, "checked: ")
    for part in report.not_checked:
        yield from _wrapped(f"{part.what}: {part.why}", view, "not checked: ")


def _waived(group: Group, view: View) -> Iterator[str]:
    for finding in group.first:
        place = ", ".join(filter(None, (finding.path, ",".join(finding.key), finding.field)))
        yield from _wrapped(f"{group.code} in {place}: {finding.waiver}", view, "waived: ")
    if left := group.count - len(group.first):
        said = f"and {left:,} more of {group.code} in {group.path}"
        yield from _wrapped(said, view, f"waived: {GAP} ")


def _verdict(report: Report, view: View) -> Iterator[str]:
    """How it stands."""
    colour = COLOURS[WARNING if report.valid else ERROR] if report.findings else "green"
    for line in _wrapped(f"{report.title}: {report.standing}", view, ""):
        yield _styled(line, view, colour=colour, bold=True)
