"""Files are replaced whole or not at all, with nothing left beside them."""

import os
import sys
from io import TextIOBase
from pathlib import Path
from stat import S_IMODE

import pytest

from validate._src.words.replacing import filling, may_be_replaced, replacing, replacing_text

POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes and links")


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "boats.csv"
    file.write_bytes(b"old")
    return file


def test_bytes_take_the_place_of_a_file_once_they_are_complete(file):
    with replacing(file) as stream:
        stream.write(b"ne")
        assert file.read_bytes() == b"old"
        stream.write(b"w")
    assert file.read_bytes() == b"new"
    assert list(file.parent.iterdir()) == [file]


def test_text_is_utf_8_and_keeps_its_line_ends(file):
    with replacing_text(file) as stream:
        stream.writelines(["é\r\n", "韓\n"])
    assert file.read_bytes() == "é\r\n韓\n".encode()


def test_a_file_may_be_new(tmp_path):
    file = tmp_path / "new.txt"
    with replacing_text(file) as stream:
        stream.write("a")
    (tmp_path / "other.txt").write_text("a")
    assert S_IMODE(file.stat().st_mode) == S_IMODE((tmp_path / "other.txt").stat().st_mode)


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666, 0o755])
def test_a_replaced_file_keeps_its_mode(file, mode):
    file.chmod(mode)
    with replacing(file) as stream:
        stream.write(b"new")
    assert S_IMODE(file.stat().st_mode) == mode


@POSIX
def test_a_link_keeps_leading_to_the_file(file):
    link = file.with_name("link.csv")
    link.symlink_to(file.name)
    with replacing(link) as stream:
        stream.write(b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


def write_half(opened, failure):
    with opened as stream:
        stream.write("half" if isinstance(stream, TextIOBase) else b"half")
        raise failure


@pytest.mark.parametrize("opened", [replacing, replacing_text])
@pytest.mark.parametrize("failure", [ValueError, OSError, KeyboardInterrupt])
def test_nothing_is_left_of_a_failure(file, opened, failure):
    with pytest.raises(failure):
        write_half(opened(file), failure)
    assert file.read_bytes() == b"old"
    assert list(file.parent.iterdir()) == [file]


def test_nothing_is_left_of_text_that_cannot_be_written(file):
    with pytest.raises(UnicodeEncodeError), replacing_text(file) as stream:
        stream.write("\ud800")
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_is_not_replaced(tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    with pytest.raises(OSError), replacing(folder) as stream:  # noqa: PT011 - which, systems differ
        stream.write(b"new")
    assert list(tmp_path.iterdir()) == [folder]


def write_to_a_full_disk(file):
    with replacing(file) as stream:
        full = os.open("/dev/full", os.O_WRONLY)
        os.dup2(full, stream.fileno())
        os.close(full)
        stream.write(b"new")


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full is of Linux")
def test_nothing_is_left_if_the_last_of_it_cannot_be_written(file):
    with pytest.raises(OSError, match="No space left"):
        write_to_a_full_disk(file)
    assert file.read_bytes() == b"old"
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_is_filled_whole_or_not_at_all(tmp_path):
    folder = tmp_path / "folder"
    with filling(folder) as beginning:
        (beginning / "a").write_text("1")
        assert not folder.exists()
    assert [file.name for file in folder.iterdir()] == ["a"]
    with pytest.raises(OSError, match="not empty"), filling(folder) as beginning:
        (beginning / "b").write_text("2")
    with pytest.raises(ZeroDivisionError), filling(tmp_path / "other") as beginning:
        (beginning / "b").write_text(str(1 / 0))
    assert [file.name for file in tmp_path.iterdir()] == ["folder"]
    assert [file.name for file in folder.iterdir()] == ["a"]


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of Unix")
def test_nothing_takes_the_place_of_a_pipe_or_a_device(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for file in (pipe, tmp_path):
        with pytest.raises(OSError, match="not a regular file"), replacing(file):
            pass
    assert pipe.is_fifo()
    assert not may_be_replaced(Path("/dev/null"))
    assert may_be_replaced(tmp_path / "absent")


@pytest.mark.skipif(os.name == "nt", reason="pipes and links of Unix")
def test_a_link_in_a_circle_is_an_oserror(tmp_path):
    """Some versions of Python raise another error where it is followed."""
    circle = tmp_path / "circle"
    circle.symlink_to("circle")
    with pytest.raises(OSError, match="Too many levels"), replacing(circle) as stream:
        stream.write(b"x")
    assert [file.name for file in tmp_path.iterdir()] == ["circle"]
