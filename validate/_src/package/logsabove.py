"""That no prefix of a store in which objects lie is a table with a log, as far as it lists them."""

from collections.abc import Iterator
from contextlib import suppress
from typing import TYPE_CHECKING

from validate._src.package.addresses import in_store
from validate._src.package.lakes import (
    DELTA,
    ICEBERG,
    LAST_CHECKPOINT,
    LOG,
    METADATA,
    VERSION_HINT,
    commit_name,
    kind_of_lake,
)
from validate._src.package.tablefolders import FolderInStore
from validate._src.words.errors import FileError, PackageError

if TYPE_CHECKING:
    from validate._src.package.remote import Remote

OFTEN_THERE = {
    f"{LOG}/{LAST_CHECKPOINT}": DELTA,
    f"{LOG}/{commit_name(0)}": DELTA,
    f"{METADATA}/{VERSION_HINT}": ICEBERG,
}
"""Files of tables whose names are known without a list, and their kinds."""


def check_above(top: str, path: str, remote: "Remote", what_to_do: str) -> list[str]:
    """Checks that no prefix above one is a table with a log.

    Args:
        top: the URL of the prefix.
        path: of an object below it.
        remote: lists what lies above.
        what_to_do: what is said to do if one is.

    Returns:
        The URLs of those that the store does not list.

    Raises:
        PackageError: one is.
    """
    unlisted: list[str] = []
    for above in _prefixes_above(top):
        try:
            kind = kind_of_lake(FolderInStore(above, remote))
        except FileError:  # a store may let somebody list no more than the prefix
            if not (kind := _kind_by_names(above, remote)):
                unlisted.append(above)
        if kind:
            raise refused(path, kind, above, what_to_do)
    return unlisted


def _kind_by_names(prefix: str, remote: "Remote") -> str:
    """What kind of table a prefix is that is not listed, if an object is there that most have."""
    for path, kind in OFTEN_THERE.items():
        with suppress(FileError):  # that it is not there, or that nobody may know
            if remote.stores.holds(f"{prefix}{path}"):
                return kind
    return ""


def _prefixes_above(top: str) -> Iterator[str]:
    """The URLs of the prefixes that one lies in, the nearest first."""
    scheme, bucket, key = in_store(top)
    parts = key.rstrip("/").split("/") if key else []
    for length in reversed(range(len(parts))):
        yield f"{scheme}://{'/'.join([bucket, *parts[:length]])}/"


def refused(path: str, kind: str, folder: str, what_to_do: str) -> PackageError:
    """What is said of a file that lies in a table."""
    return PackageError(
        f"{path} lies in {folder}, a table of {kind}, whose log alone says which files are of it "
        f"and not deleted or replaced: {what_to_do}"
    )
