"""How far a run has come, and a bar on the terminal that shows it."""

import sys
import time
from collections import deque
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from validate._src.words.model import Package, Part, TabularResource
from validate._src.words.printing import printable

if TYPE_CHECKING:
    import rich.progress

PATIENCE = 1.0


@dataclass(frozen=True)
class Progress:
    """How far a run has come.

    Attributes:
        resource: name of the table that is being read; None once all were.
        rows: how many rows of all tables were read.
        bytes: how many bytes of their files.
        size: how many bytes these files have.
    """

    resource: str | None
    rows: int
    bytes: int
    size: int


@dataclass(frozen=True)
class WatchedPart(Part):
    """A file of a resource that remembers how it was opened.

    Attributes:
        opened: the file as it was opened last.
    """

    opened: list[BinaryIO] = field(default_factory=list[BinaryIO])

    def __reduce__(self) -> tuple[type[Part], tuple[Any, ...]]:
        """How it is pickled: as a file that nobody watches."""
        return Part, tuple(getattr(self, one.name) for one in fields(Part))

    def open(self) -> BinaryIO:
        """The content, to be read."""
        file = super().open()
        self.opened[:] = [file]
        return file

    @property
    def position(self) -> int:
        """How many of its bytes were read."""
        if not self.opened:
            return 0
        return self.size if self.opened[0].closed else self.opened[0].tell()


def untold(progress: Progress) -> None:
    """Nobody wants to know how far a run has come."""


class Meter:
    """Measures how far a run has come: what is read of the files of the tables, and the rows."""

    def __init__(self, package: Package) -> None:
        """Starts at nothing."""
        self._size = sum(table.size for table in package.tables.values())
        self._parts: deque[WatchedPart] = deque()
        self._done = self._rows = 0

    def watched(self, resource: TabularResource) -> TabularResource:
        """The next resource, its files such that one can see how far they are read."""
        self._done += sum(part.size for part in self._parts)
        own = {given.name for given in fields(Part)}
        parts = [
            WatchedPart(**{name: getattr(part, name) for name in own}) for part in resource.parts
        ]
        self._parts = deque(part for part in parts if not part.absent)
        return replace(resource, parts=tuple(parts))

    def progress(self, resource: TabularResource | None, rows: int = 0) -> Progress:
        """How far it has come, after so many more rows of a resource, or of all."""
        self._rows += rows
        done = self._read() if resource else self._size
        return Progress(resource.name if resource else None, self._rows, done, self._size)

    def _read(self) -> int:
        """How many bytes were read; files behind the one that is being read are asked once."""
        while len(self._parts) > 1 and self._parts[1].opened:
            self._done += self._parts.popleft().size
        return self._done + (self._parts[0].position if self._parts else 0)


@contextmanager
def progress_bar() -> Generator[Callable[[Progress], None] | None]:
    """Shows how far a run has come, on standard error; nothing if that is no terminal.

    A run that is over in a second shows nothing either.
    """
    if not sys.stderr.isatty():
        yield None
        return
    bar = _Bar()
    try:
        yield bar.update
    finally:
        bar.close()


class _Bar:
    """A bar that comes up once a run takes longer than `PATIENCE`, and goes at its end."""

    def __init__(self) -> None:
        self._begun = time.monotonic()
        self._bar: rich.progress.Progress | None = None
        self._task: rich.progress.TaskID | None = None

    def update(self, progress: Progress) -> None:
        """Shows how far the run has come."""
        if self._bar is None:
            if time.monotonic() - self._begun < PATIENCE:
                return
            self._bar = _bar()
            self._task = self._bar.add_task("")
        assert self._task is not None
        self._bar.update(
            self._task,
            description=printable(progress.resource or "keys and rules"),
            total=progress.size,
            completed=progress.bytes,
            rows=f"{progress.rows:,} rows",
        )
        self._bar.start()  # the first time: it shows nothing before

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.stop()


def _bar() -> "rich.progress.Progress":
    """Table, bar, rows, bytes, rate, and the time that is left."""
    import rich.console
    import rich.progress

    return rich.progress.Progress(
        rich.progress.TextColumn("{task.description}", markup=False),
        rich.progress.BarColumn(),
        rich.progress.TextColumn("{task.fields[rows]}"),
        rich.progress.DownloadColumn(),
        rich.progress.TransferSpeedColumn(),
        rich.progress.TimeRemainingColumn(),
        console=rich.console.Console(stderr=True),
        transient=True,
    )
