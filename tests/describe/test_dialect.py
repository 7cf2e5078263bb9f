"""The dialect of a file, told by its content."""

import csv
from functools import partial

import pytest
from support.made import resource_of

from validate._src.describe.dialect import dialect_of


@pytest.fixture
def resource(tmp_path):
    """Gives the resource of a file with these bytes."""
    return partial(resource_of, tmp_path)


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        ("a,b\n1,2\n", {}),
        ("a;b\n1,5;2\n", {"delimiter": ";"}),
        ('a|b\n"x|y"|2\n', {"delimiter": "|"}),
        ("note\nhello, world\n", {}),
        ("", {}),
        ("title,,\n,,\n" + "a,b,c\n1,2,3\n" * 3, {}),
        ("Boats, harbours; keepers\n" + "a;b;c\n1;2;3\n" * 3, {"delimiter": ";"}),
        ("Boats, 2024\na,b,c\n1,2,3\n", {}),
        ("a, b\n1, 2\n", {"skipInitialSpace": True}),
        ("a, b\n1,2\n3,4\n", {}),
        ("a;b;c\n" + "1,5;2,5;3\n" * 9, {"delimiter": ";"}),
    ],
)
def test_a_dialect_is_what_is_not_the_default(resource, text, dialect):
    assert dialect_of(resource(text.encode())) == dialect


def test_a_first_line_beyond_the_sample_is_cut_between_characters(resource):
    assert dialect_of(resource(("é" * 150_000 + ",b\n1,2\n").encode())) == {}


@pytest.mark.parametrize("limit", [1000, 10**7])
def test_the_limit_of_others_for_cells_is_left_alone(resource, limit):
    before = csv.field_size_limit(limit)
    try:
        assert dialect_of(resource(b"a;b\n" + b"x" * 2000 + b";2\n")) == {"delimiter": ";"}
        assert csv.field_size_limit() == limit
    finally:
        csv.field_size_limit(before)
