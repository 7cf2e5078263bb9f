"""Types, constraints and row rules: the check itself."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import polars as pl

from validate._src.checks.check import Check
from validate._src.checks.constraints._cells import faults_of
from validate._src.checks.constraints._compiled import CompiledSchema, compiled
from validate._src.checks.constraints._gate import verdict_on
from validate._src.package.ledger import Ledger
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import BEYOND, Table, whole
from validate._src.words.codes import ROW_RULE_CODES
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.model import Package
from validate._src.words.outcome import Checked, NotChecked, Outcome

MOST_SUSPECTS = 20_000
"""Rows with faults that are held at most: to judge few costs as much as to judge thousands.

Each batch by itself: +22 % on the benchmark's table with faults, +0.5 % on others.
"""


@dataclass
class _Suspects:
    """Rows with faults, held until there are enough of them.

    Attributes:
        tables: the rows, batch by batch, of one file.
        columns: names of the columns in which there are faults.
    """

    tables: list[Table] = field(default_factory=list[Table])
    columns: set[str] = field(default_factory=set[str])

    def goes_with(self, table: Table) -> bool:
        """Whether rows of a batch may be held together with these."""
        return not self.tables or self.tables[0].location == table.location

    @property
    def number(self) -> int:
        return sum(len(table.rows) for table in self.tables)


class ConstraintsCheck(Check):
    """Judges every cell by its field's type and constraints, every row by the row rules.

    Source: Data Package 2.0, Table Schema, "Field Types" and "Field Constraints".
    """

    def __init__(self, package: Package) -> None:
        """Prepares for the tables of a package."""
        super().__init__(package)
        self._schemas: dict[str, CompiledSchema] = {}
        self._suspects = _Suspects()
        self._constraints = 0
        self._rules = 0
        self._unknown: Counter[tuple[str, str]] = Counter()

    def batch(self, table: Table) -> Iterator[Outcome]:
        """Judges some rows, by the schema that their table was compiled into once.

        Raises:
            PackageError: a value takes too long to be judged.
        """
        name = table.resource.name
        if name not in self._schemas:
            yield from self._judged()
            ledger = Ledger()
            self._schemas[name] = compiled(table, ledger)
            yield from framed(ledger.findings())
            yield from ledger.not_checked
            yield from self._counted(table)
        schema = self._schemas[name]
        if not self._suspects.goes_with(table):
            yield from self._judged()
        self._note_unknown(table, schema)
        verdict = verdict_on(schema.frame(table), schema.questions)
        if verdict.at_fault is not None:
            self._suspects.tables.append(_rows_at_fault(table, verdict.at_fault))
            self._suspects.columns.update(question.column for question in verdict.broken)
        if self._suspects.number >= MOST_SUSPECTS:
            yield from self._judged()
        yield Checked("cells", table.text.height * table.text.width)

    def _counted(self, table: Table) -> Iterator[NotChecked]:
        """Counts constraints, and the rules whose fields all have a column; names the others."""
        schema = self._schemas[table.resource.name]
        self._constraints += sum(map(len, schema.constraints.values()))
        for name, rule in schema.rules.items():
            if rule.absent:
                what = f"row rule {name} of {table.resource.name}"
                why = f"{table.location} has no column {', '.join(rule.absent)}"
                yield NotChecked(what, why, ROW_RULE_CODES, table.resource.name)
            else:
                self._rules += 1

    def _note_unknown(self, table: Table, schema: CompiledSchema) -> None:
        """Counts the rows of which a rule knows nothing, as they hold what Polars does not."""
        for name, rule in schema.rules.items():
            if not rule.absent and (count := table.count_beyond(rule.names)):
                self._unknown[table.resource.name, name] += count

    def _judged(self) -> Iterator[FindingFrame]:
        """The findings in the rows that are held."""
        held, self._suspects = self._suspects, _Suspects()
        if held.tables:
            table = whole(held.tables)
            yield from faults_of(table, self._schemas[table.resource.name], held.columns)

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Judges the rows still held, and counts what cells and rows were judged by."""
        yield from self._judged()
        for (resource, name), count in self._unknown.items():
            what = f"row rule {name} in {count} of the rows of {resource}"
            yield NotChecked(what, BEYOND, ROW_RULE_CODES, resource)
        yield Checked("constraints", self._constraints)
        yield Checked("row rules", self._rules)


def _rows_at_fault(table: Table, at_fault: pl.Series) -> Table:
    """Some rows of a table; few of them in memory of their own, since they will be held.

    All rows judged cell by cell: +33 % on the benchmark's table with faults, +1 to 2 % on others.
    """
    if at_fault.all():
        return replace(table, findings=())
    found = table.filter(at_fault)
    return found if len(found.rows) >= MOST_SUSPECTS else found.compacted()
