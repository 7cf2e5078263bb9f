"""Columns as the process sends them come out as their cells are, one by one."""

import datetime as dt
import marshal

from hypothesis import example, given
from hypothesis import strategies as st

from validate._src.reading import _sent, _worker
from validate._src.reading._values import kind_of, text_of

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
CELLS = (
    TEXTS,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(),
    st.floats(-1e-3, 1e-3),
    st.floats(-(2**54), 2**54).map(float.__trunc__).map(float),
    st.dates(),
    st.datetimes(),
    st.datetimes().map(lambda moment: moment.replace(microsecond=0)),
    st.times(),
    st.timedeltas(dt.timedelta(-10_000), dt.timedelta(10_000)),
)
COLUMNS = st.lists(st.sampled_from(CELLS), min_size=1, max_size=3).flatmap(
    lambda kinds: st.lists(st.just("") | st.one_of(*kinds), min_size=1, max_size=8)
)


@given(cells=COLUMNS)
@example(cells=["\x1f", "a"])
@example(cells=["a\x1fb", "", "c"])
@example(cells=["", ""])
@example(cells=[0.0, "", False, "x"])
@example(cells=[dt.date(1, 1, 1), dt.datetime(9999, 12, 31, 23, 59, 59, 999_999), "", dt.time(7)])
@example(cells=[1e-4, 9.999e-5, -1e-7, float("nan"), float("-inf"), 2.0**53, 0.1 + 0.2, -0.0])
def test_a_column_is_made_as_its_cells_are(cells):
    sent = marshal.loads(marshal.dumps(_worker.column(cells), 2))
    texts, kinds = _sent.typed_of(sent, len(cells))
    known = [None if cell == "" else cell for cell in cells]
    assert texts.to_list() == [text_of(cell) for cell in known]
    assert kinds.to_list() == [kind_of(cell) for cell in known]
