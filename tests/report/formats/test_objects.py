"""Findings as JSON objects: put together by columns they are, byte for byte, what Polars writes."""

import json

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validate._src.report.formats import _objects
from validate._src.report.formats._objects import objects
from validate._src.words.finding import FINDING_COLUMNS
from validate._src.words.findingframe import DTYPES

BETWEEN = ",\n    "
TEXTS = st.one_of(st.none(), st.text(st.sampled_from('ab ,é\U0001f41f"\\\n\t\x00\x7f'), max_size=4))
ROWS = st.fixed_dictionaries(
    {
        "message": st.sampled_from(["too low", 'no "number"\n']),
        "row": st.one_of(st.none(), st.integers(1, 2**62)),
        "folded": st.sampled_from([None, 3]),
        "key": st.lists(st.text("xyé", max_size=3), max_size=2),
        "value": TEXTS,
        "note": st.one_of(st.none(), st.just("has a letter")),
    }
)


def frame_of(rows):
    full = [{**dict.fromkeys(FINDING_COLUMNS), **row} for row in rows]
    return pl.DataFrame(full, schema=DTYPES)


def written(frame, between=BETWEEN):
    return frame.write_ndjson().removesuffix("\n").replace("\n", between)


@pytest.fixture(autouse=True)
def none_is_few(monkeypatch):
    monkeypatch.setattr(_objects, "FEW", 0)


@settings(max_examples=200, deadline=None)
@given(st.lists(ROWS, min_size=1, max_size=4))
def test_objects_are_what_polars_writes(rows):
    frame = frame_of(rows)
    assert [*objects([frame], BETWEEN)] == [written(frame)]


@pytest.mark.parametrize(
    "keys", [[[], []], [["a"], ["b"]], [["a", "b"], ["c", "d"]], [["a", "b"], ["c"]]]
)
@pytest.mark.parametrize("values", [["1", "2"], [None, "2"], ["é", "魚"]])
def test_alike_findings_are_put_together(monkeypatch, keys, values):
    monkeypatch.setattr(_objects, "_by_polars", only_of_one_cell(_objects._by_polars))
    rows = [{"row": at, "key": key, "value": values[at]} for at, key in enumerate(keys)]
    frame = frame_of(rows)
    (text,) = objects([frame], BETWEEN)
    assert text == written(frame)
    assert [one["row"] for one in json.loads(f"[{text}]")] == [0, 1]


def only_of_one_cell(function):
    def asked(piece, between):
        assert piece.height == piece.width == 1
        return function(piece, between)

    return asked


def test_many_findings_come_in_pieces():
    frame = frame_of([{"row": at, "key": [str(at)], "value": str(at)} for at in range(20_001)])
    some = [*objects([frame], "\n")]
    assert len(some) == 3
    assert "\n".join(some) == written(frame, "\n")


def test_no_findings_are_no_objects():
    assert [*objects([frame_of([])], "\n")] == []
