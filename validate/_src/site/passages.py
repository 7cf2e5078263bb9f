"""The spans of texts that rows are, or rest on: where they stand, and their digests."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from validate._src.site.links import Link, Links
from validate._src.site.model import ShownTable, Site
from validate._src.site.names import file_name
from validate._src.words.anchors import Spans


@dataclass(frozen=True)
class Passage:
    """A span of a source.

    Attributes:
        address: its place in the skeleton of the source, as seen from the root.
        source: the key of the source.
        segment: the piece that it lies in.
        start: its first character, from 0.
        end: the character after its last one.
        sha256: the digest of its characters.
        others: what else its row says.
    """

    address: str
    source: str
    segment: str
    start: int
    end: int
    sha256: str
    others: tuple[str, ...]


def source_page(source: str) -> str:
    """The page of a source, as seen from the root."""
    return f"sources/{file_name([source])}.html"


def segment_anchor(segment: str) -> str:
    """The anchor of a segment on the page of its source."""
    return f"segment-{file_name([segment])}"


def spans_shown(site: Site) -> list[tuple[Spans, ShownTable]]:
    """The spans, the segments among them, whose fields are all shown."""
    anchors = site.package.anchors
    if anchors is None:
        return []
    return [
        (spans, table)
        for spans in (anchors.segments, *anchors.spans)
        if (table := site.table(spans.resource)) and table.has(fields_of(spans))
    ]


def fields_of(spans: Spans) -> list[str]:
    """The fields that say where a span stands."""
    return [spans.source, spans.segment, spans.start, spans.end, spans.sha256]


def proving(spans: Spans, table: ShownTable, links: Links) -> list[Link]:
    """The foreign keys by which spans refer to what they prove."""
    return [link for link in links.out_of(table) if spans.source not in link.key.fields]


class Passages:
    """The passages of all rows."""

    def __init__(self, site: Site, links: Links) -> None:
        """Takes the spans of a package."""
        self._shown = spans_shown(site)
        self._links = links

    def of_row(self, table: ShownTable, index: int) -> Iterator[Passage]:
        """The spans that a row is, and those that refer to it as what they prove."""
        for spans, holder in self._shown:
            if holder is table and (passage := _passage(spans, holder, index)):
                yield passage
            for link in proving(spans, holder, self._links):
                if link.parent is table:
                    rows = link.rows.get(index, ())
                    yield from filter(None, (_passage(spans, holder, row) for row in rows))


def _passage(spans: Spans, table: ShownTable, index: int) -> Passage | None:
    """The span of a row; None where a cell of it is missing or no value of its type."""
    cells = {name: table.by_field[name] for name in fields_of(spans)}
    texts = {name: column.texts[index] for name, column in cells.items()}
    values = [cells[name].cells[index] for name in (spans.start, spans.end)]
    if None in texts.values() or not all(isinstance(value, int) for value in values):
        return None
    source, segment = texts[spans.source], texts[spans.segment]
    return Passage(
        address=f"{source_page(source)}#{segment_anchor(segment)}",
        source=source,
        segment=segment,
        start=values[0],
        end=values[1],
        sha256=texts[spans.sha256],
        others=tuple(others_of(table, index, fields_of(spans))),
    )


def others_of(table: ShownTable, index: int, known: Sequence[str]) -> Iterator[str]:
    """What a row says beside its span and its references."""
    references = {name for key in table.schema.foreign_keys for name in key.fields}
    key = {*table.schema.primary_key}
    for column in table.columns:
        if column.name not in {*known, *references, *key} and column.texts[index] is not None:
            yield column.texts[index]
