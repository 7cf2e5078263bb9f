"""What every reader gives: the labels of a table, and its records in batches."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

import polars as pl

from validate._src.reading.stretches import Stretch
from validate._src.words.cells import Sheet
from validate._src.words.codes import CODES
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.model import Resource


@dataclass(frozen=True)
class Batch:
    """Some records of a table, in order; records of the header and comments are left out.

    Attributes:
        location: the file, as messages and findings name it; of several the first.
        rows: n record numbers from 1, the header counted.
        lines: n physical lines on which the records start, from 1; null where the format
            has no lines.
        cells: n rows, the columns named `0`, `1`, … as many as the table is wide; null where
            the record has no such cell, or where it is empty in a format that has only text.
        ragged: the cells of every record that has more or fewer than the table is wide, by
            index; those of empty lines are left out.
        empty: the indexes of records that are empty lines, in order.
        kinds: what the cells of a column are in a format that knows numbers, booleans and
            such, by column, each n names of native types; text where a column is absent.
        findings: faults of the file found while it was read.
        complete: whether its last file could be read so far; if not, the batches that follow are
            of other files.
        extra_keys: the keys of the cells that an object has beyond the columns, by index.
        written: gives the text of a record as it stands in the file, by its number; None where
            the format has none, or no rows were asked for.
        sheet: where they stand in a workbook; None in other formats.
        others: the other files, if the records are of several: each with the number of its first
            record, its header counted.
        is_native: whether columns of `cells` have their own types instead of texts and `kinds`.
        own_nulls: the columns of texts, without kinds, in which an empty text is not null.
        stretch: where the records stand, if they can be read again by that.
    """

    location: str
    rows: pl.Series
    lines: pl.Series
    cells: pl.DataFrame
    ragged: Mapping[int, list[str]] = field(default_factory=dict[int, list[str]])
    empty: pl.Series = field(default_factory=lambda: pl.Series(dtype=pl.UInt32))
    kinds: Mapping[str, pl.Series] = field(default_factory=dict[str, pl.Series])
    findings: tuple[Finding, ...] = ()
    complete: bool = True
    extra_keys: Mapping[int, tuple[str, ...]] = field(default_factory=dict[int, tuple[str, ...]])
    written: Callable[[int], str] | None = None
    sheet: Sheet | None = None
    others: tuple[tuple[int, str, Sheet | None], ...] = ()
    is_native: bool = False
    own_nulls: frozenset[str] = frozenset()
    stretch: Stretch | None = None


class Reader(Protocol):
    """An opened table.

    Attributes:
        labels: the cells of its header; None for a table without one.
        header_row: record number of its header, of its last row where it has several; 1
            where the labels are names of columns or keys.
        has_keys: whether the labels are keys of objects, which have no order.
        header_line: physical line on which that row starts, from 1; None where the format
            has no lines, or no such row.
        sheet: where the header stands in a workbook; None in other formats.
    """

    labels: list[str] | None
    has_keys: bool
    header_row: int
    header_line: int | None
    sheet: Sheet | None

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The records of a table of so many columns; at least one batch, if an empty one.

        Args:
            width: how many columns the table has.
            wanted: the columns that are looked at; where it is given, the others may be
                left out, and what is ragged need not be told.
            rows: the numbers of the records that are looked at, ascending; where they are
                given beside the columns, the others may be left out.
        """
        ...


@runtime_checkable
class AnyLabels(Protocol):
    """A reader of what may have half of a surrogate pair in a label, which is no character.

    Attributes:
        broken_labels: the columns that have such labels, from 0; a question mark stands there.
    """

    broken_labels: Sequence[int]


def columns(width: int) -> list[str]:
    """The names of the columns of `cells`."""
    return [str(index) for index in range(width)]


def as_columns(rows: Sequence[Sequence[str | None]], width: int) -> pl.DataFrame:
    """Rows as columns, null beyond the end of a row; what is beyond the width is left out."""
    if not width:
        return pl.DataFrame(height=len(rows))
    return pl.DataFrame(
        {
            name: [row[index] if index < len(row) else None for row in rows]
            for index, name in enumerate(columns(width))
        },
        schema=dict.fromkeys(columns(width), pl.String),
    )


def joined_labels(rows: Sequence[Sequence[str]], separator: str) -> list[str]:
    """The labels that rows of a header make together, empty cells left out.

    The last cell of a row goes on to the end of the header, but for the last row.

    Source: Data Package 2.0, Table Dialect, "headerRows", of which the example has a row of
    one cell above two.
    """
    width = max(map(len, rows), default=0)
    padded = [
        [*row, *[row[-1] if row and number < len(rows) else ""] * (width - len(row))]
        for number, row in enumerate(rows, 1)
    ]
    return [separator.join(filter(None, labels)) for labels in zip(*padded, strict=True)]


def broken(resource: Resource, error: FileError) -> Finding:
    """The fault of a file that cannot be read, or not to its end."""
    return file_finding(
        resource, error.code, error.reason, line=error.line, location=error.location
    )


def broken_batch(resource: Resource, error: FileError, width: int) -> Batch:
    """What there is of a file of which nothing can be read any more: the reason."""
    nothing = pl.Series(dtype=pl.Int64)
    return Batch(
        location=error.location,
        rows=nothing,
        lines=nothing,
        cells=as_columns([], width),
        findings=(broken(resource, error),),
        complete=False,
    )


def file_finding(
    resource: Resource,
    code: str,
    message: str,
    *,
    line: int | None = None,
    rule: str | None = None,
    value: str | None = None,
    location: str | None = None,
    severity: str | None = None,
) -> Finding:
    """A fault of a file as a whole, as bad as its code says unless it is given."""
    return Finding(
        resource=resource.name,
        path=location or resource.location,
        code=code,
        severity=severity or CODES[code].severity,
        message=message,
        line=line,
        rule=rule,
        value=value,
    )
