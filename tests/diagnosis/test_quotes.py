"""Quotes that are part of the texts."""

import pytest
from support.made import one_table

from validate import validate

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "title", "type": "string"},
    {"name": "year", "type": "integer"},
]


def rows(titles, delimiter="\t"):
    lines = [["id", "title", "year"]]
    lines += [[str(at), title, str(1900 + at)] for at, title in enumerate(titles, 1)]
    return "".join(delimiter.join(line) + "\n" for line in lines)


@pytest.fixture
def checked(tmp_path):
    """The report on a table of these titles, whose cells are parted by a character."""

    def check(titles, delimiter="\t", schema=FIELDS, **properties):
        properties = {"dialect": {"delimiter": delimiter}, **properties}
        folder, file = one_table(tmp_path, "t.csv", schema, **properties)
        file.write_text(rows(titles, delimiter), "utf-8")
        return validate(folder)

    return check


MANY = [f"Pond {number}" for number in range(1, 41)]


def with_titles(**others):
    titles = [*MANY]
    for number, title in others.items():
        titles[int(number[1:]) - 1] = title
    return titles


ASTRAY = {
    "never closed": (with_titles(n5='"Pond'), 6),
    "closed in a later row": (with_titles(n5='"Pond', n20='"Lake'), 6),
    "text behind it": (with_titles(n7='"Pond" of the north', n9='"Lake" of the south'), 8),
    "one that is whole": (with_titles(n3='"Pond"', n7='"Pond" of', n9='"Lake" of'), 8),
}


@pytest.mark.parametrize("kind", ASTRAY)
@pytest.mark.parametrize("delimiter", ["\t", ",", ";", "|"])
def test_quotes_as_text_are_told_in_one_sentence(checked, kind, delimiter):
    titles, line = ASTRAY[kind]
    report = checked(titles, delimiter)
    (found,) = report
    assert (found.code, found.severity, found.rule) == ("misread-file", "error", "quoteChar")
    assert found.line == line
    assert f"a quote begins a cell on line {line} that it does not end" in found.message
    assert 'say a "quoteChar" in the dialect that stands nowhere in the file' in found.message
    assert found.folded
    assert not report.valid


def test_with_another_quote_as_told_the_table_is_valid(checked):
    titles, _ = ASTRAY["closed in a later row"]
    assert checked(titles, dialect={"delimiter": "\t", "quoteChar": "~"}).valid


def test_one_quote_that_takes_in_no_row_is_its_own_finding(checked):
    (found,) = checked(with_titles(n7='"Pond" of the north'))
    assert found.code == "quote-error"


def test_where_other_cells_stand_within_quotes_the_quotes_mean_something(checked):
    titles = [f'"Pond, the {number}th"' for number in range(40)]
    titles[4] = '"Pond" of the north'
    assert {found.code for found in checked(titles, ",")} == {"quote-error"}


def test_other_faults_are_listed_beside_it(checked):
    text = rows(ASTRAY["text behind it"][0]).replace("1905", "soon")
    report = checked(MANY)
    (report.source.file.parent / "t.csv").write_text(text, "utf-8")
    found = validate(report.source.file)
    assert {(one.code, one.value) for one in found} == {
        ("misread-file", None),
        ("type-error", "soon"),
    }


def test_beyond_the_first_rows_the_line_of_the_quote_is_named(checked):
    titles = [f"Pond {number}" for number in range(20_000)]
    titles[15_000] = '"Pond'
    assert {(found.code, found.line) for found in checked(titles)} == {
        ("quote-error", 15_002),
        ("missing-cell", 15_002),
    }
