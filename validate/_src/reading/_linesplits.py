"""Splits of files of newline-delimited JSON, in which a line is a row."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

from validate._src.reading._codes import count_of
from validate._src.reading._jsoncolumns import JsonColumns
from validate._src.reading._jsonlines import MOST_ROWS, LinesOfRows, cut_lines
from validate._src.reading._linerows import RowInLine
from validate._src.reading._nativerows import Row, RowBatches, Rows, stacked
from validate._src.reading.batch import Batch
from validate._src.reading.blocks import LineBlocks, line_ends, read_range
from validate._src.reading.encodings import is_utf_8
from validate._src.reading.files import BLOCK
from validate._src.reading.items import SAMPLE, Asked, BrokenContentError, Columns, Entry, Item
from validate._src.reading.native import as_taken, most_items, portions
from validate._src.reading.records import Place
from validate._src.reading.splits import Split, Told, Where
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.model import Dialect, Part, Resource

HEAD = 2**20
"""Bytes of a file that are read for its first rows, where these are not longer."""
MOST_CELLS = 2**23  # of a split, which is held in memory: each takes 16 bytes and more


@dataclass(frozen=True)
class Head:
    """The first rows of a file that can be split.

    Attributes:
        part: the file.
        items: the rows, `SAMPLE` of them or those of the first block.
        start: the byte at which the line after them begins.
        line: the number of that line.
        end: the byte before which the first block ends.
        detects: whether the encoding of what follows is looked at.
        is_ascii: whether they are ASCII.
        notes: what was found in the file.
    """

    part: Part
    items: Sequence[Item]
    start: int
    line: int
    end: int
    detects: bool
    is_ascii: bool
    notes: Sequence[Finding]


def head_of(resource: Resource, part: Part) -> Head | None:
    """The first rows of a file, headers and comments among them; None if it cannot be split.

    Where they are short and can be told by the first bytes, the rest of the block is not read.
    """
    if not is_large(part):
        return None
    try:
        return _head_in(resource, part, is_short=True) or _head_in(resource, part, is_short=False)
    except (BrokenContentError, FileError):
        return None


def _head_in(resource: Resource, part: Part, *, is_short: bool) -> Head | None:
    """The first rows of a file, those that stand in its first block or are short.

    Raises:
        BrokenContentError: one is no JSON.
        FileError: the file cannot be read in its encoding.
    """
    notes: list[Finding] = []
    blocks = LineBlocks(resource, part, notes)
    if not blocks.are_plain:
        return None
    block = blocks.head(HEAD) if is_short else next(blocks, b"")
    end, _ = next(line_ends(part, 0), (0, False)) if is_short else (blocks.end, False)
    if block is None or not end:
        return None
    item, items = RowInLine(resource, part), list[Item]()
    line, start = 1, 0
    while len(items) < SAMPLE and (after := block.find(b"\n", start) + 1):
        row = item(line, block[start : after - 1])
        items += [] if row is None else [row]
        line, start = line + 1, after
    dialect = resource.dialect
    last = max((*dialect.header_rows, *dialect.comment_rows), default=0)
    if len(items) <= last or not blocks.are_plain or (is_short and len(items) < SAMPLE):
        return None
    return Head(
        part,
        items,
        start=blocks.mark + start if is_short else blocks.end - len(block) + start,
        line=line,
        end=end,
        detects=blocks.detects,
        is_ascii=block[:start].isascii(),
        notes=notes,
    )


def is_large(part: Part) -> bool:
    """Whether a file is there and has several blocks."""
    return size_of(part) > BLOCK


def size_of(part: Part) -> int:
    """How many bytes a file has; none if it is not there."""
    return 0 if part.file is None or part.absent else part.size


def are_enough(size: int) -> bool:
    """Whether files of so many bytes together are judged by themselves."""
    return size >= BLOCK


def most_lines(width: int) -> int:
    """How many lines of a table of so many columns may be held at once as columns."""
    return max(min(MOST_ROWS, MOST_CELLS // max(width, 1)), 1)


Rest = Callable[["SplitLines", Split, int, bool], Iterator[Batch]]
"""What is left of a file, read in order: from a split on, for a width, after ASCII or not."""


class SplitLines:
    """A file of newline-delimited JSON that is read in splits, its first rows gone past.

    Attributes:
        part: the file.
        head: its first rows.
        begin: the number of its first row below the header, once that is known.
        place: number and line of the row after those that are told.
    """

    def __init__(self, head: Head, dialect: Dialect, rest: Rest) -> None:
        """Takes a file of which the head is not counted yet."""
        self.part, self.head, self.begin = head.part, head, 1
        self.place = Place(1, head.line)
        self._dialect, self._rest = dialect, rest

    def move_to(self, place: Place) -> None:
        """Takes the place of the row after those that are told."""
        self.place = place

    @property
    def where(self) -> Where:
        """Where the split after those that are told stands."""
        return Where(self.place, self._dialect, self.begin)

    def splits(self) -> Iterator[Split]:
        """The splits in order, as far as the ends of blocks can be told."""
        head = self.head
        start = head.start
        for end, is_end in chain([(head.end, False)], line_ends(self.part, head.end)):
            yield Split(self.part, start, end, is_end, is_looked_at=head.detects)
            start = end

    def counted_from(self, number: int) -> None:
        """Has the row after its head be that number of the table."""
        self.place = Place(number, self.head.line)

    def noted(self, width: int) -> Iterator[Batch]:
        """Nothing: what is found in a file is told with its rows."""
        return iter(())

    def rest(self, split: Split, start: int, width: int, *, is_ascii: bool) -> Iterator[Batch]:
        """What is left of it from a split on, which begins where a row does."""
        assert start == split.start, "a split ends where a line does"
        return self._rest(self, split, width, is_ascii and self.head.is_ascii)


class LineSplitReader:
    """Reads splits of the files of a table."""

    def __init__(self, made: RowBatches, nested: Set[str]) -> None:
        """Has read none yet.

        Args:
            made: what makes batches of rows.
            nested: keys that have objects or lists as values in the first rows of the table.
        """
        self._made, self._nested = made, nested

    def __reduce__(self) -> tuple[Any, ...]:
        """How it is pickled: without what it has learned."""
        return LineSplitReader, (self._made, self._nested)

    @cached_property
    def _columns(self) -> JsonColumns:
        """What it learns of how rows are written, which is of use for the splits that follow."""
        return JsonColumns(nested=self._nested)

    def read(self, split: Split) -> "ReadLines | None":
        """A split; None where a line is no JSON, where it is not UTF-8, or has too many lines."""
        try:
            lines = read_range(split.part, split.start, split.end)
            ends = count_of(b"\n", lines)
            if (ends + 1) * self._made.width > MOST_CELLS:
                return None
            if split.is_looked_at and not is_utf_8(lines):
                return None
            chunks = [*self._chunks(split.part, lines, ends)]
        except (BrokenContentError, FileError):
            return None
        is_ascii = not split.is_looked_at or lines.isascii()
        height = sum(chunk.height for chunk in chunks)
        return ReadLines(self._made, chunks, Told(height, ends, split.end, is_ascii))

    def _chunks(self, part: Part, lines: bytes, ends: int) -> Iterator["_Chunk"]:
        """The rows in lines with so many ends, a batch of so many whatever was learned before."""
        item = RowInLine(self._made.resource, part, is_first=False)
        rows = LinesOfRows(part.location, item, Asked(), by_columns=True, made=self._columns)
        end = lines.rfind(b"\n") + 1
        whole = lines if end == len(lines) else lines[:end]
        cut = [(0, whole)] if ends <= MOST_ROWS else cut_lines(0, whole, MOST_ROWS)
        number = 0
        for line, few in chain(cut, [(ends, lines[end:])]):
            chunk = _Chunk.of(rows.entries(line, few), self._made, number)
            number += chunk.height
            yield chunk


class _Chunk(NamedTuple):
    """Rows of a split, counted from its beginning: lines, numbers and all.

    Attributes:
        batch: those that are rows, without what is wrong with them.
        faulty: those that are none, and those that have a key twice; without values.
        height: how many they are.
    """

    batch: Batch
    faulty: Sequence[Row]
    height: int

    @classmethod
    def of(cls, entries: Iterator[Entry], made: RowBatches, number: int) -> "_Chunk":
        """Some rows, the first of which has a number.

        Raises:
            BrokenContentError: what follows is no JSON.
        """
        batches, faulty, height = list[Batch](), list[Row](), 0
        rows = _numbered(as_taken(entries, made), number)
        for some in portions(rows, most_items(made.width)):
            is_columns = isinstance(some, Rows)
            batches.append(made.cells_of(some))
            faulty += made.faulty(some.others if is_columns else some)
            height += len(some.found.lines) if is_columns else len(some)
        return cls(stacked(batches or [made.cells_of([])]), faulty, height)

    def batch_at(self, where: Where, made: RowBatches) -> Batch:
        """The same rows where they stand in the table."""
        number, line = where.place.number, where.place.line
        faulty = (
            Row(
                row.number + number,
                row.item._replace(line=(row.item.line or 0) + line),
                row.number + number - where.begin + 1,
            )
            for row in self.faulty
        )
        return replace(
            self.batch,
            rows=self.batch.rows + number,
            lines=self.batch.lines + line,
            findings=tuple(made.faults_of(faulty)),
        )


def _numbered(entries: Iterable[Entry], number: int) -> Iterator[Row | Rows]:
    """Rows with their numbers, the first of which is given."""
    for entry in entries:
        if isinstance(entry, Columns):
            yield Rows(number, entry, number)
            number += len(entry.lines)
        else:
            yield Row(number, entry, number)
            number += 1


@dataclass(frozen=True, eq=False)
class ReadLines:
    """A split that is read.

    Attributes:
        made: what makes batches of its rows.
        chunks: the rows.
        told: what it tells of those after it.
    """

    made: RowBatches
    chunks: Sequence[_Chunk]
    told: Told

    def batches(self, where: Where) -> Iterator[Batch]:
        """Its rows, told where it stands."""
        return (chunk.batch_at(where, self.made) for chunk in self.chunks if chunk.height)
