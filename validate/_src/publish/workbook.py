"""Excel: one workbook with a sheet that says what is in it, and a sheet a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO

import polars as pl
from rich.cells import cell_len

from validate._src.publish.columns import Column
from validate._src.publish.content import Content, PublishedTable
from validate._src.publish.metadata import citation, moment_of
from validate._src.publish.names import distinct
from validate._src.publish.readmesheet import README, Sheet, write_readme
from validate._src.publish.sheetcells import (
    FORMS,
    MOST_CHARACTERS,
    SheetCells,
    check_length,
    put_text,
    sheet_cells,
)
from validate._src.publish.sql import rows_of
from validate._src.words.errors import PackageError
from validate._src.words.extras import pip_install

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""What a sheet can hold.

Source: Excel specifications and limits.
"""
LONGEST_NAME = 31  # characters of a sheet's name
UNFIT = str.maketrans("[]:*?/\\", "_______")
KEPT_NAME = "history"  # which Excel keeps for itself
SEEN = 200  # rows by which the width of a column is chosen
WIDEST = 60  # characters that a column shows at most
ALL_CELLS = f"A1:XFD{MOST_ROWS}"
TOP = {"valign": "top"}
"""Where cells stand beside texts of several lines."""


@dataclass(frozen=True)
class _Formats:
    """How cells look.

    Attributes:
        bold: names of columns.
        of_numbers: numbers, dates and times, by their form.
        plain: other numbers, and texts that fit into their column.
        wrapped: texts of columns in which some are longer than a column is wide.
    """

    bold: "Format"
    of_numbers: Mapping[str, "Format"]
    plain: "Format"
    wrapped: "Format"


class _Exact(float):
    """A double with all digits that it needs: XlsxWriter would write 16, and some have 17."""

    def __format__(self, form: str) -> str:
        return repr(float(self))


def _exact(number: float) -> float:
    return number if isinstance(number, int) else _Exact(number)


def check_installed() -> None:
    """Checks that the library is there.

    Raises:
        PackageError: it is not.
    """
    if find_spec("xlsxwriter") is None:
        raise PackageError(f"--to xlsx needs XlsxWriter: {pip_install('xlsxwriter')}")


def write(content: Content, stream: BinaryIO) -> Iterator[str]:
    """Writes a workbook.

    Yields:
        What is to be known of a table, a sentence each.

    Raises:
        PackageError: a table or a text is larger than Excel can hold.
    """
    from xlsxwriter import Workbook

    tables = [[sheet_cells(column) for column in table.columns] for table in content.tables]
    for table, cells in zip(content.tables, tables, strict=True):
        _check_size(table, cells)
    sheets = [*_sheets(content)]
    # Rows go to a file as they are written, for a table may have a million.
    with Workbook(stream, {"constant_memory": True}) as book:
        moment = moment_of(content).replace(tzinfo=None)
        about = {"title": content.title, "subject": citation(content), "created": moment}
        book.set_properties(about)
        formats = _Formats(
            bold=book.add_format({"bold": True}),
            of_numbers={form: book.add_format({"num_format": form, **TOP}) for form in FORMS},
            plain=book.add_format(TOP),
            wrapped=book.add_format({"text_wrap": True, **TOP}),
        )
        write_readme(book, content, sheets)
        for sheet, cells in zip(sheets, tables, strict=True):
            _write_table(book.add_worksheet(sheet.name), sheet.table, cells, formats)
    for sheet in sheets:
        if sheet.name != sheet.table.name:
            yield f"{sheet.table.name} is the sheet {sheet.name}: Excel takes no such name"


def _sheets(content: Content) -> Iterator[Sheet]:
    """The tables with the names of their sheets, which Excel limits."""
    named = (table.name.translate(UNFIT).strip("'") or "table" for table in content.tables)
    names = distinct([README, KEPT_NAME, *named], LONGEST_NAME)[2:]
    yield from map(Sheet, names, content.tables)


def _check_size(table: PublishedTable, cells: Sequence[SheetCells]) -> None:
    if table.height >= MOST_ROWS:
        raise PackageError(
            f"--to xlsx: {table.name} has {table.height:,} rows; a sheet holds {MOST_ROWS - 1:,} "
            "below its header"
        )
    if len(table.columns) > MOST_COLUMNS:
        raise PackageError(
            f"--to xlsx: {table.name} has {len(table.columns):,} columns; a sheet holds "
            f"{MOST_COLUMNS:,}"
        )
    for column, one in zip(table.columns, cells, strict=True):
        check_length(f"the name of a field of {table.name}", column.name)
        for at in (one.texts.str.len_chars() > MOST_CHARACTERS // 2).arg_true():
            check_length(f"{table.name}: row {at + 2}: {column.name}", one.texts[at])


def _write_table(
    sheet: "Worksheet",
    table: PublishedTable,
    columns: Sequence[SheetCells],
    formats: _Formats,
) -> None:
    """A table below a header that stays where it is, as does a key in the first column."""
    sheet.freeze_panes(1, int(table.columns[0].name in table.resource.schema.primary_key))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.ignore_errors({"number_stored_as_text": ALL_CELLS, "two_digit_text_year": ALL_CELLS})
    of_texts = list["Format"]()
    for at, column in enumerate(table.columns):
        width = _width(column)
        sheet.set_column(at, at, width)
        put_text(sheet, 0, at, column.name, formats.bold)
        of_texts.append(formats.wrapped if width == WIDEST else formats.plain)
    cells = [one for column in columns for one in (column.numbers, column.texts)]
    frame = pl.DataFrame([one.alias(str(at)) for at, one in enumerate(cells)])
    of_numbers = [formats.of_numbers.get(column.form, formats.plain) for column in columns]
    for row, found in enumerate(chain.from_iterable(rows_of(frame)), 1):
        cells = zip(found[::2], found[1::2], of_numbers, of_texts, strict=True)
        for at, (number, text, of_number, of_text) in enumerate(cells):
            if isinstance(number, bool):
                sheet.write_boolean(row, at, number, of_number)
            elif number is not None:
                sheet.write_number(row, at, _exact(number), of_number)
            elif text is not None:
                put_text(sheet, row, at, text, of_text)
    if table.height:
        sheet.autofilter(0, 0, table.height, len(table.columns) - 1)


def _width(column: Column) -> float:
    """A width in which the name and most of the first values can be read."""
    lengths = (cell_len(text) for text in (column.name, *column.texts.head(SEEN).drop_nulls()))
    return min(max(lengths) + 3, WIDEST)
