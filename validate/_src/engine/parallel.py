"""Tables read and judged by several processes at once, their batches told in order.

The splits of a file are read on the assumption that each begins where a record does. As those
before it tell how many records and lines they have, and where the last of them ends, it is told
its place; or it is read again from where its first record really begins. From a split on that
cannot be read by itself, the rest of its file is read in order.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from multiprocessing.connection import wait

from validate._src.checks.check import Judge
from validate._src.engine._serving import Judged, Work
from validate._src.engine.judging import JudgedBatch, faults_said, judged_batches
from validate._src.engine.workers import Worker
from validate._src.reading.batch import Batch
from validate._src.reading.files import BLOCK
from validate._src.reading.records import Place
from validate._src.reading.splits import Split, SplitFile, Splitting, Told, Unplaced, Where
from validate._src.tables.batches import TableForm
from validate._src.tables.debris import Debris
from validate._src.tables.reading import has_nothing
from validate._src.words.findingframe import framed

AHEAD = 3  # splits a process that are handed out and not yet given: their results are in memory

Inline = Callable[[int], Generator[Batch | Judged, None, int]]
"""What is read in order, or was: from the number of its first record to the next number."""


@dataclass(eq=False)
class _File:
    """A file that is being read in splits.

    Attributes:
        file: the file.
        start: where the record after those of the placed splits begins; None before the first.
        is_ascii: whether the placed splits are ASCII.
        is_over: whether the rest of it is read in order.
    """

    file: SplitFile
    start: int | None = None
    is_ascii: bool = True
    is_over: bool = False


@dataclass(eq=False)
class _Task:
    """A split that was handed out.

    Attributes:
        of: its file.
        split: where it is taken to be.
        cut: the byte at which it begins, whether a record does or not.
        is_last: whether it is the last of its file.
        worker: the process that has it; None if none has, or that has ended.
        unplaced: the split, if it was read here.
        is_read: whether it was read.
        told: what it tells then; None if it cannot be read by itself.
        where: where it stands, once that is known.
        judged: the results, one for each batch.
        begins_rest: whether from it on the file is read in order.
    """

    of: _File
    split: Split
    cut: int
    is_last: bool
    worker: Worker | None = None
    unplaced: Unplaced | None = None
    is_read: bool = False
    told: Told | None = None
    where: Where | None = None
    judged: tuple[Judged, ...] | None = None
    begins_rest: bool = False

    @property
    def ends_before_rest(self) -> bool:
        """Whether after it the file is read in order, as it or the splits end before the file."""
        if self.where is None or self.told is None or not self.is_last:
            return False
        return not self.split.is_end or self.told.end < self.split.end

    @property
    def is_dropped(self) -> bool:
        """Whether nobody wants it, since the rest of its file is read in order."""
        return self.of.is_over and self.where is None and not self.begins_rest


def batches_in_splits(
    reader: Splitting, form: TableForm, judges: Mapping[int, Judge], workers: Sequence[Worker]
) -> Iterator[JudgedBatch]:
    """The batches of a table, those of splits judged by other processes.

    What is held back until the end of the table is known is held back here.

    Args:
        reader: reads the table.
        form: what its batches have in common.
        judges: its judges, by the places of their checks.
        workers: processes that wait for work.
    """
    width = form.header.width
    work = Work(reader.split_reader(width), form, judges)
    in_order = InOrder(reader.pieces(width), width, work, workers)
    yield from judged_in_order(reader, work, in_order)


def judged_in_order(
    reader: Splitting, work: Work, in_order: Iterable[Batch | Judged]
) -> Iterator[JudgedBatch]:
    """The batches of a table as what is said of them, given in order, judged or not.

    Args:
        reader: has opened the table.
        work: how it is read and judged.
        in_order: its batches.
    """
    form = work.form
    debris = Debris(form.header)
    for at, batch in enumerate(in_order):
        is_judged = isinstance(batch, Judged)
        if at == 0 and (is_judged or not has_nothing(reader, batch)):
            yield JudgedBatch(faults_said(framed(form.header.findings), form.resource), 0)
        if is_judged:
            yield JudgedBatch(faults_said(debris.take(batch.ending), form.resource), 0)
            yield JudgedBatch(batch.said, batch.rows)
        else:
            table, ending = form.framed(batch)
            yield JudgedBatch(faults_said(debris.take(ending), form.resource), 0)
            yield from judged_batches([table], work.judges)
    yield JudgedBatch(faults_said(debris.findings(), form.resource), 0)


class InOrder:
    """The batches of a table in order, those of splits judged by others."""

    def __init__(
        self,
        pieces: Iterable[SplitFile | Inline],
        width: int,
        work: Work,
        workers: Sequence[Worker],
    ) -> None:
        """Gets ready.

        Args:
            pieces: the files of the table, those that are split and others.
            width: how many columns it has.
            work: how its splits are read and judged.
            workers: processes that wait for work.
        """
        self._pieces, self._width, self._work = pieces, width, work
        self._idle = [*workers]
        self._most = AHEAD * len(workers)
        self._pending = deque[_Task | Inline]()
        self._number = 1
        for worker in workers:
            worker.send("table", work)

    def __iter__(self) -> Iterator[Batch | Judged]:
        """The batches that were read here, and the splits that are judged."""
        coming = self._coming()
        while True:
            self._hand_out(coming)
            if not self._pending:
                return
            self._place()
            first = self._pending[0]
            if not isinstance(first, _Task):
                self._number = yield from first(self._number)
                self._pending.popleft()
            elif self._is_done(first):
                yield from self._given(first)
                self._pending.popleft()
            elif first.worker is not None:
                self._wait()

    def _coming(self) -> Iterator[_Task | Inline]:
        """What there is to do, in order."""
        for piece in self._pieces:
            if not isinstance(piece, SplitFile):
                yield piece
                continue
            of = _File(piece)
            for split, following in pairwise(chain(piece.splits(), [None])):
                if of.is_over or split is None:
                    break
                yield _Task(of, split, split.start, is_last=following is None)

    def _hand_out(self, coming: Iterator[_Task | Inline]) -> None:
        """Gives work to processes that wait for some; without any, it is done here."""
        self._idle = [worker for worker in self._idle if worker.is_alive]
        while not self._pending or (self._idle and len(self._pending) < self._most):
            task = next(coming, None)
            if task is None:
                return
            self._pending.append(task)
            if isinstance(task, _Task) and self._idle:
                task.worker = self._idle.pop()
                task.worker.send("split", task.split)

    def _place(self) -> None:
        """Tells splits their places, as far as those before them have told what they have."""
        for task in self._pending:
            if not isinstance(task, _Task):
                return
            if task.is_dropped:
                self._drop(task)
            elif (task.where is None and not self._is_placed(task)) or task.ends_before_rest:
                return

    def _is_placed(self, task: _Task) -> bool:
        """Places a split if it can be, and whether it could."""
        of = task.of
        if task.worker is not None and not task.worker.is_alive:
            task.worker = None
        if task.begins_rest or (task.worker is not None and not task.is_read):
            return False
        if of.start is None:
            of.file.counted_from(self._number)
            of.start = task.split.start
        if of.start != task.split.start and task.cut - of.start < BLOCK // 2:
            self._read_again(task, of.start)
            return False
        if task.worker is None and not task.is_read:
            task.unplaced, task.is_read = self._work.read(task.split), True
            task.told = None if task.unplaced is None else task.unplaced.told
        if of.start != task.split.start or task.told is None:
            task.begins_rest = of.is_over = True
            self._drop(task)
            return False
        self._settle(task, task.told)
        return True

    def _read_again(self, task: _Task, start: int) -> None:
        """Has a split read from where its first record really begins."""
        task.split, task.is_read = replace(task.split, start=start), False
        if task.worker is not None:
            task.worker.send("drop")
            task.worker.send("split", task.split)

    def _settle(self, task: _Task, told: Told) -> None:
        """Tells a split its place, and moves on that of its file."""
        of, place = task.of, task.of.file.place
        task.where = of.file.where
        if task.worker is not None:
            task.worker.send("at", task.where)
            self._idle.append(task.worker)  # the next one is there once this is judged
        of.file.move_to(Place(place.number + told.height, place.line + told.lines))
        of.start, of.is_ascii = told.end, of.is_ascii and told.is_ascii
        self._number = of.file.place.number

    def _drop(self, task: _Task) -> None:
        """Has a process that has read a split forget it."""
        if task.worker is not None and task.is_read:
            task.worker.send("drop")
            self._idle.append(task.worker)
            task.worker = None

    def _is_done(self, task: _Task) -> bool:
        """Whether the first task can be given; what no process does is done here."""
        if task.worker is not None and not task.worker.is_alive:
            task.worker = None
        if task.where is not None and task.judged is None and task.worker is None:
            unplaced = task.unplaced or self._work.read(task.split)
            assert unplaced is not None, "it could be read before"
            task.judged, task.unplaced = self._work.judged(unplaced, task.where), None
        if task.worker is not None:
            return False
        return task.judged is not None or task.begins_rest or task.is_dropped

    def _given(self, task: _Task) -> Iterator[Batch | Judged]:
        """What a task gives."""
        of = task.of
        yield from of.file.noted(self._width)
        yield from task.judged or ()
        if task.begins_rest or task.ends_before_rest:
            assert of.start is not None
            begin = task.split.end if task.ends_before_rest else task.cut
            split = replace(task.split, start=begin)
            yield from of.file.rest(split, of.start, self._width, is_ascii=of.is_ascii)
            self._number = of.file.place.number

    def _wait(self) -> None:
        """Takes the next messages of the processes."""
        tasks = [task for task in self._pending if isinstance(task, _Task)]
        busy = [task.worker for task in tasks if task.worker is not None]
        ready = wait([worker.line.connection for worker in dict.fromkeys(busy)])
        for worker in dict.fromkeys(busy):
            if worker.line.connection in ready:
                self._take(worker, [task for task in tasks if task.worker is worker])

    def _take(self, worker: Worker, tasks: Sequence[_Task]) -> None:
        """Takes the next message of a process, which tells of its tasks in order."""
        message = worker.receive()
        if message is None:
            for task in tasks:
                task.worker = None
        elif message[0] == "told":
            task = next(task for task in tasks if not task.is_read)
            task.told, task.is_read = message[1], True
        else:
            task = next(task for task in tasks if task.where is not None)
            task.judged, task.worker = message[1], None
