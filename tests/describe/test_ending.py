"""Rows at the end of a table that are no rows of it."""

import pytest

from validate._src.describe.ending import ending_of
from validate._src.describe.rows import row


def said(*rows, width=3, **options):
    last = [row(number, None, cells) for number, cells in enumerate(rows, 8)]
    return [*ending_of(last, width).notes(**options)]


TOTALS = ["Total", "total:", "TOTALS", "Grand Total", "Summe", "合計", "合计", "Sum", "Итого"]


@pytest.mark.parametrize("label", TOTALS)
def test_a_total_is_said_with_its_row_and_what_to_do(label):
    assert said(["North", "1", "2"], [label, "3", "4"]) == [
        f'row 9 ("{label}", …) is probably a total of those above, and is read as a row: '
        'remove it, or add 9 to "commentRows" in the dialect'
    ]
    assert said(["", label, "4"])


def test_notes_below_the_table_are_said_with_the_total_above_them():
    notes = said(["Total", "3", "4"], ["Source: nobody"], ["(3 rows affected)"])
    assert [note.split(" (")[0] for note in notes] == ["row 8", "row 9", "row 10"]


@pytest.mark.parametrize(
    "cells", [["North", "3", "4"], ["Totalled", "3", "4"], ["", "3"], ["North", "Total", "3"]]
)
def test_other_rows_are_rows(cells):
    assert said(["Total", "1", "2"], cells) == []


def test_a_cell_too_few_in_a_table_of_two_is_no_note():
    assert said(["North"], width=2) == []


def test_a_cell_that_is_withheld_is_not_shown():
    (note,) = said(["Ann"], withheld=frozenset({0}))
    assert note.startswith("row 8 has a text in its first cell alone")
