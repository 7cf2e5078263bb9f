"""Rows as they stand in their files, to show findings in."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from validate.errors import UnreadableError
from validate.findings import Finding, cut
from validate.header import Header, match_header
from validate.model import Package, Resource
from validate.reading import open_table


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        cells: the text of its cells, each cut as values are; empty where there is none.
        columns: at which of them each field of the schema stands.
        delimiter: what parts them in the file; a comma where nothing does.
    """

    cells: tuple[str, ...]
    columns: Mapping[str, int]
    delimiter: str = ","


def read_rows(package: Package, findings: Iterable[Finding]) -> dict[tuple[str, int], Row]:
    """The rows that findings speak of, by resource and row number.

    The files are read again as far as the last of them; a row that is not there any more,
    or that cannot be read, is left out.

    Raises:
        PackageError: a file cannot be read any more.
    """
    wanted: dict[str, set[int]] = {}
    for finding in findings:
        if finding.row is not None:
            wanted.setdefault(finding.resource, set()).add(finding.row)
    return {
        (name, number): row
        for name, numbers in wanted.items()
        for number, row in _rows(package.resources[name], numbers)
    }


def _rows(resource: Resource, numbers: set[int]) -> Iterator[tuple[int, Row]]:
    if resource.unreadable is not None:
        return
    try:
        reader = open_table(resource)
        header = match_header(resource, reader.labels)
        if 1 in numbers and reader.labels:
            yield 1, _row(reader.labels, header, resource)
        columns = [str(number) for number in range(header.width)]
        wanted = pl.Series(sorted(numbers), dtype=pl.Int64)
        for batch in reader.batches(header.width, columns, wanted):
            is_wanted = batch.rows.is_in(wanted.implode())
            cells = batch.cells.select(columns).filter(is_wanted)
            for number, texts in zip(batch.rows.filter(is_wanted), cells.iter_rows(), strict=True):
                yield number, _row(texts, header, resource)
            if batch.rows.len() and batch.rows[-1] >= wanted[-1]:
                return
    except UnreadableError:
        return


def _row(texts: Iterable[str | None], header: Header, resource: Resource) -> Row:
    cells = tuple(cut(text or "") for text in texts)
    return Row(cells, header.columns, resource.dialect.delimiter)
