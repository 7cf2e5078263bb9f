"""The cells of a sheet of Office Open XML, told by the shapes of its rows.

What remains of a row without its digits is the same for most rows of a table: numbers, dates and
texts, which stand elsewhere under a number, differ in digits alone. So a few shapes are looked at
in place of all cells: to look at each takes about as long as the library takes to read the sheet.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from xml.parsers import expat

from validate._src.reading._scans import Errors, Places
from validate._src.words.cells import column_number

VALUE_SIGNS = b"0123456789.-"
ROW_END, BEGIN, END = b"</row>", b"<sheetData>", b"</sheetData>"
ATTRIBUTES = rb'(?: [A-Za-z:]+="[^"<>&]*")*'
TEXT = rb"(?:[^<>&]|&(?:lt|gt|amp|quot|apos);)*"
CELL = (
    rb'<c r="[A-Z]{1,3}"' + ATTRIBUTES + rb"(?:/>|>"
    rb"(?:<f" + ATTRIBUTES + rb"(?:/>|>" + TEXT + rb"</f>))?"
    rb"(?:<v>" + TEXT + rb"</v>|<v ?/>|<is><t" + ATTRIBUTES + rb">" + TEXT + rb"</t></is>)?</c>)"
)
SHAPE = re.compile(
    rb"\s*(?:<row" + ATTRIBUTES + rb"/>\s*)*<row" + ATTRIBUTES + rb">(?:" + CELL + rb")*"
)
PLACE = re.compile(rb'<c r="([A-Z]+)"')
FAR = re.compile(rb'<c r="[A-Z]+([0-9]{7,})"')
ERROR = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"(?: s="[0-9]*")? t="e"(?: [a-z]+="[^"<>&]*")*>'
    rb"(?:<f[^<>]*(?:/>|>[^<>]*</f>))?<v>([^<>&]*)</v>"
)
WITHOUT_VALUE = re.compile(
    rb'<c r="([A-Z]{1,3})([0-9]{1,7})"((?: [a-z]+="[^"<>&]*")*)>'
    rb"<f[^<>]*(?:/>|>[^<>]*</f>)(?:<v></v>|<v ?/>)?</c>"
)
FORMULA_MARK, TEXT_MARK = b"<f", b't="str"'
ERROR_MARK, NO_VALUE = b't="e"', b"<v></v>"
BETWEEN = re.compile(rb">[^<>&]+<")
NEAR = 999_999  # rows, the last that no place of seven digits is beyond
FEW_COLUMNS = 50  # up to which no sheet of so many rows is too large
MOST_SHAPES = 5_000  # from which on texts are left out too; to look at more takes too long


class Irregular(Exception):  # noqa: N818
    """The rows are of too many shapes, or of others than are known here."""


@dataclass(frozen=True)
class Filled:
    """What is known of a sheet.

    Attributes:
        rows: a row that no cell is beyond; None where that would have to be looked for.
        columns: how many columns there are.
        cells: how many cells have a value that is no error; one of them may be an empty text.
        errors: the error cells.
        without_value: the cells that have a formula and no value.
    """

    rows: int | None
    columns: int
    cells: int
    errors: Errors
    without_value: Places


def filled_in(blocks: Iterable[bytes]) -> Filled:
    """The cells of a sheet, each of which stands in its row once and after those on its left.

    Raises:
        Irregular: that cannot be told here.
        ExpatError: what stands before the rows or after them is no XML.
    """
    shapes, farthest, without, formulas = _Shapes(), NEAR, 0, Places()
    errors: dict[tuple[int, int], str] = {}
    for rows in _rows_of(blocks):
        farthest = max(farthest, *map(int, FAR.findall(rows)), 0)
        if ERROR_MARK in rows:
            errors |= _errors(rows)
        if FORMULA_MARK in rows:
            formulas = formulas.and_at(_without_value(rows))
        without += rows.count(NO_VALUE)
        shapes.add(rows)
    columns, cells = shapes.told()
    rows_at_most = farthest if columns <= FEW_COLUMNS else None
    return Filled(rows_at_most, columns, cells - without - len(errors), errors, formulas)


def _rows_of(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The text of rows, many at once; what is around them is only parsed."""
    parser = expat.ParserCreate()
    rest, is_before = b"", True
    for block in blocks:
        rest += block
        if is_before:
            head, begin, rest = rest.partition(BEGIN)
            if not begin:
                raise Irregular
            parser.Parse(head + begin)
            is_before = False
        rows, end, rest = rest.rpartition(ROW_END)
        yield rows + end
    if is_before or rest.count(END) != 1:
        raise Irregular
    parser.Parse(rest, True)


def _errors(rows: bytes) -> Errors:
    found = {
        (int(row) - 1, column_number(letters) - 1): text.decode()
        for letters, row, text in ERROR.findall(rows)
    }
    if len(found) != rows.count(ERROR_MARK):
        raise Irregular
    return found


def _without_value(rows: bytes) -> list[tuple[int, int]]:
    """The cells with a formula and no value; one that is an empty text has one.

    Source: ECMA-376, part 1, 18.3.1.4 and 18.3.1.40: the value is what the formula gave last.
    """
    return [
        (int(row) - 1, column_number(letters) - 1)
        for letters, row, attributes in WITHOUT_VALUE.findall(rows)
        if TEXT_MARK not in attributes
    ]


class _Shapes:
    """The shapes of rows, and how many rows have each."""

    def __init__(self) -> None:
        self._rows = Counter[bytes]()
        self._without_texts = False

    def add(self, rows: bytes) -> None:
        """Takes the text of rows."""
        text = rows.translate(None, VALUE_SIGNS)
        if self._without_texts:
            text = BETWEEN.sub(b"><", text)
        self._rows.update(text.split(ROW_END)[:-1])
        if len(self._rows) > MOST_SHAPES and not self._without_texts:
            self._without_texts = True
            found, self._rows = self._rows, Counter[bytes]()
            for shape, number in found.items():
                self._rows[BETWEEN.sub(b"><", shape)] += number
        if len(self._rows) > MOST_SHAPES:
            raise Irregular

    def told(self) -> tuple[int, int]:
        """How many columns there are, and how many cells with a value."""
        columns = max((_width(shape) for shape in self._rows), default=0)
        values = ((shape.count(b"</v>") + shape.count(b"</is>"), shape) for shape in self._rows)
        return columns, sum(count * self._rows[shape] for count, shape in values)


def _width(shape: bytes) -> int:
    """The last column that a row of a shape has a cell in."""
    places = [column_number(letters) for letters in PLACE.findall(shape)]
    ascend = all(one < other for one, other in pairwise(places))
    if not ascend or not SHAPE.fullmatch(shape):
        raise Irregular
    return max(places, default=0)
