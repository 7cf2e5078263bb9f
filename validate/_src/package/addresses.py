"""Addresses: texts that lead to the web, and arguments that do."""

import os
import re
from dataclasses import dataclass
from errno import ENAMETOOLONG
from pathlib import Path
from urllib.parse import urlsplit

from validate._src.words.errors import PackageError
from validate._src.words.printing import shortened
from validate._src.words.surrogates import NO_CHARACTERS, is_of_characters

IN_STORES = {"s3": "s3fs", "gs": "gcsfs", "az": "adlfs", "abfs": "adlfs", "abfss": "adlfs"}
"""The schemes of URLs of objects in stores, each with the library that fsspec asks the store by."""
HTTP = ("http", "https")
FETCHED = (*HTTP, *IN_STORES)
OF_THE_STANDARD = (*HTTP, "ftp", "ftps")
"""The schemes of URLs that a path may be.

Source: Data Package 2.0, Glossary, "URL or Path".
"""
ON_THE_WEB = (*OF_THE_STANDARD, *IN_STORES)
"""The same, and those of stores beyond the standard."""
NO_NULL = "no file has a null character in its name"
TOO_LONG = "the path, or a name in it, is longer than the system allows; give a shorter one"
ONLY_FETCHED = f"only {', '.join(FETCHED[:-1])} and {FETCHED[-1]} are fetched"
ELSEWHERE = {"s3a": "s3", "s3n": "s3", "gcs": "gs", "wasb": "az", "wasbs": "az"}
"""What others call schemes of stores, Hadoop above all, and what they are called here."""
NOT_FETCHED = "not fetched; files on the web are fetched only with --allow-remote"


def scheme_of(location: str) -> str | None:
    """The scheme of a URL; a single letter before the colon is a drive."""
    try:
        scheme = urlsplit(location).scheme.lower()
    except ValueError:
        return location.partition(":")[0].lower()
    return scheme if len(scheme) > 1 else None


def is_in_store(location: str) -> bool:
    """Whether a text is the URL of an object in a store."""
    return scheme_of(location) in IN_STORES


def not_fetched(url: str) -> str:
    """Why a URL of another scheme is not fetched, and what it may have been meant for."""
    here = ELSEWHERE.get(scheme_of(url) or "")
    return f"{ONLY_FETCHED}; write {here}://" if here else ONLY_FETCHED


def in_store(url: str) -> tuple[str, str, str]:
    """The scheme of the URL of an object, as it is written, its bucket, and its key.

    A key may have any characters, none of which has a meaning in it. Of a bucket by itself it is
    empty.
    """
    scheme, _, rest = url.partition("://")
    bucket, _, key = rest.partition("/")
    return scheme, bucket, key


ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
"""How a URL begins that is given as an argument, where a single letter is a drive."""
FILE_URL = re.compile(r"file:(?://(?P<host>[^/]*))?(?P<path>/.*)", re.IGNORECASE | re.DOTALL)
THIS_COMPUTER = ("", "localhost", "127.0.0.1")


@dataclass(frozen=True)
class Address:
    """A URL that is given as an argument.

    Attributes:
        url: the URL, of whatever scheme but `file`.
    """

    url: str

    def __str__(self) -> str:
        """The URL."""
        return self.url


def path_or_address(given: str) -> Path | Address:
    """What an argument names: a file or folder, by its path or a `file:` URL, or a URL.

    Raises:
        PackageError: it is the URL of a file of another computer, has credentials in it, or is no
            name that a file can have, or that can be reported.

    Source: RFC 8089, File URI Scheme, section 2 and appendix B.
    """
    named = _path_or_address(given)
    if isinstance(named, Path):
        check_name(str(named))
    elif "\0" in given:
        raise PackageError(f"{given!r}: {NO_NULL}")
    elif not is_of_characters(given):
        raise PackageError(f"{given}: {NO_CHARACTERS}")
    return named


def check_name(path: str) -> None:
    """Checks that the system can be asked for a path.

    Raises:
        PackageError: there is a null character in it, at which systems stop reading a name, or what
            is no character and stands in no report, or it or a name in it is longer than they may
            be there.
    """
    if "\0" in path:
        raise PackageError(f"{path!r}: {NO_NULL}")
    for shown in (path, _absolute(path)):  # the working folder may have such a name, too
        if not is_of_characters(shown):
            raise PackageError(f"{shown}: {NO_CHARACTERS}; rename what has such a name")
    try:
        os.stat(path)  # noqa: PTH116 - asks no more than whether it can be asked for
    except OSError as error:
        if error.errno == ENAMETOOLONG:
            raise PackageError(f"{shortened(path)}: {TOO_LONG}") from None


def _absolute(path: str) -> str:
    """A path from the root; as it is where the working folder is gone."""
    try:
        return os.path.abspath(path)  # noqa: PTH100 - which is for texts, and follows no links
    except FileNotFoundError:
        return path


def _path_or_address(given: str) -> Path | Address:
    if (parts := FILE_URL.fullmatch(given)) is not None:
        from urllib.request import url2pathname  # takes longer to import than all else here

        if (parts["host"] or "").lower() not in THIS_COMPUTER:
            raise PackageError(f"{given}: a file of another computer, {parts['host']}")
        return Path(url2pathname(parts["path"]))
    if not ADDRESS.match(given):
        return Path(given)
    if is_in_store(given):
        check_in_store(given)
    return Address(given)


def check_in_store(url: str) -> None:
    """Checks that the URL of an object names a bucket, and nobody who may ask for it.

    Raises:
        PackageError: it does not; the message has nothing of what may be a password.
    """
    scheme, bucket, _ = in_store(url)
    names_account = scheme.lower() in ("abfs", "abfss")
    if not bucket or ("@" in bucket and not names_account):
        raise PackageError(
            f"{scheme}://: an address has the name of a bucket and no credentials, which come from "
            "the environment"
        )
