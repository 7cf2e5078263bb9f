"""Pieces of Parquet files have all of their rows, and whole row groups where these are small."""

from itertools import accumulate

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate._src.reading import _pieces
from validate._src.reading._pieces import heights_of

GROUPS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 3000)), max_size=12)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr(_pieces, "ROWS", 20)
    monkeypatch.setattr(_pieces, "BYTES", 1000)
    monkeypatch.setattr(_pieces, "MOST_ROWS", 25)


@given(groups=GROUPS)
def test_heights_sum_up_and_part_no_small_row_group(groups):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_pieces, "sizes_of", lambda file, longest: groups)
        heights = heights_of(None)
    assert sum(heights) == sum(rows for rows, _ in groups)
    assert all(0 < height <= 25 for height in heights)
    ends = {0, *accumulate(heights)}
    for end, (rows, _) in zip(accumulate(rows for rows, _ in groups), groups, strict=True):
        inside = [cut for cut in ends if end - rows < cut < end]
        assert not inside or rows > 25


def test_a_row_group_that_is_too_large_is_cut_into_pieces_of_about_one_size(tmp_path):
    file = tmp_path / "ponds.parquet"
    pl.DataFrame({"pond": range(70)}).write_parquet(file, row_group_size=60)
    assert heights_of(file) == [20, 20, 20, 10]


def test_what_is_no_parquet_has_no_pieces(tmp_path):
    file = tmp_path / "ponds.parquet"
    file.write_bytes(b"PAR1 no footer PAR1")
    assert heights_of(file) == ()
    assert heights_of(tmp_path / "none.parquet") == ()
