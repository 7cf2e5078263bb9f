"""What is exported and what is not: broken promises, restricted fields, limits, equal bytes."""

import json
import sqlite3
from zipfile import ZipFile

import duckdb
import openpyxl
import polars as pl
import pytest
from support import readback
from support.alltypes import BEYOND
from support.made import change_descriptor, one_table
from support.places import ROOT

from validate import PackageError, load, validate
from validate._src.publish import export as exporting
from validate._src.publish.export import export
from validate._src.publish.formats import FORMATS

pytestmark = pytest.mark.xdist_group("exports")
REPRODUCIBLE = sorted(FORMATS.keys() - {"duckdb"})


def content_of(path):
    files = [path] if path.is_file() else sorted(path.iterdir())
    return [(file.name, file.read_bytes()) for file in files]


@pytest.mark.parametrize("name", REPRODUCIBLE)
def test_the_same_package_makes_the_same_bytes(name, all_types, tmp_path, monkeypatch):
    again = tmp_path / all_types.path(name).name
    list(export(all_types.package, [f"{name}:{again}"]))
    assert content_of(again) == content_of(all_types.path(name))


@pytest.mark.parametrize(
    ("name", "bears_a_date"), [("zip", True), ("xlsx", True), ("sqlite", False)]
)
def test_a_date_is_that_of_the_environment(name, bears_a_date, all_types, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    file = tmp_path / "dated"
    list(export(all_types.package, [f"{name}:{file}"]))
    assert (file.read_bytes() != all_types.path(name).read_bytes()) is bears_a_date
    if name == "zip":
        assert {entry.date_time for entry in ZipFile(file).infolist()} == {(2001, 9, 9, 1, 46, 40)}
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    if bears_a_date:
        with pytest.raises(PackageError, match="SOURCE_DATE_EPOCH=yesterday: not a number"):
            list(export(all_types.package, [f"{name}:{file}"]))


def test_values_that_a_type_does_not_hold_are_the_texts_of_their_cells(all_types):
    written = {
        name: [None if text == "NA" else text for text in values] for name, values in BEYOND.items()
    }
    held = {
        **written,
        "integer": [2**63, -1, None],
        "large": [2**127 - 1, 0, None],
        "special": ["nan", float("inf"), float("-inf")],
        "infinite": [float("inf"), float("-inf"), None],
    }
    of_duckdb = readback.duckdb_file(all_types.path("duckdb"))["beyond"]
    assert of_duckdb == held
    of_parquet = readback.parquet_by_duckdb(all_types.path("parquet"))["beyond"]
    assert of_parquet == {**held, "large": written["large"]}
    of_sqlite = readback.sqlite_file(all_types.path("sqlite"))["beyond"]
    assert of_sqlite == {**written, "infinite": held["infinite"]}
    assert readback.xlsx_by_openpyxl(all_types.path("xlsx"))["beyond"] == written
    said = [one for one in all_types.said if "beyond." in one and "croissant: " not in one]
    assert [one.partition(" has ")[0] for one in said] == [
        "beyond.huge", "beyond.number", "beyond.year", "beyond.month", "beyond.moment",
        "parquet: beyond.large", "sqlite: beyond.integer", "sqlite: beyond.large",
        "sqlite: beyond.special",
    ]  # fmt: skip


def test_the_zip_file_is_the_package(dataset, tmp_path):
    file = dataset.path("zip")
    with ZipFile(file) as archive:
        names = archive.namelist()
        assert all(archive.read(name) == (ROOT / name).read_bytes() for name in names)
    assert names[0] == "datapackage.json"
    assert {"schemas/claims.json", "data/claims.csv"} < {*names}
    assert any(name.startswith("schemas/rules/") for name in names)
    inside, outside = load(file), load(ROOT)
    assert all(inside[name].equals(outside[name]) for name in outside)


def test_a_descriptor_of_another_name_is_found_in_the_zip_file(tmp_path, export_package):
    folder, table = one_table(tmp_path, "t.csv", [{"name": "a", "type": "integer"}])
    table.write_text("a\n1\n")
    resource = json.loads((folder / "datapackage.json").read_text())["resources"][0]
    (folder / "t.resource.json").write_text(json.dumps(resource))
    for name in ("t.resource.json", "ponds.json"):
        if name == "ponds.json":
            (folder / "datapackage.json").rename(folder / name)
        path, _ = export_package(folder / name, "zip")
        assert validate(path).valid
        assert load(path)["t"]["a"].to_list() == [1]


PONDS = [
    {"name": "pond", "type": "string", "constraints": {"required": True, "maxLength": 5}},
    {"name": "depth", "type": "number", "constraints": {"minimum": 0, "exclusiveMaximum": 100}},
    {
        "name": "kind",
        "type": "string",
        "categories": [{"value": "tarn"}, {"value": "pool", "label": "Pool"}],
    },
    {"name": "seen", "type": "date", "constraints": {"minimum": "2020-01-01"}},
    {"name": "rank", "type": "integer", "constraints": {"enum": ["1", "2"]}},
    {"name": "dry", "type": "boolean", "constraints": {"enum": [False]}},
    {"name": "into", "type": "string", "description": "Where it's led."},
]
SCHEMA = {
    "primaryKey": ["pond"],
    "uniqueKeys": [["rank", "kind"]],
    "foreignKeys": [{"fields": ["into"], "reference": {"fields": ["pond"]}}],
}
ROWS = "pond,depth,kind,seen,rank,dry,into\nA,1.5,tarn,2020-01-01,1,false,B\nB,,pool,,2,,\n"


@pytest.fixture
def ponds(tmp_path):
    folder, table = one_table(tmp_path, "ponds.csv", PONDS, schema=SCHEMA)
    table.write_text(ROWS)
    return folder


@pytest.mark.parametrize("name", ["sqlite", "duckdb"])
def test_databases_hold_rows_to_the_schema(name, ponds, export_package):
    path, said = export_package(ponds, name)
    assert said == []
    connection = sqlite3.connect(path) if name == "sqlite" else duckdb.connect(path)
    errors = (sqlite3.IntegrityError, duckdb.ConstraintException)
    if name == "sqlite":
        connection.execute("PRAGMA foreign_keys = ON")
    no, yes = ("0", "1") if name == "sqlite" else ("FALSE", "TRUE")
    good = {
        "pond": "'C'", "depth": "99.5", "kind": "'tarn'", "seen": "'2020-01-01'", "rank": "2",
        "dry": no, "into": "'A'",
    }  # fmt: skip
    bad = {
        "pond": "'longer'", "depth": "-1", "kind": "'sea'", "seen": "'2019-12-31'", "rank": "3",
        "dry": yes, "into": "'Z'",
    }  # fmt: skip
    for field, value in [*bad.items(), ("pond", "NULL"), ("pond", "'A'"), ("kind", "'pool'")]:
        row = {**good, field: value}
        with pytest.raises(errors):
            connection.execute(f"INSERT INTO t VALUES ({', '.join(row.values())})")
    connection.execute(f"INSERT INTO t VALUES ({', '.join(good.values())})")
    connection.close()


@pytest.mark.parametrize("name", ["sqlite", "duckdb"])
def test_what_rows_are_known_to_break_is_not_declared(name, ponds, export_package):
    rows = "A,200,tarn,2020-01-01,1,false,B\nA,1,pool,,2,,\n,2,pool,,1,,X\n"
    (ponds / "ponds.csv").write_text(ROWS.partition("\n")[0] + "\n" + rows)
    codes = ("primary-key", "constraint-error", "foreign-key")
    change_descriptor(ponds, lambda one: one.update(severity=dict.fromkeys(codes, "warning")))
    path, said = export_package(ponds, name)
    broken = ["primary key pond", "required of pond", "exclusiveMaximum of depth",
              "foreign key into"]  # fmt: skip
    assert said == [f"t: {one} is not kept by all rows, or was not checked" for one in broken]
    read = {"sqlite": readback.sqlite_file, "duckdb": readback.duckdb_file}[name]
    assert read(path)["t"]["depth"] == [200, 1, 2]


def test_cells_that_a_waiver_lets_pass_are_not_lost(ponds, export_package):
    (ponds / "ponds.csv").write_text(ROWS.replace("1.5", "deep"))
    change_descriptor(ponds, lambda one: one.update(severity={"type-error": "warning"}))
    path, said = export_package(ponds, "parquet")
    assert said == ["t.depth has the texts of its cells: some of its cells are no number"]
    assert pl.read_parquet(path / "t.parquet")["depth"].to_list() == ["deep", None]


def test_parquet_describes_itself(ponds, export_package):
    path, _ = export_package(ponds, "parquet")
    frame = pl.read_parquet(path / "t.parquet")
    assert frame.schema["kind"] == pl.Enum(["tarn", "pool"])
    assert frame.schema["seen"] == pl.Date
    found = pl.read_parquet_metadata(path / "t.parquet")
    fields = json.loads(found["tableschema"])["fields"]
    assert fields == PONDS
    assert json.loads(found["datapackage"])["name"] == "made"


def test_databases_describe_themselves(ponds, export_package):
    change_descriptor(
        ponds, lambda one: one["resources"][0]["schema"]["fields"][1].update(title="Depth")
    )
    connection = sqlite3.connect(export_package(ponds, "sqlite")[0])
    assert connection.execute("SELECT * FROM t_titled").description[1][0] == "Depth"
    query = "SELECT title, description FROM _fields WHERE \"column\" IN ('depth', 'into')"
    assert connection.execute(query).fetchall() == [("Depth", ""), ("", "Where it's led.")]
    labels = connection.execute("SELECT value, label FROM _categories").fetchall()
    assert labels == [("tarn", ""), ("pool", "Pool")]
    connection.close()
    with duckdb.connect(export_package(ponds, "duckdb")[0]) as connection:
        query = "SELECT comment FROM duckdb_columns() WHERE table_name = 't' ORDER BY column_index"
        comments = [comment for (comment,) in connection.execute(query).fetchall()]
        assert comments == [None, "Depth", None, None, None, None, "Where it's led."]
        found = connection.execute("SELECT Depth FROM t_titled").fetchall()
        assert {*found} == {(1.5,), (None,)}  # rows stand after those that they refer to


def test_a_workbook_says_what_is_in_it(dataset):
    book = openpyxl.load_workbook(dataset.path("xlsx"))
    cells = [[*row] for row in book["readme"].iter_rows(values_only=True)]
    facts = {row[0]: row[1] for row in cells[:10]}
    assert facts["version"] == load(ROOT).version
    assert facts["licence"].startswith("CC-BY-4.0")
    assert "The Alliance Claims developers (2026). Alliance Claims (version" in facts["citation"]
    described = {tuple(row[:2]): row[4] for row in reversed(cells)}
    for file in (ROOT / "schemas").glob("*.json"):
        for field in json.loads(file.read_text("utf-8"))["fields"]:
            assert described[file.stem, field["name"]] == field["description"]
    frozen = {sheet.title: sheet.freeze_panes for sheet in book.worksheets[1:]}
    assert frozen["commitments"] == "B2"  # the header, and the key in the first column
    assert frozen["claim_topics"] == frozen["commitments"]
    assert {*frozen.values()} <= {"A2", "B2"}
    statement, document = (book["commitments"][cell].alignment for cell in ("B2", "D2"))
    assert statement.wrap_text
    assert not document.wrap_text
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "d", "b"}  # and no formula


def test_restricted_fields_are_left_out(ponds, export_package):
    def restrict(descriptor):
        descriptor["resources"][0]["schema"]["fields"][1]["restricted"] = True

    change_descriptor(ponds, restrict)
    for name in sorted(FORMATS.keys() - {"zip", "xlsx"}):
        path, said = export_package(ponds, name)
        assert said[0] == "t: restricted and left out: depth"
        assert len(said) == 1 or not FORMATS[name].has_tables
        files = [path] if path.is_file() else [*path.iterdir()]
        assert all(b"1.5" not in file.read_bytes() for file in files)
    path, _ = export_package(ponds, "xlsx")
    assert "depth" not in readback.xlsx_by_openpyxl(path)["t"]
    with pytest.raises(PackageError, match=r"t has restricted fields \(depth\)"):
        export_package(ponds, "zip")


def test_what_excel_cannot_hold_is_an_error(tmp_path, export_package):
    folder, table = one_table(tmp_path, "t.csv", [{"name": "a", "type": "string"}])
    table.write_text("a\n" + 32_767 * "x" + "\n")
    path, _ = export_package(folder, "xlsx")
    before = path.read_bytes()
    table.write_text("a\ny\n" + 16_384 * "🗾" + "\n", "utf-8")
    with pytest.raises(
        PackageError, match="t: row 3: a has 32,768 characters; a cell holds 32,767"
    ):
        export_package(folder, "xlsx")
    table.write_text("a\n" + 1_048_576 * "x\n")
    with pytest.raises(PackageError, match="t has 1,048,576 rows; a sheet holds 1,048,575 below"):
        export_package(folder, "xlsx")
    assert path.read_bytes() == before


def test_names_that_a_format_takes_for_the_same_are_told_apart(tmp_path, export_package):
    fields = [{"name": "A", "type": "string"}, {"name": "a", "type": "string"}]
    folder, table = one_table(tmp_path, "t.csv", fields)
    table.write_text("A,a\nx,y\n")
    long = 40 * "n"

    def rename(descriptor):
        (one,) = descriptor["resources"]
        names = ("Readme", long, f"{long}2", "a/b")
        descriptor["resources"] = [{**one, "name": name} for name in names]

    change_descriptor(folder, rename)
    path, said = export_package(folder, "xlsx")
    sheets = openpyxl.load_workbook(path).sheetnames
    assert sheets == ["readme", "Readme_2", 31 * "n", 29 * "n" + "_2", "a_b"]
    assert len(said) == 4
    for name in ("sqlite", "duckdb"):
        read = {"sqlite": readback.sqlite_file, "duckdb": readback.duckdb_file}[name]
        found = read(export_package(folder, name)[0])
        assert found["a/b"] == {"A": ["x"], "a_2": ["y"]}


def test_keys_of_rows_that_refer_to_later_ones_are_declared(tmp_path, export_package):
    fields = [{"name": "id", "type": "integer"}, {"name": "up", "type": "integer"}]
    key = {"fields": ["up"], "reference": {"fields": ["id"]}}
    schema = {"primaryKey": ["id"], "foreignKeys": [key]}
    folder, table = one_table(tmp_path, "t.csv", fields, schema=schema)
    table.write_text("id,up\n1,2\n2,3\n3,\n4,1\n")
    path, said = export_package(folder, "duckdb")
    assert said == []
    assert sorted(zip(*readback.duckdb_file(path)["t"].values(), strict=True)) == [
        (1, 2), (2, 3), (3, None), (4, 1),
    ]  # fmt: skip
    table.write_text("id,up\n1,2\n2,1\n")
    (why,) = export_package(folder, "duckdb")[1]
    assert why.startswith("duckdb: t: foreign key up is not declared: it runs in a circle")
    assert export_package(folder, "sqlite")[1] == []


@pytest.mark.parametrize("name", ["zip", "csv", "parquet"])
def test_files_that_were_not_judged_are_not_exported(name, tmp_path, monkeypatch):
    folder, table = one_table(tmp_path, "t.csv", [{"name": "id", "type": "integer"}])
    table.write_text("id\n1\n", "utf-8")
    made = exporting.content_of

    def content_and_change(*judged):
        content = made(*judged)
        table.write_text("id\nnone\n", "utf-8")
        return content

    monkeypatch.setattr(exporting, "content_of", content_and_change)
    with pytest.raises(PackageError, match="was changed while it was read"):
        list(export(folder, [f"{name}:{tmp_path / 'out'}"]))
    assert not (tmp_path / "out").exists()
