import os
import sys

import pytest

from validate import PackageError, validate
from validate._src.package.patterns import (
    Pattern,
    is_pattern,
    matches,
    matches_among,
)
from validate._src.words.errors import FileError

FILES = [
    "a.csv", "A.CSV", "b.csv", "b.json", "B[1].csv", "deep/a.csv", "deep/deeper/a.csv",
    "year=2023/a.csv", "year=2024/a.csv", "year=2024/b.csv", "_SUCCESS", "_old/a.csv", ".hidden",
    "year=2024/_temporary/a.csv", "year=2024/.a.csv.crc", "year=2024/_a.csv",
]  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    for path in FILES:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if not file.exists():  # as A.CSV does where names have no case
            file.write_text("x\n1\n", "utf-8")
    return tmp_path


def has_case(folder):
    return len({entry.name.lower() for entry in folder.iterdir()}) < len([*folder.iterdir()])


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("a.csv", ["a.csv"]),
        ("?.csv", ["a.csv", "b.csv"]),
        ("*.csv", ["B[1].csv", "a.csv", "b.csv"]),
        ("[!a]*.csv", ["B[1].csv", "b.csv"]),
        ("[ab].csv", ["a.csv", "b.csv"]),
        ("B[[]1].csv", ["B[1].csv"]),
        ("B[1].csv", []),
        ("*/a.csv", ["deep/a.csv", "year=2023/a.csv", "year=2024/a.csv"]),
        ("**/b.csv", ["b.csv", "year=2024/b.csv"]),
        ("deep/**/a.csv", ["deep/a.csv", "deep/deeper/a.csv"]),
        ("deep/**", ["deep/a.csv", "deep/deeper/a.csv"]),
        ("**/**/deeper/*", ["deep/deeper/a.csv"]),
        ("year=*/*.csv", ["year=2023/a.csv", "year=2024/a.csv", "year=2024/b.csv"]),
        ("./year=2023//a.csv", ["year=2023/a.csv"]),
        ("_old/*", ["_old/a.csv"]),
        ("_*/*", ["_old/a.csv"]),
        ("year=2024/_*", ["year=2024/_a.csv"]),
        ("deep", []),
        ("", []),
    ],
)
def test_files_that_fit(folder, pattern, found):
    there = matches(folder, pattern).paths
    assert [path for path in there if path != "A.CSV"] == found
    assert [*matches_among(FILES, pattern).paths] == [*there] or not has_case(folder)
    assert all(Pattern(pattern).fits(path) for path in found)


def test_upper_and_lower_case_are_two(folder):
    assert "A.CSV" not in matches(folder, "*.csv").paths
    assert not Pattern("a.csv").fits("A.csv")
    assert not Pattern("[a-c].csv").fits("B.csv")


def test_files_are_in_the_order_of_code_points(tmp_path):
    names = ["part-10.csv", "part-2.csv", "é.csv", "Z.csv", "a/x.csv", "a-b/x.csv"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [*matches(tmp_path, "**").paths] == sorted(names)


def test_letters_that_are_composed_in_another_way_are_the_same(tmp_path):
    (tmp_path / "Su\u0308d.csv").touch()
    assert len(matches(tmp_path, "S\u00fcd*").paths) == 1


@pytest.mark.parametrize(
    ("pattern", "left_out"),
    [
        ("*", [".hidden", "_SUCCESS"]),
        ("*.csv", []),
        ("**", [".hidden", "_SUCCESS", "_old/", "year=2024/.a.csv.crc", "year=2024/_a.csv",
                "year=2024/_temporary/"]),
        ("*/*.csv", ["_old/", "year=2024/_a.csv"]),
        ("_*", []),
        ("year=2024/*", ["year=2024/.a.csv.crc", "year=2024/_a.csv"]),
    ],
)  # fmt: skip
def test_names_that_are_set_aside_are_told(folder, pattern, left_out):
    assert [*matches(folder, pattern).left_out] == left_out
    assert [*matches_among(FILES, pattern).left_out] == left_out


def test_where_nothing_fits_it_says_what_is_there(folder):
    assert matches(folder, "year=2023/*.parquet").there == ("year=2023/a.csv",)
    assert matches(folder, "year=2025/*.csv").there == ("A.CSV", "B[1].csv", "a.csv", "b.csv",
                                                        "b.json")  # fmt: skip
    assert matches_among(FILES, "x").there == tuple(sorted(FILES)[:5])


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_links(tmp_path):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for place in (inside / "data", outside):
        place.mkdir(parents=True)
        (place / "a.csv").touch()
    (inside / "again").symlink_to(inside / "data")
    (inside / "data" / "up").symlink_to(inside)
    (inside / "away").symlink_to(outside)
    (inside / "lost").symlink_to(tmp_path / "nowhere")
    (inside / "circle").symlink_to("circle")
    found = matches(inside, "**/*")
    assert found.paths == ("again/a.csv", "circle", "data/a.csv", "lost")
    assert found.leading_out == ("away",)


@pytest.mark.skipif(os.name == "nt", reason="symbolic links need a privilege on Windows")
def test_a_link_in_a_circle_is_told_where_it_is_read(tmp_path):
    (tmp_path / "a.csv").write_text("id\n1\n")
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "circle.csv").symlink_to("circle.csv")
    schema = {"fields": [{"name": "id", "type": "integer"}]}
    with pytest.raises(PackageError, match=r"circle\.csv: a link to what is not there$"):
        validate(tmp_path / "*.csv", schema=schema)


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such names")
def test_a_name_that_is_no_text_is_told(tmp_path):
    (tmp_path / os.fsdecode(b"a\xff.csv")).touch()
    with pytest.raises(FileError, match="holds what is no character; rename it"):
        matches(tmp_path, "*.csv")


def test_a_folder_that_cannot_be_listed_is_told(tmp_path):
    with pytest.raises(FileError, match="absent: cannot be listed: No such file"):
        matches(tmp_path / "absent", "*")


@pytest.mark.parametrize("text", ["*.csv", "a?", "[ab]"])
def test_a_pattern_is_told_by_its_characters(text):
    assert is_pattern(text)
    assert not is_pattern(text.translate(str.maketrans("", "", "*?[")))


def test_thousands_of_folders_below_each_other_are_no_trouble():
    path = "/".join(["a"] * 3000)
    assert Pattern("**/a").fits(path)
    assert not Pattern("**/b/**/a").fits(path)
