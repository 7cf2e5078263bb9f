"""Objects in stores (S3, Google Cloud Storage, Azure): listed and brought by libraries of fsspec.

With which credentials a store is asked, and at which endpoint, these libraries find out from the
environment. Nothing of it stands in a message.
"""

import logging
import os
import re
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from validate._src.package.addresses import IN_STORES, check_in_store, in_store
from validate._src.words.errors import CHANGED_MEANWHILE, FileError, PackageError
from validate._src.words.extras import pip_install
from validate._src.words.printing import said_by

LARGEST = 2**30  # bytes of a file: an address that sends without end would fill the disk
LONGEST = 300.0  # seconds for a file: one that sends a byte a minute would never be there
BLOCK = 2**24  # bytes that are asked for at once: each block is a request
ERRORS = {
    "s3fs": (
        "botocore.exceptions.BotoCoreError",
        "botocore.exceptions.ClientError",
        "aiohttp.ClientError",
    ),
    "gcsfs": (
        "gcsfs.retry.HttpError",
        "google.auth.exceptions.GoogleAuthError",
        "aiohttp.ClientError",
    ),
    "adlfs": ("azure.core.exceptions.AzureError",),
}
"""What the libraries raise beside the errors of Python: classes by their modules and names."""
SECRET = re.compile(r"KEY|SECRET|TOKEN|PASSWORD|CREDENTIAL|CONNECTION_STRING|SIGNATURE")
"""Words in the names of variables whose values are written nowhere."""
USER = re.compile(r"//[^/\s@]*@")  # who asks, and by which password, in a URL
SHORTEST = 4  # characters of a secret: a shorter one would blot out whole words
LONGEST_REASON = 200  # characters: some stores answer with pages
PINNING = ("s3fs",)
"""Libraries that themselves ask for the version of an object that they have looked at."""
VERSION = ("etag", "generation", "size")
"""What stores say of an object that is another one where the object is."""
TALKATIVE = ("aiobotocore", "azure", "botocore", "fsspec", "gcsfs", "google", "s3fs")
"""Who logs what it also raises, on standard error where nobody has said to whom."""
BELOW = "no such object; there are objects below it: end a prefix with /, or write a pattern"
NO_CREDENTIALS = ("NoCredentialsError", "PartialCredentialsError", "DefaultCredentialsError")
"""Errors of libraries that find no credentials, whatever they go on to say."""


@dataclass(frozen=True)
class Stored:
    """An object in a store.

    Attributes:
        url: where it is.
        size: how many bytes it has.
    """

    url: str
    size: int


class Stores:
    """Object stores, each asked by its library, which is imported when it is needed."""

    def __init__(self) -> None:
        """Starts without any."""
        self._systems: dict[tuple[str, str], Any] = {}

    def listed(self, folder: str) -> Sequence[Stored]:
        """The objects below a prefix, in order of their URLs; those that stand for folders not.

        Args:
            folder: the URL of the prefix, which ends in `/`.

        Raises:
            PackageError: the store cannot be asked.
        """
        system = self._system(folder)
        with errors_told(folder):
            path = system._strip_protocol(folder).rstrip("/")
            found: Mapping[str, Mapping[str, Any]] = system.find(path, detail=True)
        below = {
            name.removeprefix(f"{path}/"): about["size"] or 0
            for name, about in found.items()
            if about.get("type") == "file" and name.startswith(f"{path}/") and name[-1] != "/"
        }
        return [Stored(f"{folder}{name}", below[name]) for name in sorted(below)]

    def holds(self, url: str) -> bool:
        """Whether there is an object of just this URL.

        Raises:
            PackageError: the store cannot be asked.
        """
        system = self._system(url)
        with errors_told(url):
            try:
                return system.info(system._strip_protocol(url))["type"] == "file"
            except FileNotFoundError:
                return False

    def bring(self, url: str, file: Path) -> None:
        """Writes an object into a file.

        Raises:
            FileError: it cannot be had, or is too large or too slow.
        """
        system = self._system(url)
        until = time.monotonic() + LONGEST
        with (
            errors_told(url),
            system.open(
                system._strip_protocol(url), "rb", block_size=BLOCK, cache_type="none"
            ) as stored,
            file.open("wb") as out,
        ):
            if stored.details.get("type") == "directory":
                raise FileError(url, BELOW)
            if stored.size > LARGEST:
                raise FileError(url, f"cannot be fetched: more than {LARGEST:,} bytes")
            # No library is asked for bytes behind the end: gcsfs then gives none at all.
            while block := stored.read(min(BLOCK, stored.size - out.tell())):
                out.write(block)
                if time.monotonic() > until:
                    raise FileError(
                        url, f"cannot be fetched: not there after {LONGEST:.0f} seconds"
                    )
            if out.tell() != stored.size:
                said = f"ends after {out.tell():,} of its {stored.size:,} bytes"
                raise FileError(url, f"cannot be fetched: {said}")
            if _library(url) not in PINNING:
                system.invalidate_cache(system._parent(stored.path))
                now = system.info(stored.path)
                if any(now.get(name) != stored.details.get(name) for name in VERSION):
                    raise FileError(url, CHANGED_MEANWHILE)

    def _system(self, url: str) -> Any:
        """What asks the store of a URL, one for each account.

        Raises:
            FileError: its library is not installed, or the URL is none of an object.
        """
        scheme, bucket, _ = in_store(url)
        scheme = scheme.lower()
        try:
            check_in_store(url)
        except PackageError as error:
            raise FileError(url, str(error)) from None
        library = _library(url)
        if find_spec(library) is None:
            what = f"not fetched; {scheme}:// needs {library}: {pip_install(library)}"
            raise FileError(url, what)
        account = bucket.partition("@")[2]
        if (scheme, account) not in self._systems:
            # With instances of its own: what a store had a while ago may be there no more.
            import fsspec

            kind: Any = fsspec.get_filesystem_class(scheme)
            for logger in map(logging.getLogger, TALKATIVE):
                if not logger.handlers:
                    logger.addHandler(logging.NullHandler())
            with errors_told(url):
                options = kind._get_kwargs_from_urls(url) if account else {}
                self._systems[scheme, account] = kind(skip_instance_cache=True, **options)
        return self._systems[scheme, account]


@contextmanager
def errors_told(url: str) -> Generator[None]:
    """Says in one line why a store does not give an object.

    Raises:
        FileError: it does not.
    """
    library = _library(url)
    try:
        yield
    except (OSError, ValueError, *_classes(library)) as error:
        raise FileError(url, f"cannot be fetched: {_reason(error)}") from None


def _library(url: str) -> str:
    """What fsspec asks the store of a URL by."""
    return IN_STORES[in_store(url)[0].lower()]


def _classes(library: str) -> tuple[type[Exception], ...]:
    """What a library raises beside the errors of Python."""
    named = (name.rpartition(".") for name in ERRORS[library])
    return tuple(getattr(import_module(module), name) for module, _, name in named)


def _reason(error: Exception) -> str:
    """Why a store does not give an object, in few words and without a secret."""
    if isinstance(error, FileNotFoundError):
        return "there is no such object or bucket"
    if isinstance(error, PermissionError):
        return "the store denies access with the credentials of the environment"
    if type(error).__name__ in NO_CREDENTIALS:
        return "no credentials are found in the environment"
    return without_secrets(said_by(error))[:LONGEST_REASON]


def without_secrets(text: str) -> str:
    """A text without the values of variables that hold secrets, and users in URLs."""
    secrets = (value for name, value in os.environ.items() if SECRET.search(name.upper()))
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= SHORTEST:
            text = text.replace(secret, "…")
    return USER.sub("//", text)
