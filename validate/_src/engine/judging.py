"""The judges of a table: what they say of its batches, and what the checks make of that."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from validate._src.checks.check import Check, Fact, Judge
from validate._src.tables.table import Table
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import TabularResource
from validate._src.words.outcome import Outcome


class TryFirstError(Exception):
    """A Parquet file cannot be read to its end, so that what was said of its rows is void."""


@dataclass(frozen=True, eq=False)
class JudgedBatch:
    """What is known of a batch that was judged.

    Attributes:
        said: what the judges say, told once.
        rows: how many rows it has.
        table: the rows; None where another process has judged them, to the end.
    """

    said: Iterable["Said"]
    rows: int
    table: Table | None = None


Said = tuple[int, Outcome | Fact]
"""What a judge says, after the place of its check among all."""


def judges_of(checks: Sequence[Check], resource: TabularResource) -> Mapping[int, Judge]:
    """The judges of a table, by the places of their checks.

    Of a table that only others need, those alone that follow references.
    """
    is_judged = resource.unreadable is None
    found = {
        place: check.judge(resource)
        for place, check in enumerate(checks)
        if is_judged or check.follows_references
    }
    return {place: judge for place, judge in found.items() if judge is not None}


def said_of(table: Table, judges: Mapping[int, Judge]) -> Iterator[Said]:
    """What judges say of a batch."""
    for place, judge in judges.items():
        for said in judge.batch(table):
            yield place, said


def taken(said: Iterable[Said], checks: Sequence[Check]) -> Iterator[Outcome]:
    """What judges have said of a batch, and what the checks say to its facts."""
    for place, one in said:
        if isinstance(one, Fact):
            yield from checks[place].take(one)
        else:
            yield one


def faults_said(faults: Iterable[FindingFrame], resource: TabularResource) -> Iterator[Said]:
    """Faults as what a judge says that has no facts; of a table that only others need, none."""
    return ((0, fault) for fault in faults if resource.unreadable is None)


def judged_batches(tables: Iterable[Table], judges: Mapping[int, Judge]) -> Iterator[JudgedBatch]:
    """The batches of a table as judges judge them."""
    for table in tables:
        yield JudgedBatch(said_of(table, judges), len(table.rows), table)
        del table  # whose memory the next one can have
