"""Rows by their primary keys, in whatever table."""

import pytest

from validate._src.curation.rowkeys import keys, near_keys, rows_with_key, rows_with_like_key
from validate._src.package.descriptor import load_package
from validate._src.tables.dataset import read_dataset

FIELDS = [
    {"name": "id", "type": "string"},
    {"name": "part", "type": "integer", "missingValues": [""]},
]
CONTENT = "id,part\na-1,1\na-1,2\nb-07,\n"


@pytest.fixture
def table(make_package):
    def read(content=CONTENT, **schema):
        dataset = read_dataset(load_package(make_package(FIELDS, content, **schema)))
        return dataset.tables["t"]

    return read


def test_parts_are_joined_by_commas_and_missing_ones_are_empty(table):
    assert [*keys(table(primaryKey=["id", "part"]))] == ["a-1,1", "a-1,2", "b-07,"]
    assert [*keys(table(primaryKey="id"))] == ["a-1", "a-1", "b-07"]
    assert [*keys(table())] == []


def test_all_rows_with_a_key_are_found(table):
    found = rows_with_key([table(), table(primaryKey="id")], "a-1")
    assert [place.index for place in found] == [0, 1]


@pytest.mark.parametrize(
    ("word", "indexes"), [("B 7", [2]), ("a1", [0, 1]), ("b-8", []), ("-", [])]
)
def test_keys_may_be_written_nearly_so(table, word, indexes):
    found = rows_with_like_key([table(primaryKey="id")], word)
    assert [place.index for _, place in found] == indexes


def test_some_near_keys_are_named_once_each(table):
    content = "id,part\n" + "".join(f"bout-{end},\n" * 2 for end in "abcdefgh")
    assert near_keys([table(content, primaryKey="id")], "bout-z") == ["bout-a", "bout-b", "bout-c"]
    assert near_keys([table(content, primaryKey="id")], "quay") == []
