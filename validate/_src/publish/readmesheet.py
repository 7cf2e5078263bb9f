"""The first sheet of a workbook: what the package is, its tables, columns and coded values."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len

from validate._src.publish.content import Content, PublishedTable
from validate._src.publish.metadata import example_of, facts
from validate._src.publish.sheetcells import check_length, put_text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

README = "readme"
WIDTHS = (24, 26, 30, 14, 70, 30)  # of its columns, in characters
LINE = 15  # points that a line is high
HIGHEST = 400  # points: Excel allows 409
FITTING = 0.9  # of a width is used, as lines break between words


class Sheet(NamedTuple):
    """A table, and the name of its sheet."""

    name: str
    table: PublishedTable


def write_readme(book: "Workbook", content: Content, sheets: Sequence[Sheet]) -> None:
    """Adds the sheet to a workbook.

    Raises:
        PackageError: a text is longer than a cell can hold.
    """
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet(README)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    for at, width in enumerate(WIDTHS):
        sheet.set_column(at, at, width)
    row = _write_facts(sheet, content, bold, wrapped)
    for heading, rows in _parts(sheets):
        row = _write_part(sheet, row + 1, heading, rows, bold, wrapped)


def _write_facts(sheet: "Worksheet", content: Content, bold: "Format", wrapped: "Format") -> int:
    """What the descriptor says of the package; gives the number of the row below."""
    row, last = 0, len(WIDTHS) - 1
    for name, text in facts(content):
        check_length(f"{name} of the package", text)
        sheet.set_row(row, _height([(text, sum(WIDTHS[1:]))]))
        put_text(sheet, row, 0, name, bold)
        sheet.merge_range(row, 1, row, last, "", wrapped)
        put_text(sheet, row, 1, text, wrapped)
        row += 1
    return row


def _write_part(
    sheet: "Worksheet",
    row: int,
    heading: Sequence[str],
    rows: Iterable[Sequence[str]],
    bold: "Format",
    wrapped: "Format",
) -> int:
    """Rows below a heading; gives the number of the row below them."""
    for at, label in enumerate(heading):
        put_text(sheet, row, at, label, bold)
    for cells in rows:
        row += 1
        sheet.set_row(row, _height(zip(cells, WIDTHS, strict=False)))
        for at, cell in enumerate(cells):
            if cell:
                check_length(f"what is said of {cells[0]} {cells[1]}", cell)
                put_text(sheet, row, at, cell, wrapped)
    return row + 1


def _height(cells: Iterable[tuple[str, int]]) -> float:
    """The height of a row with texts in columns of these widths, which not all programs choose."""
    lines = (
        sum(1 + int(cell_len(line) / (FITTING * width)) for line in text.split("\n"))
        for text, width in cells
    )
    return min(LINE * max(lines, default=1), HIGHEST)


def _parts(sheets: Sequence[Sheet]) -> Iterator[tuple[Sequence[str], Iterator[Sequence[str]]]]:
    """Headings, each with its rows."""
    yield ("sheet", "table", "title", "rows", "description"), _tables(sheets)
    yield ("sheet", "column", "title", "type", "description", "example"), _columns(sheets)
    yield ("sheet", "column", "value", "", "meaning"), _values(sheets)


def _tables(sheets: Sequence[Sheet]) -> Iterator[Sequence[str]]:
    for name, table in sheets:
        resource = table.resource
        yield name, table.name, resource.title, str(table.height), resource.description


def _columns(sheets: Sequence[Sheet]) -> Iterator[Sequence[str]]:
    for name, table in sheets:
        for column in table.columns:
            said = (column.title, column.field.type, column.description, example_of(column))
            yield name, column.name, *said


def _values(sheets: Sequence[Sheet]) -> Iterator[Sequence[str]]:
    """The values of categorical fields that have a label or are described."""
    for name, table in sheets:
        for column in table.columns:
            for category in column.field.categories or ():
                meaning = ": ".join(filter(None, (category.label, category.description)))
                if meaning:
                    yield name, column.name, str(category.value), "", meaning
