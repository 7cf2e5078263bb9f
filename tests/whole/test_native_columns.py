"""Native columns are judged as their texts would be, and have the same values."""

from unittest.mock import patch

import polars as pl
import pytest
from hypothesis import given, settings
from support.natives import tables

from validate import validate
from validate._src.package.onetable import frame_package
from validate._src.tables import _cells
from validate._src.tables.loaded import loaded
from validate._src.tables.reading import read_table


def outcome(frame, schema):
    """What is found in a frame, and its values, where Polars can hold them."""
    report = validate(frame, schema)
    package, _ = frame_package(frame, schema)
    table = read_table(package.tables["frame"])
    text = table.text.rows()
    values = loaded(table) if report.valid else table.values
    return [*report.findings], [*report.not_checked], text, values


def same_by_text(frame, schema):
    findings, not_checked, text, values = outcome(frame, schema)
    with patch.object(_cells, "held", lambda column, field: None):
        others, others_not_checked, other_text, other_values = outcome(frame, schema)
    assert (findings, not_checked, text) == (others, others_not_checked, other_text)
    assert values.schema == other_values.schema
    assert values.equals(other_values)
    assert str(values.rows()) == str(other_values.rows())  # which tells -0.0 from 0.0


@settings(max_examples=300, deadline=None)
@given(tables())
def test_native_columns_are_judged_as_their_texts_would_be(table):
    same_by_text(*table)


@pytest.mark.parametrize(
    ("kind", "cells", "dtype"),
    [
        ("number", [-0.0, 1.0], pl.Float64),
        ("number", [2**53, 2**53 + 1], pl.Int64),
        ("number", [0.1 + 0.2, 0.30000000000000004], pl.Float64),
        ("integer", [1.0, -0.0, None], pl.Float64),
        ("integer", [2**63 - 1, 2**63], pl.UInt64),
        ("year", [999, 2024], pl.Int64),
        ("year", [1, 20], pl.Int8),
        ("year", [1, 20], pl.UInt8),
        ("year", [], pl.UInt8),
        ("time", [1_500, 0], pl.Time),
        ("date", [-719_163, 0], pl.Date),
        ("datetime", [1_500, 0], pl.Datetime("ns")),
        ("datetime", [-62_135_596_800_000, 0], pl.Datetime("ms", "America/New_York")),
    ],
)
def test_what_is_at_an_edge_is_judged_as_its_text_would_be(kind, cells, dtype):
    column = pl.Series("x", cells, dtype=pl.Int64 if dtype.is_temporal() else dtype).cast(dtype)
    field = {"name": "x", "type": kind, "constraints": {"unique": True}}
    same_by_text(column.to_frame(), {"fields": [field]})
