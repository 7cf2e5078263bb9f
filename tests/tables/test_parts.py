"""Columns of findings are the same whether Python makes them or Polars."""

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate._src.tables import _parts
from validate._src.tables._parts import all_cut, findings_with, keys_of
from validate._src.words.finding import FINDING_COLUMNS, cut
from validate._src.words.findingframe import DTYPES

TEXTS = st.lists(st.none() | st.sampled_from(["", "a", "池" * 120, "é" * 121, "b" * 500]))


@pytest.mark.parametrize("few", [0, 2**10])
@given(texts=TEXTS)
def test_texts_are_cut(few, texts):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_parts, "FEW", few)
        found = all_cut(pl.Series("x", texts, dtype=pl.String))
    assert found.to_list() == [text if text is None else cut(text) for text in texts]
    assert (found.name, found.dtype) == ("x", pl.String)


@pytest.mark.parametrize("few", [0, 2**10])
@pytest.mark.parametrize("count", [1, 3])
def test_findings_have_all_columns_in_order(monkeypatch, few, count):
    monkeypatch.setattr(_parts, "FEW", few)
    rows, lines = (pl.Series([number] * count, dtype=pl.Int64) for number in (2, 3))
    keys = keys_of([pl.Series(["池"] * count)], count)
    same = dict.fromkeys(FINDING_COLUMNS) | {"code": "type-error"}
    for name in ("row", "line", "key"):
        del same[name]
    found = findings_with({"key": keys, "row": rows, "line": lines}, same, count)
    assert dict(found.schema) == DTYPES
    assert found.columns == FINDING_COLUMNS
    wanted = dict.fromkeys(FINDING_COLUMNS) | {"code": "type-error"}
    assert found.to_dicts() == [wanted | {"row": 2, "line": 3, "key": ["池"]}] * count


@pytest.mark.parametrize("count", [0, 1, 2])
@pytest.mark.parametrize("width", [0, 1, 2])
def test_a_key_is_a_list_of_its_parts(count, width):
    found = keys_of([pl.Series(["a", "b"], dtype=pl.String).head(count)] * width, count)
    assert found.dtype == pl.List(pl.String)
    assert found.to_list() == [[text] * width for text in ["a", "b"][:count]]
