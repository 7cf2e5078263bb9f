"""Records of delimited text, read one by one: exact whatever the text holds."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from validate._src.words.model import Dialect

LONGEST_CELL = 2**24  # a quote left open makes all that follows one cell; a file may not fit
OTHER_QUOTE = 'say a "quoteChar" in the dialect that stands nowhere in the file, such as "~"'
"""What to do where quotes are part of the texts: the standard has no word for no quotes at all."""
LINE_ENDS = ("\r\n", "\n", "\r")
# Noncharacters, which Unicode keeps for uses such as this one, inside a program.
DELIMITER, LINE_FEED, CARRIAGE_RETURN = "\ufdd0", "\ufdd1", "\ufdd2"


@dataclass(frozen=True)
class Place:
    """Where reading a file has come to: the number and physical line of the next record."""

    number: int = 1
    line: int = 1


@dataclass(frozen=True)
class Record:
    """One record of a delimited text.

    Attributes:
        number: record number from 1; the header and blank records count.
        line: physical line on which the record starts, from 1.
        cells: its cells as text, unquoted; none for an empty line.
        lines: the lines that it is made of, with their ends.
        next_line: physical line on which the next record starts.
    """

    number: int
    line: int
    cells: list[str]
    lines: tuple[str, ...]
    next_line: int

    @property
    def text(self) -> str:
        """The record as it stands in the file, without the end of its last line."""
        return "".join(self.lines).rstrip("\r\n")


class EndlessRecordError(Exception):
    """A record holds a cell or line of more than `LONGEST_CELL` characters.

    Attributes:
        line: physical line on which the record starts, from 1.
    """

    def __init__(self, line: int) -> None:
        """Keeps the line."""
        super().__init__(line)
        self.line = line


def text_lines(content: Iterable[bytes], *, to_the_break: bool = False) -> Iterator[str]:
    """The physical lines of UTF-8 content, with their ends.

    Args:
        content: blocks of it.
        to_the_break: whether of a block that is not UTF-8 the lines before the wrong byte are
            given.

    Raises:
        UnicodeDecodeError: the content is not UTF-8; its `start` counts from the block.
        OverflowError: a line has more than `LONGEST_CELL` characters.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    rest, length = [""], 0  # joined at a line's end alone: long lines would take quadratic time
    for block in chain(content, [b""]):
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            if to_the_break:
                known = error.object[: error.start].decode()
                yield from _split("".join([*rest, known]), final=False)[0]
            raise
        if block and not rest[-1].endswith("\r") and "\n" not in text and "\r" not in text:
            rest.append(text)
            length += len(text)
        else:
            lines, last = _split("".join([*rest, text]), final=not block)
            yield from lines
            rest, length = [last], len(last)
        if length > LONGEST_CELL:
            raise OverflowError


def _split(text: str, *, final: bool) -> tuple[list[str], str]:
    """The lines of a text, and what is left after them because it may go on."""
    *lines, rest = io.StringIO(text, newline="") if text else [""]
    if rest.endswith("\n") or (rest and final):
        return [*lines, rest], ""
    return lines, rest


class LongCells:
    """Lets `csv` read cells of up to `LONGEST_CELL` characters, as long as it is entered.

    How long a cell may be is set for the whole process: whoever uses `csv` beside us finds the
    limit as it was.
    """

    def __enter__(self) -> None:
        """Sets our limit."""
        self._before = csv.field_size_limit(LONGEST_CELL)

    def __exit__(self, *_: object) -> None:
        """Sets the limit that was there."""
        csv.field_size_limit(self._before)


def csv_rows(lines: Iterable[str], dialect: Dialect) -> list[list[str]]:
    """The rows of some lines, which have a delimiter of one character and usual ends.

    Raises:
        csv.Error: a cell is too long.
    """
    with LongCells():
        return list(csv.reader(lines, **_options(dialect)))


def quoted_cell(quote: str) -> str:
    """A quoted cell, its quotes inside doubled, as a pattern."""
    mark = re.escape(quote)
    return f"{mark}(?:[^{mark}]|{mark}{mark})*{mark}"


def read_records(
    lines: Iterable[str], dialect: Dialect, number: int = 1, line: int = 1
) -> Iterator[Record]:
    """The records of a delimited text, the header and comments among them, in order.

    Args:
        lines: physical lines with their ends.
        dialect: how they are delimited and quoted.
        number: number of the first record.
        line: physical line on which it starts.

    Raises:
        EndlessRecordError: a record holds a cell or line that is too long.

    Source: Data Package 2.0, Table Dialect; RFC 4180.
    """
    taken: list[str] = []
    reader = csv.reader(_taking(_as_csv(lines, dialect), taken), **_options(dialect))
    ends_as_usual, long_cells = _ends_as_usual(dialect), LongCells()
    is_given_other = len(dialect.delimiter) > 1 or not ends_as_usual
    while True:
        try:
            with long_cells:  # and no longer: between two records others may read
                cells = next(reader, None)
        except (csv.Error, OverflowError):
            raise EndlessRecordError(line) from None
        if cells is None:
            return
        written = tuple(taken)
        if is_given_other:
            written = tuple(_as_written(text, dialect) for text in taken)
            cells = [_as_written(cell, dialect) for cell in cells]
        breaks = len(taken) if ends_as_usual else "".join(written).count("\n")
        yield Record(number, line, cells, written, line + breaks)
        number, line = number + 1, line + breaks
        taken.clear()


def _taking(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    for line in lines:
        taken.append(line)
        yield line


def _ends_as_usual(dialect: Dialect) -> bool:
    return dialect.line_terminator is None or dialect.line_terminator in LINE_ENDS


def _as_csv(lines: Iterable[str], dialect: Dialect) -> Iterator[str]:
    """The lines as `csv` knows them: a delimiter of one character, ends of the usual kind."""
    if not _ends_as_usual(dialect):
        lines = _ended_by(lines, str(dialect.line_terminator))
    if len(dialect.delimiter) == 1:
        yield from lines
    else:
        yield from (line.replace(dialect.delimiter, DELIMITER) for line in lines)


def _ended_by(lines: Iterable[str], terminator: str) -> Iterator[str]:
    """The lines that a terminator of another kind ends, each ended by a line feed in its place."""
    end = _unbroken(terminator)
    held, size, last = [""], 0, ""
    for line in lines:
        text = _unbroken(line)
        held.append(text)
        size, last = size + len(text), last + text
        if end in last:
            *ended, rest = "".join(held).split(end)
            yield from (text + "\n" for text in ended)
            held, size, last = [rest], len(rest), rest
        last = last[max(len(last) - len(end) + 1, 0) :]
        if size > LONGEST_CELL:
            raise OverflowError
    rest = "".join(held)
    if rest.strip(LINE_FEED + CARRIAGE_RETURN):
        yield rest


def _unbroken(text: str) -> str:
    return text.replace("\n", LINE_FEED).replace("\r", CARRIAGE_RETURN)


def _as_written(text: str, dialect: Dialect) -> str:
    """A text of the lines that `csv` was given, as it stands in the file."""
    if not _ends_as_usual(dialect):
        text = text.replace("\n", str(dialect.line_terminator))
        text = text.replace(LINE_FEED, "\n").replace(CARRIAGE_RETURN, "\r")
    return text if len(dialect.delimiter) == 1 else text.replace(DELIMITER, dialect.delimiter)


def stray_quotes(record: Record, dialect: Dialect) -> list[int]:
    """Physical lines of a record on which text follows the closing quote of a cell.

    Source: RFC 4180, section 2.
    """
    if not dialect.quote_char or not any(dialect.quote_char in line for line in record.lines):
        return []
    reader = csv.reader(_as_csv(record.lines, dialect), **_options(dialect), strict=True)
    found: list[int] = []
    with LongCells():
        while True:
            try:
                next(reader)
            except StopIteration:
                return found
            except csv.Error as error:
                if "expected after" in str(error):
                    found.append(record.line + reader.line_num - 1)


def open_quote(last: Record, dialect: Dialect) -> int | None:
    """Physical line on which the quoted cell opens that a text ends inside; None if it does not.

    If it does, a line that is added becomes a part of that cell.

    Args:
        last: the last record of the text.
        dialect: how it is delimited and quoted.
    """
    lines = chain(_as_csv(last.lines, dialect), ["\n", "added"])
    *_, added = csv_rows(lines, dialect)
    if added == ["added"]:
        return None
    inside, _ = _split(last.cells[-1], final=True)
    return max(last.next_line - max(len(inside), 1), last.line)


def written_cells(text: str, dialect: Dialect) -> list[str]:
    """The cells of a record as they stand in the file, with quotes and escapes."""
    delimiter, escape = re.escape(dialect.delimiter), re.escape(dialect.escape_char or "")
    escaped = rf"{escape}.|" if escape else ""
    bare = rf"(?:{escaped}(?!{delimiter}).)*"
    quote = re.escape(dialect.quote_char or "")
    doubled = rf"{quote}{quote}|" if dialect.double_quote else ""
    quoted = rf" *{quote}(?:{escaped}{doubled}(?!{quote}).)*(?:{quote}{bare})?"
    spaced = quoted if dialect.skip_initial_space else quoted.removeprefix(" *")
    cell = re.compile(f"{spaced}|{bare}" if quote else bare, re.DOTALL)
    cells: list[str] = []
    at = 0
    while match := cell.match(text, at):
        cells.append(match[0])
        at = match.end() + len(dialect.delimiter)
        if match.end() >= len(text):
            break
    return cells


def _options(dialect: Dialect) -> dict[str, Any]:
    return {
        "delimiter": dialect.delimiter if len(dialect.delimiter) == 1 else DELIMITER,
        "quotechar": dialect.quote_char,
        "quoting": csv.QUOTE_MINIMAL if dialect.quote_char else csv.QUOTE_NONE,
        "doublequote": dialect.double_quote,
        "escapechar": dialect.escape_char,
        "skipinitialspace": dialect.skip_initial_space,
    }
