"""Tables in several files: each is read, and each fault is found in the file where it is."""

import gzip
import json
import sqlite3
from contextlib import closing

import polars as pl
import pyreadstat
import pytest
from support.made import PROFILE, workbook
from support.sheets import ods, xls

from validate import load, validate
from validate._src.package.descriptor import load_package
from validate._src.reading import native, open_table

MISSING = "missing-header"
FIELDS = [{"name": "pond", "type": "string"}, {"name": "depth", "type": "number"}]


@pytest.fixture
def package(tmp_path):
    """Writes the descriptor of a table in two files that a test makes; gives their folder."""

    def write(suffix, **properties):
        paths = [f"{name}.{suffix}" for name in "ab"]
        resource = {"name": "t", "path": paths, "schema": {"fields": FIELDS}, **properties}
        descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        return tmp_path

    return write


def texts(folder, suffix, first, second):
    for name, content in (("a", first), ("b", second)):
        (folder / f"{name}.{suffix}").write_text(content, "utf-8")


def places(report):
    return [(one.path, one.row, one.line, one.field, one.code) for one in report.findings]


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_a_fault_of_ndjson_is_found_in_its_file(package, monkeypatch, batch):
    monkeypatch.setattr(native, "BATCH", batch)
    folder = package("ndjson")
    row = '{"pond": "Reed", "depth": 1}\n'
    texts(folder, "ndjson", row + row, row + '{"pond": "Lily", "depth": "x"}\n5\n')
    assert places(validate(folder)) == [
        ("b.ndjson", None, 3, None, "source-error"),
        ("b.ndjson", 5, 2, "depth", "type-error"),
    ]


@pytest.mark.parametrize("suffix", ["json", "ndjson"])
def test_small_files_make_one_batch(package, suffix):
    names = [f"{number}.{suffix}" for number in range(300)]
    folder, between = package(suffix, path=names), "\n" if suffix == "ndjson" else ","
    for number, name in enumerate(names):
        text = f'["pond", "depth"]{between}["Reed", {number}]'
        (folder / name).write_text(text if suffix == "ndjson" else f"[{text}]", "utf-8")
    reader = open_table(load_package(folder).resources["t"])
    (batch,) = reader.batches(2)
    assert [*batch.cells["1"]] == [str(number) for number in range(300)]
    assert batch.location == names[0]
    assert batch.others == tuple((2 * at + 1, name, None) for at, name in enumerate(names) if at)


@pytest.mark.parametrize("second", ["", "{", '{"pond": "Lily", "depth": 1}\n{\n'])
def test_broken_ndjson_is_named(package, second):
    folder = package("ndjson")
    texts(folder, "ndjson", '{"pond": "Reed", "depth": 1}\n', second)
    line = second.count("\n") or 1
    wanted = [("b.ndjson", None, line, None, "source-error")] if second else []
    assert places(validate(folder)) == wanted


@pytest.mark.parametrize("second", ["", "[", "5"])
def test_broken_json_is_named(package, second):
    folder = package("json")
    texts(folder, "json", '[{"pond": "Reed", "depth": 1}]', second)
    line = None if second == "5" else 1
    assert places(validate(folder)) == [("b.json", None, line, None, "source-error")]


@pytest.mark.parametrize(
    ("row_type", "second"),
    [("array", '[["pond", "depth"], ["Reed", 1]]'), ("object", '[{"pond": "Reed", "depth": 1}]')],
)
def test_a_first_file_that_is_broken_has_one_fault(package, row_type, second):
    folder = package("json", dialect={"itemType": row_type})
    texts(folder, "json", "[", second)
    assert places(validate(folder)) == [("a.json", None, 1, None, "source-error")]


def test_a_fault_of_json_is_found_in_its_file(package):
    folder = package("json")
    texts(folder, "json", '[["pond", "depth"], ["Reed", 1]]', '[["Lily", "x"], {}]')
    assert places(validate(folder)) == [
        ("b.json", None, 1, None, MISSING),
        ("b.json", None, None, None, "source-error"),
        ("b.json", 3, 1, "depth", "type-error"),
    ]


def test_workbooks_have_a_header_each_or_only_the_first(package):
    folder = package("xlsx")
    workbook(folder / "a.xlsx", ponds=[["pond", "depth"], ["Mirror", 2.5]])
    workbook(folder / "b.xlsx", ponds=[["Reed", "deep"], ["Lily", 1]])
    lacks = ("b.xlsx", None, None, None, MISSING)
    assert places(validate(folder)) == [lacks, ("b.xlsx", 3, None, "depth", "type-error")]
    workbook(folder / "b.xlsx", ponds=[["Reed", 0.5], ["Lily", 1]])
    assert places(validate(folder)) == [lacks]
    assert load(folder)["t"]["pond"].to_list() == ["Mirror", "Reed", "Lily"]
    workbook(folder / "b.xlsx", ponds=[["pond", "depth"], ["Reed", 0.5], ["Lily", 1]])
    assert places(validate(folder)) == []
    assert load(folder)["t"]["pond"].to_list() == ["Mirror", "Reed", "Lily"]


def test_a_sheet_is_as_wide_as_its_longest_row(package):
    folder = package("xlsx")
    workbook(folder / "a.xlsx", ponds=[["pond", "depth"], ["Mirror", 2.5]])
    workbook(folder / "b.xlsx", ponds=[["Reed"], ["Lily"]])
    lacks = ("b.xlsx", None, None, None, MISSING)
    assert places(validate(folder)) == [lacks]
    workbook(folder / "b.xlsx", ponds=[["Reed"], ["Lily", 1, "x", "y"]])
    assert places(validate(folder)) == [lacks, *2 * [("b.xlsx", 4, None, None, "extra-cell")]]


def test_a_second_file_that_is_no_workbook_is_named(package):
    folder = package("xlsx")
    workbook(folder / "a.xlsx", ponds=[["pond", "depth"], ["Mirror", 2.5]])
    (folder / "b.xlsx").write_bytes(b"PK")
    (fault,) = validate(folder)
    assert (fault.path, fault.code, fault.severity) == ("b.xlsx", "misread-file", "error")


def test_a_fault_of_parquet_is_found_in_its_file(package):
    folder = package("parquet")
    pl.DataFrame({"pond": ["Reed"], "depth": [1.5]}).write_parquet(folder / "a.parquet")
    second = pl.DataFrame({"depth": ["1", "x"], "pond": ["Lily", "Moss"]})
    second.write_parquet(folder / "b.parquet")
    assert places(validate(folder)) == [("b.parquet", 4, None, "depth", "type-error")]


@pytest.mark.parametrize("names", [["pond"], ["pond", "depth", "fish"], ["pond", "deep"]])
def test_parquet_that_goes_on_in_other_columns_is_named(package, names):
    folder = package("parquet")
    pl.DataFrame({"pond": ["Reed"], "depth": [1.5]}).write_parquet(folder / "a.parquet")
    pl.DataFrame({name: ["1"] for name in names}).write_parquet(folder / "b.parquet")
    assert places(validate(folder)) == [("b.parquet", None, None, None, "source-error")]


def test_a_second_file_that_is_no_parquet_is_named(package):
    folder = package("parquet")
    pl.DataFrame({"pond": ["Reed"], "depth": [1.5]}).write_parquet(folder / "a.parquet")
    (folder / "b.parquet").write_bytes(b"PAR1" + b"\0" * 50)
    (fault,) = validate(folder)
    assert (fault.path, fault.code, fault.severity) == ("b.parquet", "source-error", "error")
    assert fault.message.startswith("not a Parquet file: ")


def spss(file, rows):
    (labels, *records) = rows
    pyreadstat.write_sav(pl.DataFrame(records, labels, orient="row"), file)


def sqlite(file, rows):
    with closing(sqlite3.connect(file)) as database, database:
        database.execute(f"CREATE TABLE t ({', '.join(rows[0])})")
        database.executemany("INSERT INTO t VALUES (?, ?)", rows[1:])


WRITE = {
    "ods": lambda file, rows: ods(file, t=rows),
    "xls": lambda file, rows: xls(file, t=rows),
    "sav": spss,
    "sqlite": sqlite,
}


@pytest.mark.parametrize("suffix", WRITE)
def test_a_fault_of_another_format_is_found_in_its_file(package, suffix):
    folder = package(suffix)
    labels = ["pond", "depth"]
    WRITE[suffix](folder / f"a.{suffix}", [labels, ["Reed", 1]])
    WRITE[suffix](folder / f"b.{suffix}", [labels, ["Lily", "x"]])
    (found,) = places(validate(folder))
    assert found[0] == f"b.{suffix}"
    assert found[2:] == (None, "depth", "type-error")


@pytest.mark.parametrize("declared", [{}, {"compression": "gz"}, {"compression": "gzip"}])
def test_the_name_of_a_compressed_file_says_its_format(package, declared):
    folder = package("csv.gz", **declared)
    (folder / "a.csv.gz").write_bytes(gzip.compress(b"pond,depth\nReed,x\n"))
    (folder / "b.csv.gz").write_bytes(gzip.compress(b"Lily,y\n"))
    assert places(validate(folder)) == [
        ("b.csv.gz", None, 1, None, MISSING),
        ("a.csv.gz", 2, 2, "depth", "type-error"),
        ("b.csv.gz", 3, 1, "depth", "type-error"),
    ]


@pytest.mark.parametrize(
    ("paths", "named"),
    [
        (["a.csv", "b.json"], "format"),
        (["a.csv", "b.CSV.gz"], "compression"),
        (["a.json", "b.csv.zip"], "format"),
    ],
)
def test_files_of_several_kinds_are_a_fault_of_the_descriptor(package, paths, named):
    folder = package("csv", path=paths)
    for path in paths:
        (folder / path).write_bytes(b"")
    report = validate(folder)
    assert {(fault.path, fault.code) for fault in report} == {
        ("datapackage.json", "descriptor-error")
    }
    said = f"resources[0].{named}: the names of its files, "
    assert any(fault.message.startswith(said) for fault in report)
    assert [part.what for part in report.not_checked] == ["rows of t"]


def test_the_format_of_several_files_may_be_declared(package):
    folder = package("csv", path=["a.csv", "b.json", "c.2020"], format="csv")
    for name in ("a.csv", "b.json", "c.2020"):
        (folder / name).write_text("Reed,1\n", "utf-8")
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["dialect"] = {"header": False}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    assert [part.count for part in validate(folder).checked if part.what == "rows"] == [3]


@pytest.mark.parametrize("cells", [("nan", "nan"), ("NaN", "nan"), ("-0", "0"), ("1", "1.0")])
def test_a_number_that_another_file_has_is_found(package, cells):
    fields = [{"name": "n", "type": "number", "constraints": {"unique": True}}]
    folder = package("csv", schema={"fields": fields})
    texts(folder, "csv", f"n\n{cells[0]}\n7\n", f"{cells[1]}\n2\n")
    assert places(validate(folder)) == [
        ("b.csv", None, 1, None, MISSING),
        ("b.csv", 4, 1, "n", "unique-error"),
    ]


@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "xlsx", "json", "ndjson"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_each_file_has_its_own_header(package, suffix, mark):
    folder = package(suffix)
    for name, cells in (("a", ["Mirror", 2.5]), ("b", ["Reed", 1])):
        file, rows = folder / f"{name}.{suffix}", [["pond", "depth"], cells]
        if suffix == "xlsx":
            workbook(file, ponds=rows)
        elif suffix.endswith("json"):
            dumped = [*map(json.dumps, rows)]
            text = "\n".join(dumped) if suffix == "ndjson" else f"[{','.join(dumped)}]"
            file.write_bytes(mark + text.encode())
        else:
            text = mark + "".join(f"{a},{b}\n" for a, b in rows).encode()
            file.write_bytes(gzip.compress(text) if suffix == "csv.gz" else text)
    report = validate(folder)
    assert {one.code for one in report} <= ({"encoding-error"} if mark else set())
    assert report.valid
    assert load(folder)["t"].rows() == [("Mirror", 2.5), ("Reed", 1.0)]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_file_whose_columns_are_in_another_order_is_not_read(package, suffix):
    folder = package(suffix)
    rows = {"a": [["pond", "depth"], ["Mirror", 2.5]], "b": [["depth", "pond"], [1, "Reed"]]}
    for name, content in rows.items():
        if suffix == "xlsx":
            workbook(folder / f"{name}.xlsx", ponds=content)
        else:
            text = "".join(f"{a},{b}\n" for a, b in content)
            (folder / f"{name}.csv").write_text(text, "utf-8")
    (found,) = validate(folder)
    assert (found.path, found.code, found.severity) == (f"b.{suffix}", "source-error", "error")
    assert "columns in another order" in found.message


def test_rows_that_a_dialect_names_are_those_of_each_file(package):
    fields = [{"name": "a-pond", "type": "string"}, {"name": "depth", "type": "number"}]
    dialect = {"headerRows": [1, 3], "commentRows": [2], "headerJoin": "-"}
    folder = package("csv", dialect=dialect, schema={"fields": fields})
    head = "a,\n#,\npond,depth\n"
    texts(folder, "csv", f"{head}Mirror,1\n", f"{head}Reed,2\nLily,x\n")
    assert places(validate(folder)) == [("b.csv", 9, 5, "depth", "type-error")]


def test_a_file_without_header_is_said_once(package):
    folder = package("csv", path=["a.csv", "b.csv", "c.csv"])
    texts(folder, "csv", "pond,depth\nMirror,1\n", 'Reed,"2"\n')
    (folder / "c.csv").write_text("Lily,3\n")
    report = validate(folder)
    assert places(report) == [("b.csv", None, 1, None, MISSING)]
    assert report.exit_code() == 0
    assert load(folder)["t"].height == 3


def write_part(folder, name, suffix, rows, mark=""):
    file = folder / f"{name}.{suffix}"
    if suffix == "xlsx":
        workbook(file, ponds=rows)
        return
    text = (mark + "".join(",".join(map(str, row)) + "\n" for row in rows)).encode()
    file.write_bytes(gzip.compress(text) if suffix == "csv.gz" else text)


COLOURS = [{"name": "pond", "type": "string"}, {"name": "colour", "type": "string"}]
OTHER_HEADERS = {
    "a column more": [["pond", "colour", "size"], ["Reed", "green", "small"]],
    "a column more before": [["size", "pond", "colour"], ["small", "Reed", "green"]],
    "a column less": [["pond"], ["Reed"]],
    "another order": [["colour", "pond"], ["green", "Reed"]],
    "another label": [["pond", "shade"], ["Reed", "green"]],
    "another spelling": [["POND", "Colour "], ["Reed", "green"]],
    "a label twice": [["pond", "pond"], ["Reed", "green"]],
}


@pytest.mark.parametrize("match", ["exact", "equal", "subset", "superset", "partial"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "xlsx"])
@pytest.mark.parametrize("header", OTHER_HEADERS)
def test_rows_below_another_header_land_in_no_column(package, header, suffix, mark, match):
    folder = package(suffix, schema={"fields": COLOURS, "fieldsMatch": match})
    write_part(folder, "a", suffix, [["pond", "colour"], ["Mirror", "blue"]], mark)
    write_part(folder, "b", suffix, OTHER_HEADERS[header], mark)
    report = validate(folder)
    errors = [one for one in report if one.severity == "error"]
    assert [(one.path, one.code, one.row) for one in errors] == [
        (f"b.{suffix}", "source-error", None)
    ]
    assert [part.count for part in report.checked if part.what == "rows"] == [1]
    assert [part.what for part in report.not_checked] == ["rows of t that were not read"]


@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "xlsx", "json"])
def test_a_record_that_fits_no_type_is_another_header(package, suffix):
    fields = [*FIELDS, {"name": "dug", "type": "date"}]
    folder = package(suffix, schema={"fields": fields})
    parts = {
        "a": [["pond", "depth", "dug"], ["Mirror", 2.5, "2024-05-06"]],
        "b": [["name", "width", "year"], ["Reed", 1.5, "2020-01-02"]],
    }
    for name, rows in parts.items():
        if suffix == "json":
            (folder / f"{name}.json").write_text(json.dumps(rows), "utf-8")
        else:
            write_part(folder, name, suffix, rows)
    (found,) = validate(folder)
    assert (found.path, found.code, found.severity) == (f"b.{suffix}", "source-error", "error")
    assert found.message.endswith(
        'but its first record is neither its header nor a row that fits: "name", "width", "year"; '
        "none of its rows are read"
    )


@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "xlsx"])
def test_what_cannot_be_told_is_said_once(package, suffix):
    paths = [f"{name}.{suffix}" for name in "abc"]
    folder = package(suffix, path=paths, schema={"fields": COLOURS})
    write_part(folder, "a", suffix, [["pond", "colour"], ["Mirror", "blue"]])
    for name in "bc":
        write_part(folder, name, suffix, [["Reed", "green"], ["Lily", "green"]])
    (found,) = validate(folder)
    assert (found.path, found.code, found.severity) == (f"b.{suffix}", MISSING, "warning")
    assert "may be a row or have other labels, which cannot be told" in found.message


def test_what_can_be_told_of_one_file_says_nothing_of_another(package):
    folder = package("csv", path=["a.csv", "b.csv", "c.csv"])
    texts(folder, "csv", "pond,depth\nMirror,1\n", "Reed,2\n")
    (folder / "c.csv").write_text("Lily,\n")
    found = [(one.path, "cannot be told" in one.message) for one in validate(folder)]
    assert found == [("b.csv", False), ("c.csv", True)]


@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "xlsx"])
def test_a_header_in_another_case_is_a_header(package, suffix):
    paths = [f"{name}.{suffix}" for name in "abc"]
    folder = package(suffix, path=paths, schema={"fields": COLOURS})
    write_part(folder, "a", suffix, [["pond", "colour"], ["Mirror", "blue"]])
    for name in "bc":
        write_part(folder, name, suffix, [["POND", "Colour"], ["Reed", "green"]])
    (found,) = validate(folder)
    place = (found.path, found.code, found.severity)
    assert place == (f"b.{suffix}", "incorrect-label", "warning")
    assert load(folder)["t"]["pond"].to_list() == ["Mirror", "Reed", "Reed"]


@pytest.mark.parametrize("suffix", ["sav", "sqlite"])
def test_names_of_columns_are_no_row(package, suffix):
    folder = package(suffix, schema={"fields": COLOURS})
    WRITE[suffix](folder / f"a.{suffix}", [["pond", "colour"], ["Reed", "green"]])
    WRITE[suffix](folder / f"b.{suffix}", [["name", "shade"], ["Lily", "blue"]])
    (found,) = validate(folder)
    assert (found.path, found.code, found.severity) == (f"b.{suffix}", "source-error", "error")


def test_rows_of_a_header_in_several_rows_are_judged_one_by_one(package):
    dialect = {"headerRows": [1, 2], "headerJoin": "-"}
    fields = [{"name": "a-pond", "type": "string"}, {"name": "b-depth", "type": "number"}]
    folder = package("csv", dialect=dialect, schema={"fields": fields})
    texts(folder, "csv", "a,b\npond,depth\nMirror,1\n", "Reed,2\nLily,3\n")
    assert [one.code for one in validate(folder)] == [MISSING]


@pytest.mark.parametrize("suffix", ["csv", "csv.gz", "json", "ndjson"])
@pytest.mark.parametrize("rows", [1, 3000])
def test_columns_without_label_in_a_later_file_are_debris(package, suffix, rows):
    names = [f"{name}.{suffix}" for name in "abc"]
    folder = package(suffix, path=names)
    many = [["Reed", 1, "", ""]] * rows
    tables = {
        names[0]: [["pond", "depth"], ["Mirror", 2]],
        names[1]: [["pond", "depth", "", ""], *many, ["Lily", "x", ""]],
        names[2]: [["pond", "depth", ""], ["Moss", 3], ["Alder", 4, "y"]],
    }
    for name, table in tables.items():
        (folder / name).write_bytes(text_in(suffix, table))
    lines = {"json": 1}
    last, at = rows + 2, rows + 5
    assert [one for one in places(validate(folder)) if one[4] != "x"] == [
        (names[1], None, lines.get(suffix, 1), None, "extra-label"),
        (names[1], at - 1, None if suffix == "json" else last, "depth", "type-error"),
        (names[2], at + 2, None if suffix == "json" else 3, None, "extra-cell"),
    ]


def text_in(suffix, table):
    """A table as the bytes of a file of delimited text or JSON."""
    dumped = [*map(json.dumps, table)]
    if suffix == "json":
        return f"[{','.join(dumped)}]".encode()
    if suffix == "ndjson":
        return "\n".join(dumped).encode()
    text = "".join(f"{','.join(map(str, row))}\n" for row in table).encode()
    return gzip.compress(text) if suffix == "csv.gz" else text
