"""Odd records of a block are those of which Python's `csv` counts other cells."""

import csv
import io

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validate._src.reading import _ragged
from validate._src.reading._quoting import Quoting
from validate._src.reading._ragged import odd_records
from validate._src.words.model import Dialect

WIDTH = 3
CELLS = st.sampled_from(
    ["", "", "a", "12", "池", "😀 é", "a,b", 'say "no"', '"', "two\nlines", " "]
)
SOUND = st.lists(CELLS, min_size=WIDTH, max_size=WIDTH)
ODD = st.lists(CELLS, max_size=WIDTH + 2)
RECORDS = st.lists(SOUND | SOUND | SOUND | ODD, min_size=1, max_size=30)


def written(cells, quoted):
    """A record, of which all cells are quoted, or those alone that have to be."""
    return ",".join(
        '"' + cell.replace('"', '""') + '"' if quoted or set(cell) & set(',"\n') else cell
        for cell in cells
    )


@settings(max_examples=300, deadline=None)
@given(
    RECORDS,
    st.lists(st.booleans(), min_size=1, max_size=5),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.sampled_from([(64, 2**10), (64, 2), (64, 3), (1, 2), (0, 2**10)]),
)
@example([["a"], ["a", "a", "a"], ["a", "a", "a", "a"]], [False], "\n", True, (64, 2**10))
@example([["a"], ["a", "a", "a", "", ""], ["a", "a", "a"]], [False], "\n", True, (64, 2))
@example([[], ["a", "a", "a"], []], [True], "\n", True, (64, 2))
def test_odd_records_are_those_of_which_csv_counts_other_cells(
    records, quoted, line_end, ends, bounds
):
    lines = [written(one, quoted[at % len(quoted)]) for at, one in enumerate(records)]
    text = line_end.join(lines) + (line_end if ends or not lines[-1] else "")
    counted = [*csv.reader(io.StringIO(text, newline=""))]
    quoting = Quoting.of(text.encode(), Dialect())
    assert quoting is not None
    quoting = quoting.of_height(len(counted))
    found = [sum(len(cell.encode()) for cell in one[:WIDTH]) for one in counted]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_ragged, "MOST", bounds[0])
        patch.setattr(_ragged, "STEP", bounds[1])
        index, texts = odd_records(quoting, pl.Series(found, dtype=pl.Int64), WIDTH)
    odd = [at for at, one in enumerate(counted) if len(one) != WIDTH]
    assert index.to_list() == odd
    assert texts.to_list() == [lines[at] for at in odd]


def test_one_that_is_not_utf_8_is_said():
    quoting = Quoting.of(b"a,b,c\n\xff,b\na,b,c\n", Dialect())
    with pytest.raises(UnicodeDecodeError):
        odd_records(quoting, pl.Series([3, 2, 3]), WIDTH)
