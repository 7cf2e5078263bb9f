"""A table parted: each row goes into the file of the valid or into that of the invalid ones."""

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import groupby
from typing import BinaryIO

import polars as pl

from validate._src.reading.written import NotAsWrittenError, Written, as_written
from validate._src.split.blanking import Blanking, blanking_of
from validate._src.split.folder import INVALID, VALID, Files
from validate._src.split.judgement import Judgement
from validate._src.words.model import TabularResource

LINE_ENDS = ("\r\n", "\n", "\r")
IN_INVALID = "invalid_row"
CHANGED = "is not the file any more that was judged"


@dataclass
class Parted:
    """How a table was parted.

    Attributes:
        valid: how many rows have no error.
        numbers: the numbers of the invalid ones, in their order.
        lines: the physical lines on which they start.
        counts: how many of them there are in each file, in the order of the files.
        moved: the numbers of those among them that were taken for valid before.
        moved_from: the numbers that these had in the file of the valid ones.
        before: the number of the record before the first row of the file of the invalid ones.
        encoding: the encoding of the files.
        has_other_errors: whether there are errors on lines of no row, such as the header's.
        blanked: whether values of restricted fields are left out.
    """

    valid: int = 0
    numbers: "array[int]" = field(default_factory=lambda: array("q"))
    lines: "array[int]" = field(default_factory=lambda: array("q"))
    counts: Counter[str] = field(default_factory=Counter[str])
    moved: "array[int]" = field(default_factory=lambda: array("q"))
    moved_from: "array[int]" = field(default_factory=lambda: array("q"))
    before: int = 0
    encoding: str = ""
    has_other_errors: bool = False
    blanked: bool = False

    @property
    def invalid(self) -> int:
        """How many rows have an error."""
        return len(self.numbers)

    def places(self) -> pl.DataFrame:
        """Where the invalid rows are: in their files, in the table, and among themselves."""
        paths = [pl.repeat(path, count, eager=True) for path, count in self.counts.items()]
        begin = self.before + 1
        return pl.DataFrame(
            [
                pl.concat([pl.Series(dtype=pl.String), *paths]).alias("path"),
                pl.Series("line", self.lines, dtype=pl.Int64),
                pl.Series("row", self.numbers, dtype=pl.Int64),
                pl.int_range(begin, begin + self.invalid, eager=True).alias(IN_INVALID),
            ]
        )


def part(
    resource: TabularResource,
    judgement: Judgement,
    files: Files,
    stem: str,
    again: Iterable[int] = (),
) -> Parted:
    """Writes the rows of a table into two files, each below what stands above the rows.

    Comments go with the valid rows, in their place; they are left out beside restricted fields.
    The headers of later files are left out, as the files become one.

    Args:
        resource: the table.
        judgement: what was found in its rows.
        files: takes the two files.
        stem: what their names begin with.
        again: the numbers, in the file of the valid rows as it was written before, of those in
            which something was found since, ascending.

    Raises:
        NotAsWrittenError: the rows cannot be taken from the files as they are.
        FileError: a file cannot be read.
    """
    blanking = blanking_of(resource)
    with ExitStack() as opened:
        valid, invalid = (
            _Output(opened.enter_context(files.writing(f"{stem}.{kind}")), resource, blanking)
            for kind in (VALID, INVALID)
        )
        parting = _Parting(valid, invalid, again)
        for one, has_error in _judged(resource, judgement):
            parting.take(one, has_error=has_error)
    parting.parted.blanked = blanking is not None
    return parting.parted


class _Parting:
    """The files of a table while it is parted.

    Attributes:
        parted: how far it is.
    """

    def __init__(self, valid: "_Output", invalid: "_Output", again: Iterable[int]) -> None:
        self.parted = Parted()
        self._valid, self._invalid = valid, invalid
        self._again = _Ascending(again)
        self._number = 0  # in the file of the valid rows as it was written before

    def take(self, one: Written, *, has_error: bool) -> None:
        """Takes what stands next in the files of the table."""
        self.parted.encoding = one.encoding
        if one.kind == "row" and has_error:
            self._add_invalid(one)
            return
        self.parted.has_other_errors |= has_error
        if one.kind == "again":
            return
        counts = one.number > 0 and (self._valid.shows(one) or not one.content)
        self._number += counts
        if counts and self._again.has_before(self._number + 1):
            self.parted.moved.append(one.number)
            self.parted.moved_from.append(self._number)
            self._add_invalid(one)
            return
        self._valid.write(one)
        self.parted.valid += one.kind == "row"
        if one.kind == "head":
            self._invalid.write(one)
            self.parted.before += counts

    def _add_invalid(self, row: Written) -> None:
        self._invalid.write(row)
        self.parted.numbers.append(row.number)
        self.parted.lines.append(row.line)
        self.parted.counts[row.location] += 1


def _judged(resource: TabularResource, judgement: Judgement) -> Iterator[tuple[Written, bool]]:
    """All that stands in the files of a table, and whether there is an error in it.

    Raises:
        NotAsWrittenError: an error stands where nothing is, so the file was changed while it was
            judged; or the files are in several encodings.
    """
    rows = _Ascending(judgement.rows)
    encodings: dict[str, None] = {}
    for location, content in groupby(as_written(resource), lambda one: one.location):
        lines = _Ascending(judgement.lines.get(location, ()))
        encoding = ""
        for one in content:
            in_row = rows.has_before(one.number + 1)
            on_line = one.number > 0 and lines.has_before(max(one.next_line, one.line + 1))
            encoding = one.encoding
            yield one, in_row or on_line
        encodings[encoding] = None
        if lines.are_left:
            raise NotAsWrittenError(f"{location} {CHANGED}")
    if rows.are_left:
        raise NotAsWrittenError(f"{resource.location} {CHANGED}")
    if len(encodings) > 1:
        raise NotAsWrittenError(f"its files are in several encodings: {', '.join(encodings)}")


class _Ascending:
    """Numbers of which one is looked at after the other."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers = iter(numbers)
        self._next = next(self._numbers, None)

    @property
    def are_left(self) -> bool:
        """Whether there are any that were not passed."""
        return self._next is not None

    def has_before(self, end: int) -> bool:
        """Passes those below an end, and says whether there are any."""
        found = False
        while self._next is not None and self._next < end:
            found = True
            self._next = next(self._numbers, None)
        return found


class _Output:
    """A file of rows."""

    def __init__(
        self, stream: BinaryIO, resource: TabularResource, blanking: Blanking | None
    ) -> None:
        self._stream, self._blanking = stream, blanking
        terminator = resource.dialect.line_terminator
        self._ends = LINE_ENDS if terminator is None else (terminator, *LINE_ENDS)
        self._usual_end = terminator or "\n"
        self._end, self._is_open = b"", False

    def shows(self, one: Written) -> bool:
        """Whether anything is written of what stands there."""
        return bool(self._shown(one))

    def write(self, one: Written) -> None:
        """Writes a row in its own bytes, or without what is not to be shown.

        The last row of a file that another follows may lack the end of its line.
        """
        content = self._shown(one)
        if not content:
            return
        if self._is_open:
            self._stream.write(self._end or self._usual_end.encode(one.encoding))
        self._stream.write(content)
        ends = (end.encode(one.encoding) for end in self._ends)
        end = next((end for end in ends if content.endswith(end)), b"")
        self._end, self._is_open = end or self._end, not end and one.number > 0

    def _shown(self, one: Written) -> bytes:
        if self._blanking is None or one.record is None:
            return one.content
        return self._blanking.blanked(one).encode(one.encoding)
