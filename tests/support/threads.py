"""Workers that are threads of this process, so that what a test has changed holds there."""

import threading
from contextlib import contextmanager
from multiprocessing import Pipe

from validate._src.engine._serving import Line, serve
from validate._src.engine.workers import Worker


class ThreadWorker(Worker):
    """A thread that serves like another process."""

    def __init__(self, package, dies_after=None):
        ours, theirs = Pipe()
        super().__init__(Line(ours, package), self._join)
        line = Line(theirs, package) if dies_after is None else Mortal(theirs, package, dies_after)
        self._thread = threading.Thread(target=serve, args=(line,), daemon=True)
        self._thread.start()

    def _join(self):
        self._thread.join(10)
        assert not self._thread.is_alive()


class Mortal(Line):
    """The end of a line in a process that ends after so many messages."""

    def __init__(self, connection, package, messages):
        super().__init__(connection, package)
        self._left = messages

    def send(self, *message):
        self._left -= 1
        if self._left < 0:
            self.connection.close()
            raise OSError("gone")
        super().send(*message)


def threads(count, dies_after=None):
    """What stands in for `started`: so many threads, the first of which may end early."""

    @contextmanager
    def started(package, wanted, *, forked=False):
        ends = [dies_after, *[None] * (count - 1)]
        workers = [ThreadWorker(package, end) for end in ends] if wanted else []
        yield workers
        for worker in workers:
            worker.stop()

    return started
