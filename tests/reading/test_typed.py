"""Columns of one type have the texts and kinds that their values have one by one."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from validate._src.reading._typed import typed_columns
from validate._src.reading._values import kind_of, text_of
from validate._src.words.schema import BROKEN_TEXT

KINDS = (
    st.text(st.characters(), max_size=5),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.floats(-(2**54), 2**54).map(float.__trunc__).map(float),
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20),
    st.dates(),
    st.lists(st.integers(), max_size=2),
)
COLUMNS = st.lists(st.sampled_from(KINDS), max_size=3).flatmap(
    lambda kinds: st.lists(st.tuples(*(st.none() | kind for kind in kinds)), max_size=6)
)


@given(rows=COLUMNS)
@example(rows=[(-0.0, 2.0**53, 1e300)])
@example(rows=[("\ud800", 2**64, Decimal("1.0"))])
@example(rows=[(None, 1, 1), ("a", 1.5, True)])
def test_a_column_is_made_as_its_values_are(rows):
    width = len(rows[0]) if rows else 2
    texts, kinds = typed_columns(rows, width)
    assert texts.rows() == [tuple(map(text_of, row)) for row in rows]
    for at in range(width):
        assert kinds[str(at)].to_list() == [kind_of(row[at]) for row in rows]


def test_rows_may_be_shorter_or_longer_than_the_table():
    texts, kinds = typed_columns([[1], [1, "a", 5], []], 2)
    assert texts.rows() == [("1", None), ("1", "a"), (None, None)]
    assert kinds["1"].to_list() == [None, "text", None]
    assert typed_columns([[1], []], 0)[0].shape == (2, 0)


LOOPED = ["a"]
LOOPED.append(LOOPED)


class Named(str):
    """A text of a type of its own."""


@pytest.mark.parametrize(
    ("value", "text", "kind"),
    [
        ("a\ud800", "a?", BROKEN_TEXT),
        (Named("\ud800"), "?", BROKEN_TEXT),
        (["\ud800"], '["?"]', BROKEN_TEXT),
        ({"a": [{"\udfff": 1}]}, '{"a": [{"?": 1}]}', BROKEN_TEXT),
        (["\ud83d\ude00"], '["??"]', BROKEN_TEXT),
        (["池"], '["池"]', "array"),
        (Path("\udcff"), "?", "unknown"),
        (Decimal("sNaN"), "sNaN", "number"),
        (LOOPED, "[…]", "array"),
        ({"a": LOOPED}, "{…}", "object"),
    ],
)
def test_what_no_report_could_write_has_a_text_and_mostly_a_kind_that_tells(value, text, kind):
    assert (text_of(value), kind_of(value)) == (text, kind)
    (column,), kinds = typed_columns([[value]], 1)
    assert (column[0], kinds["0"][0]) == (text, kind)
