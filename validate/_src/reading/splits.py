"""Splits of a table: parts of its files that can be read by themselves, in any order.

A split is a range of bytes that ends where a line does. Which records it has is known only once it
is read, and so is which number and line its first record has: both follow from the splits before
it. So it is read first, and told its place afterwards.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from validate._src.reading.batch import Batch
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


class Unplaced(Protocol):
    """A split that is read, but does not know its place."""

    @property
    def told(self) -> Told:
        """What it tells of those after it."""
        ...

    def batch(self, place: Place, dialect: Dialect) -> Batch:
        """Its records.

        Args:
            place: number and line of the first.
            dialect: how they are delimited, rows counted as those of the table.
        """
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
    def dialect(self) -> Dialect:
        """How it is delimited, rows counted as those of the table."""
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


Inline = Callable[[int], Generator[Batch, None, int]]
"""What is read in order: given the number of its first record, its batches and the next number."""


@runtime_checkable
class Splitting(Protocol):
    """A reader whose files can be split."""

    def pieces(self, width: int) -> Iterator[SplitFile | Inline]:
        """The files of a table of so many columns in order: those to be split, and others."""
        ...

    def split_reader(self, width: int) -> SplitReader:
        """What reads the splits of the files; can be pickled."""
        ...
