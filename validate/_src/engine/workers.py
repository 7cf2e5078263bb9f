"""Other processes that read and judge: how they are started, asked and ended."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from importlib import import_module
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from validate._src.engine._serving import Line, Message, serve
from validate._src.reading._forks import STANDARD_ERROR, can_fork, fork
from validate._src.words.model import Package

THREADS = "POLARS_MAX_THREADS"
SPARE_FILES = 100  # that may be open at a time beside the lines to other processes
PATIENCE = 10  # seconds for a process to say that it is there
STARTED = """
import sys
sys.path[:] = {path!r}
from validate._src.cli._startup import quick_start
with quick_start():
    from validate._src.engine.workers import serve_started
    serve_started({handle})
"""


class Worker:
    """Another process.

    Attributes:
        line: the line to it.
        is_alive: whether it answered so far.
    """

    def __init__(self, line: Line, end: Callable[[], object]) -> None:
        """Takes one that was started.

        Args:
            line: the line to it.
            end: ends it.
        """
        self.line, self._end, self.is_alive = line, end, True

    def send(self, *message: object) -> None:
        """Sends a message; one that has ended is told nothing."""
        try:
            self.line.send(*message)
        except OSError:
            self.is_alive = False

    def receive(self) -> Message | None:
        """Its next message; None if it has ended.

        Raises:
            BaseException: what it raised.
        """
        try:
            name, *given = self.line.receive()
        except (EOFError, OSError):
            self.is_alive = False
            return None
        if name == "failed":
            raise given[0]
        return name, *given

    def stop(self) -> None:
        """Ends it."""
        self.line.connection.close()
        self._end()


@contextmanager
def started(package: Package, count: int, *, forked: bool = False) -> Generator[Sequence[Worker]]:
    """So many processes; none where one cannot be started, as on systems without forks.

    Args:
        package: the package of which they judge tables.
        count: how many are wanted.
        forked: whether they are worth no more than a fork of this process takes.
    """
    workers: list[Worker] = []
    import_module("pandera.polars")  # or each fork would import it by itself
    try:
        if count <= _most_workers() and (can_fork() or not forked):
            with suppress(OSError):  # then everything is done here
                for _ in range(count):
                    worker = _forked(package, workers) if can_fork() else _spawned(package)
                    workers.append(worker)
        yield [worker for worker in workers if _is_there(worker)] if len(workers) == count else []
    finally:
        for worker in workers:
            worker.stop()


def _most_workers() -> int:
    """How many processes this one can have lines to, and open files still."""
    if not hasattr(os, "fork"):
        return 0
    import resource  # here, because not every system has it

    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return sys.maxsize if limit == resource.RLIM_INFINITY else max(limit - SPARE_FILES, 0)


def _is_there(worker: Worker) -> bool:
    """Whether a process has begun to serve."""
    return worker.line.connection.poll(PATIENCE) and worker.receive() is not None


def _forked(package: Package, others: Sequence[Worker]) -> Worker:
    """A fork of this process."""
    ours, theirs = Pipe()
    process = fork()
    if process:
        theirs.close()
        return Worker(Line(ours, package), partial(_end, process))
    try:
        ours.close()
        for other in others:  # or the end of this process would not end them
            other.line.connection.close()
        _serve(theirs, package)
    finally:
        os._exit(0)


def _end(process: int) -> None:
    """Ends a fork; where nobody waits for children, the system may have forgotten it."""
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)


def _spawned(package: Package) -> Worker:
    """A process of its own."""
    ours, theirs = Pipe()
    code = STARTED.format(path=sys.path, handle=theirs.fileno())
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", code],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        env={**os.environ, THREADS: "1"},
    )
    theirs.close()
    worker = Worker(Line(ours, package), partial(_end_spawned, process))
    try:
        worker.line.connection.send(package)
    except OSError:
        worker.stop()
        raise
    return worker


def _end_spawned(process: "subprocess.Popen[bytes]") -> None:
    process.kill()
    process.wait()


def serve_started(handle: int) -> None:
    """Serves as a process that was started to."""
    connection = Connection(handle)
    _serve(connection, connection.recv())


def _serve(connection: Connection, package: Package) -> None:
    os.environ[THREADS] = "1"
    os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_ERROR)  # where a panic of Polars is traced
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the conductor ends it
    line = Line(connection, package)
    line.send("there", None)
    serve(line)
