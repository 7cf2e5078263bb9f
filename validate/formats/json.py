"""Reports as JSON: one object with everything that the report holds."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from validate.formats import jsonl
from validate.report import Report

VERSION = 1


def render(report: Report) -> Iterator[str]:
    """The report as a JSON object of format version 1, piece by piece.

    Its members: `format_version`, `package`, `version`, `location`, `valid`,
    `checked` (`what`, `count`), `not_checked` (`what`, `why`), `findings`, one a line.
    Every finding has all members of `validate.findings.Finding`, null where empty.
    """
    summary = {
        "format_version": VERSION,
        "package": report.package,
        "version": report.version,
        "location": report.location,
        "valid": report.valid,
        "checked": [asdict(checked) for checked in report.checked],
        "not_checked": [asdict(not_checked) for not_checked in report.not_checked],
    }
    yield json.dumps(summary, ensure_ascii=False, indent=2).removesuffix("\n}")
    yield ',\n  "findings": ['
    separator = "\n    "
    for lines in jsonl.render(report):
        yield separator + lines.rstrip("\n").replace("\n", ",\n    ")
        separator = ",\n    "
    yield "\n  ]\n}\n" if report.findings else "]\n}\n"
