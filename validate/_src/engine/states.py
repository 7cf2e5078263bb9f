"""The files of a package as they are: what parts of a run compare, and whether they change.

A part reads all of the files up to 16 MiB that it judges, and samples of all others; what it has
read, the merge compares with its own files. So each byte of them is read by a part or two, and
eight parts of a thousand files of 10 MB read 10 GB for it and not 80. The second look, at the end
of a part, reads only what may have been written since, which the file system tells.
"""

import hashlib
from collections.abc import Iterable, Iterator
from time import time_ns

from validate._src.reading.files import Stamp, stamp_if_there
from validate._src.words.errors import FileError
from validate._src.words.model import Package, Part

END = 2**16
"""Bytes at both ends of a large file that are looked at."""
BETWEEN = 2**12
"""Bytes of each of the blocks between them."""
BLOCKS = 16
"""How many blocks."""
WHOLE = 2**24
"""Bytes of a file up to which all of it is looked at by the part that judges it: some 14 ms."""
HEAD = 2**16
"""Bytes at the beginning of such a file that all parts look at: what it begins with tells them
where their own share begins."""
TAIL = 2**12
"""Bytes at its end."""
RECENT = 2_000_000_000
"""Nanoseconds in which a file may be written twice and have the same times: those of FAT."""
State = tuple[str, int | None, str, str | None]
"""A file: its location, its size, None where it is not there, the digest of samples, and that of
all of it, None where nobody has looked at all."""


def differ(one: State, other: State) -> bool:
    """Whether a file is not the same for two that have looked at it, as far as both have."""
    (*told, whole), (*told_other, whole_other) = one, other
    return told != told_other or (
        whole is not None and whole_other is not None and whole != whole_other
    )


class Seen:
    """The files of a package as they were looked at."""

    def __init__(self, package: Package) -> None:
        """Looks at samples of each of them."""
        self._parts = parts_of(package)
        # Before they are read: what is written meanwhile has another stamp at the second look.
        self._stamps = [*map(_settled, self._parts)]
        self._samples = [*map(_state, self._parts)]
        self._whole: dict[Part, str | None] = {}

    def look_at_all_of(self, parts: Iterable[Part]) -> None:
        """Looks at all of some files, those that are not too large for that."""
        for part in parts:
            if part not in self._whole:
                self._whole[part] = _whole(part)

    @property
    def states(self) -> tuple[State, ...]:
        """Each of them, in order, as it was at the first look."""
        looked = zip(self._parts, self._samples, strict=True)
        return tuple(_with_whole(state, self._whole.get(part)) for part, state in looked)

    def again(self) -> tuple[State, ...]:
        """Each of them as it is now; read are those that may be others."""
        looked = zip(self._parts, self.states, self._stamps, strict=True)
        return tuple(
            state if stamp is not None and stamp == _stamp(part) else self._now(part)
            for part, state, stamp in looked
        )

    def _now(self, part: Part) -> State:
        return _with_whole(_state(part), _whole(part) if part in self._whole else None)


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
    return stamp_if_there(part.file)


def _settled(part: Part) -> Stamp | None:
    """The stamp of a file that would have another if it were written from now on."""
    stamp = _stamp(part)
    if stamp is None or max(stamp.written, stamp.changed) >= time_ns() - RECENT:
        return None
    return stamp


def _state(part: Part) -> State:
    """A file as it is now, by samples.

    In a file of more than `WHOLE` bytes, a change that keeps the size and lies between the samples
    is not noticed: to read all of the data for it would take each part as long as to judge a good
    share of them.
    """
    try:
        size = part.size
        samples = digest(*_samples(part, size))
    except (OSError, FileError):
        return part.location, None, "", None
    return part.location, size, samples, samples if size <= HEAD + TAIL else None


def _samples(part: Part, size: int) -> Iterator[bytes]:
    if size <= HEAD + TAIL:
        ranges = [(0, size)]
    elif size <= WHOLE:
        ranges = [(0, HEAD), (size - TAIL, TAIL)]
    else:
        step = (size - 2 * END) // BLOCKS
        between = [(END + at * step, BETWEEN) for at in range(BLOCKS)]
        ranges = [(0, END), *between, (size - END, END)]
    with part.open() as file:
        for start, length in ranges:
            file.seek(start)
            yield file.read(length)


def _whole(part: Part) -> str | None:
    """The digest of all of a file; None of one that is too large for that, or not there."""
    try:
        size = part.size
        if size > WHOLE:
            return None
        with part.open() as file:
            return digest(file.read(size))
    except (OSError, FileError):
        return None


def _with_whole(state: State, whole: str | None) -> State:
    """A state with what is known of all of a file; of a small one that is its samples."""
    location, size, samples, of_samples = state
    return location, size, samples, of_samples or whole
