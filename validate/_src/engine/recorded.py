"""Tables of which parts have judged what they could: their batches in order, from the results.

A recorded split stands in the place of one that another process judges: it has told how many
records it has, and what was found is moved to where these stand. It is read again where its first
record turns out to begin elsewhere, where what was found names places in words, and where it could
not be judged by itself. All that is read here is judged as parts judge it, who know no other table.
"""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from validate._src.checks import CHECKS
from validate._src.checks.check import Judge
from validate._src.checks.constraints._judge import Found
from validate._src.engine._encoding import Decoder, NoValueError
from validate._src.engine._serving import Judged, Work
from validate._src.engine.judging import JudgedBatch, judged_batches, judges_of
from validate._src.engine.parallel import Inline as Given
from validate._src.engine.parallel import InOrder, judged_in_order
from validate._src.engine.results import Key, Result, Span, Task
from validate._src.engine.targets import with_targets
from validate._src.engine.tasks import (
    WHOLE,
    inline_key,
    piece_key,
    pieces_of,
    split_key,
    splitting,
)
from validate._src.engine.untried import in_pieces
from validate._src.reading.batch import Batch
from validate._src.reading.parquet import ParquetReader
from validate._src.reading.records import Place
from validate._src.reading.splits import (
    Inline,
    Split,
    SplitFile,
    SplitReader,
    Splitting,
    Told,
    Unplaced,
    Where,
)
from validate._src.tables.reading import form_of, read_batches
from validate._src.words.errors import PackageError
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import Package, TabularResource
from validate._src.words.shift import Shift

NAMING_PLACES = frozenset({"misread-file", "source-error", "quote-error", "encoding-error"})
"""Codes of findings in rows whose messages may name lines or rows."""


class Recorded:
    """What the results of all parts say of tables."""

    def __init__(self, package: Package, results: Sequence[Result]) -> None:
        """Looks through the lists of tasks.

        Args:
            package: the package as far as it was asked for.
            results: the results of all parts.
        """
        self._package = with_targets(package)
        self._checks = [check(self._package) for check in CHECKS]
        self._decoder = Decoder(self._package)
        self._tasks: dict[tuple[str, Key], tuple[Result, Task]] = {
            (task.resource, task.key): (result, task)
            for result in results
            for task in result.contents.tasks
        }

    def batches(
        self, resource: TabularResource, judges: Mapping[int, Judge]
    ) -> Iterator[JudgedBatch]:
        """The batches of a table as they were judged, in order.

        Args:
            resource: the table.
            judges: judge it where no part could.

        Raises:
            PackageError: a result is damaged, or of other files.
        """
        own = self._package.tables[resource.name]
        if pieces := pieces_of(own):
            yield from self._of_pieces(resource, len(pieces), judges)
            return
        reader = splitting(resource)
        if reader is not None:
            yield from self._of_files(resource, reader)
        elif (told := self._told(resource, WHOLE)) is None:
            yield from judged_batches(read_batches(resource), judges)
        else:
            for said, rows in told.values():
                yield JudgedBatch(said, rows)

    def _told(self, resource: TabularResource, key: Key) -> "_Told | None":
        """What a task has told; None where it was left to be judged here.

        Raises:
            PackageError: no part has judged it.
        """
        if (resource.name, key) not in self._tasks:
            where = key[1] or resource.location
            raise PackageError(f"{where}: no part has judged all of it, so it was changed since")
        result, task = self._tasks[resource.name, key]
        return None if task.spans is None else _Told(result, task.spans, self._decoder)

    def _of_pieces(
        self, resource: TabularResource, count: int, judges: Mapping[int, Judge]
    ) -> Iterator[JudgedBatch]:
        """The batches of a table of Parquet, judged in pieces."""
        told = [self._told(resource, piece_key(number)) for number in range(count)]
        found = [one for one in told if one is not None]
        if len(found) < count:  # it is damaged, and nothing is said of damaged files but that
            yield from judged_batches(read_batches(resource), judges)
            return
        reader = ParquetReader(replace(resource, footers_only=True))
        judged = (batch for one in found for some in one.values() for batch in some)
        yield from in_pieces(form_of(resource, reader), judged)

    def _of_files(self, resource: TabularResource, reader: Splitting) -> Iterator[JudgedBatch]:
        """The batches of a table whose files are split."""
        form = form_of(resource, reader)
        width = form.header.width
        work = _RecordedWork(
            reader.split_reader(width),
            form,
            judges_of(self._checks, resource),
            partial(self._split, resource),
        )
        pieces = self._pieces(resource, reader, width)
        yield from judged_in_order(reader, work, InOrder(pieces, width, work, ()))

    def _pieces(
        self, resource: TabularResource, reader: Splitting, width: int
    ) -> Iterator[SplitFile | Given]:
        """The files of a table: those to be split, and what is read in order or was."""
        for at, piece in enumerate(reader.pieces(width)):
            told = None
            if isinstance(piece, Inline) and piece.parts:
                told = self._told(resource, inline_key(at, piece))
            yield piece if told is None else partial(_moved, told)

    def _split(self, resource: TabularResource, split: Split) -> "tuple[Any, ...] | None":
        """What a split has told; None where it is left to be read here."""
        told = self._told(resource, split_key(split))
        return None if told is None else told.last()


@dataclass(frozen=True)
class _Told:
    """What a task has told.

    Attributes:
        result: has it.
        spans: where it stands there.
        decoder: makes values of it.
    """

    result: Result
    spans: Sequence[Span]
    decoder: Decoder

    def values(self, end: int | None = None) -> Iterator[Any]:
        """All of it in order, one at a time, or what is before an end."""
        return map(self._value, self.spans[:end])

    def last(self) -> Any:
        """The last of it."""
        return self._value(self.spans[-1])

    def _value(self, span: Span) -> Any:
        try:
            return self.decoder.decoded(self.result.content(span))
        except NoValueError:
            raise self.result.damaged() from None


def _moved(told: _Told, number: int) -> Generator[Judged, None, int]:
    """Batches of files that were read in order, of which the first record has a number."""
    begin, end = told.last()
    shift = Shift(number - begin)
    for judged in told.values(-1):
        yield judged.moved(shift) if shift else judged
    return end + shift.rows


@dataclass(frozen=True, eq=False)
class _RecordedSplit:
    """A split that a part has read.

    Attributes:
        split: where it is.
        place: the place that its first record was taken to have.
        told: what it tells of those after it.
        judged: the results, one for each batch, as of that place.
        reader: reads it again.
    """

    split: Split
    place: Place
    told: Told
    judged: tuple[Judged, ...]
    reader: SplitReader

    def batches(self, where: Where) -> Iterator[Batch]:
        """Its records, read again."""
        unplaced = self.reader.read(self.split)
        if unplaced is None or unplaced.told != self.told:
            location = self.split.part.location
            raise PackageError(f"{location}: it was changed after parts were judged")
        return unplaced.batches(where)

    def judged_at(self, place: Place) -> tuple[Judged, ...] | None:
        """The results as of another place; None where they hold only for the one they had."""
        rows, lines = place.number - self.place.number, place.line - self.place.line
        shift = Shift(rows, lines, self.split.part.location)
        if not shift:
            return self.judged
        if any(map(_names_places, self.judged)):
            return None
        return tuple(batch.moved(shift) for batch in self.judged)


def _names_places(judged: Judged) -> bool:
    """Whether messages of what was found may name lines or rows."""
    for _, said in judged.said:
        found = said.faults if isinstance(said, Found) else (said,)
        if any(isinstance(one, FindingFrame) and one.code in NAMING_PLACES for one in found):
            return True
    return False


@dataclass(frozen=True, eq=False)
class _RecordedWork(Work):
    """How splits of a table are read and judged, of which most were.

    Attributes:
        recorded: what a split has told; None where it is left to be read here.
    """

    recorded: Callable[[Split], tuple[Any, ...] | None]

    def read(self, split: Split) -> Unplaced | None:
        """A split; the recorded one, if it began where this one does."""
        told = self.recorded(split)
        if told is None or told[0] != split.start:
            return super().read(split)
        _, place, ends, judged = told
        return _RecordedSplit(split, place, ends, judged, self.reader)

    def judged(self, unplaced: Unplaced, where: Where) -> tuple[Judged, ...]:
        """The batches of a split that knows where it stands, judged."""
        if isinstance(unplaced, _RecordedSplit):
            judged = unplaced.judged_at(where.place)
            if judged is not None:
                return judged
        return super().judged(unplaced, where)
