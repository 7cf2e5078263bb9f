"""Sheets of workbooks, which `python-calamine` reads, apart: their cells as texts with types."""

from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count

import polars as pl

from validate._src.reading._apart import ReadingFailedError, Worker, patience_for, pool
from validate._src.reading._scans import Places, Scan, ScanError, Scans
from validate._src.reading._sent import typed_of
from validate._src.reading._typed import Typed, typed_column
from validate._src.reading._workbooks import scanned, sheet_at
from validate._src.reading._worker import END
from validate._src.reading.batch import columns
from validate._src.words.errors import FileError, UnreadableError
from validate._src.words.extras import pip_install
from validate._src.words.model import Part, Resource
from validate._src.words.schema import ERROR_CELL

ROWS = 20_000  # that are read at once: with ten times as many memory doubles
MOST_CELLS = 2**20  # of these rows, which may have thousands


@dataclass(frozen=True)
class Block:
    """Some rows of a sheet, in order.

    Attributes:
        cells: n texts of each column, the columns named `0`, `1`, …; null where a cell is empty.
        kinds: n names of native types of each column.
    """

    cells: pl.DataFrame
    kinds: Mapping[str, pl.Series]

    def from_row(self, index: int) -> "Block":
        """The rows from one on."""
        return Block(self.cells[index:], {name: kind[index:] for name, kind in self.kinds.items()})

    def with_rows_of(self, other: "Block") -> "Block":
        """Its rows, and after them those of another block of the same sheet."""
        kinds = {name: pl.concat([kind, other.kinds[name]]) for name, kind in self.kinds.items()}
        return Block(pl.concat([self.cells, other.cells]), kinds)


@dataclass(frozen=True)
class OpenSheet:
    """A sheet that is open.

    Attributes:
        name: its name.
        left: the column of the first cell of its rows, from 0.
        without_value: its cells that have a formula and no value, and are read as empty.
        blocks: its rows from the first on, all of one width.
    """

    name: str
    left: int
    without_value: Places
    blocks: Iterator[Block]


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
    part = resource.parts[0]
    with _workbook(resource, part) as book:
        return [
            SheetOfBook(name, is_shown and is_of_cells, book.is_empty(at))
            for at, (name, is_shown, is_of_cells) in enumerate(book.sheets)
        ]


@contextmanager
def open_sheet(resource: Resource, part: Part) -> Generator[OpenSheet]:
    """The sheet of a workbook that the dialect names.

    Raises:
        FileError: the file is no workbook, or has no such sheet.
        UnreadableError: the library that reads workbooks is not installed.
    """
    with _workbook(resource, part) as book:
        at = sheet_at(resource, part, [name for name, *_ in book.sheets])
        name, _, is_of_cells = book.sheets[at]
        if not is_of_cells:
            raise FileError(part.location, f'the sheet "{name}" is none of cells')
        extent = book.opened(at)
        if extent is None:
            raise FileError(part.location, f'the sheet "{name}" is empty')
        blocks = _named(part, book.blocks(extent))
        yield OpenSheet(name, extent.left, extent.scan.without_value, blocks)


@dataclass(frozen=True)
class _Extent:
    """Where the cells of a sheet are.

    Attributes:
        rows: how many rows there are from the first on.
        left: the first column that has a cell, from 0.
        missing: how many columns the library leaves out from there on.
        width: how many columns there are.
        scan: what is known of the sheet, such as its error cells, which are empty in what it reads.
    """

    rows: int
    left: int
    missing: int
    width: int
    scan: Scan


@dataclass(frozen=True)
class _Book:
    """A workbook that is open in a process of its own.

    Attributes:
        scan: what is to be known of a sheet before it is read.
        worker: the process.
        patience: for how many seconds it is waited for.
        sheets: of each sheet the name, whether it is shown, and whether it is one of cells.
    """

    scan: Scans
    worker: Worker
    patience: float
    sheets: Sequence[tuple[str, bool, bool]]

    def is_empty(self, index: int) -> bool:
        """Whether a sheet has no cells; it is opened where nothing else tells."""
        scan = self.scan(self.sheets[index][0])
        if scan.filled is None:
            return self.opened(index) is None
        return not scan.filled and not scan.errors

    def opened(self, index: int) -> _Extent | None:
        """Opens a sheet; None if it is empty."""
        scan = self.scan(self.sheets[index][0])
        errors = scan.errors
        corners = self.worker.ask("open sheet", index, patience=self.patience)
        rows = [*corners[::2], *(row for row, _ in errors)]
        columns = [*corners[1::2], *(column for _, column in errors)]
        if not rows:
            return None
        left = min(columns)
        missing = corners[1] - left if corners else 0
        return _Extent(max(rows) + 1, left, missing, max(columns) - left + 1, scan)

    def blocks(self, extent: _Extent) -> Iterator[Block]:
        """The rows of the sheet that was opened; the next are read while these are looked at."""
        number = max(min(ROWS, MOST_CELLS // extent.width), 1)
        filled = 0
        self.worker.send("next rows", number)
        for first in count(0, number):
            answer = self.worker.answer(self.patience)
            if answer == (END,) and first >= extent.rows:
                break
            self.worker.send("next rows", number)
            read = [] if answer == (END,) else [typed_of(one, answer[0]) for one in answer[1:]]
            filled += sum(len(texts) - texts.null_count() for texts, _ in read)
            yield _block(read, extent, first, min(number, extent.rows - first))
        if extent.scan.exactly is not None and filled != extent.scan.filled:
            extent.scan.exactly()  # which raises if a cell stands twice


def _block(read: Sequence[Typed], extent: _Extent, first: int, height: int) -> Block:
    """Rows of a sheet.

    Args:
        read: their columns as the library has them.
        extent: where the cells of the sheet are.
        first: the first of the rows, from 0.
        height: how many there are.
    """
    before = [typed_column([None] * height)] * extent.missing
    made = [*before, *(_lengthened(column, height) for column in read)]
    made += [typed_column([None] * height)] * (extent.width - len(made))
    made = [*_with_errors(made, extent, first)] if extent.scan.errors else made
    names = columns(extent.width)
    cells = pl.DataFrame({name: text for name, (text, _) in zip(names, made, strict=True)})
    return Block(cells, {name: kind for name, (_, kind) in zip(names, made, strict=True)})


def _lengthened(column: Typed, height: int) -> Typed:
    """A column with empty cells at its end."""
    texts, kinds = column
    lacking = height - len(texts)
    if not lacking:
        return column
    return texts.extend_constant(None, lacking), kinds.extend_constant(None, lacking)


def _with_errors(made: Sequence[Typed], extent: _Extent, first: int) -> Iterator[Typed]:
    """Columns of rows from one on with their error cells, which are empty in what is read."""
    height = len(made[0][0])
    found: dict[int, dict[int, str]] = {}
    for (row, column), text in extent.scan.errors.items():
        if first <= row < first + height:
            found.setdefault(column - extent.left, {})[row - first] = text
    for at, (texts, kinds) in enumerate(made):
        # Copies, because `scatter` changes what it is asked of, which may stand here twice.
        cells = found.get(at, {})
        yield (
            (
                texts.clone().scatter([*cells], [*cells.values()]),
                kinds.clone().scatter([*cells], ERROR_CELL),
            )
            if cells
            else (texts, kinds)
        )


@contextmanager
def _workbook(resource: Resource, part: Part) -> Generator[_Book]:
    """An opened workbook; what keeps it or its sheets from being read is said in one line."""
    part.check()
    if find_spec("python_calamine") is None:
        command = pip_install("python-calamine")
        raise UnreadableError(f"workbooks need python-calamine: {command}")
    patience = patience_for(part.size)
    with _errors_named(part), pool().worker() as worker:
        scan = scanned(resource, part)
        assert part.file is not None
        file = str(part.file.absolute())
        sheets = worker.ask("open book", file, patience=patience)
        try:
            yield _Book(scan, worker, patience, sheets)
        finally:
            worker.send("close book")


@contextmanager
def _errors_named(part: Part) -> Generator[None]:
    try:
        yield
    except (ReadingFailedError, ScanError, OSError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise FileError(part.location, f"cannot be read as a workbook: {reason}") from None


def _named(part: Part, blocks: Iterator[Block]) -> Iterator[Block]:
    """Blocks, of which is said in one line what keeps them from being read."""
    with _errors_named(part):
        yield from blocks
