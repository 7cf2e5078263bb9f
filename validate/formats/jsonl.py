"""Reports as JSON lines: every finding on a line of its own, nothing else."""

from collections.abc import Iterator, Sequence

import polars as pl

from validate.formats.view import View
from validate.report import Report, Unusable

SLICE = 10_000


def render(reports: Sequence[Report | Unusable], view: View) -> Iterator[str]:
    """Each finding as a JSON object with `package` and all members of `Finding`.

    `package` is the descriptor of its package; what does not apply is null.
    """
    for report in reports:
        if isinstance(report, Report):
            for frame in view.frames(report):
                named = frame.select(pl.lit(report.location).alias("package"), pl.all())
                yield from lines(named)


def lines(findings: pl.DataFrame) -> Iterator[str]:
    """Rows as JSON objects, each on a line, in pieces of many lines."""
    for piece in findings.iter_slices(SLICE):
        if piece.height:
            yield piece.write_ndjson()
