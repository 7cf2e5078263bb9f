"""The values of queries as cells of CSV."""

from datetime import date, datetime, time

import pytest

from validate._src.site.viewrows import written_cell


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (True, "true"),
        (False, "false"),
        (1200, "1200"),
        (1200.0, "1200"),
        (1e22, "10000000000000000000000"),
        (0.5, "0.5"),
        (float("inf"), "inf"),
        (date(2025, 12, 5), "2025-12-05"),
        (datetime(2025, 12, 5, 7, 30), "2025-12-05T07:30:00"),
        (time(7, 30), "07:30:00"),
        (["b", '池"'], '["b", "池\\""]'),
        ([date(2025, 12, 5), 1], '["2025-12-05", 1]'),
        ("a,b", "a,b"),
    ],
)
def test_values_as_cells(value, cell):
    assert written_cell(value) == cell
