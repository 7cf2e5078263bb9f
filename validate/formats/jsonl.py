"""Reports as JSON lines: every finding on a line of its own, nothing else."""

from collections.abc import Iterator

from validate.report import Report

SLICE = 10_000


def render(report: Report) -> Iterator[str]:
    """Each finding as a JSON object with all members of `Finding`, null where empty."""
    for frame in report.findings.frames():
        for findings in frame.iter_slices(SLICE):
            yield findings.write_ndjson()
