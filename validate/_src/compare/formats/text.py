"""Differences for people at a terminal: the descriptor, then tables with their rows marked."""

from collections.abc import Iterator

import click

from validate._src.compare.difference import ADDED, CHANGED, REMOVED, Difference, RowChange
from validate._src.compare.difference import TableDifference as Table
from validate._src.compare.formats.shown import Group, Shown
from validate._src.compare.formats.wording import (
    counts,
    demanded,
    in_words,
    keyed,
    named,
    quoted,
    titled,
    verdict,
)
from validate._src.report.formats._excerpts import GAP, excerpts
from validate._src.report.formats._wrapping import hanging
from validate._src.words.printing import printable

USUAL = 5
COLOURS = {ADDED: "green", REMOVED: "red", CHANGED: "yellow"}
MOST_REASONS = 5


def render(difference: Difference, shown: Shown) -> Iterator[str]:
    """The difference as text: the first few rows of a table and kind of change, and a summary."""
    for line in _lines(difference, shown):
        yield line + "\n"


def _lines(difference: Difference, shown: Shown) -> Iterator[str]:
    if difference.changes:
        yield _styled("descriptor", shown, bold=True)
        for change in difference.changes:
            yield from _wrapped(in_words(change), shown, f"  {change.level:5}  ")
        yield ""
    for table in difference.tables:
        if not table.same:
            yield from _table(table, shown)
            yield ""
    yield from _summary(difference, shown)


def _table(table: Table, shown: Shown) -> Iterator[str]:
    for line in _wrapped(f"{named(table)}: {counts(table)}", shown, ""):
        yield _styled(line, shown, bold=True)
    for group in shown.groups(table, USUAL, or_one_more=True):
        yield _styled(f"  {group.change} ({group.count:,})", shown, bold=True)
        yield from _group(group, shown)


def _group(group: Group, shown: Shown) -> Iterator[str]:
    for row in group.rows:
        yield from _row(row, shown)
    if group.left:
        said = f"{group.left:,} more; --limit shows more, --format json all"
        yield from _wrapped(said, shown, f"    {GAP} ")


def _row(row: RowChange, shown: Shown) -> Iterator[str]:
    """Where it stands, the row with a mark under what changed in it, and what that was."""
    place = row.new or row.old
    assert place is not None, "a row stands somewhere"
    at = place.path if place.line is None else f"{place.path}:{place.line}"
    known = f"{at} (row {place.row})" if place.line is None else at
    yield from _wrapped("  ".join(filter(None, (known, keyed(row.key)))), shown, "    ")
    indent = "      "
    cells = [printable(text or "") for text in row.values.values()]
    fields = [*row.values]
    changed = [fields.index(cell.field) for cell in row.cells]
    for excerpt in excerpts(cells, changed, ",", shown.width - len(indent)):
        yield indent + excerpt.line
        if excerpt.marks:
            yield _styled(indent + excerpt.underline, shown, colour=COLOURS[row.change])
    for cell in row.cells:
        said = f"{cell.field}: {quoted(cell.old)} → {quoted(cell.new)}"
        for line in _wrapped(said, shown, indent):
            yield _styled(line, shown, colour=COLOURS[row.change])


def _summary(difference: Difference, shown: Shown) -> Iterator[str]:
    for line in _wrapped(f"{titled(difference)}: {verdict(difference)}", shown, ""):
        yield _styled(line, shown, bold=True)
    for table in difference.tables:
        for note in table.notes:
            yield from _wrapped(f"{table.resource}: {note}", shown, "note: ")
    for part in difference.not_compared:
        yield from _wrapped(f"{part.what}: {part.why}", shown, "not compared: ")
    for line in demanded(difference):
        yield from _wrapped(line, shown, "version: ")
    reasons = difference.demand.because
    for reason in reasons[:MOST_REASONS]:
        yield from _wrapped(reason, shown, "  by ")
    if len(reasons) > MOST_REASONS:
        left = f"{len(reasons) - MOST_REASONS:,} more; --format json lists all"
        yield from _wrapped(left, shown, f"  {GAP} ")


def _wrapped(text: str, shown: Shown, first: str) -> Iterator[str]:
    return hanging(printable(text), shown.width, first)


def _styled(text: str, shown: Shown, *, colour: str | None = None, bold: bool = False) -> str:
    return click.style(text, fg=colour, bold=bold or None) if shown.colour and text else text
