import pytest

from validate._src.package.textfiles import mark_of, read_json, read_text, unmarked_text
from validate._src.words.errors import PackageError

NONE = "which is no character"


def test_json_object_is_read(tmp_path):
    file = tmp_path / "ponds.json"
    file.write_text('{"池": 1}', "utf-8")
    assert read_json(file, "ponds.json") == {"池": 1}


@pytest.mark.parametrize(
    ("read", "content", "line"),
    [
        (read_json, None, "ponds: no such file"),
        (read_json, b"[]", "ponds: is not a JSON object"),
        (read_json, b"null", "ponds: is not a JSON object"),
        (read_json, b"", "ponds:1:1: not JSON: Expecting value"),
        (read_json, b'{\n "a": }', "ponds:2:7: not JSON: Expecting value"),
        (
            read_json,
            b"version https://git-lfs.github.com/spec/v1\n",
            "ponds: the file is a git-lfs pointer, not JSON; fetch the data with `git lfs pull`",
        ),
        (read_json, b"PK\3\4", "ponds: the file is a zip file, not JSON"),
        (read_json, b'{"a": "\xe9"}', "ponds: not UTF-8 at byte 7"),
        (
            read_json,
            b'{"a": [1, {"b": "\\ud800"}]}',
            "ponds: a[1].b: holds a lone surrogate, " + NONE,
        ),
        (
            read_json,
            b'{"a": {"\\udfff": 1}}',
            'ponds: a["\udfff"]: holds a lone surrogate, ' + NONE,
        ),
        (read_json, b'{"a":' * 100_000, "ponds: JSON nested too deeply"),
        (read_text, None, "ponds: no such file"),
        (read_text, b"pond\xe9", "ponds: not UTF-8 at byte 4"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_one_line(tmp_path, read, content, line):
    file = tmp_path / "ponds"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(PackageError) as caught:
        read(file, "ponds")
    assert str(caught.value) == line


def test_folder_in_place_of_a_file_is_refused(tmp_path):
    with pytest.raises(PackageError, match=r"^ponds\.json: cannot be read: "):
        read_json(tmp_path, "ponds.json")


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
