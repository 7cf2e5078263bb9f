"""Fields that are restricted because they hold values of restricted ones."""

import pytest

from validate._src.package.restriction import with_restrictions
from validate._src.words.model import Dialect, TabularResource
from validate._src.words.schema import Field, ForeignKey, Schema


def table(name, *fields, keys=()):
    schema = Schema(fields=tuple(fields), foreign_keys=tuple(keys))
    return TabularResource(
        name, "", "", (), None, "csv", "", "utf-8", Dialect(), schema, None, None
    )


def restricted(resources, written):
    found = with_restrictions(resources, None, written)
    return {(name, field) for name, one in found.items() for field in one.schema.restricted}


def field(name, **more):
    return Field(
        name=name, type="string", format="default", properties={}, missing_values=(),
        constraints={}, **more,
    )  # fmt: skip


def key(name, resource, target):
    return ForeignKey(fields=(name,), resource=resource, reference_fields=(target,))


def test_a_chain_of_references_is_followed_to_both_ends():
    chain = [
        table("t", field("n", restricted=True), keys=[key("n", "u", "m")]),
        table("u", field("m"), field("z"), keys=[key("m", "x", "y")]),
        table("x", field("y")),
        table("w", field("m"), keys=[key("m", "u", "m")]),
    ]
    assert restricted(chain, {}) == {("t", "n"), ("u", "m"), ("x", "y"), ("w", "m")}


@pytest.mark.parametrize(
    ("fields", "reference"),
    [(["n"], {"resource": "u", "fields": ["m"]}), ("n", {"resource": "u", "fields": "m"}),
     (["n", "o"], {"resource": "u", "fields": ["m"]}),
     (["n"], {"resource": "u", "fields": ["m"], "other": 5})],
)  # fmt: skip
def test_a_key_that_cannot_be_judged_counts_as_it_is_written(fields, reference):
    written = {"t": {"fields": 5, "foreignKeys": [{"fields": fields, "reference": reference}]}}
    tables = [table("t", field("n", restricted=True)), table("u", field("m"))]
    assert restricted(tables, written) == {("t", "n"), ("u", "m")}


@pytest.mark.parametrize(
    "schema",
    [{}, {"fields": None}, {"foreignKeys": [None, 5, {}]},
     {"foreignKeys": [{"fields": 5, "reference": {"resource": 5, "fields": None}}]}],
)  # fmt: skip
def test_what_tells_nothing_restricts_nothing_more(schema):
    tables = [table("t", field("n", restricted=True), field("o"))]
    assert restricted(tables, {"t": schema}) == {("t", "n")}
