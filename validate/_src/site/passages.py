"""The spans of texts that rows are, or rest on: where they stand, and their digests."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from validate._src.site import limits
from validate._src.site.escaping import html
from validate._src.site.links import Links, Neighbour
from validate._src.site.model import ShownTable, Site
from validate._src.site.names import MARK, file_name
from validate._src.site.references import Link
from validate._src.site.spoken import called, in_all
from validate._src.words.anchors import Segments, Spans


@dataclass(frozen=True)
class Text:
    """The text of a source, which a reader may have.

    Attributes:
        title: what it is called, as HTML.
        file: the name of the file in which the command looks for it.
        sha256: the digest of all of it, or empty.
    """

    title: Markup
    file: str
    sha256: str = ""


def text_of(source: str, row: Neighbour | None = None, sha256: str = "") -> Text:
    """The text of a source.

    Args:
        source: its key.
        row: its row, if that is shown.
        sha256: the digest of all of it, if it is known.
    """
    title = row.said if row is not None and row.label else html(source)
    return Text(title, f"{source}.txt", sha256)


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
        text: the text of its source.
        others: what else its row says, as HTML.
    """

    address: str
    source: str
    segment: str
    start: int
    end: int
    sha256: str
    text: Text
    others: tuple[Markup, ...]


ASTRAY = "astray-title"
"""The anchor of spans in segments that there are not, on the first page of their source."""


def source_page(source: str, part: int = 0) -> str:
    """A page of a source, as seen from the root; the first, or that of a part from 0."""
    more = f"{MARK}part-{part + 1}" if part else ""
    return f"sources/{file_name([source])}{more}.html"


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


class SourcePages:
    """On which page of its source each segment stands, with the spans in it."""

    def __init__(self, site: Site) -> None:
        """Takes the segments and spans of a package."""
        counts = Counter[tuple[str, str]]()
        pieces: dict[str, list[tuple[int, int, str]]] = {}
        for spans, table in spans_shown(site):
            for source, segment, start, end in _places(spans, table):
                if isinstance(spans, Segments):
                    pieces.setdefault(source, []).append((start, end, segment))
                else:
                    counts[source, segment] += 1
        self._parts: dict[tuple[str, str], int] = {}
        for source, found in pieces.items():
            part = size = 0
            for _, _, segment in sorted(found):
                own = 1 + counts[source, segment]
                if size and size + own > limits.PIECES_A_PART:
                    part, size = part + 1, 0
                size += own
                self._parts.setdefault((source, segment), part)

    def part(self, source: str, segment: str) -> int:
        """The part of its source in which a segment stands, from 0."""
        return self._parts.get((source, segment), 0)

    def address(self, source: str, segment: str) -> str:
        """Where a segment stands, as seen from the root; or where the spans astray do."""
        known = (source, segment) in self._parts
        anchor = segment_anchor(segment) if known else ASTRAY
        return f"{source_page(source, self.part(source, segment))}#{anchor}"


def _places(spans: Spans, table: ShownTable) -> Iterator[tuple[str, str, int, int]]:
    """Where spans stand: source, segment, start and end; but for those that say it wrongly."""
    columns = [table.by_field[name] for name in fields_of(spans)]
    if not all(column.cells.dtype.is_integer() for column in columns[2:4]):
        return
    for place in zip(
        columns[0].texts, columns[1].texts, columns[2].cells, columns[3].cells, strict=True
    ):
        if None not in place:
            yield place


class Passages:
    """The passages of all rows."""

    def __init__(self, site: Site, links: Links) -> None:
        """Takes the spans of a package."""
        self._shown = [
            (spans, holder, proving(spans, holder, links)) for spans, holder in spans_shown(site)
        ]
        self._languages = site.languages
        self._texts = dict(_texts(site, links))
        self._pages = SourcePages(site)

    def of_row(self, table: ShownTable, index: int) -> Iterator[Passage]:
        """The spans that a row is, and those that refer to it as what they prove."""
        for spans, holder, proofs in self._shown:
            if holder is table and (passage := self._passage(spans, holder, index)):
                yield passage
            for link in proofs:
                if link.parent is table:
                    rows = link.rows.get(index, ())
                    yield from filter(None, (self._passage(spans, holder, row) for row in rows))

    def _passage(self, spans: Spans, table: ShownTable, index: int) -> Passage | None:
        """The span of a row; None where a cell of it is missing or no value of its type."""
        cells = {name: table.by_field[name] for name in fields_of(spans)}
        texts = {name: column.texts[index] for name, column in cells.items()}
        values = [cells[name].cells[index] for name in (spans.start, spans.end)]
        if None in texts.values() or not all(isinstance(value, int) for value in values):
            return None
        source, segment = texts[spans.source], texts[spans.segment]
        return Passage(
            address=self._pages.address(source, segment),
            source=source,
            segment=segment,
            start=values[0],
            end=values[1],
            sha256=texts[spans.sha256],
            text=self._texts.get(source) or text_of(source),
            others=tuple(others_of(table, index, fields_of(spans), self._languages)),
        )


def _texts(site: Site, links: Links) -> Iterator[tuple[str, Text]]:
    """The texts of the sources by their keys, as far as their table is shown."""
    declared = None if site.package.anchors is None else site.package.anchors.sources
    table = None if declared is None else site.table(declared.resource)
    if declared is None or table is None or not table.has([declared.source]):
        return
    digests = table.by_field.get(declared.sha256)
    for index, key in enumerate(table.by_field[declared.source].texts):
        if key is not None:
            digest = None if digests is None else digests.texts[index]
            yield key, text_of(key, links.neighbour(table, index), digest or "")


def others_of(
    table: ShownTable, index: int, known: Sequence[str], languages: Sequence[str]
) -> Iterator[Markup]:
    """What a row says beside its span and its references, as HTML.

    Args:
        table: its table.
        index: its index.
        known: the fields that say where its span stands.
        languages: the languages of the package, in which values of vocabularies have labels.
    """
    references = {name for key in table.schema.foreign_keys for name in key.fields}
    key = {*table.schema.primary_key}
    for column in table.columns:
        text = column.texts[index]
        if column.name in {*known, *references, *key} or text is None:
            continue
        value = str(column.cells[index])
        meant = (one for one in column.field.categories or () if str(one.value) == value)
        category = next(meant, None)
        yield html(text) if category is None else in_all(called(category, languages))
