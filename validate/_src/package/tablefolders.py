"""Folders of tables: in the folder of a package, by themselves, or in an object store."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from validate._src.package.folder import Folder
from validate._src.package.lakes import LOG, METADATA, LakeFile
from validate._src.words.errors import FileError
from validate._src.words.scratch import also_at

if TYPE_CHECKING:
    from validate._src.package.remote import Remote
    from validate._src.package.stores import Stored

WITHIN_LOG = (LOG, f"{LOG}/_sidecars")
"""Folders with files of a log; in the second are those that a checkpoint refers to."""


class FolderHere:
    """A folder of a table that lies below that of a package, or is it.

    Attributes:
        called: what messages call it.
        prefix: what stands before the paths of its files in findings.
    """

    def __init__(self, folder: Folder, path: str, called: str) -> None:
        """Takes it.

        Args:
            folder: the folder of the package, outside of which nothing is read.
            path: of the table, relative to it; empty if it is the folder itself.
            called: what messages call it.
        """
        self._folder, self.called = folder, called
        self.prefix = f"{path.rstrip('/')}/" if path else ""
        self._listed: dict[str, Sequence[str]] = {}

    def names(self, folder: str) -> Sequence[str]:
        """The names of the files in a folder of it, which is listed once."""
        if folder not in self._listed:
            self._listed[folder] = self._names(folder)
        return self._listed[folder]

    def _names(self, folder: str) -> Sequence[str]:
        where = self._folder.path / f"{self.prefix}{folder}"
        try:
            if not where.resolve().is_relative_to(self._folder.path.resolve()):
                return ()
            return [each.name for each in where.iterdir() if each.is_file()]
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return ()
        except OSError as error:
            raise FileError(self.called, f"cannot be listed: {error.strerror}") from None

    def file(self, path: str) -> Path:
        """A file in it."""
        return self._folder.file(f"{self.prefix}{path}", "")

    def with_log(self) -> Path:
        """The folder itself, once every file of the log is known to lie inside of the package."""
        for folder in WITHIN_LOG:
            for name in self.names(folder):
                self.file(f"{folder}/{name}")
        return self._folder.path / self.prefix

    def told(self, text: str) -> str:
        """The text itself: its paths are those of files that anybody can look at."""
        return text

    def prepare(self, files: Sequence[LakeFile]) -> None:
        """Nothing: they are here."""


class FolderInStore:
    """A folder of a table in an object store.

    Attributes:
        called: its URL, which ends in `/`.
        prefix: what stands before the paths of its files in findings.
    """

    def __init__(self, url: str, remote: "Remote", prefix: str = "") -> None:
        """Takes it.

        Args:
            url: the URL, which ends in `/`.
            remote: fetches its files.
            prefix: what findings have before the paths of its files; by default the URL.
        """
        self._remote, self.called = remote, url
        self._copied: Path | None = None
        self.prefix = prefix or url

    def names(self, folder: str) -> Sequence[str]:
        """The names of the objects in a folder of it."""
        paths = (PurePosixPath(one) for one in self._listed)
        return [path.name for path in paths if str(path.parent) == folder]

    def file(self, path: str) -> Path:
        """An object in it, fetched."""
        return self._remote.fetch(f"{self.called}{path}", f"{self.prefix}{path}")

    def with_log(self) -> Path:
        """A folder with the log, fetched."""
        paths = [f"{folder}/{name}" for folder in WITHIN_LOG for name in self.names(folder)]
        self._remote.fetch_all(
            (f"{self.called}{path}" for path in paths),
            sum(self._listed[path].size for path in paths),
        )
        self._copied = top = Path(mkdtemp(dir=self._remote.folder.path))
        for path in paths:
            (top / path).parent.mkdir(parents=True, exist_ok=True)
            also_at(self.file(path), top / path)
        return top

    def told(self, text: str) -> str:
        """The text with the URLs of objects, not the paths of copies, which are soon gone."""
        if self._copied is None:
            return text
        for copied in (self._copied.as_uri(), str(self._copied)):
            text = text.replace(copied, self.called.rstrip("/"))
        return text

    def prepare(self, files: Sequence[LakeFile]) -> None:
        """Fetches them, several at a time."""
        self._remote.fetch_all(
            (f"{self.called}{one.path}" for one in files), sum(one.size for one in files)
        )

    @cached_property
    def _listed(self) -> "dict[str, Stored]":
        """All that lies in its log and its metadata, by paths relative to it."""
        try:
            found = [
                one
                for folder in (LOG, METADATA)
                for one in self._remote.stores.listed(f"{self.called}{folder}/")
            ]
        except FileError as error:  # by what was given, and not by what is looked for in it
            raise FileError(self.called, error.reason) from None
        return {one.url.removeprefix(self.called): one for one in found}
