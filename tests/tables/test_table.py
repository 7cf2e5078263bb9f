from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from support.places import ROOT

from validate._src.package.descriptor import load_package
from validate._src.tables.reading import read_table
from validate._src.words.finding import LONGEST_VALUE
from validate._src.words.model import Dialect

FIELDS = (
    {"name": "pond", "type": "string"},
    {"name": "depth", "type": "number"},
    {"name": "dug", "type": "date"},
)


@pytest.fixture
def read(make_package):
    """Reads the table that a CSV text is."""

    def read(content, fields=FIELDS, dialect=None, **schema):
        resource = load_package(make_package(list(fields), content, **schema)).resources["t"]
        return read_table(replace(resource, dialect=dialect or Dialect()))

    return read


def faults(table):
    found = [one for frame in table.findings for one in frame]
    return [(one.code, one.row, one.line, one.field, one.value) for one in found]


def test_rows_are_typed_and_placed(read):
    table = read('pond,depth,dug\n"Mirror\nPond",2.5,1912-04-01\n蓮池,,\n')
    assert table.values.schema == {"pond": pl.String, "depth": pl.Float64, "dug": pl.Date}
    assert table.values.rows() == [("Mirror\nPond", 2.5, date(1912, 4, 1)), ("蓮池", None, None)]
    assert (list(table.rows), list(table.lines)) == ([2, 3], [2, 4])
    assert list(table.findings) == []


def test_text_of_the_wrong_type_is_kept_as_text_and_null_as_value(read):
    table = read("pond,depth,dug\nReed,shallow,1912-02-30\n")
    assert table.text.rows() == [("Reed", "shallow", "1912-02-30")]
    assert table.values.rows() == [("Reed", None, None)]


def test_missing_values_are_those_of_the_field(read):
    fields = ({**FIELDS[0], "missingValues": ["-"]}, {**FIELDS[1], "missingValues": ["", "n/a"]})
    table = read('pond,depth\n-,n/a\nReed,\n"",2\n', fields)
    assert table.text.rows() == [(None, None), ("Reed", None), ("", "2")]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", [("source-error", None, None, None, None)]),
        ("\ufeffpond,depth,dug\n", [("encoding-error", None, 1, None, None)]),
        ('pond,depth,dug\n"Reed,,\n', [
            ("quote-error", None, 2, None, None),
            ("missing-cell", 2, 2, "depth", None),
            ("missing-cell", 2, 2, "dug", None),
        ]),
        ("pond,depth,dug\n,,\n", [("blank-row", 2, 2, None, None)]),
        ("pond,depth,dug\n\nReed,,\n", [("blank-row", 2, 2, None, None)]),
        ("pond,depth,dug\nReed,1,,x,y\n", [
            ("extra-cell", 2, 2, None, "x"),
            ("extra-cell", 2, 2, None, "y"),
        ]),
        ("pond,depth,dug\nReed\n", [
            ("missing-cell", 2, 2, "depth", None),
            ("missing-cell", 2, 2, "dug", None),
        ]),
        ("\npond,depth,dug\n", [("blank-header", 1, 1, None, None)]),
    ],
)  # fmt: skip
def test_faults_of_structure(read, content, expected):
    assert faults(read(content)) == expected


def test_blank_rows_count_but_are_left_out(read):
    table = read("pond,depth,dug\nMirror,,\n\n,,\nReed,,\n")
    assert (list(table.rows), list(table.text["pond"])) == ([2, 5], ["Mirror", "Reed"])


def test_rows_of_a_table_without_a_header_start_at_one(read):
    table = read("Mirror,1,\nReed,2,\n", dialect=Dialect(header=False))
    assert list(table.rows) == [1, 2]


def test_fields_without_a_column_are_left_out(read):
    table = read("dug,owner\n1912-04-01,Ada\n", fieldsMatch="partial")
    assert (table.text.columns, [one.name for one in table.fields]) == (["dug"], ["dug"])
    assert table.has(["dug"])
    assert not table.has(["dug", "pond"])


@pytest.mark.parametrize(
    ("schema", "key"),
    [
        ({}, ()),
        ({"primaryKey": ["pond"]}, ("Reed",)),
        ({"primaryKey": ["pond", "depth"]}, ("Reed", "0.80")),
        ({"primaryKey": ["dug"]}, ("",)),
    ],
)
def test_key_of_a_row_is_its_text(read, schema, key):
    assert read("pond,depth,dug\nReed,0.80,\n", **schema).key(0) == key


def test_finding_tells_where_and_what(read):
    table = read('pond,depth,dug\n"Mirror\nPond",1,\nReed,deep,\n', primaryKey=["pond"])
    (found,) = table.finding(1, "type-error", "not a number", field="depth")
    assert (found.resource, found.path, found.row, found.line) == ("t", "t.csv", 3, 4)
    assert (found.field, found.value, found.key) == ("depth", "deep", ("Reed",))


def test_value_of_a_finding_is_cut(read):
    table = read(f"pond,depth,dug\n{'池' * 1000},,\n")
    (found,) = table.finding(0, "type-error", "too long", field="pond")
    assert found.value == "池" * (LONGEST_VALUE - 1) + "…"


def test_each_row_of_several_files_is_found_in_its_own():
    folder = ROOT / "tests" / "packages" / "table-rule-in-the-second-file"
    table = read_table(load_package(folder).resources["ponds"])
    indexes = pl.Series([0, 1, 2, 3])
    found = table.findings_at(indexes, "type-error", "it is wrong", field="depth")
    places = [("north.csv", 2), ("north.csv", 3), ("south.csv", 1), ("south.csv", 2)]
    assert found.rows.select("path", "line").rows() == places
    alone = [one for index in indexes for one in table.finding(index, "type-error", "it is wrong")]
    assert [(one.path, one.line) for one in alone] == places
