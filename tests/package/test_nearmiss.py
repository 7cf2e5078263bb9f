"""A file that a path nearly names is used where it is the same name, and named where it is not."""

import pytest

from validate._src.package.folder import Folder
from validate._src.words.errors import FileError

COMPOSED, DECOMPOSED = "é.csv", "e\u0301.csv"


@pytest.fixture
def folder(tmp_path):
    def make(*names):
        for name in names:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).touch()
        return Folder(tmp_path)

    return make


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (DECOMPOSED, COMPOSED),
        (COMPOSED, DECOMPOSED),
        ("a b.csv", "a%20b.csv"),
        (DECOMPOSED, "%C3%A9.csv"),
        ("é/a b/t.csv", "e\u0301/a%20b/t.csv"),
        ("100%.csv", "100%25.csv"),
    ],
)
def test_a_name_that_is_only_encoded_otherwise_is_used(folder, name, path):
    made = folder(name)
    assert made.file(path, "place") == made.path / name


@pytest.mark.parametrize("names", [("a%20b.csv", "a b.csv"), (COMPOSED, DECOMPOSED)])
def test_the_very_name_comes_first(folder, names):
    made = folder(*names)
    for name in names:
        assert made.file(name, "place") == made.path / name


@pytest.mark.parametrize(
    ("names", "path", "said"),
    [
        (["T.csv"], "t.csv", "no such file; there is T.csv"),
        (["t.CSV"], "./t.csv", "no such file; there is t.CSV"),
        (["Data/T.csv"], "data/t.csv", "no such file; there is Data/T.csv"),
        (["data/t.csv"], "data\\t.csv", "no such file; there is data/t.csv"),
        (["t.csv"], " t.csv ", "no such file; there is t.csv"),
        (["t １.csv"], "t 1.csv", "no such file; there is t １.csv"),
        (["T.csv", "t.CSV"], "t.csv", "no such file"),
        (["u.csv"], "t.csv", "no such file"),
        ([], "a/b/t.csv", "no such file"),
    ],
)
def test_a_near_miss_is_named(folder, names, path, said):
    with pytest.raises(FileError) as raised:
        folder(*names).file(path, "place")
    assert raised.value.reason == said


@pytest.mark.parametrize("path", ["%2e%2e/secret.csv", "data/%2e%2e/%2e%2e/secret.csv"])
def test_an_encoded_path_does_not_lead_out(folder, path):
    made = folder("p/data/t.csv", "secret.csv")
    with pytest.raises(FileError, match="no such file"):
        Folder(made.path / "p").file(path, "place")
