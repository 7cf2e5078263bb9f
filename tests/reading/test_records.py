import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from validate import validate
from validate._src.reading import records as module
from validate._src.reading.records import (
    EndlessRecordError,
    csv_rows,
    open_quote,
    read_records,
    stray_quotes,
    text_lines,
    written_cells,
)
from validate._src.words.model import Dialect


def records_of(content, dialect=None):
    return list(read_records(text_lines([content.encode()]), dialect or Dialect()))


def numbered(content, dialect=None):
    return [(r.number, r.line, r.cells) for r in records_of(content, dialect or Dialect())]


def cells(content, **dialect):
    return [record.cells for record in records_of(content, Dialect(**dialect))]


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


@pytest.fixture
def limit():
    """How long a cell may be for whoever uses `csv` beside us."""
    before = csv.field_size_limit(1000)
    yield 1000
    csv.field_size_limit(before)


def test_a_cell_may_be_longer_than_the_csv_module_allows_by_default(limit):
    assert cells("x" * 200_000) == [["x" * 200_000]]
    assert csv.field_size_limit() == limit


def test_the_limit_of_others_holds_between_the_records(limit):
    records = read_records(["x" * 2000 + "\n", "y\n"], Dialect())
    next(records)
    assert csv.field_size_limit() == limit
    with pytest.raises(csv.Error, match="larger than field limit"):
        next(csv.reader(["z" * 2000]))
    records.close()
    assert csv.field_size_limit() == limit


def test_the_limit_of_others_holds_after_an_error(limit, monkeypatch):
    monkeypatch.setattr(module, "LONGEST_CELL", 100)
    with pytest.raises(EndlessRecordError):
        list(read_records(["x" * 101], Dialect()))
    assert csv.field_size_limit() == limit


def test_the_limit_of_others_holds_when_lines_cannot_be_read(limit):
    def broken():
        yield "a\n"
        raise OSError("no disk")

    with pytest.raises(OSError, match="no disk"):
        list(read_records(broken(), Dialect()))
    assert csv.field_size_limit() == limit


def test_quotes_of_long_cells_are_looked_at_under_our_limit(limit):
    long = '"' + "x" * 2000 + '"'
    (record,) = records_of(f"{long}y\n")
    assert list(stray_quotes(record, Dialect())) == [1]
    assert open_quote(record, Dialect()) is None
    assert csv.field_size_limit() == limit


def test_a_run_leaves_the_limit_alone(make_package, limit):
    folder = make_package([{"name": "id"}, {"name": "n"}], f'id,n\n{"x" * 2000},1,2\n"a"b,1\n')
    codes = {one.code for one in validate(folder).findings}
    assert codes == {"extra-cell", "quote-error"}
    assert csv.field_size_limit() == limit


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
    *_, last = records_of(content)
    assert (open_quote(last, Dialect()) is not None) is is_open


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ('a\n"b\nc\n', 2),
        ('a\n"b\nc', 2),
        ('a,b\n"two\nlines","open\nand more\n', 3),
        ('a,b\n"two\r\nlines","open\r\nand more\r\n', 3),
        ('a,b\n1,"', 2),
        ('a,b\n1,"\n', 2),
        ('a,b\r1,"x\ry\r', 2),
    ],
)
def test_the_line_of_an_open_quote_is_known(content, line):
    *_, last = records_of(content)
    assert open_quote(last, Dialect()) == line


def test_without_a_quote_character_no_quote_is_open():
    dialect = Dialect(quote_char=None)
    *_, last = records_of('a\n"b\n', dialect)
    assert open_quote(last, dialect) is None


@pytest.mark.parametrize("terminator", ["|", "\r\n\r\n", "<br>"])
def test_lines_may_end_otherwise(terminator):
    dialect = Dialect(line_terminator=terminator)
    content = terminator.join(["a,b", f'"1{terminator}2",x\ny', "3,4", ""])
    assert cells(content, line_terminator=terminator) == [
        ["a", "b"],
        [f"1{terminator}2", "x\ny"],
        ["3", "4"],
    ]
    breaks = terminator.count("\n")
    starts = [1, 1 + breaks, 2 + 3 * breaks]
    assert [record.line for record in records_of(content, dialect)] == starts


def test_delimiter_may_be_of_several_characters():
    assert cells('a::"b::c"::d:e\n', delimiter="::") == [["a", "b::c", "d:e"]]


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ('a\n"b"c,d\n', [2]),
        ('"x\ny"z\n"b"c\n', [2, 3]),
        ('a"b,c\n', []),
        ('"a""b"\n', []),
    ],
)
def test_text_after_a_closing_quote_is_noticed(content, lines):
    found = [line for one in records_of(content) for line in stray_quotes(one, Dialect())]
    assert found == lines


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("ab\r\nあ📎\u2028\x85")), st.integers(1, 9))
def test_lines_do_not_depend_on_where_blocks_end(content, size):
    data = content.encode()
    blocks = [data[start : start + size] for start in range(0, len(data), size)]
    assert list(text_lines(blocks)) == list(text_lines([data]))
    assert "".join(text_lines(blocks)) == content


@pytest.mark.parametrize(
    ("content", "line"), [("a\n" + "x" * 101, 2), ('a\nb\n"' + "x\n" * 60, 3), ('"' + "x" * 101, 1)]
)
def test_a_record_without_end_is_given_up(monkeypatch, content, line):
    monkeypatch.setattr(module, "LONGEST_CELL", 100)
    with pytest.raises(EndlessRecordError) as given_up:
        records_of(content)
    assert given_up.value.line == line


def test_ends_of_lines_in_surplus_cells_are_kept(make_package):
    content = 'id,n\na,1\nf,1,g,"g\r\nh"\n'
    folder = make_package([{"name": "id"}, {"name": "n"}], content)
    surplus = [one.value for one in validate(folder).findings if one.code == "extra-cell"]
    assert surplus == ["g", "g\r\nh"]


@given(
    cells=st.lists(st.text(alphabet='ab,";\\ \n\u3042', max_size=6), min_size=2, max_size=5),
    delimiter=st.sampled_from([",", ";", "\t"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_cells_as_they_are_written_make_the_record_and_hold_its_cells(cells, delimiter, quoting):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=quoting, lineterminator="\n").writerow(cells)
    dialect, record = Dialect(delimiter=delimiter), text.getvalue().removesuffix("\n")
    written = written_cells(record, dialect)
    assert delimiter.join(written) == record
    read = [csv_rows(io.StringIO(one, newline=""), dialect) if one else [[""]] for one in written]
    assert read == [[[cell]] for cell in cells]


@pytest.mark.parametrize(
    ("text", "written", "options"),
    [
        ("a,b", ["a", "b"], {}),
        ("a,", ["a", ""], {}),
        ('"a,b"c,"d', ['"a,b"c', '"d'], {}),
        ("a\\,b,c", ["a\\,b", "c"], {"escape_char": "\\"}),
        ('"a\\",b",c', ['"a\\",b"', "c"], {"escape_char": "\\", "double_quote": False}),
        ("a||b", ["a", "b"], {"delimiter": "||"}),
        ('a, "b,c"', ["a", ' "b,c"'], {"skip_initial_space": True}),
        ('"a",b', ['"a"', "b"], {"quote_char": None}),
    ],
)
def test_cells_as_they_are_written_go_by_the_dialect(text, written, options):
    assert written_cells(text, Dialect(**options)) == written
