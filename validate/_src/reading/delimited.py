"""Tables of delimited text, in one file or in several that follow each other."""

from collections.abc import Generator, Iterator, Sequence
from functools import partial

import polars as pl

from validate._src.reading._continuing import Continuation, why_unread
from validate._src.reading._parsing import Asked
from validate._src.reading._smallfiles import MOST, batches_of_small, may_be_joined
from validate._src.reading._textfile import TextFile
from validate._src.reading._textsplits import SplitTextFile, TextSplitReader, can_be_split
from validate._src.reading.batch import Batch, broken_batch, file_finding
from validate._src.reading.splits import Inline, SplitFile, SplitReader
from validate._src.words.cells import Sheet
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource


class DelimitedReader:
    """An opened table of delimited text, in one file or in several that follow each other.

    Attributes:
        labels: the cells of its header; None for a table without one.
        header_row: record number of its header, of its last row where it has several.
        header_line: physical line on which that row starts, from 1.
        header_text: that row as it stands in the file.

    Source: Data Package 2.0, Table Dialect; Data Resource, "path", of several files: treated
    as one that they make together; each begins a new record, with a header of its own.
    """

    labels: list[str] | None
    has_keys: bool = False
    header_row: int = 1
    header_line: int | None = 1
    sheet: Sheet | None = None
    header_text: str = ""

    def __init__(self, resource: Resource) -> None:
        """Reads the header.

        Raises:
            FileError: the file cannot be read in its encoding.
        """
        self._resource = resource
        self._continuation = Continuation(resource)
        self._first = TextFile(resource, resource.parts[0])
        self.labels = None
        if resource.dialect.header:
            header = self._first.header()
            self.labels, self.header_row, self.header_line = header.labels, header.row, header.line
            self.header_text = header.text
            self._first.go_past(header)

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The records of a table of so many columns; at least one batch, if an empty one.

        Args:
            width: how many columns the table has.
            wanted: the columns that are looked at; of plain text the others are left out,
                and what is ragged is not told.
            rows: the numbers of the records that are looked at, ascending; of plain text the
                others are left out.

        A file that breaks off is the last of a batch that is incomplete; those after it follow.
        """
        number = 1
        for files in self._together():
            number = yield from self._in_order(files, Asked(width, wanted, rows), number)

    def pieces(self, width: int) -> Iterator[SplitFile | Inline]:
        """The files in order: those that can be split, and how the others are read."""
        for files in self._together():
            match files:
                case [TextFile() as file] if can_be_split(file):
                    yield SplitTextFile(file)
                case FileError():
                    yield Inline(partial(self._in_order, files, Asked(width)))
                case _:
                    parts = tuple(file.part for file in files)
                    yield Inline(partial(self._in_order, files, Asked(width)), parts)

    def split_reader(self, width: int) -> SplitReader:
        """What reads the splits of the files."""
        return TextSplitReader(self._resource.dialect, width)

    def _in_order(
        self, files: Sequence[TextFile] | FileError, asked: Asked, number: int
    ) -> Generator[Batch, None, int]:
        """The records of files, the first of which has that number; returns the next number."""
        if isinstance(files, FileError):
            yield broken_batch(self._resource, files, asked.width)
            return number
        yield from batches_of_small(files, self._resource.dialect, asked, number)
        return files[-1].place.number

    def _together(self) -> Iterator[list[TextFile] | FileError]:
        """The files in order, small ones together and others alone, their headers gone past.

        One that cannot be read is the error that says why.
        """
        small, size = list[TextFile](), 0
        for part in self._resource.parts:
            try:
                file = self._opened(part)
            except FileError as error:
                yield from filter(None, [small])
                yield error
                small, size = [], 0
                continue
            is_small = may_be_joined(file, self._resource.dialect)
            if small and (not is_small or size >= MOST):
                yield small
                small, size = [], 0
            if is_small:
                small.append(file)
                size += len(file.text)
            else:
                yield [file]
        yield from filter(None, [small])

    def _opened(self, part: Part) -> TextFile:
        """A file of the table, its header gone past; the first one is open already."""
        if part is self._first.part:
            return self._first
        file = TextFile(self._resource, part, is_first=False)
        if self.labels is not None and not file.is_empty:
            self._repeated_header(file)
        return file

    def _repeated_header(self, file: TextFile) -> None:
        """Goes past the header of a file that goes on with a table.

        A file with another header is not read: its cells belong to other columns. Where its
        first record is a row, it has none: then files make one table as soon as they are put
        together.

        Source: Data Package 2.0, Data Resource, "path", of several files: similar in structure
        and format; Table Dialect, "header".
        """
        header, location = file.header(), file.part.location
        begin = self._continuation.beginning_of(self.labels or [], header.labels, header.rows)
        if begin.is_header:
            file.findings += self._continuation.warnings(begin, location, header.line)
            file.unlabelled = begin.unlabelled
            file.go_past(header)
            return
        if not file.readable:
            return
        if begin.is_another:
            message = why_unread(self._resource, begin, self.labels or [], header.labels)
            file.findings.append(
                file_finding(
                    self._resource,
                    "source-error",
                    message,
                    line=header.line,
                    location=location,
                )
            )
            file.readable = False
        file.findings += self._continuation.warnings(begin, location, header.line)
