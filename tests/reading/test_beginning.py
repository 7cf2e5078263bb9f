"""What a file begins with that goes on with a table."""

from dataclasses import replace

import pytest
from support.made import resource_of

from validate._src.package.descriptor import make_package
from validate._src.reading._beginning import beginning_of

TEXTS = [{"name": "pond", "type": "string"}, {"name": "colour", "type": "string"}]
TYPED = [
    {"name": "pond", "type": "string"},
    {"name": "depth", "type": "number"},
    {"name": "dug", "type": "date"},
]
CODED = [
    {"name": "pond", "type": "string", "constraints": {"pattern": "P-[0-9]+"}},
    {"name": "colour", "type": "string", "constraints": {"enum": ["green", "blue"]}},
]


def resource_with(tmp_path, fields, match="exact"):
    schema = {"fields": fields, "fieldsMatch": match}
    descriptor = {"resources": [{"name": "t", "path": ["a.csv", "b.csv"], "schema": schema}]}
    return make_package(descriptor, tmp_path / "datapackage.json").resources["t"]


def kind(tmp_path, fields, record, match="exact", **options):
    labels = [field["name"] for field in fields]
    resource = resource_with(tmp_path, fields, match)
    return beginning_of(resource, labels, [*map(str, record)], [record], **options)


ROW, HEADER, UNCLEAR, OWN = "row", "another header", "row or header", "header"
ORDER, CASE = "header in another order", "header in another case"
RECORDS = [
    (TEXTS, ["pond", "colour"], OWN),
    (TEXTS, ["colour", "pond"], ORDER),
    (TEXTS, ["pond", "colour", "size"], HEADER),
    (TEXTS, ["size", "pond", "colour"], HEADER),
    (TEXTS, ["pond"], HEADER),
    (TEXTS, ["pond", "shade"], HEADER),
    (TEXTS, ["Pond", "COLOUR"], CASE),
    (TEXTS, ["Pond", "COLOUR "], HEADER),
    (TEXTS, ["pond", "pond"], HEADER),
    (TEXTS, ["pond", "colour", ""], OWN),
    (TEXTS, ["pond", "Colour", "", ""], CASE),
    (TEXTS, ["pond", "", "colour"], HEADER),
    (TEXTS, ["", "pond", "colour"], HEADER),
    (TEXTS, ["Reed", "green"], UNCLEAR),
    (TEXTS, ["name", "shade"], UNCLEAR),
    (TYPED, ["Reed", "2.5", "2024-05-06"], ROW),
    (TYPED, ["Reed", "deep", "2024-05-06"], ROW),
    (TYPED, ["Reed", "deep", "soon"], HEADER),
    (TYPED, ["Reed", "deep", ""], UNCLEAR),
    (TYPED, ["pond", "width", "year"], HEADER),
    (TYPED, ["pond", "depth", "2020"], HEADER),
    (TYPED, ["pond", "depth", "2020-01-01"], HEADER),
    (TYPED, ["pond", "2.5", "2020-01-01"], ROW),
    (TYPED, ["Reed", "", ""], UNCLEAR),
    (CODED, ["P-1", "red"], ROW),
    (CODED, ["P-1", "green"], ROW),
    (CODED, ["name", "shade"], HEADER),
    (CODED, ["name", ""], UNCLEAR),
]


@pytest.mark.parametrize(("fields", "record", "wanted"), RECORDS)
def test_a_record_is_told_by_labels_and_by_values(tmp_path, fields, record, wanted):
    assert kind(tmp_path, fields, record).kind == wanted


@pytest.mark.parametrize(("fields", "record", "wanted"), RECORDS)
def test_fields_go_by_name_where_their_order_is_free(tmp_path, fields, record, wanted):
    assert kind(tmp_path, fields, record, "equal").kind == wanted


def test_case_may_make_two_labels(tmp_path):
    resource = resource_of(tmp_path, b"a,b\n1,2\n")
    found = ["A", "B"]
    assert beginning_of(resource, ["a", "b"], found, [found]).kind == "header in another case"
    strict = replace(resource, dialect=replace(resource.dialect, case_sensitive_header=True))
    assert beginning_of(strict, ["a", "b"], found, [found]).kind == HEADER
    assert beginning_of(resource, ["a", "A"], ["A", "A"], [["A", "A"]]).kind == HEADER


def test_a_native_value_is_no_label(tmp_path):
    assert kind(tmp_path, TYPED, ["Reed", 2.5, "soon"]).kind == ROW
    assert kind(tmp_path, TYPED, ["pond", "depth", 2020]).kind == HEADER


def test_half_a_character_is_no_value_and_no_label(tmp_path):
    """JSON can spell it, and no column of text can hold it."""
    assert kind(tmp_path, TYPED, ["Reed", "\ud83d", "2024-05-06"]).kind == ROW
    assert kind(tmp_path, TYPED, ["Reed", "\ud83d", "soon"]).kind == HEADER


def test_names_of_columns_are_always_a_header(tmp_path):
    assert kind(tmp_path, TEXTS, ["Reed", "green"], has_names=True).kind == HEADER


def test_labels_are_plain_where_there_is_no_schema(tmp_path):
    resource = resource_of(tmp_path, b"a,b\n1,2\n")
    assert beginning_of(resource, ["a", "b"], ["a", "c"], [["a", "c"]]).kind == HEADER
    assert beginning_of(resource, ["a", "b"], ["1", "2"], [["1", "2"]]).kind == UNCLEAR


def test_a_constraint_that_cannot_be_used_tells_nothing(tmp_path):
    fields = [TYPED[0], {"name": "n", "type": "string", "constraints": {"pattern": "("}}]
    assert kind(tmp_path, fields, ["Reed", "x"]).kind == UNCLEAR


@pytest.mark.parametrize(
    ("labels", "found", "count"),
    [
        (["a", "b"], ["a", "b"], 0),
        (["a", "b"], ["a", "b", "", ""], 2),
        (["a", "b", ""], ["a", "b", "", ""], 1),
        (["a", "b", ""], ["a", "b"], 0),
        (["a", "b"], ["A", "b", ""], 1),
    ],
)
def test_columns_without_label_behind_those_of_the_table_are_counted(
    tmp_path, labels, found, count
):
    begin = beginning_of(resource_of(tmp_path, b"a,b\n1,2\n"), labels, found, [found])
    assert (begin.is_header, begin.unlabelled) == (True, count)


def test_no_labels_are_no_header_of_a_table_without_labels(tmp_path):
    begin = beginning_of(resource_of(tmp_path, b"\n1,2\n"), [], ["", ""], [["", ""]])
    assert not begin.is_header
