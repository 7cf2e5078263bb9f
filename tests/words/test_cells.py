import pytest

from validate._src.words.cells import Sheet, column_letters, column_number


@pytest.mark.parametrize(
    ("index", "letters"),
    [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")],
)
def test_columns_have_letters(index, letters):
    assert column_letters(index) == letters
    assert column_number(letters.encode()) == index + 1


def test_a_cell_is_named_where_it_stands_in_its_sheet():
    sheet = Sheet("ponds", rows_before=100, left=2)
    assert sheet.cell(117, 0, 4) == "C17"
    assert sheet.cell(117, None, 4) == "C17:F17"
    assert sheet.cell(117, None, 1) == "C17"
