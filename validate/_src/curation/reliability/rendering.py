"""What codings give, as text."""

from collections.abc import Iterator

from validate._src.curation.reliability.assessment import Assessed, Assessment
from validate._src.curation.reliability.shipped import shown

ENOUGH = 0.8
"""Below it, Krippendorff allows tentative conclusions at most (Content Analysis, 2019, 12.4)."""
COLUMNS = ("table", "field", "level", "units", "values", "alpha", "low", "high", "agreement")
TEXTS = COLUMNS[:3]


def lines_of(found: Assessment) -> Iterator[str]:
    """The results of each task as a table, and all that is wrong."""
    for task in found.tasks:
        yield from _of_task(task, found.segments)
    yield from found.strays
    yield from found.differences


def _of_task(found: Assessed, segments: int) -> Iterator[str]:
    task, sample = found.task, found.sample
    drawn = "" if sample is None else f", {len(sample)} of {segments} segments drawn"
    yield f"{task.name}: coders {', '.join(task.coders)}, seed {task.seed}{drawn}"
    if found.faults:
        yield "  not computed: something is wrong with the codings"
        yield from (f"  {fault}" for fault in found.faults)
        return
    rows = [[shown(name, getattr(one, name)) or "-" for name in COLUMNS] for one in found.results]
    widths = [max(map(len, column)) for column in zip(COLUMNS, *rows, strict=True)]
    for row in (COLUMNS, *rows):
        cells = zip(row, widths, COLUMNS, strict=True)
        line = (f"{cell:{'<' if name in TEXTS else '>'}{width}}" for cell, width, name in cells)
        yield "  " + "  ".join(line)
    low = sum(one.alpha is None or one.alpha < ENOUGH for one in found.results)
    yield f"  alpha is below {ENOUGH} or undefined in {low} of {len(rows)} rows"
