"""The packages that files belong to, for hooks, which know what files have changed."""

import os
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path

from validate._src.package.folder import descriptor_in, read_json
from validate._src.package.loosely import objects, texts
from validate._src.package.source import is_zipped
from validate._src.package.usableresource import FILES
from validate._src.words.errors import PackageError


def packages_of(files: Iterable[Path]) -> list[Path]:
    """The descriptors of the packages that files belong to, each once.

    A file belongs to every package in its folder or one above whose descriptor it is, or whose
    descriptor names it: as data, schema or dialect. A descriptor that cannot be read is among
    them, for it may name any file below it. A zip file with a package in it is one itself.

    Args:
        files: relative to the working folder, or absolute; they need not exist.
    """
    files_of = cache(_files_of)
    found: dict[Path, None] = {}
    for file in map(_absolute, files):
        if is_zipped(file):
            found[_from_here(file)] = None
        for folder in file.parents:
            descriptor = descriptor_in(folder)
            if not descriptor.is_file():
                continue
            named = files_of(descriptor)
            if named is None or file in named:
                found[_from_here(descriptor)] = None
    return list(found)


def _files_of(descriptor: Path) -> frozenset[Path] | None:
    """A descriptor and the files that it names; None if it cannot be read."""
    try:
        resources = read_json(descriptor, str(descriptor)).get("resources")
    except PackageError:
        return None
    named = chain.from_iterable(
        texts(resource.get(name)) for resource in objects(resources) for name in ("path", *FILES)
    )
    return frozenset([descriptor, *(_absolute(descriptor.parent / name) for name in named)])


def _absolute(file: Path) -> Path:
    """An absolute path without `..`; links are not followed, for their folder counts."""
    return Path(os.path.normpath(Path.cwd() / file))


def _from_here(file: Path) -> Path:
    """A file as a path relative to the working folder, if it lies there."""
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file
