"""Parquet files judged by their footers alone: by the types of columns, and what is said of them.

What a footer settles of a column is a finding for the whole column, as no row is known.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

import polars as pl

from validate._src.fields._comparisons import BOUNDS, Condition
from validate._src.fields._parsing import keep
from validate._src.fields.constraints import Declared, declared_constraints
from validate._src.fields.forms import expected
from validate._src.fields.hints import native_hints
from validate._src.fields.natives import held, values_of, written
from validate._src.fields.types import FIELD_TYPES
from validate._src.reading.batch import file_finding
from validate._src.reading.footers import RowGroup, row_groups
from validate._src.reading.spelled import kind_of
from validate._src.tables._footpaths import faults_of_paths
from validate._src.tables.opening import opened
from validate._src.tables.reading import form_of
from validate._src.words.errors import PackageError
from validate._src.words.finding import WITHHELD, Finding, cut
from validate._src.words.findingframe import framed
from validate._src.words.model import Part, TabularResource
from validate._src.words.outcome import NotChecked, Outcome
from validate._src.words.printing import counted
from validate._src.words.schema import Field

ONLY_FOOTERS = "only the footers of its Parquet files were read, and no page"
UNREAD_CODES = frozenset({"source-error", "blank-row"})
BOTH = 2  # bounds
SETTLED = frozenset(
    {
        ("integer", "integer"),
        ("integer", "number"),
        ("number", "number"),
        ("boolean", "boolean"),
        ("time", "time"),
    }
)
"""Native types all values of which are of the type of a field."""
SETTLED_BY_BOUNDS = frozenset({("date", "date"), ("datetime", "datetime"), ("integer", "year")})
"""Native types of which those between two values of the type of a field are."""


def judged_by_footers(resource: TabularResource) -> Iterator[Outcome]:
    """What the footers of a table say of its columns, and what they do not tell.

    Args:
        resource: a table of Parquet files; what keeps one from being read is said elsewhere.
    """
    reader = opened(replace(resource, footers_only=True))
    header = form_of(resource, reader).header
    labels = reader.labels or []
    columns = {
        field.name: _Column(field, labels[header.columns[field.name]], resource, header.withheld)
        for field in resource.schema.fields
        if field.name in header.columns
    }
    for name, key in header.of_paths.items():
        yield from framed(faults_of_paths(resource, resource.schema.field(name), key))
    number, unsettled = 2, dict[str, None]()
    for part in resource.parts if columns else ():
        file = _read(part)
        if file is None:
            unsettled |= dict.fromkeys(columns)
            continue
        for column in columns.values():
            if column.label in file.schema:
                yield from framed(column.findings(file, number))
                if not column.is_settled_by(file):
                    unsettled[column.field.name] = None
        number += file.rows
    if columns:
        yield NotChecked(f"rows of {resource.name}", ONLY_FOOTERS, UNREAD_CODES, resource.name)
    if header.twice:
        what = (
            f"values of {', '.join(header.twice)} in {resource.name} against the paths of its files"
        )
        yield NotChecked(what, ONLY_FOOTERS, frozenset({"constraint-error"}), resource.name)
    if unsettled:
        what = f"types of cells of {', '.join(unsettled)} in {resource.name}"
        yield NotChecked(what, ONLY_FOOTERS, frozenset({"type-error"}), resource.name)


@dataclass(frozen=True)
class _File:
    """A file, by its footer.

    Attributes:
        location: what findings call it.
        schema: the types of its columns.
        groups: its row groups.
    """

    location: str
    schema: Mapping[str, pl.DataType]
    groups: Sequence[RowGroup]

    @cached_property
    def rows(self) -> int:
        return sum(group.rows for group in self.groups)

    def numbered(self, number: int) -> Iterator[tuple[int, RowGroup]]:
        """Its row groups, each after the number of its first row."""
        for group in self.groups:
            yield number, group
            number += group.rows

    def nulls(self, label: str) -> int | None:
        """How many cells of a column are null; None where that is not said."""
        counts = [group.columns[label].nulls for group in self.groups if label in group.columns]
        known = [count for count in counts if count is not None]
        return sum(known) if len(known) == len(self.groups) else None


def _read(part: Part) -> _File | None:
    """A file by its footer; None where that cannot be read, as the reader says or Polars alone."""
    assert part.file is not None
    try:
        schema = pl.read_parquet_schema(part.file)
        return _File(part.location, schema, row_groups(part.file, schema))
    except (ValueError, OSError, pl.exceptions.PolarsError):
        return None


@dataclass(frozen=True)
class _Column:
    """A column of a table.

    Attributes:
        field: the field that it belongs to.
        label: what files call it.
        resource: the table.
        withheld: the fields whose values are written nowhere.
    """

    field: Field
    label: str
    resource: TabularResource
    withheld: frozenset[str]

    def is_settled_by(self, file: _File) -> bool:
        """Whether a footer tells that all cells are of the type of the field, or that none is."""
        dtype, field_type = file.schema[self.label], FIELD_TYPES[self.field.type]
        pair = kind_of(dtype), self.field.type
        if file.nulls(self.label) == file.rows or self._is_of_another_type(file):
            return True
        if pair[0] == "text" or self.field.type == "any":
            return field_type.parser(self.field.format) is keep and dtype != pl.Binary
        return pair in SETTLED or (pair in SETTLED_BY_BOUNDS and self._are_within(file))

    def findings(self, file: _File, number: int) -> Iterator[Finding]:
        """What is wrong with a column of a file.

        Args:
            file: the file.
            number: the number of its first row.
        """
        if self._is_of_another_type(file):
            yield self._of_its_type(file)
            return
        if self.resource.schema.requires(self.field):
            yield from self._of_nulls(file, number)
        if not self._may_be_missing:
            yield from self._of_bounds(file, number)

    @property
    def _may_be_missing(self) -> bool:
        """Whether a cell that has a value may be a missing value."""
        named = {*self.field.missing_values, self.resource.dialect.null_sequence}
        return bool(named - {"", None})

    def _is_of_another_type(self, file: _File) -> bool:
        """Whether it is certain that some cell has a value, and none is of the type."""
        kind, native = kind_of(file.schema[self.label]), FIELD_TYPES[self.field.type].native
        nulls = file.nulls(self.label)
        if nulls is None or nulls == file.rows or self._may_be_missing or kind == "text":
            return False
        return kind not in native and not (kind == "number" and "integer" in native)

    def _are_within(self, file: _File) -> bool:
        """Whether the least and greatest values say that all have the form of the type."""
        groups = [group for group in file.groups if not self._is_empty_in(group)]
        known = [
            group.columns[self.label].bounds for group in groups if self.label in group.columns
        ]
        if len(known) < len(groups) or any(len(bounds) < BOTH for bounds in known):
            return False
        return all(held(bounds, self.field) is not None for bounds in known)

    def _is_empty_in(self, group: RowGroup) -> bool:
        facts = group.columns.get(self.label)
        return facts is not None and facts.nulls == group.rows

    def _of_its_type(self, file: _File) -> Finding:
        hint = native_hints(self.field).get(kind_of(file.schema[self.label]), "")
        count = file.rows - (file.nulls(self.label) or 0)
        cells = counted(count, "cell") + " of the column"
        said = f"not {expected(self.field)}{hint}; this is so in {cells}"
        return self._fault(file, "type-error", said)

    def _of_nulls(self, file: _File, number: int) -> Iterator[Finding]:
        """Cells without a value, in rows that are not blank: another column has no such cell."""
        count, first = 0, ""
        for begin, group in file.numbered(number):
            facts = group.columns.get(self.label)
            if facts and facts.nulls and any(one.nulls == 0 for one in group.columns.values()):
                count, first = count + facts.nulls, first or _rows(begin, group)
        if count:
            cells = counted(count, "cell") + " of the column"
            said = f"a value is required; there is none in {cells}, the first in {first}"
            yield self._fault(file, "constraint-error", said, rule="required")

    def _of_bounds(self, file: _File, number: int) -> Iterator[Finding]:
        """The first values that the footer names and a bound does not allow."""
        place = str(self.field.place)
        for declared in declared_constraints(self.field):
            constraint = declared.constraint
            if constraint.name in BOUNDS and constraint.condition is not None:
                with suppress(PackageError):  # which the schema is at fault for, as is said of it
                    condition = constraint.condition(self.field, declared.argument, place)
                    yield from self._beyond(file, number, declared, condition)

    def _beyond(
        self, file: _File, number: int, declared: Declared, condition: Condition
    ) -> Iterator[Finding]:
        for begin, group in file.numbered(number):
            cells = self._bounds_in(group)
            if cells is None:
                continue
            frame = pl.DataFrame({"cell": cells, "value": values_of(cells, self.field)})
            met = frame.select(condition(pl.col("value"), pl.col("cell"))).to_series()
            at = (~met.fill_null(value=True)).arg_true()
            if len(at):
                name, phrase = declared.constraint.name, declared.constraint.phrase
                said = f"{phrase.format(cut(str(declared.argument)))}; it stands in "
                value = written(cells.gather(at)).item(0)
                said += _rows(begin, group)
                yield self._fault(file, "constraint-error", said, rule=name, value=value)
                return

    def _bounds_in(self, group: RowGroup) -> pl.Series | None:
        """The least and the greatest value of a row group, as far as they need no text."""
        facts = group.columns.get(self.label)
        if facts is None or facts.bounds.is_empty():
            return None
        bounds = facts.bounds
        return held(
            bounds.filter(bounds.is_not_nan()) if bounds.dtype.is_float() else bounds, self.field
        )

    def _fault(
        self,
        file: _File,
        code: str,
        message: str,
        *,
        rule: str | None = None,
        value: str | None = None,
    ) -> Finding:
        shown = WITHHELD if value is not None and self.field.name in self.withheld else value
        fault = file_finding(
            self.resource, code, message, rule=rule, value=shown, location=file.location
        )
        return replace(fault, field=self.field.label)


def _rows(begin: int, group: RowGroup) -> str:
    return f"rows {begin:,} to {begin + group.rows - 1:,}"
