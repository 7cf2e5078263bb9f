"""Tables of Parquet that other processes read and judge, which need not be tried before.

In a damaged file a thread of Polars may panic, or the whole process may be aborted: elsewhere that
harms nobody, and is noticed. What was said of the table until then does not hold, as nothing is
judged of a damaged file; so the run begins anew, and tries each file before it reads it.

Several processes judge a table in pieces, as the footers of its files tell them. Polars does not
read these footers here, but in the processes, which say if it finds other numbers of rows.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from multiprocessing.connection import wait
from typing import Any

from validate._src.checks.check import Judge
from validate._src.engine._serving import Judged, Message, Whole
from validate._src.engine.judging import JudgedBatch, TryFirstError, faults_said
from validate._src.engine.workers import Worker
from validate._src.reading._trial import state_of, was_read
from validate._src.reading.parquet import Piece, pieces_in
from validate._src.tables.batches import TableForm
from validate._src.tables.debris import Debris
from validate._src.words.findingframe import framed
from validate._src.words.model import TabularResource

AHEAD = 3  # pieces a process that are handed out and not yet given: their results are in memory
AT_ONCE = 2  # pieces that a process is given, so that it need not wait for the next


def batches_elsewhere(
    resource: TabularResource, judges: Mapping[int, Judge], workers: Sequence[Worker]
) -> Iterator[JudgedBatch]:
    """The batches of a table of Parquet, read and judged by other processes, in order.

    Args:
        resource: the table.
        judges: its judges, by the places of their checks.
        workers: processes that wait for work, one at least.

    Raises:
        TryFirstError: not all of it can be read.
    """
    files = [state_of(part.file) for part in resource.parts if part.file]
    whole = Whole(resource, judges)
    pieces = pieces_in(resource) if len(workers) > 1 else ()
    yield from _in_pieces(whole, pieces, workers) if pieces else _by_one(whole, workers[0])
    for file in files:
        was_read(file)


def _by_one(whole: Whole, worker: Worker) -> Iterator[JudgedBatch]:
    """The batches of a table, judged by one process."""
    worker.send("whole", whole)
    while (message := _answer(worker)) != ("end", True):
        if message[0] == "end":
            raise TryFirstError
        yield JudgedBatch(*message[1:])


def _in_pieces(
    whole: Whole, pieces: Sequence[Piece], workers: Sequence[Worker]
) -> Iterator[JudgedBatch]:
    """The batches of a table, judged by several processes."""
    for worker in workers:
        worker.send("pieces", whole)
    forms: list[TableForm] = [_sound(_answer(worker)) for worker in workers]
    yield from in_pieces(forms[0], _in_order(pieces, workers))


def in_pieces(form: TableForm, in_order: Iterable[Judged]) -> Iterator[JudgedBatch]:
    """The batches of a table as what is said of them, given in order.

    What is held back until the end of the table is known is held back here.

    Args:
        form: what they have in common.
        in_order: the batches, judged.
    """
    debris = Debris(form.header)
    yield JudgedBatch(faults_said(framed(form.header.findings), form.resource), 0)
    for judged in in_order:
        yield JudgedBatch(faults_said(debris.take(judged.ending), form.resource), 0)
        yield JudgedBatch(judged.said, judged.rows)
    yield JudgedBatch(faults_said(debris.findings(), form.resource), 0)


def _in_order(pieces: Sequence[Piece], workers: Sequence[Worker]) -> Iterator[Judged]:
    """The batches of pieces, judged, in order."""
    busy = {worker: deque[int]() for worker in workers}
    done: dict[int, tuple[Judged, ...]] = {}
    handed = 0
    for given in range(len(pieces)):
        while given not in done:
            most = min(len(pieces), given + AHEAD * len(workers))
            while handed < most:
                worker = min(workers, key=lambda worker: len(busy[worker]))
                if len(busy[worker]) == AT_ONCE:
                    break
                worker.send("piece", pieces[handed])
                busy[worker].append(handed)
                handed += 1
            ready = wait([worker.line.connection for worker in workers if busy[worker]])
            for worker in workers:
                if worker.line.connection in ready:
                    done[busy[worker].popleft()] = _sound(_answer(worker))
        yield from done.pop(given)


def _answer(worker: Worker) -> Message:
    """The next message of a process.

    Raises:
        TryFirstError: it has ended.
    """
    message = worker.receive()
    if message is None:
        raise TryFirstError
    return message


def _sound(message: Message) -> Any:
    """What a message says.

    Raises:
        TryFirstError: that something cannot be read.
    """
    if message[1] is None:
        raise TryFirstError
    return message[1]
