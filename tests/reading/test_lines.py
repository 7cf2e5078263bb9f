"""Lines of a block are where they are counted to be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate._src.reading import _lines
from validate._src.reading._lines import Lines


@given(st.lists(st.sampled_from([b"", b"a", b"long line"]), min_size=1), st.integers(1, 12))
def test_lines_begin_where_the_ones_before_end(texts, piece):
    block = b"\n".join(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_lines, "PIECE", piece)
        lines = Lines.of(block)
        found = [lines.bounds(index) for index in range(len(texts))]
        marks = lines.marks
    assert [block[start : end - 1] for start, end in found] == texts
    assert [start for start, _ in found] == [0, *(end for _, end in found[:-1])]
    assert all(found[line][0] == start for line, start in marks)
    assert [*marks] == sorted(marks)
