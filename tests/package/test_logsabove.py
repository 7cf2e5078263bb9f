"""Prefixes above objects, in a store that lists only some of them."""

import pytest

from validate import PackageError
from validate._src.package.logsabove import check_above
from validate._src.package.stores import Stored
from validate._src.words.errors import FileError

TOP = "s3://lake/ponds/data/year=1/"
ABOVE = ("s3://lake/ponds/data/", "s3://lake/ponds/", "s3://lake/")


class Store:
    """A store of a few objects, and what asks it."""

    def __init__(self, *urls, listed=ABOVE, told=ABOVE):
        self.urls, self.lists, self.tells, self.stores = urls, listed, told, self

    def listed(self, folder):
        if not folder.startswith(self.lists):
            raise FileError(folder, "denied")
        return [Stored(url, 1) for url in self.urls if url.startswith(folder)]

    def holds(self, url):
        if not url.startswith(self.tells):
            raise FileError(url, "denied")
        return url in self.urls


def test_without_a_log_nothing_is_said():
    assert check_above(TOP, "a.parquet", Store("s3://lake/ponds/notes.txt"), "look") == []


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("_delta_log/00000000000000000007.json", "Delta"),
        ("metadata/v3.metadata.json", "Iceberg"),
    ],
)
@pytest.mark.parametrize("above", ABOVE)
def test_a_log_that_is_listed_is_found(above, path, kind):
    with pytest.raises(
        PackageError, match=rf"a.parquet lies in {above}, a table of {kind}, .*: look"
    ):
        check_above(TOP, "a.parquet", Store(f"{above}{path}"), "look")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("_delta_log/00000000000000000000.json", "Delta"),
        ("_delta_log/_last_checkpoint", "Delta"),
        ("metadata/version-hint.text", "Iceberg"),
    ],
)
def test_a_log_that_is_not_listed_is_found_by_the_names_that_most_have(path, kind):
    store = Store(f"s3://lake/ponds/{path}", listed=ABOVE[:1])
    with pytest.raises(PackageError, match=f"lies in s3://lake/ponds/, a table of {kind}"):
        check_above(TOP, "a.parquet", store, "look")


@pytest.mark.parametrize("told", [ABOVE, ABOVE[:1]])
def test_what_is_neither_listed_nor_found_is_said(told):
    store = Store(
        "s3://lake/ponds/_delta_log/00000000000000000007.json", listed=ABOVE[:1], told=told
    )
    assert check_above(TOP, "a.parquet", store, "look") == ["s3://lake/ponds/", "s3://lake/"]
