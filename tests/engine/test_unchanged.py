"""Files that are cut, written or replaced while they are read, of whatever format."""

import gzip
import json
import os
import shutil
import sys

import polars as pl
import pytest
from support.made import PROFILE
from xlsxwriter import Workbook

from validate import PackageError, validate
from validate._src.engine.run import read_judged
from validate._src.engine.unchanged import unchanged
from validate._src.package.descriptor import load_package

ROWS = 3000
TABLE = pl.DataFrame({"pond": range(ROWS), "depth": [one / 7 for one in range(ROWS)]})
SCHEMA = {
    "fields": [{"name": "pond", "type": "integer"}, {"name": "depth", "type": "number"}],
    "primaryKey": "pond",
}


def workbook(file):
    with Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([TABLE.columns, *TABLE.rows()]):
            sheet.write_row(number, 0, row)


WRITERS = {
    "csv": TABLE.write_csv,
    "csv.gz": lambda file: file.write_bytes(gzip.compress(TABLE.write_csv().encode())),
    "json": TABLE.write_json,
    "ndjson": TABLE.write_ndjson,
    "parquet": lambda file: TABLE.write_parquet(file, row_group_size=200),
    "xlsx": workbook,
}


def cut(file):
    os.truncate(file, file.stat().st_size // 2)


def emptied(file):
    os.truncate(file, 0)


def replaced(file):
    copy = file.with_suffix(".copy")
    shutil.copy(file, copy)
    copy.replace(file)


def continued(file):
    with file.open("ab") as opened:
        opened.write(b"\n")


def gone(file):
    file.unlink()


def once(change, file):
    """What changes a file as soon as some rows are judged."""
    calls = [change]
    return lambda progress: calls and calls.pop()(file)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("change", [cut, emptied, replaced, continued, gone])
@pytest.mark.parametrize("ending", WRITERS)
def test_nothing_is_said_of_a_table_that_changes(tmp_path, ending, change, jobs):
    file = tmp_path / f"ponds.{ending}"
    WRITERS[ending](file)
    assert validate(file, schema=SCHEMA, jobs=jobs).valid
    with pytest.raises(PackageError) as raised:
        validate(file, schema=SCHEMA, jobs=jobs, progress=once(change, file))
    what = "went" if change is gone else "was changed"
    assert str(raised.value).startswith(f"ponds.{ending}: {what} while it was read, and nothing")
    assert raised.value.exit_code == 2


@pytest.fixture
def package(tmp_path):
    resource = {"name": "ponds", "path": "ponds.csv", "schema": SCHEMA}
    content = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(content), "utf-8")
    TABLE.write_csv(tmp_path / "ponds.csv")
    return tmp_path


def test_a_file_of_a_package_is_named_with_it(package):
    said = r"datapackage\.json: ponds\.csv: was changed while it was read"
    with pytest.raises(PackageError, match=said):
        validate(package, progress=once(cut, package / "ponds.csv"))


def test_rows_of_it_are_not_given_either(package):
    loaded = load_package(package)
    with pytest.raises(PackageError, match=r"ponds\.csv: was changed while it was read"):
        read_judged(loaded, progress=once(cut, package / "ponds.csv"))


def test_a_table_of_parquet_that_is_cut_prints_nothing(tmp_path, capfd):
    """Polars reads it by pieces, and prints how it has failed, where it fails."""
    file = tmp_path / "ponds.parquet"
    rows = 600_000
    pl.DataFrame({"pond": range(rows)}).write_parquet(file, row_group_size=50_000)
    schema = {"fields": [SCHEMA["fields"][0]]}
    assert validate(file, schema=schema).valid
    with pytest.raises(PackageError, match="was changed while it was read"):
        validate(file, schema=schema, progress=once(cut, file))
    assert capfd.readouterr() == ("", "")


def failing(package, change):
    """Reads a package, of which a file may be changed, and fails."""

    def work():
        change(package / "ponds.csv")
        raise ZeroDivisionError

    unchanged(load_package(package), work)


def test_a_change_explains_whatever_else_is_raised(package):
    with pytest.raises(PackageError, match=r"ponds\.csv: went while it was read"):
        failing(package, gone)


def test_what_no_change_explains_is_raised_as_it_is(package):
    with pytest.raises(ZeroDivisionError):
        failing(package, str)


def in_place(file):
    """Writes a value out of range in place, and sets the time back to what it was."""
    told = file.stat()
    with file.open("r+b") as opened:
        opened.seek(-4, os.SEEK_END)
        opened.write(b"x")
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))


def shared(file):
    file.chmod(file.stat().st_mode ^ 0o040)


def linked(file):
    file.with_name(f"{file.name}.{len([*file.parent.iterdir()])}").hardlink_to(file)


NO_TIME = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no time of change")


@NO_TIME
def test_what_is_changed_and_has_its_time_is_judged_again(package):
    report = validate(package, progress=once(in_place, package / "ponds.csv"))
    assert report.findings.errors == 1
    assert [one.code for one in report] == ["type-error"]


@NO_TIME
@pytest.mark.parametrize("change", [shared, linked])
def test_rights_and_links_may_be_changed_once(package, change):
    told = []

    def progress(one):
        told.append(one)
        if len(told) == 1:
            change(package / "ponds.csv")

    assert validate(package, progress=progress).valid
    half = len(told) // 2
    assert told[:half] == told[half:]


@NO_TIME
@pytest.mark.parametrize("change", [in_place, shared, linked])
def test_what_is_changed_again_and_again_is_told(package, change):
    with pytest.raises(PackageError, match=r"ponds\.csv: was changed while it was read"):
        validate(package, progress=lambda progress: change(package / "ponds.csv"))


@NO_TIME
def test_what_fails_while_something_is_changed_is_tried_again(package):
    changes, tries = [shared], []

    def work():
        tries.append(1)
        if changes:
            changes.pop()(package / "ponds.csv")
            raise ZeroDivisionError
        return "done"

    done, check_files = unchanged(load_package(package), work)
    assert (done, len(tries)) == ("done", 2)
    check_files()


@pytest.mark.parametrize("change", [cut, replaced, gone])
def test_what_was_judged_may_be_looked_at_again(package, change):
    report = validate(package)
    report.check_files()
    change(package / "ponds.csv")
    what = "went" if change is gone else "was changed"
    with pytest.raises(PackageError, match=rf"ponds\.csv: {what} while it was read"):
        report.check_files()
