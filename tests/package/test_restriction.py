"""Fields that are restricted because they hold values of restricted ones."""

import pytest

from validate._src.package.restriction import with_restrictions
from validate._src.words.model import Dialect, TabularResource
from validate._src.words.schema import Field, Schema


def table(name, *names):
    fields = tuple(
        Field(
            name=one, type="string", format="default", properties={}, missing_values=(),
            constraints={},
        )
        for one in names
    )  # fmt: skip
    return TabularResource(
        name, "", "", (), None, "csv", "", "utf-8", Dialect(), Schema(fields=fields), None, None
    )


def restricted(tables, written):
    found = with_restrictions(tables, None, written)
    return {(name, field) for name, one in found.items() for field in one.schema.restricted}


SECRET = [{"name": "id"}, {"name": "n", "restricted": True}]


def key(fields, resource, target):
    return {"fields": fields, "reference": {"resource": resource, "fields": target}}


def test_a_chain_of_references_is_followed_to_both_ends():
    written = {
        "t": {"fields": SECRET, "foreignKeys": [key("n", "u", "m")]},
        "u": {"fields": [{"name": "m"}], "foreignKeys": [key(["m"], "x", ["y"])]},
        "w": {"fields": [{"name": "m"}], "foreignKeys": [key("m", "u", "m")]},
    }
    tables = [table("t", "n"), table("u", "m", "z"), table("x", "y"), table("w", "m")]
    assert restricted(tables, written) == {("t", "n"), ("u", "m"), ("x", "y"), ("w", "m")}


@pytest.mark.parametrize(
    ("fields", "reference"),
    [(["n"], {"resource": "u", "fields": ["m"]}), ("n", {"resource": "u", "fields": "m"}),
     (["n", "o"], {"resource": "u", "fields": ["m"]}),
     (["n"], {"resource": "u", "fields": ["m"], "other": 5})],
)  # fmt: skip
def test_a_key_that_cannot_be_judged_counts_as_it_is_written(fields, reference):
    keys = [{"fields": fields, "reference": reference}]
    written = {"t": {"fields": [*SECRET, 5], "foreignKeys": keys}}
    assert restricted([table("t", "n"), table("u", "m")], written) == {("t", "n"), ("u", "m")}


@pytest.mark.parametrize("own", [None, "", "t"])
def test_a_key_to_its_own_table(own):
    reference = {"fields": "o"} if own is None else {"fields": "o", "resource": own}
    written = {"t": {"fields": SECRET, "foreignKeys": [{"fields": "n", "reference": reference}]}}
    assert restricted([table("t", "n", "o", "p")], written) == {("t", "n"), ("t", "o")}


@pytest.mark.parametrize("said", [True, "yes", 1, None, []])
def test_whatever_stands_there_restricts_but_false(said):
    for value, expected in ((said, {("t", "n")}), (False, set())):
        written = {"t": {"fields": [{"name": "n", "restricted": value}]}}
        assert restricted([table("t", "n")], written) == expected


@pytest.mark.parametrize(
    "schema",
    [{}, {"foreignKeys": [None, 5, {}]},
     {"foreignKeys": [{"fields": 5, "reference": {"resource": 5, "fields": None}}]}],
)  # fmt: skip
def test_what_tells_nothing_restricts_nothing_more(schema):
    written = {"t": {"fields": SECRET, **schema}}
    assert restricted([table("t", "n", "o")], written) == {("t", "n")}
