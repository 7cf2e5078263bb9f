"""Files looked at again: what may have been written since is read, and all else is not."""

import os
import sys

import pytest

from validate import PackageError, run_part
from validate._src.engine import sharing, states
from validate._src.engine.states import RECENT, Seen, parts_of
from validate._src.package.descriptor import load_package

AN_HOUR = 3_600_000_000_000


@pytest.fixture
def folder(make_package):
    return make_package([{"name": "id"}], "id\n" + "1\n" * 1000)


@pytest.fixture
def read(monkeypatch):
    """The files that are read."""
    found, really = [], states._samples

    def samples(part, size):
        found.append(part.location)
        return really(part, size)

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
    seen = Seen(package)
    assert seen.again() == seen.states
    assert read == ["t.csv"]


def test_what_was_written_a_moment_ago_is_read_again(folder, read):
    """Within it, a file may be written once more and have the same times."""
    package = load_package(folder)
    seen = Seen(package)
    assert seen.again() == seen.states
    assert read == ["t.csv", "t.csv"]


def test_times_to_come_tell_nothing(folder, read):
    os.utime(folder / "t.csv", ns=(0, states.time_ns() + AN_HOUR))
    package = load_package(folder)
    Seen(package).again()
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
    seen = Seen(package)
    change(folder / "t.csv")
    assert seen.again() != seen.states


@pytest.mark.usefixtures("later")
def test_what_has_gone_is_another(folder):
    package = load_package(folder)
    seen = Seen(package)
    (folder / "t.csv").unlink()
    assert seen.again() == (("t.csv", None, "", None),)


@pytest.mark.usefixtures("later")
def test_a_change_amid_a_file_that_was_looked_at_is_told(make_package):
    folder = make_package([{"name": "id"}], "id\n" + "1\n" * 90_000)
    file = folder / "t.csv"
    os.utime(file, ns=(0, 0))
    package = load_package(folder)
    seen, unjudged = Seen(package), Seen(package)
    seen.look_at_all_of(parts_of(package))
    content = file.read_bytes()
    file.write_bytes(content[:99_999] + b"2" + content[100_000:])
    assert seen.again() != seen.states
    assert unjudged.again() == unjudged.states


def test_what_was_touched_alone_is_the_same(folder):
    package = load_package(folder)
    seen = Seen(package)
    (folder / "t.csv").touch()
    assert seen.again() == seen.states


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
