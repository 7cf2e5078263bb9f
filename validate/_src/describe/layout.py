"""The layout of a table: which row is its header, and which others are no rows of it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from validate._src.describe.missing import is_missing
from validate._src.describe.nearly import NEARLY
from validate._src.describe.readings import Reading
from validate._src.describe.rows import Row
from validate._src.describe.sample import best_reading, fitting_share
from validate._src.describe.units import is_unit
from validate._src.words.printing import counted

SEPARATOR = "sep="
"""What the line begins with by which Excel is told the delimiter."""
SAID = 2  # rows above a header that a sentence shows
ABOVE = 50  # rows above a header at most: titles and notes are fewer
BELOW = 50  # rows by which columns are told below the header
MOST_UNITS = 3  # rows of units and the like: loggers write two, of which one says how values came
PERIODS = ("date", "yearmonth")
"""Types of values that are labels in wide tables, besides years."""
YEAR = re.compile("1[5-9][0-9]{2}|20[0-9]{2}")
RULER = re.compile("[-=_+|:]{2,}")
"""What programs print below the labels as a line."""
FEWEST_UNLIKE = 2  # columns of values that a row without units must have texts in, and one more
# right below the header: of fewer, a text in its first cell may be a fault


@dataclass(frozen=True)
class Layout:
    """Where a table stands among the rows of its file.

    Attributes:
        header: the row of its labels; None where there is no row.
        above: rows above the header that are not blank.
        units: rows below it that have units, or other texts in place of values.
    """

    header: Row | None
    above: tuple[Row, ...] = ()
    units: tuple[Row, ...] = ()

    @property
    def dialect(self) -> dict[str, Any]:
        """What a dialect says of it where that is not the default.

        Source: Data Package 2.0, Table Dialect, "headerRows", "commentRows".
        """
        moved = self.header is not None and self.header.number > 1
        header = {"headerRows": [self.header.number]} if self.header and moved else {}
        units = {"commentRows": [one.number for one in self.units]} if self.units else {}
        return {**header, **units}

    def notes(self, withheld: frozenset[int] = frozenset()) -> Iterator[str]:
        """What is no row of the table, a line each.

        Args:
            withheld: the columns of which no cell is shown, by index; if there is one, no row
                is shown that stands above the header.
        """
        if self.above and self.header is not None:
            shown = [one.said(None if withheld else withheld) for one in self.above[:SAID]]
            others = len(self.above) - len(shown)
            shown += [counted(others, "other row")] if others else []
            several = len(self.above) > 1
            stand = (
                "stand above the header and are" if several else "stands above the header and is"
            )
            yield (
                f"{' and '.join(shown)} {stand} skipped; the header is row "
                f'{self.header.number:,} ("headerRows")'
            )
        for one in self.units:
            yield f'{one.said(withheld)} {_what(one)} and is skipped ("commentRows")'


def _what(row: Row) -> str:
    """What a row below the header has in place of values."""
    if all(map(RULER.fullmatch, row.filled)):
        return "is a line below the header"
    if any(map(is_unit, row.filled)):
        return "has units, which fit in the descriptions of the fields,"
    return "has texts where all cells below it are values"


def layout_of(rows: Sequence[Row]) -> Layout:
    """The layout of a table, by the first rows of its file."""
    filled = [one for one in rows if one.cells]
    if not filled:
        return Layout(None)
    at = _header_at(filled)
    return Layout(filled[at], tuple(filled[:at]), _units(filled[at], filled[at + 1 :]))


def _header_at(filled: Sequence[Row]) -> int:
    """The index of the header: the first row, unless titles stand above a row of labels."""
    width = _width(filled)
    for at, one in enumerate(filled[: ABOVE + 1]):
        if _is_header(one, filled[at + 1 : at + 1 + BELOW], width):
            return at
        if not _is_title(one, width):
            break
    return 0


def _width(filled: Sequence[Row]) -> int:
    """How many cells most rows have."""
    widths = Counter(len(one.cells) for one in filled)
    return max(widths, key=lambda width: (widths[width], width))


def _is_title(row: Row, width: int) -> bool:
    """Whether a row has few cells in a table of more, or many more than the table."""
    number = len(row.filled)
    if row.number == 1 and row.cells and row.cells[0].startswith(SEPARATOR):
        return True
    if len(row.cells) > width + 1:
        return True
    if width == 2:  # a header may lack a label, as that of row names in R does
        return number == 1 and len(row.cells[0].split()) > 1
    return number == 1 or (2 * number <= width and bool(row.cells[0]))


def _is_header(row: Row, below: Sequence[Row], width: int) -> bool:
    """Whether a row has the labels of what is below it: texts, or years and the like."""
    labels = row.filled
    if width < 2 or len(row.cells) < width or 2 * len(labels) <= width or not below:
        return False
    if len({*labels}) < len(labels):
        return False
    readings = {at: _reading([cell]) for at, cell in enumerate(row.cells) if cell}
    values = {at: reading for at, reading in readings.items() if reading is not None}
    return len(values) < len(labels) and all(
        _is_period(reading, row.cells[at], _column(below, at)) for at, reading in values.items()
    )


def _is_period(reading: Reading, label: str, below: Sequence[str]) -> bool:
    """Whether a label is a year, a month or a day, and what is below it is not."""
    if YEAR.fullmatch(label):
        return 2 * sum(YEAR.fullmatch(text) is not None for text in below) <= len(below)
    return reading.type in PERIODS and not _fits_most(reading, below)


def _units(header: Row, below: Sequence[Row]) -> tuple[Row, ...]:
    """The rows right below the header that have no values, as many as can be.

    None has a text where there is no label: that would be a row of labels itself.
    """
    labelled = {at for at, label in enumerate(header.cells) if label}
    for number in range(MOST_UNITS, 0, -1):
        rows, body = below[:number], below[number : number + BELOW]
        if body and all(
            _filled(one) <= labelled
            and _has_no_values(one, body, FEWEST_UNLIKE if at else FEWEST_UNLIKE + 1)
            for at, one in enumerate(rows)
        ):
            return tuple(rows)
    return ()


def _filled(row: Row) -> set[int]:
    return {at for at, cell in enumerate(row.cells) if cell}


def _has_no_values(row: Row, body: Sequence[Row], fewest: int) -> bool:
    """Whether a row has units, a line of dashes, or texts where all other cells are values."""
    if all(map(RULER.fullmatch, row.filled)) and len(row.filled) >= _width(body) > 1:
        return True
    cells = {at: cell for at, cell in enumerate(row.cells) if not is_missing(cell)}
    if any(_reading([cell]) is not None for cell in cells.values()):
        return False
    units = {at for at, cell in cells.items() if is_unit(cell)}
    unlike = {at for at in cells if _are_values(_column(body, at))}
    if 2 * len(units & unlike) >= max(len(unlike), 1):
        return cells.keys() == units | unlike
    return len(unlike) >= fewest and cells.keys() == unlike


def _column(rows: Iterable[Row], at: int) -> list[str]:
    return [one.cells[at] for one in rows if at < len(one.cells) and one.cells[at]]


def _reading(texts: Sequence[str]) -> Reading | None:
    """What most of some texts are values of."""
    return best_reading(Counter(texts)) if texts else None


def _are_values(texts: Sequence[str]) -> bool:
    """Whether nearly all of some texts that say something are values of one type."""
    filled = {text: cells for text, cells in Counter(texts).items() if not is_missing(text)}
    reading = best_reading(filled)
    return reading is not None and fitting_share(reading, filled) >= NEARLY


def _fits_most(reading: Reading, texts: Sequence[str]) -> bool:
    """Whether most of some texts are meant in a way."""
    if not texts:
        return False
    return 2 * int(reading.fits_texts(pl.Series("text", texts)).sum()) > len(texts)
