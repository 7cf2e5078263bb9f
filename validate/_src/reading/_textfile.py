"""A file of delimited text: its header, then its records in batches.

Records are read by Polars where the text is plain, by Python's `csv` where it is not. Both
read the same records from the same text, which a property test holds them to. A block of text
is plain when its quotes stand as RFC 4180 has them, around whole cells; from the first block
that is not, the rest of a file is read record by record.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

import polars as pl

from validate._src.reading._continuing import without_empty
from validate._src.reading._firstblock import FirstBlock, LongHeaderError
from validate._src.reading._heads import FileHeader, is_comment, shifted
from validate._src.reading._parsing import Asked
from validate._src.reading._plain import Source, most_records, plain_block
from validate._src.reading.batch import (
    Batch,
    as_columns,
    broken,
    file_finding,
    joined_labels,
)
from validate._src.reading.blocks import LineBlocks
from validate._src.reading.encodings import undecodable
from validate._src.reading.files import BLOCK
from validate._src.reading.records import (
    OTHER_QUOTE,
    EndlessRecordError,
    Place,
    Record,
    open_quote,
    read_records,
    stray_quotes,
    text_lines,
)
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.model import Part, Resource

MOST_RECORDS = 50_000  # of a batch read one by one: as Python objects each takes a kilobyte
TINY = 2**11  # bytes: to have Polars parse any text takes as long as to read so many by `csv`
QUOTE, OPEN = "quote-error", "open"


class TextFile:
    """An opened file of delimited text, as far as it is read.

    Attributes:
        part: the file.
        place: the next record, counted from the first of the file until `counted_from` is told.
        first: its first block; of a large file it is read where more than the header is wanted.
        readable: whether what follows can be read.
        findings: the faults found since the last batch.
        dialect: how it is delimited, its numbers of rows counted as those of `place` are.
        blocks: what is left of it after its first.
        unlabelled: how many columns without label it has behind those of the table, of which empty
            cells are left out.
        head: the records of its header, once it is gone past, numbered from the first of the file.
    """

    def __init__(self, resource: Resource, part: Part, *, is_first: bool = True) -> None:
        """Opens the file.

        Args:
            resource: the table.
            part: the file.
            is_first: whether its header is that of the table; of others no more than theirs is read
                until their rows are.

        Raises:
            FileError: it cannot be read in its encoding.
        """
        self.part, self._resource = part, resource
        self.place, self.dialect = Place(), resource.dialect
        self.readable, self.unlabelled = True, 0
        self.head: Sequence[Record] = ()
        self.findings: list[Finding] = []
        self.blocks = LineBlocks(resource, part, self.findings)
        self.first = FirstBlock(self.blocks, is_wanted=is_first)
        if self.is_empty:
            self.findings.insert(0, self._fault("source-error", "the file is empty"))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in the block that is read next."""
        return not self.first.head

    @property
    def text(self) -> bytes:
        """The block that is read next.

        Raises:
            FileError: it was not read yet, and cannot be in its encoding.
        """
        return self.first.text

    @text.setter
    def text(self, text: bytes) -> None:
        """Has another one be read next."""
        self.first.text = text

    def has_only(self, size: int) -> bool:
        """Whether all that is left of it is a text of at most so many bytes."""
        if self.first.is_longer_than(size):
            return False
        while len(self.text) <= size:
            try:
                more = next(self.blocks, b"")
            except FileError:  # it breaks off, which is said where this block is read
                return False
            if not more:
                return True
            self.text += more
        return False

    def counted_from(self, number: int) -> None:
        """Has its first record be that number of the table.

        Its rows are counted on, and those that the dialect names are its own.
        """
        rows = number - 1
        self.place = Place(self.place.number + rows, self.place.line)
        self.dialect = shifted(self._resource.dialect, rows)

    def header(self) -> FileHeader:
        """Its header, as the dialect has it; nothing is gone past yet.

        Raises:
            FileError: it cannot be read in its encoding.
        """
        wanted = self.dialect.header_rows
        row, line = self.place.number, self.place.line
        found: list[list[str]] = []
        read: list[Record] = []
        is_unread = self.first.is_unread
        taken = [self.first.head]

        def content() -> Iterator[bytes]:
            yield from self.first.slices()
            for block in self.blocks:  # comments may fill the first
                taken.append(block)
                yield block

        try:
            for record in read_records(text_lines(content()), self.dialect, self.place.number):
                read.append(record)
                if not is_comment(record, self.dialect) and (not wanted or record.number in wanted):
                    found.append(record.cells)
                    row, line = record.number, record.line
                if found and record.number >= max(wanted, default=1):
                    break
        except LongHeaderError:
            self.first.read()
            return self.header()
        except EndlessRecordError as error:
            self._endless(error)
        except UnicodeDecodeError:
            raise undecodable(self._resource, self.part) from None
        if not is_unread:
            self.text = b"".join(taken)
        labels = joined_labels(found, self.dialect.header_join)
        return FileHeader(labels, found, row, line, read, b"".join(taken))

    def go_past(self, header: FileHeader) -> None:
        """Leaves what follows a header in its block to be read."""
        self.head = header.records
        self._step(header.records)
        if not header.taken:
            self.readable = False
        size = sum(len(line.encode()) for record in header.records for line in record.lines)
        self.first.go_past(size, header.taken)

    def batches(self, asked: Asked) -> Iterator[Batch]:
        """Its records: of its plain blocks first, one by one from where none is.

        Where it cannot be read on, the last batch is incomplete.
        """
        if not self.readable:
            yield self.batch([], asked.width)
            return
        try:
            self.first.read()
        except FileError as error:
            yield self._broken_off(error, [], asked.width)
            return
        is_tiny = self.has_only(TINY)
        whole = iter([self.text])
        found = self._one_by_one(whole, asked.width) if is_tiny else self.block_by_block(asked)
        yield from map(self._without_unlabelled, found) if self.unlabelled else found

    def _without_unlabelled(self, batch: Batch) -> Batch:
        """A batch in which rows have no empty cells in columns without label."""
        width = batch.cells.width
        cut = {
            index: [*without_empty(cells, width, self.unlabelled)]
            for index, cells in batch.ragged.items()
        }
        return replace(
            batch, ragged={index: cells for index, cells in cut.items() if len(cells) != width}
        )

    def block_by_block(self, asked: Asked) -> Iterator[Batch]:
        """Its records, as `batches` has them, from `text` on; from the next block without any."""
        has_surplus = False
        try:
            block = self.text or next(self.blocks, None)
        except FileError as error:
            yield self._broken_off(error, [], asked.width)
            return
        while block is not None:
            place = self.place
            plain = plain_block(block, self.dialect, asked, place.number, has_surplus=has_surplus)
            source = self._source(block)
            batch = None if plain is None else plain.batch(self.part.location, place, source)
            if plain is None or batch is None:
                yield from self._one_by_one(chain([block], self.blocks), asked.width)
                return
            self.blocks.put_back(block[len(plain.quoting.block) :])
            self.place = Place(place.number + plain.height, place.line + plain.lines)
            batch = replace(batch, findings=self.new_findings())
            # Once for all: to parse a block twice takes longer than to look for them in others.
            has_surplus |= any(len(cells) > asked.width for cells in batch.ragged.values())
            yield batch
            block = plain = batch = self.text = b""  # whose memory the next one can have
            try:
                block = next(self.blocks, None)
            except FileError as error:
                yield self._broken_off(error, [], asked.width)
                return

    def _source(self, block: bytes) -> Source | None:
        """Where a block begins that was read last, if the file is plain."""
        is_plain = self.blocks.are_plain and self.part.file is not None
        return (self.part, self.blocks.end - len(block)) if is_plain else None

    def _one_by_one(self, content: Iterator[bytes], width: int) -> Iterator[Batch]:
        """The records of the rest of the file, read exactly."""
        place = self.place
        lines = text_lines(content, to_the_break=True)
        reader = read_records(lines, self.dialect, place.number, place.line)
        held: list[Record] = []
        last, size = None, 0
        try:
            for record in reader:
                held.append(record)
                last, size = record, size + sum(map(len, record.lines))
                if len(held) >= min(MOST_RECORDS, most_records(width)) or size >= BLOCK:
                    self._step(held)
                    yield self.batch(held, width)
                    held, size = [], 0
        except EndlessRecordError as error:
            self._endless(error)
        except UnicodeDecodeError:
            yield self._broken_off(undecodable(self._resource, self.part), held, width)
            return
        except FileError as error:
            yield self._broken_off(error, held, width)
            return
        self._step(held)
        opens = open_quote(last, self.dialect) if last and self.readable else None
        if opens is not None:
            message = (
                f"a quote opens a cell on line {opens} and is never closed, so that all below it "
                f"is in this cell; close it, or if quotes are part of the texts, {OTHER_QUOTE}"
            )
            self._unclosed(message, opens)
        yield self.batch(held, width)

    def _broken_off(self, error: FileError, held: Sequence[Record], width: int) -> Batch:
        """The last records that could be read, with what keeps the others from it."""
        self._step(held)
        self.findings.append(broken(self._resource, error))
        self.readable = False
        return self.batch(held, width)

    def _step(self, records: Sequence[Record]) -> None:
        """Goes past records, and reports text after a closing quote."""
        for record in records:
            for line in stray_quotes(record, self.dialect):
                message = (
                    "text follows the closing quote of a cell; a quote inside a cell is doubled"
                )
                self.findings.append(self._fault(QUOTE, message, line))
            self.place = Place(record.number + 1, record.next_line)

    def _endless(self, error: EndlessRecordError) -> None:
        message = (
            f"the record that starts on line {error.line} does not end; a quote may be left open"
        )
        self._unclosed(message, error.line)

    def _unclosed(self, message: str, line: int) -> None:
        self.findings.append(self._fault(QUOTE, message, line, OPEN))
        self.readable = False

    def _fault(
        self, code: str, message: str, line: int | None = None, rule: str | None = None
    ) -> Finding:
        return file_finding(
            self._resource, code, message, line=line, rule=rule, location=self.part.location
        )

    def batch(self, records: Sequence[Record], width: int) -> Batch:
        """A batch of records that were read one by one, with what was found on the way."""
        content = [record for record in records if not is_comment(record, self.dialect)]
        rows = [[cell or None for cell in record.cells] for record in content]
        return Batch(
            location=self.part.location,
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
            findings=self.new_findings(),
            complete=self.readable,
            written=lambda number: next(one.text for one in content if one.number == number),
        )

    def new_findings(self) -> tuple[Finding, ...]:
        """The faults found since the last batch."""
        findings = tuple(self.findings)
        self.findings.clear()  # and no other list: the blocks add to this one
        return findings
