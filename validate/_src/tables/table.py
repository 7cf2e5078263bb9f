"""From batches of records to typed frames, row and line numbers kept.

Faults of structure are found here. Everything that looks at values works on the
frames: a missing cell is null in `text`, and null in `values` like a text that is
not of its field's type.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import accumulate, chain, islice

import polars as pl
import polars.selectors as cs

from validate._src.fields._dates import is_strptime_pattern
from validate._src.fields.types import FIELD_TYPES
from validate._src.reading import open_table
from validate._src.reading.batch import Batch
from validate._src.tables.header import Header, match_header
from validate._src.words.codes import ERROR
from validate._src.words.errors import PackageError
from validate._src.words.finding import FINDING_COLUMNS, LONGEST_VALUE
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.model import TabularResource
from validate._src.words.schema import Field, Options, Schema

TEXT = "text"
MOST_OF_A_ROW = 100
SLICE = 50_000


class Faults(Iterable[FindingFrame]):
    """Faults that are looked for whenever they are asked for, as memory may not hold them all."""

    def __init__(self, find: Callable[[], Iterable[FindingFrame]]) -> None:
        """Takes what finds them."""
        self._find = find

    def __iter__(self) -> Iterator[FindingFrame]:
        """The faults, in frames of some."""
        return iter(self._find())


@dataclass(frozen=True)
class Table:
    """Rows of a resource, all of them or a batch, blank ones left out.

    Attributes:
        location: the file they stand in, as findings name it; of several the first.
        others: the other files, each with the index of the first row in it.
        rows: n record numbers, the header being 1.
        lines: n physical lines on which the records start, from 1; null where the format
            has no lines.
        text: n rows of text by field, for the fields that have a column.
        values: n rows of typed values by field.
        findings: faults of structure.
        complete: whether the file could be read to here.
    """

    resource: TabularResource
    location: str
    rows: pl.Series
    lines: pl.Series
    text: pl.DataFrame
    values: pl.DataFrame
    findings: Iterable[FindingFrame] = ()
    complete: bool = True
    others: tuple[tuple[int, str], ...] = ()

    @cached_property
    def schema(self) -> Schema:
        """The schema of the resource."""
        return self.resource.schema

    @cached_property
    def fields(self) -> list[Field]:
        """The fields that have a column."""
        return [field for field in self.schema.fields if field.name in self._columns]

    @cached_property
    def _columns(self) -> frozenset[str]:
        return frozenset(self.text.columns)

    @cached_property
    def key_fields(self) -> tuple[str, ...]:
        """The fields whose values name a row; none if one of them has no column."""
        names = self.schema.primary_key or self.schema.row_key
        return names if self.has(names) else ()

    def has(self, names: Sequence[str]) -> bool:
        """Whether each of these fields has a column."""
        return self._columns.issuperset(names)

    def key(self, index: int) -> tuple[str, ...]:
        """The primary key of the row at `index`, as text; empty when the table has none."""
        return tuple(self.text[name][index] or "" for name in self.key_fields)

    def _location_of(self, index: int) -> str:
        """The file in which the row at `index` stands."""
        begun = [location for first, location in self.others if first <= index]
        return begun[-1] if begun else self.location

    def _locations_of(self, indexes: pl.Series) -> pl.Expr:
        if not self.others:
            return pl.lit(self.location)
        return pl.lit(pl.Series([self._location_of(index) for index in indexes], dtype=pl.String))

    def finding(
        self,
        index: int,
        code: str,
        message: str,
        *,
        field: str | None = None,
        rule: str | None = None,
    ) -> FindingFrame:
        """The fault of the row at `index`, as `findings_at` has it."""
        return self.findings_at(pl.Series([index]), code, message, field=field, rule=rule)

    def findings_at(
        self,
        indexes: pl.Series,
        code: str,
        message: str | pl.Series,
        *,
        field: str | None = None,
        rule: str | None = None,
        value: pl.Series | None = None,
        severity: str = ERROR,
    ) -> FindingFrame:
        """The same fault of many rows.

        Args:
            indexes: m indexes of rows.
            code: a name in `CODES`.
            message: what is wrong, the same for all or m texts.
            field: the field at fault, if it is one.
            rule: the constraint or rule that is broken.
            value: m values at fault; the field's text unless given.
            severity: how bad it is.

        Returns:
            m findings.
        """
        if value is None and field is not None:
            value = self.text[field].gather(indexes)
        parts = {f"key {name}": self.text[name].gather(indexes) for name in self.key_fields}
        columns = {"row": self.rows.gather(indexes), "line": self.lines.gather(indexes), **parts}
        if value is not None:
            columns["value"] = value
        if isinstance(message, pl.Series):
            columns["message"] = message
        made = {
            "resource": pl.lit(self.resource.name),
            "path": self._locations_of(indexes),
            "code": pl.lit(code),
            "severity": pl.lit(severity),
            "message": pl.lit(message) if isinstance(message, str) else pl.col("message"),
            "row": pl.col("row"),
            "line": pl.col("line"),
            "field": pl.lit(field, pl.String),
            "rule": pl.lit(rule, pl.String),
            "key": pl.concat_list(_cut(pl.col(name).fill_null("")) for name in parts)
            if parts
            else pl.lit([], pl.List(pl.String)),
            "value": pl.lit(None, pl.String) if value is None else _cut(pl.col("value")),
            "waiver": pl.lit(None, pl.String),
        }
        rows = pl.DataFrame(columns).select(made[name].alias(name) for name in FINDING_COLUMNS)
        return FindingFrame(self.resource.name, code, rows)

    def filter(self, kept: pl.Series) -> "Table":
        """The rows of a batch for which `kept` is true, without findings."""
        return replace(
            self,
            rows=self.rows.filter(kept),
            lines=self.lines.filter(kept),
            text=self.text.filter(kept),
            values=self.values.filter(kept),
            findings=(),
        )

    def compacted(self) -> "Table":
        """The same rows in memory of their own."""
        return replace(self, text=compacted(self.text), values=compacted(self.values))


def compacted(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows in memory of their own, so that what they were taken from can be let go.

    Texts that are filtered or gathered only point into the memory of the texts that they
    were taken from, and keep all of it.
    """
    return frame.with_columns(cs.string() + "")


def _cut(text: pl.Expr) -> pl.Expr:
    """Texts shortened as `cut` does, in memory of their own."""
    short = text.str.slice(0, LONGEST_VALUE - 1) + "…"
    return pl.when(text.str.len_chars() > LONGEST_VALUE).then(short).otherwise(text + "")


def read_table(resource: TabularResource) -> Table:
    """All rows of a resource.

    Raises:
        PackageError: the file cannot be read as the descriptor says.
    """
    return whole(read_batches(resource))


def whole(batches: Iterable[Table]) -> Table:
    """The table that batches of it make together."""
    first, *others = batches
    if not others:
        return first
    tables = [first, *others]
    begins = accumulate(len(table.rows) for table in tables)
    return replace(
        first,
        others=tuple(
            (index, table.location)
            for index, last, table in zip(begins, tables, others, strict=False)
            if table.location != last.location
        ),
        rows=pl.concat([table.rows for table in tables]),
        lines=pl.concat([table.lines for table in tables]),
        text=pl.concat([table.text for table in tables]),
        values=pl.concat([table.values for table in tables]),
        findings=tuple(finding for table in tables for finding in table.findings),
        complete=tables[-1].complete,
    )


def read_batches(
    resource: TabularResource, only: Set[str] | None = None, rows: pl.Series | None = None
) -> Iterator[Table]:
    """The rows of a resource in batches; at least one, if an empty one.

    Args:
        resource: the resource.
        only: names of the fields that are looked at, if not all are; rows that have no
            value in any of them, and faults of structure, may then be left out.
        rows: the numbers of the rows that are looked at, ascending; the others may be left
            out where `only` is given too.

    Raises:
        PackageError: the file cannot be read as the descriptor says.

    Source: Data Package 2.0, Table Dialect; Table Schema, "fieldsMatch", "missingValues".
    """
    reader = open_table(resource)
    header = match_header(resource, reader.labels, reader.header_row, reader.header_line)
    wanted = header.columns if only is None else only & header.columns.keys()
    fields = [field for field in resource.schema.fields if field.name in wanted]
    parsed = [_parsed(field, resource).alias(field.name) for field in fields]
    columns = None if only is None else [str(header.columns[name]) for name in sorted(wanted)]
    if any("" not in field.missing_values for field in fields):
        columns = None  # whether a cell is empty or absent only the whole record tells
    faults = [*framed(header.findings)]
    for batch in reader.batches(header.width, columns, rows):
        if not fields:  # nothing is known of any column
            batch = replace(
                batch,
                rows=batch.rows.clear(),
                lines=batch.lines.clear(),
                cells=batch.cells.clear(),
                ragged={},
                kinds={},
            )
        table = _table(resource, batch, header, fields, parsed)
        if only is not None:
            table = replace(table, findings=())
        nothing = not batch.complete and not reader.labels and reader.labels is not None
        if faults and not nothing:
            table = replace(table, findings=Faults(partial(chain, faults, table.findings)))
        faults = []
        yield table
        del table, batch  # whose memory the next one can have


def _table(
    resource: TabularResource,
    batch: Batch,
    header: Header,
    fields: Sequence[Field],
    parsed: Sequence[pl.Expr],
) -> Table:
    text = _texts(resource, batch, header, fields)
    everything = Table(
        resource=resource,
        location=batch.location,
        rows=batch.rows,
        lines=batch.lines,
        text=text,
        values=_native(text.select(parsed), text, batch, header, fields),
        complete=batch.complete,
    )
    filled = _filled(batch, text, header)
    columns = {field.name: header.columns[field.name] for field in fields}

    def faults() -> Iterator[FindingFrame]:
        yield from framed(batch.findings)
        yield from _shape_faults(everything, batch, columns, header.width, filled)

    kept = everything if filled is None else everything.filter(filled)
    return replace(kept, findings=Faults(faults))


def _texts(
    resource: TabularResource, batch: Batch, header: Header, fields: Sequence[Field]
) -> pl.DataFrame:
    """The texts of the fields."""
    return batch.cells.select(
        _text(field, pl.col(str(header.columns[field.name])), batch, resource).alias(field.name)
        for field in fields
    )


def _text(field: Field, cell: pl.Expr, batch: Batch, resource: TabularResource) -> pl.Expr:
    """The text of a field, null where the cell is absent or a missing value.

    Source: Data Package 2.0, Table Schema, "missingValues": texts that stand for null.
    """
    column = cell.meta.output_name()
    kinds = batch.kinds.get(column)
    if "" not in field.missing_values and kinds is None:
        short = [index for index, cells in batch.ragged.items() if len(cells) <= int(column)]
        absent = pl.concat([pl.Series(short, dtype=pl.UInt32), batch.empty.cast(pl.UInt32)])
        cell = pl.when(~pl.int_range(pl.len(), dtype=pl.UInt32).is_in(absent.implode())).then(
            cell.fill_null("")
        )
    missing = {*field.missing_values, resource.dialect.null_sequence} - {None}
    if kinds is None:
        missing -= {""}  # an empty cell of text is null already
    if not missing:
        return cell
    is_missing = cell.is_in(list(missing))
    return pl.when(~(is_missing if kinds is None else is_missing & (kinds == TEXT))).then(cell)


def _native(
    values: pl.DataFrame, text: pl.DataFrame, batch: Batch, header: Header, fields: Sequence[Field]
) -> pl.DataFrame:
    """The values, those of native types as they are, null where a field cannot have the type.

    Source: Data Package 2.0, Table Schema, "Data representation": a native value has a type
    already; only texts are read by the rules of the field's type.
    """
    for field in fields:
        kinds = batch.kinds.get(str(header.columns[field.name]))
        if kinds is None:
            continue
        field_type = FIELD_TYPES[field.type]
        by_default = replace(
            field, options=Options(), format=field_type.native_format(field.format)
        )
        parser = field_type.parser(by_default.format)
        assert parser is not None
        native = text.select(parser(pl.col(field.name), by_default)).to_series()
        value = (
            pl.when((kinds == TEXT).fill_null(True))
            .then(pl.col(field.name))
            .when(kinds.is_in(list(field_type.native)))
            .then(native)
        )
        values = values.with_columns(value.alias(field.name))
    return values


def _filled(batch: Batch, text: pl.DataFrame, header: Header) -> pl.Series | None:
    """Whether a record has a value, be it in a column that is no field's; None if all have."""
    if any(not column.null_count() for column in text):
        return None
    known = {str(column) for column in header.columns.values()}
    others = batch.cells.select(pl.col(name) for name in batch.cells.columns if name not in known)
    values = [others, text.rename(lambda name: f"text:{name}")]
    if not any(frame.width for frame in values):
        return pl.repeat(False, len(batch.rows), dtype=pl.Boolean, eager=True)
    filled = (
        pl.concat(values, how="horizontal")
        .select(pl.any_horizontal(pl.all().is_not_null()))
        .to_series()
    )
    return None if filled.all() else filled


def _parsed(field: Field, resource: TabularResource) -> pl.Expr:
    place = f'resource "{resource.name}": field "{field.name}"'
    parser = FIELD_TYPES[field.type].parser(field.format)
    if parser is None:
        raise PackageError(f'{place}: type {field.type} has no format "{field.format}"')
    if "%" in field.format and not is_strptime_pattern(field.format):
        raise PackageError(f'{place}: "{field.format}" is no pattern of strptime')
    return parser(pl.col(field.name), field)


def _shape_faults(
    table: Table, batch: Batch, columns: Mapping[str, int], width: int, filled: pl.Series | None
) -> Iterator[FindingFrame]:
    blank = pl.Series(dtype=pl.UInt32) if filled is None else (~filled).arg_true()
    if len(blank):
        yield table.findings_at(blank, "blank-row", "the row has no values")
    ragged = {index: batch.ragged[index] for index in sorted(set(batch.ragged).difference(blank))}
    long = {index: cells[width:] for index, cells in ragged.items() if len(cells) > width}
    if long:
        yield from _surplus(table, long, width)
    for name, column in columns.items():
        ends = {
            index: len(cells)
            for index, cells in ragged.items()
            if len(cells) <= column < len(cells) + MOST_OF_A_ROW
        }
        if ends:
            messages = [f"the row ends after {end} of {width} cells" for end in ends.values()]
            indexes, message = pl.Series(list(ends)), pl.Series(messages)
            yield table.findings_at(indexes, "missing-cell", message, field=name)


def _surplus(
    table: Table, cells: Mapping[int, Sequence[str]], width: int
) -> Iterator[FindingFrame]:
    """A fault for each cell that a row has beyond the width of the table, given by its index."""
    schema = {"index": pl.Int64, "number": pl.Int64, "cell": pl.String}
    surplus = (
        (index, number, cell)
        for index, beyond in cells.items()
        for number, cell in enumerate(beyond, width + 1)
    )
    said = pl.format(f"cell {{}} is one too many; the table has {width} columns", "number")
    while found := [*islice(surplus, SLICE)]:
        frame = pl.DataFrame(found, schema=schema, orient="row").with_columns(said.alias("message"))
        yield table.findings_at(frame["index"], "extra-cell", frame["message"], value=frame["cell"])
