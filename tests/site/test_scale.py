"""Numbers on one scale: where each stands, and what is said of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate._src.site.scale import MOST_STEPS, ROW, scale_of
from validate._src.site.views import ShownRow, ShownView
from validate._src.site.viewvalues import Entry
from validate._src.words.views import View

VIEW = View(
    name="v",
    title={"": "V"},
    description={},
    query="",
    location="v.sql",
    show="scale",
    value="value",
    maximum="most",
    mark="kind",
    label=("lake", "id"),
)
LAKE = Entry("bay", {"en": "The bay", "ja": "入江"})
LEAST = Entry("at-least", {"": "At least"})


def row(number, maximum=None, kind=None):
    cells = {
        "lake": (LAKE,),
        "id": (Entry("c-1", {"": "c-1"}),),
        "kind": () if kind is None else (kind,),
    }
    return ShownRow(cells, number=number, maximum=maximum)


def scale(*rows):
    return scale_of(ShownView(VIEW, {}, rows))


def ticks(*rows):
    return [(one.place, one.text, one.anchor) for one in scale(*rows).ticks]


def spans(*rows):
    return [(one.start, one.end, one.is_range) for one in scale(*rows).marks]


def test_numbers_stand_between_zero_and_a_round_number():
    rows = row(1200.0), row(300.0)
    assert ticks(*rows) == [
        ("0", "0", "start"),
        ("33.33", "500", "middle"),
        ("66.67", "1,000", "middle"),
        ("100", "1,500", "end"),
    ]
    assert spans(*rows) == [("0", "80", False), ("0", "20", False)]


def test_a_range_runs_from_end_to_end():
    assert spans(row(1000.0, 1500.0), row(500.0)) == [
        ("66.67", "100", True),
        ("0", "33.33", False),
    ]


def test_negative_numbers_run_from_zero_to_the_left():
    rows = row(-5.0), row(10.0)
    assert [text for _, text, _ in ticks(*rows)] == ["-5", "0", "5", "10"]
    assert spans(*rows) == [("33.33", "0", False), ("33.33", "100", False)]


def test_numbers_that_are_all_zero_have_a_scale():
    assert spans(row(0.0), row(0.0)) == [("0", "0", False), ("0", "0", False)]


@pytest.mark.parametrize("numbers", [(-1e308, 1e308), (5e-324, 1e-323), (float("nan"), 1e-300)])
def test_numbers_without_room_for_steps_are_not_drawn(numbers):
    assert scale(*map(row, numbers)) is None
    assert [mark.number for mark in scale(*map(row, (*numbers, 1.0, 2.0))).marks] == ["1", "2"]


@pytest.mark.parametrize("rows", [(), (row(3.0),), (row(3.0), row(None), row(float("inf")))])
def test_fewer_than_two_numbers_are_not_drawn(rows):
    assert scale(*rows) is None


def test_marks_stand_below_each_other():
    assert [one.line - one.text for one in scale(row(1.0), row(2.0)).marks] == [29, 29]
    first, second = scale(row(1.0), row(2.0)).marks
    assert second.text - first.text == ROW


def test_what_is_drawn_is_said():
    said = scale(row(1200.0, kind=LEAST), row(1000.0, 1500.0)).said
    assert said == "The bay / 入江, c-1: At least: 1,200; The bay / 入江, c-1: 1,000 – 1,500"


def test_what_has_no_label_is_its_number():
    plain = replace(VIEW, label=(), mark=None)
    assert scale_of(ShownView(plain, {}, (row(1.0), row(2.0)))).said == "1; 2"


NUMBERS = st.floats(-1e15, 1e15, allow_nan=False).filter(lambda one: one == 0 or abs(one) > 1e-9)


@given(st.lists(NUMBERS, min_size=2, max_size=8))
def test_all_numbers_stand_on_the_scale(numbers):
    made = scale(*map(row, numbers))
    assert 2 <= len(made.ticks) <= MOST_STEPS + 1
    places = [float(each) for mark in made.marks for each in (mark.start, mark.end)]
    assert all(-0.01 <= place <= 100.01 for place in places)
    assert "0" in [tick.text for tick in made.ticks]
