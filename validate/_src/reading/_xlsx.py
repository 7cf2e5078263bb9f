"""Sheets of Office Open XML, before they are read: their size, and their error cells.

Source: ECMA-376, part 1, 18.3.1 (worksheets) and 18.18.11 (cell types).
"""

import re
from collections.abc import Iterator
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from validate._src.reading._scans import Errors, Scan, ScanError, Scans
from validate._src.reading.files import blocks_of
from validate._src.words.cells import column_number

SHEET = re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)
CELL = re.compile(rb"""\br=["']([A-Za-z]{1,20})([0-9]{1,20})["']""")
"""Where a cell is, beyond what a sheet can have too: the reader would take memory for it."""
ERRORS = (b't="e"', b"t='e'")
LONGEST_NAME = 48  # bytes of an attribute that these match, which two blocks may share
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
LONGEST_BOOK = 16 * 2**20  # bytes of the list of sheets, which is read whole


def scan(archive: ZipFile) -> Scans:
    """The sheets of a workbook; one that its list of sheets does not name goes by its file.

    Raises:
        ScanError: it is damaged.
    """
    try:
        names = dict(_names(archive))
        members = [one for one in archive.infolist() if SHEET.fullmatch(one.filename)]
        return {
            names.get(one.filename.lower(), one.filename): _scanned(archive, one) for one in members
        }
    except (ElementTree.ParseError, expat.ExpatError, ValueError, LookupError) as error:
        raise ScanError(f"damaged: {error}") from None


def _names(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The files of sheets, in lower case, and the names of the sheets."""
    found = {one.filename: one.file_size for one in archive.infolist()}
    if not all(found.get(name, LONGEST_BOOK) < LONGEST_BOOK for name in (BOOK, RELATIONS)):
        return
    targets = {
        relation.get("Id"): (relation.get("Target") or "").lstrip("/").removeprefix("xl/")
        for relation in _elements(archive, RELATIONS, "Relationship")
    }
    for sheet in _elements(archive, BOOK, "sheet"):
        ids = (value for name, value in sheet.items() if name.endswith("}id"))
        target = targets.get(next(ids, None))
        if target:
            yield f"xl/{target}".lower(), sheet.get("name") or ""


def _elements(archive: ZipFile, member: str, tag: str) -> list[ElementTree.Element]:
    """The elements with a tag. Expat refuses entities that grow without end since 2.4.1."""
    root = ElementTree.fromstring(archive.read(member))  # noqa: S314
    return [one for one in root.iter() if one.tag.rpartition("}")[2] == tag]


def _scanned(archive: ZipFile, sheet: ZipInfo) -> Scan:
    columns, rows, rest, has_errors = 0, 0, b"", False
    with archive.open(sheet) as content:
        for block in blocks_of(content):
            block = rest + block
            found = [set(part) for part in zip(*CELL.findall(block), strict=True)]
            letters, digits = found or (set[bytes](), set[bytes]())
            columns = max(columns, *map(column_number, letters), 0)
            rows = max(rows, *map(int, digits), 0)
            has_errors = has_errors or any(mark in block for mark in ERRORS)
            rest = block[-LONGEST_NAME:]
    return Scan(rows, columns, _errors(archive, sheet) if has_errors else {})


def _errors(archive: ZipFile, sheet: ZipInfo) -> Errors:
    cells = _Cells()
    parser = expat.ParserCreate()
    parser.StartElementHandler = cells.start
    parser.EndElementHandler = cells.end
    parser.CharacterDataHandler = cells.text
    with archive.open(sheet) as content:
        for block in blocks_of(content):
            parser.Parse(block)
    return cells.errors


class _Cells:
    """Takes the elements of a sheet, and keeps its error cells.

    A row or cell that does not say where it is follows the one before.
    """

    def __init__(self) -> None:
        """Starts before the first row."""
        self.errors: dict[tuple[int, int], str] = {}
        self._row = self._column = -1
        self._text: list[str] | None = None
        self._is_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
        elif name == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self._column = column_number(letters.encode()) - 1 if letters else self._column + 1
            self._text = [] if attributes.get("t") == "e" else None
        self._is_value = name == "v"

    def text(self, text: str) -> None:
        """There is text in the element."""
        if self._text is not None and self._is_value:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._is_value = False
        if tag.rpartition(":")[2] == "c" and self._text:
            self.errors[self._row, self._column] = "".join(self._text)
            self._text = None
