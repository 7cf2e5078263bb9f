import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validate.checks.conditions import CONDITIONS
from validate.checks.shortcuts import shortcuts
from validate.model import Field

CONSTRAINTS = [
    {"pattern": "[0-9a-f]{3}"},
    {"pattern": "[A-Z]{2}"},
    {"pattern": "[0-9]{1}"},
    {"pattern": "[0-9A-Za-z]{4}"},
    {"minLength": 1, "maxLength": 3},
    {"minLength": 2, "maxLength": 2},
]
TEXT = st.one_of(
    st.none(),
    st.text("09afAFgz/:@`{あ\U0001f600", max_size=4),
    st.from_regex(r"[0-9a-f]{3}|[A-Z]{2}|[0-9A-Za-z]{4}", fullmatch=True),
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
        CONDITIONS[name](field, constraints[name], "here")(value) for name in shortcut.conditions
    ]
    wanted = frame.select(pl.all_horizontal(each).all()).item()
    assert frame.select(shortcut.holds(value)).item() == wanted


@pytest.mark.parametrize(
    "constraints",
    [
        {},
        {"pattern": "[0-9]*"},
        {"pattern": "[^0-9]{3}"},
        {"pattern": "[0-9]{3}x"},
        {"pattern": "[9-0]{3}"},
        {"pattern": "[0-9]{0}"},
        {"minLength": 2},
    ],
)
def test_there_is_none_for_what_is_not_so_simple(constraints):
    assert list(shortcuts(field_with(constraints))) == []
