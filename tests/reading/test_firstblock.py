"""First blocks: of a large file its head is read for the header, and nothing is told otherwise."""

from dataclasses import replace

import pytest
from support.made import resource_of

from validate import validate
from validate._src.reading import _firstblock
from validate._src.reading._firstblock import HEADER, LARGE, FirstBlock, LongHeaderError
from validate._src.reading._textfile import TextFile
from validate._src.reading.blocks import BLOCK, LineBlocks
from validate._src.words.errors import FileError

MARK = b"\xef\xbb\xbf"
ROWS = b"1,Reed\n" * 50_000
TABLE = b"id,name\n" + ROWS


def first_of(folder, content, **properties):
    """The first block of a file, its blocks, and what was found in it."""
    resource = replace(resource_of(folder, content), **properties)
    notes = []
    blocks = LineBlocks(resource, resource.parts[0], notes)
    return FirstBlock(blocks, is_wanted=False), blocks, notes


def test_the_head_of_a_large_file_is_read_alone(tmp_path):
    first, blocks, _ = first_of(tmp_path, TABLE)
    assert first.is_unread
    assert first.head == TABLE[:HEADER]
    assert blocks.end == 0
    first.go_past(8, first.head)
    assert (first.begin, first.end, first.is_unread) == (8, len(TABLE), True)
    assert first.text == ROWS
    assert (first.begin, first.end, first.is_unread) == (8, len(TABLE), False)


def test_a_small_file_is_read_at_once(tmp_path):
    first, _, _ = first_of(tmp_path, TABLE[: LARGE - 1])
    assert not first.is_unread
    assert first.text == TABLE[: LARGE - 1]


def test_a_mark_is_told_once_and_is_no_part_of_it(tmp_path):
    first, blocks, notes = first_of(tmp_path, MARK + TABLE, detects_encoding=True)
    assert first.is_unread
    assert first.head == TABLE[:HEADER]
    first.go_past(8, first.head)
    assert first.begin == len(MARK) + 8
    assert first.text == ROWS
    assert first.begin == len(MARK) + 8
    assert [one.code for one in notes] == ["encoding-error"]
    assert not blocks.detects


@pytest.mark.parametrize(
    ("content", "properties"),
    [
        ("name\n".encode("utf-16-le") + TABLE, {"detects_encoding": True}),
        ("池\n".encode() + TABLE, {"detects_encoding": True}),
        (TABLE, {"encoding": "cp1252"}),
    ],
)
def test_where_the_encoding_may_be_another_all_of_it_is_read(tmp_path, content, properties):
    resource = replace(resource_of(tmp_path, content), **properties)
    assert LineBlocks(resource, resource.parts[0]).head(HEADER) is None


def test_where_it_is_declared_other_characters_may_stand_in_a_head(tmp_path):
    content = "池,name\n".encode() + TABLE
    first, _, _ = first_of(tmp_path, content, detects_encoding=False)
    assert first.is_unread
    assert first.head == content[:HEADER]


def test_more_than_the_head_is_not_given_as_its_end(tmp_path):
    first, _, _ = first_of(tmp_path, TABLE)
    slices = first.slices()
    assert next(slices) == TABLE[:HEADER]
    with pytest.raises(LongHeaderError):
        next(slices)


def test_a_header_may_be_longer_than_the_head(tmp_path):
    label = "x" * HEADER
    resource = resource_of(tmp_path, f"id,{label}\n".encode() + ROWS)
    file = TextFile(resource, resource.parts[0], is_first=False)
    assert file.first.is_unread
    header = file.header()
    assert header.labels == ["id", label]
    file.go_past(header)
    assert file.text == ROWS


def test_a_block_of_one_line_is_read_to_know_its_end(tmp_path):
    """Where no line ends near the end of a block, it ends before the one that goes beyond."""
    content = b"id\nno\n" + b"x" * (BLOCK + 5) + b"\n1\n"
    first, blocks, _ = first_of(tmp_path, content)
    assert first.is_unread
    assert first.end == 6
    assert not first.is_unread
    assert blocks.end == 6


def test_what_is_gone_past_may_be_longer_than_the_block(tmp_path):
    content = b"id\nno\n" + b"x" * (BLOCK + 5) + b"\n1\n"
    first, blocks, _ = first_of(tmp_path, content)
    first.go_past(9, first.head)
    assert first.text + b"".join(blocks) == content[9:]


def test_a_file_that_goes_is_told_each_time(tmp_path):
    first, blocks, _ = first_of(tmp_path, TABLE)
    blocks.part.file.unlink()
    for _ in range(2):
        with pytest.raises(FileError, match="cannot be read: No such file"):
            first.read()


def told(file, **options):
    report = validate(file, schema=SCHEMA, unfolded=True, **options)
    return [*report.findings], [*report.checked], [*report.not_checked]


SCHEMA = {
    "fields": [{"name": "id", "type": "integer"}, {"name": "name", "type": "string"}],
    "primaryKey": ["id"],
}
COUNTED = b"id,name\n" + b"".join(b"%d,Reed\n" % number for number in range(60_000))


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    "content",
    [
        COUNTED,
        MARK + COUNTED,
        COUNTED[8:],
        b"# ponds\n" * 9 + COUNTED,
        COUNTED.replace(b"id,", b"ID,", 1),
        COUNTED.replace(b"name", b"colour", 1),
        COUNTED + '70000,"Möwe"\n'.encode(),
        COUNTED + '70000,"Möwe"\n'.encode("cp1252"),
        COUNTED + "70000,Möwe\n70001,é\n".encode("cp1252") + b"70002,\x81\x8d\n",
        COUNTED + b'70000,"open\n' * 3,
        COUNTED.replace(b"\n", b"\r\n"),
        COUNTED + b"70000,\x00\xff\xfe\x00\x01\n" * 9,
        "池,name\n".encode() + COUNTED[8:],
    ],
)
def test_nothing_is_told_otherwise(tmp_path, monkeypatch, content, jobs):
    for name in ("a", "b"):
        (tmp_path / f"{name}.csv").write_bytes(COUNTED[:40] if name == "a" else content)
    lazily = told(tmp_path / "*.csv", jobs=jobs), told(tmp_path / "b.csv", jobs=jobs)
    monkeypatch.setattr(_firstblock, "LARGE", 2**40)
    at_once = told(tmp_path / "*.csv", jobs=jobs), told(tmp_path / "b.csv", jobs=jobs)
    assert lazily == at_once
