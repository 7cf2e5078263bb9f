"""Blocks of plain text, of which Polars reads what `csv` would read.

A block is plain when its quotes stand as RFC 4180 has them, around whole cells, and its
dialect is one that Polars knows.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from validate._src.reading._parsing import EXTRA, Asked, may_be_plain, parsed
from validate._src.reading._quoting import LINE, NEXT, Quoting
from validate._src.reading._ragged import excess_of_all, odd_records
from validate._src.reading.batch import Batch
from validate._src.reading.encodings import is_utf_8
from validate._src.reading.records import Place, csv_rows
from validate._src.reading.stretches import Stretch
from validate._src.words.model import Dialect, Part

Source = tuple[Part, int]
"""A plain file, and a byte in it."""
MOST_CELLS = 2**23  # of a batch: each takes 16 bytes, empty ones too, so at most 128 MiB


@dataclass(frozen=True)
class PlainBlock:
    """A block of text that Polars reads as `read_records` would.

    Attributes:
        quoting: the text, of n whole records.
        frame: the cells of the records as columns `0`, `1`, … and, beyond the width, `extra`;
            the latter is absent where no record has surplus cells, or it does not matter.
        dialect: how it is delimited.
        asked: what is looked at.
        index: which of the records the frame has; None for all.
    """

    quoting: Quoting
    frame: pl.DataFrame
    dialect: Dialect
    asked: Asked
    index: pl.Series | None

    @property
    def height(self) -> int:
        """How many records it has."""
        return self.frame.height if self.index is None else self.quoting.height

    @property
    def lines(self) -> int:
        """How many physical lines it has."""
        records = self.quoting.records
        return self.height if records is None else int(records[NEXT][-1])

    def batch(self, location: str, place: Place, source: Source | None = None) -> Batch | None:
        """The records, the first of which is at a place; comments are left out.

        None where one that is ragged has a cell that does not end, or is not UTF-8.

        Args:
            location: the file, as messages name it.
            place: number and line of the first record.
            source: the plain file, and the byte at which the block begins; None in others.
        """
        if self.odd is None:
            return None
        ragged, empty = self.odd
        numbers, lines = self._numbered(place)

        def written(number: int) -> str:
            return self.quoting.text(pl.Series([number - place.number]))[0]

        batch = Batch(location, numbers, lines, self.cells(), ragged, empty)
        if self.asked.rows is not None:  # or the batch would hold the memory of the block
            batch = replace(batch, written=written)
        elif source is not None and self.quoting.records is None:
            marks = self.quoting.marks
            stretch = Stretch(*source, place.number, place.line, self.height, marks)
            batch = replace(batch, stretch=stretch)
        return _without(self._are_comments(batch, place), batch)

    def _are_comments(self, batch: Batch, place: Place) -> pl.Series | None:
        """Which records of a batch are comments; None where there is none.

        A quote that a record begins with says that what follows it is the value of a cell.
        """
        mark, numbers = self.dialect.comment_char, self.dialect.comment_rows
        if not mark and not numbers:
            return None
        found = batch.rows.is_in(list(numbers))
        if mark:
            begin_so = batch.cells["0"].str.starts_with(mark).fill_null(value=False)
            if self.quoting.has_quotes and begin_so.any():
                texts = self.quoting.text(batch.rows.filter(begin_so) - place.number)
                if self.dialect.skip_initial_space:
                    texts = texts.str.strip_chars_start(" ")
                are_so = texts.str.starts_with(mark)
                begin_so = begin_so.scatter(begin_so.arg_true(), are_so)
            found |= begin_so
        return found if found.any() else None

    def _numbered(self, place: Place) -> tuple[pl.Series, pl.Series]:
        """The numbers of the records, and the lines on which they start."""
        index, records = self.index, self.quoting.records
        if index is None:
            numbers, lines = _counted(place.number, self.height), _counted(place.line, self.height)
        else:
            numbers, lines = index + place.number, index + place.line
        if records is not None:
            lines = records[LINE].cast(pl.Int64) + place.line
            lines = lines if index is None else lines.gather(index)
        return numbers, lines

    @property
    def _frame_of_table(self) -> pl.DataFrame:
        """The frame without what is beyond the width of the table."""
        return self.frame.drop(EXTRA) if EXTRA in self.frame.columns else self.frame

    def cells(self) -> pl.DataFrame:
        """The cells, null where they are empty; Polars keeps quoted ones that are."""
        cells = self._frame_of_table
        if self.dialect.skip_initial_space:
            cells = cells.with_columns(pl.all().str.strip_chars_start(" "))
        elif not self.quoting.may_be_empty:
            return cells
        empty = cells.select((pl.all() == "").any()).row(0)
        return cells.with_columns(
            pl.when(pl.col(name) != "").then(pl.col(name)).alias(name)
            for name, is_empty in zip(cells.columns, empty, strict=True)
            if is_empty
        )

    @cached_property
    def odd(self) -> tuple[Mapping[int, list[str]], pl.Series] | None:
        """The records that are ragged or empty, as `_odd` has them.

        None where one that is ragged has a cell that does not end, or is not UTF-8.
        """
        try:
            return self._odd()
        except (csv.Error, UnicodeDecodeError):
            return None

    def _odd(self) -> tuple[Mapping[int, list[str]], pl.Series]:
        """The records that have more or fewer cells than the table is wide, and empty lines.

        Returns:
            The cells of the first by index, and the indexes of the second.
        """
        none = pl.Series(dtype=pl.UInt32)
        if self.asked.names is not None:
            return {}, none
        cells, beyond = self._frame_of_table, None
        if EXTRA in self.frame.columns:
            beyond = self.frame[EXTRA]
        elif not cells.to_series(-1).null_count() or (cells.width > 1 and self._is_all()):
            return {}, none  # an empty line lacks no delimiter where there is one column
        odd, text = odd_records(self.quoting, cells, beyond, self.dialect.delimiter)
        is_empty = text == ""
        dialect = self.dialect
        if not self.quoting.has_quotes:
            dialect = replace(dialect, quote_char=None)
        cells = csv_rows(text.filter(~is_empty).to_list(), dialect)
        return dict(zip(odd.filter(~is_empty), cells, strict=True)), odd.filter(is_empty)

    def _is_all(self) -> bool:
        """Whether the cells are all that the block holds, none of them missing.

        That shows in the size: that of the block is the sum of its cells, delimiters, quotes and
        ends of lines. Off: +23 % on measurements, +34 % on a registry (benchmarks/tricks.py).
        """
        return not excess_of_all(self.quoting, self._frame_of_table)


def plain_block(
    block: bytes, dialect: Dialect, asked: Asked, first: int, *, has_surplus: bool
) -> PlainBlock | None:
    """The whole records of a block, or None where only `read_records` can tell what it says.

    Args:
        block: the text.
        dialect: how it is delimited.
        asked: what is looked at.
        first: the number of its first record.
        has_surplus: whether surplus cells are likely.
    """
    if not may_be_plain(block, dialect, asked.width):
        return None
    if asked.names is not None and not is_utf_8(block):
        return None  # in columns that are left out Polars does not see it
    quoting = Quoting.of(block, dialect)
    if quoting is not None and asked.rows is not None and quoting.ends is not None:
        quoting = quoting.by_records()
    if quoting is None:
        return None
    most = most_records(asked.width)
    index = asked.index(quoting, first)
    frame = parsed(quoting, dialect, asked, index, most + 1, has_surplus=has_surplus)
    if frame is None:  # not UTF-8: reading one by one says where
        return None
    if index is not None:
        frame = frame.slice(1)  # after the empty line
    elif frame.height > most:
        block = _first_lines(block, most)
        return plain_block(block, dialect, asked, first, has_surplus=has_surplus)
    else:
        quoting = quoting.of_height(frame.height)
    return quoting and PlainBlock(quoting, frame, dialect, asked, index)


def most_records(width: int) -> int:
    """How many records are read at once: lines may be short, and columns many."""
    return max(MOST_CELLS // max(width, 1), 1)


def _without(left_out: pl.Series | None, batch: Batch) -> Batch:
    """A batch without some of its records."""
    if left_out is None:
        return batch
    kept = ~left_out
    index = (kept.cum_sum() - 1).to_list()
    is_empty = pl.int_range(len(kept), eager=True).is_in(batch.empty.implode()).filter(kept)
    return replace(
        batch,
        rows=batch.rows.filter(kept),
        lines=batch.lines.filter(kept),
        cells=batch.cells.filter(kept),
        ragged={index[old]: cells for old, cells in batch.ragged.items() if kept[old]},
        empty=is_empty.arg_true(),
    )


def _counted(first: int, count: int) -> pl.Series:
    """So many numbers from one on."""
    return pl.int_range(first, first + count, eager=True)


def _first_lines(block: bytes, count: int) -> bytes:
    """The first lines of a block that has more than so many."""
    end = 0
    for _ in range(count):
        end = block.find(b"\n", end) + 1
    return block[:end]
