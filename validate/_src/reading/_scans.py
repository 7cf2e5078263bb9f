"""What the library that reads workbooks does not tell of a sheet: its size, and its error cells."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

MOST_CELLS = 50_000_000  # of a sheet, which is held in memory whole: some gigabytes
MOST_ROWS, MOST_COLUMNS = 2**20, 2**14  # of a sheet, as many as office programs take
MOST_NAMED = 3  # cells without a value that a message names; the others are counted
TOO_LARGE = (
    f"is too large: at most {MOST_ROWS:,} rows, {MOST_COLUMNS:,} columns and {MOST_CELLS:,} cells, "
    "empty ones between them included, are read"
)

Errors = Mapping[tuple[int, int], str]
"""The texts of error cells, such as `#N/A`, by row and column from 0."""


@dataclass(frozen=True)
class Places:
    """Cells of a sheet, of which the first are known.

    Attributes:
        count: how many there are.
        first: the first of them, by row and column from 0.
    """

    count: int = 0
    first: tuple[tuple[int, int], ...] = ()

    def and_at(self, places: Sequence[tuple[int, int]]) -> "Places":
        """These, and others that follow them."""
        first = (*self.first, *places[:MOST_NAMED])[:MOST_NAMED]
        return Places(self.count + len(places), first)


@dataclass(frozen=True)
class Scan:
    """What is known of a sheet before it is read.

    Attributes:
        rows: how many rows the rectangle has that the sheet is read into.
        columns: how many columns it has.
        errors: its error cells.
        without_value: its cells that have a formula and no value.
        filled: how many cells have a value, be it an empty one; None where that is not told.
        exactly: looks at each cell, where other than `filled` cells were read; raises `ScanError`
            if one stands twice.
    """

    rows: int = 0
    columns: int = 0
    errors: Errors = field(default_factory=dict[tuple[int, int], str])
    without_value: Places = Places()
    filled: int | None = None
    exactly: "Callable[[], Scan] | None" = None

    @property
    def is_too_large(self) -> bool:
        """Whether it is larger than office programs make one, or than memory should hold."""
        rows = max((row + 1 for row, _ in self.errors), default=0)
        columns = max((column + 1 for _, column in self.errors), default=0)
        return (
            max(rows, self.rows) > MOST_ROWS
            or max(columns, self.columns) > MOST_COLUMNS
            or self.rows * self.columns > MOST_CELLS
        )


Scans = Callable[[str], Scan]
"""What gives the scan of a sheet by its name."""


class ScanError(Exception):
    """A workbook is damaged, so that its sheets or error cells cannot be told."""
