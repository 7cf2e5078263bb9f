"""What judges the rows of a table, and what it leaves to be judged with those of others."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Self

import polars as pl

from validate._src.checks.check import Fact
from validate._src.checks.constraints._alike import is_small
from validate._src.checks.constraints._cells import faults_of
from validate._src.checks.constraints._columns import Condition
from validate._src.checks.constraints._compiled import CompiledSchema, compiled
from validate._src.checks.constraints._gate import Verdict, verdict_on
from validate._src.checks.constraints._rules import Verdicts, verdicts_of
from validate._src.package.ledger import Ledger
from validate._src.tables.table import BEYOND, Table
from validate._src.words.codes import ROW_RULE_CODES
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.outcome import Checked, NotChecked, Outcome
from validate._src.words.shift import Shift

FEW = 2**10  # cells that Python looks at in less time than Polars takes for a query
FAILS = "it fails on too many others"
MOST_SUSPECTS = 20_000
"""Rows with faults that are held at most: to word the faults of few costs as much as of thousands.

Each batch by itself: +22 % on the benchmark's table with faults, +0.5 % on others.
"""


@dataclass(frozen=True, eq=False)
class Small(Fact):
    """A table, or a batch of one, so small that it is judged together with others."""

    table: Table

    def moved(self, shift: Shift) -> Self:
        """The same where the rows stand."""
        return replace(self, table=self.table.moved(shift))


@dataclass(frozen=True, eq=False)
class Begun(Fact):
    """What is said once of a table, and counted.

    Attributes:
        said: what cannot be used of its constraints and rules.
        constraints: how many constraints it has.
        rules: how many row rules.
    """

    said: tuple[Outcome, ...]
    constraints: int
    rules: int


@dataclass(frozen=True, eq=False)
class Suspects(Fact):
    """Rows with faults, which are held until there are enough of them.

    Attributes:
        table: the rows.
        failed: the indexes of those whose cell in a column does not meet a condition.
    """

    table: Table
    failed: Mapping[Condition, pl.Series]

    def moved(self, shift: Shift) -> Self:
        """The same where the rows stand."""
        return replace(self, table=self.table.moved(shift))


@dataclass(frozen=True, eq=False)
class Found(Fact):
    """What was found in a batch with so many faults that it was worded by itself."""

    faults: tuple[FindingFrame, ...]

    def moved(self, shift: Shift) -> Self:
        """The same where the rows stand."""
        return replace(self, faults=tuple(found.moved(shift) for found in self.faults))


@dataclass(frozen=True, eq=False)
class Unjudged(Fact):
    """What was not judged of some rows.

    Attributes:
        unknown: how many of them a rule knows nothing of, by its name and why.
        given_up: how many values a constraint was not judged of, by field, constraint and why.
    """

    unknown: Mapping[tuple[str, str], int]
    given_up: Mapping[tuple[str, str, str], int]


@dataclass(eq=False)
class Schemas:
    """The schemas that were compiled in this process, by table, each with what is said of it.

    They are not pickled: elsewhere they are compiled anew.
    """

    known: dict[str, tuple[CompiledSchema, Begun]] = field(
        default_factory=dict[str, tuple[CompiledSchema, Begun]]
    )

    def __reduce__(self) -> tuple[type["Schemas"], tuple[()]]:
        """How it is pickled."""
        return Schemas, ()

    def of(self, table: Table) -> tuple[CompiledSchema, Begun]:
        """The schema of a table, of which this is any batch."""
        name, ledger = table.resource.name, Ledger()
        if name not in self.known:
            schema = compiled(table, ledger)
            said = (*framed(ledger.findings()), *ledger.not_checked, *_absent_rules(table, schema))
            self.known[name] = schema, begun_of(name, schema, said)
        return self.known[name]


@dataclass(frozen=True)
class ConstraintsJudge:
    """Judges the rows of a table."""

    schemas: Schemas

    def batch(self, table: Table) -> Iterator[Outcome | Fact]:
        """Rows in which something is at fault; small batches are left to be judged with others."""
        if is_small(table):
            yield Small(table.resource.name, replace(table, findings=()))
        else:
            schema, begun = self.schemas.of(table)
            yield begun
            yield from judged(table, schema)
        yield Checked("cells", table.cells.height * table.cells.width)


def judged(table: Table, schema: CompiledSchema) -> Iterator[Fact]:
    """What the gate says of a batch: the rows with faults, and what was not judged."""
    name = table.resource.name
    rules = verdicts_of(schema.rules, table)
    verdicts = pl.DataFrame([one.holds for one in rules.values()])
    verdict = verdict_on(schema.frame(table, verdicts), schema.questions, schema.unmet)
    schema.unmet.clear()
    schema.unmet.update((one.column, one.condition) for one in verdict.broken)
    unknown, given_up = _unknown(table, schema, rules), _given_up(table, schema)
    if unknown or given_up:
        yield Unjudged(name, unknown, given_up)
    if not verdict.passes:
        at_fault, table = verdict.at_fault, replace(table, findings=())
        if at_fault.sum() >= MOST_SUSPECTS:
            yield Found(name, tuple(faults_of(table, schema, _failed(verdict))))
        elif at_fault.all():
            yield Suspects(name, table, _failed(verdict))
        else:  # few of many, in memory of their own, since they will be held
            yield Suspects(name, table.filter(at_fault).compacted(), _failed(verdict, at_fault))


def _failed(verdict: Verdict, among: pl.Series | None = None) -> dict[Condition, pl.Series]:
    """The indexes of rows whose cell in a column does not meet a condition.

    Args:
        verdict: what is said of n rows.
        among: n times whether a row is among those that the indexes count; None where all are.
    """
    failed: dict[Condition, pl.Series] = {}
    for one in verdict.broken:
        met = one.met if among is None else one.met.filter(among)
        failed[one.column, one.condition] = _unmet(met)
    return failed


def _unmet(met: pl.Series) -> pl.Series:
    """The indexes of cells that do not meet something; of few without a query."""
    if len(met) > FEW:
        return (~met).arg_true().cast(pl.Int64)
    return pl.Series([at for at, is_met in enumerate(met) if not is_met], dtype=pl.Int64)


def begun_of(name: str, schema: CompiledSchema, said: tuple[Outcome, ...] = ()) -> Begun:
    """What is counted of a table that a schema judges."""
    constraints = sum(map(len, schema.constraints.values()))
    rules = sum(not rule.absent for rule in schema.rules.values())
    return Begun(name, said, constraints, rules)


def _absent_rules(table: Table, schema: CompiledSchema) -> Iterator[NotChecked]:
    """Names the rules of a table of which a field has no column."""
    name = table.resource.name
    for rule in schema.rules.values():
        if rule.absent:
            what = f"row rule {rule.rule.name} of {name}"
            why = f"{table.location} has no column {', '.join(rule.absent)}"
            yield NotChecked(what, why, ROW_RULE_CODES, name)


def _unknown(
    table: Table, schema: CompiledSchema, verdicts: Mapping[str, Verdicts]
) -> dict[tuple[str, str], int]:
    """In how many rows a rule knows nothing, by its name and why."""
    counts: dict[tuple[str, str], int] = {}
    for name, rule in schema.rules.items():
        if not rule.absent and (count := table.count_beyond(rule.names)):
            counts[name, BEYOND] = count
        if verdicts[name].unjudged:
            counts[name, FAILS] = verdicts[name].unjudged
    return counts


def _given_up(table: Table, schema: CompiledSchema) -> Counter[tuple[str, str, str]]:
    """Of how many values a constraint was not judged, by field, constraint and why."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for (name, constraint), condition in schema.one_by_one.items():
        if condition.given_up:
            values = table.values[name]
            found = values.filter(values.is_in([*condition.given_up]))
            counts.update((name, constraint, condition.given_up[value]) for value in found)
    return counts
