"""Cells of sheets, as spreadsheets name them: `C17`, or `A17:F17` for the cells of a row."""

from dataclasses import dataclass
from functools import cache

LETTERS = 26


@dataclass(frozen=True)
class Sheet:
    """Where in a workbook the rows of a table stand.

    Attributes:
        name: the sheet.
        rows_before: how many records of the table stand in earlier files.
        left: the column of the first cell of a row, from 0: a sheet may begin further right.
    """

    name: str
    rows_before: int = 0
    left: int = 0

    def cell(self, row: int, column: int | None, width: int) -> str:
        """The name of a cell, or of those of a row as a whole.

        Args:
            row: number of the record in its table, from 1.
            column: which cell of the record it is, from 0; None for all of them.
            width: how many columns the table has.
        """
        number = row - self.rows_before
        if column is not None or width < 2:
            return f"{column_letters(self.left + (column or 0))}{number}"
        return f"{self.cell(row, 0, width)}:{self.cell(row, width - 1, width)}"


@cache
def column_letters(index: int) -> str:
    """The letters of a column of a sheet, of which the first, `A`, is 0."""
    before, letter = divmod(index, LETTERS)
    return (column_letters(before - 1) if before else "") + chr(ord("A") + letter)


@cache
def column_number(letters: bytes) -> int:
    """The number of a column by its letters, from 1."""
    number = 0
    for letter in letters.upper():
        number = number * LETTERS + letter - ord("A") + 1
    return number
