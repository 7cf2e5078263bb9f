"""Sheets of OpenDocument, before they are read: their size, and their error cells.

OpenDocument has no error cells. Where a formula fails, office programs write a text or number
and mark the cell by an attribute of their own, `calcext:value-type`.

Source: OpenDocument 1.3, part 3, 9.1 (tables), 19.679 and 19.675 (repeated rows and columns).
"""

import re
from collections.abc import Iterator
from html import unescape
from zipfile import ZipFile

from validate._src.reading._scans import Places, Scan
from validate._src.reading.files import blocks_of

CONTENT = "content.xml"
TABLE_OR_ROW = re.compile(rb"<table:table(?P<row>-row)?(?=[\s/>])(?P<attributes>[^>]*)>")
NAME = re.compile(rb"""\btable:name=(?:"([^"]*)"|'([^']*)')""")
ROW_END = b"</table:table-row>"
CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
REPEATED = re.compile(rb"""\btable:number-(?:rows|columns)-repeated=["']([0-9]{1,9})["']""")
ERROR = re.compile(rb"""\bcalcext:value-type=["']error["']""")
FILLED = re.compile(rb"""\boffice:(?:value-type|[a-z]+-value)=""")
FORMULA = re.compile(rb"""\btable:formula=""")
TEXT = re.compile(rb"<text:p\b[^>]*>(.*?)</text:p>", re.DOTALL)
TAG = re.compile(rb"<[^>]*>")
UNNAMED_ERROR = "#ERROR!"  # where a cell is marked as an error and shows nothing


def scan(archive: ZipFile) -> dict[str, Scan]:
    """The sheets of a document."""
    sheets: dict[str, _Sheet] = {}
    if CONTENT not in archive.namelist():
        return {}
    sheet = _Sheet()
    for content in _rows(archive):
        for start in TABLE_OR_ROW.finditer(content):
            if start["row"]:
                sheet.add(start["attributes"], content[start.end() :])
            else:
                name = NAME.search(start["attributes"])
                sheet = sheets[_text((name[1] or name[2]) if name else b"")] = _Sheet()
    return {
        name: Scan(one.rows, one.columns, one.errors, one.without_value)
        for name, one in sheets.items()
    }


def _rows(archive: ZipFile) -> Iterator[bytes]:
    """The text of the content up to the end of each row."""
    rest = b""
    with archive.open(CONTENT) as content:
        for block in blocks_of(content):
            *rows, rest = (rest + block).split(ROW_END)
            yield from rows
    yield rest


def _text(content: bytes) -> str:
    return unescape(content.decode("utf-8", "replace"))


def _repeated(attributes: bytes) -> int:
    found = REPEATED.search(attributes)
    return int(found[1]) if found else 1


class _Sheet:
    """What is known of a sheet: its rows and columns up to the last that has something in it."""

    def __init__(self) -> None:
        """Starts without rows."""
        self.rows = self.columns = 0
        self.errors: dict[tuple[int, int], str] = {}
        self.without_value = Places()
        self._next_row = 0

    def add(self, attributes: bytes, cells: bytes) -> None:
        """Takes a row, which may stand for many that are alike."""
        row, self._next_row = self._next_row, self._next_row + _repeated(attributes)
        column = 0
        if attributes.endswith(b"/"):
            return
        for cell in CELL.finditer(cells):
            first, column = column, column + _repeated(cell[1])
            if not FILLED.search(cell[1]):
                if FORMULA.search(cell[1]):
                    self.without_value = self.without_value.and_at([(row, first)])
                continue
            self.columns = max(self.columns, column)
            self.rows = self._next_row
            if ERROR.search(cell[1]):
                said = self._shown(cells, cell.end())
                for at in range(first, min(column, first + MOST_REPEATED)):
                    for number in range(row, min(self._next_row, row + MOST_REPEATED)):
                        self.errors[number, at] = said

    def _shown(self, cells: bytes, begin: int) -> str:
        """What an error cell shows."""
        end = cells.find(b"table-cell>", begin)
        found = TEXT.search(cells, begin, end if end >= 0 else len(cells))
        return _text(TAG.sub(b"", found[1])) if found else UNNAMED_ERROR


MOST_REPEATED = 2**14  # of an error cell: as many columns as a sheet may have
