"""What every check is: its judges see the batches of the tables, and it judges the rest at the end.

A judge is pure: what it says of a batch follows from the batch and from what the judge was made
of. So it can be sent to another process, and batches can be judged in any order. What only
several batches tell together it gives as facts, which the check takes in the order of the rows.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, Self

from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.model import Package, TabularResource
from validate._src.words.outcome import Outcome
from validate._src.words.shift import Shift


@dataclass(frozen=True, eq=False)
class Fact:
    """What a batch tells of its table, to be seen together with the facts of the others.

    Attributes:
        resource: name of the table.
    """

    resource: str

    def moved(self, shift: Shift) -> Self:
        """The same where the rows stand; a fact that names no row is the same anywhere."""
        return self


class Judge(Protocol):
    """Judges the batches of one table; can be pickled."""

    def batch(self, table: Table) -> Iterable[Outcome | Fact]:
        """Judges a batch of rows, whichever; what it says does not depend on other batches."""
        ...


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

    def judge(self, resource: TabularResource) -> Judge | None:
        """What judges the batches of a table, once those that it refers to were read, if any."""
        return None

    def take(self, fact: Fact) -> Iterable[Outcome]:
        """Takes what a judge has seen; the facts of a table come in the order of its rows."""
        return ()

    def end(self, dataset: Dataset) -> Iterable[Outcome]:
        """Judges what takes all rows, after the last batch."""
        return ()
