import csv
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validate.csvfile import (
    BYTE_ORDER_MARK,
    as_frame,
    decode,
    quote_is_open,
    read_bytes,
    read_plain_records,
    read_records,
    write_records,
)
from validate.descriptor import load_package
from validate.errors import PackageError
from validate.model import Dialect


def numbered(content, dialect=None):
    return [(r.number, r.line, r.cells) for r in read_records(content, dialect or Dialect())]


def cells(content, **dialect):
    return [record.cells for record in read_records(content, Dialect(**dialect))]


@pytest.fixture
def resource(make_package):
    """A resource of which a test gives the bytes."""
    return load_package(make_package([{"name": "pond"}], "")).resources["t"]


@pytest.mark.parametrize(
    ("content", "records"),
    [
        ("", []),
        ("a\n", [(1, 1, ["a"])]),
        ("a,b\n1,2", [(1, 1, ["a", "b"]), (2, 2, ["1", "2"])]),
        ('a\n"x\ny"\nz\n', [(1, 1, ["a"]), (2, 2, ["x\ny"]), (3, 4, ["z"])]),
        ('a\r\n"x\r\ny"\r\nz\r\n', [(1, 1, ["a"]), (2, 2, ["x\r\ny"]), (3, 4, ["z"])]),
        ("a\rb\r", [(1, 1, ["a"]), (2, 2, ["b"])]),
        ("a\n\nb\n", [(1, 1, ["a"]), (2, 2, []), (3, 3, ["b"])]),
        (",\n", [(1, 1, ["", ""])]),
        ("池\u2028\x0b\x85\nb\n", [(1, 1, ["池\u2028\x0b\x85"]), (2, 2, ["b"])]),
    ],
)
def test_records_are_numbered_and_know_their_line(content, records):
    assert numbered(content) == records


@pytest.mark.parametrize(
    ("content", "dialect", "row"),
    [
        ('"a, b","say ""hey"""', {}, ["a, b", 'say "hey"']),
        ("a;b,c", {"delimiter": ";"}, ["a", "b,c"]),
        ("'a,b',\"c\"", {"quote_char": "'"}, ["a,b", '"c"']),
        ('"a,b"', {"quote_char": None}, ['"a', 'b"']),
        (r"a\,b", {"escape_char": "\\"}, ["a,b"]),
        (r'"a\"b"', {"escape_char": "\\", "double_quote": False}, ['a"b']),
        ('a, "b,c"', {"skip_initial_space": True}, ["a", "b,c"]),
        ("a, b", {}, ["a", " b"]),
    ],
)
def test_dialect_is_obeyed(content, dialect, row):
    assert cells(content, **dialect) == [row]


def test_a_cell_may_be_longer_than_the_csv_module_allows_by_default():
    csv.field_size_limit(131072)
    assert cells("x" * 200_000) == [["x" * 200_000]]


@pytest.mark.parametrize(
    ("content", "is_open"),
    [
        ('a\n"b\nc\n', True),
        ('a\n1,"b', True),
        ('a\n"b"\n', False),
        ('a\n"b""\n', True),
        ('a\nb "c\n', False),
        ('a\n1,"b"c,"d\ne\n', True),
    ],
)
def test_open_quote_is_noticed(content, is_open):
    *_, last = read_records(content, Dialect())
    assert quote_is_open(content, last, Dialect()) is is_open


def test_without_a_quote_character_no_quote_is_open():
    dialect = Dialect(quote_char=None)
    *_, last = read_records('a\n"b\n', dialect)
    assert not quote_is_open('a\n"b\n', last, dialect)


@pytest.mark.parametrize(
    ("row", "line"),
    [
        (("1", "Mirror Pond"), "1,Mirror Pond\n"),
        (("1", ""), "1,\n"),
        (("a,b", 'say "hey"'), '"a,b","say ""hey"""\n'),
        (("a\nb", " c "), '"a\nb", c \n'),
        (("蓮池", "1 000"), "蓮池,1 000\n"),
    ],
)
def test_canonical_form_quotes_only_where_needed(row, line):
    assert write_records([row]) == line


@pytest.mark.parametrize("cell", ["a\nb", "a\r\nb", "a\rb", "\r", '"', ",", "", " ", "蓮\u2028池"])
def test_what_is_written_is_read_again(cell):
    assert cells(write_records([["pond", "note"], ["1", cell]])) == [["pond", "note"], ["1", cell]]


def test_a_lone_empty_cell_is_not_read_as_an_empty_line():
    assert cells(write_records([["note"], [""]])) == [["note"], [""]]


def test_text_is_decoded_as_declared_and_line_ends_are_kept(resource):
    assert decode(replace(resource, encoding="iso8859-1"), b"\xc9tang\r\n") == "Étang\r\n"


def test_byte_order_mark_is_left_for_the_caller(resource):
    assert decode(resource, b"\xef\xbb\xbfa\n") == "\ufeffa\n"


def test_wrong_encoding_names_line_and_byte(resource):
    with pytest.raises(PackageError, match=r"^t\.csv:3: byte 0xc9 at offset 4 is not utf-8;"):
        decode(resource, b"a\nb\n\xc9tang\n")


def test_unreadable_file_is_one_line(resource):
    resource.file.unlink()
    with pytest.raises(PackageError, match=r"^t\.csv: cannot be read: "):
        read_bytes(resource)


PLAIN = st.text(st.sampled_from("ab,;\n \t\v\f\0\x1c\x85\u2028あ📎"), max_size=60)


@settings(
    max_examples=400,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(content=PLAIN, marked=st.booleans(), delimiter=st.sampled_from(",;\t"))
def test_plain_records_are_those_of_the_reader(resource, content, marked, delimiter):
    data = (BYTE_ORDER_MARK * marked + content).encode()
    dialect = Dialect(delimiter=delimiter)
    plain = read_plain_records(replace(resource, dialect=dialect), data)
    assert plain.equals(as_frame(read_records(content, dialect)))


@pytest.mark.parametrize("content", ['a\n"b"\n', "a\r\nb\r\n", "a\rb\n"])
def test_quotes_and_carriage_returns_are_left_to_the_reader(resource, content):
    assert read_plain_records(resource, content.encode()) is None


def test_what_is_not_utf_8_is_left_to_the_decoder(resource):
    assert read_plain_records(resource, b"a\n\xff\n") is None
