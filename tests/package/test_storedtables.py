"""Tables in an object store that a run is given by their URL, on a server that speaks S3."""

import io
import json
import random

import polars as pl
import pytest
from support.command import process, run
from support.ponds import FIELDS, SCHEMA
from support.store import KEYS, as_environment

from validate import PackageError, validate
from validate._src.package import remote, stores
from validate._src.package.addresses import NOT_FETCHED
from validate._src.package.stores import Stores

pytestmark = [pytest.mark.served, pytest.mark.usefixtures("scratch")]
MANY = 1000


def parquet(**columns):
    content = io.BytesIO()
    pl.DataFrame(columns).write_parquet(content)
    return content.getvalue()


def judged(url, schema=SCHEMA, **options):
    return validate(url, schema=schema, allow_remote=True, **options)


def refusal(url):
    with pytest.raises(PackageError) as caught:
        judged(url)
    return str(caught.value)


def found(report):
    return [(each.path, each.row, each.field, each.code) for each in report.findings]


def test_every_fault_in_a_thousand_files_is_found_and_named_by_its_object(store):
    """Each file has three rows; the numbers of rows run on from file to file."""
    chance = random.Random(7)
    faulty = {at: chance.randrange(3) for at in chance.sample(range(MANY), 40)}
    expected = set()
    for at in range(MANY):
        ids, depths = [3 * at, 3 * at + 1, 3 * at + 2], [1.5, 0.0, 2.5]
        url = f"{store.url}many/part-{at:04}.parquet"
        if at in faulty:
            row = faulty[at]
            place = (url, 2 + 3 * at + row)
            if at % 2:
                ids[row] = None
                expected.add((*place, "pond_id", "constraint-error"))
            else:
                depths[row] = -1.0
                expected.add((*place, "depth", "constraint-error"))
        store.put(f"many/part-{at:04}.parquet", parquet(pond_id=ids, depth=depths))
    report = judged(f"{store.url}many/*.parquet")
    assert len(expected) == len(faulty)
    assert {one for one in found(report) if one[3] == "constraint-error"} == expected
    assert {each.path for each in report.findings} == {place for place, *_ in expected}
    assert next(one.count for one in report.checked if one.what == "files") == MANY


def test_objects_of_a_package_are_kept_once(store, tmp_path):
    resource = {"name": "ponds", "path": "a.csv", "files": {"pattern": "*.csv"}, "schema": SCHEMA}
    store.put("made/datapackage.json", json.dumps({"name": "made", "resources": [resource]}))
    for number, name in enumerate("abc"):
        store.put(f"made/{name}.csv", f"pond_id,depth\n{number},1\n")
    kept = set()

    def look(progress):
        kept.update(file.stat().st_ino for file in tmp_path.rglob("*") if file.is_file())

    report = validate(f"{store.url}made/", allow_remote=True, progress=look)
    assert next(one.count for one in report.checked if one.what == "files") == 3
    assert len(kept) == 4


def test_a_key_that_stands_in_two_objects_is_found(store):
    store.put("t/a.csv", b"pond_id,depth\n1,1\n2,1\n")
    store.put("t/b.csv", b"pond_id,depth\n2,1\n3,1\n")
    (one,) = judged(f"{store.url}t/")
    assert (one.path, one.code, one.key) == (f"{store.url}t/b.csv", "primary-key", ("2",))


@pytest.mark.parametrize(
    "given", ["t/a.csv", "t/*.csv", "t/", "t", "*/a.csv", "**/*.csv", "t/[a].csv"]
)
def test_an_object_a_pattern_and_a_prefix_lead_to_the_same(store, given):
    url = store.put("t/a.csv", b"pond_id,depth\n1,deep\n")
    assert found(judged(f"{store.url}{given}")) == [(url, 2, "depth", "type-error")]


def test_an_object_whose_key_looks_like_a_pattern_is_itself(store):
    url = store.put("t/a[1].csv", b"pond_id,depth\n1,deep\n")
    store.put("t/a1.csv", b"pond_id,depth\n1,shallow\n")
    assert found(judged(url)) == [(url, 2, "depth", "type-error")]


def test_keys_are_no_urls(store):
    url = store.put("t/two ponds #1%20?.csv", b"pond_id,depth\n1,deep\n")
    assert found(judged(f"{store.url}t/")) == [(url, 2, "depth", "type-error")]


def test_what_paths_say_of_rows_is_judged(store):
    url = store.put("t/year=late/a.csv", b"pond_id,depth\n1,1\n")
    store.put("t/year=2024/a.csv", b"pond_id,depth\n2,1\n")
    fields = [*FIELDS, {"name": "year", "type": "integer"}]
    report = judged(f"{store.url}t/", {"fields": fields})
    assert [(each.path, each.field, each.code) for each in report.findings] == [
        (url, "year", "type-error")
    ]


def test_what_is_left_out_is_said(store):
    store.put("t/a.csv", b"pond_id,depth\n1,1\n")
    for name in ("_SUCCESS", "_old/b.csv", "notes.md"):
        store.put(f"t/{name}", b"pond_id,depth\n1,deep\n")
    report = judged(f"{store.url}t/")
    assert report.valid
    (left,) = (part for part in report.not_checked if "among the files" in part.what)
    assert left.what.startswith("_SUCCESS, _old/, notes.md")
    report = judged(f"{store.url}t/**/*.csv")
    (left,) = (part for part in report.not_checked if "among the files" in part.what)
    assert left.what.startswith("_old/ among")


def test_the_command_names_the_objects(store, tmp_path):
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(SCHEMA), "utf-8")
    store.put("t/a.csv", b"pond_id,depth\n1,deep\n")
    result = run("run", f"{store.url}t/*.csv", "--schema", schema, "--allow-remote")
    assert result.exit_code == 1
    assert f"{store.url}t/a.csv" in result.stdout


def test_a_process_says_nothing_beside_its_report(store, tmp_path):
    schema = tmp_path / "schema.json"
    schema.write_text(json.dumps(SCHEMA), "utf-8")
    store.put("t/a.csv", b"pond_id,depth\n1,deep\n")
    url = f"{store.url}t/"
    result = process("run", url, "--schema", schema, "--allow-remote", "--format", "jsonl")
    assert (result.returncode, result.stderr) == (1, b"")
    assert json.loads(result.stdout.splitlines()[0])["path"] == f"{url}a.csv"


def test_nothing_is_fetched_unless_that_is_allowed(store, monkeypatch):
    monkeypatch.setattr(Stores, "_system", lambda *_: pytest.fail("a store is asked"))
    with pytest.raises(PackageError) as caught:
        validate(f"{store.url}t/*.csv", schema=SCHEMA)
    assert str(caught.value) == f"{store.url}t/*.csv: {NOT_FETCHED}"


def test_an_object_that_goes_between_listing_and_reading_is_a_finding(store, monkeypatch):
    for name in "abc":
        store.put(f"t/{name}.csv", f"pond_id,depth\n{ord(name)},1\n".encode())
    whole = Stores.listed

    def listed(self, folder):
        objects = whole(self, folder)
        store.delete("t/b.csv")
        return objects

    monkeypatch.setattr(Stores, "listed", listed)
    report = judged(f"{store.url}t/*.csv")
    (one,) = report.findings
    assert (one.path, one.code) == (f"{store.url}t/b.csv", "source-error")
    assert one.message == "cannot be fetched: there is no such object or bucket"


def test_an_object_that_changes_between_listing_and_reading_is_no_other_one(store, monkeypatch):
    store.put("t/a.csv", b"pond_id,depth\n1,1\n")
    whole = Stores.listed

    def listed(self, folder):
        objects = whole(self, folder)
        store.put("t/a.csv", b"pond_id,depth\n1,1\n2,1\n3,deep\n")
        return objects

    monkeypatch.setattr(Stores, "listed", listed)
    assert not judged(f"{store.url}t/*.csv").valid


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("none/*.csv", "no file matches"),
        ("none/", "no file matches"),
        ("t/*.parquet", "no file matches; there is s3://ponds/t/a.csv"),
        ("none.csv", "no file matches"),
    ],
)
def test_where_nothing_is_there_one_line_says_so(store, given, said):
    store.put("t/a.csv", b"pond_id,depth\n1,1\n")
    assert refusal(f"{store.url}{given}") == f"{store.url}{given}: {said}"


def test_a_bucket_that_there_is_not_is_one_line(store):
    for given in ("s3://no-such-bucket-here/t/", "s3://no-such-bucket-here/t.csv"):
        where, said = refusal(given).split(": ", 1)
        assert where.rstrip("/") == given.rstrip("/")
        assert said == "cannot be fetched: there is no such object or bucket"


@pytest.mark.parametrize("name", ["datapackage.json", "datapackage.yaml", "deep/datapackage.json"])
@pytest.mark.parametrize("given", ["t/", "t/**"])
def test_a_prefix_with_a_descriptor_is_a_package(store, name, given):
    store.put(f"t/{name}", b"{}")
    store.put("t/a.csv", b"pond_id,depth\n1,1\n")
    with pytest.raises(PackageError, match=f"{name} is the descriptor of a package"):
        judged(f"{store.url}{given}")


def test_files_of_two_formats_make_no_table(store):
    store.put("t/a.csv", b"pond_id,depth\n1,1\n")
    store.put("t/b.parquet", parquet(pond_id=[1], depth=[1.0]))
    with pytest.raises(PackageError, match=r"a\.csv and s3://ponds/t/b\.parquet are files of two"):
        judged(f"{store.url}t/")


def test_without_credentials_one_line_says_so(store, monkeypatch, tmp_path):
    as_environment(monkeypatch, store.address, tmp_path)
    assert "no credentials are found in the environment" in refusal(f"{store.url}t/*.csv")


def test_who_is_denied_is_told_without_the_credentials(store, monkeypatch, tmp_path):
    store.put("t/a.csv", b"pond_id,depth\n1,1\n")
    store.let_in(0)
    try:
        said = refusal(f"{store.url}t/*.csv")
    finally:
        store.let_in("inf")
    assert "the store denies access" in said
    assert not any(secret in said for secret in KEYS.values())


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9", "http://keeper:hidden-word@127.0.0.1:9", "nowhere"]
)
def test_a_store_that_does_not_answer_is_one_line(store, monkeypatch, tmp_path, address):
    keys = {**KEYS, "AWS_MAX_ATTEMPTS": "1"}
    as_environment(monkeypatch, address, tmp_path, **keys)
    said = refusal(f"{store.url}t/*.csv")
    assert said.startswith(f"{store.url}t/*.csv: cannot be fetched: ")
    assert "\n" not in said
    assert not any(secret in said for secret in (*KEYS.values(), "hidden-word"))


@pytest.mark.parametrize("given", ["s3://id:word@ponds/t/*.csv", "s3:///t/*.csv", "s3://"])
def test_an_address_with_credentials_or_without_a_bucket_is_refused_unseen(given):
    said = refusal(given)
    assert said.startswith("path: s3://: an address has the name of a bucket and no")
    assert "word" not in said


def test_without_its_library_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(stores, "find_spec", lambda name: None)
    for scheme, library in [("s3", "s3fs"), ("gs", "gcsfs"), ("az", "adlfs"), ("abfs", "adlfs")]:
        said = f"{scheme}://ponds/a.csv: not fetched; {scheme}:// needs {library}: pip install"
        assert refusal(f"{scheme}://ponds/a.csv").startswith(said)


@pytest.mark.parametrize(
    ("limit", "value", "reason"),
    [("LARGEST", 10, "more than 10 bytes"), ("LONGEST", -1.0, "not there after -1 seconds")],
)
def test_size_and_time_of_an_object_are_limited(store, monkeypatch, limit, value, reason):
    store.put("t/a.csv", b"pond_id,depth\n1,1\n")
    monkeypatch.setattr(stores, limit, value)
    (one,) = judged(f"{store.url}t/*.csv")
    assert (one.code, one.message) == ("source-error", f"cannot be fetched: {reason}")


def test_where_there_is_no_room_nothing_is_fetched(store, monkeypatch):
    store.put("t/a.csv", b"pond_id,depth\n1,1\n")
    usage = remote.shutil.disk_usage("/")._replace(free=5)
    monkeypatch.setattr(remote.shutil, "disk_usage", lambda path: usage)
    with pytest.raises(PackageError, match="has room for 5; TMPDIR names another folder"):
        judged(f"{store.url}t/*.csv")


def test_a_table_without_a_schema_is_told_what_it_needs(store):
    store.put("t/a.csv", b"pond_id,depth\n1,1\n")
    with pytest.raises(
        PackageError, match="a table, not a descriptor; say what is in it with --sc"
    ):
        validate(f"{store.url}t/a.csv", allow_remote=True)
