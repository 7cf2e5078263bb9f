import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from support.places import ROOT

from validate import validate
from validate._src.reading import _apart
from validate._src.reading._trial import what_is_wrong


@pytest.fixture
def file(tmp_path):
    file = tmp_path / "t.parquet"
    pl.DataFrame({"a": range(1000)}).write_parquet(file)
    return file


@pytest.fixture
def pool(monkeypatch):
    """Processes of the test's own."""
    pool = _apart.Pool()
    monkeypatch.setattr(_apart, "_pool", lambda parent: pool)
    yield pool
    pool.stop()


def test_a_whole_file_is_read_once_by_one_process(file, pool, monkeypatch):
    assert what_is_wrong(file) is None
    (worker,) = pool.idle
    monkeypatch.setattr(worker, "ask", None)
    assert what_is_wrong(file) is None
    monkeypatch.undo()
    other = file.with_name("other.parquet")
    other.write_bytes(file.read_bytes())
    with pool.worker() as again:
        assert again is worker
        assert again.ask("try parquet", str(other), (), 300, 10) == (1000, 1000)


def test_a_file_that_changed_is_read_again(file, pool):
    assert what_is_wrong(file) is None
    file.write_bytes(b"PAR1" + b"x" * 50)
    assert what_is_wrong(file).startswith("not a Parquet file: ")


def test_a_panic_of_a_thread_is_seen_and_not_shown(capfd):
    (finding,) = validate(ROOT / "tests" / "packages" / "parquet-damaged")
    assert (finding.code, finding.message) == (
        "source-error",
        "damaged: 0 of its 3 rows can be read",
    )
    assert capfd.readouterr() == ("", "")


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_fork_leaves_the_processes_of_its_parent(file):
    script = f"""
import os
from pathlib import Path
from validate._src.reading._apart import pool
from validate._src.reading._trial import what_is_wrong
assert what_is_wrong(Path({str(file)!r})) is None
(worker,) = pool().idle
if os.fork() == 0:
    with pool().worker() as other:
        assert other is not worker
        assert other.ask("try parquet", {str(file)!r}, (), 300, 10) == (1000, 1000)
    raise SystemExit
os.wait()
assert worker.process.poll() is None
print("well")
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.returncode) == ("well\n", 0), done.stderr


def test_a_relative_path_means_the_folder_of_this_process(file, pool, tmp_path, monkeypatch):
    assert what_is_wrong(file) is None
    other = tmp_path / "other"
    other.mkdir()
    file.rename(other / "there.parquet")
    monkeypatch.chdir(other)
    assert what_is_wrong(Path("there.parquet")) is None
