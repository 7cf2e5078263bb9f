"""Reports as JSON: one object with everything that the reports hold (json.schema.json)."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

import polars as pl

from validate._src.report.formats import jsonl
from validate._src.report.formats.view import View
from validate._src.report.report import Report, Unusable

VERSION = 2


def render(reports: Sequence[Report | Unusable], view: View) -> Iterator[str]:
    """The reports as a JSON object of format version 2, each finding on a line of its own."""
    yield f'{{\n"format_version": {VERSION},\n"packages": ['
    for number, report in enumerate(reports):
        yield ",\n" if number else "\n"
        if isinstance(report, Unusable):
            yield jsonl.escaped(json.dumps(asdict(report), ensure_ascii=False))
        else:
            yield from _package(report, view)
    yield "\n]\n}\n"


def _package(report: Report, view: View) -> Iterator[str]:
    counts = {"errors": report.findings.errors, "warnings": report.findings.warnings}
    summary = {
        "package": report.package,
        "version": report.version,
        "location": report.location,
        "valid": report.valid,
        "counts": {**counts, "waived": len(report.waived)},
        "groups": [
            {"path": group.path, "code": group.code, "count": group.count}
            for group in report.findings.groups(0)
        ],
        "checked": [asdict(checked) for checked in report.checked],
        "remarks": report.remarks,
        "not_checked": [{"what": part.what, "why": part.why} for part in report.not_checked],
    }
    yield jsonl.escaped(json.dumps(summary, ensure_ascii=False, indent=2).removesuffix("\n}"))
    for name, frames in (("findings", view.frames(report)), ("waived", report.waived.frames())):
        yield f',\n  "{name}": ['
        yield from _items(frames)
        yield "]"
    yield "\n}"


def _items(frames: Iterator[pl.DataFrame]) -> Iterator[str]:
    separator = "\n    "
    for some in jsonl.objects(frames, ",\n    "):
        yield separator
        yield jsonl.escaped(some)
        separator = ",\n    "
    if separator[0] == ",":
        yield "\n  "
