"""Reports for people at a terminal: findings by file and code, then what was checked."""

import unicodedata
from collections.abc import Iterator
from itertools import chain, groupby

from validate.collection import Group
from validate.findings import CODES, Finding
from validate.report import Report

SHOWN = 5
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def render(report: Report) -> Iterator[str]:
    """The report as plain text, line by line, the first few findings of a file and code in full."""
    groups = report.findings.groups(SHOWN)
    for line in chain(_findings(groups), _summary(report, groups)):
        yield line + "\n"


def printable(text: str) -> str:
    """`text` with its control, format and line-breaking characters escaped."""
    return "".join(
        character.encode("unicode_escape").decode() if _controls(character) else character
        for character in text
    )


def _controls(character: str) -> bool:
    return unicodedata.category(character) in UNPRINTABLE


def counted(count: int, noun: str) -> str:
    """A count with its noun: `1 finding`, `1,200 findings`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _findings(groups: list[Group]) -> Iterator[str]:
    for path, of_file in groupby(groups, key=lambda group: group.path):
        yield printable(path)
        for group in of_file:
            yield f"  {group.code}: {CODES[group.code].title} ({group.count:,})"
            yield from (_finding(finding) for finding in group.first)
            if group.count > SHOWN:
                yield f"    … and {group.count - SHOWN:,} more; --format json lists all"
            yield f"    → {CODES[group.code].remedy}"
        yield ""


def _finding(finding: Finding) -> str:
    place = finding.path if finding.line is None else f"{finding.path}:{finding.line}"
    if finding.row is not None and finding.row != finding.line:
        place += f" (row {finding.row})"
    key = ",".join(finding.key)
    cell = " = ".join(
        part
        for part in (finding.field, None if finding.value is None else f'"{finding.value}"')
        if part is not None
    )
    parts = [part for part in (place, key, cell, finding.message) if part]
    return printable("    " + "  ".join(parts))


def _summary(report: Report, groups: list[Group]) -> Iterator[str]:
    name = report.package if report.version is None else f"{report.package} {report.version}"
    if not report.valid:
        files = len({group.path for group in groups})
        count = f"{counted(len(report.findings), 'finding')} in {counted(files, 'file')}"
        yield printable(f"{name}: not valid, {count}")
    elif not any(part.what == "tables" and part.count for part in report.checked):
        yield printable(f"{name}: nothing found, and no table checked")
    elif report.not_checked:
        yield printable(f"{name}: valid in all that was checked")
    else:
        yield printable(f"{name}: valid")
    checked = ", ".join(f"{part.what} {part.count:,}" for part in report.checked if part.count)
    yield f"checked: {checked or 'nothing'}"
    for part in report.not_checked:
        yield printable(f"not checked: {part.what}: {part.why}")
