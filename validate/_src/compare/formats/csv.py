"""Differences as one table in CSV: every changed cell a row, for spreadsheets and statistics."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

import polars as pl

from validate._src.compare.difference import Difference, RowChange
from validate._src.compare.formats.shown import Shown
from validate._src.compare.formats.wording import keyed
from validate._src.report.formats.csv import harmless

COLUMNS = {
    "resource": pl.String,
    "change": pl.String,
    "key": pl.String,
    "old_path": pl.String,
    "old_row": pl.Int64,
    "new_path": pl.String,
    "new_row": pl.Int64,
    "field": pl.String,
    "old": pl.String,
    "new": pl.String,
}
AT_ONCE = 10_000


def render(difference: Difference, shown: Shown) -> Iterator[str]:
    """The cells that changed; of rows that were added or removed a line each, without a field.

    What a spreadsheet would take for a formula begins with an apostrophe, as in reports.
    """
    yield ",".join(COLUMNS) + "\n"
    cells = _cells(difference, shown)
    while some := [*islice(cells, AT_ONCE)]:
        yield harmless(pl.DataFrame(some, schema=COLUMNS, orient="row"))


def _cells(difference: Difference, shown: Shown) -> Iterator[tuple[Any, ...]]:
    for table in difference.tables:
        for group in shown.groups(table):
            for row in group.rows:
                yield from _of_row(table.resource, row)


def _of_row(resource: str, row: RowChange) -> Iterator[tuple[Any, ...]]:
    old, new = row.old, row.new
    places = (old and old.path, old and old.row, new and new.path, new and new.row)
    begin = (resource, row.change, keyed(row.key), *places)
    if row.change != "changed":
        yield (*begin, None, None, None)
    for cell in row.cells:
        yield (*begin, cell.field, cell.old, cell.new)
