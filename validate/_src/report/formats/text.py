"""Reports for people at a terminal: findings by file and code, then what was checked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import click
from rich.cells import cell_len, set_cell_size

from validate._src.report.formats._wrapping import wrapped
from validate._src.report.formats.view import View
from validate._src.report.report import Report, Unusable
from validate._src.tables.excerpts import Row
from validate._src.words.codes import CODES, ERROR, WARNING
from validate._src.words.finding import Finding
from validate._src.words.findings import Group
from validate._src.words.lookalikes import escaped
from validate._src.words.printing import counted, printable

USUAL = 5
LARGEST_CELL = 40
NARROWEST = 20  # columns; on a narrower terminal hardly a word fits into a line
GAP = "…"
COLOURS = {ERROR: "red", WARNING: "yellow"}
Rows = Mapping[tuple[str, int], Row]


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
    groups = view.groups(report, USUAL)
    rows = report.rows(finding for group in groups for finding in group.first)
    for path, of_file in groupby(groups, key=lambda group: group.path):
        for line in _wrapped(path, view, ""):
            yield _styled(line, view, bold=True)
        for group in of_file:
            yield from _group(group, rows, view)
        yield ""
    yield from _summary(report, view)


def _lines(lines: Iterable[str]) -> Iterator[str]:
    return (line + "\n" for line in lines)


def _styled(text: str, view: View, *, colour: str | None = None, bold: bool = False) -> str:
    return click.style(text, fg=colour, bold=bold or None) if view.colour and text else text


def _wrapped(text: str, view: View, first: str) -> Iterator[str]:
    """A text in lines as wide as the terminal, something before the first, others indented."""
    room = max(view.width - cell_len(first), NARROWEST)
    for number, line in enumerate(wrapped(printable(text), room)):
        yield (" " * cell_len(first) if number else first) + line


def _group(group: Group, rows: Rows, view: View) -> Iterator[str]:
    title = f"{group.code}: {CODES[group.code].title} ({group.count:,})"
    for line in _wrapped(title, view, "  "):
        yield _styled(line, view, bold=True)
    for finding in group.first:
        yield from _finding(finding, rows, view)
    if left := group.count - len(group.first):
        more = "another" if left == 1 else f"{left:,} more"
        said = f"and {more}; --limit shows more, --format jsonl all"
        yield from _wrapped(said, view, f"    {GAP} ")
    yield from _wrapped(CODES[group.code].remedy, view, "    → ")


def _finding(finding: Finding, rows: Rows, view: View) -> Iterator[str]:
    """Where it is, its row with a mark under the cell, and what is wrong."""
    place = finding.place
    if finding.row is not None and finding.row != finding.line:
        place += f" (row {finding.row})"
    key = ",".join(finding.key)
    for line in _wrapped("  ".join(filter(None, (place, key))), view, "    "):
        yield _styled(line, view, bold=True)
    row = rows.get((finding.resource, finding.row)) if finding.row is not None else None
    indent = "      "
    excerpt = _excerpt(finding, row, view.width - len(indent)) if row else None
    if excerpt is None:
        if finding.value is not None:
            yield from _wrapped(f'{finding.field or "value"} = "{finding.value}"', view, indent)
        yield from _message(finding, view, indent)
    else:
        yield indent + excerpt.line
        yield from _marked(finding, excerpt, view, indent)
    if finding.note is not None:
        value = f'"{escaped(finding.value)}" ' if finding.value is not None else ""
        yield from _wrapped(value + finding.note, view, indent)


def _marked(finding: Finding, excerpt: "_Excerpt", view: View, indent: str) -> Iterator[str]:
    """The mark under a row, and what is wrong, beside it where there is room."""
    colour = COLOURS[finding.severity]
    if excerpt.length:
        mark = indent + " " * excerpt.start + "^" * excerpt.length
        if cell_len(f"{mark} {_said(finding)}") <= view.width:
            yield _styled(f"{mark} {_said(finding)}", view, colour=colour)
            return
        yield _styled(mark, view, colour=colour)
    yield from _message(finding, view, indent)


def _message(finding: Finding, view: View, indent: str) -> Iterator[str]:
    for line in _wrapped(_said(finding), view, indent):
        yield _styled(line, view, colour=COLOURS[finding.severity])


def _said(finding: Finding) -> str:
    severity = f"{WARNING}: " if finding.severity == WARNING else ""
    return printable(severity + finding.said)


@dataclass(frozen=True)
class _Excerpt:
    """As much of a row as there is room for, in columns of the terminal.

    Attributes:
        start: where the cell at fault begins.
        length: how long it is; 0 where no single cell is at fault.
    """

    line: str
    start: int
    length: int


def _excerpt(finding: Finding, row: Row, width: int) -> _Excerpt:
    at = row.position(finding)
    cells = [_fitted(printable(cell)) for cell in row.cells]
    if at == len(cells):
        cells.append("")
    delimiter = row.delimiter if row.delimiter.isprintable() else " | "
    first, last = _window([cell_len(cell) for cell in cells], at or 0, cell_len(delimiter), width)
    before = [GAP] if first else []
    after = [GAP] if last < len(cells) else []
    line = delimiter.join([*before, *cells[first:last], *after])
    if at is None:
        return _Excerpt(line, 0, 0)
    start = cell_len(delimiter.join([*before, *cells[first:at], ""]))
    return _Excerpt(line, start, max(cell_len(cells[at]), 1))


def _window(sizes: Sequence[int], at: int, delimiter: int, width: int) -> tuple[int, int]:
    """The range of cells around one of them that fits into the width."""
    first, last = at, min(at + 1, len(sizes))
    room = width - 2 * (1 + delimiter) - sum(sizes[first:last])
    while True:
        before = sizes[first - 1] + delimiter if first else None
        after = sizes[last] + delimiter if last < len(sizes) else None
        if after is not None and after <= room:
            last, room = last + 1, room - after
        elif before is not None and before <= room:
            first, room = first - 1, room - before
        else:
            return first, last


def _fitted(cell: str) -> str:
    """A cell, cut where it is too wide to be shown."""
    if cell_len(cell) <= LARGEST_CELL:
        return cell
    return set_cell_size(cell, LARGEST_CELL - 1).rstrip() + GAP


def _summary(report: Report, view: View) -> Iterator[str]:
    yield from _verdict(report, view)
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
