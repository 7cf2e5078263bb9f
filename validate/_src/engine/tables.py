"""The batches of a table, read and judged here or by other processes."""

import os
from collections.abc import Generator, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from typing import TYPE_CHECKING

from validate._src.checks.check import Judge
from validate._src.engine.judging import JudgedBatch, judged_batches
from validate._src.reading.files import BLOCK
from validate._src.reading.formats import are_lines, has_footers
from validate._src.reading.splits import Splitting
from validate._src.tables.opening import opened
from validate._src.tables.reading import form_of, read_batches
from validate._src.words.model import Package, TabularResource

if TYPE_CHECKING:
    from validate._src.engine.workers import Worker

LEAST = 32 * BLOCK
"""Bytes of a file from which on it is judged by several processes: each has to learn by itself what
stands in the table. On two cores, 290 MB take as long by two and a fifth more processor time."""

LEAST_LINES = 6 * BLOCK
"""The same of newline-delimited JSON, which takes twice and three times as long to read."""
LEAST_PARQUET = 2**27
"""The same of Parquet, which is compressed: 2.6 million rows of the benchmark's table."""
LEAST_PART = 2**20
"""Bytes that files of Parquet have on average, so that it costs little to look at each footer."""


def usable_cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def workers_for(
    package: Package, needed: Set[str], jobs: int | None
) -> Generator[Sequence["Worker"]]:
    """The processes that judge the tables of a package beside this one; none if none is worth it.

    Where no table is large, but one of Parquet, that is a fork of this process alone, which costs
    less than to read a file on trial.

    Args:
        package: the package.
        needed: the tables that are needed whole, which are judged here.
        jobs: how many may work at once; None for none beside this one.
    """
    tables = [table for name, table in package.tables.items() if name not in needed]
    are_large = any(map(_is_large, tables))
    count = jobs if jobs and are_large else 1
    if jobs is None or (count == 1 and not any(map(can_be_untried, tables))):
        yield ()
        return
    # Here, as in `batches_of`, because most packages are small and need not wait for it.
    from validate._src.engine import workers

    with workers.started(package, count, forked=count == 1) as all_workers:
        yield all_workers


def can_be_untried(table: TabularResource) -> bool:
    """Whether another process can judge a table of Parquet without a trial before."""
    return has_footers(table) and not table.footers_only


def _is_large(table: TabularResource) -> bool:
    """Whether several processes judge a table sooner than one."""
    if can_be_untried(table):
        return table.size >= max(LEAST_PARQUET, LEAST_PART * len(table.parts))
    least = LEAST_LINES if are_lines(table) else LEAST
    return any(
        part.file is not None and not part.absent and part.size >= least for part in table.parts
    )


def batches_of(
    resource: TabularResource, judges: Mapping[int, Judge], workers: Sequence["Worker"]
) -> Iterator[JudgedBatch]:
    """The batches of a table as judges judge them, in order.

    Args:
        resource: the table.
        judges: its judges, by the places of their checks.
        workers: processes that may judge it, or splits of it if they are several; without any,
            all is done here.

    Raises:
        TryFirstError: they were to judge a table that is damaged.
    """
    if workers and can_be_untried(resource):
        from validate._src.engine.untried import batches_elsewhere

        several = workers if _is_large(resource) else workers[:1]
        yield from batches_elsewhere(resource, judges, several)
        return
    reader = opened(resource)
    if len(workers) > 1 and isinstance(reader, Splitting):
        from validate._src.engine.parallel import batches_in_splits

        yield from batches_in_splits(reader, form_of(resource, reader), judges, workers)
    else:
        yield from judged_batches(read_batches(resource, reader=reader), judges)
