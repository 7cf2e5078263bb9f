"""Segments and spans drawn as SVG, each as long as it has characters."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from markupsafe import Markup

WIDTH = 960
LINES = 48  # of a map, so that it is seen at a glance
SHORTEST = 120  # characters of a line of a map
PITCH, HEIGHT = 14, 10  # of a line of a map
LANE, BAR = 7, 5  # of the spans in a strip
LEAST = 1.5  # so that a character can be seen


class Piece(Protocol):
    """Some consecutive characters of a source."""

    @property
    def start(self) -> int:
        """The first, from 0."""
        ...

    @property
    def end(self) -> int:
        """The one after the last."""
        ...


class Anchored(Piece, Protocol):
    """A segment with its place on the page."""

    @property
    def name(self) -> str:
        """Its key."""
        ...

    @property
    def address(self) -> str:
        """Where it stands, as seen from the map."""
        ...

    @property
    def reason(self) -> str:
        """Why nothing rests on it, or empty."""
        ...


def map_of(segments: Sequence[Anchored], spans: Sequence[Piece]) -> Markup:
    """A whole source, wrapped into lines as a page is: its segments, and the spans over them."""
    whole = [piece for piece in segments if 0 <= piece.start < piece.end]
    if not whole:
        return Markup("")
    length = max(piece.end for piece in whole)
    line = max(SHORTEST, -(-length // LINES))
    height = -(-length // line) * PITCH
    boxes = Markup("").join(
        Markup('<a href="{}" aria-label="Segment {}">{}</a>').format(
            piece.address, piece.name, Markup("").join(_boxes(piece, line, _kind(piece, number)))
        )
        for number, piece in enumerate(whole)
    )
    inside = [span for span in spans if 0 <= span.start < span.end <= length]
    marks = Markup("").join(box for span in inside for box in _boxes(span, line, "span"))
    return Markup(
        '<svg class="map" viewBox="0 0 {} {}" role="group" aria-label="Segments in proportion">'
        '{}<g aria-hidden="true" class="over">{}</g></svg>'
    ).format(WIDTH, height, boxes, marks)


def _kind(piece: Anchored, number: int) -> str:
    return "exempt" if piece.reason else "odd" if number % 2 else "even"


def _boxes(piece: Piece, line: int, kind: str) -> Iterator[Markup]:
    """The boxes of a piece, one on each line that it runs over."""
    for number in range(piece.start // line, (piece.end - 1) // line + 1):
        first = max(piece.start, number * line) - number * line
        last = min(piece.end, (number + 1) * line) - number * line
        yield _box(kind, first * WIDTH / line, last * WIDTH / line, number * PITCH, HEIGHT)


def strip_of(segment: Piece, spans: Sequence[Piece], longest: int) -> Markup:
    """A segment as a bar, and below it its spans, each in the first lane that is free.

    Args:
        segment: the segment.
        spans: its spans, by their starts; of those that reach beyond it, what lies within.
        longest: how many characters the longest segment of the source has.
    """
    length = segment.end - segment.start
    if length <= 0:
        return Markup("")
    scale = WIDTH / max(longest, 1)
    drawn: list[Markup] = []
    taken: list[int] = []
    for span in spans:
        first, last = max(span.start, segment.start), min(span.end, segment.end)
        if first >= last:
            continue
        lane = next((lane for lane, until in enumerate(taken) if until <= first), len(taken))
        taken[lane : lane + 1] = [last]
        top = BAR + 3 + lane * LANE
        start, end = (first - segment.start) * scale, (last - segment.start) * scale
        drawn.append(_box("span", start, end, top, BAR))
    height = BAR + 3 + LANE * len(taken)
    bar = _box("even", 0, length * scale, 0, BAR)
    return Markup('<svg class="strip" viewBox="0 0 {} {}" aria-hidden="true">{}{}</svg>').format(
        WIDTH, height, bar, Markup("").join(drawn)
    )


def _box(kind: str, start: float, end: float, top: float, height: float) -> Markup:
    width = max(end - start, LEAST)
    return Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="{}"/>').format(
        kind, start, top, width, height
    )
