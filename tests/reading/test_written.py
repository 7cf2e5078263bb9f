"""What stands in the files of tables, byte for byte."""

import json
import re
from dataclasses import replace

import pytest
from support.made import resource_of

from validate._src.reading.written import NotAsWrittenError, as_written

CONTENT = b'id,name\n1,"a\r\nb"\r\n\n2,\xc3\xa9\n3,x'


def kinds(resource):
    return [(one.kind, one.number, one.line, one.content) for one in as_written(resource)]


def test_records_have_their_places_and_bytes(tmp_path):
    assert kinds(resource_of(tmp_path, CONTENT)) == [
        ("head", 0, 1, b""),
        ("head", 1, 1, b"id,name\n"),
        ("row", 2, 2, b'1,"a\r\nb"\r\n'),
        ("row", 3, 4, b"\n"),
        ("row", 4, 5, b"2,\xc3\xa9\n"),
        ("row", 5, 6, b"3,x"),
    ]


ENCODINGS = (
    "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "gb18030",
    "iso2022_jp_1",
)  # fmt: skip


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_all_bytes_are_given(tmp_path, encoding, mark):
    if mark and encoding in ("utf-8-sig", "utf-16", "utf-32", "cp1252", "iso2022_jp_1"):
        pytest.skip("it has its own mark, or cannot have one")
    text = CONTENT.decode().replace("é", "à" if encoding == "iso2022_jp_1" else "é")
    content = (mark + text).encode(encoding)
    resource = resource_of(tmp_path, content)
    resource = replace(resource, encoding=encoding.removesuffix("-sig"), detects_encoding=False)
    assert b"".join(one.content for one in as_written(resource)) == content


def test_a_detected_encoding_is_that_of_its_lines(tmp_path):
    content = b"id,name\n1,\xe9t\xe9\n2,\xe0 la carte\n"
    resource = replace(resource_of(tmp_path, content), detects_encoding=True)
    assert b"".join(one.content for one in as_written(resource)) == content


@pytest.mark.parametrize("terminator", ["|", ";\n", "\x1e"])
def test_lines_that_end_otherwise_keep_their_ends(tmp_path, terminator):
    content = terminator.join(["id,name", "1,a\nb", "2,c", ""]).encode()
    resource = resource_of(tmp_path, content)
    dialect = replace(resource.dialect, line_terminator=terminator)
    found = [*as_written(replace(resource, dialect=dialect))]
    assert [one.number for one in found] == [0, 1, 2, 3]
    assert b"".join(one.content for one in found) == content


def test_bytes_that_cannot_be_told_are_refused(tmp_path):
    content = b"id\n\x87\x90\n"  # a character that has other bytes as well
    resource = replace(resource_of(tmp_path, content), encoding="cp932")
    with pytest.raises(NotAsWrittenError, match=re.escape("t.csv cannot be told from its text")):
        [*as_written(resource)]


@pytest.mark.parametrize("cell", ["~\\u12", "x" * 80])
def test_an_encoding_of_names_gives_its_bytes_or_is_refused(tmp_path, cell):
    content = f"id\n{cell}\n".encode()
    resource = replace(resource_of(tmp_path, content), encoding="idna")
    if len(cell) < 64:  # the longest name that it can write
        assert b"".join(one.content for one in as_written(resource)) == content
    else:
        with pytest.raises(NotAsWrittenError, match="cannot be told from its text"):
            [*as_written(resource)]


def test_lines_of_json_have_the_numbers_of_their_rows(tmp_path):
    lines = [json.dumps({"id": 1}).encode(), b"", json.dumps({"id": 2}).encode()]
    assert kinds(resource_of(tmp_path, b"\n".join(lines), "t.ndjson")) == [
        ("head", 0, 1, b""),
        ("head", 1, 1, b""),
        ("row", 2, 1, lines[0] + b"\n"),
        ("comment", 0, 2, b"\n"),
        ("row", 3, 3, lines[2]),
    ]


def test_json_has_no_lines_of_its_own(tmp_path):
    with pytest.raises(NotAsWrittenError, match="a row of json has no lines of its own"):
        [*as_written(resource_of(tmp_path, b"[]", "t.json"))]
