"""Packages whose descriptor is on the web, with the files that it names beside it."""

import re
import shutil
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from validate._src.package.remote import Remote
from validate._src.words.errors import FileError

ENCODED = re.compile(r"(?:[^%]|%[0-9A-Fa-f]{2})*")


class WebFolder:
    """The folder of a descriptor on the web, of which files are fetched as they are needed.

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
        self._bases = [*dict.fromkeys(urljoin(at, ".") for at in (remote.led_to(url), url))]
        self.scratch = remote.folder
        self.folder = self.scratch.path / "package"
        self.folder.mkdir()
        parts = urlsplit(self.origin)
        self.name = unquote(PurePosixPath(parts.path).name) or parts.hostname or ""

    @property
    def origin(self) -> str:
        """The URL of the folder."""
        return self._bases[0]

    @property
    def names(self) -> None:
        """None: a folder on the web cannot be listed."""

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
                fetched = self._remote.fetch(urljoin(base, _quoted(path)), where)
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
            shutil.copyfile(fetched, target)
        except OSError as error:
            raise FileError(where, f"cannot be kept: {error.strerror}") from None
        return target


def _quoted(path: PurePosixPath) -> str:
    """A path as a part of a URL; one that is percent-encoded already stays as it is.

    Source: Data Package 2.0, Glossary, "URL or Path", of which one and the same text should work
    on disk and online.
    """
    text = str(path)
    return quote(text, safe="/%" if ENCODED.fullmatch(text) else "/")
