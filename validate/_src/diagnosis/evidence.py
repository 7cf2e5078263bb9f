"""What a file begins with: its bytes, its header and first rows, read in one way or another."""

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from validate._src.describe.firstlines import first_lines
from validate._src.fields.types import FIELD_TYPES
from validate._src.reading import open_table
from validate._src.reading.batch import Reader
from validate._src.reading.encodings import UTF_8
from validate._src.reading.formats import format_named
from validate._src.words.errors import FileError, PackageError, UnreadableError
from validate._src.words.model import Part, Resource, TabularResource
from validate._src.words.schema import Field

ROWS = 1000  # a share of fewer is chance, and more do not change it
PARQUET = format_named("parquet")
NEARLY_ALL = 0.9
"""The share of rows or cells that a diagnosis holds for; the others have faults of their own."""

MISFIT = 0.1
"""The share of a column's cells that may be of the type of the field in its place, if another
column is to stand there."""


@dataclass(frozen=True)
class Row:
    """A row of a file.

    Attributes:
        number: record number from 1.
        line: physical line on which it starts; None where the format has no lines.
        cells: its cells as text; empty where there is none.
    """

    number: int
    line: int | None
    cells: Sequence[str]


@dataclass(frozen=True)
class Sample:
    """The header and the first rows of a file.

    Attributes:
        labels: the cells of the header; None where none is declared.
        row: record number of the header.
        line: physical line on which it starts.
        rows: the rows after it, blank ones left out.
        has_keys: whether the labels are keys of objects, which belong to fields by name alone.
    """

    labels: list[str] | None
    row: int
    line: int | None
    rows: list[Row]
    has_keys: bool = False

    @cached_property
    def width(self) -> int:
        """How many cells nearly all rows have; 0 where they differ, or there are none."""
        widths = Counter(len(row.cells) for row in self.rows)
        width, number = widths.most_common(1)[0] if widths else (0, 0)
        return width if number >= NEARLY_ALL * len(self.rows) else 0

    def column(self, index: int) -> list[str]:
        """The cells of a column, as far as the rows have it."""
        return [row.cells[index] for row in self.rows if index < len(row.cells)]


NOTHING = Sample([], 1, None, [])


@dataclass(frozen=True)
class Evidence:
    """What there is to diagnose a file by.

    Attributes:
        resource: its resource.
        part: the file.
    """

    resource: TabularResource
    part: Part
    _lines: list[bytes] = dataclasses.field(default_factory=list[bytes], repr=False, compare=False)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields of the schema."""
        return self.resource.schema.fields

    @property
    def is_by_position(self) -> bool:
        """Whether columns belong to the fields in their places, whatever their labels.

        Those of a later file of Parquet belong to the columns with the same names in the first.
        """
        later = self.part.location != self.resource.location
        by_name = self.sample.has_keys or (later and format_named(self.resource.format) is PARQUET)
        return self.resource.schema.fields_match == "exact" and not by_name

    @property
    def is_delimited(self) -> bool:
        """Whether the file is declared to be delimited text."""
        known = format_named(self.resource.format)
        return known is not None and known.described == "dialect"

    @property
    def has_rows_above_the_header(self) -> bool:
        """Whether the format has rows of which one is the header: keys have no place."""
        known = format_named(self.resource.format)
        return known is not None and known.described in ("dialect", "sheet")

    @cached_property
    def sample(self) -> Sample:
        """The file as it is declared to be read."""
        return _sample(self._reader, self.fields)

    @property
    def labels(self) -> list[str] | None:
        """The labels of `sample`, or those of a file without one; no row is read for them."""
        return [] if self._reader is None else self._reader.labels

    @cached_property
    def _reader(self) -> Reader | None:
        return self._opened(self.resource)

    def columns(self) -> Iterator[tuple[Field, list[str]]]:
        """The fields that have a column, with its cells."""
        names, labels = self.resource.schema.names, self.sample.labels
        for index, field in enumerate(self.fields):
            if labels is None or self.is_by_position:
                yield field, self.sample.column(index)
            elif names[index] in labels:
                yield field, self.sample.column(labels.index(names[index]))

    @cached_property
    def without_header(self) -> Sample:
        """The file with its header among the rows."""
        dialect = replace(self.resource.dialect, header=False, header_rows=())
        return self._read(replace(self.resource, dialect=dialect))

    def delimited_by(self, delimiter: str) -> "Evidence":
        """The same file with another delimiter, or the declared one; read once for each."""
        if delimiter not in self._by_delimiter:
            dialect = replace(self.resource.dialect, delimiter=delimiter)
            resource = replace(self.resource, dialect=dialect)
            self._by_delimiter[delimiter] = Evidence(resource, self.part, self._lines)
        return self._by_delimiter[delimiter]

    @cached_property
    def _by_delimiter(self) -> dict[str, "Evidence"]:
        return {self.resource.dialect.delimiter: self}

    @cached_property
    def without_quotes(self) -> Sample:
        """The file with its quotes as part of the texts."""
        dialect = replace(self.resource.dialect, quote_char=None)
        return self._read(replace(self.resource, dialect=dialect))

    def _read(self, resource: Resource) -> Sample:
        """A sample of the file read in another way."""
        return _sample(self._opened(resource), self.fields)

    def _opened(self, resource: Resource) -> Reader | None:
        """What reads the file in some way; None where it cannot be read."""
        try:
            return open_table(self._beginning(resource))
        except (FileError, PackageError, UnreadableError):
            return None

    def _beginning(self, resource: Resource) -> Resource:
        """A resource that has only this file, and of text only its first lines."""
        alone = replace(resource, parts=(self.part,))
        if not self.is_delimited:
            return alone
        if not self._lines:  # the same whatever delimits them
            self._lines.append(first_lines(alone))
        return replace(
            alone,
            parts=(Part(self.part.location, None, self._lines[0]),),
            encoding=UTF_8,
            compression="",
            detects_encoding=False,
        )


def _sample(reader: Reader | None, fields: Sequence[Field]) -> Sample:
    """What a reader gives first; nothing where that cannot be read."""
    if reader is None:
        return NOTHING
    width = len(fields) if reader.labels is None else len(reader.labels)
    try:
        batch = next(iter(reader.batches(width)))
    except (FileError, PackageError, UnreadableError):
        return NOTHING
    rows = [
        Row(number, line, batch.ragged.get(index) or [cell or "" for cell in cells])
        for index, (number, line, cells) in enumerate(
            zip(batch.rows, batch.lines, batch.cells.head(ROWS).iter_rows(), strict=False)
        )
    ]
    filled = [row for row in rows if any(row.cells)]
    return Sample(reader.labels, reader.header_row, reader.header_line, filled, reader.has_keys)


def share(field: Field, texts: Sequence[str]) -> float | None:
    """The share of texts that are values of a field; None where any text is, or there is none."""
    filled = filled_cells(field, texts)
    if not filled or is_any_text(field):
        return None
    return sum(are_values(field, filled)) / len(filled)


def misfits(evidence: Evidence) -> bool:
    """Whether some column does not have the type of the field in its place, or hardly ever."""
    shares = (
        share(field, evidence.sample.column(index)) for index, field in enumerate(evidence.fields)
    )
    return any(one is not None and one <= MISFIT for one in shares)


def is_any_text(field: Field) -> bool:
    """Whether any text is a value of a field, so that its cells tell nothing."""
    return field.type == "any" or (field.type == "string" and field.format == "default")


def filled_cells(field: Field, texts: Sequence[str]) -> list[str]:
    """The texts of a field that are no missing values."""
    return [text for text in texts if text and text not in field.missing_values]


def no_values(field: Field, texts: Sequence[str]) -> list[str]:
    """The texts that are not of the type and format of a field."""
    fitting = are_values(field, texts)
    return [text for text, fits in zip(texts, fitting, strict=True) if not fits]


def are_values(field: Field, texts: Sequence[str]) -> list[bool]:
    """Whether each of some texts is of the type and format of a field."""
    parser = FIELD_TYPES[field.type].parser(field.format)
    if parser is None:
        return [True] * len(texts)
    frame = pl.DataFrame({field.name: texts}, schema={field.name: pl.String})
    return frame.select(parser(pl.col(field.name), field)).to_series().is_not_null().to_list()
