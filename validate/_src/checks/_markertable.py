"""The tables of markers: what each marker is looked for by, and which values it allows where."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

import polars as pl

from validate._src.checks._textpatterns import pattern_of
from validate._src.fields._arguments import read_arguments
from validate._src.fields._patterns import BoundedPattern
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.codes import MARKER_CODES, TEXT_CODES
from validate._src.words.errors import PackageError
from validate._src.words.findingframe import FindingFrame
from validate._src.words.markers import Markers
from validate._src.words.outcome import NotChecked, Outcome
from validate._src.words.schema import Field

FOUND_BY_TEXTS = MARKER_CODES & TEXT_CODES
OF_TYPES = ("string", "boolean", "integer")
"""Types of fields that markers decide: those of the values of a vocabulary."""

Value = str | bool | int
Cells = tuple[int, tuple[str, ...]]
"""The index of a row, and some of its cells."""


@dataclass(frozen=True)
class Marker:
    """A marker that can be used.

    Attributes:
        index: its row.
        name: its name, as exceptions have it.
        shown: its name as it may be written.
        pattern: what it looks like.
        field: the field that it decides.
        allowed: the values that it allows by table, each with its text as it may be written.
        rule: the rule that it follows from, as it may be written; None where it names none.
    """

    index: int
    name: str
    shown: str
    pattern: BoundedPattern
    field: str
    allowed: Mapping[str, Mapping[Value, str]]
    rule: str | None


@dataclass(frozen=True)
class MarkerTable:
    """The markers of a dataset.

    Attributes:
        markers: those that can be used, in the order of their rows.
        names: the names of all.
        outcomes: why the others cannot.
    """

    markers: list[Marker] = field(default_factory=list[Marker])
    names: set[str] = field(default_factory=set[str])
    outcomes: list[Outcome] = field(default_factory=list[Outcome])


@dataclass(frozen=True)
class _Allowed:
    """A row that says what a marker allows."""

    index: int
    table: str
    value: str


def read_markers(dataset: Dataset, declared: Markers) -> MarkerTable:
    """The markers of a dataset, as far as their rows are in order.

    Args:
        dataset: the dataset.
        declared: where its markers stand.
    """
    return _Reading(dataset, declared).made()


def complete_rows(table: Table, names: list[str]) -> list[Cells]:
    """The rows of a table that have all of some fields of texts; none if one has no column."""
    rows = table.values.select(names).iter_rows() if table.has(names) else ()
    return [(index, cells) for index, cells in enumerate(rows) if None not in cells]


def incomplete(
    table: Table, names: list[str], complete: list[Cells], codes: frozenset[str]
) -> NotChecked:
    """What is not checked because only some rows are complete."""
    what = f"{table.cells.height - len(complete)} rows of {table.resource.name}"
    return NotChecked(what, f"{', '.join(names)} must have a value", codes)


class _Reading:
    """Reads the markers."""

    def __init__(self, dataset: Dataset, declared: Markers) -> None:
        self._tables, self._declared = dataset.tables, declared
        self._own = dataset.tables[declared.resource]
        self._values = dataset.tables[declared.values.resource]
        self._read = MarkerTable()

    def made(self) -> MarkerTable:
        declared, read = self._declared, self._read
        rows = self._rows(self._own, [declared.marker, declared.pattern, declared.field])
        read.names.update(name for _, (name, _, _) in rows)
        allowed = self._allowed()
        for index, (name, pattern, decided) in rows:
            found = self._marker(index, name, pattern, decided, allowed.get(name, []))
            if isinstance(found, Marker):
                read.markers.append(found)
            else:
                read.outcomes.extend(found)
        if unusable := len(rows) - len(read.markers):
            why = "what is found in their rows keeps them from being used"
            what = f"{unusable} of the markers"
            read.outcomes.append(NotChecked(what, why, FOUND_BY_TEXTS))
        return read

    def _rows(self, table: Table, names: list[str]) -> list[Cells]:
        """The rows that have all of some fields; the others are named."""
        complete = complete_rows(table, names)
        if len(complete) < table.cells.height or not table.has(names):
            self._read.outcomes.append(incomplete(table, names, complete, MARKER_CODES))
        return complete

    def _allowed(self) -> Mapping[str, list[_Allowed]]:
        """What the markers allow, by their names."""
        values = self._declared.values
        found: defaultdict[str, list[_Allowed]] = defaultdict(list)
        for index, (name, table, value) in self._rows(
            self._values, [values.marker, values.table, values.value]
        ):
            found[name].append(_Allowed(index, table, value))
            if name not in self._read.names:
                self._read.outcomes.append(self._fault(index, values.marker, "is no marker"))
        return found

    def _fault(self, index: int, name: str, message: str) -> FindingFrame:
        """A fault of a row of the table of values."""
        return self._values.finding(index, "marker-error", message, field=name)

    def _marker(
        self, index: int, name: str, pattern: str, decided: str, allowed: list[_Allowed]
    ) -> Marker | list[FindingFrame]:
        """The marker of a row, or why it cannot be used."""
        declared, at = self._declared, pl.Series([index])
        by_table: defaultdict[str, dict[Value, str]] = defaultdict(dict)
        faults: list[FindingFrame] = []

        def fault(message: str, where: str) -> None:
            faults.append(self._own.finding(index, "marker-error", message, field=where))

        compiled = pattern_of(self._own, declared.pattern, pattern)
        if isinstance(compiled, str):
            fault(compiled, declared.pattern)
        if not allowed:
            fault("no value is allowed by it", declared.marker)
        others = {row.table for row in allowed}.intersection(declared.tables)
        problems = filter(None, (self._why_not(one, decided) for one in sorted(others)))
        if (problem := next(problems, None)) is not None:
            fault(problem, declared.field)
        for row in allowed:
            if row.table not in others:
                faults.append(self._fault(row.index, declared.values.table, "has no claims"))
            elif not problem:
                column = self._tables[row.table].schema.field(decided)
                value = _value(column, row.value)
                if value is None:
                    message = f"is no value of {row.table}.{decided}"
                    faults.append(self._fault(row.index, declared.values.value, message))
                else:
                    shown = self._values.shown(declared.values.value, pl.Series([row.index]))[0]
                    by_table[row.table][value] = shown
        if faults or isinstance(compiled, str):
            return faults
        shown = self._own.shown(declared.marker, at)[0]
        return Marker(index, name, shown, compiled, decided, by_table, self._rule(at))

    def _why_not(self, table: str, decided: str) -> str | None:
        """Why a marker cannot decide a field of a table; None if it can."""
        schema = self._tables[table].schema
        if decided not in schema.names:
            return f'"{table}" has no such field'
        if schema.field(decided).type not in OF_TYPES:
            return f'"{table}.{decided}" must be of type {", ".join(OF_TYPES)}'
        return None

    def _rule(self, at: pl.Series) -> str | None:
        rule = self._declared.rule
        return None if rule is None or not self._own.has([rule]) else self._own.shown(rule, at)[0]


def _value(column: Field, text: str) -> Value | None:
    """The value that a text is in a field; None if the field cannot have it."""
    try:
        (value,) = read_arguments(column, [text], "").values
        listed = read_arguments(column, column.constraints.get("enum", [text]), "").values
    except PackageError:
        return None
    known = {value} if column.categories is None else {one.value for one in column.categories}
    return value if value in known and value in [*listed] else None
