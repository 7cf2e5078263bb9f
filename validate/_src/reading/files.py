"""Files as they lie on disk: their bytes, size and digest."""

import hashlib
import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, Protocol

from validate._src.words.errors import FileError, PackageError
from validate._src.words.model import Part, Resource

BLOCK = 16 * 2**20
"""Bytes that are read at once: with 4 MiB a run over a million rows takes a quarter more
processor time, with 64 MiB twice the memory and no less time."""


class Stamp(NamedTuple):
    """What is another once a file was written or replaced, as its file system tells.

    Attributes:
        device: where it lies, with `inode`: another file that has taken its place has others.
        inode: its number there. Some network file systems give it another by and by.
        size: how many bytes it has.
        written: when its content was written, in nanoseconds; programs set it as they like.
        changed: when content, rights, name or links were; no program can set it. Windows has no
            such time, and tells when the file was made.
    """

    device: int
    inode: int
    size: int
    written: int
    changed: int


def stamp_of(file: os.PathLike[str]) -> Stamp:
    """The stamp of a file as it is now.

    Raises:
        OSError: it is not there.
    """
    told = os.stat(file)  # noqa: PTH116 - a Path takes longer, and there may be thousands of files
    return Stamp(told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns)


def stamp_if_there(file: os.PathLike[str]) -> Stamp | None:
    """The stamp of a file as it is now; None if it is not there."""
    try:
        return stamp_of(file)
    except OSError:
        return None


class Readable(Protocol):
    """An opened file, of the system's or unpacked."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, or those that are left."""
        ...


def file_blocks(part: Part) -> Iterator[bytes]:
    """The bytes of a file, in blocks.

    Raises:
        FileError: the file cannot be read.
    """
    with errors_named(part), part.open() as file:
        yield from blocks_of(file)


def blocks_of(file: Readable) -> Iterator[bytes]:
    """What is left to read of an opened file, in blocks."""
    while block := file.read(BLOCK):
        yield block


@contextmanager
def errors_named(part: Part) -> Generator[None]:
    """Says in one line which file cannot be read, and why.

    Raises:
        FileError: the system could not read it.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise FileError(part.location, f"cannot be read: {reason}") from None


def first_character(file: Path) -> bytes:
    """The first byte of a file that is no space, behind a byte order mark; empty without one."""
    with file.open("rb") as opened:
        return opened.read(100).lstrip(b"\xef\xbb\xbf \t\r\n")[:1]


def of_path(resource: Resource) -> Resource:
    """A resource with the files alone that its `path` names, of which `bytes` and `hash` are.

    Source: docs/extensions.md, "Many files".
    """
    return replace(resource, parts=tuple(part for part in resource.parts if part.named))


def size(resource: Resource) -> int:
    """How many bytes the files of a resource have together.

    Raises:
        FileError: one of them is absent.
    """
    resource.check()
    return resource.size


def digest_size(algorithm: str) -> int | None:
    """How many bytes the digests of an algorithm have; None if Python does not know it."""
    try:
        return hashlib.new(algorithm, usedforsecurity=False).digest_size or None
    except ValueError:
        return None


def digest(resource: Resource, algorithm: str) -> str:
    """The digest of a resource's files, one after the other, in hexadecimal.

    Raises:
        FileError: a file cannot be read.
        PackageError: Python does not know the algorithm.
    """
    if digest_size(algorithm) is None:
        raise PackageError(f'{resource.location}: hash: no algorithm "{algorithm}" is known here')
    state = hashlib.new(algorithm, usedforsecurity=False)
    for part in resource.parts:
        for block in file_blocks(part):
            state.update(block)
    return state.hexdigest()
