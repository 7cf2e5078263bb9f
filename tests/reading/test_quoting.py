"""What is quoted in a block of delimited text."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validate._src.reading._quoting import Quoting
from validate._src.words.model import Dialect

CELL = r'(?:[^",\r\n]*|"(?:[^"]|"")*")'
BLOCK = re.compile(rf"(?:{CELL}(?:,{CELL})*\r?\n)*")
QUOTED = re.compile(r'(?<![^,\n])"(?:[^"]|"")*"')


@settings(max_examples=500, deadline=None)
@given(st.text(st.sampled_from('",a\n'), min_size=1, max_size=16))
@example('"a""b"')
@example('""""')
@example('"","""a"')
@example('a,""\r')
@example('"a"\r\n"b"\r')
@example('"a"b')
@example('a"b"')
def test_quotes_around_cells_are_told_from_others(text):
    text += "\n"
    quoting = Quoting.of(text.encode(), Dialect())
    if text.count('"') % 2:
        return
    if BLOCK.fullmatch(text) is None:
        assert quoting is None
        return
    assert quoting is not None
    cells = QUOTED.findall(text)
    assert quoting.left_out == sum(2 + cell[1:-1].count('"') // 2 for cell in cells)
    assert quoting.may_be_empty == ('""' in cells)


@pytest.mark.parametrize(("rest", "is_sound"), [('"c\n', True), ('c"\n', False), ('"c,"\n"', True)])
def test_a_cell_that_does_not_end_is_left_for_the_next_block(rest, is_sound):
    quoting = Quoting.of(f'"a","b""b"\n{rest}'.encode(), Dialect())
    assert (quoting is not None) == is_sound
    if quoting is not None:
        assert (quoting.height, quoting.left_out) == (
            1 + rest.count('"') // 2,
            5 + rest.count('"') // 2 * 2,
        )
