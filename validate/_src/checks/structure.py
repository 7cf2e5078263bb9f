"""Structure: what reading the tables has found."""

from collections.abc import Iterator

from validate._src.checks.check import Check
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.codes import ALL_CODES, HEADER_CODES
from validate._src.words.model import Package
from validate._src.words.outcome import Checked, Columns, NotChecked, Outcome


class StructureCheck(Check):
    """Reports faults of encoding, header and row shape.

    Source: Data Package 2.0, Data Resource, "encoding"; Table Schema, "fieldsMatch".
    """

    def __init__(self, package: Package) -> None:
        """Has seen no table yet."""
        super().__init__(package)
        self._seen: set[str] = set()
        self._read: set[str] = set()
        self._fieldless = False  # the table of the last batch

    def batch(self, table: Table) -> Iterator[Outcome]:
        """Passes on what was found in reading a batch."""
        if table.resource.name not in self._seen:
            self._seen.add(table.resource.name)
            yield Columns(table.resource.name, table.columns)
            self._fieldless = False
        if table.fieldless and table.resource.judged and not self._fieldless:
            self._fieldless = True
            name = table.resource.name
            hidden = ALL_CODES - HEADER_CODES
            yield NotChecked(f"rows of {name}", "no column is a field", hidden, name)
        if table.complete or table.text.columns:
            self._read.add(table.resource.name)
        yield from table.findings
        yield Checked("rows", len(table.rows))

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Counts the tables that could be read."""
        tables = self.package.tables
        yield Checked("tables", sum(tables[name].judged for name in self._read))
