"""Rows that rest on the same passages: those whose spans overlap."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

from validate._src.site.links import Links
from validate._src.site.model import ShownTable, Site
from validate._src.site.passages import proving, spans_shown
from validate._src.words.anchors import Segments


class _Laid:
    """Spans of a source in the order of its text, each with the row that rests on it."""

    def __init__(self, spans: Sequence[tuple[int, int, int]]) -> None:
        """Takes the start, the end and the row of each."""
        ordered = sorted(spans)
        self._starts = [start for start, _, _ in ordered]
        self._ends = [end for _, end, _ in ordered]
        self._rows = [row for _, _, row in ordered]
        self._furthest = [*accumulate(self._ends, max)]

    def over(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The rows of the spans that overlap one, each with how many characters they share."""
        at = bisect_left(self._starts, end) - 1
        while at >= 0 and self._furthest[at] > start:
            shared = min(end, self._ends[at]) - max(start, self._starts[at])
            if shared > 0:
                yield self._rows[at], shared
            at -= 1


class Sharing:
    """The rows of a package that rest on the same passages as others of their table."""

    def __init__(self, site: Site, links: Links) -> None:
        """Takes the spans of a package, but for the segments, which all of a text is cut into."""
        spans = [*_proving_spans(site, links)]
        self._own: dict[tuple[str, int], list[tuple[str, int, int]]] = {}
        by_source: dict[tuple[str, str], list[tuple[int, int, int]]] = {}
        for table, row, source, start, end in spans:
            self._own.setdefault((table, row), []).append((source, start, end))
            by_source.setdefault((table, source), []).append((start, end, row))
        self._laid = {key: _Laid(found) for key, found in by_source.items()}

    def others(self, table: ShownTable, index: int) -> list[int]:
        """The other rows of a table whose spans overlap those of a row.

        Returns:
            Their indexes, those first that share most characters with it.
        """
        shared = Counter[int]()
        for source, start, end in self._own.get((table.name, index), ()):
            for row, characters in self._laid[table.name, source].over(start, end):
                shared[row] += characters
        del shared[index]
        return sorted(shared, key=lambda row: (-shared[row], row))


def _proving_spans(site: Site, links: Links) -> Iterator[tuple[str, int, str, int, int]]:
    """The spans on which rows rest: the table and index of the row, the source, start and end.

    Spans are left out of which a cell is missing or no value of its type: validation says so.
    """
    for spans, holder in spans_shown(site):
        if isinstance(spans, Segments):
            continue
        sources = holder.by_field[spans.source].texts
        starts, ends = (holder.by_field[name].cells for name in (spans.start, spans.end))
        if not (starts.dtype.is_integer() and ends.dtype.is_integer()):
            continue
        places = [*zip(sources, starts, ends, strict=True)]
        for link in proving(spans, holder, links):
            for target, rows in link.rows.items():
                for row in rows:
                    source, start, end = places[row]
                    if None not in (source, start, end):
                        yield link.parent.name, target, source, start, end
