"""Samples of columns, and the reading that suits each best."""

from hypothesis import given, settings
from hypothesis import strategies as st

from validate._src.describe.sample import best_reading, best_readings

TEXTS = st.sampled_from(
    ["1", "-3", "2.5", "1,5", "007", "true", "2024-05-06", "2024-13-06", "20240506", "06/05/2024",
     "2024-05-06T01:02:03", "01:02", "2024-05", "P1D", "{}", "[1]", "€ 3", "5 %", "NA", "", "Reed"]
)  # fmt: skip
COLUMNS = st.lists(st.dictionaries(TEXTS, st.integers(1, 9), max_size=6), max_size=6)


@settings(deadline=None)
@given(COLUMNS, st.booleans())
def test_columns_are_told_together_as_each_by_itself(columns, numeric):
    found = best_readings(columns, numeric=numeric)
    assert found == [best_reading(texts, numeric=numeric) for texts in columns]


def test_the_plainest_reading_that_nearly_all_cells_fit_is_best():
    columns = [{"1": 99, "2.5": 1}, {"1": 9, "2.5": 1}, {"Reed": 1}, {}, {"1": 1, "x": 2}]
    found = [reading and reading.type for reading in best_readings(columns)]
    assert found == ["integer", "number", None, None, None]
