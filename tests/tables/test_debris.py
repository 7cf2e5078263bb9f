"""What programs leave at the end of a table: one warning, in every format."""

import gzip
import json
from datetime import date

import polars as pl
import pytest
from support.made import one_table, workbook
from support.sheets import ods, xls

from validate import load, validate

FIELDS = [{"name": "boat", "type": "string"}, {"name": "length", "type": "number"}]
NAMES = ["boat", "length"]
ROWS = [["Heron", 7.5], ["Otter", 6]]
NONE = [None, None]


def told(report):
    """Each finding: its severity, code, row and message."""
    return [(one.severity, one.code, one.row, one.message) for one in report.findings]


def text(rows):
    return "".join(
        ",".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows
    )


WRITERS = {
    "t.csv": lambda file, rows: file.write_text(text(rows)),
    "t.csv.gz": lambda file, rows: file.write_bytes(gzip.compress(text(rows).encode())),
    "t.json": lambda file, rows: file.write_text(json.dumps(rows)),
    "t.ndjson": lambda file, rows: file.write_text("".join(json.dumps(r) + "\n" for r in rows)),
    "t.xlsx": lambda file, rows: workbook(file, s=padded(rows)),
    "t.ods": lambda file, rows: ods(file, s=padded(rows)),
    "t.xls": lambda file, rows: xls(file, s=padded(rows)),
}


def padded(rows):
    """Rows of a sheet in which blank cells are there, since they have a format, say."""
    return [["" if cell is None else cell for cell in row] for row in rows]


@pytest.fixture(params=WRITERS)
def run(request, tmp_path):
    """The report on a table of these rows, header included, in each format."""

    def run(rows, fields=FIELDS, **options):
        schema = options.pop("schema", {})
        folder, file = one_table(tmp_path, request.param, fields, schema=schema)
        WRITERS[request.param](file, rows)
        return validate(folder, **options)

    return run


@pytest.fixture
def csv(tmp_path):
    """The report on a table of this CSV."""

    def run(content, fields=FIELDS, options=None, **properties):
        folder, file = one_table(tmp_path, "t.csv", fields, **properties)
        file.write_text(content)
        return validate(folder, **(options or {}))

    return run


@pytest.mark.parametrize("fast", [False, True])
def test_blank_rows_at_the_end_are_one_warning(run, fast):
    # A sheet ends with its last cell that has a value; then there is nothing to warn of.
    report = run([NAMES, *ROWS, NONE, NONE, NONE], fast=fast)
    assert report.valid
    said = "the table ends with 3 blank rows, rows 4 to 6"
    assert told(report) in ([("warning", "blank-row", 4, said)], [])


def test_blank_rows_in_the_middle_are_errors(run):
    report = run([NAMES, ROWS[0], NONE, NONE, ROWS[1]])
    said = "the row has no values"
    assert told(report) == [("error", "blank-row", row, said) for row in (3, 4)]


def test_blank_rows_are_told_by_what_follows(csv):
    report = csv("boat,length\n,\nHeron,7\n,\n\nOtter,6\n\n,\n")
    assert [(one.severity, one.row, one.line) for one in report.findings] == [
        ("error", 2, 2),
        ("error", 4, 4),
        ("error", 5, 5),
        ("warning", 7, 7),
    ]


def test_one_blank_row_at_the_end(csv):
    said = "the table ends with a blank row"
    assert told(csv("boat,length\nHeron,7\n\n")) == [("warning", "blank-row", 3, said)]


def test_a_table_of_blank_rows_alone(csv):
    said = "the table ends with 2 blank rows, rows 2 to 3"
    assert told(csv("boat,length\n,\n,\n")) == [("warning", "blank-row", 2, said)]


def test_a_row_of_written_missing_values_is_not_blank(csv):
    report = csv("boat,length\nHeron,7\nNA,NA\n", schema={"missingValues": ["", "NA"]})
    assert told(report) == []


def test_a_value_beyond_the_columns_makes_a_row_no_blank_one(csv):
    report = csv("boat,length\nHeron,7\n,,lost\n,\n")
    assert [(severity, code, row) for severity, code, row, _ in told(report)] == [
        ("error", "extra-cell", 3),
        ("warning", "blank-row", 4),
    ]


MANY = 60_000  # rows: more than a batch has


@pytest.mark.parametrize("after", ["", "Otter,6\n"], ids=["end", "middle"])
def test_blank_rows_over_several_batches(csv, after):
    report = csv("boat,length\nHeron,7\n" + ",\n\n" * MANY + '"x\ny",1\n' * bool(after) + after)
    if after:
        assert (report.findings.errors, report.findings.warnings) == (2 * MANY, 0)
        rows = report.to_frame()["row"].to_list()
        assert rows == report.to_frame()["line"].to_list() == [*range(3, 2 * MANY + 3)]
    else:
        said = f"the table ends with {2 * MANY:,} blank rows, rows 3 to {2 * MANY + 2:,}"
        assert told(report) == [("warning", "blank-row", 3, said)]


def test_comments_between_blank_rows(csv):
    content = "boat,length\nHeron,7\n,\n#\n,\n#\n"
    report = csv(content, dialect={"commentChar": "#"})
    said = "the table ends with 2 blank rows, rows 3 to 5"
    assert told(report) == [("warning", "blank-row", 3, said)]
    report = csv(content + "Otter,6\n", dialect={"commentChar": "#"})
    assert [(one.severity, one.row) for one in report.findings] == [("error", 3), ("error", 5)]


def in_parts(folder, *contents):
    names = [f"{number}.csv" for number in range(len(contents))]
    one_table(folder, names[0], FIELDS, path=names)
    for name, content in zip(names, contents, strict=True):
        (folder / name).write_text(content)
    return validate(folder)


def test_blank_rows_at_the_end_of_a_file_are_in_the_middle_of_its_table(tmp_path):
    """Source: Data Package 2.0, Data Resource, "path": the files together are one table."""
    report = in_parts(tmp_path, "boat,length\nHeron,7\n,\n", "boat,length\nOtter,6\n")
    assert [(one.severity, one.path, one.line) for one in report] == [("error", "0.csv", 3)]


@pytest.mark.parametrize("key", ["boat", ["boat", "length"]])
def test_blank_rows_in_the_middle_of_a_table_with_a_restricted_key(tmp_path, key):
    """So many rows that the first file is no small one, which is read with those after it."""
    rows = "".join(f"b{number},1\n" for number in range(3_000))
    (tmp_path / "1.csv").write_text(f"boat,length\n{rows}\n\n", encoding="utf-8")
    (tmp_path / "2.csv").write_text("boat,length\nOtter,6\n", encoding="utf-8")
    schema = {"fields": [{**FIELDS[0], "restricted": True}, FIELDS[1]], "primaryKey": key}
    resource = {"name": "t", "path": ["1.csv", "2.csv"], "schema": schema}
    file = tmp_path / "datapackage.json"
    file.write_text(json.dumps({"name": "p", "resources": [resource]}), encoding="utf-8")
    assert [(one.code, one.row) for one in validate(file)] == [
        ("blank-row", 3_002),
        ("blank-row", 3_003),
    ]


def test_blank_rows_at_the_end_may_fill_the_last_files(tmp_path):
    header = "boat,length\n"
    report = in_parts(tmp_path, f"{header}Heron,7\n,\n", f"{header},\n\n", f"{header},\n")
    (found,) = report.findings
    assert (found.severity, found.path, found.line, found.row) == ("warning", "0.csv", 3, 3)
    assert found.message == "the table ends with 4 blank rows, rows 3 to 8"


def test_blank_rows_before_a_file_breaks_off_are_errors(csv):
    report = csv('boat,length\nHeron,7\n,\n"never closed')
    assert ("error", "blank-row", 3, "the row has no values") in told(report)
    assert report.findings.warnings == 0


def test_blank_rows_of_a_frame():
    frame = pl.DataFrame({"boat": ["Heron", None, None], "day": [date(2024, 1, 2), None, None]})
    fields = [{"name": "boat", "type": "string"}, {"name": "day", "type": "date"}]
    said = "the table ends with 2 blank rows, rows 3 to 4"
    assert told(validate(frame, {"fields": fields})) == [("warning", "blank-row", 3, said)]


def test_blank_rows_at_the_end_are_no_rows_of_a_table_that_is_loaded(tmp_path):
    folder, file = one_table(tmp_path, "t.csv", FIELDS)
    file.write_text("boat,length\nHeron,7\n,\n")
    assert load(folder)["t"].rows() == [("Heron", 7.0)]


def test_an_empty_line_of_a_table_of_one_field_is_told_by_its_field(csv):
    report = csv("boat\nHeron\n\nOtter\n", fields=FIELDS[:1])
    said = 'the row is empty: its only field, "boat", has no value'
    assert told(report) == [("error", "blank-row", 3, said)]


@pytest.mark.parametrize("match", ["exact", "equal", "superset"])
@pytest.mark.parametrize("fast", [False, True])
def test_empty_columns_at_the_end_are_one_warning(run, match, fast):
    rows = [[*row, None, None] for row in ROWS]
    report = run([[*NAMES, "", ""], *rows], schema={"fieldsMatch": match}, fast=fast)
    assert report.valid
    said = "columns 3 to 4 have no label and no value"
    assert told(report) in ([("warning", "extra-label", 1, said)], [])  # a sheet may drop them


def test_rows_may_end_before_an_empty_column(csv):
    report = csv("boat,length,\nHeron,7\nOtter,6,\n")
    said = "the last column has no label and no value"
    assert told(report) == [("warning", "extra-label", 1, said)]


@pytest.mark.parametrize("match", ["exact", "equal"])
def test_a_value_makes_columns_up_to_its_own_no_empty_ones(run, match):
    rows = [[*ROWS[0], None, None, None], [*ROWS[1], None, "x", None]]
    report = run([[*NAMES, "", "", ""], *rows], schema={"fieldsMatch": match})
    no_field = "column {} has no label, and the schema has no field for it"
    assert told(report) in (
        [
            *(("error", "extra-label", 1, no_field.format(number)) for number in (3, 4)),
            ("warning", "extra-label", 1, "the last column has no label and no value"),
        ],
        # A sheet has no labels behind the last; what stands there is one cell too many.
        [
            ("error", "extra-cell", 3, f"cell {number} is one too many; the table has 2 columns")
            for number in (3, 4)
        ],
    )


def test_a_value_in_a_later_batch_makes_a_column_no_empty_one(csv):
    report = csv("boat,length,\n" + "Heron,7,\n" * MANY + 'Otter,6,"x\ny"\n')
    assert [(severity, code) for severity, code, _, _ in told(report)] == [("error", "extra-label")]


def test_a_value_is_seen_where_no_column_is_a_field(csv):
    report = csv("x,y,\n1,2,3\n", schema={"fieldsMatch": "equal"})
    assert not [one for one in report.findings if one.severity == "warning"]


def test_columns_between_others_are_no_debris(csv):
    report = csv("boat,length,,more\nHeron,7,,\n")
    assert [(severity, code) for severity, code, _, _ in told(report)] == [
        ("error", "extra-label"),
        ("error", "extra-label"),
    ]


@pytest.mark.parametrize("match", ["subset", "partial"])
def test_columns_that_a_schema_allows_are_nothing_to_warn_of(csv, match):
    """Source: Data Package 2.0, Table Schema, "fieldsMatch"."""
    assert told(csv("boat,length,,\nHeron,7,,x\n", schema={"fieldsMatch": match})) == []


def test_columns_of_a_table_that_breaks_off_are_not_known_to_be_empty(csv):
    report = csv('boat,length,\nHeron,7,\n"never closed')
    assert ("error", "extra-label") in [(one.severity, one.code) for one in report]


@pytest.mark.parametrize(
    ("match", "labels"),
    [
        ("exact", ["BOAT", "Length"]),
        ("equal", ["Length", "BOAT"]),
        ("subset", ["other", "BOAT", "Length"]),
        ("superset", ["Length", "BOAT"]),
        ("partial", ["other", "Length", "BOAT"]),
    ],
)
@pytest.mark.parametrize("fast", [False, True])
def test_labels_in_another_case_are_one_warning_and_their_cells_are_judged(
    run, match, labels, fast
):
    cells = {"BOAT": "Heron", "Length": "long", "other": "x"}
    row = [cells[label] for label in labels]
    report = run([labels, row], schema={"fieldsMatch": match}, fast=fast)
    label, *others = report.findings
    assert (label.severity, label.code, label.row) == ("warning", "incorrect-label", 1)
    assert "2 labels differ" in label.message
    assert '"BOAT" for "boat"' in label.message
    assert [(one.code, one.field, one.value) for one in others] == [
        ("type-error", "length", "long")
    ]


def test_a_column_in_another_case_is_loaded_as_its_field(tmp_path):
    folder, file = one_table(tmp_path, "t.csv", FIELDS, schema={"fieldsMatch": "equal"})
    file.write_text("LENGTH,boat\n7,Heron\n")
    assert load(folder)["t"].rows(named=True) == [{"boat": "Heron", "length": 7.0}]
