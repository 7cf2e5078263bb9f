"""Which of the rows that differ are shown, and how wide."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from validate._src.compare.difference import (
    ADDED,
    CHANGED,
    REMOVED,
    RowChange,
    TableDifference,
)


@dataclass(frozen=True)
class Group:
    """The rows of a table with one kind of change.

    Attributes:
        change: the kind.
        count: how many there are.
        rows: those that are shown.
        left: how many are not.
    """

    change: str
    count: int
    rows: Iterable[RowChange]
    left: int


@dataclass(frozen=True)
class Shown:
    """How a difference is shown; what is counted does not depend on it.

    Attributes:
        limit: how many rows of a table and kind of change are shown at most; None for as many as
            is usual in the format.
        width: how many columns of a terminal a line may have.
        colour: whether escape sequences for colours are wanted.
    """

    limit: int | None = None
    width: int = 100
    colour: bool = False

    def groups(
        self, table: TableDifference, usual: int | None = None, *, or_one_more: bool = False
    ) -> Iterator[Group]:
        """The rows of a table that differ, by the kind of change, without kinds of which is none.

        Args:
            table: the table.
            usual: how many are shown of each kind if nothing else is wanted; None for all.
            or_one_more: whether the last is shown too, if it is a single one.
        """
        most = usual if self.limit is None else self.limit
        for change, count in counts_of(table).items():
            if count:
                number = count if most is None else min(most, count)
                if or_one_more and number and count == number + 1:
                    number = count
                rows = table.rows[change]
                yield Group(change, count, _First(rows, number), count - number)


@dataclass(frozen=True)
class _First:
    """The first of some rows; can be gone through again."""

    rows: Iterable[RowChange]
    count: int

    def __iter__(self) -> Iterator[RowChange]:
        return islice(self.rows, self.count)


def counts_of(table: TableDifference) -> dict[str, int]:
    """How many rows there are of each kind of change."""
    return {CHANGED: table.changed, ADDED: table.added, REMOVED: table.removed}
