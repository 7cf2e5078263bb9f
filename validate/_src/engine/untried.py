"""Tables of Parquet that another process reads and judges, which need not be tried before.

In a damaged file a thread of Polars may panic, or the whole process may be aborted: elsewhere that
harms nobody, and is noticed. What was said of the table until then does not hold, as nothing is
judged of a damaged file; so the run begins anew, and tries each file before it reads it.
"""

from collections.abc import Iterator, Mapping, Sequence

from validate._src.checks.check import Judge
from validate._src.engine._serving import Whole
from validate._src.engine.judging import JudgedBatch, TryFirstError
from validate._src.engine.workers import Worker
from validate._src.reading._trial import state_of, was_read
from validate._src.words.model import TabularResource


def batches_elsewhere(
    resource: TabularResource, judges: Mapping[int, Judge], workers: Sequence[Worker]
) -> Iterator[JudgedBatch]:
    """The batches of a table of Parquet, read and judged by another process, in order.

    Args:
        resource: the table.
        judges: its judges, by the places of their checks.
        workers: processes that wait for work, one at least.

    Raises:
        TryFirstError: not all of it can be read.
    """
    worker, files = workers[0], [state_of(part.file) for part in resource.parts if part.file]
    worker.send("whole", Whole(resource, judges))
    while message := worker.receive():
        if message == ("end", True):
            for file in files:
                was_read(file)
            return
        if message[0] == "end":
            break
        yield JudgedBatch(*message[1:])
    raise TryFirstError
