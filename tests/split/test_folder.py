"""The folder of parted tables: nothing is replaced, and no half of a file is called valid."""

import errno
import os

import pytest
from support.made import one_table

from validate import PackageError, validate
from validate._src.reading import written
from validate._src.split import again
from validate._src.split.folder import Files, check_folder
from validate._src.split.split import split


@pytest.fixture
def report(tmp_path):
    folder, file = one_table(tmp_path, "t.csv", [{"name": "id", "type": "integer"}])
    file.write_bytes(b"id\n1\nx\n")
    return validate(folder)


def test_a_folder_that_is_absent_is_made(report, tmp_path):
    [*split(report, tmp_path / "out")]
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert names == ["t.invalid.csv", "t.reasons.csv", "t.valid.csv"]


def test_a_folder_that_is_empty_is_used(report, tmp_path):
    (tmp_path / "out").mkdir()
    [*split(report, tmp_path / "out")]
    assert len([*(tmp_path / "out").iterdir()]) == 3


def test_nothing_is_replaced(report, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "t.valid.csv").write_bytes(b"mine")
    with pytest.raises(PackageError, match="the folder is not empty"):
        [*split(report, tmp_path / "out")]
    assert [file.read_bytes() for file in (tmp_path / "out").iterdir()] == [b"mine"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("t.csv", "a file; name a folder"),
        ("absent/out", "there is no folder"),
        ("a\0b", "not a usable path"),
    ],
)
def test_what_is_no_folder_is_refused(report, tmp_path, name, said):
    with pytest.raises(PackageError, match=said):
        check_folder(tmp_path / name)


@pytest.mark.parametrize("is_there", [True, False])
def test_a_run_that_breaks_off_leaves_nothing(report, tmp_path, monkeypatch, is_there):
    folder = tmp_path / "out"
    if is_there:
        folder.mkdir()

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(again, "check", full)
    with pytest.raises(PackageError, match=r"cannot be written: No space left"):
        [*split(report, folder)]
    assert folder.exists() is is_there
    assert not is_there or [*folder.iterdir()] == []


def test_an_interruption_leaves_nothing(report, tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(written, "_digest", interrupted)
    with pytest.raises(KeyboardInterrupt):
        [*split(report, tmp_path / "out")]
    assert not (tmp_path / "out").exists()


def test_files_have_names_that_file_systems_allow(report, tmp_path):
    (resource,) = report.source.resources.values()
    files = Files(tmp_path)

    def stem(name):
        return files.stem(type(resource)(**{**vars_of(resource), "name": name}))

    assert [*map(stem, ["../t", "T", "t", ".hidden", "", "a/b:c", "水"])] == [
        "_t", "T", "t-2", "hidden", "table", "a_b_c", "水",
    ]  # fmt: skip
    assert len(stem("x" * 500).encode()) < 200


def vars_of(resource):
    return {name: getattr(resource, name) for name in type(resource).__dataclass_fields__}
