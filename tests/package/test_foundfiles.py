import os
from pathlib import Path

import pytest

from validate import PackageError
from validate._src.package.foundfiles import files_named, is_pattern_given


@pytest.fixture
def here(tmp_path, monkeypatch):
    for path in ("claims/year=2023/a.csv", "claims/year=2024/a.csv", "part-1.csv", "part-2.csv",
                 "in[1]/year=[1]/a.csv", "in[1]/year=1/a.csv"):  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text("id\n1\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found(given, but=None):
    many = files_named(Path(given), but and Path(but))
    return many.name, many.folder.as_posix(), [part.location for part in many.parts]


@pytest.mark.parametrize(
    ("given", "name", "folder", "paths"),
    [
        ("part-*.csv", "part", ".", ["part-1.csv", "part-2.csv"]),
        ("*.csv", "files", ".", ["part-1.csv", "part-2.csv"]),
        ("claims", "claims", "claims", ["year=2023/a.csv", "year=2024/a.csv"]),
        ("claims/", "claims", "claims", ["year=2023/a.csv", "year=2024/a.csv"]),
        ("claims/*/a.csv", "claims", "claims", ["year=2023/a.csv", "year=2024/a.csv"]),
        ("claims/year=2024/*.csv", "claims", "claims", ["year=2024/a.csv"]),
        ("claims/year=2024", "claims", "claims", ["year=2024/a.csv"]),
        ("./cl*ms/**", "cl", ".", ["claims/year=2023/a.csv", "claims/year=2024/a.csv"]),
        ("in[1]", "in[1]", "in[1]", ["year=1/a.csv", "year=[1]/a.csv"]),
        ("in[1]/year=[1]", "in[1]", "in[1]", ["year=[1]/a.csv"]),
        ("in[1]/year=[1]/*.csv", "in[1]", "in[1]", ["year=[1]/a.csv"]),
    ],
)
def test_files_of_a_folder_or_a_pattern(here, given, name, folder, paths):
    assert found(given) == (name, folder, paths)


def test_an_absolute_path(here):
    assert found(here / "claims" / "*" / "*.csv") == (
        "claims", (here / "claims").as_posix(), ["year=2023/a.csv", "year=2024/a.csv"]
    )  # fmt: skip


def test_what_paths_say_counts_from_the_first_such_folder(here):
    (part,) = files_named(Path("claims/year=2024/*.csv")).parts
    assert part.partition == (("year", "2024"),)


def test_of_a_folder_only_tables_are_taken_and_not_their_schema(here):
    (here / "claims" / "README.md").touch()
    (here / "claims" / "schema.json").touch()
    (here / "claims" / "_SUCCESS").touch()
    many = files_named(Path("claims"), Path("claims/schema.json"))
    assert [part.location for part in many.parts] == ["year=2023/a.csv", "year=2024/a.csv"]
    assert many.left_out == ("README.md", "_SUCCESS")


def refusal(given):
    with pytest.raises(PackageError) as raised:
        found(given)
    return str(raised.value)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("claims/*.csv", "claims/*.csv: no file matches; there is year=2023/, year=2024/"),
        ("claims/year=*/*.parquet", "claims/year=*/*.parquet: no file matches; there is "),
        ("Claims/*.csv", "Claims/*.csv: there is no folder Claims; there is claims"),
        ("absent/*.csv", "absent/*.csv: there is no folder absent"),
        ("absent.csv", "absent.csv: no such file; a table from a pipe is given as -"),
        ("empty", "empty: the folder has no file whose name stands for a format that is read"),
    ],
)
def test_no_file(here, given, said):
    (here / "empty").mkdir()
    assert refusal(given).startswith(said)


def test_files_of_two_formats(here):
    (here / "claims" / "a.json").touch()
    said = "claims: a.json and year=2023/a.csv are files of two formats, which make no table; "
    assert refusal("claims").startswith(said)


def test_a_folder_with_a_descriptor(here):
    (here / "claims" / "datapackage.json").touch()
    assert refusal("claims") == (
        "claims: a package, which has its schemas in datapackage.json; leave out --schema, or "
        "name the files of one table by a pattern, such as 'claims/*.csv'"
    )
    assert found("claims/*/*.csv")[2] == ["year=2023/a.csv", "year=2024/a.csv"]


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_links_that_lead_out(here, tmp_path_factory):
    away = tmp_path_factory.mktemp("away")
    (away / "a.csv").write_text("id\n1\n", "utf-8")
    (here / "claims" / "away").symlink_to(away)
    said = "claims: away: a link that leads out of the folder"
    assert refusal("claims") == said
    (here / "claims" / "away").unlink()
    (here / "claims" / "b.csv").symlink_to(away / "a.csv")
    assert refusal("claims/*.csv").startswith("claims/*.csv: b.csv: a link that leads out")


def test_what_exists_is_itself(here):
    (here / "a[1].csv").touch()
    assert not is_pattern_given(Path("a[1].csv"))
    assert is_pattern_given(Path("a[2].csv"))
    assert not is_pattern_given(Path("part-1.csv"))


@pytest.mark.parametrize("name", ["year=2025", "year=2025.csv"])
def test_a_link_that_leads_nowhere_is_not_passed_over(here, name):
    """It may be a partition on a disk that is not there."""
    (here / "claims" / name).symlink_to(here / "absent")
    with pytest.raises(PackageError, match=rf"claims: {name}: a link to what is not there"):
        files_named(Path("claims"))
