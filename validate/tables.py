"""From the records of a file to typed frames, row and line numbers kept.

Faults of structure are found here. Everything that looks at values works on the
frames: a missing cell is null in `text`, and null in `values` like a text that is
not of its field's type.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from validate.csvfile import (
    BYTE_ORDER_MARK,
    Record,
    as_frame,
    decode,
    quote_is_open,
    read_bytes,
    read_plain_records,
    read_records,
    stray_quotes,
)
from validate.errors import PackageError
from validate.fieldtypes import FIELD_TYPES, is_strptime_pattern
from validate.findings import Finding, cut
from validate.header import Header, match_header
from validate.model import Field, Resource, Schema

QUOTE, OPEN = "quote-error", "open"


@dataclass(frozen=True)
class Table:
    """The rows of a resource, blank ones left out.

    Attributes:
        rows: n record numbers, the header being 1.
        lines: n physical lines on which the records start, from 1.
        text: n rows of text by field, for the fields that have a column.
        values: n rows of typed values by field.
        findings: faults of the file's structure.
        complete: whether the file could be read to its end.
    """

    resource: Resource
    rows: pl.Series
    lines: pl.Series
    text: pl.DataFrame
    values: pl.DataFrame
    findings: tuple[Finding, ...] = ()
    complete: bool = True

    @cached_property
    def schema(self) -> Schema:
        """The schema of the resource."""
        assert self.resource.schema is not None
        return self.resource.schema

    @cached_property
    def fields(self) -> list[Field]:
        """The fields that have a column."""
        return [field for field in self.schema.fields if field.name in self.text.columns]

    def has(self, names: Sequence[str]) -> bool:
        """Whether each of these fields has a column."""
        return all(name in self.text.columns for name in names)

    def key(self, index: int) -> tuple[str, ...]:
        """The primary key of the row at `index`, as text; empty when the table has none."""
        if not self.has(self.schema.primary_key):
            return ()
        return tuple(self.text[name][index] or "" for name in self.schema.primary_key)

    def finding(
        self,
        index: int,
        code: str,
        message: str,
        *,
        field: str | None = None,
        rule: str | None = None,
        value: str | None = None,
    ) -> Finding:
        """A fault of the row at `index`; its value is the field's text unless given."""
        if value is None and field is not None:
            value = self.text[field][index]
        return Finding(
            resource=self.resource.name,
            path=self.resource.location,
            code=code,
            message=message,
            row=self.rows[index],
            line=self.lines[index],
            field=field,
            rule=rule,
            key=tuple(map(cut, self.key(index))),
            value=None if value is None else cut(value),
        )

    def described(self, index: int, names: Sequence[str]) -> str:
        """The named cells of a row as text: `unit=person, currency=USD`."""
        return ", ".join(f"{name}={self.text[name][index] or ''}" for name in names)


def read_table(resource: Resource) -> Table:
    """The rows of a CSV resource with a schema.

    Raises:
        PackageError: the file cannot be read in the encoding declared for it.

    Source: Data Package 2.0, Table Dialect; Table Schema, "fieldsMatch", "missingValues".
    """
    records, faults, complete = _records(resource)
    labels = None
    if resource.dialect.header:
        labels = records["cells"][0].to_list() if records.height else []
        records = records.slice(1)
    nothing = labels == [] and not complete
    header = Header({}, 0) if nothing else match_header(resource, labels)
    table = _table(resource, records, header, [*faults, *header.findings])
    return replace(table, complete=complete)


def _records(resource: Resource) -> tuple[pl.DataFrame, list[Finding], bool]:
    """The records of a file, its faults, and whether it could be read to its end."""
    data = read_bytes(resource)
    plain = read_plain_records(resource, data)
    if plain is not None:
        marked = data.startswith(BYTE_ORDER_MARK.encode())
        faults = [*_file_faults(resource, marked, plain.is_empty())]
        return plain, faults, not plain.is_empty()
    content = decode(resource, data)
    marked, content = content.startswith(BYTE_ORDER_MARK), content.removeprefix(BYTE_ORDER_MARK)
    records = list(read_records(content, resource.dialect))
    faults = [
        *_file_faults(resource, marked, not records),
        *_quote_faults(resource, content, records),
    ]
    return as_frame(records), faults, bool(records) and not any(map(_swallows, faults))


def _file_faults(resource: Resource, marked: bool, empty: bool) -> Iterator[Finding]:
    if empty:
        yield _file_finding(resource, "source-error", "the file is empty")
    if marked:
        yield _file_finding(resource, "encoding-error", "the file starts with a byte order mark", 1)


def _quote_faults(resource: Resource, content: str, records: list[Record]) -> Iterator[Finding]:
    for line in stray_quotes(content, resource.dialect):
        message = "text follows the closing quote of a cell; a quote inside a cell is doubled"
        yield _file_finding(resource, QUOTE, message, line)
    if records and quote_is_open(content, records[-1], resource.dialect):
        message = f"a quote opened on line {records[-1].line} or later is never closed"
        yield _file_finding(resource, QUOTE, message, records[-1].line, OPEN)


def _swallows(fault: Finding) -> bool:
    """Whether a fault makes the rest of the file a part of one cell."""
    return fault.rule == OPEN


def _file_finding(
    resource: Resource, code: str, message: str, line: int | None = None, rule: str | None = None
) -> Finding:
    return Finding(
        resource=resource.name,
        path=resource.location,
        code=code,
        message=message,
        line=line,
        rule=rule,
    )


def _table(
    resource: Resource, records: pl.DataFrame, header: Header, faults: list[Finding]
) -> Table:
    assert resource.schema is not None
    fields = [field for field in resource.schema.fields if field.name in header.columns]
    records = records if fields else records.clear()
    text = records.select(_text(field, header).alias(field.name) for field in fields)
    everything = Table(
        resource=resource,
        rows=records["number"],
        lines=records["line"],
        text=text,
        values=text.select(_parsed(field, resource).alias(field.name) for field in fields),
    )
    filled = _filled(records, text, header)
    odd = ~filled | (records["cells"].list.len() != header.width)
    faults += [
        finding
        for index in odd.arg_true()
        for finding in _shape_faults(
            everything, index, records["cells"][index].to_list(), header, filled[index]
        )
    ]
    return Table(
        resource=resource,
        rows=everything.rows.filter(filled),
        lines=everything.lines.filter(filled),
        text=everything.text.filter(filled),
        values=everything.values.filter(filled),
        findings=tuple(faults),
    )


def _text(field: Field, header: Header) -> pl.Expr:
    """The text of a field, null where the cell is absent or a missing value."""
    cell = pl.col("cells").list.get(header.columns[field.name], null_on_oob=True)
    return pl.when(~cell.is_in(list(field.missing_values))).then(cell)


def _filled(records: pl.DataFrame, text: pl.DataFrame, header: Header) -> pl.Series:
    """Whether a record has a value, be it in a column that is no field's."""
    known = set(header.columns.values())
    others = [
        pl.col("cells").list.get(column, null_on_oob=True).fill_null("") != ""
        for column in range(header.width)
        if column not in known
    ]
    values = text.select(pl.lit(False), pl.all().is_not_null())
    return (
        records.select(pl.any_horizontal(pl.lit(False), *others)).to_series()
        | values.select(pl.any_horizontal(pl.all())).to_series()
    )


def _parsed(field: Field, resource: Resource) -> pl.Expr:
    place = f'resource "{resource.name}": field "{field.name}"'
    parser = FIELD_TYPES[field.type].parser(field.format)
    if parser is None:
        raise PackageError(f'{place}: type {field.type} has no format "{field.format}"')
    if "%" in field.format and not is_strptime_pattern(field.format):
        raise PackageError(f'{place}: "{field.format}" is no pattern of strptime')
    return parser(pl.col(field.name), field)


def _shape_faults(
    table: Table, index: int, cells: list[str], header: Header, filled: bool
) -> Iterator[Finding]:
    if not filled:
        yield table.finding(index, "blank-row", "the row has no values")
        return
    for number, cell in enumerate(cells[header.width :], start=header.width + 1):
        message = f"cell {number} is one too many; the table has {header.width} columns"
        yield table.finding(index, "extra-cell", message, value=cell)
    for name, column in header.columns.items():
        if column >= len(cells):
            message = f"the row ends after {len(cells)} of {header.width} cells"
            yield table.finding(index, "missing-cell", message, field=name)
