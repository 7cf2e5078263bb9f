"""What is said of files that go on with a table."""

import pytest
from reading.test_beginning import TEXTS, TYPED, resource_with

from validate._src.reading._continuing import Continuation, why_unread, without_empty


def why(tmp_path, fields, record):
    """Why a file with this header is not read."""
    resource, labels = resource_with(tmp_path, fields), [field["name"] for field in fields]
    begin = Continuation(resource).beginning_of(labels, record, [record])
    assert begin.is_another
    return why_unread(resource, begin, labels, record)


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (["pond", "colour", "size"], 'its header has "size"'),
        (["pond"], 'its header lacks "colour"'),
        (["pond", "shade"], 'its header has "shade" and lacks "colour"'),
        (["pond", "pond"], 'its header has "pond" and lacks "colour"'),
        (["colour", "pond"], "columns in another order"),
    ],
)
def test_what_is_wrong_with_a_header_is_said(tmp_path, record, said):
    assert said in why(tmp_path, TEXTS, record)


def test_many_labels_are_counted(tmp_path):
    record = ["pond", "colour", *"abcdefg"]
    fields = [*TEXTS, *({"name": name, "type": "string"} for name in "tuvwxyz")]
    message = why(tmp_path, fields, ["pond", "colour", *"tuvwxy", *record[2:]])
    assert 'has "a", "b", "c", "d", "e" and 2 more and lacks "z"' in message


def test_values_of_restricted_fields_are_withheld(tmp_path):
    fields = [{**field, "restricted": True} for field in TYPED]
    assert "deep" not in why(tmp_path, fields, ["Reed", "deep", "soon"])


def test_what_is_alike_is_said_once(tmp_path):
    resource = resource_with(tmp_path, TEXTS)
    continuation = Continuation(resource)
    said = []
    for record in (["Pond", "colour", ""], ["pond", "colour", ""], ["pond", "COLOUR"]):
        begin = continuation.beginning_of(["pond", "colour"], record, [record])
        said.append([one.code for one in continuation.warnings(begin, "b.csv", 1)])
    assert said == [["incorrect-label", "extra-label"], [], []]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        (["1", "2"], ["1", "2"]),
        (["1", "2", "", ""], ["1", "2"]),
        ([1, 2, None], [1, 2]),
        (["1"], ["1"]),
        (["1", "2", "", "x"], ["1", "2", "", "x"]),
        ([1, 2, 0], [1, 2, 0]),
        (["1", "2", "", "", ""], ["1", "2", "", "", ""]),
    ],
)
def test_cells_that_are_empty_and_without_label_are_left_out(cells, wanted):
    assert without_empty(cells, 2, 2) == wanted
