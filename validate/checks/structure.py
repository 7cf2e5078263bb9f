"""Structure: what reading the tables has found."""

from collections.abc import Iterator

from validate.dataset import Dataset
from validate.findings import Checked, Outcome


def check(dataset: Dataset) -> Iterator[Outcome]:
    """Reports faults of encoding, header and row shape.

    Source: Data Package 2.0, Data Resource, "encoding"; Table Schema, "fieldsMatch".
    """
    tables = dataset.tables.values()
    for table in tables:
        yield from table.findings
    yield Checked("tables", len(tables))
    yield Checked("rows", sum(len(table.rows) for table in tables))
