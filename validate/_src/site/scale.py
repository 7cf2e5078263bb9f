"""Numbers on one scale: where each stands, for a picture that has the width of its page.

Places along the scale are percentages, so that a picture needs no script and no measures of
letters to fit any screen, and its text keeps its size. Colours are those of the page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from validate._src.site.spoken import in_line
from validate._src.site.views import ShownRow, ShownView
from validate._src.site.viewvalues import Entry, written

MOST_STEPS, FEWEST_STEPS = 4, 2  # both signs need two
NARROWEST, DIGIT = 340, 7
"""Pixels of a picture on a phone, and of a digit of its axis: labels must not run into another."""
ROUND = (1, 2, 5, 10, 20)  # the last is wide enough also where both ends are rounded
ROW, TEXT, LABEL, LINE = 62, 16, 33, 45
"""Pixels from one number to the next, and from its top to its text, its label and its line."""
AXIS = 26  # pixels for the labels below
SMALLEST, LARGEST = 1e-290, 1e290  # beyond them floats have no room for steps and differences


@dataclass(frozen=True)
class Tick:
    """A number on the axis.

    Attributes:
        place: where it stands, in percent of the width.
        text: the number.
        anchor: which end of its text stands there: `start`, `middle` or `end`.
    """

    place: str
    text: str
    anchor: str


@dataclass(frozen=True)
class Mark:
    """A number, or a range of numbers.

    Attributes:
        label: what it is a number of, part by part.
        kind: of what kind it is, such as *at least*; None if that is not said.
        number: the number, or both ends of the range.
        start: where its line begins: at its lower end, or at zero, in percent of the width.
        end: where it ends.
        is_range: whether it is a range.
        text: pixels from the top to its text.
        below: pixels to its label.
        line: pixels from the top to its line.
    """

    label: tuple[Entry, ...]
    kind: Entry | None
    number: str
    start: str
    end: str
    is_range: bool
    text: int
    below: int
    line: int


@dataclass(frozen=True)
class Scale:
    """Numbers on one scale.

    Attributes:
        ticks: the numbers on the axis.
        marks: the numbers, in the order of the view.
        height: pixels from the top to the axis.
        full: pixels from the top to the end.
        said: the same as a text.
    """

    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    height: int
    full: int
    said: str


def scale_of(shown: ShownView) -> Scale | None:
    """The scale of a view, or of a part of it.

    Args:
        shown: its rows, of which those without a number are left out, as is what is infinite, or
            too large or too near to zero to be drawn.

    Returns:
        The scale; None where there are fewer than two numbers, which nothing compares.
    """
    rows = [row for row in shown.rows if _ends(row)]
    if len(rows) < 2:
        return None
    numbers = [number for row in rows for number in _ends(row)]
    values = _steps(min(0.0, *numbers), max(0.0, *numbers))
    low, high = float(values[0]), float(values[-1])

    def place(number: float) -> str:
        return f"{(number - low) / (high - low) * 100:.2f}".rstrip("0").rstrip(".")

    ticks = [
        Tick(place(float(value)), written(float(value)), _anchor(at, len(values)))
        for at, value in enumerate(values)
    ]
    marks = [_mark(row, shown, at, place) for at, row in enumerate(rows)]
    height = len(marks) * ROW
    return Scale(tuple(ticks), tuple(marks), height, height + AXIS, "; ".join(map(_said, marks)))


def _ends(row: ShownRow) -> list[float]:
    """The number of a row, or both ends of a range; nothing if it has none."""
    ends = [float(each) for each in (row.number, row.maximum) if each is not None]
    return ends if row.number is not None and all(map(_is_drawn, ends)) else []


def _is_drawn(number: float) -> bool:
    return number == 0 or SMALLEST <= abs(number) <= LARGEST


def _steps(low: float, high: float) -> list[Decimal]:
    """Round numbers from at most `low` to at least `high`, equally far from each other."""
    width, most = (high - low) or 1.0, _most_steps(low, high)
    power = Decimal(10) ** floor(log10(width / most))
    steps = (power * factor for factor in ROUND)
    ends = ((step, floor(Decimal(low) / step), ceil(Decimal(high) / step)) for step in steps)
    step, first, last = next(each for each in ends if each[2] - each[1] <= most)
    return [step * number for number in range(first, max(last, first + 1) + 1)]


def _most_steps(low: float, high: float) -> int:
    """How many steps there may be at most, so that the numbers at their ends have room."""
    longest = max(len(written(float(round(end)))) for end in (low, high))
    labels = NARROWEST // ((longest + 2) * DIGIT)
    return min(MOST_STEPS, max(FEWEST_STEPS, labels - 1))


def _anchor(at: int, count: int) -> str:
    if at == 0:
        return "start"
    return "end" if at == count - 1 else "middle"


def _mark(row: ShownRow, shown: ShownView, at: int, place: Callable[[float], str]) -> Mark:
    ends, view = _ends(row), shown.view
    label = tuple(entry for name in view.label for entry in row.cells[name])
    kind = next(iter(row.cells[view.mark]), None) if view.mark else None
    start = ends[0] if len(ends) > 1 else 0.0
    number = " – ".join(map(written, ends))
    top = at * ROW
    return Mark(
        label=label,
        kind=kind,
        number=number,
        start=place(start),
        end=place(ends[-1]),
        is_range=len(ends) > 1,
        text=top + TEXT,
        below=top + LABEL,
        line=top + LINE,
    )


def _said(mark: Mark) -> str:
    label = ", ".join(in_line(one.phrase) for one in mark.label)
    kind = in_line(mark.kind.phrase) if mark.kind else ""
    return ": ".join(filter(None, (label, kind, mark.number)))
