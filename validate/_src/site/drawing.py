"""Intervals drawn as SVG: a bar as long as the days that a date allows, never just a point.

All numbers are units of the drawing, which is `WIDTH` wide.
"""

import calendar
import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from validate._src.site.datewords import month_phrase
from validate._src.site.pagewords import ENGLISH, in_each
from validate._src.site.spoken import in_line

WIDTH = 960
EDGE = 28  # on either side, where arrows of open ends stand
HEAD = 26  # above the bars, where the axis is
LANE = 24
BAR = 12
LEAST = 5  # so that a day can be seen
LETTER, WIDE_LETTER = 7, 12  # of the labels, on average; the latter of Chinese script and kana
GAP = 14
MOST_TICKS = 12
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)  # years between ticks


class Drawn(Protocol):
    """A date that can be drawn."""

    @property
    def text(self) -> str:
        """The date as it stands in its table."""
        ...

    @property
    def phrase(self) -> Mapping[str, str]:
        """The date in words, by language."""
        ...

    @property
    def anchor(self) -> str:
        """The id of what is said of it."""
        ...

    @property
    def earliest(self) -> datetime.date | None:
        """The first day, None where that end is open or unknown."""
        ...

    @property
    def latest(self) -> datetime.date | None:
        """The last day, None where that end is open or unknown."""
        ...

    @property
    def indexes(self) -> Sequence[int]:
        """The rows that have it."""
        ...

    @property
    def is_vague(self) -> bool:
        """Whether it is uncertain or approximate."""
        ...


@dataclass(frozen=True)
class _Placed:
    """A bar with its label, in a lane."""

    date: Drawn
    start: float
    end: float
    lane: int


def year(number: int, dates: Sequence[Drawn], languages: Sequence[str] = ()) -> Markup:
    """The dates within a year on an axis of its months.

    Args:
        number: the year.
        dates: dates all of whose days lie in it.
        languages: the languages of the package.
    """
    first = datetime.date(number, 1, 1)
    days = 366 if calendar.isleap(number) else 365

    def at(day: datetime.date, after: int = 0) -> float:
        return EDGE + ((day - first).days + after) / days * (WIDTH - 2 * EDGE)

    ticks = [
        (at(datetime.date(number, month, 1)), month_phrase(month, languages))
        for month in range(1, 13)
    ]
    return _drawing(f"Dates in {number}", dates, at, ticks)


def longer(dates: Sequence[Drawn]) -> Markup:
    """The dates that run over several years, or are open, on one axis of years."""
    ends = [day for one in dates for day in (one.earliest, one.latest) if day]
    first = min((day.year for day in ends), default=1)
    last = max((day.year for day in ends), default=1) + 1
    step = next(step for step in STEPS if (last - first) / step <= MOST_TICKS or step == STEPS[-1])
    first, last = first // step * step, -(-last // step) * step

    def at(day: datetime.date, after: int = 0) -> float:
        days = 366 if calendar.isleap(day.year) else 365
        years = day.year + (day.timetuple().tm_yday - 1 + after) / days
        return EDGE + (years - first) / (last - first) * (WIDTH - 2 * EDGE)

    width = (WIDTH - 2 * EDGE) / (last - first)
    ticks = [
        (EDGE + (tick - first) * width, {ENGLISH: str(tick)})
        for tick in range(first, last + 1, step)
    ]
    return _drawing("Dates over several years, or open", dates, at, ticks)


def _drawing(
    title: str,
    dates: Sequence[Drawn],
    at: Callable[..., float],
    ticks: Sequence[tuple[float, Mapping[str, str]]],
) -> Markup:
    placed = [*_in_lanes(dates, at)]
    height = HEAD + LANE * (max(one.lane for one in placed) + 1) + 6
    lines = Markup("").join(_tick(x, label, height) for x, label in ticks)
    bars = Markup("").join(map(_bar, placed))
    return Markup(
        '<svg class="timeline" viewBox="0 0 {} {}" role="group" aria-label="{}">{}{}</svg>'
    ).format(WIDTH, height, title, lines, bars)


def _tick(x: float, label: Mapping[str, str], height: float) -> Markup:
    line = Markup('<line class="grid" x1="{0}" x2="{0}" y1="{1}" y2="{2}"/>')
    text = Markup('<text class="tick" x="{}" y="14" text-anchor="{}">{}</text>')
    # Behind its line, or before it where there is no room, as at the end of the axis.
    fits = x + 4 + LETTER * max(map(len, label.values())) <= WIDTH
    place, side = (x + 4, "start") if fits else (x - 4, "end")
    said = text.format(_short(place), side, in_each(label, tag="tspan"))
    return line.format(_short(x), HEAD - 6, height) + said


def _in_lanes(dates: Sequence[Drawn], at: Callable[..., float]) -> Iterator[_Placed]:
    """The bars, each in the first lane in which it and its label overlap nothing."""
    taken: list[float] = []
    for one in dates:
        start = at(one.earliest) if one.earliest else EDGE
        end = at(one.latest, 1) if one.latest else WIDTH - EDGE
        end = max(end, start + LEAST)
        label = _width(one) + GAP
        # A label stands behind its bar, or before it where there is no room.
        left = start if end + label <= WIDTH else min(start, end - label)
        right = end + label if end + label <= WIDTH else end + GAP
        lane = next((lane for lane, until in enumerate(taken) if until <= left), len(taken))
        taken[lane : lane + 1] = [right]
        yield _Placed(one, start, end, lane)


def _label(one: Drawn) -> dict[str, str]:
    """What stands beside a bar, by language."""
    count = f" ({len(one.indexes):,})" if len(one.indexes) > 1 else ""
    return {language: text + count for language, text in one.phrase.items()}


def _width(one: Drawn) -> int:
    """How wide the label of a bar is in the language in which it is widest."""
    return max(
        sum(LETTER if letter.isascii() else WIDE_LETTER for letter in text)
        for text in _label(one).values()
    )


def _bar(placed: _Placed) -> Markup:
    one, top = placed.date, HEAD + placed.lane * LANE
    start, end = placed.start, placed.end
    kind = "bar vague" if one.is_vague else "bar"
    shapes = Markup('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>').format(
        kind, _short(start), top, _short(end - start), BAR
    )
    if one.earliest is None:
        shapes += _arrow(start, start - EDGE / 2, top)
    if one.latest is None:
        shapes += _arrow(end, end + EDGE / 2, top)
    said, width = _label(one), _width(one)
    fits = end + width + GAP <= WIDTH
    inside = not fits and end - start > width + GAP
    x, side = (end + 6, "start") if fits else (start + 6, "start") if inside else (start - 6, "end")
    label = Markup('<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        "told inside" if inside else "told",
        _short(x),
        top + BAR - 2,
        side,
        in_each(said, tag="tspan"),
    )
    # Its text alone does not name a link for all that read pages aloud.
    link = Markup('<a href="#{}" aria-label="{}">{}{}</a>')
    return link.format(one.anchor, in_line(said), shapes, label)


def _arrow(start: float, tip: float, top: float) -> Markup:
    """What stands at an end that is open or unknown."""
    x, middle, bottom = _short(start), _short(top + BAR / 2), _short(top + BAR)
    return Markup('<path class="open" d="M{} {}L{} {}L{} {}z"/>').format(
        x, _short(top), _short(tip), middle, x, bottom
    )


def _short(number: float) -> str:
    """A number with one decimal, which is a tenth of a pixel."""
    return f"{number:.1f}".removesuffix(".0")
