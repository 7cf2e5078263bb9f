"""The gate: what it says of each cell is what it says of the batch."""

import polars as pl
import pytest

from validate._src.checks.constraints._columns import NOT_NULL, Column
from validate._src.checks.constraints._gate import verdict_on
from validate._src.checks.constraints._shortcuts import Shortcut

POSITIVE = {"positive": lambda cell: cell > 0, "small": lambda cell: cell < 9}


def questions(*columns):
    asked = (question for column in columns for question in column.questions())
    return [question.numbered(number) for number, question in enumerate(asked)]


def said(cells, column):
    verdict = verdict_on(pl.DataFrame({"x": cells}), questions(column))
    return {(one.column, one.condition): one.met.to_list() for one in verdict.broken}


def test_what_no_cell_breaks_is_not_named():
    assert said([1, None, 2], Column("x", nullable=True, conditions=POSITIVE)) == {}


def test_each_condition_is_said_of_each_cell():
    found = said([1, None, -2, 10], Column("x", nullable=False, conditions=POSITIVE))
    assert found == {
        ("x", NOT_NULL): [True, False, True, True],
        ("x", "positive"): [True, True, False, True],
        ("x", "small"): [True, True, True, False],
    }


@pytest.mark.parametrize(("cells", "broken"), [([0], {"positive"}), ([1, 9], {"small"})])
def test_of_the_conditions_of_a_shortcut_those_are_named_that_are_broken(cells, broken):
    both = Shortcut(("positive", "small"), lambda cell: cell.is_between(1, 8).all())
    found = said(cells, Column("x", True, POSITIVE, (both,)))
    assert {condition for _, condition in found} == broken


def test_rows_at_fault_are_those_with_any_broken_condition():
    column = Column("x", nullable=False, conditions=POSITIVE)
    verdict = verdict_on(pl.DataFrame({"x": [1, None, -2, 10, 3]}), questions(column))
    assert verdict.at_fault.to_list() == [False, True, True, True, False]


def test_a_shortcut_that_contradicts_its_conditions_is_an_error():
    wrong = Shortcut(("positive", "small"), lambda cell: cell.is_null().all())
    with pytest.raises(RuntimeError, match="gate"):
        said([1], Column("x", True, POSITIVE, (wrong,)))
