"""Sheets of Excel workbooks, which `python-calamine` reads."""

import re
import zipfile
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from validate._src.reading.compression import allowed_size
from validate._src.reading.files import blocks_of
from validate._src.reading.native import Item, NativeReader
from validate._src.words.errors import FileError, UnreadableError
from validate._src.words.extras import pip_install
from validate._src.words.model import Part, Resource

if TYPE_CHECKING:
    import python_calamine

MOST_CELLS = 50_000_000  # of a sheet, which is held in memory whole: some gigabytes
SHEET = re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)
CELL = re.compile(rb"""\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
LONGEST_NAME = 16  # bytes of an attribute that `CELL` matches, which two blocks may share


class ExcelReader(NativeReader):
    """An opened sheet of an Excel workbook, or of several workbooks that follow each other.

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
        super().__init__(resource, _items(resource))
        labels = types if self.labels is None else self.labels
        self._moments = {at for at, label in enumerate(labels) if types.get(label) == "datetime"}

    def _is_comment(self, value: Any, number: int) -> bool:
        mark = self._resource.dialect.comment_char
        marked = mark is not None and str(value[0] if value else "").startswith(mark)
        return marked or super()._is_comment(value, number)

    def _cells(self, value: Any, width: int) -> list[Any]:
        """The cells of a row, empty ones at its end as the table has them and not the sheet.

        A day in a sheet is a moment as well, that at which it begins.
        """
        cells = [
            datetime.combine(cell, time()) if at in self._moments and type(cell) is date else cell
            for at, cell in enumerate(super()._cells(value, width))
        ]
        if not cells or len(cells) == width:
            return cells
        while len(cells) > width and cells[-1] is None:
            cells = cells[:-1]
        return [*cells, *[None] * (width - len(cells))]


def sheet_names(resource: Resource) -> list[str]:
    """The sheets of an Excel workbook.

    Raises:
        FileError: the file is no workbook.
        UnreadableError: the library that reads workbooks is not installed.
    """
    with _workbook(resource.parts[0]) as workbook:
        return workbook.sheet_names


def _items(resource: Resource) -> Iterator[Item]:
    for part in resource.parts:
        for row in _sheet(resource, part):
            yield Item(row, location=part.location)


def _sheet(resource: Resource, part: Part) -> Iterator[list[Any]]:
    dialect = resource.dialect
    with _workbook(part) as workbook:
        if dialect.sheet_name:
            sheet = workbook.get_sheet_by_name(dialect.sheet_name)
        else:
            sheet = workbook.get_sheet_by_index((dialect.sheet_number or 1) - 1)
        for row in sheet.iter_rows():
            yield [None if cell == "" else cell for cell in row]


@contextmanager
def _workbook(part: Part) -> "Generator[python_calamine.CalamineWorkbook]":
    """An opened workbook; what keeps it or its sheets from being read is said in one line."""
    part.check()
    try:
        import python_calamine
    except ImportError:
        command = pip_install("python-calamine")
        raise UnreadableError(f"Excel files need python-calamine: {command}") from None
    _check_size(part)
    try:
        yield python_calamine.CalamineWorkbook.from_path(str(part.file))
    except (python_calamine.CalamineError, OSError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise FileError(part.location, f"cannot be read as a workbook: {reason}") from None


def _check_size(part: Part) -> None:
    """Refuses a workbook that is made to fill memory: sheets are read whole, gaps and all.

    Raises:
        FileError: it unpacks to much more than it is, or one of its sheets is too large.
    """
    try:
        with zipfile.ZipFile(str(part.file)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > allowed_size(part):
                raise FileError(part.location, "unpacks to more than a workbook can hold")
            for member in members:
                if SHEET.fullmatch(member.filename) and _cells_in(archive, member) > MOST_CELLS:
                    message = f"{member.filename}: spans more than {MOST_CELLS:,} cells"
                    raise FileError(part.location, message)
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError):
        return  # the library that reads it says what is wrong


def _cells_in(archive: zipfile.ZipFile, sheet: zipfile.ZipInfo) -> int:
    """How many cells the rectangle has around all that a sheet says it has."""
    columns, rows, rest = 0, 0, b""
    with archive.open(sheet) as content:
        for block in blocks_of(content):
            block = rest + block
            for letters, digits in CELL.findall(block):
                rows = max(rows, int(digits))
                columns = max(columns, _column(letters))
            rest = block[-LONGEST_NAME:]
    return columns * rows


def _column(letters: bytes) -> int:
    """The number of a column by its letters, from 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
