"""JSON of plain members: what is seen of a column at once is what Python reads and writes."""

import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validate._src.fields import _plainjson
from validate._src.fields._json import canonical_json, read_json
from validate._src.fields._plainjson import plain_arrays, plain_objects
from validate._src.fields.types import FIELD_TYPES
from validate._src.words.schema import Field

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**16), 10**16),
    st.sampled_from([0, -1, 1.5, 1e300]),
    st.text('a,: {}[]"\\é\n\x7f', max_size=4),
)
OBJECTS = st.dictionaries(st.text("ab. -_:é", max_size=3), SCALARS, max_size=3)
ODD = st.sampled_from(
    [
        '{"a": 1, "a": 2}', '{"b": 1, "a": 01}', '{"a": -0}', '{"a":1}', '{"b": [], "a": {}}', "{}",
        '{"b": 1, "a": ": 2"}', '{"a": 1}}', "[1, 2]", "[]", '["a"', "x", "", '{"a": 1,}', "[-0]",
        '{"a": 1}, {"a": 1}', '["\\u00e9"]', '{"b": "$1 ${2}", "a": "\\t"}', " {}", "{}\n", "null",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.none(), OBJECTS.map(json.dumps), st.lists(SCALARS, max_size=3).map(json.dumps), ODD,
    OBJECTS.map(lambda value: json.dumps(value, ensure_ascii=False)),
)  # fmt: skip


@pytest.fixture(autouse=True)
def none_is_few(monkeypatch):
    monkeypatch.setattr(_plainjson, "FEW", 0)


def value_of(text, kind):
    try:
        value = read_json(text)
    except (ValueError, TypeError):
        return None
    return canonical_json(value) if isinstance(value, kind) else None


@pytest.mark.parametrize(("name", "kind"), [("object", dict), ("array", list)])
@settings(max_examples=300, deadline=None)
@given(texts=st.lists(TEXTS, max_size=6))
def test_values_are_those_of_python(name, kind, texts):
    field = Field("a", name, "default", {}, (), {})
    parser = FIELD_TYPES[name].parser("default")(pl.col("a"), field)
    column = pl.Series("a", texts, pl.String)
    assert column.to_frame().select(parser).to_series().to_list() == [
        value_of(text, kind) for text in texts
    ]


def test_plain_ones_are_not_odd():
    field = Field("a", "object", "default", {}, (), {})
    texts = pl.Series(['{"b c": "é, x", "a.-_": -12, "": null}', None, '{"a": 0}', "{}"])
    values, is_odd = plain_objects(texts, field)
    assert values.to_list()[0] == '{"": null, "a.-_": -12, "b c": "é, x"}'
    assert is_odd.to_list() == [False] * 4
    assert texts[0].startswith('{"b c"')
    lists = pl.Series(['["a", 1, true]', None, "[]", '["\\n"]'])
    assert plain_arrays(lists, field)[1].to_list() == [False, False, False, True]


def test_objects_of_too_many_shapes_or_keys_are_left_to_python(monkeypatch):
    monkeypatch.setattr(_plainjson, "MOST_KEYS", 1)
    texts = pl.Series(['{"b": 1, "a": 2}', '{"a": 1}'])
    assert plain_objects(texts, None)[1].to_list() == [True, False]
    monkeypatch.setattr(_plainjson, "MOST_SHAPES", 1)
    assert plain_objects(texts, None)[1].to_list() == [True, True]
