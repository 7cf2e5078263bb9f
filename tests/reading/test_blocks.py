"""Encodings that are not declared, and byte order marks, in every format of text."""

import gzip
import json

import pytest
from support.made import PROFILE

from validate import load, validate
from validate._src.reading import _parsing, blocks

FIELDS = [{"name": "pond", "type": "string"}, {"name": "depth", "type": "number"}]
MARK = b"\xef\xbb\xbf"
STARTS = "the file starts with a byte order mark"
ROWS = {
    "t.csv": "pond,depth\n{},1\n",
    "t.tsv": "pond\tdepth\n{}\t1\n",
    "t.csv.gz": "pond,depth\n{},1\n",
    "t.json": '[{{"pond": "{}", "depth": 1}}]',
    "t.ndjson": '{{"pond": "{}", "depth": 1}}\n',
}


@pytest.fixture
def package(tmp_path):
    """Writes a package of one file; gives its folder."""

    def write(name, content, profile=PROFILE, **properties):
        packed = gzip.compress(content) if name.endswith(".gz") else content
        (tmp_path / name).write_bytes(packed)
        resource = {"name": "t", "path": name, "schema": {"fields": FIELDS}, **properties}
        descriptor = {"$schema": profile, "name": "made", "resources": [resource]}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        return tmp_path

    return write


def told(report):
    return [(one.path, one.code, one.severity, one.message) for one in report.findings]


def warned(name, message):
    return [(name, "encoding-error", "warning", message)]


@pytest.mark.parametrize("name", ROWS)
def test_a_byte_order_mark_is_a_warning_in_every_format(package, name):
    folder = package(name, MARK + ROWS[name].format("Möwe").encode())
    assert told(validate(folder)) == warned(name, STARTS)
    assert load(folder)["t"].rows() == [("Möwe", 1.0)]


def test_a_mark_is_found_in_a_file_declared_as_having_one(package):
    folder = package("t.csv", MARK + b'"pond",depth\nReed,1\n', encoding="utf-8-sig")
    assert told(validate(folder)) == warned("t.csv", STARTS)


@pytest.mark.parametrize("place", ["schema", "dialect"])
def test_a_mark_is_found_in_what_the_descriptor_refers_to(package, tmp_path, place):
    part = {"schema": {"fields": FIELDS}, "dialect": {"delimiter": ","}}[place]
    (tmp_path / "part.json").write_bytes(MARK + json.dumps(part).encode())
    folder = package("t.csv", b"pond,depth\nReed,1\n", **{place: "part.json"})
    assert told(validate(folder)) == warned("part.json", STARTS)


def test_a_mark_is_found_in_a_schema_given_beside_a_table(tmp_path):
    (tmp_path / "t.csv").write_text("pond,depth\nReed,1\n")
    (tmp_path / "s.json").write_bytes(MARK + json.dumps({"fields": FIELDS}).encode())
    report = validate(tmp_path / "t.csv", schema=tmp_path / "s.json")
    assert [(one.code, one.severity) for one in report] == [("encoding-error", "warning")]


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize(
    ("encoding", "word", "named"),
    [
        ("cp1252", "Étang et Möwe", "windows-1252"),
        ("cp1251", "Чайка и лебедь", "windows-1251"),
        ("cp932", "株式会社サンプル東京都", "cp932"),
        ("utf-16", "池と鴨", "utf-16"),
    ],
)
def test_an_encoding_that_is_not_declared_is_detected_and_named(
    package, name, encoding, word, named
):
    folder = package(name, ROWS[name].format(word).encode(encoding))
    message = f'read as {named}, which is not declared; declare it with "encoding"'
    assert told(validate(folder)) == warned(name, message)
    assert load(folder)["t"]["pond"].to_list() == [word]


def test_what_is_declared_is_not_detected(package):
    content = "pond,depth\nMöwe,1\n".encode("cp1252")
    (found,) = validate(package("t.csv", content, encoding="utf-8"))
    assert (found.code, found.severity, found.line) == ("encoding-error", "error", 2)
    assert "byte 0xf6 at offset 12 is not utf-8" in found.message


def test_by_version_1_the_default_is_utf_8(package):
    content = "pond,depth\nMöwe,1\n".encode("cp1252")
    profile = "https://datapackage.org/profiles/1.0/datapackage.json"
    (found,) = validate(package("t.csv", content, profile))
    assert (found.code, found.severity, found.line) == ("encoding-error", "error", 2)


@pytest.mark.parametrize("size", [8, 50, 2**20])
def test_what_tells_the_encoding_may_stand_in_a_later_block(package, monkeypatch, size):
    monkeypatch.setattr(blocks, "BLOCK", size)
    monkeypatch.setattr(blocks, "TAIL", 4)
    folder = package("t.csv", b"pond,depth\n" + b"Reed,1\n" * 50 + "Möwe,2\n".encode("cp1252"))
    (found,) = validate(folder)
    assert found.message.startswith("read as windows-1252")
    assert load(folder)["t"]["pond"].to_list() == ["Reed"] * 50 + ["Möwe"]


@pytest.mark.parametrize("size", [8, 2**20])
def test_utf_8_with_a_wrong_byte_is_no_other_encoding(package, monkeypatch, size):
    monkeypatch.setattr(blocks, "BLOCK", size)
    monkeypatch.setattr(blocks, "TAIL", 4)
    content = b"pond,depth\n" + "Möwe,1\n".encode() * 50 + b"M\xf6we,2\n"
    (found,) = validate(package("t.csv", content))
    assert (found.code, found.severity, found.line) == ("encoding-error", "error", 52)


@pytest.mark.parametrize("word", ["Möwe", "池", "😀"])
def test_lines_longer_than_a_block_may_be_cut_within_a_character(package, monkeypatch, word):
    for name, size in (("BLOCK", 10), ("TAIL", 4), ("LONGEST_BLOCK", 21)):
        monkeypatch.setattr(blocks, name, size)
    monkeypatch.setattr(_parsing, "LONGEST_BLOCK", 21)
    folder = package("t.csv", f"pond,depth\n{word * 20},1\n".encode())
    assert told(validate(folder)) == []


@pytest.mark.parametrize("content", [bytes(range(1, 256)), b"\x01\x81\x02\x8d\xff\0"])
def test_what_has_no_encoding_is_a_finding(package, content):
    (found,) = validate(package("t.csv", content))
    assert (found.code, found.severity) == ("encoding-error", "error")
    assert "no text" in found.message
