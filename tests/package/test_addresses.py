from pathlib import Path

import pytest

from validate import PackageError
from validate._src.package.addresses import (
    ONLY_FETCHED,
    Address,
    in_store,
    not_fetched,
    path_or_address,
    scheme_of,
)


@pytest.mark.parametrize(
    ("given", "path"),
    [
        ("data/ponds.csv", "data/ponds.csv"),
        ("file:///data/ponds.csv", "/data/ponds.csv"),
        ("file:/data/ponds.csv", "/data/ponds.csv"),
        ("FILE://localhost/data/ponds.csv", "/data/ponds.csv"),
        ("file:///data/my%20ponds%C3%A9.csv", "/data/my pondsé.csv"),
        ("file:///data/what?#1.csv", "/data/what?#1.csv"),
        ("file:///data/100%25.csv", "/data/100%.csv"),
        ("file:ponds.csv", "file:ponds.csv"),
        ("C:\\ponds.csv", "C:\\ponds.csv"),
        ("-", "-"),
    ],
)
def test_paths_and_urls_of_files(given, path):
    """RFC 8089, section 2 and appendix B."""
    assert path_or_address(given) == Path(path)


@pytest.mark.parametrize("url", ["http://ponds.example/a", "HTTPS://x/", "s3://b/k", "ftp://x/y"])
def test_other_urls_are_addresses(url):
    assert path_or_address(url) == Address(url)
    assert str(Address(url)) == url


def test_a_file_of_another_computer_is_refused():
    with pytest.raises(PackageError, match=r"^file://ponds\.example/a\.csv: a file of another"):
        path_or_address("file://ponds.example/a.csv")


@pytest.mark.parametrize("given", ["file:///data%00.csv", "data\0.csv", "https://x/\0"])
def test_a_null_character_is_refused(given):
    with pytest.raises(PackageError, match=r"\\x00.*': no file has a null character in its name"):
        path_or_address(given)


@pytest.mark.parametrize(
    ("location", "scheme"),
    [("a.csv", None), ("c:a.csv", None), ("HTTP://x", "http"), ("http://[x", "http")],
)  # fmt: skip
def test_scheme(location, scheme):
    assert scheme_of(location) == scheme


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("s3://ponds/a/b.csv", ("s3", "ponds", "a/b.csv")),
        ("S3://ponds/a?b#c%20d://e", ("S3", "ponds", "a?b#c%20d://e")),
        ("gs://ponds/a/", ("gs", "ponds", "a/")),
        ("abfs://ponds@account/a", ("abfs", "ponds@account", "a")),
        ("s3://ponds/", ("s3", "ponds", "")),
        ("s3://ponds", ("s3", "ponds", "")),
        ("s3://", ("s3", "", "")),
    ],
)
def test_objects_in_stores(url, parts):
    assert in_store(url) == parts


@pytest.mark.parametrize("path", ["x" * 300, f"{'x' * 300}/*.csv", "x/" * 5_000])
def test_names_that_are_longer_than_may_be_are_refused(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackageError) as refusal:
        path_or_address(path)
    said = f"{str(Path(path))[:30]}…{str(Path(path))[-30:]}: the path, or a name in it, is longer"
    assert str(refusal.value).startswith(said)


@pytest.mark.parametrize("path", ["\udcff.csv", "a/\ud800/b.csv"])
def test_names_of_what_is_no_character_are_refused(path):
    """No report can name such a file, as it is a text of UTF-8."""
    with pytest.raises(PackageError, match="are no characters; rename what has such a name"):
        path_or_address(path)


def test_an_address_of_what_is_no_character_is_refused():
    with pytest.raises(PackageError, match=r"^https://x/\udcff: bytes that are no UTF-8"):
        path_or_address("https://x/\udcff")


def test_addresses_may_be_long():
    url = f"https://example.org/{'x' * 5_000}.json"
    assert path_or_address(url) == Address(url)


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("s3a://ponds/a.csv", f"{ONLY_FETCHED}; write s3://"),
        ("S3N://ponds/a.csv", f"{ONLY_FETCHED}; write s3://"),
        ("gcs://ponds/a.csv", f"{ONLY_FETCHED}; write gs://"),
        ("hdfs://ponds/a.csv", ONLY_FETCHED),
    ],
)
def test_what_others_call_a_store_is_told_by_what_it_is_called_here(url, said):
    assert not_fetched(url) == said
