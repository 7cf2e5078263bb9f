"""Files of Parquet beside a log, which alone says which of them are judged."""

import json
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest
from deltalake import write_deltalake
from support.iceberg import IcebergTable
from support.made import PROFILE

from validate import PackageError, validate
from validate._src.package.foundfiles import files_named
from validate._src.package.loglessfiles import tables_among
from validate._src.package.stores import Stores
from validate._src.words.errors import FileError

pytestmark = pytest.mark.served

SCHEMA = {"fields": [{"name": "depth", "type": "number", "constraints": {"minimum": 0}}]}
OLD = pl.DataFrame({"depth": [-1.0], "shore": ["n"]})


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def delta(folder):
    """A table of which a file that was replaced has a fault, and lies there still."""
    write_deltalake(folder, OLD, partition_by=["shore"])
    write_deltalake(folder, OLD.with_columns(depth=1.0), mode="overwrite")


def iceberg(folder):
    table = IcebergTable(folder, [(1, "depth", "double")])
    table.write("old.parquet", OLD.select("depth"), (1,))
    table.commit(table.write("new.parquet", pl.DataFrame({"depth": [1.0]}), (1,)))


MAKERS = {"Delta": delta, "Iceberg": iceberg}


@pytest.mark.parametrize(
    ("kind", "given", "table"),
    [
        ("Delta", "lakes/dl/*/*.parquet", "lakes/dl"),
        ("Delta", "lakes/dl/**", "lakes/dl"),
        ("Delta", "lakes/**/*.parquet", "lakes/dl"),
        ("Delta", "lakes", "lakes/dl"),
        ("Delta", "lakes/dl/shore=n/*", "lakes/dl"),
        ("Delta", "lakes/dl/shore=n", "lakes/dl"),
        ("Iceberg", "lakes/dl/data/*.parquet", "{here}/lakes/dl"),
        ("Iceberg", "lakes/dl/*/*.parquet", "lakes/dl"),
        ("Iceberg", "lakes/dl/data", "{here}/lakes/dl"),
    ],
)
def test_a_pattern_and_a_folder_are_refused(here, kind, given, table):
    MAKERS[kind](here / "lakes/dl")
    with pytest.raises(PackageError) as raised:
        validate(given, schema=SCHEMA)
    said = str(raised.value)
    assert said.startswith(f"{given}: ")
    assert said.endswith(
        f".parquet lies in {table.format(here=here)}, a table of {kind}, whose log alone says "
        "which files are of it and not deleted or replaced: give the folder itself, with its schema"
    )


def test_the_log_is_found_from_within_the_table(here, monkeypatch):
    delta(here / "dl")
    monkeypatch.chdir(here / "dl/shore=n")
    with pytest.raises(PackageError, match=rf"lies in {here}/dl, a table of Delta"):
        validate("*.parquet", schema=SCHEMA)


def test_a_link_to_a_partition_does_not_hide_the_log(here):
    delta(here / "dl")
    (here / "north").symlink_to(here / "dl/shore=n")
    with pytest.raises(PackageError, match=rf"lies in {here}/dl, a table of Delta"):
        validate("north/*.parquet", schema=SCHEMA)


def test_a_file_that_is_named_by_itself_is_judged(here):
    delta(here / "dl")
    files = [*Path("dl").rglob("part-*.parquet")]
    assert len(files) == 2
    assert sorted(validate(file, schema=SCHEMA).valid for file in files) == [False, True]


@pytest.mark.parametrize("name", ["metadata/schema.avro", "metadata/notes.json", "_delta_log.md"])
def test_what_is_no_log_refuses_nothing(here, name):
    (here / "t" / name).parent.mkdir(parents=True)
    (here / "t" / name).touch()
    (here / "t/data").mkdir()
    pl.DataFrame({"depth": [1.0]}).write_parquet(here / "t/data/a.parquet")
    assert validate("t/data/*.parquet", schema=SCHEMA).valid


@pytest.mark.parametrize("given", ["t", "*/*.csv"])
def test_files_that_no_such_table_has_are_judged(here, given):
    delta(here / "t")
    (here / "t/metadata").mkdir()
    (here / "t/_delta_log").rename(here / "_delta_log")
    for file in here.glob("t/*/*.parquet"):
        file.unlink()
    (here / "t/a.csv").write_text("depth\n1\n", "utf-8")
    assert validate(given, schema=SCHEMA).valid


@pytest.mark.parametrize("given", ["t", "t/", ".", "t/*.parquet", "t/year=1/*"])
def test_a_log_without_a_file_is_not_passed_over(here, given):
    """Which files are of the table, and which were deleted, nobody knows without it."""
    (here / "t/_delta_log").mkdir(parents=True)
    (here / "t/year=1").mkdir()
    (here / "t/year=1/a.parquet").touch()
    (here / "t/a.parquet").touch()
    with pytest.raises(PackageError, match=r": t/_delta_log is the log .* has no file; restore it"):
        files_named(Path(given))


@pytest.mark.parametrize("given", ["t", "t/*.parquet", "**"])
def test_a_log_that_is_a_file_is_not_passed_over(here, given):
    (here / "t").mkdir()
    (here / "t/_delta_log").touch()
    (here / "t/a.parquet").touch()
    said = r"t/_delta_log is a file, and the log of a table of Delta is a folder; restore that"
    with pytest.raises(PackageError, match=said):
        files_named(Path(given))


@pytest.mark.parametrize("given", ["t", "t/*/*.parquet", "**"])
def test_a_log_in_capitals_is_not_passed_over(here, given):
    delta(here / "t")
    (here / "t/_delta_log").rename(here / "t/_DELTA_LOG")
    if (here / "t/_delta_log").exists():
        pytest.skip("here a name is the same in capitals")
    said = r"t/_DELTA_LOG is nearly the log of a table of Delta, which is called _delta_log; rename"
    with pytest.raises(PackageError, match=said):
        files_named(Path(given))


@pytest.mark.parametrize("given", ["t", "t/data", "t/data/*.parquet"])
def test_metadata_without_a_file_beside_data_are_not_passed_over(here, given):
    iceberg(here / "t")
    for file in (here / "t/metadata").iterdir():
        file.unlink()
    with pytest.raises(PackageError, match=r"t/metadata is empty, beside data: if that is of a"):
        files_named(Path(given))
    (here / "t/metadata").rmdir()
    assert len(files_named(Path(given)).parts) == 2


def test_manifests_alone_are_of_a_table(here):
    iceberg(here / "t")
    for file in [*here.glob("t/metadata/*.json"), *here.glob("t/metadata/snap-*")]:
        file.unlink()
    with pytest.raises(PackageError, match=r"t/metadata: no file in it has a number"):
        validate("t", schema=SCHEMA)
    with pytest.raises(PackageError, match=r"lies in .*t, a table of Iceberg, whose log alone"):
        validate("t/data/*.parquet", schema=SCHEMA)


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ("ponds/_Delta_Log/0.json", "ponds/_Delta_Log is nearly the log of a table of Delta"),
        ("ponds/_delta_log", "ponds/_delta_log is a file, and the log of a table of Delta is a"),
    ],
)
def test_of_names_in_a_zip_file_they_are_told_as_well(here, log, said):
    (here / "ponds/data").mkdir(parents=True)
    pl.DataFrame({"depth": [1.0]}).write_parquet(here / "ponds/data/new.parquet")
    packed(here)
    with ZipFile(here / "made.zip", "w") as made:
        for file in (here / "datapackage.json", here / "ponds/data/new.parquet"):
            made.write(file, file.relative_to(here))
        made.writestr(log, "{}")
    (one,) = validate(here / "made.zip")
    assert said in one.message


def packed(here, pattern="ponds/**/*.parquet", path=None):
    if path is None:
        path, *_ = [*here.glob("ponds/data/new.parquet"), *here.glob("ponds/*/*-0.parquet")]
    resource = {
        "name": "ponds",
        "path": path.relative_to(here).as_posix(),
        "files": {"pattern": pattern},
        "schema": SCHEMA,
    }
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [resource]}
    (here / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")


SAID = (
    "whose log alone says which files are of it and not deleted or replaced: "
    'name the folder as "path", without "files"'
)


@pytest.mark.parametrize("kind", MAKERS)
def test_a_pattern_of_a_resource_is_a_fault_of_its_descriptor(here, kind):
    MAKERS[kind](here / "ponds")
    for file in here.glob("ponds/shore=*/part-*.parquet"):
        file.rename(file.with_name("part-0.parquet"))
    packed(here)
    (one,) = validate(here)
    assert one.code == "descriptor-error"
    assert f"lies in ponds, a table of {kind}, {SAID}" in one.message


def linked_folder(here):
    (here / "data").symlink_to("ponds/shore=n")


def linked_files(here):
    (here / "data").mkdir()
    for number, file in enumerate(here.glob("ponds/shore=*/*.parquet")):
        (here / f"data/{number}.parquet").symlink_to(file)


def linked_twice(here):
    (here / "north").symlink_to("ponds/shore=n")
    (here / "data").symlink_to("north")


@pytest.mark.parametrize("link", [linked_folder, linked_files, linked_twice])
def test_links_to_files_of_a_table_do_not_hide_its_log(here, link):
    delta(here / "ponds")
    link(here)
    packed(here, "data/*.parquet", next(here.glob("data/*.parquet")))
    (one,) = validate(here)
    assert one.code == "descriptor-error"
    assert f"lies in ponds, a table of Delta, {SAID}" in one.message


def test_a_package_within_a_table_is_held_to_the_log_above(here):
    delta(here / "ponds")
    within = here / "ponds/shore=n"
    packed(within, "*.parquet", next(within.glob("*.parquet")))
    (one,) = validate(within)
    assert f"lies in {here}/ponds, a table of Delta, {SAID}" in one.message


def test_a_link_to_plain_files_is_followed(here):
    (here / "old/deep").mkdir(parents=True)
    pl.DataFrame({"depth": [1.0]}).write_parquet(here / "old/deep/a-0.parquet")
    (here / "ponds").symlink_to("old")
    packed(here)
    report = validate(here)
    assert (report.valid, {one.what: one.count for one in report.checked}["rows"]) == (True, 1)


def test_so_it_is_in_a_zip_file(here):
    iceberg(here / "ponds")
    packed(here, "ponds/data/*.parquet")
    with ZipFile(here / "made.zip", "w") as made:
        for file in [here / "datapackage.json", *(here / "ponds").rglob("*.*")]:
            made.write(file, file.relative_to(here))
    (one,) = validate(here / "made.zip")
    assert f"lies in ponds, a table of Iceberg, {SAID}" in one.message


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("Delta", "lake/ponds/shore=n/*.parquet"),
        ("Delta", "lake/ponds/*/*.parquet"),
        ("Delta", "lake/"),
        ("Delta", "lake/ponds/shore=n/"),
        ("Iceberg", "lake/ponds/data/*.parquet"),
        ("Iceberg", "lake/ponds/data/"),
        ("Iceberg", "*/*/*/*.parquet"),
    ],
)
def test_so_it_is_in_a_store(here, store, kind, given):
    MAKERS[kind](here / "ponds")
    store.put_folder(here / "ponds", "lake/ponds/")
    with pytest.raises(PackageError) as raised:
        validate(f"{store.url}{given}", schema=SCHEMA, allow_remote=True)
    said = str(raised.value)
    assert said.startswith(f"{store.url}{given}: ")
    assert f".parquet lies in {store.url}lake/ponds" in said
    assert f"a table of {kind}, whose log alone" in said


@pytest.fixture
def listed_below(monkeypatch):
    """Has stores list a prefix and what is below it, and nothing else."""

    def only(prefix):
        listed = Stores.listed

        def denied(self, folder):
            if not folder.startswith(prefix):
                raise FileError(folder, "the store denies access")
            return listed(self, folder)

        monkeypatch.setattr(Stores, "listed", denied)

    return only


@pytest.mark.parametrize("kind", MAKERS)
def test_where_a_store_does_not_list_what_is_above_the_log_is_looked_for_by_its_names(
    here, store, kind, listed_below
):
    MAKERS[kind](here / "ponds")
    if kind == "Iceberg":
        (here / "ponds/metadata/version-hint.text").write_text("1", "utf-8")
    store.put_folder(here / "ponds", "lake/ponds/")
    data = next((here / "ponds").glob("*/*.parquet")).parent.name
    listed_below(f"{store.url}lake/ponds/{data}/")
    with pytest.raises(PackageError, match=f"lies in {store.url}lake/ponds/, a table of {kind}"):
        validate(f"{store.url}lake/ponds/{data}/", schema=SCHEMA, allow_remote=True)


@pytest.mark.parametrize("may_ask", [True, False])
def test_where_nobody_knows_of_a_log_above_it_is_said(
    here, store, listed_below, monkeypatch, may_ask
):
    pl.DataFrame({"depth": [1.0]}).write_parquet(here / "a.parquet")
    store.put_folder(here, "lake/ponds/")
    listed_below(f"{store.url}lake/ponds/")
    if not may_ask:

        def denied(self, url):
            raise FileError(url, "the store denies access")

        monkeypatch.setattr(Stores, "holds", denied)
    report = validate(f"{store.url}lake/ponds/", schema=SCHEMA, allow_remote=True)
    assert report.valid
    (one,) = report.not_checked
    assert one.what == "a log above the files of ponds"
    assert one.why == (
        f"the store does not list {store.url}lake/, {store.url}; of a table of Delta or Iceberg "
        "there it is not known which files count"
    )


def test_a_package_in_a_store_is_held_to_it(here, store):
    iceberg(here / "ponds")
    packed(here)
    store.put_folder(here, "made/")
    (one,) = validate(f"{store.url}made/", allow_remote=True)
    assert f"lies in ponds, a table of Iceberg, {SAID}" in one.message


def test_a_package_in_a_store_is_held_to_a_log_above_it(here, store, listed_below):
    delta(here / "ponds")
    within = here / "ponds/shore=n"
    packed(within, "*.parquet", next(within.glob("*.parquet")))
    store.put_folder(here, "lake/")
    (one,) = validate(f"{store.url}lake/ponds/shore=n/", allow_remote=True)
    assert f"lies in {store.url}lake/ponds/, a table of Delta, {SAID}" in one.message
    for file in here.glob("ponds/_delta_log/*"):
        store.delete(f"lake/ponds/_delta_log/{file.name}")
    listed_below(f"{store.url}lake/ponds/shore=n/")
    report = validate(f"{store.url}lake/ponds/shore=n/", allow_remote=True)
    (said,) = (each for each in report.not_checked if each.what.startswith("a log above"))
    assert f"the store does not list {store.url}lake/ponds/, {store.url}lake/," in said.why


def test_tables_among_paths():
    paths = [
        "a/_delta_log/0.json",
        "b/metadata/v1.metadata.json",
        "c/metadata/snap-1.avro",
        "metadata/x.avro",
        "_delta_log/1",
    ]
    assert tables_among(paths) == {"a": "Delta", "b": "Iceberg", "c": "Iceberg", "": "Delta"}
