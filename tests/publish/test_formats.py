"""What other libraries read in the files is what `load` gives, value by value."""

import polars as pl
import pytest
from support import readback
from support.alltypes import PLAIN

from validate import load
from validate._src.engine.run import read_valid
from validate._src.package.descriptor import load_package
from validate._src.tables.loaded import loaded

TEMPORAL = ("date", "time", "datetime", "yearmonth")
pytestmark = pytest.mark.xdist_group("exports")


def expected(exported):
    """The tables as `load` gives them."""
    return {
        name: {column.name: readback.comparable(column) for column in table}
        for name, table in load(exported.package).items()
    }


def texts(columns):
    """The texts of cells, missing ones None."""
    return {
        name: [None if text == "NA" else text for text in values]
        for name, values in columns.items()
    }


@pytest.fixture(scope="module")
def tables(dataset):
    return expected(dataset)


@pytest.fixture(scope="module")
def plain(all_types):
    """The table that `load` takes, without the other one."""
    _, tables = read_valid(load_package(all_types.package))
    return {column.name: readback.comparable(column) for column in loaded(tables["plain"])}


def in_order(columns):
    """Columns whose rows are in one order: a database need not keep that of the file."""
    return pl.DataFrame(columns, strict=False).sort(pl.all(), nulls_last=True).rows()


@pytest.mark.parametrize(
    ("name", "read"),
    [("parquet", readback.parquet_by_duckdb), ("duckdb", readback.duckdb_file)],
)
def test_the_dataset_is_the_same(name, read, dataset, tables):
    found = read(dataset.path(name))
    assert {*found} == {*tables}
    for table, columns in tables.items():
        assert [*found[table]] == [*columns]
        assert in_order(found[table]) == in_order(columns), table


def test_the_dataset_is_the_same_in_sqlite(dataset, tables):
    found = readback.sqlite_file(dataset.path("sqlite"))
    kinds = {name: table.schema for name, table in load(dataset.package).items()}
    assert {*found} == {*tables}
    for table, columns in tables.items():
        read = {
            name: [readback.counted(cell, "date") for cell in cells]
            if kinds[table][name] == pl.Date
            else cells
            for name, cells in found[table].items()
        }
        assert in_order(read) == in_order(columns), table


def test_the_dataset_is_the_same_in_spreadsheets_of_text(dataset):
    package = dataset.package
    for file in dataset.path("csv").iterdir():
        assert file.read_bytes() == b"\xef\xbb\xbf" + (package / "data" / file.name).read_bytes()


@pytest.mark.parametrize(
    ("name", "read"), [("parquet", readback.parquet_by_duckdb), ("duckdb", readback.duckdb_file)]
)
def test_every_type_is_the_same(name, read, all_types, plain):
    assert read(all_types.path(name))["plain"] == plain


def test_every_type_is_the_same_in_sqlite(all_types, plain):
    found = readback.sqlite_file(all_types.path("sqlite"))["plain"]
    for name in TEMPORAL:
        found[name] = [readback.counted(cell, name) for cell in found[name]]
    assert found == plain


@pytest.mark.parametrize("read", [readback.xlsx_by_openpyxl, readback.xlsx_by_calamine])
def test_the_dataset_is_the_same_in_a_workbook(read, dataset, tables):
    found = read(dataset.path("xlsx"))
    schemas = {name: table.schema for name, table in load(dataset.package).items()}
    assert {*found} == {*tables}
    for table, columns in tables.items():
        days = [name for name, kind in schemas[table].items() if kind == pl.Date]
        assert without_empty(found[table]) == readback.sheet_values(columns, days), table


def without_empty(columns):
    """Columns in which an empty text is none: so calamine reads empty cells."""
    return {
        name: [None if value == "" else value for value in values]
        for name, values in columns.items()
    }


@pytest.mark.parametrize("read", [readback.xlsx_by_openpyxl, readback.xlsx_by_calamine])
def test_every_type_is_the_same_in_a_workbook_or_a_text(read, all_types, plain):
    found, written = read(all_types.path("xlsx"))["plain"], texts(PLAIN)
    if read is readback.xlsx_by_calamine:
        found, plain = without_empty(found), without_empty(plain)
    plain = readback.sheet_values(plain, ["date"])
    as_texts = {}
    for name, cells in found.items():
        if isinstance(plain[name][0], str):
            assert cells == plain[name], name
            continue
        as_texts[name] = [at for at, cell in enumerate(cells) if isinstance(cell, str)]
        expected = [
            written[name][at] if at in as_texts[name] else value
            for at, value in enumerate(plain[name])
        ]
        assert cells == expected, name
    assert {name: found for name, found in as_texts.items() if found} == {
        "integer": [2, 3, 4, 7],  # of more than 15 digits
        "date": [0, 1, 2, 4, 8],  # before March 1900
        "datetime": [1, 2, 6, 7, 8, 9],  # before it, after 9999, or finer than milliseconds
        "yearmonth": [0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11],
    }
