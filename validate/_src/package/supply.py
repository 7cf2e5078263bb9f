"""Packages that are in no folder: in a zip file, on the web or in a store."""

from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath
from typing import Protocol

from validate._src.words.scratch import ScratchFolder


class Supply(Protocol):
    """Brings the files of a package into a folder, each when it is asked for.

    Attributes:
        scratch: what the folder goes with.
        folder: the folder.
        name: what the package goes by if it has no name.
    """

    scratch: ScratchFolder
    folder: Path
    name: str

    @property
    def names(self) -> Collection[PurePosixPath] | None:
        """The paths of all files that there are; None where they cannot be listed."""
        ...

    @property
    def origin(self) -> str:
        """What stands before the paths of its files: `ponds.zip/`, `https://ponds.example/`."""
        ...

    def prepare(self, paths: Iterable[PurePosixPath]) -> None:
        """Is told which files will be asked for, so that they can be brought at once.

        Args:
            paths: of the files, relative to the folder; those that lead out of it left out.
        """
        ...

    def bring(self, path: PurePosixPath, where: str) -> None:
        """Brings a file, if there is one and it is not there yet.

        Args:
            path: of the file, relative to the folder.
            where: what messages call it.

        Raises:
            FileError: it cannot be had.
        """
        ...
