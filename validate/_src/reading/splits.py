"""Splits of a table: parts of its files that can be read by themselves, in any order.

A split is a range of bytes that ends where a line does. Which records it has is known only once it
is read, and so is which number and line its first record has: both follow from the splits before
it. So it is read first, and told its place afterwards.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from validate._src.reading.batch import Batch, Reader
from validate._src.reading.records import Place
from validate._src.words.model import Dialect, Part


@dataclass(frozen=True)
class Split:
    """A range of a file.

    Attributes:
        part: the file.
        start: the byte at which it begins, where a record is taken to begin.
        end: the byte before which it ends, where a line does.
        is_end: whether its file ends with it.
        is_looked_at: whether its encoding is not declared, and so looked at.
    """

    part: Part
    start: int
    end: int
    is_end: bool
    is_looked_at: bool


@dataclass(frozen=True)
class Told:
    """What a split tells of those after it.

    Attributes:
        height: how many records it has.
        lines: how many physical lines these have.
        end: the byte at which the record after them begins.
        is_ascii: whether it has no other bytes than those of ASCII; true where nobody looked.
    """

    height: int
    lines: int
    end: int
    is_ascii: bool = True


@dataclass(frozen=True)
class Where:
    """Where a split stands in its table.

    Attributes:
        place: number and line of its first record.
        dialect: how records are delimited, rows counted as those of the table.
        begin: the number of the first record of its file, below the header.
    """

    place: Place
    dialect: Dialect
    begin: int


class Unplaced(Protocol):
    """A split that is read, but does not know where it stands."""

    @property
    def told(self) -> Told:
        """What it tells of those after it."""
        ...

    def batches(self, where: Where) -> Iterator[Batch]:
        """Its records, told where it stands."""
        ...


class SplitReader(Protocol):
    """Reads splits of one table, one after the other."""

    def read(self, split: Split) -> Unplaced | None:
        """A split; None where it cannot be read by itself."""
        ...


@runtime_checkable
class SplitFile(Protocol):
    """A file that is read in splits, each after those before it has told what it has.

    Attributes:
        part: the file.
    """

    part: Part

    @property
    def place(self) -> Place:
        """Number and line of the record after those that are told."""
        ...

    def move_to(self, place: Place) -> None:
        """Takes the place of the record after those that are told."""
        ...

    @property
    def where(self) -> Where:
        """Where the split after those that are told stands."""
        ...

    def splits(self) -> Iterator[Split]:
        """Its splits in order, as far as it can be split."""
        ...

    def counted_from(self, number: int) -> None:
        """Has its first record be that number of the table."""
        ...

    def noted(self, width: int) -> Iterator[Batch]:
        """A batch without records that has what was found since the last, if anything was."""
        ...

    def rest(self, split: Split, start: int, width: int, *, is_ascii: bool) -> Iterator[Batch]:
        """What is left of it from a split on, read in order; its place is moved on.

        Args:
            split: the first split that is not told.
            start: the byte at which its first record begins, there or before.
            width: how many columns the table has.
            is_ascii: whether everything before the split is ASCII.
        """
        ...


def in_order(
    file: SplitFile, reader: SplitReader, width: int, number: int
) -> Generator[Batch, None, int]:
    """The records of a file by its splits, as they are read where nobody else reads any.

    For formats of which a split always ends where a record does.

    Args:
        file: the file.
        reader: reads its splits.
        width: how many columns the table has.
        number: the number of its first record.

    Returns:
        The number of the next record of the table.
    """
    file.counted_from(number)
    is_ascii, last = True, None
    for split in file.splits():
        last, unplaced = split, reader.read(split)
        if unplaced is None:
            yield from file.rest(split, split.start, width, is_ascii=is_ascii)
            return file.place.number
        yield from unplaced.batches(file.where)
        told, place = unplaced.told, file.place
        file.move_to(Place(place.number + told.height, place.line + told.lines))
        is_ascii = is_ascii and told.is_ascii
        del unplaced  # whose memory the next one can have
    if last is not None and not last.is_end:
        rest = replace(last, start=last.end)
        yield from file.rest(rest, last.end, width, is_ascii=is_ascii)
    return file.place.number


@dataclass(frozen=True)
class Inline:
    """What is read in order.

    Attributes:
        read: given the number of its first record, its batches and the next number.
        parts: the files that are read; none for little of a file of which the rest is split.
    """

    read: Callable[[int], Generator[Batch, None, int]]
    parts: tuple[Part, ...] = ()

    def __call__(self, number: int) -> Generator[Batch, None, int]:
        """Its batches, the first record of which has a number, and the next number."""
        return self.read(number)


@runtime_checkable
class Splitting(Reader, Protocol):
    """A reader whose files can be split."""

    def pieces(self, width: int) -> Iterator[SplitFile | Inline]:
        """The files of a table of so many columns in order: those to be split, and others."""
        ...

    def split_reader(self, width: int) -> SplitReader:
        """What reads the splits of the files; can be pickled."""
        ...
