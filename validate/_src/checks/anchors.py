"""Anchors: the digests of texts, segments and spans, proved against the texts at hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from validate._src.checks.check import Check
from validate._src.tables.dataset import Dataset
from validate._src.tables.sourcetext import SourceText
from validate._src.tables.table import Table
from validate._src.words.anchors import Sources, Spans
from validate._src.words.codes import ANCHOR_CODES
from validate._src.words.finding import WITHHELD
from validate._src.words.findingframe import FindingFrame
from validate._src.words.outcome import Checked, NotChecked, Outcome

WITHOUT_TEXT = "no text of their source was given (--sources DIR)"


@dataclass(frozen=True)
class Span:
    """One row of a table of spans."""

    index: int
    source: str
    start: int
    end: int
    sha256: str


class AnchorsCheck(Check):
    """Proves every source, segment and span whose text is at hand; names the others.

    A span that does not stand where its row says is looked for by its length and
    digest: it is found exactly, or not at all.

    Source: docs/extensions.md, "Text anchors".
    """

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Proves the digests."""
        anchors = self.package.anchors
        if anchors is None:
            return
        texts = dataset.texts or {}
        sources = dataset.tables[anchors.sources.resource]
        yield from _sources(sources, anchors.sources, texts)
        yield Checked("source texts", len(texts))
        for declared in (anchors.segments, *anchors.spans):
            yield from _spans_of(dataset.tables[declared.resource], declared, texts)


def _spans_of(table: Table, declared: Spans, texts: Mapping[str, SourceText]) -> Iterator[Outcome]:
    spans = list(_spans(table, declared))
    proved = 0
    for source, text in texts.items():
        of_source = [span for span in spans if span.source == source]
        proved += len(of_source)
        yield from _prove(table, declared, of_source, text)
    what = f"digests of {declared.resource}"
    without_text = sum(span.source not in texts for span in spans)
    yield Checked(what, proved)
    if without_text:
        yield NotChecked(f"{without_text} {what}", WITHOUT_TEXT, ANCHOR_CODES, declared.resource)
    if len(spans) < table.cells.height:
        why = "source, start, end or digest is missing or of the wrong type"
        unread = f"{table.cells.height - len(spans)} {what}"
        yield NotChecked(unread, why, ANCHOR_CODES, declared.resource)


def _sources(table: Table, declared: Sources, texts: Mapping[str, SourceText]) -> Iterator[Outcome]:
    if not table.has([declared.source, declared.characters, declared.sha256]):
        return
    columns = table.values.select(declared.source, declared.characters, declared.sha256)
    for index, (name, characters, sha256) in enumerate(columns.iter_rows()):
        text = texts.get(name)
        if text is None:
            said = table.shown(declared.source, pl.Series([index]))[0]
            why = f"no {said}.txt was given (--sources DIR)"
            yield NotChecked(f"text of {said}", why, ANCHOR_CODES, table.resource.name)
            continue
        if characters is not None and characters != len(text.canonical):
            message = f"the text at hand has {len(text.canonical)} canonical characters"
            yield table.finding(index, "source-text", message, field=declared.characters)
        if sha256 is not None and sha256 != text.sha256:
            message = f"the canonical text at hand has the digest {text.sha256}"
            yield table.finding(index, "source-text", message, field=declared.sha256)


def _spans(table: Table, declared: Spans) -> Iterator[Span]:
    """The rows that say where their span stands."""
    names = (declared.source, declared.start, declared.end, declared.sha256)
    if table.has(names):
        for index, cells in enumerate(table.values.select(names).iter_rows()):
            if None not in cells:
                yield Span(index, *cells)


def _prove(
    table: Table, declared: Spans, spans: list[Span], text: SourceText
) -> Iterator[FindingFrame]:
    astray = [span for span in spans if text.digest(span.start, span.end) != span.sha256]
    wanted: dict[int, set[str]] = {}
    for span in astray:
        if span.end > span.start:
            wanted.setdefault(span.end - span.start, set()).add(span.sha256)
    found = {length: text.find_by_digest(length, digests) for length, digests in wanted.items()}
    for span in astray:
        length = span.end - span.start
        starts = found.get(length, {}).get(span.sha256, [])
        places = [(start, start + length) for start in starts]
        places = places or text.other_ends(span.start, span.end, span.sha256)
        found_at = [f"{start}-{end}" for start, end in places]
        yield _astray(table, declared, span, found_at)


def _astray(table: Table, declared: Spans, span: Span, places: list[str]) -> FindingFrame:
    source, length = span.source, str(span.end - span.start)
    place = f"{source} {span.start}-{span.end}"
    if table.withholds((declared.source, declared.start, declared.end)):
        source = length = place = WITHHELD
        places = [WITHHELD for _ in places]
    if places:
        found = " and ".join(places)
        message = f"the characters of the span do not stand at {place} but at {found}"
        return table.finding(span.index, "anchor-moved", message, field=declared.start)
    message = f"no span of {length} characters of {source} has the digest of {place}"
    return table.finding(span.index, "anchor-lost", message, field=declared.sha256)
