"""Records of Avro, by hand: https://avro.apache.org/docs/current/specification."""

import bz2
import json
import zlib

import pytest
from pyiceberg.schema import Schema
from pyiceberg.types import LongType, MapType, NestedField, StringType

from validate._src.package import avro
from validate._src.package.avro import records

SYNC = bytes(range(16))
FIELDS = [
    {"name": "name", "type": "string", "field-id": 1},
    {"name": "count", "type": ["null", "long"], "default": None, "field-id": 2},
    {
        "name": "sizes",
        "type": {
            "type": "array",
            "logicalType": "map",
            "items": {
                "type": "record",
                "name": "k3_v4",
                "fields": [
                    {"name": "key", "type": "string", "field-id": 3},
                    {"name": "value", "type": "long", "field-id": 4},
                ],
            },
        },
        "field-id": 5,
    },
]
READ = Schema(
    NestedField(1, "name", StringType(), required=True),
    NestedField(2, "count", LongType()),
    NestedField(5, "sizes", MapType(3, StringType(), 4, LongType()), required=True),
)


def number(value):
    """A number as Avro writes it."""
    left, found = (value << 1) ^ (value >> 63), []
    while left > 0x7F:
        found.append(left & 0x7F | 0x80)
        left >>= 7
    return bytes([*found, left])


def text(value):
    return number(len(value.encode())) + value.encode()


def header(codec="null", schema=None):
    said = {"type": "record", "name": "r", "fields": FIELDS} if schema is None else schema
    meta = {"avro.schema": json.dumps(said), "avro.codec": codec}
    pairs = b"".join(text(key) + text(value) for key, value in meta.items())
    return b"Obj\1" + number(len(meta)) + pairs + number(0) + SYNC


def block(content, count=1):
    return number(count) + number(len(content)) + content + SYNC


def one(name="a", count=None, sizes=()):
    pairs = b"".join(text(key) + number(value) for key, value in dict(sizes).items())
    counted = number(0) if count is None else number(1) + number(count)
    listed = number(len(sizes)) + pairs + number(0) if sizes else number(0)
    return text(name) + counted + listed


def read(content):
    return [[*each] for each in records(content, READ, {}, {})]


@pytest.mark.parametrize("value", [0, -1, 1, 63, -64, 64, 2**31, 2**63 - 1, -(2**63)])
def test_numbers_of_all_lengths_are_read(value):
    content = header() + block(one("池", value, {"x": value}))
    assert read(content) == [["池", value, {"x": value}]]


def test_blocks_follow_one_another_and_may_have_several_records():
    content = header() + block(one("a") + one("b", 2), 2) + block(one("c"))
    assert read(content) == [["a", None, {}], ["b", 2, {}], ["c", None, {}]]


def test_a_file_without_a_block_has_no_record():
    assert read(header()) == []


PACKED = {
    "deflate": lambda content: zlib.compress(content)[2:-4],
    "bzip2": bz2.compress,
}


@pytest.mark.parametrize("codec", PACKED)
def test_blocks_may_be_compressed(codec):
    packed = PACKED[codec](one("a", 7))
    assert read(header(codec) + block(packed)) == [["a", 7, {}]]


@pytest.mark.parametrize("codec", PACKED)
def test_blocks_are_unpacked_up_to_a_limit(codec, monkeypatch):
    monkeypatch.setattr(avro, "LARGEST_BLOCK", 1_000)
    packed = PACKED[codec](one("a" * 5_000))
    said = "a block cannot be unpacked: it has more than 1,000 bytes"
    with pytest.raises(ValueError, match=said):
        read(header(codec) + block(packed))


@pytest.mark.parametrize("codec", PACKED)
def test_compressed_blocks_that_are_cut_are_damaged(codec):
    packed = PACKED[codec](one("".join(map(chr, range(97, 123)))))[:-9]
    with pytest.raises(ValueError, match="a block cannot be unpacked: it is cut"):
        read(header(codec) + block(packed))


@pytest.mark.parametrize("codec", ["deflate", "zstandard", "bzip2", "snappy"])
def test_blocks_that_cannot_be_unpacked_are_damaged(codec):
    """Each library has errors of its own, and one of these is not there."""
    with pytest.raises(ValueError, match=r"^a block cannot be unpacked: "):
        read(header(codec) + block(b"no such thing"))


def test_a_compression_that_there_is_not_is_damage():
    with pytest.raises(ValueError, match="Unsupported codec: rot13"):
        read(header("rot13") + block(one()))


@pytest.mark.parametrize("cut", range(1, len(block(one("a", 7, {"x": 300})))))
def test_a_file_that_ends_within_a_block_is_damaged(cut):
    with pytest.raises(ValueError, match=r"left|ends within a number"):
        read((header() + block(one("a", 7, {"x": 300})))[:-cut])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (block(one(), 0), "a block of 0 records has 4 bytes behind them"),
        (block(one(), -1), "a block of -1 records has 4 bytes behind them"),
        (block(one() + b"\0"), "a block of 1 records has 1 bytes behind them"),
        (block(one(), 2), "ends within a number"),
        (block(one())[:-1] + b"x", "a block does not end in the marker of its file"),
        (block(number(-5)), "a length of -5 bytes where 0 are left"),
        (block(number(2**62)), "a length of 4,611,686,018,427,387,904 bytes where 0 are left"),
        (block(b"\xff" * 12), "a number of more than 64 bits"),
        (block(b"\xff" * 3), "ends within a number"),
        (block(text("a") + number(0) + number(2**40)), "ends within a number"),
    ],
)
def test_what_is_damaged_is_said(content, said):
    with pytest.raises(ValueError, match=said):
        read(header() + content)


@pytest.mark.parametrize("content", [b"", b"Obj", b"Obj\2" + header()[4:], b"PAR1" + b"\0" * 40])
def test_other_files_are_none(content):
    with pytest.raises(ValueError, match=r"left|ends within|not a file of Avro"):
        read(content)
