"""The content of files: bytes as they lie on disk, unpacked and made UTF-8, a block at a time."""

import codecs
import hashlib
import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import IO, TYPE_CHECKING, BinaryIO

from validate._src.words.errors import PackageError
from validate._src.words.model import Part, Resource

if TYPE_CHECKING:
    from gzip import GzipFile
    from zipfile import ZipFile

BLOCK = 16 * 2**20
TAIL = 2**16
LONGEST_BLOCK = 2 * BLOCK
SURROGATE = re.compile("[\ud800-\udfff]")
# Tables of text shrink to a tenth; a file that grows so much more is made to fill memory.
LARGEST_GROWTH = 250
UNSUSPICIOUS = 64 * 2**20


class LineBlocks:
    """The content of a file in UTF-8, in blocks of about `BLOCK` bytes that end where a line does.

    Bytes of a file in UTF-8 are not judged here; whoever makes text of them does it.

    Raises:
        PackageError: the file cannot be read or unpacked, or is not in its encoding.

    Source: Data Package 2.0, Data Resource, "encoding".
    """

    def __init__(self, resource: Resource, part: Part) -> None:
        """Opens the file."""
        self._put_back = b""
        if resource.encoding != "utf-8":
            self._blocks = _ended_by_lines(_transcoded(resource, part))
        elif resource.compression:
            self._blocks = _ended_by_lines(unpacked(resource, part))
        else:
            self._blocks = _line_blocks(part)

    def __iter__(self) -> Iterator[bytes]:
        """The blocks that are left."""
        return self

    def __next__(self) -> bytes:
        """The next block, what was put back before it."""
        put_back, self._put_back = self._put_back, b""
        if put_back and len(put_back) >= BLOCK // 2:
            return put_back
        block = next(self._blocks, b"")
        if not put_back and not block:
            raise StopIteration
        return put_back + block if put_back else block

    def put_back(self, content: bytes) -> None:
        """Takes the end of the last block back, to begin the next one with it."""
        self._put_back = content


def _line_blocks(part: Part) -> Iterator[bytes]:
    """The blocks of a plain file, each read once: its end is looked for before it is read."""
    with _errors_named(part), part.open() as file:
        start = 0
        while True:
            file.seek(start + BLOCK - TAIL)
            end = file.read(TAIL).rfind(b"\n") + 1
            file.seek(start)
            block = file.read(BLOCK - TAIL + end if end else BLOCK)
            if not end:
                block = _up_to_line_end(block, file)
            if not block:
                return
            start += len(block)
            yield block
            del block  # whose memory the next one can have


def _up_to_line_end(block: bytes, file: BinaryIO) -> bytes:
    """A block that may end anywhere, cut or filled up so that it ends where a line does.

    At the end of a file, and after `LONGEST_BLOCK` bytes without an end of a line, it ends
    where it ends.
    """
    while len(block) < LONGEST_BLOCK:
        if b"\n" in block[-BLOCK:] and len(block) >= BLOCK:
            return block[: block.rfind(b"\n") + 1]
        more = file.read(BLOCK)
        if not more:
            break
        block += more
    return block


def _ended_by_lines(content: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for block in content:
        rest = rest + block if rest else block
        end = rest.rfind(b"\n") + 1
        if end or len(rest) >= LONGEST_BLOCK:
            block, rest = (rest[:end], rest[end:]) if end else (rest, b"")
            yield block
    if rest:
        yield rest


def file_blocks(part: Part) -> Iterator[bytes]:
    """The bytes of a file as they lie on disk, in blocks.

    Raises:
        PackageError: the file cannot be read.
    """
    with _errors_named(part), part.open() as file:
        yield from _blocks_of(file)


def size(resource: Resource) -> int:
    """How many bytes the files of a resource have on disk."""
    return sum(part.size for part in resource.parts)


def digest_size(algorithm: str) -> int | None:
    """How many bytes the digests of an algorithm have; None for one that nobody here knows."""
    try:
        return hashlib.new(algorithm, usedforsecurity=False).digest_size or None
    except ValueError:
        return None


def digest(resource: Resource, algorithm: str) -> str:
    """The digest of a resource's files as they lie on disk, one after the other, in hexadecimal.

    Raises:
        PackageError: a file cannot be read, or nobody here knows the algorithm.
    """
    if digest_size(algorithm) is None:
        raise PackageError(f'{resource.location}: hash: no algorithm "{algorithm}" is known here')
    state = hashlib.new(algorithm, usedforsecurity=False)
    for part in resource.parts:
        for block in file_blocks(part):
            state.update(block)
    return state.hexdigest()


def unpacked(resource: Resource, part: Part) -> Iterator[bytes]:
    """The bytes of a file, those that a compressed one unpacks to, in blocks.

    Raises:
        PackageError: the file cannot be read or unpacked.
    """
    if not resource.compression:
        yield from file_blocks(part)
        return
    import gzip
    import zipfile
    import zlib

    try:
        with _errors_named(part), part.open() as file:
            if resource.compression == "gz":
                yield from _measured(_blocks_of(gzip.GzipFile(fileobj=file)), part)
            else:
                yield from _measured(_unzipped(zipfile.ZipFile(file), part), part)
    except (
        # RuntimeError is what zipfile says of a file that is encrypted.
        gzip.BadGzipFile, zlib.error, zipfile.BadZipFile, EOFError, NotImplementedError,
        RuntimeError,
    ) as error:  # fmt: skip
        raise PackageError(f"{part.location}: cannot be unpacked: {error}") from None


@contextmanager
def _errors_named(part: Part) -> Generator[None]:
    """Says in one line which file cannot be read, and why."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise PackageError(f"{part.location}: cannot be read: {reason}") from None


def _blocks_of(file: "IO[bytes] | GzipFile") -> Iterator[bytes]:
    while block := file.read(BLOCK):
        yield block


def _unzipped(archive: "ZipFile", part: Part) -> Iterator[bytes]:
    with archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        if len(members) != 1:
            raise PackageError(
                f"{part.location}: holds {len(members)} files; a table in a zip file is one file"
            )
        with archive.open(members[0]) as member:
            yield from _blocks_of(member)


def allowed_size(part: Part) -> int:
    """How many bytes a file may unpack to."""
    return max(UNSUSPICIOUS, LARGEST_GROWTH * part.size)


def _measured(content: Iterable[bytes], part: Part) -> Iterator[bytes]:
    """The content, unless it grows as no table does.

    Raises:
        PackageError: it grows to more than `LARGEST_GROWTH` times the file.
    """
    allowed = allowed_size(part)
    size = 0
    for block in content:
        size += len(block)
        if size > allowed:
            raise PackageError(
                f"{part.location}: unpacks to more than {LARGEST_GROWTH} times its size; "
                "if that is meant, unpack it first"
            )
        yield block


def _transcoded(resource: Resource, part: Part) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(resource.encoding)()
    for block in chain(unpacked(resource, part), [b""]):
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError:
            raise undecodable(resource, part) from None
        except UnicodeError as error:  # as some encodings of Python's say it
            what = f"not text in the encoding {resource.encoding}: {error}"
            raise PackageError(f"{part.location}: {what}") from None
        if SURROGATE.search(text):
            raise PackageError(f"{part.location}: not text in the encoding {resource.encoding}")
        if text:
            yield text.encode()


def undecodable(resource: Resource, part: Part) -> PackageError:
    """What to say of a file that is not in its encoding: where its first wrong byte stands."""
    error = wrong_byte(resource, part)
    assert error is not None, f"{part.location} is {resource.encoding}"
    return error


def wrong_byte(resource: Resource, part: Part) -> PackageError | None:
    """Where the first byte of a file stands that is not in its encoding, if there is one."""
    decoder = codecs.getincrementaldecoder(resource.encoding)()
    offset, line = 0, 1
    for block in chain(unpacked(resource, part), [b""]):
        try:
            decoder.decode(block, final=not block)
        except UnicodeDecodeError as error:
            content = error.object  # the block, after what the last one left over
            start = offset + len(block) - len(content) + error.start
            line += content.count(b"\n", 0, error.start)
            return PackageError(
                f"{part.location}:{line}: byte 0x{content[error.start]:02x} at offset {start} "
                f"is not {resource.encoding}; save the file in that encoding, or declare the "
                "one it has"
            )
        offset += len(block)
        line += block.count(b"\n")
    return None
