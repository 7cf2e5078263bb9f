"""Whether the files of a package stay as they are while they are read."""

import os
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager

from polars.exceptions import PanicException

from validate._src.engine.states import parts_of
from validate._src.words.errors import PackageError
from validate._src.words.model import Package

Mark = tuple[int, int] | None
"""The size of a file and when it was written, in nanoseconds; None of one that is not there."""


@contextmanager
def unchanged(package: Package) -> Generator[None]:
    """Holds that no file of a package is cut, written or replaced until this ends.

    Of one that is, a reader may have seen the rows up to where it was cut, and no fault; or it
    fails in a way that has nothing to do with the data. Whatever it says, it is not of the file.
    A change that keeps both the size and the time of a file is not noticed.

    Raises:
        PackageError: one is, whatever else is raised because of it.
    """
    before = _marks(package)
    with checked_after(lambda: _check(package, before)):
        yield


@contextmanager
def checked_after(check: Callable[[], None]) -> Generator[None]:
    """Checks something at the end, and before whatever is raised until then, which it may explain.

    Raises:
        PackageError: what the check raises, in place of what was raised before.
    """
    try:
        yield
    except (Exception, PanicException):  # passed on, where the check does not explain it
        check()
        raise
    check()


def _marks(package: Package) -> Mapping[str, Mark]:
    """What is looked at of each file, by its location."""
    parts = parts_of(package)
    return {part.location: _mark(part.file) for part in parts if part.file is not None}


def _mark(file: os.PathLike[str]) -> Mark:
    try:
        found = os.stat(file)  # noqa: PTH116 - twice for each of what may be thousands of files
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _check(package: Package, before: Mapping[str, Mark]) -> None:
    now = _marks(package)
    for location, mark in before.items():
        if now[location] != mark:
            what = "went" if now[location] is None else "was changed"
            of = "" if package.location.endswith(location) else f"{package.location}: "
            raise PackageError(
                f"{of}{location}: {what} while it was read, and nothing can be said of it; "
                "run again once nothing writes to it"
            ) from None
