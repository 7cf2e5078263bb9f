"""The folder of a package: the files that a descriptor names, found safely."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath
from stat import S_ISREG
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from validate._src.package.addresses import (
    FETCHED,
    NOT_FETCHED,
    ON_THE_WEB,
    is_in_store,
    not_fetched,
    scheme_of,
)
from validate._src.package.jsonobjects import ReadObject
from validate._src.package.nearmiss import Names
from validate._src.package.patterns import Matches, matches, matches_among
from validate._src.package.supply import Supply
from validate._src.package.textfiles import read_json, unmarked_text
from validate._src.package.yamltext import SUFFIXES
from validate._src.words.errors import FileError, PackageError
from validate._src.words.scratch import ScratchFolder
from validate._src.words.surrogates import in_characters

if TYPE_CHECKING:
    from validate._src.package.lakes import TableFolder
    from validate._src.package.remote import Remote

DESCRIPTOR = "datapackage.json"
DESCRIPTORS = tuple(f"datapackage{suffix}" for suffix in SUFFIXES)
UNLISTED = "files on the web cannot be listed; name each of them in path"


@dataclass(frozen=True)
class Folder:
    """The folder of a package, outside of which nothing is read.

    Attributes:
        path: where it is.
        remote: fetches what is on the web; None where that is not allowed.
        supply: brings the files into it, of a package that is in no folder; or None.
    """

    path: Path
    remote: "Remote | None" = None
    supply: Supply | None = None

    def file(self, location: str, place: str) -> Path:
        """The regular file that a path of a descriptor names.

        Args:
            location: the path, or a URL.
            place: where the path stands, for messages that should say so.

        Raises:
            FileError: there is no such file, it is not a regular one, or it is on the web and
                is not or cannot be fetched.
            PackageError: the path is a URL of something else, is absolute, or leads out of the
                folder by `..` or by a symbolic link.

        Source: Data Package 2.0, Glossary, "URL or Path".
        """
        where = f"{place}: {location}" if place else location
        if (scheme := scheme_of(location)) is not None:
            return self._on_the_web(location, scheme, where)
        _check_relative(location, where)
        if self.supply is None and self._is_plain(file := self.path / location):
            return file
        file = self._meant(location)
        try:
            if self.supply is not None:
                self.supply.bring(PurePosixPath(file.relative_to(self.path).as_posix()), where)
            is_inside = file.resolve().is_relative_to(self._resolved)
            exists, is_regular = file.exists(), file.is_file()
        except (OSError, ValueError, RuntimeError):
            raise FileError(where, "not a usable path") from None
        if not is_inside:
            raise PackageError(f"{where}: a link that leads out of the package's folder")
        if not exists:
            raise FileError(where, f"no such file{self._near(location)}")
        if not is_regular:
            raise FileError(where, "not a regular file")
        return file

    def matching(self, pattern: str) -> Matches:
        """The files in it whose paths fit a pattern; it is looked at once for each pattern.

        Raises:
            PackageError: the pattern leads out of the folder, or what is there cannot be listed.
        """
        if pattern not in self._matches:
            if scheme_of(pattern) is not None:
                raise PackageError(f"{pattern}: {UNLISTED}")
            _check_relative(pattern, pattern)
            self._matches[pattern] = self._matching(pattern)
        return self._matches[pattern]

    def _matching(self, pattern: str) -> Matches:
        if self.supply is None:
            return matches(self.path, pattern)
        if self.supply.names is None:
            raise PackageError(f"{pattern}: {UNLISTED}")
        return matches_among(map(str, self.supply.names), pattern)

    @cached_property
    def _matches(self) -> dict[str, Matches]:
        """The files that were looked for, by pattern."""
        return {}

    def prepare(self, locations: Sequence[str]) -> None:
        """Is told of files that will be asked for: objects of a store are fetched at once."""
        if len(locations) > 1 and self.remote is not None:
            if urls := [*filter(is_in_store, locations)]:
                self.remote.fetch_all(urls)
            if self.supply is not None:
                inside = (one for one in locations if scheme_of(one) is None and ".." not in one)
                self.supply.prepare(map(PurePosixPath, inside))

    def _on_the_web(self, location: str, scheme: str, where: str) -> Path:
        """The file of a URL, fetched if that is allowed."""
        if scheme not in ON_THE_WEB:
            raise PackageError(f"{where}: {not_fetched(location)}")
        if scheme not in FETCHED:
            raise FileError(where, not_fetched(location))
        if self.remote is None:
            raise FileError(where, NOT_FETCHED)
        return self.remote.fetch(location, where)

    def _is_plain(self, file: Path) -> bool:
        """Whether it is a regular file and no link, in a folder that is known to lie inside.

        One look: a package may have tens of thousands of files in a folder.
        """
        try:
            return S_ISREG(file.lstat().st_mode) and self._is_inside(file.parent)
        except (OSError, ValueError, RuntimeError):
            return False

    def _is_inside(self, folder: Path) -> bool:
        if folder not in self._inside:
            self._inside[folder] = folder.resolve().is_relative_to(self._resolved)
        return self._inside[folder]

    @cached_property
    def _inside(self) -> dict[Path, bool]:
        """Whether folders lie inside of it, links followed."""
        return {}

    def _meant(self, location: str) -> Path:
        """The file of a path, also where only its letters are encoded in another way."""
        file = self.path / location
        if _is_absent(file):
            return self._names.meant(PurePosixPath(location).parts) or file
        return file

    def _near(self, location: str) -> str:
        """Words about a file that may be the one that a path misses."""
        near = self._names.near(PurePosixPath(location.replace("\\", "/")).parts)
        return "" if near is None else f"; there is {near.relative_to(self.path).as_posix()}"

    @property
    def name(self) -> str:
        """What its package goes by if it has no name."""
        name = self.path.resolve().name if self.supply is None else self.supply.name
        return in_characters(name)  # the folder may be the working one, which no argument names

    @property
    def scratch(self) -> ScratchFolder | None:
        """The folder of the files that were fetched, unpacked or made; it goes with the package."""
        if self.supply is not None:
            return self.supply.scratch
        if self.remote is not None:
            return self.remote.folder
        return next(iter(self._made), None)

    @cached_property
    def lakes(self) -> "dict[str, TableFolder | None]":
        """The tables of Delta and Iceberg that were looked for, by path; None where none is."""
        return {}

    @cached_property
    def unlisted(self) -> dict[str, Sequence[str]]:
        """The prefixes above it that a store does not list, by the patterns they matter for."""
        return {}

    def is_folder(self, location: str) -> bool:
        """Whether a path names a folder, wherever that lies."""
        try:
            return scheme_of(location) is None and (self.path / location).is_dir()
        except (OSError, ValueError):
            return False

    def copies(self) -> Path:
        """A new folder for files that are made of those of the package, and go with it."""
        if self.scratch is None:
            self._made.append(ScratchFolder())
        assert self.scratch is not None
        return Path(mkdtemp(dir=self.scratch.path))

    @cached_property
    def _made(self) -> list[ScratchFolder]:
        """The folder of what is made, once something is."""
        return []

    @cached_property
    def _names(self) -> Names:
        """The names of the files in the folder."""
        return Names(self.path)

    @cached_property
    def _resolved(self) -> Path:
        """The folder without links; found once, for a package may have thousands of files."""
        return self.path.resolve()

    def json(self, location: str, place: str) -> ReadObject:
        """The JSON object in such a file.

        Raises:
            PackageError: as `file` and `read_json` do.
        """
        return read_json(self.file(location, place), location)

    def text(self, location: str, place: str) -> str:
        """The text of such a file, without a byte order mark.

        Raises:
            PackageError: as `file` and `read_text` do.
        """
        return unmarked_text(self.file(location, place), location)


def _is_absent(file: Path) -> bool:
    try:
        return not file.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _check_relative(location: str, where: str) -> None:
    """Refuses a path that leads out of its folder by what it says, on any system."""
    windows, posix = PureWindowsPath(location), PurePosixPath(location)
    if posix.is_absolute() or windows.drive or windows.root:
        raise PackageError(f"{where}: an absolute path; use one relative to the package")
    if ".." in posix.parts or ".." in windows.parts:
        raise PackageError(f"{where}: leads out of the package's folder by '..'")


def descriptor_in(folder: Path) -> Path:
    """The descriptor of a folder: `datapackage.json`, or the same in YAML where there is none."""
    there = (folder / name for name in DESCRIPTORS if (folder / name).is_file())
    return next(there, folder / DESCRIPTOR)
