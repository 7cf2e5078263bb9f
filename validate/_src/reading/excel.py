"""Sheets of workbooks, of Excel and of OpenDocument, which `python-calamine` reads."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import count
from typing import TYPE_CHECKING, Any

from validate._src.reading._scans import Errors, Scan, ScanError, Scans
from validate._src.reading._values import ErrorCell
from validate._src.reading._workbooks import scanned, sheet_at
from validate._src.reading.batch import Batch, file_finding
from validate._src.reading.items import Item
from validate._src.reading.native import NativeReader
from validate._src.words.cells import Sheet
from validate._src.words.codes import WARNING
from validate._src.words.errors import FileError, UnreadableError
from validate._src.words.extras import pip_install
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource

if TYPE_CHECKING:
    import python_calamine

IDS = ("integer", "string", "any")
"""Types of fields whose whole numbers may be ids; measurements may be rounded."""
DIGITS = 15
"""Significant digits of a number that spreadsheets keep; those beyond are zeros."""
LONG = rf"^-?[0-9]{{{DIGITS + 1},}}$"


class SheetReader(NativeReader):
    """An opened sheet of a workbook, or of several workbooks that follow each other.

    Source: Data Package 2.0, Table Dialect, "sheetNumber", "sheetName"; Data Resource,
    "path", of several files: treated as one that they make together, each with a header of its own.
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the header.

        Raises:
            FileError: a file is no workbook, or has no such sheet.
            UnreadableError: the library that reads workbooks is not installed.
        """
        fields = resource.schema.fields if resource.schema else ()
        types = {field.name: field.type for field in fields}
        self._sheets: dict[str, Sheet] = {}
        super().__init__(resource, lambda notes: _items(resource, self._sheets))
        self.sheet = self._sheets.get(self._first_location or "")
        labels = [*types] if self.labels is None else self.labels
        self._moments = {at for at, label in enumerate(labels) if types.get(label) == "datetime"}
        self._whole = {at: label for at, label in enumerate(labels) if types.get(label) in IDS}

    def _is_comment(self, value: Any, number: int) -> bool:
        mark = self._resource.dialect.comment_char
        marked = mark is not None and str(value[0] if value else "").startswith(mark)
        return marked or super()._is_comment(value, number)

    def _labels(self, cells: Sequence[Any]) -> list[str]:
        """The labels in a row of a header, up to the last: where the sheet ends, the table may not.

        What stands below an empty one further on is an extra cell.
        """
        labels = super()._labels(cells)
        while labels and not labels[-1]:
            labels.pop()
        return labels

    def _cells(self, value: Any, width: int) -> list[Any]:
        """The cells of a row, empty ones at its end as the table has them and not the sheet.

        A day in a sheet is a moment as well, that at which it begins.
        """
        cells = super()._cells(value, width)
        if self._moments:
            cells = [
                datetime.combine(cell, time())
                if type(cell) is date and at in self._moments
                else cell
                for at, cell in enumerate(cells)
            ]
        if not cells or len(cells) == width:
            return cells
        while len(cells) > width and cells[-1] is None:
            cells = cells[:-1]
        return [*cells, *[None] * (width - len(cells))]

    def _batch(self, items: Sequence[Item], width: int, location: str | None) -> Batch:
        made = super()._batch(items, width, location)
        sheet = self._sheets.get(made.location)
        made = replace(made, sheet=sheet and replace(sheet, rows_before=self._rows_before))
        return replace(made, findings=(*made.findings, *self._rounded(made)))

    def _rounded(self, batch: Batch) -> Iterator[Finding]:
        """A warning for each column of whole numbers longer than a spreadsheet keeps them.

        It stands at the first of them, and once in a table: which digits are lost nobody can tell.
        """
        for at, label in [*self._whole.items()]:
            if str(at) not in batch.cells:
                continue
            texts = batch.cells[str(at)]
            long = texts.str.contains(LONG) & (batch.kinds[str(at)] == "integer")
            first = long.arg_max() if long.any() else None
            if first is None:
                continue
            del self._whole[at]
            fault = file_finding(
                self._resource,
                "rounded-number",
                f"a number of {len(texts[first].lstrip('-'))} digits, of which spreadsheets keep "
                f"{DIGITS}: the others may be lost; keep such ids as texts",
                value=texts[first],
                location=batch.location,
                severity=WARNING,
            )
            row, sheet = batch.rows[first], batch.sheet
            assert sheet is not None
            cell = sheet.cell(row, at, batch.cells.width)
            yield replace(fault, row=row, field=label, sheet=sheet.name, cell=cell)


@dataclass(frozen=True)
class SheetOfBook:
    """A sheet of a workbook.

    Attributes:
        is_shown: whether it is one of cells, and not hidden.
        is_empty: whether it has no cells.
    """

    name: str
    is_shown: bool
    is_empty: bool


def sheets_of(resource: Resource) -> list[SheetOfBook]:
    """The sheets of a workbook, in order.

    Raises:
        FileError: the file is no workbook.
        UnreadableError: the library that reads workbooks is not installed.
    """
    with _workbook(resource, resource.parts[0]) as (book, scans):
        return [
            SheetOfBook(
                one.name,
                is_shown=_is_shown(one) and _is_of_cells(one),
                is_empty=book.get_sheet_by_name(one.name).start is None
                and not scans.get(one.name, Scan()).errors,
            )
            for one in book.sheets_metadata
        ]


def _is_shown(about: "python_calamine.SheetMetadata") -> bool:
    from python_calamine import SheetVisibleEnum

    return about.visible == SheetVisibleEnum.Visible


def _is_of_cells(about: "python_calamine.SheetMetadata") -> bool:
    """Whether a sheet is one of cells, and none of a chart or of macros."""
    from python_calamine import SheetTypeEnum

    return about.typ == SheetTypeEnum.WorkSheet


def _items(resource: Resource, sheets: dict[str, Sheet]) -> Iterator[Item]:
    for part in resource.parts:
        for row in _rows(resource, part, sheets):
            yield Item(row, location=part.location)


def _rows(resource: Resource, part: Part, sheets: dict[str, Sheet]) -> Iterator[list[Any]]:
    with _workbook(resource, part) as (book, scans):
        about = book.sheets_metadata[sheet_at(resource, part, book.sheet_names)]
        if not _is_of_cells(about):
            raise FileError(part.location, f'the sheet "{about.name}" is none of cells')
        sheet = book.get_sheet_by_name(about.name)
        errors = scans.get(sheet.name, Scan()).errors
        if sheet.start is None and not errors:
            raise FileError(part.location, f'the sheet "{about.name}" is empty')
        lefts = [column for _, column in errors] + ([sheet.start[1]] if sheet.start else [])
        sheets[part.location] = Sheet(sheet.name, left=min(lefts))
        rows = map(_with_nulls, sheet.iter_rows())
        yield from _with_errors(rows, sheet.start, errors) if errors else rows


def _with_nulls(row: list[Any]) -> list[Any]:
    """A row in which what is empty is null."""
    return [None if cell == "" else cell for cell in row] if "" in row else row


def _with_errors(
    rows: Iterator[list[Any]], start: tuple[int, int] | None, errors: Errors
) -> Iterator[list[Any]]:
    """Rows with the error cells, which are empty in them.

    Args:
        rows: the rows from the first of the sheet on, without columns that are empty on the left.
        start: row and column at which the library begins; None where it takes the sheet as empty.
        errors: the error cells.
    """
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), text in errors.items():
        by_row.setdefault(row, {})[column] = text
    left = min(column for _, column in errors)
    missing = max(start[1] - left, 0) if start else 0
    left = min(left, start[1]) if start else left
    last = max(by_row)
    for number in count():
        row = next(rows, None)
        if row is None and number > last:
            return
        cells: list[Any] = [*[None] * missing, *(row or ())]
        for column, text in by_row.get(number, {}).items():
            cells += [None] * (column - left + 1 - len(cells))
            cells[column - left] = ErrorCell(text)
        yield cells


@contextmanager
def _workbook(
    resource: Resource, part: Part
) -> "Generator[tuple[python_calamine.CalamineWorkbook, Scans]]":
    """An opened workbook; what keeps it or its sheets from being read is said in one line."""
    part.check()
    try:
        import python_calamine
    except ImportError:
        command = pip_install("python-calamine")
        raise UnreadableError(f"workbooks need python-calamine: {command}") from None
    try:
        scans = scanned(resource, part)
        yield python_calamine.CalamineWorkbook.from_path(str(part.file)), scans
    except (python_calamine.CalamineError, ScanError, OSError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise FileError(part.location, f"cannot be read as a workbook: {reason}") from None
