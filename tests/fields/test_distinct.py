"""Texts that stand more than once in a column."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate._src.fields import _distinct
from validate._src.fields._distinct import (
    SAMPLE,
    Remembered,
    RememberedColumns,
    by_distinct,
    by_runs,
)

COLUMNS = st.lists(st.lists(st.one_of(st.none(), st.text(max_size=3)), max_size=12), max_size=5)


def lengths(asked):
    def parsed(texts):
        asked.append(texts.to_list())
        return texts.str.len_chars().cast(pl.Int64)

    return parsed


def test_texts_that_repeat_are_parsed_once():
    asked = []
    values = RememberedColumns(lengths(asked), pl.Int64())
    for _ in range(2):
        assert (
            values.of_many(pl.Series(["a", "bb", None] * SAMPLE)).to_list() == [1, 2, None] * SAMPLE
        )
    different = pl.Series([str(number) for number in range(3 * SAMPLE)])
    assert values.of_many(different).to_list() == [len(text) for text in different]
    assert [len(one) for one in asked] == [2, 3 * SAMPLE]


def test_the_first_text_of_each_run_is_parsed():
    asked, column = [], [text for text in ("a", None, "bb", "a") for _ in range(SAMPLE)]
    values = by_runs(pl.Series(column), lengths(asked))
    assert values.to_list() == [text and len(text) for text in column]
    assert asked == [["a", None, "bb", "a"]]


@pytest.mark.parametrize("column", [[str(at) for at in range(2 * SAMPLE)], ["a", "a", "b"]])
def test_texts_without_runs_are_parsed_as_they_come(column):
    asked = []
    assert by_runs(pl.Series(column), lengths(asked)).to_list() == [*map(len, column)]
    assert asked == [column]


def test_a_function_is_asked_once_for_each_text():
    asked = []
    column = pl.Series(["a", "bb", "a", None])
    found = by_distinct(column, lambda text: asked.append(text) or len(text), pl.Int64())
    assert (found.to_list(), asked) == ([1, 2, 1, None], ["a", "bb"])


@given(COLUMNS)
def test_what_is_remembered_is_what_is_made(columns):
    asked = []
    values = RememberedColumns(lengths(asked), pl.Int64())
    for texts in columns:
        made = values.of(pl.Series(texts, dtype=pl.String)).to_list()
        assert made == [None if text is None else len(text) for text in texts]
    told = [text for texts in asked for text in texts]
    assert len(told) == len({*told})


def test_what_was_made_of_a_text_is_remembered_within_bounds(monkeypatch):
    asked = []
    length = Remembered(lambda text: asked.append(text) or len(text)).of
    assert length(pl.Series(["a", "bb", "a"])) == [1, 2, 1]
    assert asked == ["a", "bb"]
    monkeypatch.setattr(_distinct, "MOST_REMEMBERED", 0)
    assert (length(pl.Series(["ccc", "ccc"])), asked.count("ccc")) == ([3, 3], 2)


def test_what_is_remembered_has_bounds(monkeypatch):
    asked = []
    values = RememberedColumns(lengths(asked), pl.Int64())
    monkeypatch.setattr(_distinct, "MOST_REMEMBERED", 0)
    for _ in range(2):
        assert values.of(pl.Series(["ccc", None])).to_list() == [3, None]
    assert asked == [["ccc"], ["ccc"]]
