"""Forks of this process: when there can be some, and how they are made."""

import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

HARMLESS = ("jemalloc_bg_thd", "polars-ooc-clea")
"""Threads of Polars that wait for work and hold no lock: a process that has no others can fork."""

STANDARD_ERROR = 2  # where a panic of Polars is traced


def can_fork() -> bool:
    """Whether nothing but this thread runs, so that a fork of the process is whole.

    To fork takes a millisecond; to start Python and import all again a quarter of a second.
    """
    if threading.active_count() > 1 or not hasattr(os, "fork"):
        return False
    try:
        threads = [file.read_text().strip() for file in Path("/proc/self/task").glob("*/comm")]
    except OSError:
        return False
    others = [name for name in threads if name not in HARMLESS]
    return len(others) == 1


def fork() -> int:
    """Forks this process; what is not written yet only this one writes."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            stream.flush()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads, those that are harmless
        return os.fork()


class Fork:
    """A fork that serves, with what is needed of `subprocess.Popen`.

    Attributes:
        stdin: what it reads.
        stdout: what it writes.
    """

    def __init__(self, serve: Callable[[IO[bytes], IO[bytes]], object]) -> None:
        """Starts it.

        Args:
            serve: what it does, given what it reads and where it writes.
        """
        (theirs_in, ours_in), (ours_out, theirs_out) = os.pipe(), os.pipe()
        self._process, self._status = fork(), None
        if not self._process:
            try:
                os.close(ours_in)
                os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_ERROR)
                serve(os.fdopen(theirs_in, "rb"), os.fdopen(theirs_out, "wb"))
            finally:
                os._exit(0)
        os.close(theirs_in)
        os.close(theirs_out)
        self.stdin, self.stdout = os.fdopen(ours_in, "wb"), os.fdopen(ours_out, "rb")

    def poll(self) -> int | None:
        """Its status; None as long as it runs."""
        return self._waited(os.WNOHANG)

    def wait(self) -> int | None:
        """Its status, once it has ended."""
        return self._waited(0)

    def kill(self) -> None:
        """Ends it."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self._process, signal.SIGKILL)

    def _waited(self, options: int) -> int | None:
        """Its status; where nobody waits for children, the system may have forgotten it."""
        if self._status is None:
            try:
                process, status = os.waitpid(self._process, options)
            except ChildProcessError:
                process, status = self._process, 0
            if process:
                self._status = os.waitstatus_to_exitcode(status)
        return self._status
