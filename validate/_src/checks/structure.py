"""Structure: what reading the tables has found."""

from collections.abc import Iterator
from dataclasses import dataclass

from validate._src.checks.check import Check, Fact, Judge
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.codes import ALL_CODES, HEADER_CODES
from validate._src.words.model import Package, TabularResource
from validate._src.words.outcome import Checked, Columns, NotChecked, Outcome


@dataclass(frozen=True, eq=False)
class Read(Fact):
    """What a batch shows of how its table could be read.

    Attributes:
        columns: what its columns are called.
        fieldless: whether there are rows, and no column is a field.
        has_columns: whether its columns are known.
    """

    columns: tuple[str, ...]
    fieldless: bool
    has_columns: bool


class StructureCheck(Check):
    """Reports faults of encoding, header and row shape.

    Source: Data Package 2.0, Data Resource, "encoding"; Table Schema, "fieldsMatch".
    """

    def __init__(self, package: Package) -> None:
        """Has seen no table yet."""
        super().__init__(package)
        self._seen: set[str] = set()
        self._read: set[str] = set()
        self._fieldless: set[str] = set()

    def judge(self, resource: TabularResource) -> Judge:
        """What passes on what reading has found."""
        return _StructureJudge()

    def take(self, fact: Fact) -> Iterator[Outcome]:
        """Says once of a table what its columns are, and that none is a field."""
        assert isinstance(fact, Read)
        name = fact.resource
        if name not in self._seen:
            self._seen.add(name)
            yield Columns(name, fact.columns)
        if fact.fieldless and name not in self._fieldless:
            self._fieldless.add(name)
            hidden = ALL_CODES - HEADER_CODES
            yield NotChecked(f"rows of {name}", "no column is a field", hidden, name)
        if fact.has_columns:
            self._read.add(name)

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Counts the tables that could be read."""
        tables = self.package.tables
        yield Checked("tables", sum(tables[name].judged for name in self._read))


class _StructureJudge:
    """Passes on what was found in reading a batch."""

    def batch(self, table: Table) -> Iterator[Outcome | Fact]:
        """The faults of a batch, and how many rows it has."""
        yield Read(
            table.resource.name,
            columns=table.columns,
            fieldless=table.fieldless and table.resource.judged,
            has_columns=table.complete or bool(table.cells.columns),
        )
        yield from table.findings
        yield Checked("rows", len(table.rows))
