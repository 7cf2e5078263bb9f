"""Files looked at again: what may have been written since is read, and all else is not."""

import os
import sys

import pytest

from validate import PackageError, run_part
from validate._src.engine import sharing, states
from validate._src.engine.states import RECENT, Seen
from validate._src.package.descriptor import load_package

AN_HOUR = 3_600_000_000_000


@pytest.fixture
def folder(make_package):
    return make_package([{"name": "id"}], "id\n" + "1\n" * 1000)


@pytest.fixture
def read(monkeypatch):
    """The files that are read."""
    found, really = [], states._samples

    def samples(part):
        found.append(part.location)
        return really(part)

    monkeypatch.setattr(states, "_samples", samples)
    return found


@pytest.fixture
def later(monkeypatch):
    """Lets files settle, as those are that were written before."""
    now = states.time_ns
    monkeypatch.setattr(states, "time_ns", lambda: now() + 2 * RECENT)


def changed(file):
    """Writes a file in place, its size as it was."""
    with file.open("r+b") as stream:
        stream.seek(10)
        stream.write(b"2")


def changed_with_its_time(file):
    told = file.stat()
    changed(file)
    os.utime(file, ns=(told.st_atime_ns, told.st_mtime_ns))


def replaced(file):
    """Puts another file in its place, with its times of writing."""
    told, other = file.stat(), file.with_name("other")
    other.write_bytes(file.read_bytes().replace(b"1", b"2", 1))
    os.utime(other, ns=(told.st_atime_ns, told.st_mtime_ns))
    other.replace(file)


@pytest.mark.usefixtures("later")
def test_what_was_not_written_since_is_read_once(folder, read):
    package = load_package(folder)
    seen = Seen.of(package)
    assert seen.again(package) == seen.states
    assert read == ["t.csv"]


def test_what_was_written_a_moment_ago_is_read_again(folder, read):
    """Within it, a file may be written once more and have the same times."""
    package = load_package(folder)
    seen = Seen.of(package)
    assert seen.again(package) == seen.states
    assert read == ["t.csv", "t.csv"]


def test_times_to_come_tell_nothing(folder, read):
    os.utime(folder / "t.csv", ns=(0, states.time_ns() + AN_HOUR))
    package = load_package(folder)
    Seen.of(package).again(package)
    assert read == ["t.csv", "t.csv"]


@pytest.mark.usefixtures("later")
@pytest.mark.parametrize(
    "change",
    [
        changed,
        pytest.param(
            changed_with_its_time,
            marks=pytest.mark.skipif(
                sys.platform == "win32", reason="Windows has no time of change; the merge reads all"
            ),
        ),
        replaced,
    ],
)
def test_what_was_written_since_is_another(folder, change):
    os.utime(folder / "t.csv", ns=(0, 0))  # so that times differ, however coarse those of it are
    package = load_package(folder)
    seen = Seen.of(package)
    change(folder / "t.csv")
    assert seen.again(package) != seen.states


@pytest.mark.usefixtures("later")
def test_what_has_gone_is_another(folder):
    package = load_package(folder)
    seen = Seen.of(package)
    (folder / "t.csv").unlink()
    assert seen.again(package) == (("t.csv", None, ""),)


def test_what_was_touched_alone_is_the_same(folder):
    package = load_package(folder)
    seen = Seen.of(package)
    (folder / "t.csv").touch()
    assert seen.again(package) == seen.states


@pytest.mark.usefixtures("later")
def test_a_change_while_a_part_reads_is_told(folder, monkeypatch, tmp_path):
    really = sharing.Sharing.judge

    def judge(self):
        really(self)
        changed(folder / "t.csv")

    os.utime(folder / "t.csv", ns=(0, 0))
    monkeypatch.setattr(sharing.Sharing, "judge", judge)
    with pytest.raises(PackageError, match=r"t\.csv is not the same: it was changed while"):
        run_part(folder, "1/1", tmp_path / "a.result")
