"""A last row that has the sums of those above it, and no label."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from validate._src.describe.dialect import Formed
from validate._src.describe.ending import Ending, ending_of
from validate._src.describe.form import table_of
from validate._src.describe.readings import INTEGER, NUMBER
from validate._src.describe.rows import Row
from validate._src.describe.schema import Inferred, Typed
from validate._src.tables.reading import read_batches

NEAR = 1e-9  # of the sum of all magnitudes: what doubles lose when they are added
FEWEST_SUMS = 2  # columns that have sums, where other cells of the row have none, as averages


def whole_ending(formed: Formed, found: Inferred, output: Path) -> Ending:
    """The rows at the end of a table that are no rows of it, a row of sums among them.

    Args:
        formed: its resource.
        found: what it was found to be.
        output: where the descriptor will stand.
    """
    if not formed.is_in_rows:
        return Ending()
    last, width = found.sample.last, len(found.fields)
    known = ending_of(last, width)
    rows = last[: len(last) - len(known.rows)]
    if not rows or rows[-1].cells[0] or not _has_sums(rows[-1], formed, found, output):
        return known
    return ending_of(last, width, rows[-1].number)


def _has_sums(row: Row, formed: Formed, found: Inferred, output: Path) -> bool:
    """Whether a row has the sums of all above it, in more than one column if not in all."""
    numbers = _numbers_in(row, found.fields)
    if not numbers:
        return False
    fields = [one.properties for one in found.fields]
    resource = table_of({**formed.properties, "schema": {"fields": fields}}, output)
    added = {name: _Added() for name in numbers}
    for table in read_batches(resource, only={*numbers}, reader=found.sample.reader):
        for name, one in added.items():
            values = table.values[name].cast(pl.Float64)
            one.add(values.filter(table.rows < row.number))
            one.own += float(values.filter(table.rows == row.number).sum())
    sums = sum(one.is_sum for one in added.values())
    return sums == len(row.filled) or sums >= FEWEST_SUMS


def _numbers_in(row: Row, fields: Sequence[Typed]) -> list[str]:
    """The fields of numbers that are filled in a row."""
    return [
        one.name
        for one, cell in zip(fields, row.cells, strict=False)
        if cell and one.properties["type"] in (INTEGER, NUMBER)
    ]


@dataclass
class _Added:
    """The numbers of a column above a row, as far as they were read, and its own.

    Attributes:
        own: that of the row.
        total: the sum of the others.
        sizes: the sum of their sizes.
        greatest: the greatest of these; None where there are no others.
    """

    own: float = 0
    total: float = 0
    sizes: float = 0
    greatest: float | None = None

    def add(self, numbers: pl.Series) -> None:
        """Takes more of them."""
        sizes = numbers.drop_nulls().abs()
        if len(sizes):
            self.total += float(numbers.sum())
            self.sizes += float(sizes.sum())
            self.greatest = max(self.greatest or 0, float(sizes.top_k(1)[0]))

    @property
    def is_sum(self) -> bool:
        """Whether its own is the sum of the others, and greater than each: one may repeat."""
        if self.greatest is None or self.greatest >= abs(self.own):
            return False
        return abs(self.own - self.total) <= NEAR * self.sizes
