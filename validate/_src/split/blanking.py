"""Rows without the values of restricted fields (extension).

Source: docs/extensions.md, "Restricted fields".
"""

from collections.abc import Set
from dataclasses import dataclass

from validate._src.reading import open_table
from validate._src.reading.delimited import DelimitedReader
from validate._src.reading.records import Record, written_cells
from validate._src.reading.written import DELIMITED, Kind, NotAsWrittenError, Written
from validate._src.tables.header import match_header
from validate._src.words.model import Dialect, TabularResource

MOVED = (
    "it has restricted fields, and a value in a column without label, so it is not sure where "
    "theirs stand: {}, line {}"
)


@dataclass(frozen=True)
class Blanking:
    """What is left of the rows of a table that has restricted fields.

    Attributes:
        dialect: how the rows are written.
        width: how many columns the table has.
        shown: the columns of fields that are not restricted.
        labelled: the columns of fields.
        unlabelled: those without label or field, which are debris if they are empty.
        header_rows: the numbers of the records that the header is made of.
    """

    dialect: Dialect
    width: int
    shown: Set[int]
    labelled: Set[int]
    unlabelled: Set[int]
    header_rows: Set[int]

    def blanked(self, written: Written) -> str:
        """A record as it may be written: cells of restricted fields are empty.

        All are in a row that has more or fewer cells than there are columns, or a quote astray:
        its values may stand in columns of others. What is no row may hold anything, and goes.

        Raises:
            NotAsWrittenError: a row that has as many cells as the header has one in a column
                without label, so that the others may be those of their neighbours.
        """
        record = written.record
        assert record is not None, "only delimited text is blanked"
        body, end = _parted(record, self.dialect)
        columns = self._columns(written.kind, record)
        if columns is None:
            return end if self.dialect.header_rows and written.kind == "head" else ""
        cells = written_cells(body, self.dialect)
        joined = self.dialect.delimiter.join(cells)
        if len(cells) != self.width or len(record.cells) != self.width or joined != body:
            columns = frozenset[int]()
            cells = [""] * self.width if record.cells else []
        if written.is_astray:
            columns = frozenset[int]()
        if columns and any(record.cells[at] for at in self.unlabelled):
            raise NotAsWrittenError(MOVED.format(written.location, written.line))
        kept = [cell if at in columns else "" for at, cell in enumerate(cells)]
        return self.dialect.delimiter.join(kept) + end

    def _columns(self, kind: Kind, record: Record) -> Set[int] | None:
        """The columns of a record that are written; None if it is no row."""
        if kind == "row":
            return self.shown
        is_header = kind == "head" and record.number in self.header_rows
        return self.labelled if is_header else None


def blanking_of(resource: TabularResource) -> Blanking | None:
    """What is to be blanked in the rows of a table; None if it has no restricted fields.

    Raises:
        NotAsWrittenError: it cannot be told where their values stand.
    """
    if not resource.schema.restricted:
        return None
    if resource.format not in DELIMITED:
        raise NotAsWrittenError("it has restricted fields, which only delimited text can leave out")
    reader = open_table(resource)
    assert isinstance(reader, DelimitedReader), f"{resource.format} is delimited text"
    header = match_header(resource, reader.labels, reader.header_row, reader.header_line)
    if header.findings:
        message = "it has restricted fields, and its header does not say for sure where they stand"
        raise NotAsWrittenError(message)
    return Blanking(
        dialect=resource.dialect,
        width=header.width,
        shown={at for name, at in header.columns.items() if name not in resource.schema.restricted},
        labelled={*header.columns.values()},
        unlabelled={*header.unnamed},
        header_rows={*(resource.dialect.header_rows or (reader.header_row,))},
    )


def _parted(record: Record, dialect: Dialect) -> tuple[str, str]:
    """The text of a record, and the end of its last line."""
    text = "".join(record.lines)
    if dialect.line_terminator and text.endswith(dialect.line_terminator):
        body = text.removesuffix(dialect.line_terminator)
    else:
        body = text.rstrip("\r\n")
    return body, text[len(body) :]
