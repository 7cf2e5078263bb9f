"""Packages and tables in stores of Google and Azure, each read by its own library.

Google's is one of our own that answers as its interface is described; Azure's is Azurite, where
that is installed.
"""

import json
import shutil

import pytest
from support.azurestore import AZURITE, served_azure_store
from support.googlestore import served_google_store
from support.web import FIELDS, TABLE, descriptor, found

from validate import PackageError, validate
from validate._src.package import stores

pytestmark = pytest.mark.served

BLOCK = 8
"""Bytes that are asked for at once, so that an object takes several requests."""


@pytest.fixture(scope="module")
def google():
    pytest.importorskip("gcsfs", reason="gcsfs is not installed")
    with served_google_store() as store:
        yield store


@pytest.fixture(scope="module")
def azure(tmp_path_factory):
    pytest.importorskip("adlfs", reason="adlfs is not installed")
    if shutil.which(AZURITE) is None:
        pytest.skip(f"{AZURITE} is not installed: no store of Azure to read from")
    with served_azure_store(tmp_path_factory.mktemp("azure")) as store:
        yield store


@pytest.fixture(params=["google", "azure"])
def store(request, monkeypatch):
    """A store, whose address and credentials stand in the environment."""
    # Else gcsfs looks, by another protocol, whether a bucket is of a newer kind.
    monkeypatch.setenv("GCSFS_EXPERIMENTAL_ZB_HNS_SUPPORT", "false")
    store = request.getfixturevalue(request.param)
    if request.param == "google":
        from fsspec.config import conf

        monkeypatch.setenv("STORAGE_EMULATOR_HOST", store.address)
        monkeypatch.setitem(conf, "gs", {"token": "anon"})  # as FSSPEC_GS_TOKEN does
    else:
        monkeypatch.setenv("AZURE_STORAGE_CONNECTION_STRING", store.connection)
    return store


def test_a_package_is_judged_where_it_is(store):
    store.put("p/datapackage.json", descriptor("data/a.csv", schema="schema.json"))
    store.put("p/schema.json", json.dumps({"fields": FIELDS}).encode())
    url = store.put("p/data/a.csv", TABLE)
    for given in ("p/", "p/datapackage.json"):
        report = validate(f"{store.url}{given}", allow_remote=True)
        assert found(report) == [(url, 3, "type-error")]


@pytest.mark.parametrize("block", [BLOCK, len(TABLE), stores.BLOCK])
def test_an_object_is_read_to_its_end_and_no_further(store, monkeypatch, block):
    """What is asked for behind the end, gcsfs answers with nothing at all."""
    monkeypatch.setattr(stores, "BLOCK", block)
    url = store.put("one/a.csv", TABLE)
    report = validate(url, schema={"fields": FIELDS}, allow_remote=True)
    assert found(report) == [(url, 3, "type-error")]


def test_an_object_without_a_byte_is_brought(store, tmp_path):
    url = store.put("empty/a.csv", b"")
    stores.Stores().bring(url, tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_bytes() == b""


def test_all_tables_below_a_prefix_are_judged(store):
    urls = [store.put(f"many/year={year}/two ponds.csv", TABLE) for year in (2024, 2025)]
    store.put("many-more/a.csv", TABLE)
    fields = [*FIELDS, {"name": "year", "type": "integer"}]
    report = validate(f"{store.url}many/", schema={"fields": fields}, allow_remote=True)
    assert [path for path, _, code in found(report) if code == "type-error"] == urls
    report = validate(f"{store.url}many/*=2025/*.csv", schema={"fields": fields}, allow_remote=True)
    assert [path for path, _, code in found(report) if code == "type-error"] == urls[1:]


@pytest.mark.parametrize("size", [1, 3])
def test_an_object_that_is_another_one_meanwhile_is_not_judged(store, monkeypatch, size):
    from fsspec.spec import AbstractBufferedFile

    url = store.put("changed/a.csv", TABLE)
    read = AbstractBufferedFile.read

    def read_and_changed(file, length=-1):
        block = read(file, length)
        store.put("changed/a.csv", TABLE * size)
        return block

    monkeypatch.setattr(AbstractBufferedFile, "read", read_and_changed)
    report = validate(url, schema={"fields": FIELDS}, allow_remote=True)
    assert [(one.path, one.code) for one in report] == [(url, "source-error")]
    assert "changed while it was read" in next(iter(report)).message


@pytest.mark.parametrize("given", ["none/datapackage.json", "none/"])
def test_what_is_not_there_is_one_line(store, given):
    with pytest.raises(PackageError) as caught:
        validate(f"{store.url}{given}", allow_remote=True)
    said = "none/datapackage.json: cannot be fetched: there is no such object or bucket"
    assert str(caught.value) == f"{store.url}{said}"
