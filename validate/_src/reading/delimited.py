"""Delimited text: records by Polars where the text is plain, by Python's `csv` where it is not.

Both read the same records from the same text, which a property test holds them to. A
block of text is plain when its quotes stand as RFC 4180 has them, around whole cells;
from the first block that is not, the rest of a file is read record by record.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from itertools import chain, islice

import polars as pl

from validate._src.reading.batch import Batch, columns, file_finding, joined_labels
from validate._src.reading.content import BLOCK, LONGEST_BLOCK, LineBlocks, undecodable
from validate._src.reading.records import (
    LINE_ENDS,
    EndlessRecordError,
    Record,
    quote_is_open,
    read_records,
    stray_quotes,
    text_lines,
)
from validate._src.words.finding import Finding
from validate._src.words.model import Dialect, Part, Resource

BYTE_ORDER_MARK = "\ufeff".encode()
MAGIC = (BYTE_ORDER_MARK, b"\x1f\x8b", b"x\x01", b"x^", b"x\x9c", b"x\xda", b"\x28\xb5\x2f\xfd")
"""With what files begin that Polars takes for compressed, or that it does not take as it is."""
EXTRA, TEXT, LINE, NEXT = "extra", "text", "line", "next"
MOST_RECORDS = 50_000
HEADER = 2**16
WINDOW = 2**17
MOST_CELLS = 2**23
QUOTE, OPEN = "quote-error", "open"


@dataclass(frozen=True)
class _Place:
    """Where reading a file has come to: the number and physical line of the next record."""

    number: int = 1
    line: int = 1


class DelimitedReader:
    """An opened table of delimited text, in one file or in several that follow each other.

    Attributes:
        labels: the cells of its header; None for a table without one.
        header_row: record number of its header, of its last row where it has several.
        header_line: physical line on which that row starts, from 1.

    Source: Data Package 2.0, Table Dialect; Data Resource, "path", of several files: treated
    as one that they make together; each begins a new record.
    """

    labels: list[str] | None
    header_row: int = 1
    header_line: int | None = 1

    def __init__(self, resource: Resource) -> None:
        """Reads the header.

        Raises:
            PackageError: the file cannot be read in the encoding declared for it.
        """
        self._resource = resource
        self._dialect = resource.dialect
        self._place = _Place()
        self._findings: list[Finding] = []
        self._has_surplus = False
        self._blocks = self._opened(resource.parts[0])
        self._first = next(self._blocks, b"")
        self._readable = True
        self.labels = self._header() if resource.dialect.header else None

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
            PackageError: a file cannot be read in the encoding declared for it.
        """
        for number, part in enumerate(self._resource.parts):
            if number:
                self._place = _Place(self._place.number)
                self._blocks = self._opened(part)
                self._first = next(self._blocks, b"")
            if not self._readable:
                yield self._batch([], width, part)
                return
            yield from self._records_of(part, width, wanted, rows)

    def _opened(self, part: Part) -> LineBlocks:
        """The blocks of a file, without a byte order mark."""
        content = LineBlocks(self._resource, part)
        first = next(content, b"")
        if first.startswith(BYTE_ORDER_MARK):
            first = first.removeprefix(BYTE_ORDER_MARK)
            message = "the file starts with a byte order mark"
            self._findings.append(self._fault(part, "encoding-error", message, 1))
        if not first:
            message = "the file is empty"
            self._findings.insert(0, self._fault(part, "source-error", message))
        content.put_back(first)
        return content

    def _header(self) -> list[str]:
        """The labels; what follows them in their block is left to be read."""
        wanted = self._dialect.header_rows
        found: list[list[str]] = []
        part, consumed = self._resource.parts[0], 0
        taken = [self._first]

        def content() -> Iterator[bytes]:
            yield from _slices(self._first)
            for block in self._blocks:  # comments may fill the first
                taken.append(block)
                yield block

        try:
            for record in read_records(text_lines(content()), self._dialect):
                consumed += sum(len(line.encode()) for line in record.lines)
                self._step([record], part)
                if not _is_comment(record, self._dialect) and (
                    not wanted or record.number in wanted
                ):
                    found.append(record.cells)
                    self.header_row, self.header_line = record.number, record.line
                if found and record.number >= max(wanted, default=1):
                    break
        except EndlessRecordError as error:
            self._endless(error, part)
        except UnicodeDecodeError:
            raise undecodable(self._resource, part) from None
        if not self._first:
            self._readable = False
        self._first = b"".join(taken)[consumed:]
        return joined_labels(found, self._dialect.header_join)

    def _records_of(
        self, part: Part, width: int, wanted: Sequence[str] | None, rows: pl.Series | None
    ) -> Iterator[Batch]:
        block = self._first
        while block is not None:
            plain = self._plain(block, width, wanted, rows)
            batch = None if plain is None else plain.batch(part.location, self._place)
            if plain is None or batch is None:
                yield from self._one_by_one(chain([block], self._blocks), part, width)
                return
            self._blocks.put_back(block[len(plain.quoting.block) :])
            place = self._place
            self._place = _Place(place.number + plain.height, place.line + plain.lines)
            batch = replace(batch, findings=self._noted())
            self._has_surplus = any(len(cells) > width for cells in batch.ragged.values())
            yield batch
            block = plain = batch = self._first = b""  # whose memory the next one can have
            block = next(self._blocks, None)

    def _plain(
        self, block: bytes, width: int, wanted: Sequence[str] | None, rows: pl.Series | None
    ) -> "_PlainBlock | None":
        """The whole records of a block, or None where only `read_records` can tell what it says.

        Polars is asked to refuse surplus cells, which costs nothing; where it does, and in the
        block after one that has some, they are looked for.
        """
        if not _may_be_plain(block, self._dialect, width):
            return None
        quoting = _Quoting.of(block, self._dialect)
        if quoting is None:
            return None
        loses_ends = quoting.records is not None and b"\r" in block  # when lines are joined
        index = None
        if rows is not None and wanted is not None and not loses_ends:
            index = rows - self._place.number
            index = index.filter(index.is_between(0, quoting.height - 1))
        frame, names, most = None, columns(width), _most_records(width)
        if wanted is None and not self._has_surplus:
            frame = _parsed(quoting, self._dialect, names, refuse=True, most=most + 1)
        if wanted is None and frame is None:
            names.append(EXTRA)
        if frame is None:
            frame = _parsed(
                quoting.only(index),
                self._dialect,
                names,
                refuse=False,
                most=most + 1 if index is None else None,
                wanted=wanted,
            )
        if frame is None:  # not UTF-8: reading one by one says where
            return None
        if index is not None:
            frame = frame.slice(1)  # after the empty line
        elif frame.height > most:
            return self._plain(_first_lines(block, most), width, wanted, rows)
        if loses_ends and (EXTRA in frame.columns or _any_contains(frame, "\r")):
            return None  # beyond the first surplus cell the frame holds nothing to look at
        return _PlainBlock(quoting, frame, self._dialect, width, index, wanted is None)

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
                if len(held) >= min(MOST_RECORDS, _most_records(width or 1)) or size >= BLOCK:
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
        """Goes past records, and notes what their quotes are guilty of."""
        for record in records:
            for line in stray_quotes(record, self._dialect):
                message = (
                    "text follows the closing quote of a cell; a quote inside a cell is doubled"
                )
                self._findings.append(self._fault(part, QUOTE, message, line))
            self._place = _Place(record.number + 1, record.next_line)

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
        content = [record for record in records if not _is_comment(record, self._dialect)]
        return Batch(
            location=part.location,
            rows=pl.Series([record.number for record in content], dtype=pl.Int64),
            lines=pl.Series([record.line for record in content], dtype=pl.Int64),
            cells=_cells([record.cells for record in content], width),
            ragged={
                index: record.cells
                for index, record in enumerate(content)
                if record.cells and len(record.cells) != width
            },
            empty=pl.Series(
                [index for index, record in enumerate(content) if not record.cells],
                dtype=pl.UInt32,
            ),
            findings=self._noted(),
            complete=self._readable,
        )

    def _noted(self) -> tuple[Finding, ...]:
        """The faults found since the last batch."""
        findings, self._findings = tuple(self._findings), []
        return findings


def _slices(block: bytes) -> Iterator[bytes]:
    """A block in small pieces, of which only as many are made as are asked for."""
    return (block[start : start + HEADER] for start in range(0, len(block), HEADER))


def _is_comment(record: Record, dialect: Dialect) -> bool:
    if record.number in dialect.comment_rows:
        return True
    mark = dialect.comment_char
    return bool(mark and record.cells and record.cells[0].startswith(mark))


def _cells(rows: Sequence[list[str]], width: int) -> pl.DataFrame:
    """Texts as columns, empty and absent ones null."""
    if not width:
        return pl.DataFrame(height=len(rows))
    return pl.DataFrame(
        {
            name: [(row[index] or None) if index < len(row) else None for row in rows]
            for index, name in enumerate(columns(width))
        },
        schema=dict.fromkeys(columns(width), pl.String),
    )


@dataclass(frozen=True)
class _PlainBlock:
    """A block of text that Polars reads as `read_records` would.

    Attributes:
        quoting: the text, of n whole records.
        frame: the cells of the records as columns `0`, `1`, … and, beyond the width, `extra`;
            the latter is absent where no record has surplus cells, or nobody asks.
        dialect: how it is delimited.
        width: how many columns the table has.
        index: which of the records the frame has; None for all.
        asked: whether it matters which records are ragged.
    """

    quoting: "_Quoting"
    frame: pl.DataFrame
    dialect: Dialect
    width: int
    index: pl.Series | None
    asked: bool

    @property
    def height(self) -> int:
        """How many records it has."""
        return self.frame.height if self.index is None else self.quoting.height

    @property
    def lines(self) -> int:
        """How many physical lines it has."""
        records = self.quoting.records
        return self.height if records is None else int(records[NEXT][-1])

    def batch(self, location: str, place: _Place) -> Batch | None:
        """The records, the first of which is at a place; comments are left out.

        None where one that is ragged has a cell that does not end, or is not UTF-8.
        """
        index = self.index
        if index is None:
            numbers, lines = _counted(place.number, self.height), _counted(place.line, self.height)
        else:
            numbers, lines = index + place.number, index + place.line
        if self.quoting.records is not None:
            lines = self.quoting.records[LINE].cast(pl.Int64) + place.line
            lines = lines if index is None else lines.gather(index)
        try:
            ragged, empty = self._odd()
        except (csv.Error, UnicodeDecodeError):
            return None
        batch = Batch(location, numbers, lines, self._cells(), ragged, empty)
        return _without_comments(batch, self.dialect)

    @property
    def _frame_of_table(self) -> pl.DataFrame:
        """The frame without what is beyond the width of the table."""
        return self.frame.drop(EXTRA) if EXTRA in self.frame.columns else self.frame

    def _cells(self) -> pl.DataFrame:
        """The cells, null where they are empty; Polars keeps quoted ones that are."""
        cells = self._frame_of_table
        if self.dialect.skip_initial_space:
            cells = cells.with_columns(pl.all().str.strip_chars_start(" "))
        elif not self.quoting.may_have_empty_cells:
            return cells
        empty = cells.select((pl.all() == "").any()).row(0)
        return cells.with_columns(
            pl.when(pl.col(name) != "").then(pl.col(name)).alias(name)
            for name, is_empty in zip(cells.columns, empty, strict=True)
            if is_empty
        )

    def _odd(self) -> tuple[dict[int, list[str]], pl.Series]:
        """The records that have more or fewer cells than the table is wide, and empty lines.

        Returns:
            The cells of the first by index, and the indexes of the second.
        """
        none = pl.Series(dtype=pl.UInt32)
        if not self.asked:
            return {}, none
        last = self.frame[str(self.width - 1)]
        if EXTRA not in self.frame.columns and not last.null_count():
            return {}, none
        is_suspect = last.is_null()
        if EXTRA in self.frame.columns:
            is_suspect |= self.frame[EXTRA].is_not_null()
        elif self.width > 1 and self._is_all(none, none.cast(pl.String)):
            return {}, none  # an empty line lacks no delimiter where there is one column
        suspects = is_suspect.arg_true()
        text = self.quoting.text(suspects)
        if EXTRA in self.frame.columns and not self._is_all(suspects, text):
            suspects = pl.int_range(self.frame.height, eager=True)
            text = self.quoting.text(suspects)
        if suspects.is_empty():
            return {}, none
        quote = self.dialect.quote_char
        quoted = self.quoting.has_quotes
        bare = text.str.replace_all(_quoted_cell(quote), "") if quote and quoted else text
        delimiters = bare.str.count_matches(self.dialect.delimiter, literal=True)
        odd = (delimiters + 1 != self.width) & (text != "")
        reader = csv.reader(
            text.filter(odd).to_list(),
            delimiter=self.dialect.delimiter,
            quotechar=self.dialect.quote_char,
            quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
            skipinitialspace=self.dialect.skip_initial_space,
        )
        ragged = dict(zip(suspects.filter(odd), reader, strict=True))
        return ragged, suspects.filter(text == "")

    def _is_all(self, suspects: pl.Series, text: pl.Series) -> bool:
        """Whether the cells of the records are all that the block holds.

        Polars passes over empty cells beyond the width of the table. They show in the size:
        that of the block is the sum of its cells, delimiters, quotes and ends of lines.

        Args:
            suspects: indexes of records that need no look, since each will be counted.
            text: their text.
        """
        if b"\r" in self.quoting.block:
            return False  # an end of a line may have one byte or two
        cells = self._frame_of_table
        regular = self.frame.height - len(suspects)
        records = self.quoting.records
        if records is None:
            left_out = self._quotes_left_out(self.quoting.quoted) + self.quoting.left_out
        else:
            left_out = self._quotes_left_out(records[TEXT])
        size = (
            _size(cells)
            - _size(cells[suspects])
            + regular * (self.width - 1)
            + left_out
            - self._quotes_left_out(text)
            + _size(text.to_frame())
            + self.frame.height
            - (not self.quoting.block.endswith(b"\n"))
        )
        return size == len(self.quoting.block)

    def _quotes_left_out(self, text: pl.Series) -> int:
        """How many quotes of records are no part of a cell: around one, and every second inside."""
        quote = self.dialect.quote_char
        if not quote or not self.quoting.has_quotes:
            return 0
        quotes = int(text.str.count_matches(quote, literal=True).sum())
        return quotes // 2 + int(text.str.count_matches(_quoted_cell(quote)).sum())


def _counted(first: int, count: int) -> pl.Series:
    """So many numbers from one on."""
    return pl.int_range(first, first + count, eager=True)


def _first_lines(block: bytes, count: int) -> bytes:
    """The first lines of a block that has more than so many."""
    end = 0
    for _ in range(count):
        end = block.find(b"\n", end) + 1
    return block[:end]


def _most_records(width: int) -> int:
    """How many records are read at once: lines may be short, and columns many."""
    return max(MOST_CELLS // width, 1)


def _parsed(
    quoting: "_Quoting",
    dialect: Dialect,
    names: Sequence[str],
    *,
    refuse: bool,
    most: int | None,
    wanted: Sequence[str] | None = None,
) -> pl.DataFrame | None:
    """The cells of a block as columns of these names, by Polars.

    Args:
        quoting: the text.
        dialect: how it is delimited.
        names: the names; cells that a record lacks are null.
        refuse: whether a record with more cells makes the block unreadable.
        most: how many records are read, if not all.
        wanted: the columns to make, if not all.

    Returns:
        The cells, or None if the text is not UTF-8, or has surplus cells that are refused.
    """
    block = quoting.block
    if not block.endswith(b"\n"):  # a surplus cell at the very end would not be seen
        block += b"\n"
    scan = pl.scan_csv(
        block,
        has_header=False,
        schema=dict.fromkeys(names, pl.String),
        separator=dialect.delimiter,
        quote_char=dialect.quote_char if quoting.has_quotes else None,
        missing_columns="insert",
        extra_columns="raise" if refuse else "ignore",
        truncate_ragged_lines=not refuse,
        n_rows=most,
    )
    try:
        frame = scan.select(pl.all() if wanted is None else ["0", *(set(wanted) - {"0"})]).collect(
            engine="streaming"
        )
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError, OSError):
        return None
    return frame if quoting.block else frame.clear()


def _any_contains(cells: pl.DataFrame, text: str) -> bool:
    return any(cells.select(pl.all().str.contains(text, literal=True).any()).row(0))


def _size(cells: pl.DataFrame) -> int:
    """How many bytes all cells have together."""
    sizes = cells.select(pl.all().str.len_bytes().sum().cast(pl.Int64))
    return sum(sizes.row(0)) if sizes.width else 0


def _quoted_cell(quote: str) -> str:
    """A quoted cell, its quotes inside doubled, as a pattern."""
    mark = re.escape(quote)
    return f"{mark}(?:[^{mark}]|{mark}{mark})*{mark}"


def _may_be_plain(block: bytes, dialect: Dialect, width: int) -> bool:
    """Whether Polars knows the dialect, and the block ends where a line does."""
    known = (
        dialect.delimiter.isascii()
        and len(dialect.delimiter) == 1
        and (dialect.quote_char or "").isascii()
        and dialect.escape_char is None
        and dialect.double_quote
        and dialect.line_terminator in (None, *LINE_ENDS)
        and width > 0
    )
    if len(block) >= LONGEST_BLOCK:
        return False  # it may not end where a line does
    if block.startswith(MAGIC):
        return False  # Polars would unpack it, or drop the mark
    spaces = dialect.skip_initial_space and (
        dialect.delimiter == " " or str(dialect.quote_char).encode() in block
    )
    return known and not spaces


@dataclass(frozen=True)
class _Quoting:
    """What is quoted in a block of text, all of it as RFC 4180 has it.

    Attributes:
        block: the text, of n whole records.
        left_out: how many quotes are no part of a cell, in the lines that hold one quoted cell,
            with something in it, and no more quotes.
        quoted: of each other line that holds a quote, the text from the first to the last.
        may_have_empty_cells: whether two quotes may be a cell with nothing between them.
        records: the text of each record, the index of its first line and that of the `next`
            record's; None where every line is a record.
    """

    block: bytes
    left_out: int
    quoted: pl.Series
    may_have_empty_cells: bool
    records: pl.DataFrame | None

    @classmethod
    def of(cls, block: bytes, dialect: Dialect) -> "_Quoting | None":
        """What is quoted in the whole records of a block; None where only `csv` can tell."""
        delimiter = dialect.delimiter.encode()
        quotes = _quoted_text(dialect.quote_char, delimiter, block)
        if quotes is None:
            return None
        left_out, found = quotes
        if not found:
            return cls(block, left_out, pl.Series(dtype=pl.String), False, None)
        grammar, mark, text = _grammar(dialect), str(dialect.quote_char), pl.col(TEXT)
        with_ends = pl.LazyFrame({TEXT: found}, schema={TEXT: pl.Binary})
        starts = pl.any_horizontal(text.bin.starts_with(end) for end in (b"\n", delimiter))
        ends = pl.any_horizontal(text.bin.ends_with(end) for end in (b"\r", b"\n", delimiter))
        try:
            looked_at = (
                with_ends.select(
                    text.bin.slice(1, text.bin.size() - 2).cast(pl.String),
                    (starts & ends).alias("whole"),
                )
                .with_columns(
                    text.str.contains(grammar).alias("grammar"),
                    text.str.contains(_empty_cell(dialect)).alias("empty"),
                )
                .collect()
            )
        except pl.exceptions.ComputeError:  # not UTF-8
            return None
        quoted, may_have_empty_cells = looked_at[TEXT], looked_at["empty"].any()
        if looked_at["whole"].all() and looked_at["grammar"].all():
            return cls(block, left_out, quoted, may_have_empty_cells, None)
        try:
            lines = pl.read_lines(block, name=TEXT, row_index_name=LINE)
        except pl.exceptions.ComputeError:
            return None
        records = _joined_lines(lines, mark)
        if not records[TEXT].tail(1).str.contains(grammar).all():
            records = records.head(-1)  # a quote is open at the end of the block
        if not records.height or not records[TEXT].str.contains(grammar).all():
            return None
        block = _without_last_lines(block, lines.height - records[NEXT][-1])
        # Seen line by line, what is between two cells can look like a cell.
        may_have_empty_cells = records[TEXT].str.contains(_empty_cell(dialect)).any()
        return cls(block, left_out, quoted, may_have_empty_cells, records)

    @property
    def has_quotes(self) -> bool:
        """Whether there are any."""
        return bool(self.left_out) or not self.quoted.is_empty()

    def only(self, index: pl.Series | None) -> "_Quoting":
        """The same for some of the records, an empty line before them, or for all.

        Whatever one of them begins with, the text begins with no `MAGIC`.
        """
        if index is None:
            return self
        lines = [f"{text}\n" for text in self.text(index)]
        return replace(self, block="".join(["\n", *lines]).encode())

    @cached_property
    def height(self) -> int:
        """How many records there are."""
        if self.records is not None:
            return self.records.height
        return sum(1 for _ in BytesIO(self.block))

    def text(self, index: pl.Series) -> pl.Series:
        """The text of some of the records, which ascend.

        Raises:
            UnicodeDecodeError: it is not UTF-8.
        """
        if self.records is not None:
            return self.records[TEXT].gather(index)
        lines = _lines_at(self.block, index)
        return pl.Series([line.decode() for line in lines], dtype=pl.String)


def _lines_at(block: bytes, index: Iterable[int]) -> Iterator[bytes]:
    """Some lines of a block, which ascend, without their ends."""
    lines, passed = BytesIO(block), 0
    for wanted in index:
        line = next(islice(lines, wanted - passed, None))
        yield line.removesuffix(b"\n").removesuffix(b"\r")
        passed = wanted + 1


def _quoted_text(
    quote: str | None, delimiter: bytes, block: bytes
) -> tuple[int, list[bytes]] | None:
    """The lines with quotes, those with one quoted cell and something in it apart from others.

    Returns:
        How many quotes of the first are no part of a cell, the two around it and every second
        inside; and of each other line the text from the first quote to the last, with a byte
        around it, at the ends of the block a line feed. None where a carriage return stands
        anywhere but before a line feed.
    """
    mark, left_out, found = (quote or "\n").encode(), 0, list[bytes]()
    before, after = b"\n" + delimiter, b"\r\n" + delimiter
    returns, end = False, 0 if quote else len(block)
    for start in range(0, len(block), WINDOW):  # looked through twice, it is in the cache
        stop = start + WINDOW
        returns = returns or block.find(b"\r", start, stop) >= 0
        at = block.find(mark, max(start, end), stop)
        while at >= 0:
            end = block.find(b"\n", at)
            if end < 0:
                end = len(block)
            last = block.rfind(mark, at, end)
            around = (
                0 < at < last - 1
                and last + 1 < len(block)
                and block[at - 1] in before
                and block[last + 1] in after
            )
            if around and block.find(mark, at + 1, last) < 0:
                left_out += 2
            elif around and mark not in block[at + 1 : last].replace(mark + mark, b""):
                left_out += 2 + block.count(mark, at + 1, last) // 2
            else:
                found.append(block[at - 1 : last + 2])
            at = block.find(mark, end, stop)
    if returns and block.count(b"\r") != block.count(b"\r\n"):
        return None
    if found and block.startswith(mark):
        first = block.partition(b"\n")[0]
        found[0] = b"\n" + block[: first.rfind(mark) + 2]
    if found and block.endswith(mark):
        found[-1] += b"\n"
    return left_out, found


def _joined_lines(lines: pl.DataFrame, quote: str) -> pl.DataFrame:
    """The records that lines make when a line in which a quote is left open goes on in the next."""
    quotes = lines[TEXT].str.count_matches(quote, literal=True).cum_sum()
    begins = quotes.shift(1, fill_value=0) % 2 == 0
    starts = begins.arg_true()
    ends = pl.concat([starts.slice(1), pl.Series([lines.height], dtype=starts.dtype)])
    records = pl.DataFrame({TEXT: lines[TEXT].gather(starts), LINE: starts, NEXT: ends})
    # To join each record would take many times the memory of the few that have several lines.
    several = (records[NEXT] - records[LINE] > 1).arg_true()
    number = (begins.cum_sum() - 1).cast(several.dtype)
    joined = (
        lines.with_columns(number.alias("record"))
        .filter(number.is_in(several.implode()))
        .group_by("record", maintain_order=True)
        .agg(pl.col(TEXT).str.join("\n"))
    )
    return records.with_columns(records[TEXT].scatter(several, joined[TEXT]))


def _without_last_lines(block: bytes, count: int) -> bytes:
    end = len(block)
    for _ in range(count):
        end = block.rfind(b"\n", 0, end - 1) + 1
    return block[:end]


def _grammar(dialect: Dialect) -> str:
    """A record as RFC 4180 has it: cells without quotes, or within quotes that are doubled inside.

    Source: RFC 4180, section 2, and its grammar.
    """
    quote, delimiter = re.escape(str(dialect.quote_char)), re.escape(dialect.delimiter)
    cell = rf"(?:{_quoted_cell(str(dialect.quote_char))}|[^{quote}{delimiter}]*)"
    return rf"\A{cell}(?:{delimiter}{cell})*\z"


def _empty_cell(dialect: Dialect) -> str:
    """Two quotes that are a cell, if they do not stand in one, as a pattern."""
    quote, delimiter = re.escape(str(dialect.quote_char)), re.escape(dialect.delimiter)
    return rf"(?:\A|{delimiter}){quote}{quote}(?:{delimiter}|\z)"


def _without_comments(batch: Batch, dialect: Dialect) -> Batch:
    if not dialect.comment_rows and not dialect.comment_char:
        return batch
    kept = ~batch.rows.is_in(list(dialect.comment_rows))
    if dialect.comment_char:
        kept &= ~batch.cells["0"].str.starts_with(dialect.comment_char).fill_null(False)
    index = (kept.cum_sum() - 1).to_list()
    is_empty = pl.int_range(len(kept), eager=True).is_in(batch.empty.implode()).filter(kept)
    return replace(
        batch,
        rows=batch.rows.filter(kept),
        lines=batch.lines.filter(kept),
        cells=batch.cells.filter(kept),
        ragged={index[old]: cells for old, cells in batch.ragged.items() if kept[old]},
        empty=is_empty.arg_true(),
    )
