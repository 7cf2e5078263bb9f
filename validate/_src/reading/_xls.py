"""Sheets of Excel 97 to 2003, before they are read: their size, and their error cells.

Source: [MS-CFB] (compound files), [MS-XLS] 2.4 (records).
"""

import struct
from collections.abc import Callable, Iterator

from validate._src.reading._scans import Scan, ScanError
from validate._src.words.cells import column_letters

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
END = 0xFFFFFFFA  # numbers of sectors from here on are none
STREAMS = ("workbook", "book")
BOUND_SHEET, BOF, EOF = 0x85, 0x809, 0x0A
FORMULA, BOOL_OR_ERROR, MANY_NUMBERS = 0x06, 0x205, 0xBD
CELLS = {FORMULA, 0xD6, 0xFD, 0x203, 0x204, BOOL_OR_ERROR, 0x27E, MANY_NUMBERS}
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
"""Error values as files have them and as they are shown: [MS-XLS] 2.5.10."""
RESULT_IS_ERROR = 2


def scan(content: bytes) -> dict[str, Scan]:
    """The sheets of a workbook.

    Raises:
        ScanError: it is damaged.
    """
    try:
        book = _stream(content)
        return {name: _scanned(book, position) for name, position in _sheets(book)}
    except (struct.error, IndexError, ValueError) as error:
        raise ScanError(f"damaged: {error}") from None


def _stream(content: bytes) -> bytes:
    """The stream of the workbook in a compound file.

    Raises:
        ScanError: it is no compound file, or none of a workbook.
    """
    if not content.startswith(SIGNATURE):
        raise ScanError("not a workbook of Excel 97 to 2003")
    sector_size = 1 << min(struct.unpack_from("<H", content, 30)[0], 12)
    directory_start, _, small_limit, small_start = struct.unpack_from("<4I", content, 48)
    size = sector_size

    def sector(number: int) -> bytes:
        return content[(number + 1) * size : (number + 2) * size]

    table = [
        entry for number in _table_sectors(content, sector) for entry in _numbers(sector(number))
    ]
    entries = b"".join(sector(number) for number in _chain(directory_start, table))
    root, found = entries[:128], None
    for begin in range(0, len(entries) - 127, 128):
        entry = entries[begin : begin + 128]
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[: max(length - 2, 0)].decode("utf-16-le", "replace").lower() in STREAMS:
            found = entry
    if found is None:
        raise ScanError("not a workbook of Excel 97 to 2003")
    start, length = struct.unpack_from("<2I", found, 116)
    if length >= small_limit:
        return b"".join(sector(number) for number in _chain(start, table))[:length]
    small = b"".join(
        sector(number) for number in _chain(struct.unpack_from("<I", root, 116)[0], table)
    )
    small_table = [
        entry for number in _chain(small_start, table) for entry in _numbers(sector(number))
    ]
    pieces = (small[number * 64 : number * 64 + 64] for number in _chain(start, small_table))
    return b"".join(pieces)[:length]


def _table_sectors(content: bytes, sector: Callable[[int], bytes]) -> Iterator[int]:
    """The sectors that hold the table of sectors."""
    for number in struct.unpack_from("<109I", content, 76):
        if number < END:
            yield number
    following, seen = struct.unpack_from("<I", content, 68)[0], set[int]()
    while following < END and following not in seen:
        seen.add(following)
        *numbers, following = _numbers(sector(following))
        yield from (number for number in numbers if number < END)


def _numbers(sector: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(sector) // 4}I", sector[: len(sector) // 4 * 4]))


def _chain(start: int, table: list[int]) -> Iterator[int]:
    """The sectors of a stream, in order.

    Raises:
        ScanError: they run in a circle.
    """
    for _ in range(len(table) + 1):
        if start >= END:
            return
        yield start
        start = table[start]
    raise ScanError("damaged: its sectors run in a circle")


def _records(book: bytes, position: int) -> Iterator[tuple[int, int, int]]:
    """The records from a place on: kind, where the content begins, and its length."""
    while position + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, position)
        yield kind, position + 4, length
        position += 4 + length


def _sheets(book: bytes) -> Iterator[tuple[str, int]]:
    """The names of the sheets, and where they begin."""
    for kind, begin, length in _records(book, 0):
        if kind == EOF:
            return
        if kind == BOUND_SHEET:
            position, _, _, characters = struct.unpack_from("<IBBB", book, begin)
            is_old = book[begin + 7] not in (0, 1)  # Excel 95 has no flag of wide characters
            name = book[begin + (7 if is_old else 8) : begin + length]
            wide = not is_old and book[begin + 7]
            yield name.decode("utf-16-le" if wide else "latin-1")[:characters], position


def _scanned(book: bytes, position: int) -> Scan:
    """A sheet, from its first record to its last; charts within it have records of their own.

    Raises:
        ScanError: a cell stands in it twice, of which the reader would pass over the first.
    """
    rows = columns = depth = 0
    seen = set[tuple[int, int]]()
    errors: dict[tuple[int, int], str] = {}
    for kind, begin, length in _records(book, position):
        depth += (kind == BOF) - (kind == EOF)
        if not depth:
            break
        if kind not in CELLS or depth > 1:
            continue
        row, column = struct.unpack_from("<HH", book, begin)
        last = struct.unpack_from("<H", book, begin + length - 2)[0] if kind == MANY_NUMBERS else 0
        rows, columns = max(rows, row + 1), max(columns, column + 1, last + 1)
        for at in range(column, max(column, last) + 1):
            if (row, at) in seen:
                name = f"{column_letters(at)}{row + 1}"
                raise ScanError(f"damaged: the cell {name} stands in the sheet more than once")
            seen.add((row, at))
        error = _error(kind, book[begin : begin + length])
        if error is not None:
            errors[row, column] = ERRORS.get(error, "#ERROR!")
    return Scan(rows, columns, errors)


def _error(kind: int, record: bytes) -> int | None:
    """The error value of a cell, if it is one."""
    if kind == BOOL_OR_ERROR and record[7]:
        return record[6]
    if kind == FORMULA and record[6] == RESULT_IS_ERROR and record[12:14] == b"\xff\xff":
        return record[8]
    return None
