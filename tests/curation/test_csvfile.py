import csv
import io

import pytest

from validate._src.curation.csvfile import write_records


def cells(content):
    return list(csv.reader(io.StringIO(content, newline="")))


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
