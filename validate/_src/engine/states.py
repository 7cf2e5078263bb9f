"""The files of a package as they are: what parts of a run compare, and whether they change.

The first look reads: all of a small file, samples of a large one. The second, at the end of a part,
reads only what may have been written since, which the file system tells: without it, eight parts of
a thousand files of 10 MB would read 160 GB for nothing but this.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from time import time_ns

from validate._src.words.errors import FileError
from validate._src.words.model import Package, Part

END = 2**16
"""Bytes at both ends of a file that are looked at."""
BETWEEN = 2**12
"""Bytes of each of the blocks between them."""
BLOCKS = 16
"""How many blocks."""
WHOLE = 2**24
"""Bytes up to which all of a file is looked at, which takes some 14 ms."""
RECENT = 2_000_000_000
"""Nanoseconds in which a file may be written twice and have the same times: those of FAT."""
State = tuple[str, int | None, str]
"""A file: its location, its size, None where it is not there, and the digest of samples."""
Stamp = tuple[int, ...]
"""What is another where a file was written or replaced: its device, inode, size and times."""


@dataclass(frozen=True)
class Seen:
    """The files of a package as they were looked at.

    Attributes:
        states: each of them, in order.
        stamps: what tells that it was not written since; None where nothing does.
    """

    states: tuple[State, ...]
    stamps: tuple[Stamp | None, ...]

    @classmethod
    def of(cls, package: Package) -> "Seen":
        """The files of a package as they are now."""
        parts = parts_of(package)
        # Before they are read: what is written meanwhile has another stamp at the second look.
        stamps = tuple(map(_settled, parts))
        return cls(tuple(map(_state, parts)), stamps)

    def again(self, package: Package) -> tuple[State, ...]:
        """The files of the same package as they are now; read are those that may be others."""
        looked = zip(parts_of(package), self.states, self.stamps, strict=True)
        return tuple(
            state if stamp is not None and stamp == _stamp(part) else _state(part)
            for part, state, stamp in looked
        )


def digest(*contents: bytes) -> str:
    """The SHA-256 of contents, one after the other."""
    found = hashlib.sha256()
    for content in contents:
        found.update(content)
    return found.hexdigest()


def parts_of(package: Package) -> list[Part]:
    """The files of all resources of a package, in order."""
    return [part for resource in package.resources.values() for part in resource.parts]


def _stamp(part: Part) -> Stamp | None:
    """The stamp of a file; None of a text in a descriptor, and of what is not there."""
    if part.absent or part.file is None:
        return None
    try:
        told = part.file.stat()
    except OSError:
        return None
    return told.st_dev, told.st_ino, told.st_size, told.st_mtime_ns, told.st_ctime_ns


def _settled(part: Part) -> Stamp | None:
    """The stamp of a file that would have another if it were written from now on."""
    stamp = _stamp(part)
    return stamp if stamp is not None and max(stamp[-2:]) < time_ns() - RECENT else None


def _state(part: Part) -> State:
    """A file as it is now.

    In a file of more than `WHOLE` bytes, a change that keeps the size and lies between the samples
    is not noticed: to read all of the data for it would take each part as long as to judge a good
    share of them.
    """
    try:
        return part.location, part.size, digest(*_samples(part))
    except (OSError, FileError):
        return part.location, None, ""


def _samples(part: Part) -> Iterator[bytes]:
    size = part.size
    with part.open() as file:
        if size <= WHOLE:
            yield file.read(size)
            return
        step = (size - 2 * END) // BLOCKS
        ranges = [(END + at * step, BETWEEN) for at in range(BLOCKS)]
        for start, length in [(0, END), *ranges, (size - END, END)]:
            file.seek(start)
            yield file.read(length)
