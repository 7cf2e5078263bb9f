"""Structure: what reading the tables has found."""

from collections.abc import Iterator

from validate._src.checks.check import Check
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.outcome import Checked, Outcome


class StructureCheck(Check):
    """Reports faults of encoding, header and row shape.

    Source: Data Package 2.0, Data Resource, "encoding"; Table Schema, "fieldsMatch".
    """

    def batch(self, table: Table) -> Iterator[Outcome]:
        """Passes on what was found in reading a batch."""
        yield from table.findings
        yield Checked("rows", len(table.rows))

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Counts the tables."""
        yield Checked("tables", sum(resource.judged for resource in self.package.tables.values()))
