"""Packages whose descriptor is on the web or in a store, with the files beside it."""

import re
from collections.abc import Collection, Iterable
from functools import cached_property
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from validate._src.package.addresses import is_in_store
from validate._src.package.remote import Remote
from validate._src.words.errors import FileError
from validate._src.words.scratch import also_at

ENCODED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")


class WebFolder:
    """The folder of a descriptor on the web or in a store; its files are fetched when needed.

    Attributes:
        scratch: the scratch folder.
        folder: the folder in it that files are fetched to.
        name: what the package goes by if it has no name.
    """

    def __init__(self, url: str, remote: Remote) -> None:
        """Starts with no file.

        Args:
            url: of the descriptor, which was fetched.
            remote: fetches files.
        """
        self._remote = remote
        self._bases = [*dict.fromkeys(_folder_of(at) for at in (remote.led_to(url), url))]
        self.scratch = remote.folder
        self.folder = self.scratch.path / "package"
        self.folder.mkdir()
        self.name = _name_of(self.origin)

    @property
    def origin(self) -> str:
        """The URL of the folder."""
        return self._bases[0]

    @property
    def names(self) -> Collection[PurePosixPath] | None:
        """The paths of all objects in a folder of a store; None of one that cannot be listed."""
        return self._names if is_in_store(self.origin) else None

    @cached_property
    def _names(self) -> Collection[PurePosixPath]:
        """The same of a folder in a store, listed once."""
        listed = self._remote.stores.listed(self.origin)
        return [PurePosixPath(one.url.removeprefix(self.origin)) for one in listed]

    def prepare(self, paths: Iterable[PurePosixPath]) -> None:
        """Fetches objects of a store that will be asked for, several at a time."""
        if is_in_store(self.origin):
            self._remote.fetch_all(_joined(self.origin, path) for path in paths)

    def bring(self, path: PurePosixPath, where: str) -> None:
        """Fetches a file, unless it is there.

        After a redirection a path may be relative to either URL, and the first file tells which:
        a host redirects to a store of single files, or to where the package has moved.

        Source: RFC 3986, section 5.1.3: the base is the last URL of a redirection.
        """
        target = self.folder / path
        if target.exists():
            return
        errors: list[FileError] = []
        for base in self._bases:
            try:
                fetched = self._remote.fetch(_joined(base, path), where)
            except FileError as error:
                errors.append(error)
                continue
            self._bases = [base]
            self.keep(fetched, path, where)
            return
        raise errors[0]

    def keep(self, fetched: Path, path: PurePosixPath, where: str) -> Path:
        """Puts a file that was fetched into its place in the folder."""
        target = self.folder / path
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            also_at(fetched, target)
        except OSError as error:
            raise FileError(where, f"cannot be kept: {error.strerror}") from None
        return target


def _folder_of(url: str) -> str:
    """The URL of the folder that something is in."""
    return url[: url.rindex("/") + 1] if is_in_store(url) else urljoin(url, ".")


def _name_of(folder: str) -> str:
    """The name of a folder, or of the host or bucket."""
    if is_in_store(folder):
        return PurePosixPath(folder).name
    parts = urlsplit(folder)
    return unquote(PurePosixPath(parts.path).name) or parts.hostname or ""


def _joined(base: str, path: PurePosixPath) -> str:
    """The URL of a file in a folder; keys of stores are not encoded."""
    return f"{base}{path}" if is_in_store(base) else urljoin(base, _quoted(path))


def _quoted(path: PurePosixPath) -> str:
    """A path as a part of a URL; one that is percent-encoded already stays as it is.

    Source: Data Package 2.0, Glossary, "URL or Path", of which one and the same text should work
    on disk and online.
    """
    text = str(path)
    return quote(text, safe="/%" if ENCODED.fullmatch(text) else "/")
