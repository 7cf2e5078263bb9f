"""Keys as texts: they are equal where a run says that the keys are."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.natives import COLUMNS

from validate import validate
from validate._src.checks.keytexts import KeyTexts, key_texts
from validate._src.package.onetable import frame_package
from validate._src.tables.reading import read_table


def table_of(frame, fields, **schema):
    package, _ = frame_package(frame, {"fields": fields, **schema})
    (resource,) = package.tables.values()
    return read_table(resource)


def number_of_repeats(texts):
    return len(texts) - texts.n_unique()


@pytest.mark.parametrize("kind", sorted(COLUMNS.keys() - {"any"}))
def test_native_values_repeat_where_a_run_says_so(kind):
    @settings(deadline=None, max_examples=40)
    @given(COLUMNS[kind])
    def judge(column):
        frame = pl.DataFrame([column])
        field = {"name": "x", "type": kind, "constraints": {"unique": True}}
        report = validate(frame, {"fields": [field]})
        repeats = sum(found.code == "unique-error" for found in report)
        _, texts = key_texts(table_of(frame, [field]), ["x"])
        assert number_of_repeats(texts) == repeats

    judge()


TEXTS = {
    "string": ["a", "A", " a", "é", "e\u0301", "1:a", "-", ""],
    "integer": ["1", "01", "+1", "9223372036854775808", "09223372036854775808", "-0", "0", "x"],
    "number": ["1", "1.0", "1e0", "-0", "0", "NaN", "INF", "0.1", "0.10000000000000000001", "x"],
    "datetime": ["2024-05-06T00:00:00Z", "2024-05-06T09:00:00+09:00", "2024-05-06T00:00:00.0001Z"],
    "date": ["2024-05-06", "2024-05-07", "x"],
    "duration": ["P1Y", "P12M", "P1D"],
    "object": ['{"a": 1, "b": 2}', '{"b": 2.0, "a": 1}', "{}"],
}


@pytest.mark.parametrize("kind", TEXTS)
def test_values_that_are_written_in_several_ways_are_one(kind):
    fields = [{"name": name, "type": kind} for name in "ab"]

    @settings(deadline=None, max_examples=40)
    @given(st.lists(st.tuples(*[st.sampled_from(TEXTS[kind]) | st.none()] * 2), min_size=1))
    def judge(rows):
        frame = pl.DataFrame(rows, schema={"a": pl.String, "b": pl.String}, orient="row")
        report = validate(frame, {"fields": fields, "uniqueKeys": [["a", "b"]]})
        repeats = sum(found.code == "unique-key" for found in report)
        indexes, texts = key_texts(table_of(frame, fields), ["a", "b"])
        assert number_of_repeats(texts) == repeats
        assert len(indexes) == len(texts)

    judge()


def test_parts_of_a_key_do_not_run_into_each_other():
    rows = {"a": ["1", "1:1", "a", None], "b": ["1:1", "1", "1:b", "b"]}
    fields = [{"name": name, "type": "string"} for name in "ab"]
    indexes, texts = key_texts(table_of(pl.DataFrame(rows), fields), ["a", "b"])
    assert indexes.to_list() == [0, 1, 2]
    assert texts.n_unique() == 3


SCHEMA = {
    "fields": [{"name": name, "type": "string"} for name in ("id", "parent", "name")],
    "primaryKey": ["id"],
    "uniqueKeys": [["name"]],
    "foreignKeys": [{"fields": ["parent"], "reference": {"fields": ["id"]}}],
}
FRAME = pl.DataFrame({"id": ["a", "b"], "parent": [None, "a"], "name": ["x", "x"]})


def keys_of(table):
    return KeyTexts.of(table.schema, {"id", "parent", "name"}, table.schema.foreign_keys)


def test_all_keys_of_a_table_are_told():
    table = table_of(FRAME, **SCHEMA)
    keys = keys_of(table)
    assert keys.fields == {"id", "parent", "name"}
    told = [(number, is_target, len(texts)) for number, is_target, texts in keys.texts(table)]
    assert told == [(0, False, 2), (1, False, 2), (2, False, 1), (2, True, 2)]
    texts = [texts for _, _, texts in keys.texts(table)]
    assert set(texts[2]) < set(texts[3])


def test_a_key_without_a_column_is_none_of_them():
    table = table_of(FRAME, **SCHEMA)
    keys = KeyTexts.of(table.schema, {"id", "parent"}, ())
    assert [key.fields for key in keys.all] == [("id",)]


def test_what_is_said_of_a_row_goes_with_its_text():
    table = table_of(FRAME, **SCHEMA)
    texts, found = keys_of(table).findings(table, 2)
    assert [(one.code, one.field, one.key, one.value) for one in found] == [
        ("foreign-key", "parent", ("b",), "a")
    ]
    assert len(texts) == 1
    texts, found = keys_of(table).findings(table, 1)
    assert [(one.code, one.field, one.rule, one.value) for one in found] == [
        ("unique-key", None, "uniqueKeys", "x")
    ] * 2
    assert texts[0] == texts[1]
    nobody = table_of(FRAME.with_columns(parent=pl.lit(None, pl.String)), **SCHEMA)
    texts, found = keys_of(nobody).findings(nobody, 2)
    assert (len(texts), len(found)) == (0, 0)
