"""Files on the web and in object stores, fetched only where the person who runs it allows it."""

import shutil
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from http.client import HTTPException
from itertools import count
from pathlib import Path
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from validate._src.package.addresses import HTTP, is_in_store
from validate._src.package.stores import LARGEST, LONGEST, Stores
from validate._src.words.errors import FileError, PackageError
from validate._src.words.scratch import ScratchFolder

SILENCE = 30.0  # seconds in which nothing comes
BLOCK = 2**20  # bytes that are asked for at once; after each the limits are looked at
AT_ONCE = 16  # objects of a store: each takes a round trip or two, and little else


class Remote:
    """Fetches files, whose addresses come from descriptors: with limits of time and size.

    Attributes:
        folder: where the files are, as long as somebody has it.
    """

    def __init__(self) -> None:
        """Makes the folder."""
        self.folder = ScratchFolder()
        self._fetched: dict[str, Path | str] = {}
        self._led_to: dict[str, str] = {}
        self._numbers = count()

    def fetch(self, url: str, where: str) -> Path:
        """The file that a URL names, fetched once.

        Args:
            url: a URL of http, https or of an object in a store.
            where: what messages call it.

        Raises:
            FileError: it cannot be had, or is too large or too slow.
        """
        if url not in self._fetched:
            self._fetched[url] = self._fetch(url)
        fetched = self._fetched[url]
        if isinstance(fetched, str):
            raise FileError(where, fetched)
        return fetched

    def fetch_all(self, urls: Iterable[str], size: int = 0) -> None:
        """Fetches objects of stores, several at a time; what cannot be had, `fetch` says later.

        Args:
            urls: of the objects.
            size: how many bytes they have together, as far as that is known.

        Raises:
            PackageError: the folder has no room for them.
        """
        wanted = [url for url in dict.fromkeys(urls) if url not in self._fetched]
        free = shutil.disk_usage(self.folder.path).free
        if wanted and size > free:
            raise PackageError(
                f"{wanted[0]}: {len(wanted):,} files with {size:,} bytes are to be fetched, and "
                f"{self.folder.path.parent} has room for {free:,}; TMPDIR names another folder"
            )
        with ThreadPoolExecutor(AT_ONCE) as pool:
            self._fetched |= zip(wanted, pool.map(self._fetch, wanted), strict=True)

    def led_to(self, url: str) -> str:
        """The URL that one which was fetched was redirected to; itself if it was not."""
        return self._led_to.get(url, url)

    @cached_property
    def stores(self) -> Stores:
        """The object stores that are asked."""
        return Stores()

    def _fetch(self, url: str) -> Path | str:
        """The file, or why it cannot be had."""
        file = self.folder.path / str(next(self._numbers))
        if is_in_store(url):
            try:
                self.stores.bring(url, file)
            except FileError as error:
                return error.reason
            return file
        try:
            self._led_to[url] = _download(url, file)
        except (URLError, HTTPException, OSError, ValueError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(error, HTTPError):
                reason = f"{error.code} {error.reason}"
            return f"cannot be fetched: {reason}"
        return file


class _OnTheWeb(HTTPRedirectHandler):
    """Follows no redirection away from the web."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme.lower() not in HTTP:
            raise URLError(f"redirected to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _download(url: str, file: Path) -> str:
    """Writes what a URL leads to into a file; gives the URL that this came from in the end."""
    until = time.monotonic() + LONGEST
    size = 0
    request = Request(url, headers={"User-Agent": "validate"})  # noqa: S310 - HTTP
    with build_opener(_OnTheWeb).open(request, timeout=SILENCE) as answer, file.open("wb") as out:
        while block := answer.read1(BLOCK):  # what is there; all of a block may never come
            size += len(block)
            if size > LARGEST:
                raise ValueError(f"more than {LARGEST:,} bytes")
            if time.monotonic() > until:
                raise ValueError(f"not there after {LONGEST:.0f} seconds")
            out.write(block)
        return answer.url
