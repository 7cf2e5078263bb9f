"""Packages in zip files, whose entries are unpacked as they are needed."""

import stat
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any
from zipfile import ZipFile, ZipInfo

from validate._src.package.folder import DESCRIPTOR, DESCRIPTORS
from validate._src.reading.compression import (
    allowed_size,
    entry_blocks,
    is_debris,
    too_large,
    unpacking_errors,
)
from validate._src.words.errors import FileError, PackageError
from validate._src.words.model import Part
from validate._src.words.scratch import ScratchFolder

NAME_IN_UTF_8 = 0x800
ENCRYPTED = 0x1
LEADS_OUT = "leads out of the zip file"
TWICE = "stands twice in the zip file, and which is meant cannot be told"
MOST_NAMED = 5  # descriptors that a message names: a zip file may hold thousands


class ZippedPackage:
    """A package in a zip file; nothing is written outside of a scratch folder.

    Attributes:
        scratch: the scratch folder.
        folder: the folder in it that files are unpacked to; one that was not needed is empty.
        name: what the package goes by if it has no name.
        origin: the zip file, and the folder in it.
        leading_out: names of the entries that would be written elsewhere.
    """

    def __init__(self, file: Path, scratch: ScratchFolder, called: str) -> None:
        """Finds the package in a zip file, and puts an empty file in the place of each entry.

        Args:
            file: the zip file.
            scratch: a new scratch folder.
            called: what messages and reports call the zip file.

        Raises:
            PackageError: it is no zip file, or there is no package in it.
        """
        entries, refused = _sorted_out(_infos(file, called))
        root = _root(entries, refused, called)
        self._file = file
        self._left = allowed_size(Part(called, file))
        self._entries: dict[PurePosixPath, ZipInfo] = _below(root, entries)
        self._refused: dict[PurePosixPath, str] = _below(root, refused)
        self._unpacked: set[PurePosixPath] = set()
        self.scratch = scratch
        self.folder = scratch.path / "package"
        self.name = root.name or PurePosixPath(called).stem
        self.origin = "/".join([called, *root.parts, ""])
        self.leading_out = [str(path) for path, why in refused.items() if why == LEADS_OUT]
        self._make_places()

    @property
    def names(self) -> Collection[PurePosixPath]:
        """The paths of all files in it, of those too that are not unpacked."""
        return self._entries.keys() | self._refused.keys()

    def prepare(self, paths: Iterable[PurePosixPath]) -> None:
        """Nothing: one after the other is unpacked."""

    def bring(self, path: PurePosixPath, where: str) -> None:
        """Unpacks a file, unless it is or there is none."""
        if path in self._entries and path not in (self._unpacked | self._refused.keys()):
            try:
                self._unpack(path)
            except FileError as error:
                self._refused[path] = error.reason
            except OSError as error:  # of a full disk, or of damaged bzip2, which has no number
                self._refused[path] = f"cannot be unpacked: {error.strerror or error}"
        if path in self._refused:
            raise FileError(where, self._refused[path])
        if path not in self._entries and (self.folder / path).is_file():
            # On systems that take no heed of case: it is empty, and of another name.
            raise FileError(where, "no such file")

    def _make_places(self) -> None:
        self.folder.mkdir()
        for path in [*self._entries]:
            try:
                place = self.folder / path
                place.parent.mkdir(parents=True, exist_ok=True)
                place.touch(exist_ok=False)
            except (OSError, ValueError) as error:
                reason = error.strerror if isinstance(error, OSError) else error
                self._refused[path] = f"cannot be unpacked under this name: {reason}"

    def _unpack(self, path: PurePosixPath) -> None:
        """Unpacks an entry, unless all that is needed grows as no tables do.

        An entry ends where the table of the zip file says: what it says is the size.
        """
        entry = self._entries[path]
        if entry.file_size > self._left:
            raise FileError(str(path), f"with it, the zip file {too_large()}")
        self._left -= entry.file_size
        with (
            unpacking_errors(str(path)),
            ZipFile(self._file) as archive,
            (self.folder / path).open("wb") as file,
        ):
            file.writelines(entry_blocks(archive, entry))
        self._unpacked.add(path)


def holds_package(file: Path) -> bool:
    """Whether a file is a zip file with a package in it."""
    try:
        _root(*_sorted_out(_infos(file, file.name)), file.name)
    except PackageError:
        return False
    return True


def _infos(file: Path, called: str) -> list[ZipInfo]:
    """The entries of a zip file.

    Raises:
        PackageError: it is none.
    """
    try:
        with unpacking_errors(called), ZipFile(file) as archive:
            return archive.infolist()
    except (OSError, ValueError) as error:  # ValueError of names that are no text
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise PackageError(f"{called}: cannot be unpacked: {reason}") from None


def _sorted_out(
    infos: Iterable[ZipInfo],
) -> tuple[dict[PurePosixPath, ZipInfo], dict[PurePosixPath, str]]:
    """The entries that can be unpacked by their paths, and why others are not."""
    entries: dict[PurePosixPath, ZipInfo] = {}
    refused: dict[PurePosixPath, str] = {}
    for info in infos:
        name = _name(info)
        path = PurePosixPath(name)
        if is_debris(name) or not path.parts:
            continue
        if path in entries or path in refused:
            refused[path] = TWICE
        elif (why := _why_refused(info, name)) is not None:
            refused[path] = why
        else:
            entries[path] = info
    return {path: info for path, info in entries.items() if path not in refused}, refused


def _name(info: ZipInfo) -> str:
    """The name of an entry with `/` between its parts.

    macOS writes names in UTF-8 and does not say so, programs of Windows some with backslashes.

    Source: APPNOTE.TXT, 4.4.17 and appendix D.
    """
    name = info.filename
    if not info.flag_bits & NAME_IN_UTF_8:
        try:
            name = name.encode("cp437").decode()
        except UnicodeError:
            name = info.filename
    return name.replace("\\", "/")


def _why_refused(info: ZipInfo, name: str) -> str | None:
    """Why an entry is not unpacked, or None."""
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    if posix.is_absolute() or windows.drive or ".." in posix.parts:
        return LEADS_OUT
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "a symbolic link in the zip file, which is not followed"
    if kind not in (0, stat.S_IFREG):
        return "not a regular file"
    if info.flag_bits & ENCRYPTED:
        return "encrypted in the zip file; unpack it first"
    return None


def _root(
    paths: Collection[PurePosixPath], refused: Mapping[PurePosixPath, str], called: str
) -> PurePosixPath:
    """The folder of the package: the top of the zip file, or its only folder.

    Args:
        paths: the entries that can be unpacked.
        refused: the others, and why.
        called: what messages call the zip file.

    Raises:
        PackageError: there is no descriptor in either, or it cannot be unpacked.
    """
    found = _descriptors(paths)
    lost = _descriptors(path for path, why in refused.items() if why != LEADS_OUT)
    tops = {PurePosixPath(path.parts[0]) for path in (*paths, *lost.values()) if path.parts[1:]}
    for folder in (PurePosixPath(), *(tops if len(tops) == 1 else ())):
        if folder in found:
            return folder
        if folder in lost:
            raise PackageError(f"{called}/{lost[folder]}: {refused[lost[folder]]}")
    there = sorted(map(str, found.values()))
    said = f"there is {', '.join(there[:MOST_NAMED])}: unpack the zip file, and name one"
    if not there:
        said = "unpack the zip file, and describe the files in it with `validate init`"
    raise PackageError(f"{called}: no {DESCRIPTOR} at its top or in its only folder; {said}")


def _descriptors(paths: Iterable[PurePosixPath]) -> dict[PurePosixPath, PurePosixPath]:
    """The descriptors, by the folders that they are in."""
    return {path.parent: path for path in paths if path.name in DESCRIPTORS}


def _below(root: PurePosixPath, entries: dict[PurePosixPath, Any]) -> dict[PurePosixPath, Any]:
    """What is in a folder, by the paths relative to it."""
    return {
        path.relative_to(root): entry
        for path, entry in entries.items()
        if path.is_relative_to(root)
    }
