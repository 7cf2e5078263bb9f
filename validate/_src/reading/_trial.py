"""Parquet files read on trial, in a process of their own.

In a damaged file a thread of Polars may panic, which prints a trace and leaves the batches short,
or the whole process may be aborted. So each file is read once where that harms nobody. The process
starts with the first file and serves all: without it, a start of Python for each would take a
tenth of a second (benchmarks/README.md has the price of both).

The process runs this module as a script, which is why it imports nothing of ours.
"""

import atexit
import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path
from threading import Lock
from typing import IO

BATCH = 50_000  # rows: with a tenth of them a run takes twice the time, ten times gain little


def what_is_wrong(file: Path) -> str | None:
    """Why a Parquet file cannot be read from beginning to end; None if it can.

    Asked once for a file as it is: a run reads some tables twice.
    """
    status = file.stat()
    # Absolute, because the process stays in the folder that it was started in.
    return _asked(str(file.absolute()), status.st_size, status.st_mtime_ns, os.getpid())


@cache
def _asked(file: str, size: int, changed: int, process: int) -> str | None:
    return _process(process).ask(file)


@cache
def _process(parent: int) -> "_Process":
    """The process of this one; one that was forked starts its own."""
    return _Process()


class _Process:
    """A Python that reads files and says what is wrong with them."""

    def __init__(self) -> None:
        self._lock, self._owner = Lock(), os.getpid()
        self._process: subprocess.Popen[bytes] | None = None
        atexit.register(self._stop)

    def ask(self, file: str) -> str | None:
        """What is wrong with a file."""
        with self._lock:
            if self._process is None:
                self._process = _started()
            questions, answers = self._process.stdin, self._process.stdout
            assert questions is not None
            assert answers is not None
            answer = _answer(questions, answers, file)
            if answer:
                return json.loads(answer)["wrong"]
            status = self._process.wait()
            self._stop()
            return f"damaged: the library that reads it fails (status {status})"

    def _stop(self) -> None:
        """Ends the process, if it runs and is ours: a fork of us ends, too."""
        process, self._process = self._process, None
        if process is not None and self._owner == os.getpid():
            process.kill()
            process.communicate()


def _started() -> subprocess.Popen[bytes]:
    # -P, because the modules beside this one have names of the standard library's.
    command = [sys.executable, "-P", __file__]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL)  # noqa: S603


def _answer(questions: IO[bytes], answers: IO[bytes], file: str) -> bytes:
    """The answer, a line; empty if the process has ended."""
    try:
        questions.write(json.dumps(file).encode() + b"\n")
        questions.flush()
    except OSError:
        return b""
    return answers.readline()


def _serve() -> None:
    """Answers for one file after the other."""
    for line in sys.stdin.buffer:
        answer = {"wrong": _wrong_in(json.loads(line))}
        sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
        sys.stdout.buffer.flush()


def _wrong_in(file: str) -> str | None:
    """What is wrong with a file: it is read to its end, as `parquet` reads it."""
    import polars as pl  # here, because only the process needs it

    try:
        scan = pl.scan_parquet([file], glob=False)
        declared: int = scan.select(pl.len()).collect().item()
        read = sum(frame.height for frame in scan.collect_batches(chunk_size=BATCH))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError) as error:
        return f"not a Parquet file: {str(error).splitlines()[0]}"
    if read != declared:
        return f"damaged: {read:,} of its {declared:,} rows can be read"
    return None


if __name__ == "__main__":
    _serve()
