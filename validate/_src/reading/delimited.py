"""Delimited text: records by Polars where the text is plain, by Python's `csv` where it is not.

Both read the same records from the same text, which a property test holds them to. A
block of text is plain when its quotes stand as RFC 4180 has them, around whole cells;
from the first block that is not, the rest of a file is read record by record.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import polars as pl

from validate._src.reading._continuing import Continuation
from validate._src.reading._parsing import Asked
from validate._src.reading._plain import most_records, plain_block
from validate._src.reading.batch import (
    Batch,
    as_columns,
    file_finding,
    joined_labels,
)
from validate._src.reading.blocks import LineBlocks
from validate._src.reading.encodings import undecodable
from validate._src.reading.files import BLOCK
from validate._src.reading.records import (
    EndlessRecordError,
    Place,
    Record,
    quote_is_open,
    read_records,
    stray_quotes,
    text_lines,
)
from validate._src.words.cells import Sheet
from validate._src.words.finding import Finding
from validate._src.words.model import Dialect, Part, Resource

MOST_RECORDS = 50_000  # of a batch read one by one: as Python objects each takes a kilobyte
HEADER = 2**16  # bytes: a header is hardly ever longer, and no more of the block is decoded for it
QUOTE, OPEN = "quote-error", "open"


@dataclass(frozen=True)
class Header:
    """The header of a file.

    Attributes:
        labels: its cells, those of several rows joined.
        rows: the cells of its rows.
        row: record number of its last row.
        line: physical line on which that row starts.
        records: what was read up to there, comments too.
        taken: the blocks that they were read from.
    """

    labels: list[str]
    rows: list[list[str]]
    row: int
    line: int
    records: list[Record]
    taken: bytes


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
        self._findings: list[Finding] = []
        self._has_surplus = False
        self._readable = True
        self._continuation = Continuation(resource)
        self._open(resource.parts[0], Place())
        self.labels = None
        if resource.dialect.header:
            header = self._header(resource.parts[0])
            self.labels, self.header_row, self.header_line = header.labels, header.row, header.line
            self.header_text = next(
                (one.text for one in header.records if one.number == header.row), ""
            )
            self._go_past(header, resource.parts[0])

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

        Raises:
            FileError: a file cannot be read in its encoding.
        """
        for number, part in enumerate(self._resource.parts):
            if number:
                self._open(part, Place(self._place.number))
                if self.labels is not None and self._first:
                    self._repeated_header(part)
            if not self._readable:
                yield self._batch([], width, part)
                return
            yield from self._records_of(part, Asked(width, wanted, rows))

    def _open(self, part: Part, place: Place) -> None:
        """Opens a file, the first record of which has a place in the table.

        Its rows are counted on, and those that the dialect names are its own.
        """
        self._place = place
        self._dialect = _shifted(self._resource.dialect, place.number - 1)
        self._blocks = LineBlocks(self._resource, part, self._findings)
        self._first = next(self._blocks, b"")
        if not self._first:
            message = "the file is empty"
            self._findings.insert(0, self._fault(part, "source-error", message))

    def _repeated_header(self, part: Part) -> None:
        """Goes past the header of a file that goes on with a table.

        A file with another header is not read: its cells belong to other columns. Where its
        first record is a row, it has none: then files make one table as soon as they are put
        together.

        Source: Data Package 2.0, Data Resource, "path", of several files: similar in structure
        and format; Table Dialect, "header".
        """
        header = self._header(part)
        begin = self._continuation.beginning_of(self.labels or [], header.labels, header.rows)
        if begin.is_header:
            self._findings += self._continuation.warnings(begin, part.location, header.line)
            self._go_past(header, part)
            return
        self._first = header.taken
        if not self._readable:
            return
        if begin.message:
            self._findings.append(self._fault(part, "source-error", begin.message, header.line))
            self._readable = False
        self._findings += self._continuation.warnings(begin, part.location, header.line)

    def _header(self, part: Part) -> Header:
        """The header of a file, as the dialect has it; nothing is gone past yet."""
        wanted = self._dialect.header_rows
        place = self._place
        row, line = place.number, place.line
        found: list[list[str]] = []
        read: list[Record] = []
        taken = [self._first]

        def content() -> Iterator[bytes]:
            yield from _slices(self._first)
            for block in self._blocks:  # comments may fill the first
                taken.append(block)
                yield block

        try:
            for record in read_records(text_lines(content()), self._dialect, place.number):
                read.append(record)
                if not is_comment(record, self._dialect) and (
                    not wanted or record.number in wanted
                ):
                    found.append(record.cells)
                    row, line = record.number, record.line
                if found and record.number >= max(wanted, default=1):
                    break
        except EndlessRecordError as error:
            self._endless(error, part)
        except UnicodeDecodeError:
            raise undecodable(self._resource, part) from None
        labels = joined_labels(found, self._dialect.header_join)
        return Header(labels, found, row, line, read, b"".join(taken))

    def _go_past(self, header: Header, part: Part) -> None:
        """Leaves what follows a header in its block to be read."""
        self._step(header.records, part)
        if not self._first:
            self._readable = False
        size = sum(len(line.encode()) for record in header.records for line in record.lines)
        self._first = header.taken[size:]

    def _records_of(self, part: Part, asked: Asked) -> Iterator[Batch]:
        """The records of a file: of its plain blocks first, one by one from where none is."""
        block = self._first
        while block is not None:
            place = self._place
            plain = plain_block(
                block, self._dialect, asked, place.number, has_surplus=self._has_surplus
            )
            batch = None if plain is None else plain.batch(part.location, place)
            if plain is None or batch is None:
                yield from self._one_by_one(chain([block], self._blocks), part, asked.width)
                return
            self._blocks.put_back(block[len(plain.quoting.block) :])
            self._place = Place(place.number + plain.height, place.line + plain.lines)
            batch = replace(batch, findings=self._new_findings())
            self._has_surplus = any(len(cells) > asked.width for cells in batch.ragged.values())
            yield batch
            block = plain = batch = self._first = b""  # whose memory the next one can have
            block = next(self._blocks, None)

    def _one_by_one(self, content: Iterator[bytes], part: Part, width: int) -> Iterator[Batch]:
        """The records of the rest of a file, read exactly."""
        place = self._place
        reader = read_records(text_lines(content), self._dialect, place.number, place.line)
        held: list[Record] = []
        last, size = None, 0
        try:
            for record in reader:
                held.append(record)
                last, size = record, size + sum(map(len, record.lines))
                if len(held) >= min(MOST_RECORDS, most_records(width)) or size >= BLOCK:
                    self._step(held, part)
                    yield self._batch(held, width, part)
                    held, size = [], 0
        except EndlessRecordError as error:
            self._endless(error, part)
        except UnicodeDecodeError:
            raise undecodable(self._resource, part) from None
        self._step(held, part)
        if last and self._readable and quote_is_open(last, self._dialect):
            message = f"a quote opened on line {last.line} or later is never closed"
            self._unclosed(message, last.line, part)
        yield self._batch(held, width, part)

    def _step(self, records: Sequence[Record], part: Part) -> None:
        """Goes past records, and reports text after a closing quote."""
        for record in records:
            for line in stray_quotes(record, self._dialect):
                message = (
                    "text follows the closing quote of a cell; a quote inside a cell is doubled"
                )
                self._findings.append(self._fault(part, QUOTE, message, line))
            self._place = Place(record.number + 1, record.next_line)

    def _endless(self, error: EndlessRecordError, part: Part) -> None:
        message = (
            f"the record that starts on line {error.line} does not end; a quote may be left open"
        )
        self._unclosed(message, error.line, part)

    def _unclosed(self, message: str, line: int, part: Part) -> None:
        self._findings.append(self._fault(part, QUOTE, message, line, OPEN))
        self._readable = False

    def _fault(
        self, part: Part, code: str, message: str, line: int | None = None, rule: str | None = None
    ) -> Finding:
        return file_finding(
            self._resource, code, message, line=line, rule=rule, location=part.location
        )

    def _batch(self, records: Sequence[Record], width: int, part: Part) -> Batch:
        """A batch of records that were read one by one, with what was found on the way."""
        content = [record for record in records if not is_comment(record, self._dialect)]
        rows = [[cell or None for cell in record.cells] for record in content]
        return Batch(
            location=part.location,
            rows=pl.Series([record.number for record in content], dtype=pl.Int64),
            lines=pl.Series([record.line for record in content], dtype=pl.Int64),
            cells=as_columns(rows, width),
            ragged={
                index: record.cells
                for index, record in enumerate(content)
                if record.cells and len(record.cells) != width
            },
            empty=pl.Series(
                [index for index, record in enumerate(content) if not record.cells],
                dtype=pl.UInt32,
            ),
            findings=self._new_findings(),
            complete=self._readable,
            written=lambda number: next(one.text for one in content if one.number == number),
        )

    def _new_findings(self) -> tuple[Finding, ...]:
        """The faults found since the last batch."""
        findings = tuple(self._findings)
        self._findings.clear()  # and no other list: the blocks add to this one
        return findings


def _slices(block: bytes) -> Iterator[bytes]:
    """A block in small pieces, of which only as many are made as are asked for."""
    return (block[start : start + HEADER] for start in range(0, len(block), HEADER))


def _shifted(dialect: Dialect, rows: int) -> Dialect:
    """A dialect whose numbers of rows count from after so many rows of the table."""
    return replace(
        dialect,
        header_rows=tuple(number + rows for number in dialect.header_rows),
        comment_rows=tuple(number + rows for number in dialect.comment_rows),
    )


def is_comment(record: Record, dialect: Dialect) -> bool:
    """Whether a record is left out: by its number, or by the character that it begins with."""
    if record.number in dialect.comment_rows:
        return True
    mark = dialect.comment_char
    return bool(mark and record.cells and record.cells[0].startswith(mark))
