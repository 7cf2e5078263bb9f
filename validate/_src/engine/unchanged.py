"""Whether the files of a package stay as they are while they are read."""

from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

from polars.exceptions import PanicException

from validate._src.engine.states import parts_of
from validate._src.reading.files import Stamp, stamp_if_there
from validate._src.words.errors import PackageError
from validate._src.words.model import Package

Stamps = Mapping[str, Stamp | None]
"""The files of a package by their locations; None of one that is not there."""
Done = TypeVar("Done")


def unchanged(package: Package, work: Callable[[], Done]) -> tuple[Done, Callable[[], None]]:
    """What some work gives, while which no file of a package is cut, written or replaced.

    Of one that is, a reader may have seen the rows up to where it was cut, and no fault; or it
    fails in a way that has nothing to do with the data. Whatever it says, it is not of the file.

    Where a file has the size and the time of writing that it had, but the system tells that
    something of it was changed, these may be its rights, its name or its links, which do no harm;
    or its content, by a program that set the time back. That cannot be told apart: so the work is
    done once more, and only if it happens again nothing is said.

    Args:
        package: the package.
        work: reads its files; it must be possible to do it twice.

    Returns:
        What the work gives; and what checks later that files are still as it has read them, and
        raises a `PackageError` where one is not.

    Raises:
        PackageError: a file is changed, whatever else is raised because of it.
    """
    before = _stamps(package)
    try:
        done = work()
    except (Exception, PanicException):  # passed on, where nothing explains it
        if _perhaps_another(package, before) is None:
            raise
    else:
        if _perhaps_another(package, before) is None:
            return done, partial(_check_same, package, before)
    before = _stamps(package)
    check = partial(_check_same, package, before)
    with checked_after(check):
        done = work()
    return done, check


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


def _stamps(package: Package) -> Stamps:
    parts = parts_of(package)
    return {part.location: stamp_if_there(part.file) for part in parts if part.file is not None}


def _perhaps_another(package: Package, before: Stamps) -> str | None:
    """The first file that may be another; None if there is none.

    More of it was changed than is known to be harmless, and less than is known to be harm.

    Raises:
        PackageError: one was written, or has gone.
    """
    now = _stamps(package)
    for location, stamp in before.items():
        if _written(now[location]) != _written(stamp):
            raise _error(package, location, is_there=now[location] is not None)
    changed = (one for one, stamp in before.items() if _changed(now[one]) != _changed(stamp))
    return next(changed, None)


def _check_same(package: Package, before: Stamps) -> None:
    """Checks that nothing of a file was changed.

    Raises:
        PackageError: it was.
    """
    if (location := _perhaps_another(package, before)) is not None:
        raise _error(package, location)


def _written(stamp: Stamp | None) -> tuple[int, int] | None:
    return None if stamp is None else (stamp.size, stamp.written)


def _changed(stamp: Stamp | None) -> int | None:
    """When a file was changed: not its number, which some network file systems do not keep."""
    return None if stamp is None else stamp.changed


def _error(package: Package, location: str, *, is_there: bool = True) -> PackageError:
    what = "was changed" if is_there else "went"
    of = "" if package.location.endswith(location) else f"{package.location}: "
    return PackageError(
        f"{of}{location}: {what} while it was read, and nothing can be said of it; "
        "run again once nothing writes to it"
    )
