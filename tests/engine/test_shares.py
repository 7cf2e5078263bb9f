"""Shares: each byte is of one part."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate import PackageError
from validate._src.engine.shares import Share


@given(
    sizes=st.lists(st.integers(0, 50), max_size=20),
    count=st.integers(1, 30),
)
def test_each_task_is_of_one_part_and_parts_follow_each_other(sizes, count):
    total, begin, owners = sum(sizes), 0, []
    shares = [Share(number, count) for number in range(1, count + 1)]
    for size in sizes:
        (own,) = [share for share in shares if share.has(begin, begin + size, total)]
        assert own.may_have(begin, begin + size, total)
        owners.append(own.number)
        begin += size
    assert owners == sorted(owners)


def test_parts_have_about_as_much():
    shares = [Share(number, 8) for number in range(1, 9)]
    counts = [sum(share.has(at, at + 1, 1000) for at in range(1000)) for share in shares]
    assert counts == [125] * 8


def test_a_share_is_written_as_it_is_read():
    assert str(Share.of("3/8")) == "3/8"
    assert Share.of("3/8") == Share(3, 8)


@pytest.mark.parametrize(
    "text", ["", "3", "0/8", "9/8", "1/0", "a/b", "-1/2", "1/2/3", "1 /2", "²/3"]
)
def test_anything_else_is_refused(text):
    with pytest.raises(PackageError, match="write K/N, such as 3/8") as caught:
        Share.of(text)
    assert f'part "{text}"' in str(caught.value)


@pytest.mark.parametrize("count", ["1000000", "1" + "0" * 20, "9" * 5000])
def test_the_most_parts_are_said(count):
    with pytest.raises(PackageError, match=r": there may be 999,999 parts at most$") as caught:
        Share.of(f"1/{count}")
    assert len(str(caught.value)) < 150


def test_zeros_in_front_do_not_count():
    assert Share.of(f"{'0' * 5000}3/{'0' * 100_000}999999") == Share(3, 999_999)


@pytest.mark.parametrize("text", ["0" * 1_000_000, "9" * 5000 + "/9"])
def test_long_texts_are_refused_at_once_and_shown_in_part(text):
    with pytest.raises(PackageError, match="write K/N, such as 3/8") as caught:
        Share.of(text)
    assert len(str(caught.value)) < 200
