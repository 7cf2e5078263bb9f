"""Sheets of workbooks, of Excel and of OpenDocument, as tables."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

import polars as pl

from validate._src.reading._continuing import Continuation, why_unread
from validate._src.reading._sheetheads import BookOfTable, are_comments, books_of, up_to_last
from validate._src.reading._sheets import Block
from validate._src.reading.batch import (
    Batch,
    broken_batch,
    columns,
    file_finding,
)
from validate._src.words.cells import Sheet, column_letters
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.model import Resource
from validate._src.words.partitions import in_files
from validate._src.words.printing import counted

IDS = ("integer", "string", "any")
"""Types of fields whose whole numbers may be ids; measurements may be rounded."""
DIGITS = 15
"""Significant digits of a number that spreadsheets keep; those beyond are zeros."""
LONG = rf"^-?[0-9]{{{DIGITS + 1},}}$"


class SheetReader:
    """An opened sheet of a workbook, or of several workbooks that follow each other.

    Attributes:
        labels: the cells of its header; None for a table without one.
        has_keys: False.
        header_row: number of its header, of its last row where it has several.
        header_line: None, for it has no lines.
        sheet: where the header stands.

    Source: Data Package 2.0, Table Dialect, "sheetNumber", "sheetName"; Data Resource,
    "path", of several files: treated as one that they make together, each with a header of its own.
    """

    labels: list[str] | None
    has_keys: bool = False
    header_row: int = 1
    header_line: int | None = None
    sheet: Sheet | None

    def __init__(self, resource: Resource) -> None:
        """Reads the header.

        Raises:
            FileError: a file is no workbook, or has no such sheet.
            UnreadableError: the library that reads workbooks is not installed.
        """
        self._resource = resource
        self._files = books_of(resource)
        first = next(self._files)
        if isinstance(first, FileError):
            raise first
        self._first = first
        self.sheet = self._first.sheet
        self.labels = self._first.labels if resource.dialect.header else None
        if self._first.header:
            self.header_row = max(self._first.header)
        self._continuation = Continuation(resource)
        schema = in_files(resource, self.labels).schema
        fields = schema.fields if schema else ()
        types = {field.name: field.type for field in fields}
        labels = [*types] if self.labels is None else self.labels
        self._moments = [
            str(at) for at, label in enumerate(labels) if types.get(label) == "datetime"
        ]
        self._whole = {at: label for at, label in enumerate(labels) if types.get(label) in IDS}

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The rows of a table of so many columns; at least one batch, if an empty one.

        A file that is no workbook, has no such sheet or another header is the last of a batch
        that is incomplete.
        """
        number, notes, is_empty = 1, list[Finding](), True
        for file in chain([self._first], self._files):
            try:
                if isinstance(file, FileError):
                    raise file
                sheet = replace(file.sheet, rows_before=number - 1)
                notes += self._without_value(file)
                head = self._head_left_out(file, notes)
                number += head
                for block in file.blocks:
                    rest, head = block.from_row(head), max(head - block.cells.height, 0)
                    if rest.cells.height:
                        made = self._batch(rest, number, width, file, sheet)
                        number += rest.cells.height
                        yield replace(made, findings=(*notes, *made.findings))
                        notes, is_empty = [], False
            except FileError as error:
                yield broken_batch(self._resource, error, width)
                is_empty = False
        if is_empty or notes:
            nothing = Block(pl.DataFrame(), {})
            made = self._batch(nothing, number, width, self._first, self._first.sheet)
            yield replace(made, findings=(*notes, *made.findings))

    def _head_left_out(self, file: BookOfTable, notes: list[Finding]) -> int:
        """How many rows at the beginning of a file are no rows of the table.

        Where its first row is one of the table, it has no header.

        Raises:
            FileError: it has another header, so that its cells belong to other columns.

        Source: Data Package 2.0, Data Resource, "path", of several files: similar in structure
        and format; Table Dialect, "header".
        """
        if self.labels is None or file is self._first:
            return file.head
        rows = [*file.header.values()]
        begin = self._continuation.beginning_of(self.labels, file.labels, rows)
        if begin.is_another and rows:
            message = why_unread(self._resource, begin, self.labels, file.labels)
            raise FileError(file.part.location, message)
        if rows:
            notes += self._continuation.warnings(begin, file.part.location, None)
        return file.head if begin.is_header else 0

    def _batch(
        self, block: Block, number: int, width: int, file: BookOfTable, sheet: Sheet
    ) -> Batch:
        """The rows of a block that are no comments, as those of a table of so many columns."""
        kept = ~are_comments(self._resource.dialect, block, number - sheet.rows_before)
        rows = pl.int_range(number, number + block.cells.height, eager=True).filter(kept)
        whole = block.cells.filter(kept)
        kinds = {name: kind.filter(kept) for name, kind in block.kinds.items()}
        nothing = pl.repeat(None, len(rows), dtype=pl.String, eager=True)
        batch = Batch(
            location=file.part.location,
            rows=rows,
            lines=pl.Series([None] * len(rows), dtype=pl.Int64),
            cells=pl.DataFrame(
                {name: whole[name] if name in kinds else nothing for name in columns(width)}
            ),
            ragged=_longer(whole, width),
            kinds={name: kinds.get(name, nothing) for name in columns(width)},
            sheet=sheet,
        )
        batch = _with_moments(batch, self._moments)
        return replace(batch, findings=tuple(self._rounded(batch)))

    def _without_value(self, file: BookOfTable) -> Iterator[Finding]:
        """A warning for the cells of a sheet that have a formula and no value.

        Programs that only write workbooks leave the values to those that calculate.
        """
        places = file.without_value
        if not places.count:
            return
        names = [f"{column_letters(column)}{row + 1}" for row, column in places.first]
        more = f" and {places.count - len(names):,} more" if places.count > len(names) else ""
        fault = file_finding(
            self._resource,
            "formula-without-value",
            f"{counted(places.count, 'formula')} without a value, read as empty: "
            f"{', '.join(names)}{more}",
            location=file.part.location,
        )
        yield replace(fault, sheet=file.sheet.name, cell=names[0])

    def _rounded(self, batch: Batch) -> Iterator[Finding]:
        """A warning for each column of whole numbers longer than a spreadsheet keeps them.

        It stands at the first of them, and once in a table: which digits are lost nobody can tell.
        """
        for at, label in [*self._whole.items()]:
            if str(at) not in batch.cells:
                continue
            texts = batch.cells[str(at)]
            long = texts.str.contains(LONG) & (batch.kinds[str(at)] == "integer")
            first = long.arg_max() if long.any() else None
            if first is None:
                continue
            del self._whole[at]
            fault = file_finding(
                self._resource,
                "rounded-number",
                f"a number of {len(texts[first].lstrip('-'))} digits, of which spreadsheets keep "
                f"{DIGITS}: the others may be lost; keep such ids as texts",
                value=texts[first],
                location=batch.location,
            )
            row, sheet = batch.rows[first], batch.sheet
            assert sheet is not None
            cell = sheet.cell(row, at, batch.cells.width)
            yield replace(fault, row=row, field=label, sheet=sheet.name, cell=cell)


def _longer(cells: pl.DataFrame, width: int) -> dict[int, list[str]]:
    """The cells of each row that has some beyond the width of the table, by index."""
    beyond = cells.select(cells.columns[width:])
    if not beyond.width:
        return {}
    filled = beyond.select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    return {index: up_to_last(cells.row(index)) for index in filled.arg_true()}


def _with_moments(batch: Batch, names: Sequence[str]) -> Batch:
    """A batch in which days are moments as well, those at which they begin, in some columns."""
    cells, kinds = batch.cells, dict(batch.kinds)
    for name in names:
        if name in kinds and (kinds[name] == "date").any():
            is_day = pl.lit(kinds[name] == "date")
            text = pl.when(is_day).then(pl.col(name) + "T00:00:00").otherwise(pl.col(name))
            cells = cells.with_columns(text.alias(name))
            kind = pl.when(is_day).then(pl.lit("datetime")).otherwise(pl.lit(kinds[name]))
            kinds[name] = pl.select(kind).to_series()
    return replace(batch, cells=cells, kinds=kinds)
