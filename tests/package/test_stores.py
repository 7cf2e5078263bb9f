"""Packages in an object store, and paths that lead there, on a server that speaks S3."""

import io
import json
from zipfile import ZipFile

import pytest
from support.command import run
from support.web import FIELDS, TABLE, descriptor, found

from validate import PackageError, load, validate
from validate._src.package.addresses import NOT_FETCHED
from validate._src.package.stores import without_secrets

pytestmark = pytest.mark.served


@pytest.mark.parametrize("given", ["p/datapackage.json", "p/"])
def test_a_package_is_judged_where_it_is(store, given):
    store.put("p/datapackage.json", descriptor("data/a.csv", schema="schema.json"))
    store.put("p/schema.json", json.dumps({"fields": FIELDS}).encode())
    url = store.put("p/data/a.csv", TABLE)
    report = validate(f"{store.url}{given}", allow_remote=True)
    assert found(report) == [(url, 3, "type-error")]
    assert (report.package, report.location) == ("p", f"{store.url}p/datapackage.json")


def test_a_package_at_the_top_of_a_bucket_goes_by_its_name(store):
    store.put("datapackage.json", descriptor("a.csv"))
    store.put("a.csv", b"pond_id\n1\n")
    for given in (store.url, store.url.rstrip("/")):
        report = validate(given, allow_remote=True)
        assert (report.valid, report.package) == (True, "ponds")


def test_a_package_in_a_zip_file_is_judged(store):
    content = io.BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("datapackage.json", descriptor("a.csv"))
        archive.writestr("a.csv", TABLE)
    url = store.put("p.zip", content.getvalue())
    assert found(validate(url, allow_remote=True)) == [(f"{url}/a.csv", 3, "type-error")]


def test_a_path_may_lead_to_a_store(store, tmp_path):
    url = store.put("far/two ponds.csv", TABLE)
    (tmp_path / "datapackage.json").write_bytes(descriptor(url))
    report = validate(tmp_path, allow_remote=True)
    assert found(report) == [(url, 3, "type-error")]


def test_nothing_is_fetched_unless_that_is_allowed(store, tmp_path):
    url = store.put("far/a.csv", TABLE)
    (tmp_path / "datapackage.json").write_bytes(descriptor(url, "near.csv"))
    (tmp_path / "near.csv").write_bytes(b"pond_id\n1\n")
    (one,) = validate(tmp_path)
    assert (one.resource, one.code, one.message) == ("t0", "source-error", NOT_FETCHED)
    result = run("run", f"{store.url}p/datapackage.json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"validate: {store.url}p/datapackage.json: {NOT_FETCHED}\n"


def test_a_file_that_is_not_there_is_a_finding_beside_what_is(store):
    store.put("p/datapackage.json", descriptor("gone.csv", "a.csv"))
    url = store.put("p/a.csv", TABLE)
    gone, there = validate(f"{store.url}p/", allow_remote=True)
    assert (gone.resource, gone.code) == ("t0", "source-error")
    assert gone.message == "cannot be fetched: there is no such object or bucket"
    assert there.path == "a.csv"
    assert url.endswith("p/a.csv")


@pytest.mark.parametrize("path", ["far.csv", "far"])
def test_a_prefix_is_no_object_that_is_empty(store, tmp_path, path):
    """Spark writes folders that are called like files; s3fs opens them as if they were empty."""
    store.put(f"{path}/part-0.csv", TABLE)
    (tmp_path / "datapackage.json").write_bytes(descriptor(f"{store.url}{path}"))
    report = validate(tmp_path, allow_remote=True)
    (one,) = report
    assert (one.code, report.valid) == ("source-error", False)
    assert "no such object; there are objects below it" in one.message


def test_a_path_does_not_lead_out_of_the_package(store):
    store.put("p/datapackage.json", descriptor("../secret.csv", "a.csv"))
    store.put("p/a.csv", b"pond_id\n1\n")
    store.put("secret.csv", TABLE)
    (one,) = validate(f"{store.url}p/", allow_remote=True)
    assert (one.resource, one.code) == ("t0", "descriptor-error")


def test_tables_are_loaded(store):
    store.put("p/datapackage.json", descriptor("a.csv"))
    store.put("p/a.csv", b"pond_id\n1\n2\n")
    assert load(f"{store.url}p/", allow_remote=True)["t0"]["pond_id"].to_list() == [1, 2]


@pytest.mark.parametrize("given", ["none/datapackage.json", "none/"])
def test_a_descriptor_that_is_not_there_is_one_line(store, given):
    with pytest.raises(PackageError) as caught:
        validate(f"{store.url}{given}", allow_remote=True)
    said = "none/datapackage.json: cannot be fetched: there is no such object or bucket"
    assert str(caught.value) == f"{store.url}{said}"


def test_reasons_have_no_secrets(monkeypatch):
    monkeypatch.setenv("STORE_SECRET_KEY", "0123456789")
    monkeypatch.setenv("STORE_TOKEN", "ab")
    said = without_secrets("about http://keeper:word@host/ and 0123456789 and ab")
    assert said == "about http://host/ and … and ab"
