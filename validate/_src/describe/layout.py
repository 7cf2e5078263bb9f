"""The layout of a table: which row is its header, and which others are no rows of it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from validate._src.describe.below import are_values, column, is_period, reading_of
from validate._src.describe.groups import is_group, lacks_groups, needs_groups
from validate._src.describe.missing import is_missing
from validate._src.describe.rows import Row
from validate._src.describe.units import is_unit
from validate._src.words.printing import counted

SEPARATOR = "sep="
"""What the line begins with by which Excel is told the delimiter."""
SAID = 2  # rows above a header that a sentence shows
ABOVE = 50  # rows above a header at most: titles and notes are fewer
BELOW = 50  # rows by which columns are told below the header
MOST_UNITS = 3  # rows of units and the like: loggers write two, of which one says how values came
RULER = re.compile("[-=_+|:]{2,}")
"""What programs print below the labels as a line."""
IMPORT_ID = re.compile(r'\s*\{\s*"ImportId"')
"""What Qualtrics writes below questions, by which a survey is imported."""
QUESTION_MARKS = ("?", "？", "؟")
FEWEST_UNLIKE = 2  # columns of values that a row without units must have texts in, and one more
# right below the header: of fewer, a text in its first cell may be a fault


@dataclass(frozen=True)
class Layout:
    """Where a table stands among the rows of its file.

    Attributes:
        header: the row of its labels, the last if there are two; None where there is no row.
        above: rows above the header that are not blank.
        units: rows below it that have units, or other texts in place of values.
        group: the row right above that has groups of columns, of which the labels are parts.
    """

    header: Row | None
    above: tuple[Row, ...] = ()
    units: tuple[Row, ...] = ()
    group: Row | None = None

    @property
    def header_rows(self) -> list[int]:
        """The numbers of the rows of the header."""
        return [one.number for one in (self.group, self.header) if one is not None]

    @property
    def dialect(self) -> dict[str, Any]:
        """What a dialect says of it where that is not the default.

        Source: Data Package 2.0, Table Dialect, "headerRows", "commentRows".
        """
        header = {} if self.header_rows in ([], [1]) else {"headerRows": self.header_rows}
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
            rows = " and ".join(f"row {number:,}" for number in self.header_rows)
            yield f'{" and ".join(shown)} {stand} skipped; the header is {rows} ("headerRows")'
        is_survey = any(map(_are_import_ids, self.units))
        for one in self.units:
            what = _what(one, is_survey=is_survey)
            yield f'{one.said(withheld)} {what} and is skipped ("commentRows")'

    def note_on_groups(self, withheld: frozenset[int] = frozenset()) -> str | None:
        """That the header is made of two rows, if it is, and what to do if labels lack a group.

        Args:
            withheld: the columns of which no cell is shown, by index.
        """
        if self.group is None or self.header is None:
            return None
        said = (
            f"{self.group.said(withheld)} has groups of columns and {self.header.said(withheld)} "
            'the labels in them, and both are joined to one header ("headerRows")'
        )
        if not lacks_groups(self.group, self.header):
            return said
        return (
            f"{said}; where cells are merged, only the first column has the group: write it above "
            "each, or all labels into one row"
        )


def _what(row: Row, *, is_survey: bool) -> str:
    """What a row below the header has in place of values."""
    if all(map(RULER.fullmatch, row.filled)):
        return "is a line below the header"
    if _are_import_ids(row):
        return "has the ids of a survey's questions"
    if is_survey or any(map(_asks, row.filled)):
        return "has the questions of a survey, which fit in the descriptions of the fields,"
    if any(map(is_unit, row.filled)):
        return "has units, which fit in the descriptions of the fields,"
    return "has texts where all cells below it are values"


def layout_of(rows: Sequence[Row]) -> Layout:
    """The layout of a table, by the first rows of its file."""
    filled = [one for one in rows if one.cells]
    if not filled:
        return Layout(None)
    at, is_below_groups = _header_at(filled)
    header, below = filled[at], filled[at + 1 :]
    group = filled[at - 1] if is_below_groups else None
    if group is None or not needs_groups(header, len(header.cells)):
        return Layout(header, tuple(filled[:at]), _units(header, below))
    return Layout(header, tuple(filled[: at - 1]), _units(header, below), group)


def _header_at(filled: Sequence[Row]) -> tuple[int, bool]:
    """The index of the header, and whether the row above it has groups of columns.

    It is the first row, unless titles or groups stand above a row of labels.
    """
    width = _width(filled)
    for at, one in enumerate(filled[: ABOVE + 1]):
        below = filled[at + 1 : at + 2 + BELOW]
        if len(below) > 1 and is_group(one, below[0], below[1:], width):
            return at + 1, True
        if _is_header(one, below[:BELOW], width):
            return at, False
        if not _is_title(one, width):
            break
    return 0, False


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
    readings = {at: reading_of([cell]) for at, cell in enumerate(row.cells) if cell}
    values = {at: reading for at, reading in readings.items() if reading is not None}
    return len(values) < len(labels) and all(
        is_period(reading, row.cells[at], column(below, at)) for at, reading in values.items()
    )


def _units(header: Row, below: Sequence[Row]) -> tuple[Row, ...]:
    """The rows right below the header that have no values, as many as can be.

    None has a text where there is no label: that would be a row of labels itself.
    """
    if len(below) > 2 and _are_import_ids(below[1]):
        return tuple(below[:2])
    if below and _are_questions(below[0], header, below[1 : 1 + BELOW]):
        return (below[0],)
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


def _are_questions(row: Row, header: Row, body: Sequence[Row]) -> bool:
    """Whether half of the cells or more ask something, or say a label in other words.

    None is a value, one at least stands above values, and no question is among the cells below.
    """
    cells = {at: cell for at, cell in enumerate(row.cells) if not is_missing(cell)}
    labels = dict(enumerate(header.cells))
    asked = [at for at, cell in cells.items() if _asks(cell) or _is_same(cell, labels.get(at, ""))]
    if not any(map(_asks, cells.values())) or 2 * len(asked) < max(len(header.filled), 2):
        return False
    if any(reading_of([cell]) is not None for cell in cells.values()):
        return False
    below = {at: column(body, at) for at in cells}
    is_unlike = any(are_values(texts) for texts in below.values())
    return is_unlike and not any(_asks(text) for at in asked for text in below[at])


def _asks(cell: str) -> bool:
    return cell.rstrip().endswith(QUESTION_MARKS) and len(cell.split()) > 1


def _is_same(cell: str, label: str) -> bool:
    """Whether a cell says a label in other words: "Response ID" below "ResponseId"."""
    said, known = (re.sub(r"[\W_]", "", text).casefold() for text in (cell, label))
    return said == known != ""


def _are_import_ids(row: Row) -> bool:
    return bool(row.filled) and all(map(IMPORT_ID.match, row.filled))


def _filled(row: Row) -> set[int]:
    return {at for at, cell in enumerate(row.cells) if cell}


def _is_ruler(row: Row, width: int) -> bool:
    """Whether a row is a line of dashes, in each cell or in one with marks where others end."""
    if width < 2 or not row.filled or not all(map(RULER.fullmatch, row.filled)):
        return False
    ends = row.filled[0].count("+")
    return len(row.filled) >= width or (len(row.filled) == 1 and ends + 1 == width)


def _has_no_values(row: Row, body: Sequence[Row], fewest: int) -> bool:
    """Whether a row has units, a line of dashes, or texts where all other cells are values."""
    if _is_ruler(row, _width(body)):
        return True
    cells = {at: cell for at, cell in enumerate(row.cells) if not is_missing(cell)}
    if any(reading_of([cell]) is not None for cell in cells.values()):
        return False
    units = {at for at, cell in cells.items() if is_unit(cell)}
    unlike = {at for at in cells if are_values(column(body, at))}
    if 2 * len(units & unlike) >= max(len(unlike), 1):
        return cells.keys() == units | unlike
    return len(unlike) >= fewest and cells.keys() == unlike
