"""Odd records of a block are those of which Python's `csv` counts other cells."""

import csv
import io

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from validate._src.reading import _quoting, _ragged
from validate._src.reading._parsing import EXTRA, Asked, parsed
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
    st.sampled_from([0, 2**10]),
    st.sampled_from([0, 2**8]),
)
@example([["a"], ["a", "a", "a"], ["a", "a", "a", "a"]], [False], "\n", True, 2**10, 0)
@example([["a"], ["a", "a", "a", "", ""], ["a", "a", "a"]], [False], "\n", True, 0, 0)
@example([["a", "a", ""], ["a", "a"], ["a", "a", "", ""]], [False], "\r\n", True, 0, 0)
@example([["a", "", ""], ["a", ""], ["a", "a", "a"]], [False], "\n", False, 0, 0)
@example([["a", "a", "a", ""], ["a", "a"]], [False], "\n", True, 0, 0)
@example([[], ["a", "a", "a"], []], [True], "\n", True, 0, 0)
def test_odd_records_are_those_of_which_csv_counts_other_cells(
    records, quoted, line_end, ends, many, few
):
    lines = [written(one, quoted[at % len(quoted)]) for at, one in enumerate(records)]
    text = line_end.join(lines) + (line_end if ends or not lines[-1] else "")
    counted = [*csv.reader(io.StringIO(text, newline=""))]
    quoting = Quoting.of(text.encode(), Dialect())
    assert quoting is not None
    quoting = quoting.of_height(len(counted))
    has_surplus = any(len(one) > WIDTH for one in counted)
    cells = parsed(quoting, Dialect(), Asked(WIDTH), None, 100, has_surplus=has_surplus)
    assert cells is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_ragged, "MANY", many)
        patch.setattr(_quoting, "FEW", few)
        index, texts = found_odd(quoting, cells)
    odd = [at for at, one in enumerate(counted) if len(one) != WIDTH]
    assert index.to_list() == odd
    assert texts.to_list() == [lines[at] for at in odd]


def found_odd(quoting, cells):
    beyond = cells[EXTRA] if EXTRA in cells.columns else None
    return odd_records(quoting, cells.select("0", "1", "2"), beyond, ",")


def test_of_many_records_without_a_last_cell_only_those_that_may_lack_it_are_sized(monkeypatch):
    monkeypatch.setattr(_ragged, "MANY", 2)
    lines = [b"a,b,\n"] * 50 + [b"a,b\n", b"a,,\n", b"a,\n", b"a,b,\n", b"\n"]
    quoting = Quoting.of(b"".join(lines), Dialect())
    sized, sizes = [], Quoting.sizes
    monkeypatch.setattr(
        Quoting, "sizes", lambda one, index=None: sized.append(index) or sizes(one, index)
    )
    cells = parsed(quoting, Dialect(), Asked(WIDTH), None, 100, has_surplus=False)
    index, texts = found_odd(quoting, cells)
    assert index.to_list() == [50, 52, 54]
    assert texts.to_list() == ["a,b", "a,", ""]
    assert [one.to_list() for one in sized] == [[50, 51, 52, 54]]


def test_empty_cells_beyond_the_width_have_all_records_sized():
    quoting = Quoting.of(b"a,b,c\na,b,c,\na,b\na,b,c\n", Dialect())
    cells = parsed(quoting, Dialect(), Asked(WIDTH), None, 100, has_surplus=True)
    index, texts = found_odd(quoting, cells)
    assert (index.to_list(), texts.to_list()) == ([1, 2], ["a,b,c,", "a,b"])


def test_one_that_is_not_utf_8_is_said():
    quoting = Quoting.of(b"a,b,c\n\xff,b\na,b,c\n", Dialect())
    cells = pl.DataFrame({"0": ["a", "?", "a"], "1": ["b"] * 3, "2": ["c", None, "c"]})
    with pytest.raises(UnicodeDecodeError):
        odd_records(quoting, cells, None, ",")
