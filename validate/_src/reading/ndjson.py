"""Newline-delimited JSON, in one file or in several that follow each other."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice

import polars as pl

from validate._src.reading._jsoncolumns import JsonColumns
from validate._src.reading._jsonlines import LinesOfRows, reads_by_columns, whole_lines
from validate._src.reading._linerows import RowInLine
from validate._src.reading._linesplits import (
    LineSplitReader,
    SplitLines,
    are_enough,
    head_of,
    most_lines,
    size_of,
)
from validate._src.reading.batch import Batch
from validate._src.reading.blocks import LineBlocks
from validate._src.reading.items import BROKEN, Asked, Entry, Item, items_of_files
from validate._src.reading.native import NativeReader
from validate._src.reading.records import Place
from validate._src.reading.splits import Inline, Split, SplitFile, SplitReader, in_order
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource


class NdjsonReader(NativeReader):
    """An opened table of newline-delimited JSON: a line is a row.

    Large files are read in splits, be it here or by others, so that their batches are the same.
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the header."""
        asked = Asked()
        super().__init__(resource, partial(_items, resource, asked, resource.parts), asked=asked)
        self._start = asked.next
        self._header_height = self._start - 1 if self._row_type is list else 0

    def native_batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """As `batches`, but columns of one type have it."""
        if wanted is not None:
            yield from super().native_batches(width, wanted, rows)
            return
        reader, number = self.split_reader(width), 1
        for piece in self.pieces(width):
            if isinstance(piece, SplitLines):
                number = yield from in_order(piece, reader, width, number)
            else:
                assert not isinstance(piece, SplitFile)
                number = yield from piece(number)

    def pieces(self, width: int) -> Iterator[SplitFile | Inline]:
        """The files in order: those that can be split after their first rows, and others.

        Of others as many are together as a block has room for, so that several can judge them.
        """
        if not self._may_be_split():
            yield Inline(partial(self._whole, width), self._resource.parts)
            return
        self._notes.clear()  # of files that are opened anew
        self._items = iter(())
        others, size = list[Part](), 0
        for part in self._resource.parts:
            head = head_of(self._resource, part) if self._continues_alike(part) else None
            if others and (head is not None or (self._are_alike() and are_enough(size))):
                yield Inline(partial(self._other_files, width, others), tuple(others))
                others, size = [], 0
            if head is None:
                others.append(part)
                size += size_of(part)
                continue
            file = SplitLines(head, self._resource.dialect, self._rest)
            yield Inline(partial(self._head, width, file))
            yield file
        if others:
            yield Inline(partial(self._other_files, width, others), tuple(others))

    def split_reader(self, width: int) -> SplitReader:
        """What reads the splits of the files."""
        return LineSplitReader(self._row_batches(width), self._learned().nested)

    def _may_be_split(self) -> bool:
        """Whether files are so large that several can judge them, after header and comments."""
        return (
            reads_by_columns(self._resource)
            and bool(self._sample)
            and not any(isinstance(item.value, BROKEN) for item in self._sample)
            and are_enough(sum(map(size_of, self._resource.parts)))
        )

    def _continues_alike(self, part: Part) -> bool:
        """Whether a file goes on with the table without a header that has to be seen first."""
        return part.location == self._first_location or self._are_alike()

    def _are_alike(self) -> bool:
        """Whether all files do, so that what is said of one does not depend on those before it."""
        return self._row_type is dict or self.labels is None

    def _learned(self) -> JsonColumns:
        """What makes columns of rows, and has learned from the first of the table."""
        return JsonColumns(item.value for item in self._sample)

    def _whole(self, width: int, number: int) -> Generator[Batch, None, int]:
        """All rows of the table."""
        yield from super().native_batches(width)
        return self._asked.next

    def _other_files(
        self, width: int, parts: Sequence[Part], number: int
    ) -> Generator[Batch, None, int]:
        """The rows of files that are not split, the first of which has a number."""
        return (yield from self._in_order(width, self._entries(parts), number))

    def _entries(self, parts: Sequence[Part]) -> Iterator[Entry]:
        """The rows of files; where the header of the table stands, those below it."""
        for part in parts:
            items = _items(self._resource, self._asked, [part], self._notes)
            yield from islice(items, self._height_of_header(part), None)

    def _height_of_header(self, part: Part) -> int:
        """How many rows of a file are the header of the table, or stand above it."""
        return self._header_height if part.location == self._first_location else 0

    def _head(self, width: int, file: SplitLines, number: int) -> Generator[Batch, None, int]:
        """The first rows of a file, of which the first has a number."""
        file.begin = max(number, self._start)
        self._notes += file.head.notes
        items = file.head.items[self._height_of_header(file.part) :]
        return (yield from self._in_order(width, items, number))

    def _in_order(
        self, width: int, entries: Iterable[Entry], number: int
    ) -> Generator[Batch, None, int]:
        self._asked.rows, self._asked.next = None, max(number, self._start)
        made = self._row_batches(width)
        yield from self._in_batches(self._rows(entries, made), made)
        return self._asked.next

    def _rest(self, file: SplitLines, split: Split, width: int, is_ascii: bool) -> Iterator[Batch]:
        """What is left of a file from a split on."""
        blocks = LineBlocks(self._resource, file.part, self._notes)
        blocks.detects = split.is_looked_at
        blocks.go_on_at(split.start, is_ascii=is_ascii)
        place, location, made = file.place, file.part.location, self._row_batches(width)
        lines = LinesOfRows(
            location,
            RowInLine(self._resource, file.part, is_first=False),
            self._asked,
            by_columns=True,
            made=self._learned(),
            most=most_lines(width),
        )

        def entries() -> Iterator[Entry]:
            try:
                for first, some in whole_lines(blocks, place.line):
                    yield from lines.entries(first, some)
            except BROKEN as error:
                yield Item.of(error, location)

        self._asked.rows, self._asked.next = None, place.number
        at = place.number - file.begin + 1
        yield from self._in_batches(self._numbered(entries(), made, None, at), made)
        file.move_to(Place(self._asked.next, place.line))


def _items(
    resource: Resource, asked: Asked, parts: Sequence[Part], notes: list[Finding]
) -> Iterator[Entry]:
    """The rows of files from their first on."""
    of_part = partial(_items_of, resource, asked, notes)
    return items_of_files(replace(resource, parts=tuple(parts)), of_part)


def _items_of(
    resource: Resource, asked: Asked, notes: list[Finding], part: Part
) -> Iterator[Entry]:
    item, by_columns = RowInLine(resource, part), reads_by_columns(resource)
    of_file = asked.of_file(part, resource.parts)
    lines = LinesOfRows(part.location, item, of_file, by_columns=by_columns)
    for first, some in whole_lines(LineBlocks(resource, part, notes)):
        yield from lines.entries(first, some)
