"""Columns judged by all rows: which cells are meant in the way that their reading says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from validate._src.describe.missing import is_missing
from validate._src.describe.readings import Reading
from validate._src.reading.batch import Reader
from validate._src.tables.batches import read_batches
from validate._src.tables.table import Table
from validate._src.words.model import TabularResource
from validate._src.words.schema import ERROR_CELL

MOST_ODD = 1000  # distinct texts that are kept of a column; one with more is not nearly of a type


@dataclass(frozen=True)
class Odd:
    """A text that does not fit the reading of its column.

    Attributes:
        text: the text.
        cells: how many cells hold it.
        row: record number of the first.
        line: physical line on which that record starts; None where the format has no lines.
    """

    text: str
    cells: int
    row: int
    line: int | None


@dataclass(frozen=True)
class Judged:
    """How a column fits a reading, by all rows.

    Attributes:
        name: the name of the field.
        reading: the reading.
        cells: how many cells are not empty.
        odd: the texts that do not fit, at most `MOST_ODD` besides those for missing values.
        odd_cells: how many cells do not fit.
        told: whether a cell can be meant in this way only, if the reading asks for one.
    """

    name: str
    reading: Reading
    cells: int = 0
    odd: Mapping[str, Odd] = field(default_factory=dict[str, Odd])
    odd_cells: int = 0
    told: bool = False

    @property
    def missing(self) -> list[str]:
        """The texts that do not fit and say that there is no value."""
        return [text for text in self.odd if is_missing(text)]

    @property
    def faults(self) -> list[Odd]:
        """The texts that do not fit and say something."""
        return [odd for odd in self.odd.values() if not is_missing(odd.text)]

    @property
    def fault_cells(self) -> int:
        """How many cells do not fit and say something."""
        return self.odd_cells - sum(self.odd[text].cells for text in self.missing)

    @property
    def filled(self) -> int:
        """How many cells say something."""
        return self.cells - sum(self.odd[text].cells for text in self.missing)

    @property
    def fits(self) -> bool:
        """Whether all cells fit that say something, and there is one."""
        return not self.fault_cells and self.filled > 0

    @property
    def is_certain(self) -> bool:
        """Whether the cells can be meant in this way only."""
        return self.told or not self.reading.telling


def judged(
    resource: TabularResource, readings: Mapping[str, Reading], reader: Reader | None = None
) -> dict[str, Judged]:
    """How columns fit their readings, by all rows of a table.

    Args:
        resource: the table, with a schema in which these columns have their readings, and no
            missing values but the empty text.
        readings: the readings by the names of the fields.
        reader: reads its rows, if they are at hand.
    """
    found = {name: Judged(name, reading) for name, reading in readings.items()}
    for table in read_batches(resource, only=readings.keys(), reader=reader):
        for name in found.keys() & table.text.columns:
            found[name] = _with_batch(found[name], table)
    return found


def _with_batch(known: Judged, table: Table) -> Judged:
    """What is known of a column with a batch of its cells."""
    text, values, reading = _sound(table, known.name), table.values[known.name], known.reading
    odd = text.is_not_null() & ~reading.fits(text, values).fill_null(value=False)
    told = known.told or bool(
        reading.telling and text.filter(~odd).str.contains(reading.telling).any()
    )
    return replace(
        known,
        cells=known.cells + len(text) - text.null_count(),
        odd=_with_odd(known.odd, table, text, odd) if odd.any() else known.odd,
        odd_cells=known.odd_cells + int(odd.sum()),
        told=told,
    )


def _sound(table: Table, name: str) -> pl.Series:
    """The texts of a column, null where a formula has failed: a fault of any type."""
    text = table.text[name]
    if name not in table.kinds:
        return text
    is_sound = (table.kinds[name] != ERROR_CELL).fill_null(value=True)
    return pl.select(pl.when(is_sound).then(text).alias(name)).to_series()


def _with_odd(
    known: Mapping[str, Odd], table: Table, text: pl.Series, odd: pl.Series
) -> dict[str, Odd]:
    """The odd texts of a column with those of a batch."""
    frame = pl.DataFrame({"text": text, "row": table.rows, "line": table.lines}).filter(odd)
    counted = frame.group_by("text", maintain_order=True).agg(
        pl.len(), pl.col("row").first(), pl.col("line").first()
    )
    merged = {**known}
    for value, cells, row, line in counted.iter_rows():
        if before := merged.get(value):
            merged[value] = replace(before, cells=before.cells + cells)
        elif len(merged) < MOST_ODD or is_missing(value):
            merged[value] = Odd(value, cells, row, line)
    return merged
