"""Reports as JSON: one object with everything that the report holds."""

import json
from dataclasses import asdict

from validate.report import Report

VERSION = 1


def render(report: Report) -> str:
    """The report as a JSON object of format version 1.

    Its members: `format_version`, `package`, `version`, `location`, `valid`,
    `findings`, `checked` (`what`, `count`), `not_checked` (`what`, `why`).
    Every finding has all members of `validate.findings.Finding`, null where empty.
    """
    content = {
        "format_version": VERSION,
        "package": report.package,
        "version": report.version,
        "location": report.location,
        "valid": report.valid,
        "findings": [asdict(finding) for finding in report.findings],
        "checked": [asdict(checked) for checked in report.checked],
        "not_checked": [asdict(not_checked) for not_checked in report.not_checked],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"
