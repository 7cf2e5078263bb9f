"""Quotes that take in rows, and texts of several lines that do not."""

import csv
import io

import pytest

from validate import validate

ROWS = [[str(at), f"Pond {at}", f"{at}.5"] for at in range(1, 41)]
HEADER = ["id", "name", "depth"]


@pytest.fixture
def found(tmp_path):
    """What is found in a table of this text, of which nothing is declared."""

    def find(text, name="t.csv"):
        (tmp_path / name).write_bytes(text.encode())
        return [*validate(tmp_path / name)]

    return find


def text(rows, delimiter=",", end="\n"):
    return "".join(delimiter.join(row) + end for row in [HEADER, *rows])


def with_quotes(opens, closes, column=1):
    rows = [[*row] for row in ROWS]
    rows[opens][column] = '"' + rows[opens][column]
    rows[closes][column] += '"'
    return rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("closes", [5, 19])
def test_rows_that_a_quote_takes_in_are_a_warning(found, delimiter, end, closes):
    name = "t.tsv" if delimiter == "\t" else "t.csv"
    (one,) = found(text(with_quotes(4, closes), delimiter, end), name)
    assert (one.code, one.severity, one.rule) == ("misread-file", "warning", "quoteChar")
    assert (one.row, one.line) == (6, 6)
    assert f"opens a cell on line 6 and closes on line {closes + 2:,}" in one.message
    assert f"each of these {closes - 3} lines is a row of 3 cells" in one.message


def test_a_quote_in_the_last_column_takes_in_rows(found):
    rules = [one.rule for one in found(text(with_quotes(4, 19, column=2)))]
    assert "quoteChar" in rules


def test_a_quote_at_the_end_of_a_large_table_is_found(found):
    rows = [[str(at), f"Pond {at}", f"{at}.5"] for at in range(60_000)]
    rows[-2][1] = '"' + rows[-2][1]
    rows[-1][1] += '"'
    (one,) = found(text(rows))
    assert (one.rule, one.line) == ("quoteChar", 60_000)


def test_rows_of_texts_alone_are_told_by_their_number(found):
    rows = [[f"a{at}", f"b{at}", f"c{at}"] for at in range(30)]
    for at, quote in ((4, '"x'), (9, 'x"')):
        rows[at][1] = quote
    assert [one.rule for one in found(text(rows))] == ["quoteChar"]
    rows[9][1], rows[5][1] = "x", 'x"'
    assert found(text(rows)) == []


TEXTS = {
    "a remark": "two lines,\nof one text",
    "an address": "Ann\nStreet 5, Floor 2\nSpringfield, IL",
    "a poem": "a, b, c\nd, e, f\ng, h, i",
    "a list": "1. first\n2. second\n3. third",
    "a table": "\n1,2,3\n4,5,6\n",
    "a table at once": "1,2,3\n4,5,6\n7,8,9",
    "ends of lines": "\n\n\n",
    "many commas": ",,\n,,\n,,",
}


@pytest.mark.parametrize("kind", TEXTS)
@pytest.mark.parametrize("column", [0, 1, 2])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_texts_of_several_lines_are_texts(found, kind, column, delimiter):
    rows = [[str(at), f"Pond {at}", f"{at}.5"] for at in range(1, 41)]
    for at in range(3, 40, 5):
        rows[at][column] = TEXTS[kind].replace(",", delimiter)
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows([HEADER, *rows])
    name = "t.tsv" if delimiter == "\t" else "t.csv"
    assert "misread-file" not in {one.code for one in found(file.getvalue(), name)}


@pytest.mark.parametrize("kind", TEXTS)
def test_texts_of_several_lines_in_two_columns_are_texts(found, kind):
    rows = [["name", "remark"], *([f"Pond {at}", TEXTS[kind]] for at in range(20))]
    file = io.StringIO()
    csv.writer(file, lineterminator="\n").writerows(rows)
    assert "misread-file" not in {one.code for one in found(file.getvalue())}
