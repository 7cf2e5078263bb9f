"""What Parquet files say of themselves."""

import io
import struct
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate._src.reading._thrift import read_struct
from validate._src.reading.footers import Named, described, row_groups

ROWS = {
    "whole": [3, None, -5, 7],
    "short": pl.Series([1, 2, 3, 4], dtype=pl.Int8),
    "double": [0.5, -1.5, None, None],
    "day": [date(2024, 5, 6), date(1970, 1, 1), None, None],
    "moment": [datetime(2024, 5, 6), None, None, None],
    "text": ["b", "a", None, ""],
    "money": [Decimal("1.50"), None, None, None],
    "large": pl.Series([2**63, 1, 2, 3], dtype=pl.UInt64),
    "list": [[1], [None], None, []],
}


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "t.parquet"
    pl.DataFrame(ROWS).write_parquet(file, row_group_size=2)
    return file


def facts(file):
    return row_groups(file, pl.read_parquet_schema(file))


def test_row_groups_say_how_many_rows_and_nulls_they_have(file):
    first, second = facts(file)
    assert (first.rows, second.rows) == (2, 2)
    nulls = {
        name: (first.columns[name].nulls, second.columns[name].nulls) for name in first.columns
    }
    assert nulls == {
        "whole": (1, 0), "short": (0, 0), "double": (0, 2), "day": (0, 2), "moment": (1, 2),
        "text": (0, 1), "money": (1, 2), "large": (0, 0),
    }  # fmt: skip


def test_the_least_and_the_greatest_of_numbers_and_times_are_known(file):
    first, second = facts(file)
    bounds = {name: one.bounds.to_list() for name, one in first.columns.items()}
    assert bounds == {
        "whole": [3, 3], "short": [1, 2], "double": [-1.5, 0.5],
        "day": [date(1970, 1, 1), date(2024, 5, 6)],
        "moment": [datetime(2024, 5, 6)] * 2, "text": [], "money": [], "large": [],
    }  # fmt: skip
    assert second.columns["double"].bounds.is_empty()
    assert second.columns["whole"].bounds.to_list() == [-5, 7]


def test_a_file_without_statistics_says_how_many_rows_it_has(tmp_path):
    pl.DataFrame(ROWS).write_parquet(tmp_path / "t.parquet", statistics=False)
    (group,) = facts(tmp_path / "t.parquet")
    assert group.rows == 4
    assert group.columns["whole"].nulls is None
    assert group.columns["whole"].bounds.is_empty()


@pytest.mark.parametrize("content", [b"", b"PAR1", b"x" * 20, b"\xff\xff\xff\x7fPAR1", b"\0" * 8])
def test_what_has_no_footer_is_refused(tmp_path, content):
    (tmp_path / "t.parquet").write_bytes(content)
    with pytest.raises(ValueError, match=r"ends too early|has no footer"):
        row_groups(tmp_path / "t.parquet", {})


CONTENT = io.BytesIO()
pl.DataFrame({"a": [1, 2, 3], "b": ["x", None, "y"]}).write_parquet(CONTENT)


@given(st.data())
def test_a_damaged_footer_is_read_or_refused(tmp_path_factory, data):
    content = bytearray(CONTENT.getvalue())
    length = struct.unpack("<I", content[-8:-4])[0]
    places = st.integers(len(content) - 8 - length, len(content) - 1)
    for place in data.draw(st.lists(places, min_size=1, max_size=4)):
        content[place] = data.draw(st.integers(0, 255))
    file = tmp_path_factory.getbasetemp() / "damaged.parquet"
    file.write_bytes(content)
    with suppress(ValueError):
        groups = row_groups(file, {"a": pl.Int64(), "b": pl.String()})
        assert all(group.rows >= 0 for group in groups)
    with suppress(ValueError):
        assert all(isinstance(one.name, str) for one in described(file).columns)


def test_columns_have_their_names_in_order_with_what_is_nested_in_them(file):
    about = described(file)
    columns = about.columns
    assert about.rows == pl.read_parquet(file).height
    assert [one.name for one in columns] == [*ROWS]
    assert {one.number for one in columns} == {None}
    (of_list,) = (one for one in columns if one.name == "list")
    assert of_list.within == (Named("list", None, (Named("element", None, ()),)),)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_struct_or_refused(content):
    with suppress(ValueError):
        assert isinstance(read_struct(content), dict)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"\x1c" * 40 + b"\0", "goes too deep"),
        (b"\x19\xf9\xff\xff\xff\xff\x0f", "ends too early"),
        (b"\x16" + b"\xff" * 12, "too large"),
        (b"\x1b\0", "of type 11"),
        (b"\x18\x05ab", "ends too early"),
    ],
)
def test_what_is_wrong_with_bytes_is_said(content, fault):
    with pytest.raises(ValueError, match=fault):
        read_struct(content)


def test_what_stands_behind_the_last_field_is_not_read():
    content = b"\x15\x02\x15\x04\x1b"  # 1, 2, and what is none
    assert read_struct(content, 2) == {1: 1, 2: 2}
    with pytest.raises(ValueError, match="of type 11"):
        read_struct(content)


def test_all_types_of_values_are_read():
    content = (
        b"\x11\x12\x13\x07\x14\x03\x15\x04\x16\x80\x01"  # true, false, 7, -2, 2, 64
        b"\x17" + struct.pack("<d", 1.5) + b"\x18\x02hi\x19\x25\x02\x04\x1c\x15\x02\0"
        b"\x19\x21\x01\x02\x06\x80\x02\x0a\0"  # booleans in a list; a field that names its number
    )
    assert read_struct(content) == {
        1: True, 2: False, 3: 7, 4: -2, 5: 2, 6: 64, 7: 1.5, 8: b"hi", 9: [1, 2], 10: {1: 1},
        11: [True, False], 128: 5,
    }  # fmt: skip
