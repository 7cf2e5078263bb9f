"""Sources as the segments that they are cut into, and the spans that lie in them: no text."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import polars as pl
from markupsafe import Markup

from validate._src.site.links import Links, Neighbour
from validate._src.site.model import ShownTable, Site
from validate._src.site.passages import (
    SourcePages,
    Text,
    fields_of,
    others_of,
    proving,
    segment_anchor,
    source_page,
    spans_shown,
    text_of,
)
from validate._src.site.rendering import Frame, Page
from validate._src.site.strips import map_of, strip_of
from validate._src.words.anchors import Segments, Spans


@dataclass(frozen=True)
class Span:
    """A span of a source.

    Attributes:
        segment: the segment that it says to lie in.
        start: its first character, from 0.
        end: the character after its last one.
        sha256: the digest of its characters.
        row: the row that says so.
        proves: the rows that rest on it.
        others: what else its row says, as HTML.
    """

    segment: str
    start: int
    end: int
    sha256: str
    row: Neighbour
    proves: Sequence[Neighbour]
    others: Sequence[Markup]


@dataclass(frozen=True)
class Segment:
    """A piece of a source.

    Attributes:
        name: its key within the source.
        anchor: its id on its page.
        part: the part of its source in which it stands, from 0.
        address: where it stands, as seen from the first page of its source.
        start: its first character, from 0.
        end: the character after its last one.
        sha256: the digest of its characters.
        section: the section of the text that it belongs to, or empty.
        reason: why nothing rests on it, or empty.
        row: the row that says so.
        spans: the spans in it, in the order of the text.
        strip: the spans in it, drawn in proportion.
    """

    name: str
    anchor: str
    part: int
    address: str
    start: int
    end: int
    sha256: str
    section: str
    reason: str
    row: Neighbour
    spans: Sequence[Span]
    strip: Markup


@dataclass(frozen=True)
class Source:
    """A source as its skeleton.

    Attributes:
        row: its row.
        page: its page, as seen from the root.
        characters: how long it is, as its row says it.
        text: its text, with the digest of the whole, as its row says it.
        segments: its pieces, in the order of the text.
        astray: spans in segments that there are not.
        parts: the pages on which it stands, as seen from each other, in order.
        map: all of it, drawn in proportion.
    """

    row: Neighbour
    page: str
    characters: str
    text: Text
    segments: Sequence[Segment]
    astray: Sequence[Span]
    parts: Sequence[str]
    map: Markup

    @property
    def count(self) -> int:
        """How many spans there are."""
        return sum(len(segment.spans) for segment in self.segments) + len(self.astray)

    def in_part(self, part: int) -> list[Segment]:
        """The segments of a part."""
        return [segment for segment in self.segments if segment.part == part]


def has_skeletons(site: Site) -> bool:
    """Whether the sources of a package can be shown by their segments."""
    anchors = site.package.anchors
    if anchors is None:
        return False
    sources = site.table(anchors.sources.resource)
    shown = {spans.resource for spans, _ in spans_shown(site)}
    return bool(sources and sources.has([anchors.sources.source])) and (
        anchors.segments.resource in shown
    )


def skeleton_pages(site: Site, links: Links, frame: Frame) -> Iterator[Page]:
    """A page with all sources, then those of each source, in parts where it is long."""
    sources = [*_sources(site, links)]
    yield frame.page("sources.jinja", "sources/index.html", "Sources", sources=sources)
    for source in sources:
        trail = (("sources/index.html", "Sources"),)
        title = source.row.label or source.row.key
        for part, file in enumerate(source.parts):
            yield frame.page(
                "source.jinja",
                f"sources/{file}",
                f"{title}, part {part + 1:,}" if part else title,
                trail=(*trail, (source.page, source.row.said or title)) if part else trail,
                source=source,
                part=part,
                segments=source.in_part(part),
            )


def _sources(site: Site, links: Links) -> Iterator[Source]:
    anchors = site.package.anchors
    assert anchors is not None, "a package without anchors has no skeletons"
    declared = anchors.sources
    table = site.tables[declared.resource]
    spans: dict[str, list[Span]] = {}
    segments: dict[str, list[tuple[Span, int]]] = {}
    for kind, holder in spans_shown(site):
        if isinstance(kind, Segments):
            segments = _rows_by_source(kind, holder, links, site.languages)
            continue
        proofs = proving(kind, holder, links)
        for source, found in _rows_by_source(kind, holder, links, site.languages).items():
            for span, index in found:
                targets = ((link.parent, link.target(index)) for link in proofs)
                proves = [links.neighbour(parent, at) for parent, at in targets if at is not None]
                spans.setdefault(source, []).append(_with(span, proves))
    assert isinstance(anchors.segments, Segments), "the segments are segments"
    pieces = site.tables[anchors.segments.resource]
    pages = SourcePages(site)
    for index in range(table.height):
        name = table.by_field[declared.source].texts[index]
        if name is not None:
            row = links.neighbour(table, index)
            said = [_cell(table, field, index) for field in (declared.characters, declared.sha256)]
            own = sorted(spans.get(name, ()), key=attrgetter("start", "end"))
            own_pieces = segments.get(name, ())
            yield _source(row, name, said, anchors.segments, pieces, own_pieces, own, pages)


def _with(span: Span, proves: Sequence[Neighbour]) -> Span:
    return Span(span.segment, span.start, span.end, span.sha256, span.row, proves, span.others)


def _rows_by_source(
    spans: Spans, table: ShownTable, links: Links, languages: Sequence[str]
) -> dict[str, list[tuple[Span, int]]]:
    """The spans that are rows of a table, by their sources, each with the index of its row.

    Rows are left out of which a cell is missing or no value of its type: validation says so.
    """
    source, segment, start, end, sha256 = (table.by_field[name] for name in fields_of(spans))
    if not (start.cells.dtype.is_integer() and end.cells.dtype.is_integer()):
        return {}
    columns = (source.texts, segment.texts, start.cells, end.cells, sha256.texts)
    frame = pl.DataFrame([one.alias(str(at)) for at, one in enumerate(columns)])
    found: dict[str, list[tuple[Span, int]]] = {}
    for index, (name, piece, first, last, digest) in enumerate(frame.iter_rows()):
        if None not in (name, piece, first, last, digest):
            others = [*others_of(table, index, fields_of(spans), languages)]
            row = links.neighbour(table, index)
            made = Span(piece, first, last, digest, row, (), others)
            found.setdefault(name, []).append((made, index))
    return found


def _source(
    row: Neighbour,
    name: str,
    said: Sequence[str],
    declared: Segments,
    table: ShownTable,
    pieces: Sequence[tuple[Span, int]],
    spans: Sequence[Span],
    pages: SourcePages,
) -> Source:
    by_segment: dict[str, list[Span]] = {}
    for span in spans:
        by_segment.setdefault(span.segment, []).append(span)
    longest = max((piece.end - piece.start for piece, _ in pieces), default=1)
    segments = [
        _segment(
            piece,
            index,
            declared,
            table,
            by_segment.get(piece.segment, ()),
            longest,
            pages.part(name, piece.segment),
        )
        for piece, index in sorted(pieces, key=lambda one: (one[0].start, one[0].end))
    ]
    known = {segment.name for segment in segments}
    astray = [span for span in spans if span.segment not in known]
    last = max((segment.part for segment in segments), default=0)
    files = [source_page(name, part).rpartition("/")[2] for part in range(last + 1)]
    placed = [
        replace(one, address=f"{files[one.part] if one.part else ''}#{one.anchor}")
        for one in segments
    ]
    text = text_of(name, row, said[1])
    return Source(
        row, source_page(name), said[0], text, placed, astray, files, map_of(placed, spans)
    )


def _segment(
    piece: Span,
    index: int,
    declared: Segments,
    table: ShownTable,
    spans: Sequence[Span],
    longest: int,
    part: int,
) -> Segment:
    return Segment(
        name=piece.segment,
        anchor=segment_anchor(piece.segment),
        part=part,
        address="",
        start=piece.start,
        end=piece.end,
        sha256=piece.sha256,
        section=_cell(table, declared.section, index),
        reason=_cell(table, declared.reason, index),
        row=piece.row,
        spans=spans,
        strip=strip_of(piece, spans, longest),
    )


def _cell(table: ShownTable, field: str | None, index: int) -> str:
    """The text of a cell; empty where it is missing or not shown."""
    column: Mapping[str, object] = table.by_field
    if field is None or field not in column:
        return ""
    return table.by_field[field].texts[index] or ""
