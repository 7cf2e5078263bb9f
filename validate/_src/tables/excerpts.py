"""Rows as they stand in their files, to show findings in."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import polars as pl

from validate._src.reading import open_table
from validate._src.reading.batch import columns
from validate._src.reading.delimited import DelimitedReader
from validate._src.reading.records import written_cells
from validate._src.tables.batches import rows_astray
from validate._src.tables.header import Header, match_header
from validate._src.words.codes import WIDTH_CODES
from validate._src.words.errors import FileError, UnreadableError
from validate._src.words.finding import WITHHELD, Finding, cut
from validate._src.words.model import Package, TabularResource


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        cells: the text of its cells, each cut as values are; empty where there is none.
        columns: at which of them each field of the schema stands.
        width: how many columns the table has; the row may have more cells or fewer.
        delimiter: what parts them in the file; a comma where nothing does.
        namesakes: the columns of the fields of a name, for names that several fields have.
        written: the cells as they stand in the file, with their quotes, each cut as values are.
    """

    cells: tuple[str, ...]
    columns: Mapping[str, int]
    width: int
    delimiter: str = ","
    namesakes: Mapping[str, Sequence[int]] = field(default_factory=dict[str, Sequence[int]])
    written: tuple[str, ...] = ()

    def positions(self, finding: Finding, names: Iterable[str]) -> list[int]:
        """The indexes of the cells that a finding is about, in order.

        Args:
            finding: a finding in the row.
            names: the fields that its key or rule names.
        """
        own = self.position(finding)
        named = (at for name in names if (at := self.columns.get(name)) is not None)
        found = {at for at in named if at < len(self.cells)}
        return sorted(found if own is None else found | {own})

    def position(self, finding: Finding) -> int | None:
        """The index of the cell at fault; past the last if missing, None for a row's fault."""
        if finding.code == "missing-cell":
            return len(self.cells)
        if finding.code == "extra-cell" and finding.value in self.cells[self.width :]:
            return self.cells.index(finding.value, self.width)
        if finding.field is None or finding.field not in self.columns:
            return None
        places = self.namesakes.get(finding.field, [self.columns[finding.field]])
        there = [at for at in places if at < len(self.cells)]
        of_value = (at for at in there if self.cells[at] == finding.value)
        return next(of_value, there[0] if there else None)


def read_rows(
    package: Package, findings: Iterable[Finding], ragged: Iterable[str] = ()
) -> dict[tuple[str, int], Row]:
    """The rows that findings speak of, by resource and row number.

    The files are read again as far as the last of them; a row that is not there any more,
    or that cannot be read, is left out.

    Args:
        package: the package.
        findings: the findings.
        ragged: names of resources whose rows are wanted with cells beyond the columns, as they are
            where one of the findings is of such cells or of missing ones.

    Raises:
        PackageError: a file cannot be read any more.
    """
    wanted: dict[str, set[int]] = {}
    ragged = {*ragged}
    for finding in findings:
        if finding.row is not None:
            wanted.setdefault(finding.resource, set()).add(finding.row)
        if finding.code in WIDTH_CODES:
            ragged.add(finding.resource)
    return {
        (name, number): row
        for name, numbers in wanted.items()
        if name in package.tables
        for number, row in _rows(package.tables[name], numbers, ragged=name in ragged)
    }


def _rows(
    resource: TabularResource, numbers: set[int], *, ragged: bool
) -> Iterator[tuple[int, Row]]:
    """The rows with these numbers, as far as the files can be read."""
    with suppress(UnreadableError, FileError):
        yield from _rows_up_to_the_last(resource, numbers, ragged=ragged)


def _rows_up_to_the_last(
    resource: TabularResource, numbers: set[int], *, ragged: bool
) -> Iterator[tuple[int, Row]]:
    """The rows with these numbers; if some are ragged, all have to be read up to the last."""
    wanted = pl.Series(sorted(numbers), dtype=pl.Int64)
    reader = open_table(resource)
    header = match_header(resource, reader.labels, are_keys=reader.has_keys)
    if reader.header_row in numbers and reader.labels:
        text = reader.header_text if isinstance(reader, DelimitedReader) else None
        labels = [resource.schema.shown_label(label) for label in reader.labels]
        yield reader.header_row, _row(labels, header, resource, None if header.withheld else text)
    names = columns(header.width)
    ragged = ragged or bool(header.withheld)
    for batch in reader.batches(header.width, None if ragged else names, wanted):
        cells = batch.cells.select(names)
        astray = rows_astray(batch, header) if header.withheld else None
        for index in batch.rows.is_in(wanted.implode()).arg_true():
            texts = batch.ragged.get(index) or cells.row(index)
            number = batch.rows[index]
            text = None if batch.written is None or header.withheld else batch.written(number)
            shown = _as_shown(texts, header, is_astray=astray is not None and astray[index])
            yield number, _row(shown, header, resource, text)
        if len(batch.rows) and batch.rows[-1] >= wanted[-1]:
            return


def _as_shown(
    texts: Sequence[str | None], header: Header, *, is_astray: bool
) -> Sequence[str | None]:
    """The cells of a row as they may be written; beside restricted fields only known columns are.

    Args:
        texts: the cells.
        header: which columns they stand in.
        is_astray: whether they may stand in columns of others.
    """
    if not header.withheld:
        return texts
    free = {at for name, at in header.columns.items() if name not in header.withheld}
    return [text if at in free and not is_astray else WITHHELD for at, text in enumerate(texts)]


def _row(
    texts: Sequence[str | None], header: Header, resource: TabularResource, written: str | None
) -> Row:
    """A row, its cells as they stand in the file where that has text and is told apart alike."""
    shown = () if written is None else written_cells(written, resource.dialect)
    if 0 < len(shown) < len(texts) and not any(texts[len(shown) :]):
        texts = texts[: len(shown)]  # the row has no cells in the last columns, without labels
    cells = tuple(cut(text or "") for text in texts)
    if len(shown) != len(cells):
        shown = [text or "" for text in texts]
    namesakes: dict[str, list[int]] = {}
    for name in resource.schema.namesakes.keys() & header.columns.keys():
        label = resource.schema.field(name).label
        namesakes.setdefault(label, []).append(header.columns[name])
    written_as = tuple(map(cut, shown))
    delimiter = resource.dialect.delimiter
    return Row(cells, header.columns, header.width, delimiter, namesakes, written_as)
