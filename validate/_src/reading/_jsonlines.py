"""Lines of newline-delimited JSON: the first one by one, the others by whole columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from io import BytesIO
from itertools import islice
from typing import NamedTuple

import polars as pl

from validate._src.reading._codes import count_of
from validate._src.reading._jsoncolumns import JsonColumns
from validate._src.reading._jsonentries import only_asked, together
from validate._src.reading._jsonrowtexts import Text, lines_of, without
from validate._src.reading._jsontext import LONGEST, too_long
from validate._src.reading._quoting import lines_at
from validate._src.reading.blocks import LineBlocks
from validate._src.reading.items import SAMPLE, Asked, BrokenContentError, Columns, Entry, Item
from validate._src.words.model import Resource

MOST_ROWS = 2**17  # of a batch: a block may have millions, each a Python object at worst
LineItem = Callable[[int, bytes], Item | None]
"""The row in a line, given with its number; None where there is none."""


def whole_lines(blocks: Iterable[bytes], first: int = 1) -> Iterator[tuple[int, bytes]]:
    """The lines of a text in UTF-8, many at a time, with the number of the first.

    All end with an end of a line but the last: what follows the last end, be it nothing.

    Args:
        blocks: the text.
        first: the number of its first line.

    Raises:
        BrokenContentError: a line is longer than memory may hold.
    """
    number, begun = first, b""
    for block in blocks:
        end = block.rfind(b"\n") + 1
        if end:
            lines = begun + block[:end] if begun else block[:end]
            yield number, lines
            number += count_of(b"\n", lines)
            begun = b""
        begun += block[end:]
        if len(begun) > LONGEST:
            raise BrokenContentError(too_long("line"), number)
    yield number, begun


def numbered_lines(blocks: LineBlocks) -> Iterator[tuple[int, bytes]]:
    """The lines of a file in UTF-8 without their ends, each with its number from 1.

    The last is what follows the last end of a line, be it nothing.

    Raises:
        BrokenContentError: one is longer than memory may hold.
    """
    for first, lines in whole_lines(blocks):
        *ended, rest = lines.split(b"\n")
        yield from enumerate(ended, first)
        if not lines.endswith(b"\n"):
            yield first + len(ended), rest


def reads_by_columns(resource: Resource) -> bool:
    """Whether rows may be columns: headers and comments stand among the first, which are items."""
    dialect = resource.dialect
    return max((*dialect.header_rows, *dialect.comment_rows), default=0) <= SAMPLE


class LinesOfRows:
    """The rows in the lines of a file."""

    def __init__(
        self,
        location: str,
        item: LineItem,
        asked: Asked,
        *,
        by_columns: bool,
        made: JsonColumns | None = None,
        most: int | None = None,
    ) -> None:
        """Has read none yet.

        Args:
            location: the file.
            item: reads the row in a line.
            asked: which rows are looked at.
            by_columns: whether rows may be columns.
            made: what makes columns of rows, if it has learned from the first of the file.
            most: how many lines may be columns at once; `MOST_ROWS` unless given.
        """
        self._location, self._item, self._asked = location, item, asked
        self._by_columns, self._most = by_columns, MOST_ROWS if most is None else most
        self._made, self._read = made or JsonColumns(), SAMPLE if made else 0

    def entries(self, first: int, lines: bytes) -> Iterator[Entry]:
        """The rows in some whole lines, the first of which has a number."""
        start = 0
        if not self._by_columns or self._read < SAMPLE:
            stream = BytesIO(lines)
            for item in self._items(first, stream):
                self._read += 1
                yield item
                if self._by_columns and self._read >= SAMPLE:
                    break
            start = stream.tell()
            first += lines.count(b"\n", 0, start)
        if start < len(lines):
            yield from self._columns(first, lines[start:])

    def _items(self, first: int, lines: BytesIO) -> Iterator[Item]:
        for number, line in enumerate(lines, first):
            item = self._item(number, line.removesuffix(b"\n"))
            if item is not None:
                self._made.learn(item.value)
                yield item

    def _columns(self, first: int, lines: bytes) -> Iterator[Entry]:
        """Lines as columns, or as items where most are not written like others."""
        text = lines_of(lines)
        if text is None:
            yield from self._items(first, BytesIO(lines))
            return
        if len(text.rows) > self._most:
            for number, some in cut_lines(first, lines, self._most):
                yield from self._columns(number, some)
            return
        if (some := self._only_asked(first, text)) is not None:
            yield some
            return
        taken = self._made.taken(text)
        if taken is None or 2 * len(taken.index) < len(text.rows):
            yield from self._items(first, BytesIO(lines))
            return
        others, broken = self._others(first, lines, without(taken.index, len(text.rows)))
        if broken is not None:
            taken = taken.only(taken.index < broken.at)

        if len(taken.index) or others:
            numbers = pl.int_range(first, first + len(text.rows), eager=True)
            yield together(self._location, numbers, taken, others, partial(self._row, first, text))
        if broken is not None:
            raise broken.error

    def _row(self, first: int, text: Text, at: int) -> Item:
        found = self._item(first + at, text.rows[at].encode())
        assert found is not None, "an empty line is no row"
        return found

    def _only_asked(self, first: int, text: Text) -> Columns | None:
        """The few of some rows that are looked at, without cells of others; None if many are."""
        if self._asked.rows is None or not text.rows.str.starts_with("{").all():
            return None  # an empty line is no row
        row = partial(self._row, first, text)
        lines = pl.int_range(first, first + len(text.rows), eager=True)
        return only_asked(self._asked, self._location, lines, row, is_list=False)

    def _others(
        self, first: int, lines: bytes, left: pl.Series
    ) -> tuple[Mapping[int, Item], "_Broken | None"]:
        """The rows in the lines that are no columns, by index, and where they break off."""
        others: dict[int, Item] = {}
        for at, line in zip(left, lines_at(lines, left), strict=True):
            try:
                item = self._item(first + at, line.removesuffix(b"\n"))
            except BrokenContentError as error:
                return others, _Broken(at, error)
            if item is not None:
                self._made.learn(item.value)
                others[at] = item
        return others, None


def cut_lines(first: int, lines: bytes, most: int) -> Iterator[tuple[int, bytes]]:
    """Lines, the first of which has a number, so many at a time at most."""
    stream = BytesIO(lines)
    while some := b"".join(islice(stream, most)):
        yield first, some
        first += most


class _Broken(NamedTuple):
    """A line at which a file breaks off, by its index, and why."""

    at: int
    error: BrokenContentError
