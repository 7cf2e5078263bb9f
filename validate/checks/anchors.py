"""Anchors: the digests of texts, segments and spans, proved against the texts at hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from validate.dataset import Dataset
from validate.findings import Checked, Finding, NotChecked, Outcome
from validate.model import Sources, Spans
from validate.tables import Table
from validate.text import SourceText


@dataclass(frozen=True)
class Span:
    """One row of a table of spans; what is missing or of the wrong type is None."""

    index: int
    source: str | None
    start: int | None
    end: int | None
    sha256: str | None


def check(dataset: Dataset) -> Iterator[Outcome]:
    """Proves every source, segment and span whose text is at hand; names the others.

    A span that does not stand where its row says is looked for by its length and
    digest: it is found exactly, or not at all.

    Source: docs/extensions.md, "Text anchors".
    """
    anchors = dataset.package.anchors
    if anchors is None:
        return
    texts = dataset.texts or {}
    sources = dataset.tables[anchors.sources.resource]
    yield from _sources(sources, anchors.sources, texts)
    yield Checked("source texts", len(texts))
    for spans in (anchors.segments, anchors.spans):
        table = dataset.tables[spans.resource]
        proved = 0
        for span in _spans(table, spans):
            text = texts.get(span.source or "")
            if text is not None:
                proved += 1
                yield from _prove(table, spans, span, text)
        yield Checked(f"digests of {spans.resource}", proved)
        if proved < table.text.height:
            why = "no text of their source was given (--sources DIR)"
            yield NotChecked(f"{table.text.height - proved} digests of {spans.resource}", why)


def _sources(table: Table, declared: Sources, texts: Mapping[str, SourceText]) -> Iterator[Outcome]:
    if not table.has([declared.source, declared.characters, declared.sha256]):
        return
    columns = table.values.select(declared.source, declared.characters, declared.sha256)
    for index, (name, characters, sha256) in enumerate(columns.iter_rows()):
        text = texts.get(name)
        if text is None:
            yield NotChecked(f"text of {name}", f"no {name}.txt was given (--sources DIR)")
            continue
        if characters is not None and characters != len(text.canonical):
            message = f"the text at hand has {len(text.canonical)} canonical characters"
            yield table.finding(index, "source-text", message, field=declared.characters)
        if sha256 is not None and sha256 != text.sha256:
            message = f"the canonical text at hand has the digest {text.sha256}"
            yield table.finding(index, "source-text", message, field=declared.sha256)


def _spans(table: Table, declared: Spans) -> Iterator[Span]:
    names = (declared.source, declared.start, declared.end, declared.sha256)
    if table.has(names):
        for index, cells in enumerate(table.values.select(names).iter_rows()):
            yield Span(index, *cells)


def _prove(table: Table, declared: Spans, span: Span, text: SourceText) -> Iterator[Finding]:
    if span.start is None or span.end is None or span.sha256 is None:
        return
    if text.digest(span.start, span.end) == span.sha256:
        return
    place = f"{span.source} {span.start}-{span.end}"
    length = span.end - span.start
    starts = text.find_by_digest(length, span.sha256) if length > 0 else []
    places = [(start, start + length) for start in starts]
    places = places or text.other_ends(span.start, span.end, span.sha256)
    if places:
        found = " and ".join(f"{start}-{end}" for start, end in places)
        message = f"the characters of the span do not stand at {place} but at {found}"
        yield table.finding(span.index, "anchor-moved", message, field=declared.start)
    else:
        message = f"no span of {length} characters of {span.source} has the digest of {place}"
        yield table.finding(span.index, "anchor-lost", message, field=declared.sha256)
