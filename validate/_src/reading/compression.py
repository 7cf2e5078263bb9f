"""Compressed files: what they unpack to, up to a size that a table can have."""

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO

from validate._src.reading.files import BLOCK, blocks_of, errors_named, file_blocks
from validate._src.words.errors import FileError
from validate._src.words.model import Part, Resource

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

LEAST = 2**12
"""Bytes that `zipfile` reads at least: of bzip2 and LZMA it unpacks all that it reads at once, and
16 MiB may unpack to 300 GB."""
# A table of text shrinks to a tenth, at most to a hundredth; one that grows more when it is
# unpacked is made to fill the disk or the memory of whoever reads it.
SHOWN = 5  # files in a zip file that a message names: it may hold thousands
LARGEST_GROWTH = 250
UNSUSPICIOUS = 64 * 2**20  # fits into memory whatever it grew from, such as a file of one value


@dataclass(frozen=True)
class Compression:
    """A way to compress files.

    Attributes:
        names: what descriptors call it and how file names end; the first is the one we use.
        unpack: gives the content of an opened file, in blocks.
    """

    names: tuple[str, ...]
    unpack: Callable[[BinaryIO, Part], Iterator[bytes]]


def _gunzipped(file: BinaryIO, part: Part) -> Iterator[bytes]:
    import gzip

    return blocks_of(gzip.GzipFile(fileobj=file))


def _unzipped(file: BinaryIO, part: Part) -> Iterator[bytes]:
    import zipfile

    with zipfile.ZipFile(file) as archive:
        members = [member for member in archive.infolist() if not is_debris(member.filename)]
        meant = [one for one in members if part.within in ("", one.filename)]
        if len(meant) != 1:
            raise FileError(part.location, _several(part, [one.filename for one in members]))
        yield from entry_blocks(archive, meant[0])


def _several(part: Part, names: Sequence[str]) -> str:
    """What is said of a zip file in which it cannot be told which file is meant."""
    shown = ", ".join(f'"{name}"' for name in names[:SHOWN])
    more = ", …" if len(names) > SHOWN else ""
    there = f"holds {len(names)} files{': ' if names else ''}{shown}{more}"
    if part.within:
        return f'{there}; "innerpath" of the resource names "{part.within}"'
    return (
        f'{there}; a table in a zip file is one file, unless "innerpath" of the resource says which'
    )


def entry_blocks(archive: "ZipFile", entry: "ZipInfo") -> Iterator[bytes]:
    """The content of an entry of a zip file, in blocks."""
    import zipfile

    with archive.open(entry) as member:
        if entry.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            yield from blocks_of(member)
            return
        pieces = iter(partial(member.read, LEAST), b"")
        while block := b"".join(islice(pieces, BLOCK // LEAST)):
            yield block


def is_debris(name: str) -> bool:
    """Whether an entry of a zip file is a folder, or what a system adds for itself."""
    folder, *rest = PurePosixPath(name).parts or ("",)
    last = rest[-1] if rest else folder
    return name.endswith("/") or folder == "__MACOSX" or last in (".DS_Store", "Thumbs.db")


def names_within(file: Path) -> list[str]:
    """The names of the files in a zip file, without debris; none if it cannot be opened."""
    import zipfile

    try:
        with zipfile.ZipFile(file) as archive:
            return [name for name in archive.namelist() if not is_debris(name)]
    except (OSError, zipfile.BadZipFile, NotImplementedError):  # reading it says what is wrong
        return []


ZIP = "zip"
COMPRESSIONS = (
    Compression(("gz", "gzip"), _gunzipped),
    Compression((ZIP,), _unzipped),
)
_BY_NAME = {name: one for one in COMPRESSIONS for name in one.names}


def compression_named(name: str) -> str | None:
    """Our name of a compression, by any of its names in lower case; None for an unknown one."""
    return _BY_NAME[name].names[0] if name in _BY_NAME else None


def unpacked(resource: Resource, part: Part) -> Iterator[bytes]:
    """The bytes of a file, those that a compressed one unpacks to, in blocks.

    Raises:
        FileError: the file cannot be read or unpacked, or grows as no table does.
    """
    if not resource.compression:
        yield from file_blocks(part)
        return
    if resource.compression not in _BY_NAME:
        known = ", ".join(_BY_NAME)
        message = f'compression "{resource.compression}" is not known; known are {known}'
        raise FileError(part.location, message)
    unpack = _BY_NAME[resource.compression].unpack
    with unpacking_errors(part.location), errors_named(part), part.open() as file:
        yield from _measured(unpack(file, part), part)


@contextmanager
def unpacking_errors(location: str) -> Generator[None]:
    """Raises what is wrong with a compressed file as `FileError`."""
    import lzma
    import zipfile
    import zlib

    broken = (zlib.error, lzma.LZMAError, zipfile.BadZipFile, EOFError, NotImplementedError)
    try:
        yield
    except (*broken, RuntimeError) as error:  # which zipfile says of a file that is encrypted
        raise FileError(location, f"cannot be unpacked: {error}") from None


def allowed_size(part: Part) -> int:
    """How many bytes a file may unpack to."""
    return max(UNSUSPICIOUS, LARGEST_GROWTH * part.size)


def too_large() -> str:
    """What is said of a file that unpacks to more."""
    return (
        f"unpacks to more than {LARGEST_GROWTH} times its size; if that is meant, unpack it first"
    )


def _measured(content: Iterable[bytes], part: Part) -> Iterator[bytes]:
    """The content, unless it grows as no table does."""
    allowed = allowed_size(part)
    size = 0
    for block in content:
        size += len(block)
        if size > allowed:
            raise FileError(part.location, too_large())
        yield block
