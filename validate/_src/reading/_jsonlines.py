"""Lines of newline-delimited JSON: the first one by one, the others by whole columns."""

from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from itertools import islice
from typing import NamedTuple

import polars as pl

from validate._src.reading._jsoncolumns import JsonColumns, Taken, Text
from validate._src.reading._jsontext import LONGEST, too_long
from validate._src.reading.blocks import LineBlocks
from validate._src.reading.items import SAMPLE, BrokenContentError, Columns, Entry, Item
from validate._src.words.model import Resource

MOST_LINES = 2**17  # of a batch: a block may have millions, each a Python object at worst
CONTROL = r"[\x00-\x1f]"
"""Characters that are none of a string, or white space between values."""
LineItem = Callable[[int, bytes], Item | None]
"""The row in a line, given with its number; None where there is none."""


def whole_lines(blocks: LineBlocks) -> Iterator[tuple[int, bytes]]:
    """The lines of a file in UTF-8, many at a time, with the number of the first, from 1.

    All end with an end of a line but the last: what follows the last end, be it nothing.

    Raises:
        BrokenContentError: a line is longer than memory may hold.
    """
    number, begun = 1, b""
    for block in blocks:
        end = block.rfind(b"\n") + 1
        if end:
            lines = begun + block[:end] if begun else block[:end]
            yield number, lines
            number += lines.count(b"\n")
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

    def __init__(self, location: str, item: LineItem, *, by_columns: bool) -> None:
        """Has read none yet."""
        self._location, self._item = location, item
        self._by_columns, self._read = by_columns, 0
        self._made = JsonColumns()

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
        text = text_of(lines)
        if text is None:
            yield from self._items(first, BytesIO(lines))
            return
        if len(text.rows) > MOST_LINES:
            stream = BytesIO(lines)
            while some := b"".join(islice(stream, MOST_LINES)):
                yield from self._columns(first, some)
                first += MOST_LINES
            return
        taken = self._made.taken(text)
        if taken is None or 2 * len(taken.index) < len(text.rows):
            yield from self._items(first, BytesIO(lines))
            return
        others, broken = self._others(first, lines, taken.left(len(text.rows)))
        if broken is not None:
            taken = taken.only(taken.index < broken.at)
        if len(taken.index) or others:
            yield self._together(first, text.rows, taken, others)
        if broken is not None:
            raise broken.error

    def _others(
        self, first: int, lines: bytes, left: pl.Series
    ) -> tuple[Mapping[int, Item], "_Broken | None"]:
        """The rows in the lines that are no columns, by index, and where they break off."""
        others: dict[int, Item] = {}
        stream, passed = BytesIO(lines), 0
        for at in left:
            line = next(islice(stream, at - passed, None)).removesuffix(b"\n")
            passed = at + 1
            try:
                item = self._item(first + at, line)
            except BrokenContentError as error:
                return others, _Broken(at, error)
            if item is not None:
                self._made.learn(item.value)
                others[at] = item
        return others, None

    def _together(
        self, first: int, lines: pl.Series, taken: Taken, others: Mapping[int, Item]
    ) -> Columns:
        """Rows that are columns, and the others among them; empty lines are left out."""
        index, own, begun = taken.index, None, taken.begun
        if others:
            at_others = pl.Series([*others], dtype=pl.UInt32)
            index = pl.concat([index, at_others]).sort()
            own = index.search_sorted(taken.index)
            places = dict(zip(others, index.search_sorted(at_others), strict=True))
            others = {places[at]: item for at, item in others.items()}
            starts = index.search_sorted(pl.Series([at for at, _ in begun], dtype=pl.UInt32))
            begun = tuple((at, keys) for at, (_, keys) in zip(starts, begun, strict=True))
        rows = lines if len(index) == len(lines) else lines.gather(index)

        def item(at: int) -> Item:
            found = others.get(at) or self._item(first + index[at], rows[at].encode())
            assert found is not None, "an empty line is no row"
            return found

        return Columns(
            self._location,
            index.cast(pl.Int64) + first,
            taken.texts,
            taken.kinds,
            own,
            others,
            item,
            begun,
        )


class _Broken(NamedTuple):
    """A line at which a file breaks off, by its index, and why."""

    at: int
    error: BrokenContentError


def text_of(lines: bytes) -> Text | None:
    """Lines as rows; None where they are not UTF-8.

    Those that hold other control characters than ends of lines are left empty: they are none of a
    simple form.
    """
    codes = pl.Series([lines], dtype=pl.Binary).cast(pl.List(pl.UInt8)).explode()
    starts = (
        lines if lines[:1] in b"{[" else b"\n" + lines
    )  # or it may begin like a compressed file
    try:
        rows = pl.read_lines(starts).to_series().slice(len(starts) - len(lines))
    except pl.exceptions.ComputeError:
        return None
    ends = len(rows) - (not lines.endswith(b"\n"))
    if b"\r" in lines:
        ends += lines.count(b"\r\n")
    quotes = int((codes == ord('"')).sum())
    if int((codes < ord(" ")).sum()) != ends:
        rows = (
            rows.to_frame("row")
            .select(
                pl.when(pl.col("row").str.contains(CONTROL))
                .then(pl.lit(""))
                .otherwise(pl.col("row"))
            )
            .to_series()
        )
        quotes = int(rows.str.count_matches('"', literal=True).sum())
    return Text(rows, quotes, b"\\" in lines)
