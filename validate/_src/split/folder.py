"""The folder of the parted tables: files appear in it once all of them are whole."""

import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from validate._src.reading.formats import by_path, format_named
from validate._src.words.errors import PackageError
from validate._src.words.filenames import stem
from validate._src.words.model import Resource

UNFINISHED = ".part"
VALID, UNPROVEN, INVALID, REASONS = "valid", "unproven", "invalid", "reasons"


def check_folder(folder: Path) -> None:
    """Checks that a folder can take files, before a run of hours comes to nothing.

    Raises:
        PackageError: it holds something, is a file, or cannot be written to.
    """
    is_there = _is_there(folder)
    if is_there and not folder.is_dir():
        raise PackageError(f"--split {folder}: a file; name a folder that is absent or empty")
    parent = folder if is_there else folder.absolute().parent
    if not parent.is_dir():
        raise PackageError(f"--split {folder}: there is no folder {parent}; make it first")
    if not os.access(parent, os.R_OK | os.W_OK):
        raise PackageError(f"--split {folder}: the folder {parent} cannot be written to")
    if is_there and any(folder.iterdir()):
        raise PackageError(
            f"--split {folder}: the folder is not empty; name one that is absent or empty"
        )


def _is_there(folder: Path) -> bool:
    try:
        folder.stat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):  # such as links in a circle
        raise PackageError(f"--split {folder}: not a usable path") from None
    return True


class Files:
    """Files that are being written into a folder."""

    def __init__(self, folder: Path) -> None:
        """Has none yet."""
        self._folder = folder
        self._names: dict[str, str] = {}
        self._stems: set[str] = set()

    def stem(self, resource: Resource) -> str:
        """What the names of the files of a table begin with: its name, as far as files allow."""
        base = stem(resource.name)
        made, number = base, 1
        while made.casefold() in self._stems:
            number += 1
            made = f"{base}-{number}"
        self._stems.add(made.casefold())
        return made

    @contextmanager
    def writing(self, name: str) -> Generator[BinaryIO]:
        """A file to be written, or written on; it is kept only under a name that it is given."""
        with self.path(name).open("ab") as stream:
            yield stream

    def keep(self, written: str, name: str) -> None:
        """Keeps a file that was written, under a name."""
        self._names[written] = name

    def drop_parted(self, stem: str) -> None:
        """Removes the rows of a table, as far as they were written."""
        for kind in (VALID, INVALID):
            self.path(f"{stem}.{kind}").unlink(missing_ok=True)

    def finish(self) -> None:
        """Gives all files their names; those that are called valid come last."""
        last_first = sorted(self._names.items(), key=lambda pair: f".{VALID}." in pair[1])
        for written, name in last_first:
            self.path(written).rename(self._folder / name)
        self._names.clear()

    def clear(self) -> None:
        """Removes all that has no name yet."""
        for file in self._folder.glob(f"*{UNFINISHED}"):
            file.unlink(missing_ok=True)

    def path(self, written: str) -> Path:
        """Where a file is being written."""
        return self._folder / f"{written}{UNFINISHED}"


@contextmanager
def files_in(folder: Path) -> Generator[Files]:
    """Files that all appear in a folder at the end, or none if anything fails before.

    Raises:
        PackageError: the folder is not empty any more, or cannot be written to.
    """
    check_folder(folder)
    is_made = not folder.exists()
    files = Files(folder)
    try:
        folder.mkdir(exist_ok=True)
        yield files
        files.finish()
    except BaseException as error:
        with suppress(OSError):  # the first failure is the one to tell
            files.clear()
            if is_made:
                folder.rmdir()
        if isinstance(error, OSError):
            reason = error.strerror or str(error)
            raise PackageError(f"--split {folder}: cannot be written: {reason}") from None
        raise


def suffix_of(resource: Resource) -> str:
    """How the files of a table end: as its own does, without the compression."""
    name, _ = by_path(resource.location)
    return f".{name if format_named(name) else resource.format}"
