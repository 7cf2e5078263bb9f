"""The encoding of a file, told by its bytes: one of those in use today."""

import codecs
import gzip
from functools import partial

import pytest
from support.made import resource_of

from validate import PackageError
from validate._src.reading.detection import encoding_of


@pytest.fixture
def resource(tmp_path):
    """Gives the resource of a file with these bytes."""
    return partial(resource_of, tmp_path)


def told(resource):
    return encoding_of(resource, resource.parts[0])


@pytest.mark.parametrize(
    ("encoding", "text", "name"),
    [
        ("ascii", "a,b\n", "utf-8"),
        ("utf-8", "池,深さ\n", "utf-8"),
        ("utf-8-sig", "池,深さ\n", "utf-8"),
        ("utf-16", "池,深さ\n", "utf-16"),
        ("utf-16-le", "a,b\n池,深さ\n", "utf-16le"),
        ("utf-16-be", "Öl\n", "utf-16be"),
        ("cp932", "会社名,住所\n株式会社サンプル,東京都港区\n", "cp932"),
        ("euc_jp", "会社名,住所\n株式会社サンプル,東京都港区\n", "euc-jp"),
        ("gb18030", "名字,长度\n天鹅,5\n", "gb18030"),
        ("cp1251", "Имя,длина\nЧайка,5\n", "windows-1251"),
        ("cp1252", "Größe\n", "windows-1252"),
        ("cp1252", "naïve,café €5\n", "windows-1252"),
        ("cp1252", "x\n5 µm ± 2\n", "windows-1252"),
    ],
)
def test_an_encoding_is_told_by_its_bytes_and_named_as_mime_does(resource, encoding, text, name):
    assert told(resource(text.encode(encoding))) == name
    assert codecs.lookup(name)


def test_what_tells_the_encoding_may_stand_far_down(resource):
    content = b"a,b\n" * 100_000 + "Straße,Köln\n".encode("cp1252")
    assert told(resource(content)) == "windows-1252"


def test_compressed_files_are_looked_into(resource):
    content = gzip.compress("Größe;b\n1;2\n".encode("cp1252"))
    assert told(resource(content, "t.csv.gz")) == "windows-1252"


def test_utf_8_with_a_few_wrong_bytes_is_no_other_encoding(resource):
    content = "Länge\nMöwe\nKöhler\n".encode() + b"Stra\xdfe\n"
    with pytest.raises(PackageError, match=r"t\.csv:4: byte 0xdf at offset 25 is not utf-8"):
        told(resource(content))


@pytest.mark.parametrize(
    "content", [b"a\0b\0\0", "池,深\n".encode("utf-16-le"), bytes(range(1, 256))]
)
def test_what_is_no_text_is_refused(resource, content):
    with pytest.raises(PackageError, match=r"^t\.csv: .*no text"):
        told(resource(content))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("above", [1, 2, 300_000])
def test_a_null_character_is_named_by_its_place(resource, above, end):
    content = end.join([*[b"1,ab"] * above, b"2,b\0", b"3,c", b""])
    place = rf"^t\.csv:{above + 1}: character 4 of the line is a null character .*; remove it"
    with pytest.raises(PackageError, match=place) as raised:
        told(resource(content))
    assert raised.value.code == "source-error"


def test_text_without_null_characters_is_none_of_that(resource):
    assert told(resource(b"a,b\n1,\\0\n2,00\n")) == "utf-8"
