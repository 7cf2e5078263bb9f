"""Types, constraints and row rules: the check itself."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import polars as pl

from validate._src.checks.check import Check, Fact, Judge
from validate._src.checks.constraints._alike import Alike, may_be_held
from validate._src.checks.constraints._cells import faults_of
from validate._src.checks.constraints._columns import Condition
from validate._src.checks.constraints._judge import (
    MOST_SUSPECTS,
    Begun,
    ConstraintsJudge,
    Found,
    Schemas,
    Small,
    Suspects,
    Unjudged,
    begun_of,
    judged,
)
from validate._src.tables.dataset import Dataset
from validate._src.tables.joined import whole
from validate._src.tables.table import Table
from validate._src.words.codes import CONSTRAINT_CODES, ROW_RULE_CODES
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import Package, TabularResource
from validate._src.words.outcome import Checked, NotChecked, Outcome


class ConstraintsCheck(Check):
    """Judges every cell by its field's type and constraints, every row by the row rules.

    Source: Data Package 2.0, Table Schema, "Field Types" and "Field Constraints".
    """

    def __init__(self, package: Package) -> None:
        """Prepares for the tables of a package."""
        super().__init__(package)
        self._schemas = Schemas()
        self._alike: Alike | None = None
        self._suspects: list[Suspects] = []
        self._begun: set[str] = set()
        self._constraints = 0
        self._rules = 0
        self._unknown: Counter[tuple[str, str, str]] = Counter()
        self._given_up: Counter[tuple[str, str, str, str]] = Counter()

    def judge(self, resource: TabularResource) -> Judge:
        """What judges the rows of a table by the schema that it is compiled into."""
        return ConstraintsJudge(self._schemas)

    def take(self, fact: Fact) -> Iterator[Outcome]:
        """Holds small tables and rows with faults until there are enough to be judged at once."""
        match fact:
            case Small():
                yield from self._of_small(fact.table)
            case Begun():
                yield from self._of_alike()
                yield from self._of_begun(fact)
            case Suspects():
                yield from self._of_suspects(fact)
            case Found():
                yield from self._of_held()
                yield from fact.faults
            case Unjudged():
                name = fact.resource
                for of_rule, count in fact.unknown.items():
                    self._unknown[name, *of_rule] += count
                for of_constraint, count in fact.given_up.items():
                    self._given_up[name, *of_constraint] += count
            case _:
                raise TypeError(fact)

    def _of_small(self, table: Table) -> Iterator[Outcome]:
        """Judges a small table, or holds it."""
        if self._alike is None or not self._alike.goes_with(table):
            yield from self._of_alike()
            schema, begun = self._schemas.of(table)
            yield from self._of_begun(begun)
            if not begun.said and may_be_held(schema, table):
                self._alike = Alike(schema)
        if self._alike is None:
            yield from self._of_batch(table)
            return
        yield from self._of_begun(begun_of(table.resource.name, self._alike.schema))
        self._alike.tables.append(table)
        if self._alike.is_full:
            yield from self._of_alike()

    def _of_begun(self, begun: Begun) -> Iterator[Outcome]:
        """What is said of a table, the first time."""
        if begun.resource not in self._begun:
            self._begun.add(begun.resource)
            self._constraints += begun.constraints
            self._rules += begun.rules
            yield from begun.said

    def _of_alike(self) -> Iterator[Outcome]:
        """The findings in the tables that are held; those in which nothing is wrong are done."""
        alike, self._alike = self._alike, None
        for table in alike.at_fault() if alike else ():
            yield from self._of_batch(table)

    def _of_batch(self, table: Table) -> Iterator[Outcome]:
        """The findings in some rows, as far as they are not held."""
        schema, _ = self._schemas.of(table)
        for fact in judged(table, schema):
            yield from self.take(fact)

    def _of_suspects(self, suspects: Suspects) -> Iterator[FindingFrame]:
        """Findings in rows that were held, and maybe in these; else they are to be held as well."""
        if self._suspects and self._suspects[0].resource != suspects.resource:
            yield from self._of_held()
        self._suspects.append(suspects)
        if sum(len(held.table.rows) for held in self._suspects) >= MOST_SUSPECTS:
            yield from self._of_held()

    def _of_held(self) -> Iterator[FindingFrame]:
        """The findings in the rows that are held."""
        held, self._suspects = self._suspects, []
        if held:
            table = whole(suspects.table for suspects in held)
            schema, _ = self._schemas.of(table)
            yield from faults_of(table, schema, _all_failed(held))

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Judges the rows still held, and counts what cells and rows were judged by."""
        yield from self._of_alike()
        yield from self._of_held()
        for (resource, name, why), count in self._unknown.items():
            what = f"row rule {name} in {count} of the rows of {resource}"
            yield NotChecked(what, why, ROW_RULE_CODES, resource)
        for (resource, name, constraint, why), count in self._given_up.items():
            what = f"{constraint} of field {name} in {count} of the rows of {resource}"
            yield NotChecked(what, why, CONSTRAINT_CODES, resource)
        yield Checked("constraints", self._constraints)
        yield Checked("row rules", self._rules)


class AtOnce:
    """Judges batches of a table in whatever order, each by itself, and holds nothing."""

    def __init__(self) -> None:
        """Has compiled no schema yet."""
        self._schemas = Schemas()

    def batch(self, table: Table) -> Iterator[FindingFrame | Fact]:
        """What is wrong in a batch, and facts that the check takes, of what was not judged.

        What is said once of a table is left out.
        """
        schema, _ = self._schemas.of(table)
        for fact in judged(table, schema):
            match fact:
                case Suspects():
                    yield from faults_of(fact.table, schema, fact.failed)
                case Found():
                    yield from fact.faults
                case _:
                    yield fact


def _all_failed(held: Sequence[Suspects]) -> dict[Condition, pl.Series]:
    """The indexes, in all rows that are held, of those whose cell does not meet a condition."""
    failed: defaultdict[Condition, list[pl.Series]] = defaultdict(list)
    height = 0
    for suspects in held:
        for condition, indexes in suspects.failed.items():
            failed[condition].append(indexes + height)
        height += len(suspects.table.rows)
    return {condition: pl.concat(indexes) for condition, indexes in failed.items()}
