"""The packages that files belong to, for hooks, which know what files have changed."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

from validate._src.package.declaredfiles import patterns_of
from validate._src.package.folder import descriptor_in
from validate._src.package.loosely import objects, texts
from validate._src.package.patterns import Pattern
from validate._src.package.source import is_zipped
from validate._src.package.textfiles import read_json
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
    named_by = cache(_named_by)
    found: dict[Path, None] = {}
    for file in map(_absolute, files):
        if is_zipped(file):
            found[_from_here(file)] = None
        for folder in file.parents:
            descriptor = descriptor_in(folder)
            if not descriptor.is_file():
                continue
            if named_by(descriptor).has(file):
                found[_from_here(descriptor)] = None
    return list(found)


@dataclass(frozen=True)
class _Named:
    """What a descriptor names.

    Attributes:
        folder: its folder.
        files: it and the files that it names; None if it cannot be read.
        patterns: the patterns of files in it.
    """

    folder: Path
    files: frozenset[Path] | None
    patterns: tuple[Pattern, ...] = ()

    def has(self, file: Path) -> bool:
        """Whether it names a file, which need not be there, or a table that is a folder with it.

        One that cannot be read may name any file below it.
        """
        if self.files is None or not self.files.isdisjoint((file, *file.parents)):
            return True
        path = file.relative_to(self.folder).as_posix()
        return any(pattern.fits(path) for pattern in self.patterns)


def _named_by(descriptor: Path) -> _Named:
    folder = descriptor.parent
    try:
        resources = read_json(descriptor, str(descriptor)).get("resources")
    except PackageError:
        return _Named(folder, None)
    named = chain.from_iterable(
        texts(resource.get(name)) for resource in objects(resources) for name in ("path", *FILES)
    )
    files = frozenset([descriptor, *(_absolute(folder / name) for name in named)])
    return _Named(folder, files, tuple(map(Pattern, patterns_of(resources))))


def _absolute(file: Path) -> Path:
    """An absolute path without `..`; links are not followed, for their folder counts."""
    return Path(os.path.normpath(Path.cwd() / file))


def _from_here(file: Path) -> Path:
    """A file as a path relative to the working folder, if it lies there."""
    here = Path.cwd()
    return file.relative_to(here) if file.is_relative_to(here) else file
