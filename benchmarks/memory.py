"""The memory of a process with all that it starts, watched while it runs."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

PROCESSES = Path("/proc")
INTERVAL = 0.2  # seconds; to be asked more often would slow down what is measured
KIB = 1024


class Watch:
    """Looks now and then at a process that has started others.

    A process alone is not watched: the kernel keeps the peak of each, yet not of several
    together. What they share is counted once (`Pss` in `smaps_rollup`). Where there is no
    such file, on macOS, nothing is seen.

    Attributes:
        peak: the most bytes that it had together with others.
    """

    def __init__(self, pid: int) -> None:
        """Begins to watch a process."""
        self.peak = 0
        self._pid = pid
        self._over = Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def end(self) -> int:
        """Ends the watch, and gives the peak."""
        self._over.set()
        self._thread.join()
        return self.peak

    def _look(self) -> None:
        while not self._over.wait(INTERVAL):
            family = [self._pid, *descendants(self._pid)]
            if len(family) > 1:
                self.peak = max(self.peak, sum(map(proportional, family)))


def descendants(pid: int) -> Iterator[int]:
    """The processes that a process has started, and those that they have started."""
    for file in (PROCESSES / str(pid) / "task").glob("*/children"):
        for child in map(int, content(file).split()):
            yield child
            yield from descendants(child)


def proportional(pid: int) -> int:
    """The bytes of a process, those that it shares with others in part."""
    for line in content(PROCESSES / str(pid) / "smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * KIB
    return 0


def content(file: Path) -> str:
    """What a file says; nothing once its process is gone."""
    try:
        return file.read_text("utf-8")
    except OSError:
        return ""
