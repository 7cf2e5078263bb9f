"""Packages of data that are installed as distributions of Python, found by their names.

A distribution says in the group `validate.packages` of its entry points where its packages are:
the name of an entry point is that by which one is asked for, its object the path of a descriptor,
or of a folder or zip file that holds one.

Source: PyPA, Entry points specification.
"""

import os
from difflib import get_close_matches
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from validate._src.words.errors import PackageError

GROUP = "validate.packages"


def installed(name: str) -> Path | None:
    """Where the package of a name is installed; None if no distribution has one of this name.

    Raises:
        PackageError: several have, or the one cannot say where it is.
    """
    found = [*entry_points(group=GROUP, name=name)]
    if not found:
        return None
    if len(found) > 1:
        of = ", ".join(sorted(map(_distribution, found)))
        raise PackageError(f"{name}: several distributions have a package of this name: {of}")
    return _path(found[0])


def installed_like(name: str) -> list[str]:
    """The names of installed packages that are nearly a name, in whatever case."""
    names = sorted({entry.name for entry in entry_points(group=GROUP)})
    near = get_close_matches(name.lower(), [each.lower() for each in names], cutoff=0.8)
    return [each for each in names if each.lower() in near]


def _path(entry: EntryPoint) -> Path:
    place = f"{entry.name}: the distribution {_distribution(entry)}"
    try:
        path = entry.load()
    except Exception as error:  # of whatever kind: the module is not ours
        why = f"{type(error).__name__}: {error}"
        raise PackageError(f"{place} cannot say where it is: {why}") from error
    if not isinstance(path, str | os.PathLike):
        raise PackageError(f"{place} gives no path: {type(path).__name__}")
    path = Path(os.fspath(path))
    if not path.exists():
        raise PackageError(f"{place} gives {path}, where nothing is")
    return path


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist else entry.value
