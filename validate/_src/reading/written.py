"""The rows of delimited text and of newline-delimited JSON as they stand in their files."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Literal

from validate._src.reading import open_table
from validate._src.reading._heads import is_comment
from validate._src.reading._jsonlines import numbered_lines
from validate._src.reading._textfile import TextFile
from validate._src.reading.blocks import LineBlocks
from validate._src.reading.compression import unpacked
from validate._src.reading.delimited import DelimitedReader
from validate._src.reading.encodings import UTF_16, undecodable, utf_16_by_nulls
from validate._src.reading.items import BrokenContentError
from validate._src.reading.records import (
    EndlessRecordError,
    Place,
    Record,
    read_records,
    stray_quotes,
    text_lines,
)
from validate._src.words.model import Dialect, Part, Resource

DELIMITED, NDJSON = ("csv", "tsv", "txt"), ("ndjson", "jsonl")
"""The names of the formats whose rows have lines of their own."""
MARK = "\ufeff"
GENERIC = {UTF_16: "utf-16-be", "utf-32": "utf-32-le"}
"""Encodings whose byte order a mark tells, each with the order that is read without one."""

Kind = Literal["head", "again", "comment", "row"]
"""What stands in a file: in the first file all up to the end of the header, in a later one the
same again, and below it comments and rows."""


class NotAsWrittenError(Exception):
    """The rows of a table cannot be taken from its files as they are; the message says why."""


@dataclass(frozen=True)
class Written:
    """Something that stands in a file of a table.

    Attributes:
        kind: what it is.
        location: the file.
        encoding: the encoding of the file.
        number: number of the record, as findings have it; 0 for what is no record.
        line: physical line on which it starts, from 1.
        next_line: physical line on which the next one starts.
        content: its bytes, with the end of its last line.
        record: its record, in delimited text.
        is_astray: whether the cells of the record may stand in columns of others.
    """

    kind: Kind
    location: str
    encoding: str
    number: int
    line: int
    next_line: int
    content: bytes
    record: Record | None = None
    is_astray: bool = False


def as_written(resource: Resource) -> Iterator[Written]:
    """All that stands in the files of a table, in order and byte for byte.

    Raises:
        NotAsWrittenError: it cannot be told which bytes a row has, or a file is broken.
        FileError: a file cannot be read.
    """
    if resource.format in DELIMITED:
        parts = _Delimited(resource).parts()
    elif resource.format in NDJSON:
        parts = _ndjson_parts(resource)
    else:
        message = f"a row of {resource.format} has no lines of its own, as in csv and ndjson"
        raise NotAsWrittenError(message)
    for part, content in parts:
        digest = hashlib.blake2b()
        for one in content:
            digest.update(one.content)
            yield one
        if digest.digest() != _digest(resource, part):
            message = f"the bytes of {part.location} cannot be told from its text"
            raise NotAsWrittenError(message)


def _digest(resource: Resource, part: Part) -> bytes:
    """The digest of what a file is unpacked."""
    digest = hashlib.blake2b()
    for block in unpacked(resource, part):
        digest.update(block)
    return digest.digest()


class _Delimited(DelimitedReader):
    """A table of delimited text, with all that stands in its files."""

    def parts(self) -> Iterator[tuple[Part, Iterator[Written]]]:
        """The files, each with all that stands in it."""
        number = 1
        for part in self._resource.parts:
            file = self._opened(part)
            if not file.readable:
                raise NotAsWrittenError(f"{part.location} could not be read to its end")
            if file.unlabelled:
                raise NotAsWrittenError(f"{part.location} ends with columns that have no label")
            head = [replace(record, number=record.number + number - 1) for record in file.head]
            file.counted_from(number)
            yield part, self._of_file(file, head, "head" if file is self._first else "again")
            number = file.place.number

    def _of_file(self, file: TextFile, head: Sequence[Record], kind: Kind) -> Iterator[Written]:
        content, place, dialect = chain([file.text], file.blocks), file.place, file.dialect
        own = _Encoding(self._resource, file.part, file.blocks)  # which the text has told
        yield own.mark(kind)
        for record in head:
            yield _written(record, own, kind, dialect)
        try:
            for record in read_records(text_lines(content), dialect, place.number, place.line):
                is_row = not is_comment(record, dialect)
                yield _written(record, own, "row" if is_row else "comment", dialect)
                file.place = Place(record.number + 1, record.next_line)
        except (EndlessRecordError, OverflowError):
            raise NotAsWrittenError(f"{file.part.location} could not be read to its end") from None
        except UnicodeDecodeError:
            raise undecodable(self._resource, file.part) from None


def _written(record: Record, own: "_Encoding", kind: Kind, dialect: Dialect) -> Written:
    content = own.bytes_of("".join(record.lines))
    is_astray = bool(stray_quotes(record, dialect))
    place = (record.number, record.line, record.next_line)
    return Written(kind, own.part.location, own.name, *place, content, record, is_astray=is_astray)


def _ndjson_parts(resource: Resource) -> Iterator[tuple[Part, Iterator[Written]]]:
    """The files of newline-delimited JSON, each with all lines that stand in it."""
    reader = open_table(resource)
    head_rows = 0 if reader.has_keys or reader.labels is None else reader.header_row
    if head_rows and len(resource.parts) > 1:
        raise NotAsWrittenError("its rows are lists, in several files")
    numbers = count(2 if reader.has_keys else 1)
    for place, part in enumerate(resource.parts):
        yield part, _ndjson(resource, part, numbers, head_rows, "again" if place else "head")


def _ndjson(
    resource: Resource, part: Part, numbers: Iterator[int], head_rows: int, begin: Kind
) -> Iterator[Written]:
    """The beginning of a file, and its lines.

    Args:
        resource: the table.
        part: the file.
        numbers: gives the numbers of its rows; the keys of objects are row 1.
        head_rows: the number of the last row of the header; none for keys.
        begin: what its beginning is, a byte order mark or nothing, and then the row of the keys,
            which has no bytes.
    """
    blocks = LineBlocks(resource, part)
    own = _Encoding(resource, part, blocks)
    number = 0
    try:
        for line, text in _lines_with_ends(blocks):
            if line == 1:  # now the encoding is known
                yield own.mark(begin)
                if not head_rows and begin == "head":
                    yield Written(begin, part.location, own.name, 1, 1, 1, b"")
            is_head = number < head_rows
            is_row = bool(text.strip())
            number = next(numbers) if is_row else number
            kind: Kind = "head" if is_head else "row" if is_row else "comment"
            place = (number if is_row else 0, line, line + 1)
            yield Written(kind, part.location, own.name, *place, own.bytes_of(text))
    except BrokenContentError:
        raise NotAsWrittenError(f"{part.location} could not be read to its end") from None
    except UnicodeDecodeError:
        raise undecodable(resource, part) from None


def _lines_with_ends(blocks: LineBlocks) -> Iterator[tuple[int, str]]:
    lines = numbered_lines(blocks)
    number, last = next(lines)
    for following, content in lines:
        yield number, last.decode() + "\n"
        number, last = following, content
    yield number, last.decode()


class _Encoding:
    """The encoding in which the lines of a file have the bytes that they have."""

    def __init__(self, resource: Resource, part: Part, blocks: LineBlocks) -> None:
        self.part = part
        self._blocks = blocks
        self._begin = next(unpacked(resource, part), b"")[:4]

    @property
    def name(self) -> str:
        """Its name, which is known from the first line on that is not ASCII."""
        name = self._blocks.encoding
        if name not in GENERIC:
            return name
        for order in ("le", "be"):
            if self._begin.startswith(MARK.encode(f"{name}-{order}")):
                return f"{name}-{order}"
        without_mark = utf_16_by_nulls(self._begin) if name == UTF_16 else None
        return without_mark or GENERIC[name]

    def bytes_of(self, text: str) -> bytes:
        """The bytes of a text in the file."""
        try:
            return text.encode(self.name)
        except UnicodeError:  # of `idna`, no UnicodeEncodeError
            message = f"the bytes of {self.part.location} cannot be told from its text"
            raise NotAsWrittenError(message) from None

    def mark(self, kind: Kind) -> Written:
        """The byte order mark that the file starts with, or nothing."""
        try:
            mark = MARK.encode(self.name)
        except UnicodeError:
            mark = b""
        content = mark if mark and self._begin.startswith(mark) else b""
        return Written(kind, self.part.location, self.name, 0, 1, 1, content)
