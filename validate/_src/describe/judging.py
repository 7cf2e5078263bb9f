"""Columns judged by all rows: which cells are meant in the way that their reading says."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from validate._src.describe.missing import is_missing
from validate._src.describe.readings import NEVER, Reading
from validate._src.reading.batch import Reader
from validate._src.tables.reading import read_batches
from validate._src.tables.table import Table
from validate._src.words.model import TabularResource
from validate._src.words.schema import ERROR_CELL

MOST_ODD = 1000  # distinct texts that are kept of a column; one with more is not nearly of a type

ENOUGH = 0.1
"""The share of cells that must tell how a column is meant, of those that tell and those that may
be meant otherwise: below it, the others nearly have another reading, and these are faults in it."""
FEW_TELL, MANY_ENOUGH = 3, 0.01
"""From how many cells on the same slip is hardly made again, so that a smaller share is enough."""


@dataclass(frozen=True)
class Odd:
    """A text that does not fit the reading of its column, or one that tells that it is meant.

    Attributes:
        text: the text.
        cells: how many cells hold it.
        row: record number of the first.
        line: physical line on which that record starts; None where the format has no lines.
        location: the file that it is in, if the table has several.
    """

    text: str
    cells: int
    row: int
    line: int | None
    location: str = field(default="", compare=False)


@dataclass(frozen=True)
class Judged:
    """How a column fits a reading, by all rows.

    Attributes:
        name: the name of the field.
        reading: the reading.
        cells: how many cells are not empty.
        odd: the texts that do not fit, at most `MOST_ODD` besides those for missing values.
        odd_cells: how many cells do not fit.
        told: the first text that can be meant in this way only, with the number of all cells
            that can, if the reading asks for one and there is one.
        ambiguous_cells: how many cells may be meant in another way, if the reading asks for it.
    """

    name: str
    reading: Reading
    cells: int = 0
    odd: Mapping[str, Odd] = field(default_factory=dict[str, Odd])
    odd_cells: int = 0
    told: Odd | None = None
    ambiguous_cells: int = 0

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
        """Whether the cells can be meant in this way only.

        A few cells that tell, among many that may be meant in another way, are probably faults.
        """
        if not self.reading.telling:
            return True
        if self.told is None:
            return False
        tell = self.told.cells
        most = ENOUGH if tell <= FEW_TELL else MANY_ENOUGH
        return tell >= most * (tell + self.ambiguous_cells)


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
        for name in found.keys() & table.cells.columns:
            found[name] = _with_batch(found[name], table)
    return found


def _with_batch(known: Judged, table: Table) -> Judged:
    """What is known of a column with a batch of its cells."""
    text, values, reading = _sound(table, known.name), table.values[known.name], known.reading
    odd = text.is_not_null() & ~reading.fits(text, values).fill_null(value=False)
    told, ambiguous = _told(known, table, text, ~odd)
    return replace(
        known,
        cells=known.cells + len(text) - text.null_count(),
        odd=_with_odd(known.odd, table, text, odd) if odd.any() else known.odd,
        odd_cells=known.odd_cells + int(odd.sum()),
        told=told,
        ambiguous_cells=known.ambiguous_cells + ambiguous,
    )


def _told(
    known: Judged, table: Table, text: pl.Series, fitting: pl.Series
) -> tuple[Odd | None, int]:
    """What of a column tells how it is meant, and how many cells of a batch may be otherwise."""
    reading = known.reading
    if not reading.telling or (known.told and reading.ambiguous == NEVER):
        return known.told, 0
    tells = (fitting & text.str.contains(reading.telling)).fill_null(value=False)
    others = fitting & ~tells & text.str.contains(reading.ambiguous)
    return _with_telling(known.told, table, text, tells), int(others.sum())


def _with_telling(known: Odd | None, table: Table, text: pl.Series, tells: pl.Series) -> Odd | None:
    """The first text that tells, with the number of those of a batch."""
    cells, at = int(tells.sum()), tells.arg_max()
    if not cells or at is None:
        return known
    if known is not None:
        return replace(known, cells=known.cells + cells)
    row: int = table.rows[at]
    return Odd(text[at], cells, row, table.lines[at], _location(table, row))


def _location(table: Table, row: int) -> str:
    """The file of a row, if the table has several."""
    return table.origin_of(row)[0] if len(table.resource.parts) > 1 else ""


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
            merged[value] = Odd(value, cells, row, line, _location(table, row))
    return merged
