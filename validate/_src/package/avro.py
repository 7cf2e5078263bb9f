"""The records of files of Avro, none of which is read from bytes that are damaged in its form.

The compiled decoder of pyiceberg takes lengths as they stand: one wrong byte lets it read behind
its memory, which ends the process or makes records of whatever lies there. Its reader takes a file
that ends within a block for one without that block. So blocks are read here, by a decoder that
never leaves what it was given. 1,000 entries with statistics of 60 columns take a quarter of a
second so, and a twentieth by the compiled one; a run of their files takes 2.5.

Source: Apache Avro, Specification, "Binary encoding" and "Object Container Files".
"""

import bz2
import zlib
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from functools import partial
from typing import Any

from pyiceberg.avro.codecs.bzip2 import BZip2Codec
from pyiceberg.avro.codecs.codec import Codec
from pyiceberg.avro.codecs.deflate import DeflateCodec
from pyiceberg.avro.decoder import BinaryDecoder
from pyiceberg.avro.file import MAGIC, META_SCHEMA, SYNC_SIZE, AvroFileHeader
from pyiceberg.avro.resolver import construct_reader, resolve_reader
from pyiceberg.schema import Schema

from validate._src.words.printing import said_by

LATER = 0x80  # of the byte of a number that others follow
LARGEST_BLOCK = 2**28  # bytes, unpacked: writers end a block after some ten thousand
UNPACKERS: Mapping[type[Codec], Callable[[], Any]] = {
    DeflateCodec: partial(zlib.decompressobj, -zlib.MAX_WBITS),
    BZip2Codec: bz2.BZ2Decompressor,
}
"""What unpacks a block up to a number of bytes; the library unpacks whatever there is."""
MOST_BITS = 63  # of a number, but for its last: an Avro long is one of 64 bits


def records(
    content: bytes,
    schema: Schema,
    types: Mapping[int, Callable[..., Any]],
    enums: Mapping[int, Callable[..., Enum]],
) -> Iterator[Any]:
    """The records of a file, all of its blocks to the last byte.

    Args:
        content: the file.
        schema: the fields that are read.
        types: what is made of structs, by the numbers of their fields; of the record by -1.
        enums: what is made of values, by the numbers of their fields.

    Raises:
        ValueError: it is no such file, or is cut or damaged.
    """
    decoder = _Decoder(content)
    header = _header(decoder)
    codec = header.compression_codec()
    reader = resolve_reader(_schema(header), schema, dict(types), dict(enums))
    while decoder.left:
        count, block = decoder.read_int(), decoder.read_bytes()
        if decoder.read(SYNC_SIZE) != header.sync:
            raise ValueError("a block does not end in the marker of its file")
        within = _Decoder(block if codec is None else _unpacked(block, codec))
        for _ in range(count):
            yield reader.read(within)
        if within.left:
            raise ValueError(f"a block of {count:,} records has {within.left:,} bytes behind them")


def _unpacked(block: bytes, codec: type[Codec]) -> bytes:
    """What is in a block.

    Raises:
        ValueError: it is damaged or too large, or the library that unpacks it is not there.
    """
    try:
        if (unpacker := UNPACKERS.get(codec)) is None:
            return codec.decompress(block)
        stream = unpacker()
        content = stream.decompress(block, LARGEST_BLOCK)
    except Exception as error:  # each library has errors of its own, some of no common class
        raise ValueError(f"a block cannot be unpacked: {said_by(error)}") from None
    if not stream.eof:
        what = (
            f"has more than {LARGEST_BLOCK:,} bytes" if len(content) == LARGEST_BLOCK else "is cut"
        )
        raise ValueError(f"a block cannot be unpacked: it {what}")
    return content


def said_of_itself(content: bytes) -> Mapping[str, str]:
    """What a file says of itself before its records, by names that its writer chose.

    Raises:
        ValueError: it is no such file.
    """
    return _header(_Decoder(content)).meta


def _header(decoder: "_Decoder") -> AvroFileHeader:
    header: AvroFileHeader = construct_reader(META_SCHEMA, {-1: AvroFileHeader}).read(decoder)
    if header.magic != MAGIC:
        raise ValueError("not a file of Avro")
    return header


def _schema(header: AvroFileHeader) -> Schema:
    """The fields that a file says it has, by their numbers."""
    try:
        return header.get_schema()
    except (LookupError, TypeError, AttributeError):  # other JSON than is looked for
        raise ValueError("its schema is none of Avro") from None


class _Decoder(BinaryDecoder):
    """Values from bytes, none of which is made of fewer bytes than it has.

    Attributes:
        left: how many bytes are not read yet.
    """

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    @property
    def left(self) -> int:
        return len(self._content) - self._at

    def tell(self) -> int:
        """How many bytes are read."""
        return self._at

    def read(self, n: int) -> bytes:
        """So many bytes.

        Raises:
            ValueError: there are not so many, or the number is below zero.
        """
        begin = self._at
        self.skip(n)
        return self._content[begin : self._at]

    def skip(self, n: int) -> None:
        """Passes over so many bytes.

        Raises:
            ValueError: there are not so many, or the number is below zero.
        """
        if not 0 <= n <= self.left:
            raise ValueError(f"a length of {n:,} bytes where {self.left:,} are left")
        self._at += n

    def read_int(self) -> int:
        """A number, of which each byte has seven bits; most have one byte.

        Raises:
            ValueError: it has no end, or more bits than a number may have.
        """
        at = self._at
        try:
            number = byte = self._content[at]
            if byte & LATER:
                number, shift = byte ^ LATER, 7
                while byte & LATER:
                    if shift > MOST_BITS:
                        raise ValueError("a number of more than 64 bits")
                    at += 1
                    byte = self._content[at]
                    number |= (byte & ~LATER) << shift
                    shift += 7
        except IndexError:
            raise ValueError("ends within a number") from None
        self._at = at + 1
        return (number >> 1) ^ -(number & 1)

    def skip_int(self) -> None:
        """Passes over a number."""
        self.read_int()

    def read_bytes(self) -> bytes:
        """Bytes after their number; the library takes a number below zero for none."""
        return self.read(self.read_int())
