import json
from datetime import UTC, date, datetime, time

import polars as pl
import pytest

from validate import PackageError, load, validate

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELDS = [
    {"name": "pond", "type": "string"},
    {"name": "depth", "type": "number"},
    {"name": "fish", "type": "integer"},
    {"name": "dug", "type": "date"},
    {"name": "seen", "type": "datetime"},
    {"name": "opens", "type": "time"},
    {"name": "open", "type": "boolean"},
    {"name": "tags", "type": "array"},
    {"name": "keeper", "type": "object"},
]
ROWS = {
    "pond": ["Mirror", "Reed", None],
    "depth": [2.5, 3.0, None],
    "fish": [3, -1, None],
    "dug": [date(1912, 4, 1), None, None],
    "seen": [datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC), None, None],
    "opens": [time(9, 30), None, None],
    "open": [True, False, None],
    "tags": [["a"], [], None],
    "keeper": [{"name": "Ada"}, {"name": None}, None],
}


def places(report):
    return [(found.row, found.field, found.code) for found in report.findings]


@pytest.fixture
def package(tmp_path):
    """Writes the descriptor of a table in a file that a test makes; gives both paths."""

    def write(name, fields, **properties):
        schema = {"fields": fields, **properties.pop("schema", {})}
        resource = {"name": "t", "path": name, "schema": schema, **properties}
        descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        return tmp_path, tmp_path / name

    return write


def test_native_types_of_parquet_are_those_of_the_fields(package):
    folder, file = package("t.parquet", FIELDS)
    pl.DataFrame(ROWS).write_parquet(file)
    assert places(validate(folder)) == [(4, None, "blank-row")]


def test_a_native_type_that_the_field_cannot_have_is_a_type_error(package):
    fields = [{**field, "type": "date"} for field in FIELDS]
    folder, file = package("t.parquet", fields)
    pl.DataFrame(ROWS).head(1).write_parquet(file)
    wrong = [field["name"] for field in FIELDS if field["name"] != "dug"]
    assert places(validate(folder)) == [(2, name, "type-error") for name in sorted(wrong)]


def test_values_of_parquet_are_kept(package):
    folder, file = package("t.parquet", FIELDS[:4])
    frame = pl.DataFrame({name: ROWS[name][:2] for name in ("pond", "depth", "fish", "dug")})
    frame.write_parquet(file)
    assert load(folder)["t"].equals(frame)


def test_an_empty_parquet_table_has_its_header_checked(package):
    folder, file = package("t.parquet", FIELDS[:2])
    pl.DataFrame(schema={"pond": pl.String, "deep": pl.Float64}).write_parquet(file)
    assert places(validate(folder)) == [(1, "depth", "incorrect-label")]


def test_what_is_no_parquet_is_one_line(package):
    folder, file = package("t.parquet", FIELDS)
    file.write_bytes(b"PAR1" + b"x" * 50)
    with pytest.raises(PackageError, match=r"^t\.parquet: no Parquet file: "):
        validate(folder)


def workbook(file, **sheets):
    import xlsxwriter

    with xlsxwriter.Workbook(file) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)


PONDS = [["pond", "depth"], ["Mirror", 2.5], [None, None], ["Reed", "deep"], ["Lily"]]


@pytest.mark.parametrize(
    "dialect", [{}, {"sheetNumber": 1}, {"sheetName": "ponds"}, {"sheetName": "ponds", "header": 1}]
)
def test_rows_of_a_sheet_are_checked(package, dialect):
    dialect = {**dialect, **({"header": True} if "header" in dialect else {})}
    folder, file = package("t.xlsx", FIELDS[:2], dialect=dialect)
    workbook(file, ponds=PONDS, others=[["x"]])
    assert places(validate(folder)) == [(3, None, "blank-row"), (4, "depth", "type-error")]


MOMENTS = [
    {"name": "dug", "type": "date"},
    {"name": "seen", "type": "datetime"},
    {"name": "opens", "type": "time"},
]


@pytest.mark.parametrize("dialect", [{}, {"header": False}])
def test_cells_of_a_sheet_have_types(package, dialect):
    import xlsxwriter

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
    folder, file = package("t.xlsx", FIELDS[:2], dialect=dialect)
    workbook(file, ponds=rows)
    assert places(validate(folder)) == []
    assert load(folder)["t"].rows() == [("Reed", 2.0)]


def test_a_label_over_several_columns_of_a_sheet_goes_on(package):
    fields = [{"name": f"pond {name}", "type": "string"} for name in ("name", "site")]
    folder, file = package("t.xlsx", fields, dialect={"headerRows": [1, 2]})
    workbook(file, ponds=[["pond"], ["name", "site"], ["Reed", "north"]])
    assert places(validate(folder)) == []


def test_a_sheet_that_is_not_there_is_one_line(package):
    folder, file = package("t.xlsx", FIELDS[:2], dialect={"sheetName": "fish"})
    workbook(file, ponds=PONDS)
    with pytest.raises(PackageError, match=r"^t\.xlsx: cannot be read as a workbook: "):
        validate(folder)


def test_what_is_no_workbook_is_one_line(package):
    folder, file = package("t.xlsx", FIELDS[:2])
    file.write_bytes(b"PK\x03\x04" + b"x" * 50)
    with pytest.raises(PackageError, match=r"^t\.xlsx: cannot be read as a workbook: "):
        validate(folder)


def test_without_the_library_the_sheet_is_named_as_not_checked(package, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    folder, file = package("t.xlsx", FIELDS[:2])
    workbook(file, ponds=PONDS)
    report = validate(folder)
    assert [(part.what, "pip install" in part.why) for part in report.not_checked] == [
        ("rows of t", True)
    ]
