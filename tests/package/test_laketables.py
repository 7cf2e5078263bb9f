"""Tables of Delta and Iceberg in stores, and what commands do with such tables."""

import json
from tempfile import gettempdir

import polars as pl
import pytest
from deltalake import DeltaTable, write_deltalake
from support.command import run
from support.iceberg import IcebergTable
from support.made import PROFILE
from support.ponds import PARTED, SCHEMA, ponds

from validate import PackageError, load, validate
from validate._src.package.stores import Stores
from validate._src.package.tablefolders import FolderHere

pytestmark = pytest.mark.served


def delta(folder):
    """A table of Delta with a fault in its current version, and another in an older one."""
    write_deltalake(folder, ponds(1, -7, shore=["n"]), partition_by=["shore"])
    write_deltalake(folder, ponds(1, 1, -1, shore=["n", "a b"]), mode="overwrite")
    DeltaTable(folder).create_checkpoint()
    return folder


def iceberg(folder):
    """A table of Iceberg with a fault, whose first file has other names of columns."""
    table = IcebergTable(
        folder, [(1, "pond_id", "long"), (2, "depth", "double")], location="s3a://lake/ponds"
    )
    old = table.write("a.parquet", pl.DataFrame({"deep": [1.0], "id": [1]}), (2, 1))
    new = table.write("b.parquet", ponds(2, -1), (1, 2))
    table.commit(old, new)
    return folder


def found(report):
    return [(each.path, each.field, each.key) for each in report.findings]


def package(**properties):
    resource = {"name": "ponds", "path": "ponds", "schema": SCHEMA, **properties}
    return json.dumps({"$schema": PROFILE, "name": "made", "resources": [resource]})


def test_a_table_of_delta_in_a_store_is_judged_there(store, tmp_path):
    store.put_folder(delta(tmp_path / "ponds"), "lake/ponds/")
    for given in ("lake/ponds/", "lake/ponds"):
        report = validate(f"{store.url}{given}", schema=PARTED, allow_remote=True)
        ((path, field, key),) = found(report)
        assert path.startswith(f"{store.url}lake/ponds/shore=a%20b/part-")
        assert (field, key) == ("depth", ("2",))
        assert report.package == "ponds"


def test_what_a_library_says_names_the_object_and_no_copy(store, tmp_path):
    """The log is copied here, and the copy is gone when the line is read."""
    write_deltalake(tmp_path / "ponds", ponds(1, 1))
    log = tmp_path / "ponds" / "_delta_log" / f"{1:020}.checkpoint.parquet"
    log.write_text("none", "utf-8")
    store.put_folder(tmp_path / "ponds", "lake/ponds/")
    with pytest.raises(PackageError) as caught:
        validate(f"{store.url}lake/ponds/", schema=SCHEMA, allow_remote=True)
    said = str(caught.value)
    assert said.startswith(f"{store.url}lake/ponds/: not a table of Delta that is whole: ")
    assert gettempdir() not in said


def test_a_table_of_iceberg_in_a_store_is_judged_there(store, tmp_path):
    store.put_folder(iceberg(tmp_path / "ponds"), "lake/ponds/")
    report = validate(f"{store.url}lake/ponds/", schema=SCHEMA, allow_remote=True)
    assert found(report) == [(f"{store.url}lake/ponds/data/b.parquet", "depth", ("2",))]


def test_an_object_that_went_is_a_finding(store, tmp_path):
    store.put_folder(iceberg(tmp_path / "ponds"), "lake/ponds/")
    store.delete("lake/ponds/data/b.parquet")
    (one,) = validate(f"{store.url}lake/ponds/", schema=SCHEMA, allow_remote=True)
    assert (one.path, one.code) == (f"{store.url}lake/ponds/data/b.parquet", "source-error")


@pytest.mark.parametrize("made", [delta, iceberg])
def test_a_table_in_a_store_is_a_resource_of_a_package_here(store, tmp_path, made):
    store.put_folder(made(tmp_path / "ponds"), "lake/ponds/")
    here = tmp_path / "here"
    here.mkdir()
    url = f"{store.url}lake/ponds/"
    schema = PARTED if made is delta else SCHEMA
    (here / "datapackage.json").write_text(package(path=url, schema=schema), "utf-8")
    ((path, field, key),) = found(validate(here, allow_remote=True))
    assert path.startswith(url)
    assert (field, key) == ("depth", ("2",))
    result = run("run", here)
    assert result.exit_code == 2
    assert "not fetched; files on the web are fetched only with --allow-remote" in result.stderr


@pytest.mark.parametrize("made", [delta, iceberg])
def test_a_table_is_a_resource_of_a_package_in_a_store(store, tmp_path, made):
    store.put_folder(made(tmp_path / "ponds"), "lake/ponds/")
    schema = PARTED if made is delta else SCHEMA
    store.put("lake/datapackage.json", package(path="ponds/", schema=schema).encode())
    ((path, field, key),) = found(validate(f"{store.url}lake/", allow_remote=True))
    assert path.startswith("ponds/")
    assert (field, key) == ("depth", ("2",))


def test_files_of_a_pattern_are_found_in_a_store(store):
    files = {"pattern": "t/**/*.csv", "partitions": ["shore"]}
    text = package(path="t/shore=n/a.csv", files=files, schema=PARTED)
    store.put("lake/datapackage.json", text.encode())
    store.put("lake/t/shore=n/a.csv", b"pond_id,depth\n1,1\n")
    store.put("lake/t/shore=s/a.csv", b"pond_id,depth\n2,-1\n")
    report = validate(f"{store.url}lake/", allow_remote=True)
    assert found(report) == [("t/shore=s/a.csv", "depth", ("2",))]
    assert load_valid(store, text)["ponds"]["shore"].to_list() == ["n", "s"]


@pytest.mark.parametrize("made", [delta, iceberg])
def test_a_file_of_another_size_than_the_log_says_is_not_that_of_the_table(tmp_path, made):
    table = made(tmp_path / "ponds")
    sizes = {}
    for file in table.rglob("*.parquet"):
        if file.parent.name != "_delta_log":
            sizes[file.relative_to(table).as_posix()] = file.stat().st_size
            pl.DataFrame({"pond_id": [9], "depth": [1.0], "more": ["x"]}).write_parquet(file)
    (one,) = validate(table, schema=SCHEMA)
    size, said = (table / one.path).stat().st_size, sizes[one.path]
    assert one.code == "source-error"
    assert f"has {size:,} bytes, and the log of its table says {said:,}" in one.message


def load_valid(store, text):
    store.put("lake/t/shore=s/a.csv", b"pond_id,depth\n2,1\n")
    return load(f"{store.url}lake/", allow_remote=True)


def test_many_paths_of_a_package_in_a_store_are_fetched_at_once(store, monkeypatch):
    paths = [f"{at}.csv" for at in range(30)]
    store.put("lake/datapackage.json", package(path=paths).encode())
    for at, path in enumerate(paths):
        store.put(f"lake/{path}", f"pond_id,depth\n{at},{at - 3}\n".encode())
    report = validate(f"{store.url}lake/", allow_remote=True)
    assert found(report) == [(f"{at}.csv", "depth", (str(at),)) for at in range(3)]


def test_declared_sizes_of_tables_with_a_log_are_not_checked(tmp_path):
    write_deltalake(tmp_path / "ponds", ponds(1, 1))
    (tmp_path / "datapackage.json").write_text(package(bytes=1, hash="0" * 32), "utf-8")
    report = validate(tmp_path)
    assert report.valid
    (left,) = report.not_checked
    assert (left.what, left.codes) == (
        "declared size and digest of ponds",
        frozenset({"byte-count", "hash-count"}),
    )


@pytest.mark.parametrize("made", [delta, iceberg])
def test_no_path_is_said_to_be_written_in_another_way(tmp_path, made):
    made(tmp_path / "ponds")
    schema = PARTED if made is delta else SCHEMA
    (tmp_path / "datapackage.json").write_text(package(schema=schema), "utf-8")
    assert {each.code for each in validate(tmp_path)} == {"constraint-error"}


def test_a_folder_that_is_no_such_table_is_what_it_was(tmp_path):
    (tmp_path / "ponds" / "metadata").mkdir(parents=True)
    (tmp_path / "ponds" / "metadata" / "notes.txt").write_text("none", "utf-8")
    (tmp_path / "datapackage.json").write_text(package(), "utf-8")
    (one,) = validate(tmp_path)
    assert (one.code, one.message) == ("source-error", "not a regular file")


def test_a_log_outside_of_the_package_is_not_read(tmp_path):
    delta(tmp_path / "elsewhere")
    here = tmp_path / "here"
    (here / "ponds").mkdir(parents=True)
    (here / "ponds" / "_delta_log").symlink_to(tmp_path / "elsewhere" / "_delta_log")
    (here / "datapackage.json").write_text(package(), "utf-8")
    (one,) = validate(here)
    assert (one.code, one.message) == ("source-error", "not a regular file")
    (here / "ponds").rename(here / "other")
    (here / "ponds").symlink_to(tmp_path / "elsewhere")
    (one,) = validate(here)
    assert one.code in ("source-error", "descriptor-error")


@pytest.mark.parametrize("made", [delta, iceberg])
def test_its_folders_are_listed_once(tmp_path, monkeypatch, made):
    listed = []
    list_one = FolderHere._names
    monkeypatch.setattr(
        FolderHere, "_names", lambda self, name: listed.append(name) or list_one(self, name)
    )
    made(tmp_path / "ponds")
    schema = PARTED if made is delta else SCHEMA
    assert len(validate(tmp_path / "ponds", schema=schema).findings) == 1
    alone = sorted(listed)
    listed.clear()
    (tmp_path / "datapackage.json").write_text(package(schema=schema), "utf-8")
    assert len(validate(tmp_path).findings) == 1
    assert alone == sorted(listed) == sorted({*listed})
    assert "_delta_log" in listed


def test_prefixes_of_a_store_are_listed_once(store, tmp_path, monkeypatch):
    listed = []
    list_one = Stores.listed
    monkeypatch.setattr(
        Stores, "listed", lambda self, url: listed.append(url) or list_one(self, url)
    )
    store.put_folder(iceberg(tmp_path / "ponds"), "made/ponds/")
    store.put("made/datapackage.json", package(path="ponds/"))
    report = validate(f"{store.url}made/", allow_remote=True)
    assert [each.field for each in report.findings if each.code == "constraint-error"] == ["depth"]
    assert listed == [f"{store.url}made/ponds/{name}/" for name in ("_delta_log", "metadata")]


@pytest.mark.usefixtures("scratch")
def test_copies_go_with_the_package(tmp_path):
    iceberg(tmp_path / "ponds")
    (tmp_path / "datapackage.json").write_text(package(), "utf-8")
    assert len(validate(tmp_path).findings) == 1


@pytest.mark.parametrize(
    ("to", "code"), [("csv", 0), ("parquet", 0), ("sqlite", 0), ("zip", 2), ("croissant", 0)]
)
def test_valid_tables_are_exported_but_in_a_zip_file(tmp_path, monkeypatch, to, code):
    write_deltalake(tmp_path / "ponds", ponds(1, 1, 2, shore=["n", "s"]), partition_by=["shore"])
    (tmp_path / "datapackage.json").write_text(package(schema=PARTED), "utf-8")
    monkeypatch.chdir(tmp_path)
    result = run("export", "--to", to)
    assert result.exit_code == code
    assert (code == 2) == ("ponds: not a regular file" in result.stderr)
