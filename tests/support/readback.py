"""What other libraries read in exported files, by table and column, in a form to compare.

Days are counted from 1970, moments in microseconds from there, times in microseconds of the day.
"""

import csv
import re
import sqlite3
from datetime import date, datetime, time
from decimal import Decimal

import duckdb
import openpyxl
import polars as pl
import python_calamine
from openpyxl.utils.escape import unescape

DAY = 86_400_000_000
MOMENT = re.compile(r"(-?\d+)-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.(\d+))?)?)?")


def comparable(series):
    """The values of a series of Polars."""
    if series.dtype == pl.Date:
        return series.to_physical().to_list()
    if series.dtype == pl.Datetime:
        return series.dt.epoch("us").to_list()
    if series.dtype == pl.Time:
        return (series.to_physical() // 1_000).to_list()
    return [_plain(value) for value in series.to_list()]


def _plain(value):
    """A value that equals itself, whatever library has it."""
    match value:
        case bool() | str() | None:
            return value
        case Decimal():
            return int(value)
        case datetime():
            return round((value - datetime(1970, 1, 1)).total_seconds() * 1_000_000)
        case date():
            return (value - date(1970, 1, 1)).days
        case time():
            seconds = 3600 * value.hour + 60 * value.minute + value.second
            return seconds * 1_000_000 + value.microsecond
    return "nan" if value != value else value


def parquet_by_duckdb(folder):
    connection = duckdb.connect()
    files = {file.stem: f"'{file}'" for file in sorted(folder.iterdir())}
    return {name: _by_duckdb(connection, file) for name, file in files.items()}


def duckdb_file(file):
    with duckdb.connect(file, read_only=True) as connection:
        names = connection.execute(
            "SELECT table_name FROM duckdb_tables() WHERE NOT internal"
        ).fetchall()
        return {name: _by_duckdb(connection, f'"{name}"') for (name,) in names}


CAST = {
    "DATE": "date_diff('day', DATE '1970-01-01', {})",
    "TIMESTAMP": "epoch_us({})",
    "TIME": "epoch_us({})",
    "TIME_NS": "epoch_us({}::TIME)",
}


def _by_duckdb(connection, source):
    described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    columns = [(name, CAST.get(kind, "{}").format(f'"{name}"')) for name, kind, *_ in described]
    rows = connection.execute(
        f"SELECT {', '.join(cast for _, cast in columns)} FROM {source}"
    ).fetchall()
    return _columns([name for name, _ in columns], rows)


def _columns(names, rows):
    return {name: [_plain(row[at]) for row in rows] for at, name in enumerate(names)}


def sqlite_file(file):
    connection = sqlite3.connect(file)
    query = "SELECT name FROM sqlite_master WHERE type = 'table'"
    names = [name for (name,) in connection.execute(query) if not name.startswith("_")]
    tables = {}
    for name in names:
        rows = connection.execute(f'SELECT * FROM "{name}"')
        tables[name] = _columns([one[0] for one in rows.description], rows.fetchall())
    connection.close()
    return tables


def counted(text, kind):
    """A text of a date, time or datetime as the others are counted."""
    if text is None:
        return None
    if kind == "time":
        return _plain(time.fromisoformat(text))
    year, *parts = MOMENT.fullmatch(text).groups()
    month, day, hour, minute, second = (int(part or 0) for part in parts[:5])
    days = _days(int(year), month, day or 1)
    if kind != "datetime":
        return days
    seconds = 86_400 * days + 3600 * hour + 60 * minute + second
    return seconds * 1_000_000 + int((parts[5] or "").ljust(6, "0"))


def _days(year, month, day):
    """The days from 1970, by a calendar of 400 years that Python has, whatever the year."""
    rounds, within = divmod(year - 2000, 400)
    return (
        date(2000 + within, month, day).toordinal()
        - date(1970, 1, 1).toordinal()
        + (rounds * 146_097)
    )


def xlsx_by_openpyxl(file):
    book = openpyxl.load_workbook(file)
    assert book.sheetnames[0] == "readme"
    return {
        sheet.title: _sheet(
            [[_unescaped(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        )
        for sheet in book.worksheets[1:]
    }


def _unescaped(cell):
    """A cell without what Open XML writes for characters, which openpyxl leaves as it is."""
    return unescape(cell) if isinstance(cell, str) else cell


def xlsx_by_calamine(file):
    book = python_calamine.CalamineWorkbook.from_path(file)
    return {name: _sheet(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names[1:]}


def _sheet(rows):
    """The columns of a sheet, days of which one library reads as datetimes."""
    names, *others = rows
    return _columns(names, [[_moment(cell) for cell in row] for row in others])


def _moment(cell):
    is_day = isinstance(cell, date) and not isinstance(cell, datetime)
    return datetime.combine(cell, time()) if is_day else cell


def sheet_values(columns, days):
    """The values of columns as sheets have them, where days are moments."""
    return {
        name: [value if value is None else value * DAY for value in values]
        if name in days
        else values
        for name, values in columns.items()
    }


def csv_by_python(folder):
    tables = {}
    for file in sorted(folder.iterdir()):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            names, *rows = csv.reader(opened)
        tables[file.stem] = _columns(names, rows)
    return tables
