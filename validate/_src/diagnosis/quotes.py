"""Quotes that are part of the texts, and stand around no cells."""

import re
from collections.abc import Iterator

import polars as pl

from validate._src.diagnosis.diagnosis import EVERY_ROW, Diagnosis
from validate._src.diagnosis.evidence import Evidence, Sample
from validate._src.reading.records import OTHER_QUOTE, quoted_cell
from validate._src.words.codes import WIDTH_CODES

ASTRAY = 0.5
"""The share of the cells that begin with a quote which must not be whole cells within quotes."""

SEVERAL = 2  # of one quote that takes in no rows its own finding says enough


def quotes_as_text(evidence: Evidence) -> Iterator[Diagnosis]:
    """A text of which every row has a cell for each label as long as quotes mean nothing.

    At least half of the cells that begin with a quote do not end with it, or have others inside.

    Source: Data Package 2.0, Table Dialect, "quoteChar"; RFC 4180, section 2.
    """
    quote = evidence.resource.dialect.quote_char
    if not evidence.is_delimited or not quote or not _is_even(evidence, quote):
        return
    lines = _astray(evidence.without_quotes, quote)
    takes_in_rows = len(evidence.without_quotes.rows) > len(evidence.sample.rows)
    if lines and (takes_in_rows or len(lines) >= SEVERAL):
        line = lines[0]
        width = len(evidence.without_quotes.rows[0].cells)
        yield Diagnosis(
            "quoteChar",
            f"a quote begins a cell on line {line} that it does not end, and takes in what "
            f"follows; taken as text, it leaves each row its {width} cells; double it in a cell "
            f"within quotes, or if quotes are part of the texts, {OTHER_QUOTE}",
            _of_quotes(),
            unchecked="rows in which quotes stand",
            line=line,
        )


def _is_even(evidence: Evidence, quote: str) -> bool:
    """Whether all rows have a cell for each column, of two at least, where quotes are texts."""
    sample = evidence.without_quotes
    labels = sample.labels or []
    width = len(evidence.fields) if sample.labels is None else len(labels)
    widths = {len(row.cells) for row in sample.rows}
    return width > 1 and widths == {width} and not any(quote in label for label in labels)


def _astray(sample: Sample, quote: str) -> list[int | None]:
    """The lines of the cells that begin with a quote and are none within quotes."""
    whole = re.compile(quoted_cell(quote))
    cells = [
        (row.line, whole.fullmatch(cell) is not None)
        for row in sample.rows
        for cell in row.cells
        if cell.startswith(quote)
    ]
    lines = [line for line, is_whole in cells if not is_whole]
    return lines if len(lines) >= ASTRAY * len(cells) else []


def _of_quotes() -> pl.Expr:
    """Faults of quotes and of how many cells a row has, and what is said of rows taken in."""
    code = pl.col("code")
    of_rows = EVERY_ROW & code.is_in(["quote-error", *WIDTH_CODES])
    return of_rows | ((code == "misread-file") & (pl.col("rule") == "quoteChar"))
