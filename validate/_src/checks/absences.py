"""Absences: what rows say does not stand in a text, looked for in the texts at hand."""

from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from itertools import chain

import polars as pl

from validate._src.checks._textpatterns import MATCHES_NOTHING, pattern_of
from validate._src.checks.anchors import WITHOUT_TEXT
from validate._src.checks.check import Check
from validate._src.fields._onebyone import GivenUpError
from validate._src.fields._patterns import BoundedPattern
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.absences import Absences
from validate._src.words.anchors import Anchors, Sources
from validate._src.words.codes import ABSENCE_CODES, TEXT_CODES
from validate._src.words.finding import WITHHELD
from validate._src.words.findingframe import FindingFrame
from validate._src.words.outcome import Checked, NotChecked, Outcome
from validate._src.words.printing import counted

FOUND_BY_TEXTS = ABSENCE_CODES & TEXT_CODES
NOT_AS_CODED = "the text of their source is not the text that was coded"
UNUSABLE = "what is found in their rows keeps them from being looked for"
LISTED = 10
"""How many places a message names, which are what a person looks up; it says how many more."""


@dataclass(frozen=True)
class Absence:
    """A row that says what does not stand in a text.

    Attributes:
        index: the row.
        source: the key of the text.
        pattern: what does not stand in it.
    """

    index: int
    source: str
    pattern: BoundedPattern


class AbsencesCheck(Check):
    """Looks for what must not stand in whole texts.

    The patterns themselves are judged without texts too.

    Source: docs/extensions.md, "Absences".
    """

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Judges the rows that have a pattern."""
        anchors = self.package.anchors
        if anchors is None or anchors.absences is None:
            return
        if (why := _why_not(dataset, anchors, anchors.absences)) is None:
            yield from _Judging(dataset, anchors, anchors.absences).outcomes()
        else:
            yield NotChecked("absences", why, ABSENCE_CODES, anchors.absences.resource)


def _why_not(dataset: Dataset, anchors: Anchors, declared: Absences) -> str | None:
    """Why no row can be judged; None if some can."""
    own, sources = dataset.tables[declared.resource], dataset.tables[anchors.sources.resource]
    for table, names in (
        (own, [declared.source, declared.pattern]),
        (sources, [anchors.sources.source, anchors.sources.sha256]),
    ):
        if (why := table.why_without(names)) is not None:
            return why
    return None


class _Judging:
    """Judges the absences of a dataset."""

    def __init__(self, dataset: Dataset, anchors: Anchors, declared: Absences) -> None:
        self._anchors, self._declared = anchors, declared
        self._own = dataset.tables[declared.resource]
        self._segments = dataset.tables[anchors.segments.resource]
        self._texts = dataset.texts or {}
        self._coded = _digests(dataset.tables[anchors.sources.resource], anchors.sources)
        self._unlooked: Counter[str] = Counter()
        self._patterns: dict[str, BoundedPattern | str] = {}  # the time of each is for all its rows

    def outcomes(self) -> Iterator[Outcome]:
        """What is found, and what is not looked for."""
        declared, own = self._declared, self._own
        count = 0
        for index, (source, pattern) in enumerate(
            own.values.select(declared.source, declared.pattern).iter_rows()
        ):
            if pattern is not None:
                found = yield from self._usable(index, source, pattern)
                if found is None:
                    self._unlooked[UNUSABLE] += 1
                else:
                    count += yield from self._look_for(found)
        for why, number in self._unlooked.items():
            what = f"{number} absences of {declared.resource}"
            yield NotChecked(what, why, FOUND_BY_TEXTS, declared.resource)
        yield Checked("absences", count)

    def _usable(
        self, index: int, source: str | None, pattern: str
    ) -> Generator[FindingFrame, None, Absence | None]:
        """The absence of a row; what keeps it from being one."""
        declared = self._declared
        if pattern not in self._patterns:
            self._patterns[pattern] = pattern_of(self._own, declared.pattern, pattern)
        compiled = self._patterns[pattern]
        if isinstance(compiled, str):
            yield self._fault(index, compiled, declared.pattern)
        if source is None:
            yield self._fault(index, "there is a pattern and no source", declared.source)
        elif source not in self._coded:
            yield self._fault(index, "there is no such source", declared.source)
        elif not isinstance(compiled, str):
            return Absence(index, source, compiled)
        return None

    def _fault(self, index: int, message: str, field: str) -> FindingFrame:
        return self._own.finding(index, "absence-error", message, field=field)

    def _look_for(self, absence: Absence) -> Generator[FindingFrame, None, int]:
        """What is found of an absence; 1 if its text was looked through, else 0."""
        text = self._texts.get(absence.source)
        if text is None or text.sha256 != self._coded[absence.source]:
            self._unlooked[WITHOUT_TEXT if text is None else NOT_AS_CODED] += 1
            return 0
        try:
            places = absence.pattern.places(text.canonical)
        except GivenUpError as error:
            self._unlooked[str(error)] += 1
            return 0
        field = self._declared.pattern
        if any(start == end for start, end in places):
            yield self._fault(absence.index, MATCHES_NOTHING, field)
            self._unlooked[UNUSABLE] += 1
            return 0
        if places:
            message = self._said(absence, places)
            yield self._own.finding(absence.index, "absence-found", message, field=field)
        return 1

    def _said(self, absence: Absence, places: list[tuple[int, int]]) -> str:
        """Where and how often a pattern stands in its text."""
        segments, count = self._anchors.segments, len(places)
        often = f"stands {'once' if count == 1 else counted(count, 'time')} in"
        if self._own.withholds([self._declared.source]) or self._segments.withholds(
            [segments.source, segments.segment, segments.start, segments.end]
        ):
            return f"{often} {WITHHELD}"
        named = [self._place(absence.source, *place) for place in places[:LISTED]]
        more = [f"{count - LISTED} more"] if count > LISTED else []
        return f"{often} {absence.source}: {'; '.join(chain(named, more))}"

    def _place(self, source: str, start: int, end: int) -> str:
        """The segments of a part of a text, and its offsets."""
        declared = self._anchors.segments
        names = (declared.source, declared.segment, declared.start, declared.end)
        numbers = pl.Series()
        if self._segments.has(names):
            touches = (pl.col(declared.start) < end) & (pl.col(declared.end) > start)
            of_source = pl.col(declared.source) == source
            numbers = self._segments.values.filter(of_source & touches)[declared.segment]
        known = " and ".join(str(number) for number in numbers if number is not None)
        return f"segment {known or 'none'} at {start}-{end}"


def _digests(table: Table, declared: Sources) -> dict[str, str | None]:
    """The digests of the texts by their keys, null where one is not known."""
    rows = table.values.select(declared.source, declared.sha256).iter_rows()
    return {source: sha256 for source, sha256 in rows if source is not None}
