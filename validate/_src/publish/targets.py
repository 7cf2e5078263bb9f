"""Where exports go: the files and folders that are asked for."""

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from validate._src.publish.archive import files_of
from validate._src.publish.content import Content
from validate._src.publish.formats import Format, format_asked
from validate._src.words.errors import PackageError
from validate._src.words.model import Package
from validate._src.words.replacing import filling, replacing


@dataclass(frozen=True)
class Target:
    """A file or folder that a package is exported to.

    Attributes:
        format: the format.
        path: where it is.
        given: how it was asked for.
    """

    format: Format
    path: Path
    given: str

    def write(self, content: Content) -> list[str]:
        """Writes it whole or not at all.

        Returns:
            What is to be known of it, a sentence each.

        Raises:
            PackageError: the format cannot hold the package, it cannot be written, or a file of
                the package is not the one any more that was judged.
        """
        try:
            if self.format.is_folder:
                with filling(self.path) as folder:
                    said = [*self.format.write(content, folder)]
                    content.check_files()
                return said
            with replacing(self.path) as stream:
                said = [*self.format.write(content, stream)]
                content.check_files()
            return said
        except OSError as error:
            reason = error.strerror or str(error)
            raise PackageError(f"--to {self.given}: cannot be written: {reason}") from None


def targets_of(given: Sequence[str], package: Package) -> list[Target]:
    """What is asked for, checked before a run of hours comes to nothing.

    Args:
        given: `FORMAT` or `FORMAT:PATH`; without a path, the name of the package or that of the
            format in the working folder.
        package: the package.

    Raises:
        PackageError: a format is not known or lacks its library, a path is named twice, is a file
            of the package, or cannot be written.
    """
    targets = [_target(one, package) for one in given]
    seen: set[Path] = set()
    for target in targets:
        target.format.check_installed()
        _check_path(target)
        if (resolved := target.path.resolve()) in seen:
            raise PackageError(f"--to {target.given}: {target.path} is written twice")
        seen.add(resolved)
    _check_free(targets, package)
    return targets


def _target(given: str, package: Package) -> Target:
    name, _, path = given.partition(":")
    found = format_asked(f"--to {given}", name)
    return Target(found, Path(path or found.name_for(package)), given)


def _check_path(target: Target) -> None:
    """Checks that a path can be written."""
    path, place = target.path, f"--to {target.given}"
    try:
        is_folder, exists, parent = path.is_dir(), path.exists(), path.resolve().parent
    except (OSError, RuntimeError, ValueError):  # such as links in a circle
        raise PackageError(f"{place}: not a usable path") from None
    if not parent.is_dir():
        raise PackageError(f"{place}: there is no folder {parent}; make it first")
    if not os.access(parent, os.W_OK):
        raise PackageError(f"{place}: the folder {parent} cannot be written to")
    if not target.format.is_folder:
        if exists and not path.is_file():
            raise PackageError(f"{place}: {path} is no file; name a file")
        return
    if exists and not is_folder:
        raise PackageError(f"{place}: {path} is a file; name a folder that is absent or empty")
    if is_folder and any(path.iterdir()):
        raise PackageError(f"{place}: {path} is not empty; name a folder that is absent or empty")


def _check_free(targets: Iterable[Target], package: Package) -> None:
    """Refuses to replace a file of the package, through links too."""
    taken = {*_identities((package.file, *files_of(package).values()))}
    for target in targets:
        if not taken.isdisjoint(_identities([target.path])):
            raise PackageError(
                f"--to {target.given}: {target.path} belongs to the package; it is not replaced"
            )


def _identities(files: Iterable[Path]) -> Iterator[tuple[int, int]]:
    """The same for all names of a file; none for files that are not there."""
    for file in files:
        if file.is_file():
            status = file.stat()
            yield status.st_dev, status.st_ino
