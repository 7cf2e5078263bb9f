"""Reports for people at a terminal: findings by file and code, then what was checked."""

import unicodedata
from collections.abc import Iterator
from itertools import groupby

from validate.findings import CODES, Finding
from validate.report import Report

SHOWN = 5
UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def render(report: Report) -> str:
    """The report as plain text, the first few findings of each file and code in full."""
    return "\n".join([*_findings(report), *_summary(report)]) + "\n"


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


def _findings(report: Report) -> Iterator[str]:
    for path, of_file in groupby(report.findings, key=lambda finding: finding.path):
        yield printable(path)
        by_code: dict[str, list[Finding]] = {}
        for finding in of_file:
            by_code.setdefault(finding.code, []).append(finding)
        for code, findings in by_code.items():
            yield f"  {code}: {CODES[code].title} ({len(findings):,})"
            yield from (_finding(finding) for finding in findings[:SHOWN])
            if len(findings) > SHOWN:
                yield f"    … and {len(findings) - SHOWN:,} more; --format json lists all"
            yield f"    → {CODES[code].remedy}"
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


def _summary(report: Report) -> Iterator[str]:
    name = report.package if report.version is None else f"{report.package} {report.version}"
    if not report.valid:
        files = len({finding.path for finding in report.findings})
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
