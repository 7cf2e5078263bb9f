"""Files read apart: by a process of their own, because the library that reads them may fail.

A thread of a library may panic, which prints a trace and leaves the rows short; it may abort the
process, ask for more memory than there is, or not come to an end. Elsewhere that harms nobody, and
what happened is known. The processes are started when they are needed and serve one file after the
other: to start Python for each would take a tenth of a second (benchmarks/README.md has the
price).
"""

import atexit
import os
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import cache
from threading import Lock, Timer
from typing import Any

from validate._src.reading import _worker
from validate._src.reading._forks import Fork, can_fork

Message = tuple[Any, ...]
PATIENCE = 10  # seconds for answers that nobody waits for; a process that takes longer is ended
LONGEST = 120  # seconds for an answer that is waited for, and one more for each so many bytes:
BYTES = 10_000  # a thousandth of what is usual, for only what has no end should be ended


def patience_for(size: int) -> float:
    """For how many seconds an answer about a file of so many bytes is waited for."""
    return LONGEST + size / BYTES


class ReadingFailedError(Exception):
    """What was asked could not be read: the library says why, or has ended the process."""


class Worker:
    """A process that answers questions."""

    def __init__(self, process: "subprocess.Popen[bytes] | Fork") -> None:
        """Takes one that was started."""
        self.process = process
        self._pending = 0

    @classmethod
    def started(cls, *, forked: bool) -> "Worker":
        """A process of its own, or a fork of this one where that is wanted and can be."""
        if forked and can_fork():
            return cls(Fork(_worker.serve))
        # -P, because the modules beside this one have names of the standard library's.
        command = [sys.executable, "-P", _worker.__file__]
        pipe = subprocess.PIPE
        # Polars reads a Parquet file by one thread in two thirds of the processor time.
        environment = {**os.environ, "POLARS_MAX_THREADS": "1"}
        process = subprocess.Popen(  # noqa: S603
            command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment
        )
        return cls(process)

    def ask(self, *question: Any, patience: float | None = None) -> Message:
        """The answer to a question.

        Args:
            question: its name, and what is asked about.
            patience: for how many seconds an answer is waited for; None for any time.

        Raises:
            ReadingFailedError: there is none.
        """
        self.send(*question)
        return self.answer(patience)

    def send(self, *question: Any) -> None:
        """Asks a question; its answer, which is to be taken before others, is not waited for."""
        assert self.process.stdin is not None
        self._pending += 1
        with suppress(OSError, ValueError):  # the process has ended, as its answer will tell
            _worker.send(self.process.stdin, question)

    def answer(self, patience: float | None = None) -> Message:
        """The answer to the question that was asked first.

        Raises:
            ReadingFailedError: there is none.
        """
        assert self.process.stdout is not None
        self._pending -= 1
        is_late: list[bool] = []
        timer = Timer(patience or 0, lambda: (is_late.append(True), self.process.kill()))
        if patience is not None:
            timer.start()
        answer = _worker.receive(self.process.stdout)
        timer.cancel()
        if answer is None:
            status = self.process.wait()
            said = f"does not come to an end in {patience:.0f} seconds" if is_late else "fails"
            raise ReadingFailedError(f"damaged: the library that reads it {said} (status {status})")
        is_sound, content = answer
        if not is_sound:
            raise ReadingFailedError(content)
        return content

    def can_go_on(self) -> bool:
        """Whether it can be asked again; answers that nobody has taken are passed over."""
        while self._pending and self.process.poll() is None:
            with suppress(ReadingFailedError):
                self.answer(PATIENCE)
        return self.process.poll() is None

    def stop(self) -> None:
        """Ends it; asked again, it does not answer."""
        self.process.kill()
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout):
            with suppress(OSError):  # what it was not told in time
                assert stream is not None
                stream.close()


class Pool:
    """The processes of this one.

    Attributes:
        idle: those that wait for questions.
    """

    def __init__(self) -> None:
        """Starts without any."""
        self._lock, self._owner = Lock(), os.getpid()
        self.idle: list[Worker] = []
        self._busy: set[Worker] = set()
        atexit.register(self.stop)

    @contextmanager
    def worker(self, *, forked: bool = False) -> Generator[Worker]:
        """A process that nobody else asks in the meantime.

        Args:
            forked: whether it is to be a fork, if it has to be started: that is there in a few
                milliseconds, and a Python that imports Polars in a fifth of a second.
        """
        with self._lock:
            worker = self.idle.pop() if self.idle else Worker.started(forked=forked)
            self._busy.add(worker)
        try:
            yield worker
        finally:
            self._busy.discard(worker)
            if worker.can_go_on():
                self.idle.append(worker)
            else:
                worker.stop()

    def stop(self) -> None:
        """Ends them, if they are ours: a fork of us ends, too."""
        if self._owner == os.getpid():
            for worker in (*self.idle, *self._busy):
                worker.stop()
            self.idle.clear()


def pool() -> Pool:
    """The processes of this one; one that was forked starts its own."""
    return _pool(os.getpid())


@cache
def _pool(parent: int) -> Pool:
    return Pool()
