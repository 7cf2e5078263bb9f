"""Results: the files that the parts of a run write, and the merge reads a task at a time.

A result begins with `BEGIN`. Then come the contents of its tasks, one after the other, a list of
them in JSON, which says where it begins itself, and at the end the size and checksum of the list
and `END`. So it can be written to what cannot be sought in, and a file is noticed that breaks off,
goes on, or has lost or gained something in between.
"""

import json
import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from errno import EAGAIN
from io import RawIOBase
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from struct import Struct
from typing import Any, BinaryIO, cast
from zlib import crc32

from validate._src.engine.asked import Asked
from validate._src.engine.identity import Identity
from validate._src.engine.shares import Share
from validate._src.engine.states import State
from validate._src.words.errors import PackageError

BEGIN = b"validate part 1\n"
END = b"whole\n"
TAIL = Struct(f"<QI{len(END)}s")
"""The size of the list, its checksum, and `END`."""

MOST_NAMED = 5  # parts that a message names

Source = str | os.PathLike[str] | BinaryIO
Key = tuple[str, str, int]
"""What tells a task of a table from its others: what it is, in which file, and a number."""
Span = tuple[int, int, int]
"""Where some content stands in a result: its first byte, its size and its checksum."""


@dataclass(frozen=True)
class Task:
    """Something of a table that is judged at once.

    Attributes:
        resource: name of the table.
        key: which of its tasks it is.
        spans: what it has told; None where that is left to be judged by the merge.
    """

    resource: str
    key: Key
    spans: tuple[Span, ...] | None


@dataclass(frozen=True)
class Contents:
    """What a result is of.

    Attributes:
        share: which part it is.
        asked: what was asked.
        identity: what it has in common with the others.
        tasks: its tasks.
    """

    share: Share
    asked: Asked
    identity: Identity
    tasks: Sequence[Task]


class ResultWriter:
    """Writes a result."""

    def __init__(self, output: BinaryIO) -> None:
        """Begins it.

        Raises:
            OSError: it cannot be written.
        """
        self._output, self._size = output, 0
        self._write(BEGIN)

    def add(self, content: bytes) -> Span:
        """Writes some content of a task, and says where it stands."""
        begin = self._size
        self._write(content)
        return begin, len(content), crc32(content)

    def end(self, contents: Contents) -> None:
        """Writes what it is of."""
        told = {
            "share": str(contents.share),
            "asked": contents.asked.to_json(),
            "tool": contents.identity.tool,
            "options": contents.identity.options,
            "package": contents.identity.package,
            "files": contents.identity.files,
            "tasks": [[one.resource, one.key, one.spans] for one in contents.tasks],
            "begins": self._size,
        }
        text = json.dumps(told).encode()
        self._write(text + TAIL.pack(len(text), crc32(text), END))

    def _write(self, content: bytes) -> None:
        """Writes some bytes, all of them: a file without a buffer may take less at once."""
        rest = content
        while rest:
            taken = cast("int | None", self._output.write(rest))
            if taken is None and not isinstance(self._output, RawIOBase):
                break  # as some say that take all
            if not taken:
                raise OSError(EAGAIN, "it takes nothing at the moment")
            rest = rest[taken:]
        self._size += len(content)


class Result:
    """A result that is read.

    Attributes:
        name: what messages call it.
        contents: what it is of.
    """

    def __init__(self, source: Source, number: int) -> None:
        """Reads what it is of.

        Args:
            source: the file, or what can be read and sought in.
            number: which it is of those that are given, for one without a name.

        Raises:
            PackageError: it is no result, or a damaged one.
        """
        self._source = Path(source) if isinstance(source, str | os.PathLike) else source
        is_file = isinstance(self._source, Path)
        self.name = str(self._source) if is_file else f"result {number}"
        self.contents = self._contents()

    def content(self, span: Span) -> bytes:
        """Some content of a task.

        Raises:
            PackageError: it is damaged, or gone by now.
        """
        begin, size, checksum = span
        with self._opened() as file:
            file.seek(begin)
            content = file.read(size)
        if len(content) != size or crc32(content) != checksum:
            raise self.damaged()
        return content

    def damaged(self) -> PackageError:
        """The error to raise where it is no more what was written."""
        return PackageError(f"{self.name}: the result is damaged; have its part judged again")

    @contextmanager
    def _opened(self) -> Generator[BinaryIO]:
        """The file, opened each time: there may be more parts than files can be open."""
        try:
            if not isinstance(self._source, Path):
                yield self._source
                return
            with self._source.open("rb") as file:
                yield file
        except OSError as error:
            reason = error.strerror or str(error)
            raise PackageError(f"{self.name}: the result cannot be read: {reason}") from None

    def _contents(self) -> Contents:
        self._check_seekable()
        with self._opened() as file:
            file.seek(0)
            begins_so = file.read(len(BEGIN)) == BEGIN
            size = file.seek(0, os.SEEK_END)
            if not begins_so:
                raise PackageError(
                    f"{self.name}: no result of a part, such as `validate run --part 1/2` writes"
                )
            if size < len(BEGIN) + TAIL.size:
                raise self._no_end()
            file.seek(size - TAIL.size)
            length, checksum, end = TAIL.unpack(file.read(TAIL.size))
            start = size - TAIL.size - length
            if end != END or start < len(BEGIN):
                raise self._no_end()
            file.seek(start)
            text = file.read(length)
        if crc32(text) != checksum:
            raise self.damaged()
        try:
            told = json.loads(text)
            contents, begins = _contents_of(told), int(told["begins"])
        except (ValueError, TypeError, LookupError, RecursionError, PackageError):
            raise self.damaged() from None
        if begins < start:
            raise PackageError(
                f"{self.name}: {start - begins:,} bytes stand before the result of part "
                f"{contents.share}; a file holds one result, so give each by itself"
            )
        if begins > start:
            raise self.damaged()
        return contents

    def _check_seekable(self) -> None:
        """Checks that a file has an end, before it is opened: a pipe may never be written to.

        Raises:
            PackageError: it is a pipe, a socket or a device.
        """
        if not isinstance(self._source, Path):
            return
        with suppress(OSError):  # which is told when it is opened
            mode = self._source.stat().st_mode
            if not S_ISREG(mode) and not S_ISDIR(mode):
                raise PackageError(
                    f"{self.name}: the result cannot be read: not a regular file; a merge reads "
                    "it in several places, so write it to a file"
                )

    def _no_end(self) -> PackageError:
        return PackageError(
            f"{self.name}: the result breaks off, or something stands behind it; have its part "
            "judged again, or copy it again"
        )


def _contents_of(told: Any) -> Contents:
    """What a result says that it is of.

    Raises:
        ValueError: something is not as it was written; likewise TypeError and LookupError.
        PackageError: it is of no part.
    """
    files: list[State] = [
        (str(name), size, str(samples), whole) for name, size, samples, whole in told["files"]
    ]
    identity = Identity(
        tool=dict(told["tool"]),
        options=dict(told["options"]),
        package=str(told["package"]),
        files=tuple(files),
    )
    tasks = [
        Task(str(resource), _key(key), None if spans is None else tuple(map(_span, spans)))
        for resource, key, spans in told["tasks"]
    ]
    return Contents(Share.of(told["share"]), Asked.of_json(dict(told["asked"])), identity, tasks)


def _key(told: Any) -> Key:
    kind, location, number = told
    return str(kind), str(location), int(number)


def _span(told: Any) -> Span:
    begin, size, checksum = map(int, told)
    if begin < 0 or size < 0:
        raise ValueError("a span lies nowhere")
    return begin, size, checksum


def check_complete(results: Sequence[Result]) -> None:
    """Checks that results are those of all parts of one run.

    Raises:
        PackageError: a part is absent or doubled, or of another run.
    """
    if not results:
        raise PackageError("no result is given; give those of all parts")
    first, *others = results
    names: dict[int, str] = {}
    for result in results:
        share = result.contents.share
        if share.count != first.contents.share.count:
            raise PackageError(f"{result.name}: part {share}, but {first.name} is {_share(first)}")
        if share.number in names:
            raise PackageError(
                f"{result.name}: part {share}, as is {names[share.number]}; give each part once"
            )
        names[share.number] = result.name
    count = first.contents.share.count
    absent = [str(Share(number, count)) for number in range(1, count + 1) if number not in names]
    if absent:
        shown = ", ".join(absent[:MOST_NAMED]) + (", …" if len(absent) > MOST_NAMED else "")
        raise PackageError(f"part {shown}: absent; give the results of all {count} parts")
    for result in others:
        why = result.contents.identity.differs_from(first.contents.identity)
        if why is not None:
            raise PackageError(f"{result.name}: {why}, as {first.name}; judge both parts alike")


def check_same(results: Sequence[Result], identity: Identity) -> None:
    """Checks that results are those of a run as it would be here.

    All of a file that is not too large was read by the part that judges it, and by the merge.

    Args:
        results: those of all parts.
        identity: what they have in common with a run here, which has looked at all files.

    Raises:
        PackageError: they are of other data, or made by another version.
    """
    for result in results:
        why = result.contents.identity.differs_from(identity)
        if why is not None:
            raise PackageError(f"{result.name}: {why}, as it is here; judge all parts again")
    for at, (location, *_, whole) in enumerate(identity.files):
        if whole is not None and all(one.contents.identity.files[at][3] is None for one in results):
            raise PackageError(f"{location}: no part has read all of it; judge all parts again")


def _share(result: Result) -> str:
    return f"part {result.contents.share}"
