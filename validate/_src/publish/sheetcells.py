"""Columns as cells of a sheet: numbers, days and booleans as far as Excel holds them, or texts."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import polars as pl

from validate._src.publish.columns import Column
from validate._src.tables.respelled import days_as_texts
from validate._src.words.errors import PackageError

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_EXACT = 10**15
"""From it on Excel keeps zeros for the last digits of a number once somebody changes the cell."""
FIRST_DAY, LAST_DAY = date(1900, 3, 1), date(9999, 12, 31)
"""Before them Excel counts a day that there was not, and other programs do not."""
EPOCH = date(1899, 12, 30)
DAY = 86_400_000_000  # microseconds
FINEST = 1_000  # microseconds: a day as a double of these digits has no finer parts for certain
DATE, MOMENT, TIME = "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss"
FINE_MOMENT, FINE_TIME = f"{MOMENT}.000", f"{TIME}.000"
FORMS = (DATE, MOMENT, TIME, FINE_MOMENT, FINE_TIME)
"""How days are shown."""
MOST_CHARACTERS = 32_767
"""What a cell can hold, as UTF-16 counts them.

Source: Excel specifications and limits.
"""


@dataclass(frozen=True, eq=False)
class SheetCells:
    """The n cells of a column of a sheet.

    Attributes:
        numbers: n numbers or booleans; null where the cell is a text or empty.
        texts: n texts; null where it is none.
        form: how the numbers are shown, if they are days; or empty.
    """

    numbers: pl.Series
    texts: pl.Series
    form: str = ""


def sheet_cells(column: Column) -> SheetCells:
    """A column as cells; those that Excel cannot hold are the texts of the table."""
    cells = column.cells
    if cells.dtype == pl.String or column.is_large or column.field.type == "yearmonth":
        texts = days_as_texts(cells, "yearmonth") if cells.dtype == pl.Date else column.texts
        texts = cells if cells.dtype == pl.String else texts
        return SheetCells(pl.Series([None]).new_from_index(0, len(cells)), texts)
    if cells.dtype == pl.Boolean:
        return _either(column, cells, cells.is_not_null())
    if cells.dtype == pl.Int64:
        return _either(column, cells, cells.is_between(1 - MOST_EXACT, MOST_EXACT - 1))
    if cells.dtype == pl.Float64:
        return _either(column, cells, cells.is_finite())
    if cells.dtype == pl.Date:
        days = (cells - EPOCH).dt.total_days()
        return _either(column, days, cells.is_between(FIRST_DAY, LAST_DAY), DATE)
    return _clock(column)


def _clock(column: Column) -> SheetCells:
    """Times and datetimes as days and parts of them."""
    cells = column.cells
    if cells.dtype == pl.Time:
        parts = cells.to_physical() // 1_000  # of nanoseconds
        is_held, forms = parts.is_not_null(), (TIME, FINE_TIME)
    else:
        parts = (cells - datetime.combine(EPOCH, datetime.min.time())).dt.total_microseconds()
        is_held, forms = cells.dt.date().is_between(FIRST_DAY, LAST_DAY), (MOMENT, FINE_MOMENT)
    is_fine = (parts % 1_000_000 != 0).any()
    return _either(column, parts / DAY, is_held & (parts % FINEST == 0), forms[bool(is_fine)])


def _either(column: Column, numbers: pl.Series, is_held: pl.Series, form: str = "") -> SheetCells:
    """Numbers where they are held, and the texts of the table elsewhere."""
    frame = pl.DataFrame(
        {"number": numbers, "text": column.texts, "held": is_held.fill_null(value=False)}
    )
    made = frame.select(
        pl.when("held").then("number").alias("number"),
        pl.when(~pl.col("held")).then("text").alias("text"),
    )
    return SheetCells(made["number"], made["text"], form)


def check_length(place: str, text: str) -> None:
    """Checks that a cell can hold a text.

    Raises:
        PackageError: it is too long.
    """
    length = len(text.encode("utf-16-le")) // 2
    if length > MOST_CHARACTERS:
        raise PackageError(
            f"--to xlsx: {place} has {length:,} characters; a cell holds {MOST_CHARACTERS:,}"
        )


def put_text(sheet: "Worksheet", row: int, at: int, text: str, form: "Format | None") -> None:
    """Puts a text into a cell, whatever it looks like."""
    if sheet.write_string(row, at, text, form):
        raise RuntimeError(f"XlsxWriter takes no text at row {row + 1}, column {at + 1}")
