import json

import pytest
from support.made import one_table

from validate import validate
from validate._src.package.descriptor import load_package
from validate._src.tables.excerpts import read_rows
from validate._src.tables.header import match_header


@pytest.fixture
def match(make_package):
    """The header of a table with the fields a, b and c."""

    def match(labels, fields_match="exact", required=(), row=1, line=None, **schema):
        fields = [{"name": name, "constraints": {"required": name in required}} for name in "abc"]
        package = make_package(fields, "", fieldsMatch=fields_match, **schema)
        return match_header(load_package(package).resources["t"], labels, row, line)

    return match


def faults(header):
    return [(finding.code, finding.field) for finding in header.findings]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["a", "b", "c"], []),
        ([], [("blank-header", None)]),
        (["a", "", "c"], [("blank-label", "b")]),
        (["a", "b"], [("missing-label", "c")]),
        (["a"], [("missing-label", "b"), ("missing-label", "c")]),
        (["a", "b", "c", "d"], [("extra-label", None)]),
        (["a", "b", "c", "a"], [("extra-label", None)]),
        (["a", "b", "c", "", "d"], [("extra-label", None), ("extra-label", None)]),
        (["a", "B", "c"], [("incorrect-label", "b")]),
        (["A", "B", "c"], [("incorrect-label", None)]),
        (["a", "b", "B"], [("incorrect-label", "c")]),
        (["b", "a", "c"], [("incorrect-label", "a"), ("incorrect-label", "b")]),
        (["a", "a", "c"], [("duplicate-label", "b")]),
        (["a", " b", "c"], [("incorrect-label", "b")]),
    ],
)
def test_exact_labels_are_judged_by_position(match, labels, expected):
    assert faults(match(labels)) == expected


@pytest.mark.parametrize(
    ("fields_match", "labels", "expected"),
    [
        ("equal", ["c", "a", "b"], []),
        ("equal", ["c", "a"], [("missing-label", "b")]),
        ("equal", ["c", "a", "b", "d"], [("extra-label", None)]),
        ("equal", ["c", "a", "b", "a"], [("duplicate-label", "a")]),
        ("equal", ["c", "a", "b", "", "d"], [("extra-label", None), ("extra-label", None)]),
        ("equal", ["c", "a", "B"], [("incorrect-label", "b")]),
        ("equal", ["c", "a", "b", "B"], [("extra-label", None)]),
        ("superset", ["B"], [("incorrect-label", "b")]),
        ("partial", ["d", "C"], [("incorrect-label", "c")]),
        ("subset", ["d", "c", "a", "b"], []),
        ("subset", ["d", "c", "a"], [("missing-label", "b")]),
        ("superset", ["c"], []),
        ("superset", ["c", "d"], [("extra-label", None)]),
        ("partial", ["d", "c"], []),
        ("partial", ["d", "e"], [("unmatched-header", None)]),
    ],
)
def test_other_labels_are_judged_by_name(match, fields_match, labels, expected):
    assert faults(match(labels, fields_match)) == expected


@pytest.mark.parametrize("fields_match", ["exact", "equal"])
def test_columns_behind_the_last_label_are_faults_only_if_they_have_values(match, fields_match):
    header = match(["a", "b", "c", "", ""], fields_match, line=7)
    assert header.findings == ()
    assert [(one.column, one.fault.code, one.fault.line) for one in header.unlabelled] == [
        (3, "extra-label", 7),
        (4, "extra-label", 7),
    ]


@pytest.mark.parametrize("fields_match", ["equal", "subset", "superset", "partial"])
@pytest.mark.parametrize(
    ("labels", "columns"),
    [
        (["C", "A", "b"], {"a": 1, "b": 2, "c": 0}),
        (["c", "a", "A", "B"], {"a": 1, "b": 3, "c": 0}),
        (["c", "B", "a", "b"], {"a": 2, "b": 3, "c": 0}),
    ],
)
def test_a_label_in_another_case_belongs_to_the_field_that_has_no_column(
    match, fields_match, labels, columns
):
    assert match(labels, fields_match).columns == columns


def test_of_two_labels_in_another_case_none_belongs_to_the_field(make_package):
    package = make_package([{"name": "size"}, {"name": "b"}], "", fieldsMatch="subset")
    resource = load_package(package).resources["t"]
    assert match_header(resource, ["SIZE", "Size", "b"]).columns == {"b": 2}


@pytest.mark.parametrize(
    "labels", [["ID", "id"], ["Id", "ID"]], ids=["names of each other", "of which, is not clear"]
)
def test_names_that_differ_only_in_case_are_told_apart(make_package, labels):
    package = make_package([{"name": "id"}, {"name": "ID"}], "")
    header = match_header(load_package(package).resources["t"], labels)
    assert {finding.severity for finding in header.findings} == {"error"}


def test_case_counts_where_the_dialect_says_so(tmp_path):
    """Source: Data Package 1.0, CSV Dialect, "caseSensitiveHeader", false by default."""
    dialect = {"caseSensitiveHeader": True}
    folder, _ = one_table(tmp_path, "t.csv", [{"name": "a"}], dialect=dialect)
    header = match_header(load_package(folder).resources["t"], ["A"])
    assert [finding.severity for finding in header.findings] == ["error"]


@pytest.mark.parametrize("fields_match", ["superset", "partial"])
def test_a_column_that_may_be_absent_may_not_when_its_values_are_required(match, fields_match):
    header = match(["a"], fields_match, required="b", primaryKey=["c"])
    assert faults(header) == [("missing-label", "b"), ("missing-label", "c")]


@pytest.mark.parametrize(
    ("fields_match", "labels", "columns"),
    [
        ("exact", ["c", "a", "b"], {"a": 0, "b": 1, "c": 2}),
        ("exact", ["a", "b"], {"a": 0, "b": 1}),
        ("equal", ["c", "a", "b"], {"a": 1, "b": 2, "c": 0}),
        ("subset", ["x", "b", "a", "c"], {"a": 2, "b": 1, "c": 3}),
        ("partial", ["x", "b"], {"b": 1}),
        ("equal", ["a", "a", "b", "c"], {"a": 0, "b": 2, "c": 3}),
    ],
)
def test_columns_of_fields(match, fields_match, labels, columns):
    header = match(labels, fields_match)
    assert (header.columns, header.width) == (columns, len(labels))


def test_without_a_header_the_columns_are_the_fields(match):
    header = match(None)
    assert (header.columns, header.width, header.findings) == ({"a": 0, "b": 1, "c": 2}, 3, ())


def test_a_fault_of_the_header_stands_in_its_row(match):
    (finding,) = match(["a", "b"], row=3, line=5).findings
    assert (finding.row, finding.line, finding.resource) == (3, 5, "t")


@pytest.mark.parametrize(
    ("content", "dialect", "place"),
    [
        ("a,b\n1,2\n", {}, (1, 1)),
        ("\n1,2\n", {}, (1, 1)),
        ('Ponds\n"of\nthe park"\na,b\n1,2\n', {"headerRows": [3]}, (3, 4)),
        ('"a\n",b\n1,2\n', {"headerRows": [1, 2]}, (2, 3)),
        ("# depths\n\n# in metres\na,b\n", {"commentChar": "#", "headerRows": [4]}, (4, 4)),
        ('#,"x\ny"\na,b\n1,2\n', {"commentChar": "#"}, (2, 3)),
        ('"x\ny"\na,b\n1,2\n', {"commentRows": [1]}, (2, 3)),
    ],
)
def test_a_fault_of_the_header_stands_on_its_line(make_package, content, dialect, place):
    folder = make_package([{"name": "a"}, {"name": "c"}], content)
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0]["dialect"] = dialect
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    report = validate(folder)
    of_header = [one for one in report.findings if one.code.endswith(("-label", "-header"))]
    assert {(one.row, one.line) for one in of_header} == {place}
    shown = read_rows(load_package(folder), report.findings)
    assert ("t", place[0]) in shown or content.startswith("\n")


@pytest.mark.parametrize(
    ("name", "content", "dialect", "place"),
    [
        ("t.json", '[["a", "b"], [1, 2]]', {}, (1, 1)),
        ("t.json", '[["x"], ["a", "b"], [1, 2]]', {"headerRows": [2]}, (2, None)),
        ("t.json", '[{"a": 1, "b": 2}]', {}, (1, None)),
        ("t.ndjson", '\n["a", "b"]\n[1, 2]\n', {}, (1, 2)),
        ("t.ndjson", '{"a": 1, "b": 2}\n', {}, (1, None)),
    ],
)
def test_a_fault_of_the_header_of_other_formats_has_a_line_where_they_have(
    make_package, name, content, dialect, place
):
    folder = make_package([{"name": "a"}, {"name": "c"}], "")
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"][0] |= {"path": name, "dialect": dialect}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    (folder / name).write_text(content, "utf-8")
    found = [(one.row, one.line, one.code) for one in validate(folder).findings]
    assert (*place, "incorrect-label") in found or (*place, "missing-label") in found
