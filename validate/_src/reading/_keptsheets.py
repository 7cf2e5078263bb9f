"""Sheets that are open for all who want their rows: each is read once, as far as anybody wants."""

from collections.abc import Generator, Hashable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from validate._src.reading._kept import Kept, as_it_is, kept
from validate._src.reading._sheets import Block, OpenSheet, open_sheet
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource

MOST_KEPT = 2**28  # bytes of all sheets: more would fill the memory; others are read again
VIEW = 16  # bytes of a text, or of the name of its type, beside those of its characters


@contextmanager
def sheet_for_all(resource: Resource, part: Part) -> Generator[OpenSheet]:
    """The sheet of a workbook that the dialect names, as `open_sheet` gives it.

    Raises:
        FileError: the file is no workbook, or has no such sheet.
        UnreadableError: the library that reads workbooks is not installed.
    """
    found = kept()
    part.check()
    if found is None:
        with open_sheet(resource, part) as opened:
            yield opened
        return
    sheet = _sheets_of(found).sheet(resource, part)
    sheet.readers += 1
    try:
        yield replace(sheet.opened, blocks=sheet.blocks())
    finally:
        sheet.readers -= 1


class _SharedSheet:
    """A sheet whose rows are read when somebody first wants them.

    Attributes:
        opened: the sheet.
        readers: how many read it now.
        is_whole: whether it was read to its end.
        size: how many bytes its rows take that are kept.
    """

    def __init__(self, resource: Resource, part: Part, sheets: "_Sheets") -> None:
        """Opens it."""
        self._sheets, self._open = sheets, ExitStack()
        self.opened = self._open.enter_context(open_sheet(resource, part))
        self.readers, self.is_whole, self.size = 0, False, 0
        self._blocks: list[Block] = []
        self._left_out = 0
        self._fault: FileError | None = None

    def blocks(self) -> Iterator[Block]:
        """Its rows from the first on."""
        at = 0
        while at < self._left_out + len(self._blocks) or self._read_on():
            yield self._blocks[at - self._left_out]
            at += 1

    def _read_on(self) -> bool:
        """Reads the next rows; whether there are some.

        Raises:
            FileError: the workbook is damaged.
        """
        if self._fault is not None:
            raise self._fault
        try:
            block = None if self.is_whole else next(self.opened.blocks, None)
        except FileError as error:
            self._fault = error
            self.close()
            raise
        if block is None:
            self.is_whole = True
            self.close()
            return False
        if not self._sheets.has_room_for(self, block) and self.readers == 1:
            self._left_out += len(self._blocks)
            self._blocks.clear()
        self._blocks.append(block)
        return True

    def close(self) -> None:
        """Frees the process that reads it."""
        self._open.close()


class _Sheets:
    """The sheets that are kept."""

    def __init__(self) -> None:
        """Starts without any."""
        self._sheets: dict[Hashable, _SharedSheet] = {}
        self._size = 0

    def sheet(self, resource: Resource, part: Part) -> _SharedSheet:
        """A sheet, opened if it is not.

        Others that were not read to their end, and are read by nobody, are closed: each has a
        process of its own, with the workbook in its memory.
        """
        dialect = resource.dialect
        key = (as_it_is(resource, part), dialect.sheet_name, dialect.sheet_number)
        found = self._sheets.get(key)
        if found is None:
            self._close(resting_only=True)
            found = self._sheets[key] = _SharedSheet(resource, part, self)
        return found

    def has_room_for(self, sheet: _SharedSheet, block: Block) -> bool:
        """Whether more rows of a sheet can be kept; if not, it is not kept at all."""
        if sheet not in self._sheets.values():
            return False
        more = _size(block)
        if self._size + more <= MOST_KEPT:
            self._size, sheet.size = self._size + more, sheet.size + more
            return True
        self._drop(sheet)
        return False

    def close(self) -> None:
        """Closes all."""
        self._close(resting_only=False)

    def _close(self, *, resting_only: bool) -> None:
        for sheet in [*self._sheets.values()]:
            if not resting_only or not (sheet.is_whole or sheet.readers):
                sheet.close()
                self._drop(sheet)

    def _drop(self, sheet: _SharedSheet) -> None:
        """Keeps a sheet no longer."""
        self._size -= sheet.size
        self._sheets = {key: one for key, one in self._sheets.items() if one is not sheet}


def _size(block: Block) -> int:
    """How many bytes of memory rows take."""
    return int(block.cells.estimated_size() + 2 * VIEW * block.cells.height * block.cells.width)


def _sheets_of(found: Kept) -> _Sheets:
    """The sheets that are kept, as long as anything is."""
    if _Sheets not in found.made:
        found.made[_Sheets] = sheets = _Sheets()
        found.at_the_end.append(sheets.close)
    sheets = found.made[_Sheets]
    assert isinstance(sheets, _Sheets)
    return sheets
