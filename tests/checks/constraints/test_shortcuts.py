"""Shortcuts: the answer is that of the conditions, whatever the texts."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validate._src.checks.constraints._shortcuts import shortcuts
from validate._src.fields.constraints import declared_constraints
from validate._src.words.schema import Field

CONSTRAINTS = [
    {"pattern": "[0-9a-f]{3}"},
    {"pattern": "[A-Z]{2}"},
    {"pattern": "[0-9]{1}"},
    {"pattern": "[0-9A-Za-z]{4}"},
    {"pattern": "z-[0-9]{2}"},
    {"pattern": "a0[0-9a-f]{2}"},
    {"minLength": 1, "maxLength": 3},
    {"minLength": 2, "maxLength": 2},
    {"minLength": 0, "maxLength": 10**30},
]
TEXT = st.one_of(
    st.none(),
    st.text("09afAFgz/:@`{あ\U0001f600", max_size=4),
    st.from_regex(
        r"[0-9a-f]{3}|[A-Z]{2}|[0-9A-Za-z]{4}|z-[0-9]{2}|a0[0-9a-f]{2}",
        fullmatch=True,
    ),
    st.sampled_from(["z-あ", "z-0z", "0-00", "zz00", "0a00", "a0g0", "z-000", "z-"]),
)


def field_with(constraints):
    return Field("x", "string", "default", {}, ("",), constraints)


@pytest.mark.parametrize("constraints", CONSTRAINTS)
@settings(max_examples=300, deadline=None)
@given(texts=st.lists(TEXT, max_size=4))
def test_a_shortcut_says_what_the_conditions_say(constraints, texts):
    field = field_with(constraints)
    (shortcut,) = shortcuts(field)
    frame, value = pl.DataFrame({"x": texts}, schema={"x": pl.String}), pl.col("x")
    each = [
        one.constraint.condition(field, one.argument, "here")(value, value)
        for one in declared_constraints(field)
        if one.constraint.name in shortcut.constraints
    ]
    assert len(each) == len(constraints)
    wanted = frame.select(pl.all_horizontal(each).all()).item()
    assert frame.select(shortcut.holds(value)).item() == wanted


def test_constraints_that_are_not_so_simple_have_none():
    others = [
        {"pattern": pattern}
        for pattern in (
            "", "[0-9]*", "[A-Z]+", "[^0-9]*", "[0-9]?", "[0-9]*x", "[9-0]*", "[0-9-/]*",
            "[^0-9]{3}", "[0-9]{3}x", "x.[0-9]{3}", "x|[0-9]{3}", "x?[0-9]{3}",
            "[9-0]{3}", "[0-9]{0}",
        )
    ]  # fmt: skip
    others += [{}, {"minLength": 2}]
    assert [one for one in others if list(shortcuts(field_with(one)))] == []
