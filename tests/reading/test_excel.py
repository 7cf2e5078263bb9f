from datetime import date, datetime, time
from functools import partial

import pytest
import xlsxwriter
from support.made import one_table, places, said, workbook

from validate import load, validate

FIELDS = [{"name": "pond", "type": "string"}, {"name": "depth", "type": "number"}]


@pytest.fixture
def package(tmp_path):
    return partial(one_table, tmp_path)


PONDS = [["pond", "depth"], ["Mirror", 2.5], [None, None], ["Reed", "deep"], ["Lily"]]


@pytest.mark.parametrize(
    "dialect", [{}, {"sheetNumber": 1}, {"sheetName": "ponds"}, {"sheetName": "ponds", "header": 1}]
)
def test_rows_of_a_sheet_are_checked(package, dialect):
    dialect = {**dialect, **({"header": True} if "header" in dialect else {})}
    folder, file = package("t.xlsx", FIELDS, dialect=dialect)
    workbook(file, ponds=PONDS, others=[["x"]])
    assert places(validate(folder)) == [(3, None, "blank-row"), (4, "depth", "type-error")]


MOMENTS = [
    {"name": "dug", "type": "date"},
    {"name": "seen", "type": "datetime"},
    {"name": "opens", "type": "time"},
]


@pytest.mark.parametrize("dialect", [{}, {"header": False}])
def test_cells_of_a_sheet_have_types(package, dialect):
    folder, file = package("t.xlsx", MOMENTS, dialect=dialect)
    cells = [datetime(2024, 5, 6), datetime(2024, 5, 6), time(7, 8, 9)]
    later = [datetime(2024, 5, 7), datetime(2024, 5, 7, 7, 8, 9), time(7, 8)]
    formats = ["yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "hh:mm:ss"]
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        if not dialect:
            sheet.write_row(0, 0, [field["name"] for field in MOMENTS])
        for number, row in enumerate((cells, later), not dialect):
            for column, cell in enumerate(row):
                form = book.add_format({"num_format": formats[column]})
                sheet.write_datetime(number, column, cell, form)
    assert places(validate(folder)) == []
    assert load(folder)["t"].rows() == [
        (date(2024, 5, 6), datetime(2024, 5, 6), time(7, 8, 9)),
        (date(2024, 5, 7), datetime(2024, 5, 7, 7, 8, 9), time(7, 8)),
    ]


def test_properties_that_say_how_texts_are_read_do_not_hold_for_typed_cells(package):
    fields = [
        {"name": "depth", "type": "number", "decimalChar": ","},
        {"name": "open", "type": "boolean", "trueValues": ["Ja"]},
        {"name": "pond", "type": "string"},
    ]
    folder, file = package("t.xlsx", fields)
    workbook(file, ponds=[["depth", "open", "pond"], [1.5, True, "Reed"], ["1,5", "Ja", 5]])
    assert places(validate(folder)) == [(3, "pond", "type-error")]


@pytest.mark.parametrize(
    ("dialect", "rows"),
    [
        ({"commentChar": "#"}, [["# title"], ["pond", "depth"], ["# note", 1], ["Reed", 2]]),
        ({"commentRows": [1, 3]}, [["title"], ["pond", "depth"], ["note"], ["Reed", 2]]),
        ({"headerRows": [2], "commentRows": [3]}, [["x"], ["pond", "depth"], ["y"], ["Reed", 2]]),
    ],
)
def test_comments_of_a_sheet_are_left_out(package, dialect, rows):
    folder, file = package("t.xlsx", FIELDS, dialect=dialect)
    workbook(file, ponds=rows)
    assert places(validate(folder)) == []
    assert load(folder)["t"].rows() == [("Reed", 2.0)]


def test_a_label_over_several_columns_of_a_sheet_goes_on(package):
    fields = [{"name": f"pond {name}", "type": "string"} for name in ("name", "site")]
    folder, file = package("t.xlsx", fields, dialect={"headerRows": [1, 2]})
    workbook(file, ponds=[["pond"], ["name", "site"], ["Reed", "north"]])
    assert places(validate(folder)) == []


def test_a_sheet_that_is_not_there_is_one_line(package):
    for dialect, message in (
        ({"sheetName": "fish"}, 'there is no sheet "fish"; its sheets are "ponds", "Étang"'),
        ({"sheetName": "Ponds"}, 'there is no sheet "Ponds"; did you mean "ponds"?'),
        ({"sheetName": "E\u0301tang"}, 'there is no sheet "E\u0301tang"; did you mean "Étang"?'),
        ({"sheetNumber": 3}, 'there is no sheet 3; its sheets are "ponds", "Étang"'),
    ):
        folder, file = package("t.xlsx", FIELDS, dialect=dialect)
        workbook(file, ponds=PONDS, Étang=PONDS)
        assert said(validate(folder)) == f"t.xlsx: {message}"


def test_what_is_no_workbook_is_one_line(package):
    folder, file = package("t.xlsx", FIELDS)
    file.write_bytes(b"PK\x03\x04" + b"x" * 50)
    assert said(validate(folder)).startswith("t.xlsx: cannot be read as a workbook: ")


def test_without_the_library_the_sheet_is_named_as_not_checked(package, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    folder, file = package("t.xlsx", FIELDS)
    workbook(file, ponds=PONDS)
    report = validate(folder)
    assert [(part.what, "pip install" in part.why) for part in report.not_checked] == [
        ("rows of t", True)
    ]


def test_missing_values_hold_for_typed_cells(package):
    fields = [{"name": "pond", "type": "string"}, {"name": "depth", "type": "number"}]
    folder, file = package("t.xlsx", fields, schema={"missingValues": ["", "-9999", "NA"]})
    workbook(file, ponds=[["pond", "depth"], ["Mirror", -9999], ["Reed", "NA"], ["NA", 1.5]])
    assert load(folder)["t"].rows() == [("Mirror", None), ("Reed", None), (None, 1.5)]


def test_whole_numbers_of_any_size_are_integers(package):
    folder, file = package("t.xlsx", [{"name": "n", "type": "integer"}])
    workbook(file, ponds=[["n"], [2.0**53], [1e30], [1e300], [0.5]])
    assert places(validate(folder)) == [(2, "n", "rounded-number"), (5, "n", "type-error")]
