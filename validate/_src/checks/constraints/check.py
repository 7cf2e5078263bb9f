"""Types, constraints and row rules: the check itself."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from validate._src.checks.check import Check
from validate._src.checks.constraints._alike import Alike, may_be_held
from validate._src.checks.constraints._cells import faults_of
from validate._src.checks.constraints._compiled import CompiledSchema, compiled
from validate._src.checks.constraints._gate import verdict_on
from validate._src.checks.constraints._rules import Verdicts
from validate._src.package.ledger import Ledger
from validate._src.tables.dataset import Dataset
from validate._src.tables.joined import whole
from validate._src.tables.table import BEYOND, Table
from validate._src.words.codes import CONSTRAINT_CODES, ROW_RULE_CODES
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.model import Package
from validate._src.words.outcome import Checked, NotChecked, Outcome

FAILS = "it fails on too many others"
MOST_SUSPECTS = 20_000
"""Rows with faults that are held at most: to judge few costs as much as to judge thousands.

Each batch by itself: +22 % on the benchmark's table with faults, +0.5 % on others.
"""


@dataclass
class _Suspects:
    """Rows with faults, held until there are enough of them.

    Attributes:
        tables: the rows, batch by batch, of one table.
        verdicts: what the rules say of them.
        columns: names of the columns in which there are faults.
    """

    tables: list[Table] = field(default_factory=list[Table])
    verdicts: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    columns: set[str] = field(default_factory=set[str])

    def are_of_others(self, name: str) -> bool:
        """Whether there are rows, and of another table."""
        return bool(self.tables) and self.tables[0].resource.name != name

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
        self._alike: Alike | None = None
        self._suspects = _Suspects()
        self._counted: set[str] = set()
        self._constraints = 0
        self._rules = 0
        self._unknown: Counter[tuple[str, str, str]] = Counter()
        self._given_up: Counter[tuple[str, str, str, str]] = Counter()

    def batch(self, table: Table) -> Iterator[Outcome]:
        """Judges some rows, by the schema that their table was compiled into once."""
        if self._alike is None or not self._alike.goes_with(table):
            yield from self._of_alike()
            yield from self._begun(table)
        if self._alike is None:
            yield from self._of_batch(table)
        else:
            self._alike.tables.append(table)
            self._count(table, self._alike.schema)
            if self._alike.is_full:
                yield from self._of_alike()
        yield Checked("cells", table.text.height * table.text.width)

    def _begun(self, table: Table) -> Iterator[Outcome]:
        """Compiles the schema of a table that others may be judged with, if it is not yet."""
        name, ledger = table.resource.name, Ledger()
        if name not in self._schemas:
            self._schemas[name] = compiled(table, ledger)
        yield from framed(ledger.findings())
        yield from ledger.not_checked
        yield from self._absent_rules(table)
        self._count(table, self._schemas[name])
        if not ledger.not_checked and may_be_held(self._schemas[name], table):
            self._alike = Alike(self._schemas[name])

    def _of_alike(self) -> Iterator[FindingFrame]:
        """The findings in the tables that are held; those in which nothing is wrong are done."""
        alike, self._alike = self._alike, None
        for table in alike.at_fault() if alike else ():
            yield from self._of_batch(table)

    def _of_batch(self, table: Table) -> Iterator[FindingFrame]:
        """Findings in rows that were held, and maybe in some that are to be held as well."""
        name = table.resource.name
        if self._suspects.are_of_others(name):
            yield from self._judged()
        if name not in self._schemas:
            self._schemas[name] = compiled(table, Ledger())
        schema = self._schemas[name]
        rules = {name: rule.verdicts(table) for name, rule in schema.rules.items()}
        self._note_unknown(table, schema, rules)
        verdicts = pl.DataFrame([one.holds for one in rules.values()])
        verdict = verdict_on(schema.frame(table, verdicts), schema.questions)
        self._note_given_up(table, schema)
        if verdict.at_fault is not None:
            self._suspects.tables.append(_rows_at_fault(table, verdict.at_fault))
            if rules:
                self._suspects.verdicts.append(verdicts.filter(verdict.at_fault))
            self._suspects.columns.update(question.column for question in verdict.broken)
        if self._suspects.number >= MOST_SUSPECTS:
            yield from self._judged()

    def _count(self, table: Table, schema: CompiledSchema) -> None:
        """Counts the constraints and rules of a table, once."""
        name = table.resource.name
        if name not in self._counted:
            self._counted.add(name)
            self._constraints += sum(map(len, schema.constraints.values()))
            self._rules += sum(not rule.absent for rule in schema.rules.values())

    def _absent_rules(self, table: Table) -> Iterator[NotChecked]:
        """Names the rules of a table of which a field has no column."""
        name = table.resource.name
        for rule in () if name in self._counted else self._schemas[name].rules.values():
            if rule.absent:
                what = f"row rule {rule.rule.name} of {name}"
                why = f"{table.location} has no column {', '.join(rule.absent)}"
                yield NotChecked(what, why, ROW_RULE_CODES, name)

    def _note_unknown(
        self, table: Table, schema: CompiledSchema, verdicts: Mapping[str, Verdicts]
    ) -> None:
        """Counts the rows of which a rule knows nothing, as they hold what Polars does not."""
        for name, rule in schema.rules.items():
            if not rule.absent and (count := table.count_beyond(rule.names)):
                self._unknown[table.resource.name, name, BEYOND] += count
            if verdicts[name].unjudged:
                self._unknown[table.resource.name, name, FAILS] += verdicts[name].unjudged

    def _note_given_up(self, table: Table, schema: CompiledSchema) -> None:
        """Counts the values that a constraint was not judged of."""
        for (name, constraint), condition in schema.one_by_one.items():
            if condition.given_up:
                values = table.values[name]
                found = values.filter(values.is_in([*condition.given_up]))
                self._given_up.update(
                    (table.resource.name, name, constraint, condition.given_up[value])
                    for value in found
                )

    def _judged(self) -> Iterator[FindingFrame]:
        """The findings in the rows that are held."""
        held, self._suspects = self._suspects, _Suspects()
        if held.tables:
            table = whole(held.tables)
            verdicts = pl.concat(held.verdicts) if held.verdicts else pl.DataFrame()
            schema = self._schemas[table.resource.name]
            yield from faults_of(table, verdicts, schema, held.columns)

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Judges the rows still held, and counts what cells and rows were judged by."""
        yield from self._of_alike()
        yield from self._judged()
        for (resource, name, why), count in self._unknown.items():
            what = f"row rule {name} in {count} of the rows of {resource}"
            yield NotChecked(what, why, ROW_RULE_CODES, resource)
        for (resource, name, constraint, why), count in self._given_up.items():
            what = f"{constraint} of field {name} in {count} of the rows of {resource}"
            yield NotChecked(what, why, CONSTRAINT_CODES, resource)
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
