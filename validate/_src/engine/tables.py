"""The batches of a table, read and judged here or by other processes."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

from validate._src.checks.check import Judge
from validate._src.engine._serving import Judged, Work
from validate._src.engine.judging import JudgedBatch, Said, judged_batches
from validate._src.engine.parallel import InOrder
from validate._src.engine.workers import Worker
from validate._src.reading.files import BLOCK
from validate._src.reading.splits import Splitting
from validate._src.tables.debris import Debris
from validate._src.tables.opening import opened
from validate._src.tables.reading import form_of, read_batches
from validate._src.words.findingframe import FindingFrame, framed
from validate._src.words.model import Package, Part, TabularResource

LEAST = 32 * BLOCK
"""Bytes of a file from which on it is judged by several processes: each has to learn by itself what
stands in the table. On two cores, 290 MB take as long by two and a fifth more processor time."""


def processes_for(package: Package, needed: Set[str], jobs: int) -> int:
    """How many processes judge the tables of a package beside this one; none if all are small.

    Args:
        package: the package.
        needed: the tables that are needed whole, which are judged here.
        jobs: how many may work at once.
    """
    tables = (table for name, table in package.tables.items() if name not in needed)
    is_large = any(_is_large(part) for table in tables for part in table.parts)
    return jobs if jobs > 1 and is_large else 0


def _is_large(part: Part) -> bool:
    return part.file is not None and not part.absent and part.size >= LEAST


def batches_of(
    resource: TabularResource, judges: Mapping[int, Judge], workers: Sequence[Worker]
) -> Iterator[JudgedBatch]:
    """The batches of a table as judges judge them, in order.

    Args:
        resource: the table.
        judges: its judges, by the places of their checks.
        workers: processes that may judge splits of it; without any, all is done here.
    """
    reader = opened(resource)
    if workers and isinstance(reader, Splitting):
        form = form_of(resource, reader)
        work = Work(reader.split_reader(form.header.width), form, judges)
        yield from _in_splits(reader, work, workers)
    else:
        yield from judged_batches(read_batches(resource, reader=reader), judges)


def _in_splits(reader: Splitting, work: Work, workers: Sequence[Worker]) -> Iterator[JudgedBatch]:
    """The batches of a table, those of splits judged by other processes.

    What is held back until the end of the table is known is held back here.
    """
    form, width = work.form, work.form.header.width
    debris = Debris(form.header)
    yield JudgedBatch(_said(framed(form.header.findings)), 0)
    for batch in InOrder(reader, width, work, workers):
        if isinstance(batch, Judged):
            yield JudgedBatch(_said(debris.take(batch.ending)), 0)
            yield JudgedBatch(batch.said, batch.rows)
        else:
            table, ending = form.framed(batch)
            yield JudgedBatch(_said(debris.take(ending)), 0)
            yield from judged_batches([table], work.judges)
    yield JudgedBatch(_said(debris.findings()), 0)


def _said(faults: Iterable[FindingFrame]) -> Iterator[Said]:
    """Faults as what a judge says that has no facts."""
    return ((0, fault) for fault in faults)
