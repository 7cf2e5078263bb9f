"""Quotes that take in rows: cells of several lines, each of which would be a row by itself."""

import re
from collections.abc import Iterator, Sequence, Set

import polars as pl

from validate._src.reading.batch import Batch
from validate._src.reading.formats import format_named
from validate._src.reading.records import OTHER_QUOTE
from validate._src.tables.table import Table
from validate._src.words.codes import WARNING
from validate._src.words.findingframe import FindingFrame

LOOKED_AT = 1000  # rows by which columns of digits are told
NEARLY_ALL = 0.9
"""The share of the cells of a column that are written with digits for its cells to tell rows from
lines of a text."""
OF_DIGITS = re.compile(r"[-+]?[0-9][0-9.,:/ TZ+-]*")
SEVERAL = 3
"""Lines, and columns, that suffice where no column tells: fewer are as even by chance."""


def swallowed_rows(table: Table, batch: Batch, width: int) -> Iterator[FindingFrame]:
    """A warning for each record that is several rows, if its quotes are taken as text.

    Each of its lines has a cell for each column, and digits where nearly all other rows have
    them. RFC 4180 allows such a cell, so that it is a guess. Of a quote that is never closed the
    reader says more.

    Args:
        table: the rows of the batch, blank ones among them.
        batch: the batch.
        width: how many columns the table has.

    Source: RFC 4180, section 2, 6; Data Package 2.0, Table Dialect, "quoteChar".
    """
    dialect, known = table.resource.dialect, format_named(table.resource.format)
    if known is None or known.described != "dialect" or not dialect.quote_char or width < 2:
        return
    found = {
        index: lines
        for index in _of_several_lines(batch, dialect.delimiter, width)
        if (lines := _rows_in(_cells(batch, index), dialect.delimiter, width))
    }
    if not batch.complete:
        found.pop(len(batch.rows) - 1, None)
    if not found:
        return
    digits = _columns_of_digits(batch, found.keys())
    told = {index: lines for index, lines in found.items() if _are_rows(lines, digits, width)}
    if told:
        starts = batch.lines.gather([*told]).to_list()
        messages = [
            _message(start, len(lines), dialect.quote_char, width)
            for start, lines in zip(starts, told.values(), strict=True)
        ]
        yield table.findings_at(
            pl.Series([*told], dtype=pl.UInt32),
            "misread-file",
            pl.Series(messages),
            rule="quoteChar",
            severity=WARNING,
        )


def _message(start: int, lines: int, quote: str, width: int) -> str:
    return (
        f"a quote opens a cell on line {start:,} and closes on line {start + lines - 1:,}; by "
        f"itself, each of these {lines:,} lines is a row of {width:,} cells, so they were probably "
        f"meant as rows; double a {quote} that is text, in a cell within quotes, or {OTHER_QUOTE}"
    )


def _of_several_lines(batch: Batch, delimiter: str, width: int) -> Iterator[int]:
    """The records of several lines that have as many delimiters as so many rows."""
    begins = _begin_several(batch.lines)
    cells = batch.cells.tail(1) if len(begins) == 1 else batch.cells[begins]
    if cells.height == 1 and not any("\n" in (cell or "") for cell in cells.row(0)):
        return  # for most batches: the last of its records, and no other has several lines
    breaks = pl.sum_horizontal(_count("\n")).alias("breaks")
    inner = pl.sum_horizontal(_count(delimiter)).alias("inner")
    counts = cells.select(breaks, inner)
    wanted = (counts["breaks"] > 0) & (counts["inner"] == counts["breaks"] * (width - 1))
    even = set(begins.filter(wanted))
    ragged = {index for index, cells in batch.ragged.items() if any("\n" in one for one in cells)}
    yield from sorted((even - batch.ragged.keys()) | ragged)


def _begin_several(lines: pl.Series) -> pl.Series:
    """The indexes of records that may have several lines: the last, and those before a gap."""
    if len(lines) and not lines.null_count() and lines[-1] - lines[0] == len(lines) - 1:
        return pl.Series([len(lines) - 1], dtype=pl.UInt32)  # each line is a record: no query
    steps = pl.lit(lines).diff(null_behavior="ignore").shift(-1)
    return pl.select((steps != 1).fill_null(value=True).arg_true()).to_series()


def _count(text: str) -> pl.Expr:
    return pl.all().fill_null("").str.count_matches(text, literal=True)


def _cells(batch: Batch, index: int) -> Sequence[str]:
    return batch.ragged.get(index) or [cell or "" for cell in batch.cells.row(index)]


def _rows_in(cells: Sequence[str], delimiter: str, width: int) -> list[list[str]]:
    """The cells of the lines of a record; none where these are not rows of so many cells."""
    text = delimiter.join(cells).replace("\r\n", "\n")
    lines = [line.split(delimiter) for line in text.removesuffix("\n").split("\n")]
    return lines if len(lines) > 1 and all(len(line) == width for line in lines) else []


def _columns_of_digits(batch: Batch, but: Set[int]) -> list[int]:
    """The columns of which nearly all cells of the other rows are written with digits."""
    others = [at for at in range(min(len(batch.rows), LOOKED_AT)) if at not in but]
    sample = batch.cells[others]
    return [at for at, name in enumerate(sample.columns) if _is_of_digits(sample[name])]


def _is_of_digits(cells: pl.Series) -> bool:
    filled = [cell for cell in cells if cell]
    fitting = sum(OF_DIGITS.fullmatch(cell) is not None for cell in filled)
    return bool(filled) and fitting >= NEARLY_ALL * len(filled)


def _are_rows(lines: Sequence[Sequence[str]], digits: Sequence[int], width: int) -> bool:
    """Whether lines are rows by what stands in the columns of digits, or by their number."""
    if not digits:
        return len(lines) > SEVERAL and width >= SEVERAL
    return all(OF_DIGITS.fullmatch(line[at]) for line in lines for at in digits if line[at])
