"""The share of a part: its tasks, judged before anybody knows where their rows stand.

A split in the middle of a file is judged as if it were the first of it. The merge, which has what
stands before it, moves what is found; where a record did not begin with it, it is judged anew.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Any

from validate._src.checks import CHECKS
from validate._src.checks.check import Judge
from validate._src.engine._encoding import encoded
from validate._src.engine._serving import Judged, Opened, Whole, Work, judged_of
from validate._src.engine.judging import judged_batches, judges_of
from validate._src.engine.progress import Progress
from validate._src.engine.results import Key, ResultWriter, Span, Task
from validate._src.engine.shares import Share
from validate._src.engine.states import Seen
from validate._src.engine.targets import with_targets
from validate._src.engine.tasks import (
    WHOLE,
    Layout,
    TableLayout,
    inline_key,
    piece_key,
    pieces_of,
    split_key,
    splitting,
)
from validate._src.reading.batch import Batch
from validate._src.reading.files import BLOCK
from validate._src.reading.parquet import Piece
from validate._src.reading.records import Place
from validate._src.reading.splits import Inline, SplitFile, Splitting
from validate._src.tables.dataset import resources_needed_whole
from validate._src.tables.reading import form_of, read_batches
from validate._src.words.errors import UnreadableError
from validate._src.words.model import Package, TabularResource

JudgePiece = Callable[[Piece], tuple[Judged, ...] | None]
"""Judges a piece of a table of Parquet; None where it cannot be read."""


@dataclass(eq=False)
class Sharing:
    """Judges the tasks of a part.

    Attributes:
        package: the package as far as it is asked for.
        share: which part it is.
        writer: takes what they tell.
        seen: the files of the package, which it looks at all of before they are judged.
        progress: is told how far it has come.
        tasks: those that are judged.
        left: names of the tables that are needed whole, and so left to the merge.
        rows: how many rows were judged.
        bytes: how many bytes of files they took.
    """

    package: Package
    share: Share
    writer: ResultWriter
    seen: Seen
    progress: Callable[[Progress], None]
    tasks: list[Task] = field(default_factory=list[Task])
    left: tuple[str, ...] = ()
    rows: int = 0
    bytes: int = 0

    def judge(self) -> None:
        """Judges all of them.

        Raises:
            OSError: the result cannot be written.
        """
        needed = resources_needed_whole(self.package)
        package = with_targets(self.package)
        self.left = tuple(name for name in package.tables if name in needed)
        layout = Layout.of(package, needed, self.share)
        checks = [check(package) for check in CHECKS]
        for name, resource in package.tables.items():
            at = None if name in needed else layout.of_table(resource)
            if at is None:
                continue
            size = layout.total // self.share.count
            for task in _OfTable(self, package, at, judges_of(checks, resource)).tasks():
                self.tasks.append(task)
                self.progress(Progress(name, self.rows, min(self.bytes, size), size))
        self._look_at_files_of_nobody(layout)
        self.progress(Progress(None, self.rows, self.bytes, self.bytes))

    def _look_at_files_of_nobody(self, layout: Layout) -> None:
        """Looks at the share of those files that no part judges: that they are the same, too."""
        others = [one for name, one in self.package.resources.items() if name not in layout.begins]
        files = [part for one in others for part in one.parts]
        *begins, total = accumulate((part.size for part in files), initial=0)
        self.seen.look_at_all_of(
            part
            for part, begin in zip(files, begins, strict=True)
            if self.share.has(begin, begin + part.size, total)
        )


@dataclass(eq=False)
class _OfTable:
    """Judges those tasks of a part that are of one table.

    Attributes:
        part: the part.
        package: the package, with tables without a schema that others refer to.
        layout: the table, and where its tasks lie.
        judges: its judges, by the places of their checks.
    """

    part: Sharing
    package: Package
    layout: TableLayout
    judges: Mapping[int, Judge]

    @property
    def resource(self) -> TabularResource:
        """The table."""
        return self.layout.resource

    def tasks(self) -> Iterator[Task]:
        """The tasks, judged."""
        if pieces := pieces_of(self.resource):
            yield from self._of_pieces(pieces)
            self._look_at_own_files()
            return
        try:
            reader = splitting(self.resource)
        except UnreadableError:  # the merge says why
            reader = None
        if reader is not None:
            yield from self._of_files(reader)
            self._look_at_own_files()
        elif self.layout.has_all():
            self.part.seen.look_at_all_of(self.resource.parts)
            yield self._whole()

    def _look_at_own_files(self) -> None:
        """Looks at those files that are of the share and have nothing that a part judges."""
        self.part.seen.look_at_all_of(filter(self.layout.has_file, self.layout.files))

    def _task(self, key: Key, spans: Sequence[Span] | None) -> Task:
        return Task(self.resource.name, key, None if spans is None else tuple(spans))

    def _write(self, value: Any) -> Span:
        return self.part.writer.add(encoded(value))

    def _whole(self) -> Task:
        """The table, as it is read from beginning to end.

        Where it cannot be, the merge reads it again: it says more of that than rows have.
        """
        spans, rows = list[Span](), 0
        try:
            for batch in judged_batches(read_batches(self.resource), self.judges):
                said = tuple(batch.said)
                if batch.table is None or not batch.table.complete:
                    return self._task(WHOLE, None)
                spans.append(self._write((said, batch.rows)))
                rows += batch.rows
        except UnreadableError:
            return self._task(WHOLE, None)
        self.part.rows += rows
        self.part.bytes += self.resource.size
        return self._task(WHOLE, spans)

    def _of_pieces(self, pieces: Sequence[Piece]) -> Iterator[Task]:
        """Pieces of a table of Parquet, whose places are known."""
        own = [
            (number, piece) for number, piece in enumerate(pieces) if self.layout.has_piece(piece)
        ]
        if not own:
            return
        with self._judging_pieces() as judge:
            for number, piece in own:
                self.part.seen.look_at_all_of([self.resource.parts[piece.part]])
                judged = judge(piece)
                spans = None if judged is None else [self._write(judged)]
                self.part.rows += sum(batch.rows for batch in judged or ())
                size = self.resource.parts[piece.part].size
                self.part.bytes += size * piece.height // max(piece.declared, 1)
                yield self._task(piece_key(number), spans)

    @contextmanager
    def _judging_pieces(self) -> Generator[JudgePiece]:
        """What judges pieces: if possible another process, which a damaged file may end."""
        # Here, because most packages have no such table.
        from validate._src.engine import workers

        whole = Whole(self.resource, self.judges)
        # Started where this one cannot be forked, as a worker of Spark cannot: to try the files of
        # the table before would read all of them for each part.
        with workers.started(self.package, 1) as others:
            if not others:
                opened = Opened.of(whole, is_apart=False)
                yield opened.judged if opened else lambda piece: None
                return
            (worker,) = others

            def asked(*message: object) -> Any:
                worker.send(*message)
                answer = worker.receive() if worker.is_alive else None
                return None if answer is None else answer[1]

            is_open = asked("pieces", whole) is not None
            yield lambda piece: asked("piece", piece) if is_open else None

    def _of_files(self, reader: Splitting) -> Iterator[Task]:
        """Splits of files, and files that are read in order."""
        form = form_of(self.resource, reader)
        width = form.header.width
        work = Work(reader.split_reader(width), form, self.judges)
        number = 1
        for at, piece in enumerate(reader.pieces(width)):
            if isinstance(piece, SplitFile):
                yield from self._of_splits(piece, work, number)
            elif not piece.parts:  # the merge reads so little itself
                number = _passed(piece(number))
                continue
            elif self.layout.has_inline(piece):
                self.part.seen.look_at_all_of(piece.parts)
                yield self._inline(inline_key(at, piece), piece, work, number)
            number = reader.header_row + 1  # of what follows nobody knows it: as if it were first

    def _inline(self, key: Key, inline: Inline, work: Work, number: int) -> Task:
        """Files that are read in order; what does not reach its end is left to the merge."""
        spans, rows = list[Span](), 0
        batches = inline(number)
        while True:
            try:
                batch = next(batches)
            except StopIteration as end:
                spans.append(self._write((number, end.value)))
                break
            if not batch.complete:
                return self._task(key, None)
            judged = judged_of(*work.form.framed(batch), work.judges)
            spans.append(self._write(judged))
            rows += judged.rows
        self.part.rows += rows
        self.part.bytes += sum(part.size for part in inline.parts)
        return self._task(key, spans)

    def _of_splits(self, file: SplitFile, work: Work, number: int) -> Iterator[Task]:
        """Splits of a file, which follow each other.

        Where one cannot be read, it may be that no record begins with it; the next is taken to
        begin one again.
        """
        file.counted_from(number)
        first = file.where
        place, start = first.place, None
        for split in file.splits():
            if not self.layout.has_split(split):
                start = None
                continue
            self.part.seen.look_at_all_of([file.part])
            if start is None or split.start - start >= BLOCK // 2:
                place, start = first.place, split.start
            unplaced = work.read(replace(split, start=start))
            if unplaced is None:
                start = None
                yield self._task(split_key(split), None)
                continue
            told = unplaced.told
            judged = work.judged(unplaced, replace(first, place=place))
            span = self._write((start, place, told, judged))
            self.part.rows += sum(batch.rows for batch in judged)
            self.part.bytes += split.end - split.start
            place = Place(place.number + told.height, place.line + told.lines)
            start = told.end
            del unplaced, judged  # whose memory the next one can have
            yield self._task(split_key(split), [span])


def _passed(batches: Generator[Batch, None, int]) -> int:
    """The number after rows that nobody looks at."""
    while True:
        try:
            next(batches)
        except StopIteration as end:
            return end.value
