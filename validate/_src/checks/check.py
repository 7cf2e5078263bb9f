"""What every check is: it sees each batch of each table, and judges the rest at the end."""

from collections.abc import Iterable

from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.model import Package
from validate._src.words.outcome import Outcome


class Check:
    """A kind of thing that is judged.

    Attributes:
        package: what is checked.
        follows_references: whether it looks at tables without a schema that others refer to.
    """

    follows_references = False

    def __init__(self, package: Package) -> None:
        """Prepares for the tables of a package."""
        self.package = package

    def batch(self, table: Table) -> Iterable[Outcome]:
        """Judges a batch of rows; those of a resource come one after the other, in order."""
        return ()

    def end(self, dataset: Dataset) -> Iterable[Outcome]:
        """Judges what takes all rows, after the last batch."""
        return ()
