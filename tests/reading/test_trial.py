import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from support.places import ROOT

from validate import validate
from validate._src.reading import _trial
from validate._src.reading._trial import what_is_wrong


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "t.parquet"
    pl.DataFrame({"a": range(1000)}).write_parquet(file)
    return file


@pytest.fixture
def trial(monkeypatch):
    """A process of the test's own."""
    process = _trial._Process()
    monkeypatch.setattr(_trial, "_process", lambda parent: process)
    yield process
    process._stop()


def test_a_whole_file_is_read_once_by_one_process(file, trial, monkeypatch):
    assert what_is_wrong(file) is None
    first = trial._process.pid
    monkeypatch.setattr(trial, "ask", None)
    assert what_is_wrong(file) is None
    monkeypatch.undo()
    other = file.with_name("other.parquet")
    other.write_bytes(file.read_bytes())
    assert trial.ask(str(other)) is None
    assert trial._process.pid == first


def test_a_file_that_changed_is_read_again(file, trial):
    assert what_is_wrong(file) is None
    file.write_bytes(b"PAR1" + b"x" * 50)
    assert what_is_wrong(file).startswith("not a Parquet file: ")


def test_a_process_that_is_aborted_is_a_fault_of_its_file_alone(file, trial):
    assert trial.ask(str(file)) is None
    trial._process.kill()
    trial._process.wait()
    assert trial.ask(str(file)) == "damaged: the library that reads it fails (status -9)"
    assert trial.ask(str(file)) is None


def test_a_panic_of_a_thread_is_seen_and_not_shown(capfd):
    (finding,) = validate(ROOT / "tests" / "packages" / "parquet-damaged")
    assert (finding.code, finding.message) == (
        "source-error",
        "damaged: 0 of its 3 rows can be read",
    )
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_fork_leaves_the_process_of_its_parent(file):
    script = f"""
import os
from pathlib import Path
from validate._src.reading import _trial
assert _trial.what_is_wrong(Path({str(file)!r})) is None
if os.fork() == 0:
    assert _trial._asked.__wrapped__({str(file)!r}, 0, 0, os.getpid()) is None
    raise SystemExit
os.wait()
assert _trial._process(os.getpid())._process.poll() is None
print("well")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("well\n", 0), done.stderr


def test_a_relative_path_means_the_folder_of_this_process(file, trial, tmp_path, monkeypatch):
    assert what_is_wrong(file) is None
    other = tmp_path / "other"
    other.mkdir()
    file.rename(other / "there.parquet")
    monkeypatch.chdir(other)
    assert what_is_wrong(Path("there.parquet")) is None
