import pytest

from validate._src.package.textfiles import mark_of, read_json, read_text, unmarked_text
from validate._src.words.errors import PackageError


def test_json_object_is_read(tmp_path):
    file = tmp_path / "ponds.json"
    file.write_text('{"池": 1}', "utf-8")
    assert read_json(file, "ponds.json") == {"池": 1}


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"[]", "ponds.json: is not a JSON object"),
        (b"null", "ponds.json: is not a JSON object"),
        (b"", "ponds.json:1:1: not JSON: Expecting value"),
        (b'{\n "a": }', "ponds.json:2:7: not JSON: Expecting value"),
        (b'{"a": "\xe9"}', "ponds.json: not UTF-8 at byte 7"),
        (b'{"a":' * 100_000, "ponds.json: JSON nested too deeply"),
    ],
)
def test_file_without_a_json_object_is_refused(tmp_path, content, line):
    file = tmp_path / "ponds.json"
    file.write_bytes(content)
    with pytest.raises(PackageError) as caught:
        read_json(file, "ponds.json")
    assert str(caught.value) == line


def test_absent_file_is_refused(tmp_path):
    with pytest.raises(PackageError, match=r"^ponds\.json: no such file$"):
        read_json(tmp_path / "ponds.json", "ponds.json")


def test_folder_in_place_of_a_file_is_refused(tmp_path):
    with pytest.raises(PackageError, match=r"^ponds\.json: cannot be read: "):
        read_json(tmp_path, "ponds.json")


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"pond\xe9", "ponds.txt: not UTF-8 at byte 4"),
        (None, "ponds.txt: no such file"),
    ],
)
def test_text_that_cannot_be_read_is_one_line(tmp_path, content, line):
    file = tmp_path / "ponds.txt"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(PackageError) as caught:
        read_text(file, "ponds.txt")
    assert str(caught.value) == line


def test_a_name_that_no_file_can_have_is_one_line(tmp_path):
    with pytest.raises(PackageError, match=r"^ponds: not usable: "):
        read_text(tmp_path / "ponds\0", "ponds")


def test_a_byte_order_mark_is_left_out_and_told(tmp_path):
    file = tmp_path / "ponds.json"
    file.write_text("{}", "utf-8-sig")
    assert unmarked_text(file, "ponds.json") == "{}"
    (warning,) = mark_of(file, "ponds.json")
    assert (warning.path, warning.code, warning.line) == ("ponds.json", "encoding-error", 1)
    file.write_text("{}", "utf-8")
    assert [*mark_of(file, "ponds.json")] == []
