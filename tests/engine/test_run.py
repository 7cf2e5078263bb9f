"""One broken file is a finding of its resource; all other resources are judged."""

import gzip
import io
import json
import zipfile
from pathlib import Path

import polars as pl
import pytest
from support.made import PROFILE, workbook

from validate import InvalidPackageError, PackageError, load, validate
from validate._src.package.descriptor import load_package
from validate._src.tables.dataset import read_dataset

FIELDS = [{"name": "n", "type": "integer"}]
CSV = b"n\n" + b"1\n" * 1000


def zipped(*names):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, CSV)
    return content.getvalue()


def parquet():
    content = io.BytesIO()
    pl.DataFrame({"n": [1, 2]}).write_parquet(content)
    return content.getvalue()


BROKEN = {
    "absent": ("a.csv", None, "no such file"),
    "truncated gzip": ("a.csv.gz", gzip.compress(CSV)[:-9], "cannot be unpacked: "),
    "no gzip": ("a.csv.gz", CSV, "cannot be read: Not a gzipped file"),
    "zip of two": ("a.csv.zip", zipped("x.csv", "y.csv"), "holds 2 files"),
    "no zip": ("a.csv.zip", CSV, "cannot be unpacked: "),
    "no Parquet file": ("a.parquet", b"PAR1" + b"x" * 50, "not a Parquet file: "),
    "no footer": ("a.parquet", parquet()[:-9], "not a Parquet file: "),
    "no workbook": ("a.xlsx", b"PK\3\4" + b"x" * 50, "cannot be read as a workbook: "),
    "not UTF-8": ("a.csv", "n\nMöwe\n".encode("cp1252"), "byte 0xf6 at offset 3 is not utf-8"),
}


def described(folder, *resources):
    descriptor = {"$schema": PROFILE, "name": "made", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


@pytest.fixture
def package(tmp_path):
    """Writes a package of `a`, which is broken, and `b`, which refers to it; gives its folder."""

    def write(name, content, **more):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        (tmp_path / "b.csv").write_text("n,m\n1,1\n2,x\n")
        key = {"fields": ["n"], "reference": {"resource": "a", "fields": ["n"]}}
        fields = [*FIELDS, {"name": "m", "type": "integer"}]
        return described(
            tmp_path,
            {"name": "a", "path": name, "encoding": "utf-8", "schema": {"fields": FIELDS}, **more},
            {"name": "b", "path": "b.csv", "schema": {"fields": fields, "foreignKeys": [key]}},
        )

    return write


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_file_is_a_finding_and_the_others_are_judged(package, kind):
    name, content, reason = BROKEN[kind]
    report = validate(package(name, content))
    broken, judged = report.findings
    assert (broken.resource, broken.path, broken.severity) == ("a", name, "error")
    if broken.code == "misread-file":
        assert broken.message.startswith("the file is plain text, not ")
    else:
        assert broken.message.startswith(reason)
    assert (judged.resource, judged.row, judged.field) == ("b", 3, "m")
    assert report.exit_code() == 1
    rows, key = report.not_checked
    assert rows.what.startswith("rows of a")
    assert rows.hides("a", "type-error")
    assert (key.what, key.resource) == ("foreign key b.n", "b")


@pytest.mark.parametrize("kind", BROKEN)
def test_what_is_not_asked_for_is_not_looked_at(package, kind):
    name, content, _ = BROKEN[kind]
    report = validate(package(name, content), resources=["b"])
    assert [(one.resource, one.row) for one in report] == [("b", 3)]


@pytest.mark.parametrize("kind", BROKEN)
def test_who_needs_the_rows_is_told_why_there_are_none(package, kind):
    name, content, reason = BROKEN[kind]
    folder = package(name, content)
    with pytest.raises(InvalidPackageError):
        load(folder)
    with pytest.raises(PackageError, match=rf"^{name}.*: {reason}"):
        read_dataset(load_package(folder))


def test_an_absent_sheet_is_a_finding(package, tmp_path):
    workbook(tmp_path / "a.xlsx", ponds=[["n"], [1]])
    report = validate(package("a.xlsx", None, dialect={"sheetName": "fish"}))
    assert [(one.resource, one.code) for one in report] == [
        ("a", "source-error"),
        ("b", "type-error"),
    ]


def test_size_and_digest_of_an_absent_file_are_not_checked(package):
    report = validate(package("a.csv", None, bytes=5, hash="0" * 32))
    assert [one.code for one in report] == ["source-error", "type-error"]
    what = "declared size and digest of a"
    assert [part.why for part in report.not_checked if part.what == what] == [
        "a.csv cannot be read"
    ]


@pytest.mark.parametrize("more", [{}, {"format": "shp", "schema": {"fields": FIELDS}}])
def test_a_file_that_nobody_reads_has_to_be_there_too(tmp_path, more):
    folder = described(tmp_path, {"name": "a", "path": "a.csv", **more})
    assert [(one.code, one.message) for one in validate(folder)] == [
        ("source-error", "no such file")
    ]


def test_rows_before_the_break_are_judged(package, tmp_path):
    (tmp_path / "a2.csv").write_text("n\nx\n")
    report = validate(package("a.csv", None, path=["a2.csv", "a.csv"]))
    found = [(one.path, one.row, one.code) for one in report if one.resource == "a"]
    assert found == [("a.csv", None, "source-error"), ("a2.csv", 2, "type-error")]


@pytest.mark.parametrize("arguments", [{"path": ""}, {"schema": ""}, {"sources": ""}])
def test_an_empty_path_is_refused(arguments):
    with pytest.raises(PackageError, match="the path is empty"):
        validate(**{"path": "t.csv", **arguments})


@pytest.mark.parametrize("null", ["a\0b", Path("a\0b"), "file:///a%00b"])
@pytest.mark.parametrize("name", ["path", "schema", "sources"])
def test_a_path_with_a_null_character_is_refused(name, null):
    with pytest.raises(PackageError, match="no file has a null character in its name"):
        validate(**{"path": "t.csv", name: null})


def test_an_empty_path_loads_nothing():
    with pytest.raises(PackageError, match="the path is empty"):
        load("")
