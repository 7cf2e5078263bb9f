"""Splits of files of delimited text."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain

from validate._src.reading._parsing import Asked
from validate._src.reading._plain import PlainBlock, plain_block
from validate._src.reading._textfile import TextFile
from validate._src.reading.batch import Batch
from validate._src.reading.blocks import line_ends, read_range
from validate._src.reading.encodings import is_utf_8
from validate._src.reading.records import Place
from validate._src.reading.splits import Split, Told, Where
from validate._src.words.errors import FileError
from validate._src.words.model import Dialect


class SplitTextFile:
    """A file of delimited text that is read in splits, its header gone past.

    They are the blocks that it is read in.

    Attributes:
        part: the file.
    """

    def __init__(self, file: TextFile) -> None:
        """Takes a file that can be split."""
        self.part, self._file, self._begin = file.part, file, file.place.number

    @property
    def place(self) -> Place:
        """Number and line of the record after those that are told."""
        return self._file.place

    def move_to(self, place: Place) -> None:
        """Takes the place of the record after those that are told."""
        self._file.place = place

    @property
    def where(self) -> Where:
        """Where the split after those that are told stands."""
        return Where(self._file.place, self._file.dialect, self._begin)

    def splits(self) -> Iterator[Split]:
        """The splits in order, as far as the ends of blocks can be told."""
        start, first = self._file.first.begin, self._file.first.end
        for end, is_end in chain([(first, False)], line_ends(self.part, first)):
            yield Split(self.part, start, end, is_end, is_looked_at=self._file.blocks.detects)
            start = end

    def counted_from(self, number: int) -> None:
        """Has its first record be that number of the table."""
        self._file.counted_from(number)
        self._begin = self._file.place.number

    def noted(self, width: int) -> Iterator[Batch]:
        """What was found since the last batch, as `SplitFile` has it."""
        if self._file.findings:
            yield self._file.batch([], width)

    def rest(self, split: Split, start: int, width: int, *, is_ascii: bool) -> Iterator[Batch]:
        """What is left of it from a split on, as `SplitFile` has it."""
        blocks = self._file.blocks
        is_beyond = split.start >= self._file.first.end
        if is_beyond:  # else it is the block that has the header
            blocks.go_on_at(split.start, is_ascii=is_ascii and self._has_ascii_head())
            blocks.put_back(read_range(self.part, start, split.start))
            self._file.text = b""
        return self._file.block_by_block(Asked(width))

    def _has_ascii_head(self) -> bool:
        """Whether its header and what stands above it are ASCII."""
        return all(line.isascii() for record in self._file.head for line in record.lines)


def can_be_split(file: TextFile) -> bool:
    """Whether a file is more than one block of bytes as they are.

    Where its head alone is read, it is taken to be UTF-8 throughout its first block; if it is not,
    its first split cannot be read by itself.
    """
    if file.part.file is None or file.unlabelled or not file.readable:
        return False
    if not file.blocks.are_plain:  # and where its block ends is of no use
        return False
    try:
        end = file.first.end
    except FileError:  # who reads it says why
        return False
    return file.blocks.are_plain and any(line_ends(file.part, end))


class TextSplitReader:
    """Reads splits of the files of a table, those that are plain."""

    def __init__(self, dialect: Dialect, width: int) -> None:
        """Has read none yet.

        Args:
            dialect: how they are delimited.
            width: how many columns the table has.
        """
        self._dialect, self._asked = dialect, Asked(width)
        self._has_surplus = False

    def read(self, split: Split) -> "PlainSplit | None":
        """A split; None where it is not plain, which may be for it begins inside a quoted cell."""
        block = read_range(split.part, split.start, split.end)
        if split.is_looked_at and not is_utf_8(block):
            return None
        surplus = self._has_surplus
        plain = plain_block(block, self._dialect, self._asked, 1, has_surplus=surplus)
        if plain is None or plain.odd is None:
            return None
        ragged, _ = plain.odd
        self._has_surplus |= any(len(cells) > self._asked.width for cells in ragged.values())
        is_ascii = not split.is_looked_at or block.isascii()
        return PlainSplit(split, plain, is_ascii=is_ascii)


@dataclass(frozen=True, eq=False)
class PlainSplit:
    """A split that is plain.

    Attributes:
        split: where it is.
        block: its records.
        is_ascii: whether it is ASCII, or nobody looked.
    """

    split: Split
    block: PlainBlock
    is_ascii: bool

    @property
    def told(self) -> Told:
        """What it tells of those after it."""
        end = self.split.start + len(self.block.quoting.block)
        return Told(self.block.height, self.block.lines, end, self.is_ascii)

    def batches(self, where: Where) -> Iterator[Batch]:
        """Its records, as one batch."""
        part, block = self.split.part, replace(self.block, dialect=where.dialect)
        batch = block.batch(part.location, where.place, (part, self.split.start))
        assert batch is not None, "it was looked for ragged records when it was read"
        yield batch
