"""Stretches of plain files: which records stand where, each on a line of its own.

They are known once a file was read, and take no memory to speak of: so few of its records are
read again without a look at the others' cells.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader
from itertools import islice
from typing import cast

import polars as pl

from validate._src.reading.files import errors_named
from validate._src.words.model import Part

STEP = 2**8  # records between those that are known by their byte, where any is
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
        marks: how many bytes behind the start every `STEP`th of them but the first begins; nothing
            where nobody had to look.
    """

    part: Part
    start: int
    first: int
    line: int
    height: int
    marks: tuple[int, ...] = ()

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
                    mark = min((number - self.first) // STEP, len(self.marks))
                    if mark and passed < self.first + mark * STEP:
                        buffered.seek(self.start + self.marks[mark - 1])
                        passed = self.first + mark * STEP
                    yield from islice(buffered, number - passed, number - passed + 1)
                    passed = number + 1
