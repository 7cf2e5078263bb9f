"""Markers: words of a passage that decide how its claim is coded, proved by the texts at hand."""

from collections import defaultdict
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace

import polars as pl

from validate._src.checks._markertable import (
    FOUND_BY_TEXTS,
    Marker,
    MarkerTable,
    complete_rows,
    incomplete,
    read_markers,
)
from validate._src.checks._passages import Passage, Passages, marked, read_passages
from validate._src.checks._textpatterns import MATCHES_NOTHING
from validate._src.checks.check import Check
from validate._src.fields._onebyone import GivenUpError
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table
from validate._src.words.anchors import Anchors
from validate._src.words.codes import MARKER_CODES
from validate._src.words.finding import WITHHELD
from validate._src.words.findingframe import FindingFrame
from validate._src.words.markers import Markers
from validate._src.words.outcome import Checked, NotChecked, Outcome


class MarkersCheck(Check):
    """Compares what markers in spans allow with what their claims have.

    The markers themselves are judged without texts too. Of several markers of a field in one
    span, one that allows the value is enough: which of them governs the claim, no pattern tells.

    Source: docs/extensions.md, "Markers".
    """

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Judges all claims that have a span with a marker."""
        anchors = self.package.anchors
        if anchors is None or anchors.markers is None:
            return
        looked_at = dict.fromkeys((anchors.markers.spans.resource, *anchors.markers.resources))
        unread = [name for name in looked_at if not dataset.tables[name].complete]
        if unread:
            why = f"{', '.join(unread)} could not be read to the end"
            yield NotChecked("markers", why, MARKER_CODES)
            return
        table = read_markers(dataset, anchors.markers)
        yield from table.outcomes
        if dataset.texts is None:
            yield NotChecked("markers", "no text was given (--sources DIR)", FOUND_BY_TEXTS)
            return
        yield from _Judging(dataset, anchors, anchors.markers, table).outcomes()


@dataclass(frozen=True)
class _Row:
    """The row of a claim."""

    table: Table
    index: int


@dataclass(frozen=True)
class _Disagreement:
    """A claim whose value a marker in one of its spans does not allow.

    Attributes:
        marker: the marker.
        row: the row of the claim.
        passage: the span, the first of several.
        beside: what other markers in the span allow, as it may be written.
    """

    marker: Marker
    row: _Row
    passage: Passage
    beside: tuple[str, ...]


class _Judging:
    """Judges the claims of a dataset whose texts are at hand, or some of them.

    Attributes:
        held: the claims in whose spans each marker stands, by the marker's row.
        unknown: claims whose value is not known.
        usable: the markers that are looked for, by name.
    """

    def __init__(
        self, dataset: Dataset, anchors: Anchors, declared: Markers, read: MarkerTable
    ) -> None:
        self._dataset, self._anchors, self._declared, self._read = dataset, anchors, declared, read
        self._passages: Passages = read_passages(dataset, anchors, declared)
        self._rows = {name: _rows_of(dataset.tables[name]) for name in declared.tables}
        self._disagreements: dict[tuple[str, str], _Disagreement] = {}
        self.held: defaultdict[int, set[str]] = defaultdict(set)
        self.unknown: set[str] = set()
        self.usable: dict[str, Marker] = {}

    def outcomes(self) -> Iterator[Outcome]:
        """What is found."""
        yield from self._passages.not_checked(self._declared.spans.resource)
        standing: defaultdict[int, list[Marker]] = defaultdict(list)
        for marker in self._read.markers:
            yield from self._look_for(marker, standing)
        judged = 0
        for passage in self._passages.seen:
            usable = [one for one in standing[passage.index] if one.name in self.usable]
            judged += self._judge(passage, usable)
        if self.unknown:
            what, why = f"markers of {len(self.unknown)} claims", "their values are not known"
            yield NotChecked(what, why, FOUND_BY_TEXTS)
        excused = yield from self._exceptions()
        for pair, found in self._disagreements.items():
            if pair not in excused:
                yield self._finding(found)
        yield from self._unmatched()
        yield Checked("markers", len(self.usable))
        yield Checked("markers in spans", judged)

    def _look_for(
        self, marker: Marker, standing: Mapping[int, list[Marker]]
    ) -> Iterator[FindingFrame | NotChecked]:
        """Takes the spans that hold a marker, or says why it cannot be looked for."""
        seen: dict[str, bool] = {}
        for passage in self._passages.seen:
            if passage.text not in seen:
                try:
                    found = marker.pattern.found(passage.text)
                except GivenUpError as error:
                    yield self._without(marker, str(error))
                    return
                if found == "":
                    own = self._dataset.tables[self._declared.resource]
                    field = self._declared.pattern
                    yield own.finding(marker.index, "marker-error", MATCHES_NOTHING, field=field)
                    yield self._without(marker, MATCHES_NOTHING)
                    return
                seen[passage.text] = found is not None
            if seen[passage.text]:
                standing[passage.index].append(marker)
        self.usable[marker.name] = marker

    def _without(self, marker: Marker, why: str) -> NotChecked:
        return NotChecked(f"marker {marker.shown}", why, FOUND_BY_TEXTS)

    def _judge(self, passage: Passage, markers: list[Marker]) -> int:
        """Compares a claim with the markers of one of its spans; how many of them it has."""
        count = 0
        for name, rows in self._rows.items():
            if passage.claim not in rows:
                continue
            row = _Row(self._dataset.tables[name], rows[passage.claim])
            by_field: defaultdict[str, list[Marker]] = defaultdict(list)
            for marker in markers:
                if name in marker.allowed:
                    by_field[marker.field].append(marker)
                    self.held[marker.index].add(passage.claim)
            for field, together in by_field.items():
                count += len(together)
                self._compare(passage, row, field, together)
        return count

    def _compare(self, passage: Passage, row: _Row, field: str, together: list[Marker]) -> None:
        """Compares a value with the markers of its field in a span."""
        table, name = row.table, row.table.resource.name
        if not table.has([field]):
            self.unknown.add(passage.claim)
            return
        value = table.values[field][row.index]
        if value is None and table.cells[field][row.index] is not None:
            self.unknown.add(passage.claim)
        elif not any(value in marker.allowed[name] for marker in together):
            for marker in together:
                others = [one for one in together if one is not marker]
                beside = dict.fromkeys(
                    text for one in others for text in one.allowed[name].values()
                )
                found = _Disagreement(marker, row, passage, tuple(beside))
                self._disagreements.setdefault((marker.name, passage.claim), found)

    def _finding(self, found: _Disagreement) -> FindingFrame:
        marker, row = found.marker, found.row
        allowed = " or ".join(marker.allowed[row.table.resource.name].values())
        beside = f", beside others that allow {' or '.join(found.beside)}" if found.beside else ""
        rule = f" (rule {marker.rule})" if marker.rule else ""
        return row.table.finding(
            row.index,
            "marker-value",
            f"{self._place(found.passage)} holds the marker {marker.shown}, which allows "
            f"{allowed}{beside}{rule}",
            field=marker.field,
            rule=marker.shown,
        )

    def _place(self, passage: Passage) -> str:
        """Where a span stands, as it may be written."""
        spans = marked(self._anchors, self._declared)
        table = self._dataset.tables[spans.resource]
        names = (spans.source, spans.start, spans.end)
        if table.withholds(names):
            return WITHHELD
        source, start, end = table.values.select(names).row(passage.index)
        return f"{source} {start}-{end}"

    def _exceptions(self) -> Generator[Outcome, None, set[tuple[str, str]]]:
        """The pairs of markers and claims that are excused; finds those that excuse nothing."""
        excused: set[tuple[str, str]] = set()
        declared = self._declared.exceptions
        if declared is None:
            return excused
        table = self._dataset.tables[declared.resource]
        names = [declared.marker, declared.claim, declared.reason]
        complete = complete_rows(table, names)
        for index, (name, claim, _) in complete:
            excused.add((name, claim))
            if (problem := self._why_needless(name, claim)) is not None:
                field, message = problem
                yield table.finding(index, "exception-unmatched", message, field=field)
        if len(complete) < table.cells.height:
            left_out = incomplete(table, names, complete, FOUND_BY_TEXTS)
            yield replace(left_out, resource=declared.resource)
        return excused

    def _why_needless(self, name: str, claim: str) -> tuple[str, str] | None:
        """What is wrong with an exception that excuses nothing, and in which field."""
        declared = self._declared.exceptions
        assert declared is not None
        if name not in self._read.names:
            return declared.marker, "there is no such marker"
        if name not in self.usable or claim in self.unknown:
            return None
        if (name, claim) in self._disagreements or self._passages.may_have_more(claim):
            return None
        if claim in self.held[self.usable[name].index]:
            return declared.claim, "what the claim has is allowed by its markers"
        return declared.claim, "no span of the claim holds the marker"

    def _unmatched(self) -> Iterator[FindingFrame]:
        """The markers that no span holds, if all spans could be looked at."""
        if not self._passages.is_whole:
            return
        own, roles = self._dataset.tables[self._declared.resource], self._declared.spans.roles
        of_role = f" with the role {' or '.join(roles)}" if roles else ""
        for marker in self.usable.values():
            if not self.held[marker.index]:
                tables = " or ".join(marker.allowed)
                message = f"no span of a claim in {tables}{of_role} holds it"
                field = self._declared.pattern
                yield own.finding(marker.index, "marker-unmatched", message, field=field)


def _rows_of(table: Table) -> Mapping[str, int]:
    """The rows of claims by their key."""
    (key,) = table.schema.primary_key
    if not table.has([key]):
        return {}
    keys: pl.Series = table.values[key]
    return {claim: index for index, claim in enumerate(keys) if claim is not None}
