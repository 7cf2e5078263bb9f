"""Sheets of Office Open XML, before they are read: their size, and their error cells.

Source: ECMA-376, part 1, 18.3.1 (worksheets) and 18.18.11 (cell types).
"""

import re
from collections.abc import Iterator
from functools import partial
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from validate._src.reading._scans import Places, Scan, ScanError
from validate._src.reading._xlsxshapes import Irregular, filled_in
from validate._src.reading.files import blocks_of
from validate._src.words.cells import column_letters, column_number

BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
BESIDES = ("xl/sharedstrings.xml", "xl/styles.xml")
"""What the reader takes beside a sheet, as far as it goes, whole or not."""
LONGEST_BOOK = 16 * 2**20  # bytes of the list of sheets, which is read whole
CELL = re.compile(rb"""\br=["'][A-Za-z]{1,20}([0-9]{1,20})["']""")
LONGEST_CELL = 48  # bytes of an attribute that this matches, which two blocks may share


def scan(archive: ZipFile, name: str) -> Scan:
    """A sheet of a workbook.

    Raises:
        ScanError: it is damaged.
    """
    try:
        file = next((file for file, sheet in _names(archive) if sheet == name), None)
        found = [one for one in archive.infolist() if one.filename.lower() == file]
        if not found:
            raise ScanError(f'damaged: there is no file of the sheet "{name}"')
        for one in archive.infolist():
            if one.filename.lower() in BESIDES:
                _parse(archive, one, expat.ParserCreate())
        return _scanned(archive, found[0])
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


def _parse(archive: ZipFile, member: ZipInfo, parser: expat.XMLParserType) -> None:
    with archive.open(member) as content:
        for block in blocks_of(content):
            parser.Parse(block)
    parser.Parse(b"", True)


def _scanned(archive: ZipFile, sheet: ZipInfo) -> Scan:
    """A sheet, by the shapes of its rows where they are few, or cell by cell."""
    assert archive.filename is not None
    exactly = partial(_exactly, archive.filename, sheet)
    try:
        with archive.open(sheet) as content:
            found = filled_in(blocks_of(content))
    except Irregular:
        return exactly()
    rows = found.rows if found.rows else _rows(archive, sheet)
    return Scan(rows, found.columns, found.errors, found.without_value, found.cells, exactly)


def _rows(archive: ZipFile, sheet: ZipInfo) -> int:
    """The last row that has a cell."""
    last, rest = 0, b""
    with archive.open(sheet) as content:
        for block in blocks_of(content):
            block = rest + block
            last = max(last, *map(int, CELL.findall(block)), 0)
            rest = block[-LONGEST_CELL:]
    return last


def _exactly(file: str, sheet: ZipInfo) -> Scan:
    """A sheet, cell by cell.

    Raises:
        ScanError: a cell stands in it twice, of which the reader would pass over the first.
    """
    with ZipFile(file) as archive:
        cells = _Cells()
        _parse(archive, sheet, cells.parser())
        if not cells.ascend:
            cells = _Cells(seen=set())
            _parse(archive, sheet, cells.parser())
    return Scan(cells.rows, cells.columns, cells.errors, cells.without_value)


class _Cells:
    """Takes the elements of a sheet, and keeps its error cells and those without a value.

    A row or cell that does not say where it is follows the one before.
    """

    def __init__(self, seen: set[tuple[int, int]] | None = None) -> None:
        """Starts before the first row.

        Args:
            seen: takes the places of all cells, which must differ; without it, whether they ascend
                is told, which needs no memory.
        """
        self.errors: dict[tuple[int, int], str] = {}
        self.without_value = Places()
        self._lacks_value = False
        self.ascend, self.rows, self.columns = True, 0, 0
        self._seen = seen
        self._row = self._column = -1
        self._last = (-1, -1)
        self._text: list[str] | None = None
        self._is_value = self._is_text = False

    def parser(self) -> expat.XMLParserType:
        """A parser that tells of the elements."""
        parser = expat.ParserCreate()
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.text
        parser.StartCdataSectionHandler = _refuse_section
        return parser

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        if name == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
        elif name == "c":
            place = attributes.get("r", "")
            letters = place.rstrip("0123456789")
            self._column = column_number(letters.encode()) - 1 if letters else self._column + 1
            at = int(place[len(letters) :]) - 1 if letters else self._row, self._column
            self._add(at)
            self._text = [] if attributes.get("t") == "e" else None
            self._lacks_value = False
            self._is_text = attributes.get("t") == "str"
        elif name == "f":
            self._lacks_value = not self._is_text
        self._is_value = name == "v"

    def _add(self, at: tuple[int, int]) -> None:
        self.rows, self.columns = max(self.rows, at[0] + 1), max(self.columns, at[1] + 1)
        if self._seen is None:
            self.ascend &= at > self._last
        elif at in self._seen:
            name = f"{column_letters(at[1])}{at[0] + 1}"
            raise ScanError(f"damaged: the cell {name} stands in the sheet more than once")
        else:
            self._seen.add(at)
        self._last = at

    def text(self, text: str) -> None:
        """There is text in the element."""
        self._lacks_value &= not self._is_value
        if self._text is not None and self._is_value:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._is_value = False
        is_cell = tag.rpartition(":")[2] == "c"
        if is_cell and self._lacks_value:
            self.without_value = self.without_value.and_at([self._last])
        if is_cell and self._text:
            self.errors[self._last] = "".join(self._text)
            self._text = None


def _refuse_section() -> None:
    raise ScanError("damaged: text in a CDATA section, which workbooks do not have, would be lost")
