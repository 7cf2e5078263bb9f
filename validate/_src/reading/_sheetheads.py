"""The workbooks that a table is in, each with its header read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import polars as pl

from validate._src.reading._keptsheets import sheet_for_all
from validate._src.reading._scans import Places
from validate._src.reading._sheets import Block, OpenSheet
from validate._src.reading._values import KINDS
from validate._src.reading.batch import joined_labels
from validate._src.words.cells import Sheet
from validate._src.words.errors import FileError
from validate._src.words.model import Dialect, Part, Resource

TEXT = KINDS[str]


@dataclass(frozen=True)
class NoText:
    """A cell that has another type, such as a number."""

    text: str

    def __str__(self) -> str:
        """Its text."""
        return self.text


Row = Sequence[str | NoText]


@dataclass(frozen=True)
class BookOfTable:
    """A workbook of a table, its sheet open.

    Attributes:
        part: its file.
        sheet: where the table stands in it.
        head: how many rows it has up to the end of its header.
        header: the cells of each of its rows, by their numbers.
        labels: the labels that these make together.
        without_value: the cells of the sheet that have a formula and no value.
        blocks: its rows from the first on.
    """

    part: Part
    sheet: Sheet
    head: int
    header: Mapping[int, Row]
    labels: list[str]
    without_value: Places
    blocks: Iterator[Block]


def books_of(resource: Resource) -> Iterator[BookOfTable | FileError]:
    """The workbooks one after the other, each closed before the next is opened.

    One that is no workbook, or has no such sheet, is the error that says so.

    Raises:
        UnreadableError: the library that reads workbooks is not installed.
    """
    for part in resource.parts:
        try:
            with sheet_for_all(resource, part) as opened:
                yield _book(resource.dialect, part, opened)
        except FileError as error:
            yield error


def _book(dialect: Dialect, part: Part, opened: OpenSheet) -> BookOfTable:
    sheet = Sheet(opened.name, left=opened.left)
    head, header, blocks = _head_of(dialect, opened.blocks)
    texts = [[str(cell) for cell in row] for row in header.values()]
    labels = joined_labels(texts, dialect.header_join)
    return BookOfTable(part, sheet, head, header, labels, opened.without_value, blocks)


def up_to_last(cells: Sequence[str | None]) -> list[str]:
    """The cells of a row up to the last that is not empty: where a sheet ends, a table may not."""
    texts = [text or "" for text in cells]
    while texts and not texts[-1]:
        texts.pop()
    return texts


def _values(block: Block, index: int) -> Row:
    """The cells of a row up to the last that is not empty."""
    kinds = [kind[index] for kind in block.kinds.values()]
    cells = zip(up_to_last(block.cells.row(index)), kinds, strict=False)
    return [text if kind in (None, TEXT) else NoText(text) for text, kind in cells]


def are_comments(dialect: Dialect, block: Block, number: int) -> pl.Series:
    """Which rows of a block are comments, the first of which has a number in its file."""
    numbers = pl.int_range(number, number + block.cells.height, eager=True)
    found = numbers.is_in(list(dialect.comment_rows))
    if dialect.comment_char is not None and block.cells.width:
        found |= block.cells["0"].str.starts_with(dialect.comment_char).fill_null(value=False)
    return found


def _head_of(
    dialect: Dialect, blocks: Iterator[Block]
) -> tuple[int, Mapping[int, Row], Iterator[Block]]:
    """How many rows a file has up to the end of its header, the rows of this, and all rows."""
    if not dialect.header:
        return 0, {}, blocks
    begin = next(blocks)
    while (head := _end_of_header(dialect, begin)) is None:
        following = next(blocks, None)
        if following is None:
            head = begin.cells.height
            break
        begin = begin.with_rows_of(following)
    is_comment = are_comments(dialect, begin, 1)
    header = {
        number: _values(begin, number - 1)
        for number in sorted({*(dialect.header_rows or (head,))})
        if number <= head and not is_comment[number - 1]
    }
    return head, header, chain([begin], blocks)


def _end_of_header(dialect: Dialect, begin: Block) -> int | None:
    """The number of the last row of a header; None where the rows do not reach so far."""
    if dialect.header_rows:
        last = max(dialect.header_rows)
        return last if last <= begin.cells.height else None
    rows = (~are_comments(dialect, begin, 1)).arg_true()
    return rows[0] + 1 if len(rows) else None
