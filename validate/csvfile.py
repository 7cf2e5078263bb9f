"""CSV text: from the bytes of a file to numbered records, and back."""

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

import polars as pl

from validate.errors import PackageError
from validate.model import Dialect, Resource

BYTE_ORDER_MARK = "\ufeff"
NEEDS_QUOTES = re.compile(r'[",\r\n]')
SURROGATE = re.compile("[\ud800-\udfff]")
EMPTY_CELL = '""'
CELLS = pl.List(pl.String)
LONGEST_CELL = 2**31 - 1  # what a C long holds on every platform


@dataclass(frozen=True)
class Record:
    """One record of a CSV file.

    Attributes:
        number: record number from 1; the header and blank records count.
        line: physical line on which the record starts, from 1.
        cells: its cells as text, unquoted; none for an empty line.
    """

    number: int
    line: int
    cells: list[str]


def read_bytes(resource: Resource) -> bytes:
    """The bytes of a resource's file.

    Raises:
        PackageError: the file cannot be read.
    """
    try:
        return resource.file.read_bytes()
    except OSError as error:
        raise PackageError(f"{resource.location}: cannot be read: {error.strerror}") from None


def decode(resource: Resource, data: bytes) -> str:
    """The text of a resource's file, a byte order mark included.

    Raises:
        PackageError: the file is not in the encoding declared for it.
    """
    try:
        content = data.decode(resource.encoding)
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PackageError(
            f"{resource.location}:{line}: byte 0x{error.object[error.start]:02x} at offset "
            f"{error.start} is not {resource.encoding}; save the file in that encoding, "
            "or declare the one it has"
        ) from None
    if resource.encoding != "utf-8" and SURROGATE.search(content):
        raise PackageError(f"{resource.location}: not text in the encoding {resource.encoding}")
    return content


def read_plain_records(resource: Resource, data: bytes) -> pl.DataFrame | None:
    """The records of a file in which a line is a record and a delimiter ends a cell.

    That is so where nothing is quoted or escaped. The result is that of
    `as_frame(read_records(…))`, a byte order mark left out; it takes Polars a small part
    of the time.

    Returns:
        n records as `as_frame` gives them, or None where only `read_records` can tell.
    """
    dialect = resource.dialect
    content = data.removeprefix(BYTE_ORDER_MARK.encode())
    special = ["\r", dialect.quote_char, dialect.escape_char]
    if resource.encoding != "utf-8" or dialect.skip_initial_space:
        return None
    if any(character and character.encode() in content for character in special):
        return None
    try:
        lines = pl.scan_lines(io.BytesIO(content)).with_row_index("number", 1).collect()
    except pl.exceptions.ComputeError:  # not UTF-8: `decode` says where
        return None
    cells = pl.when(pl.col("line") != "").then(pl.col("line").str.split(dialect.delimiter))
    return lines.select(
        number=pl.col("number").cast(pl.Int64),
        line=pl.col("number").cast(pl.Int64),
        cells=cells.otherwise(pl.lit([], dtype=CELLS)),
    )


def as_frame(records: Iterable[Record]) -> pl.DataFrame:
    """Records as a frame: `number`, `line`, and `cells`, a list of text."""
    rows = [(record.number, record.line, record.cells) for record in records]
    return pl.DataFrame(
        rows, schema={"number": pl.Int64, "line": pl.Int64, "cells": CELLS}, orient="row"
    )


def read_records(content: str, dialect: Dialect) -> Iterator[Record]:
    """The records of a CSV text, the header among them, in order.

    Source: Data Package 2.0, Table Dialect; RFC 4180.
    """
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(content, newline=""), **_options(dialect))
    line = 1
    for number, cells in enumerate(reader, start=1):
        yield Record(number, line, cells)
        line = reader.line_num + 1


def quote_is_open(content: str, last: Record, dialect: Dialect) -> bool:
    """Whether the last record of a CSV text ends inside a quoted cell.

    If it does, a line that is added becomes a part of that cell.
    """
    tail = islice(io.StringIO(content, newline=""), last.line - 1, None)
    *_, added = csv.reader(chain(tail, ["\n", "added"]), **_options(dialect))
    return added != ["added"]


def stray_quotes(content: str, dialect: Dialect) -> Iterator[int]:
    """Physical lines on which text follows the closing quote of a cell.

    Source: RFC 4180, section 2.
    """
    if not dialect.quote_char or dialect.quote_char not in content:
        return
    reader = csv.reader(io.StringIO(content, newline=""), **_options(dialect), strict=True)
    while True:
        try:
            next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            if "expected after" in str(error):
                yield reader.line_num


def write_records(rows: Iterable[Iterable[str]]) -> str:
    """Rows of text, the header among them, in canonical form.

    Comma, quotes only where needed, LF, final newline, empty for an empty text.
    """
    lines = (",".join(map(_quoted, row)) for row in rows)
    # An empty line would be a blank row; a lone empty cell needs its quotes.
    return "".join(f"{line or EMPTY_CELL}\n" for line in lines)


def _quoted(cell: str) -> str:
    """A cell, in quotes if it needs them; `csv.writer` forgets them around a lone CR."""
    return '"' + cell.replace('"', '""') + '"' if NEEDS_QUOTES.search(cell) else cell


def _options(dialect: Dialect) -> dict[str, Any]:
    return {
        "delimiter": dialect.delimiter,
        "quotechar": dialect.quote_char,
        "quoting": csv.QUOTE_MINIMAL if dialect.quote_char else csv.QUOTE_NONE,
        "doublequote": dialect.double_quote,
        "escapechar": dialect.escape_char,
        "skipinitialspace": dialect.skip_initial_space,
    }
