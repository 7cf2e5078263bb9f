"""Stretches of plain files: which records stand where, each on a line of its own.

They are known once a file was read, and take no memory to speak of: so few of its records are
read again without a look at the others' cells.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from itertools import islice
from operator import itemgetter
from typing import BinaryIO, cast

import polars as pl

from validate._src.reading.files import errors_named
from validate._src.words.model import Part
from validate._src.words.shift import Shift

BUFFER = 2**17  # bytes that are read at once, of which the processor keeps hold


@dataclass(frozen=True)
class Stretch:
    """Records of a plain file that follow each other, each on a line of its own.

    Attributes:
        part: the file.
        start: the byte at which the first begins.
        first: the number of the first.
        line: the physical line on which it stands, from 1.
        height: how many they are.
        marks: some of them, ascending, counted from the first on, and how many bytes behind the
            start they begin; none where nobody had to look for any.
    """

    part: Part
    start: int
    first: int
    line: int
    height: int
    marks: tuple[tuple[int, int], ...] = ()

    def moved(self, shift: Shift) -> "Stretch":
        """The same records where they stand; the bytes are known already."""
        lines = shift.lines_in(self.part.location)
        return replace(self, first=self.first + shift.rows, line=self.line + lines)

    def among(self, rows: pl.Series) -> pl.Series:
        """Those of some numbers that are of its records."""
        return rows.filter(rows.is_between(self.first, self.first + self.height - 1))

    def lines(self, rows: pl.Series) -> Iterator[bytes]:
        """The lines of records of these numbers, which ascend; without those that are gone by now.

        Raises:
            FileError: the file cannot be read any more.
        """
        passed = self.first
        with errors_named(self.part), self.part.open() as file:
            file.seek(self.start)
            with BufferedReader(cast("BufferedReader", file), BUFFER) as buffered:
                for number in rows:
                    passed = self._gone_past(buffered, number, passed)
                    yield from islice(buffered, number - passed, number - passed + 1)
                    passed = number + 1

    def _gone_past(self, file: BinaryIO, number: int, passed: int) -> int:
        """Goes on to the last mark before a record, if that is further; the number it is then at.

        Args:
            file: is at the record `passed`.
            number: of the record.
            passed: the number of the next.
        """
        marked = bisect_right(self.marks, number - self.first, key=itemgetter(0))
        if not marked or self.first + self.marks[marked - 1][0] <= passed:
            return passed
        record, start = self.marks[marked - 1]
        file.seek(self.start + start)
        return self.first + record
