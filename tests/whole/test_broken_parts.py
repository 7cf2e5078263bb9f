"""A table of which one file cannot be read: it is named, and the others are judged."""

import gzip
import json
import sqlite3
from contextlib import closing

import polars as pl
import pyreadstat
import pytest
from support.made import PROFILE
from support.sheets import ods, xls, xlsx

from validate import validate

LABELS = ("id", "pond")
FIELDS = [{"name": "id", "type": "integer"}, {"name": "pond", "type": "string"}]
ROWS = {
    "a": [(1, "Reed"), (2, "Lily")],
    "b": [(3, "Moss")],
    "c": [(2, "Mirror"), (4, "Étang")],
    "d": [],
    "e": [("x", "Reed")],
}
PATHS = [*ROWS]
OTHERS = ("id", "pond", "fish")


def csv(labels, rows):
    return "".join(f"{','.join(map(str, row))}\n" for row in (labels, *rows)).encode()


def as_json(labels, rows):
    return json.dumps([dict(zip(labels, row, strict=True)) for row in rows])


def lines(labels, rows):
    return "".join(as_json(labels, [row])[1:-1] + "\n" for row in rows)


def spss(file, labels, rows):
    texts = dict.fromkeys(labels, pl.String)
    frame = pl.DataFrame(rows, [*labels] if rows else texts, orient="row")
    pyreadstat.write_sav(frame, file)


def sqlite(file, labels, rows):
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(f"CREATE TABLE t ({', '.join(labels)})")
        marks = ", ".join("?" * len(labels))
        database.executemany(f"INSERT INTO t VALUES ({marks})", rows)


def parquet(file, labels, rows):
    cells = zip(*rows, strict=True) if rows else [()] * len(labels)
    pl.DataFrame({name: [*one] for name, one in zip(labels, cells, strict=True)}).write_parquet(
        file
    )


WRITERS = {
    "csv": lambda file, *table: file.write_bytes(csv(*table)),
    "csv.gz": lambda file, *table: file.write_bytes(gzip.compress(csv(*table))),
    "json": lambda file, *table: file.write_text(as_json(*table), "utf-8"),
    "ndjson": lambda file, *table: file.write_text(lines(*table), "utf-8"),
    "parquet": parquet,
    "xlsx": lambda file, labels, rows: xlsx(file, t=[labels, *rows]),
    "xls": lambda file, labels, rows: xls(file, t=[labels, *rows]),
    "ods": lambda file, labels, rows: ods(file, t=[labels, *rows]),
    "sav": spss,
    "sqlite": sqlite,
}
OF_KEYS = ("json", "ndjson")
"""Formats in which each row has labels of its own, so that no file has others as a whole."""


def package(folder, suffix):
    """Writes a table in five files, and one that refers to it; gives their folder."""
    key = {"fields": "pond", "reference": {"resource": "t", "fields": "pond"}}
    parent = {
        "name": "t",
        "path": [f"{path}.{suffix}" for path in PATHS],
        "schema": {"fields": FIELDS, "primaryKey": "id"},
    }
    child = {
        "name": "child",
        "path": "child.csv",
        "schema": {"fields": [{"name": "pond", "type": "string"}], "foreignKeys": [key]},
    }
    for path, rows in ROWS.items():
        WRITERS[suffix](folder / f"{path}.{suffix}", LABELS, rows)
    (folder / "child.csv").write_text("pond\nReed\nMoss\n", "utf-8")
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [parent, child]}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def absent(file, suffix):
    file.unlink()


def damaged(file, suffix):
    file.write_bytes(b"\x00\xff[{" + file.read_bytes()[:20])


def with_other_labels(file, suffix):
    file.unlink()
    WRITERS[suffix](file, OTHERS, [(3, "Moss", 1)])


def faults(report):
    return [
        (one.path.split(".")[0], one.row, one.field, one.code)
        for one in report.findings
        if one.severity == "error"
    ]


KEYS = [("c", "primary-key"), ("e", "type-error")]
"""The faults of the files that can be read."""


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("harm", [absent, damaged, with_other_labels])
def test_files_before_and_after_one_that_cannot_be_read_are_judged(tmp_path, suffix, harm):
    folder = package(tmp_path, suffix)
    if harm is with_other_labels and suffix in OF_KEYS:
        pytest.skip("its rows have extra cells, each of which is named")
    whole = faults(validate(folder))
    assert [(one[0], one[3]) for one in whole] == KEYS
    harm(folder / f"b.{suffix}", suffix)
    report = validate(folder)
    found = faults(report)
    (broken,) = [one for one in found if one[0] == "b"]
    assert broken[3] in ("source-error", "encoding-error", "misread-file")
    assert [(one[0], one[3]) for one in found if one[0] != "b"] == KEYS
    (rows, key) = report.not_checked
    assert (rows.what, rows.why) == (
        "rows of t that were not read",
        f"b.{suffix} could not be read to its end",
    )
    assert (key.what, key.why) == (
        "foreign key child.pond",
        f"b.{suffix} could not be read to its end",
    )


def test_files_that_cannot_be_read_are_counted(tmp_path):
    folder = package(tmp_path, "csv")
    for path in "bcde":
        (folder / f"{path}.csv").unlink()
    (rows, _) = validate(folder).not_checked
    assert rows.why == "b.csv, c.csv, d.csv and 1 other file could not be read to their ends"


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_nothing_is_read_without_the_first_file(tmp_path, suffix):
    folder = package(tmp_path, suffix)
    (folder / f"a.{suffix}").unlink()
    report = validate(folder)
    assert faults(report) == [("a", None, None, "source-error")]
    assert report.not_checked[0].why == f"a.{suffix} cannot be read"


MANY = 20_000  # rows before a wrong byte: more than are looked at for the header


@pytest.mark.parametrize("names", [("id", "pond"), ("id", "pond", "note")])
def test_rows_after_a_wrong_byte_keep_their_numbers_when_read_again(tmp_path, names):
    """Keys are found by reading again, with fewer columns, of which the wrong byte is none."""
    good = "".join(f"{number},x{',n' * (len(names) > 2)}\n" for number in range(MANY))
    header = ",".join(names) + "\n"
    bad = f"{MANY},x".encode() + b"\xff" + (b",n" if len(names) > 2 else b"") + b"\n"
    files = {
        "a": (header + "1,x" + ",n" * (len(names) > 2) + "\n").encode(),
        "b": header.encode() + good.encode() + bad + good.encode(),
        "c": (header + "1,x" + ",n" * (len(names) > 2) + "\n").encode(),
    }
    for name, content in files.items():
        (tmp_path / f"{name}.csv").write_bytes(content)
    fields = [{"name": name} for name in names]
    resource = {
        "name": "t",
        "path": [f"{name}.csv" for name in files],
        "encoding": "utf-8",
        "schema": {"fields": fields, "primaryKey": "id"},
    }
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    found = [(one.path, one.row, one.line, one.code) for one in validate(tmp_path).findings]
    assert found == [
        ("b.csv", None, MANY + 2, "encoding-error"),
        ("b.csv", 5, 3, "primary-key"),
        ("c.csv", MANY + 5, 2, "primary-key"),
    ]


def of_files(folder, contents, fields=FIELDS, **properties):
    """A package of a table in several files."""
    for name, content in contents.items():
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    resource = {"name": "t", "path": [*contents], "schema": {"fields": fields}, **properties}
    package = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (folder / "datapackage.json").write_text(json.dumps(package), "utf-8")
    return folder


def test_files_of_a_header_alone_make_a_table_without_rows(tmp_path):
    header = json.dumps([[*LABELS]])
    report = validate(of_files(tmp_path, {"a.json": header, "b.json": header}))
    assert report.valid
    assert [*report] == []


def test_what_is_no_row_is_counted_in_its_own_file(tmp_path):
    rows = [dict(zip(LABELS, row, strict=True)) for row in ROWS["a"]]
    contents = {"a.json": json.dumps(rows), "b.json": json.dumps([rows[0], 4])}
    (found,) = validate(of_files(tmp_path, contents))
    assert (found.path, found.message) == ("b.json", "item 2 of the data is not an object")


def test_an_empty_column_is_said_once_where_a_file_breaks_off(tmp_path):
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]
    contents = {"a.csv": "a,b,\n1,x,\n", "b.csv": b"a,b,\n1,\xff,\n", "c.csv": "a,b,\n2,y,\n,,\n"}
    report = validate(of_files(tmp_path, contents, fields, encoding="utf-8"))
    assert [one.code for one in report].count("extra-label") == 1
