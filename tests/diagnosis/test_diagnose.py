"""What files are told to be, and what leaves them alone."""

import gzip
import io
import json
import sqlite3
import zipfile

import pytest
from support.made import one_table, places, workbook

from validate import validate

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "name", "type": "string"},
    {"name": "depth", "type": "number"},
    {"name": "seen", "type": "date"},
]
NAMES = [field["name"] for field in FIELDS]
ROWS = [
    [str(number), f"n{number}", f"{number}.5", f"2024-01-{number:02}"] for number in range(1, 21)
]
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12\n"


def written(rows=ROWS, header=NAMES, delimiter=","):
    lines = rows if header is None else [header, *rows]
    return "".join(delimiter.join(line) + "\n" for line in lines)


def quoted(cells):
    return [f'"{cell}"' for cell in cells]


@pytest.fixture
def checked(tmp_path):
    """The report on a table of these bytes under this name."""

    def check(content, name="t.csv", fields=FIELDS, unfolded=False, **properties):
        folder, file = one_table(tmp_path, name, fields, **properties)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return validate(folder, unfolded=unfolded)

    return check


def told(report):
    """The only finding of a report: its rule, its message and how many it stands for."""
    (found,) = report
    assert (found.code, found.severity, report.valid) == ("misread-file", "error", False)
    return found.rule, found.message, found.folded


def zipped(**contents):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return file.getvalue()


BYTES = {
    "git-lfs pointer": LFS,
    "git-annex pointer": "/annex/objects/SHA256E-s12--00.csv\n",
    "gzip": gzip.compress(written().encode()),
    "zip": zipped(**{"t.csv": written()}),
    "OpenDocument spreadsheet": zipped(
        mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": ""}
    ),
    "OpenDocument text": zipped(
        mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": ""}
    ),
    "Word": zipped(**{"[Content_Types].xml": "", "word/document.xml": ""}),
    "xlsb": zipped(**{"[Content_Types].xml": "", "xl/workbook.bin": ""}),
    "Numbers": zipped(**{"Index/Document.iwa": ""}),
    "zip file": zipped(**{"[Content_Types].xml": "", "visio/document.xml": ""}),
    "xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
    "password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + bytes(2**17)
    + "EncryptedPackage".encode("utf-16-le"),
    "PDF": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "HTML": "\n<!-- a page -->\n<HTML lang=en>\n<body>Log in</body></HTML>\n",
    "(HTML) with a table": "<div><meta charset=utf-8><b>Ponds</b><table><tr><td>1</table>",
    "MHTML": "MIME-Version: 1.0\nContent-Type: multipart/related\n\n--x\n",
    "Excel 2003": '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n<Workbook/>\n',
    "XML": '<?xml version="1.0"?>\n<rows/>\n',
    "JSON": json.dumps([dict(zip(NAMES, row, strict=True)) for row in ROWS], indent=1),
    "JSON, or": json.dumps(dict(zip(NAMES, ROWS[0], strict=True))),
    "newline-delimited JSON": '{"id": 1}\n{"id": 2}\n',
    "Stata": b"<stata_dta><header><release>118</release>",
    "Stata, or": b"\x72\x02\x01\x00\x04" + bytes(64),
    "SAS": b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!000000",
    "HDF5": b"\x89HDF\r\n\x1a\n" + bytes(64),
    "image": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "RTF": "{\\rtf1\\ansi ponds}",
    "7z": b"7z\xbc\xaf\x27\x1c" + bytes(64),
    "RAR": b"Rar!\x1a\x07\x00" + bytes(64),
    "Parquet": b"PAR1" + bytes(64),
    "Arrow": b"ARROW1\0\0" + bytes(64),
    "SQLite": b"SQLite format 3\0" + bytes(84),
    "SPSS": b"$FL2@(#) SPSS" + bytes(64),
    "bzip2": b"BZh91AY&SY" + bytes(range(256)),
    "xz": b"\xfd7zXZ\0" + bytes(64),
    "Zstandard": b"\x28\xb5\x2f\xfd" + bytes(range(256)),
}


@pytest.mark.parametrize("what", BYTES)
def test_a_file_of_another_format_is_named(checked, what):
    rule, message, folded = told(checked(BYTES[what]))
    assert rule == "format"
    assert what.removesuffix(", or") in message
    assert ", not csv; " in message
    assert folded >= 1


@pytest.mark.parametrize("declared", [{"encoding": "utf-8"}, {"encoding": "cp1252"}, {}])
def test_a_workbook_is_named_whatever_its_encoding_is_said_to_be(checked, tmp_path, declared):
    workbook(tmp_path / "book.xlsx", s=[NAMES, *ROWS])
    report = checked((tmp_path / "book.xlsx").read_bytes(), **declared)
    assert 'say "format": "xlsx"' in told(report)[1]


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet", "t.csv.gz", "t.csv.zip", "t.json"])
@pytest.mark.parametrize(("content", "what"), [(LFS, "git-lfs"), ("<html>\n</html>\n", "HTML")])
def test_what_is_no_such_file_is_named(checked, name, content, what):
    assert what in told(checked(content, name))[1]


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet", "t.csv.gz", "t.csv.zip", "t.json"])
def test_plain_text_is_named(checked, name):
    assert "plain text" in told(checked(written(), name))[1]


DELIMITED = {
    ",": 'plain text delimited by commas, not xls; say "format": "csv", or name it "….csv"',
    ";": 'delimited by semicolons, not xls; say "format": "csv", and "delimiter": ";" in',
    "\t": 'tabs, not xls; say "format": "tsv", or name it "….tsv"',
}


@pytest.mark.parametrize("delimiter", DELIMITED)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-le"])
def test_text_under_the_name_of_a_workbook_is_said_to_be_delimited(checked, delimiter, encoding):
    content = written([*ROWS, ["21", "Brühl", "1", "2024-02-01"]], delimiter=delimiter)
    assert DELIMITED[delimiter] in told(checked(content.encode(encoding), "t.xls"))[1]


def test_what_a_compressed_file_holds_is_named(checked):
    assert "git-lfs pointer, not csv" in told(checked(gzip.compress(LFS.encode()), "t.csv.gz"))[1]


def test_a_file_of_its_format_that_is_broken_is_no_other(checked):
    for name in ("t.csv.gz", "t.xlsx", "t.parquet"):
        begin = {"t.csv.gz": b"\x1f\x8b\x08", "t.xlsx": b"PK\x03\x04xl/", "t.parquet": b"PAR1"}
        (found,) = checked(begin[name] + b"\0\1\2", name)
        assert found.code == "source-error"


def test_a_database_of_its_own_is_no_other(checked, tmp_path):
    with sqlite3.connect(tmp_path / "other.sqlite") as base:
        base.execute("create table t (id)")
    report = checked((tmp_path / "other.sqlite").read_bytes(), "t.sqlite")
    assert all(found.code != "misread-file" for found in report)


@pytest.mark.parametrize("declared", [",", ";", "\t", "|"])
@pytest.mark.parametrize("actual", [",", ";", "\t", "|"])
@pytest.mark.parametrize("match", ["exact", "subset", "partial"])
def test_another_delimiter_is_told(checked, declared, actual, match):
    report = checked(
        written(delimiter=actual), schema={"fieldsMatch": match}, dialect={"delimiter": declared}
    )
    if declared == actual:
        assert list(report) == []
        return
    rule, message, _ = told(report)
    assert rule == "delimiter"
    assert message.startswith(f"the delimiter is {json.dumps(actual)} ")


def test_another_delimiter_is_told_by_types_where_there_is_no_header(checked):
    content = written(header=None, delimiter=";")
    assert told(checked(content, dialect={"header": False}))[0] == "delimiter"


def test_another_delimiter_is_told_by_types_where_the_labels_are_others(checked):
    assert told(checked(written(header=[*"abcd"], delimiter=";")))[0] == "delimiter"


def test_another_delimiter_is_told_where_some_rows_have_faults(checked):
    rows = [*ROWS, ["21", "n21", "deep", "never"], ["22"]]
    assert told(checked(written(rows, delimiter=";")))[0] == "delimiter"


def test_a_semicolon_within_cells_is_no_delimiter(checked):
    rows = [[number, f"{name};{name}", "deep", seen] for number, name, _, seen in ROWS]
    assert {found.code for found in checked(written(rows))} == {"type-error"}


def test_a_table_of_other_texts_is_left_alone(checked):
    report = checked("a;b\nx;y\n", fields=FIELDS)
    assert "misread-file" not in {found.code for found in report}


@pytest.mark.parametrize("above", ["Ponds\n", "Ponds\n\n2024\n", "Ponds,,,\nof 2024,,,\n", "a,b\n"])
@pytest.mark.parametrize("match", ["exact", "subset"])
def test_a_header_further_down_is_told(checked, above, match):
    rule, message, _ = told(checked(above + written(), schema={"fieldsMatch": match}))
    row = above.count("\n") + 1
    assert rule == "headerRows"
    assert f'say "headerRows": [{row}]' in message


def test_a_header_further_down_is_told_in_a_workbook(checked, tmp_path):
    workbook(tmp_path / "book.xlsx", s=[["Ponds"], NAMES, *ROWS])
    assert told(checked((tmp_path / "book.xlsx").read_bytes(), "t.xlsx"))[0] == "headerRows"


def test_the_names_of_fields_in_a_row_are_no_header_where_there_is_one(checked):
    report = checked(written([*ROWS, NAMES]))
    assert places(report) == [(22, name, "type-error") for name in ("id", "depth", "seen")]


def test_a_header_is_told_where_none_is_declared(checked):
    rule, message, folded = told(checked(written(), dialect={"header": False}))
    assert (rule, folded) == ("header", 3)
    assert "row 1" in message


@pytest.mark.parametrize(
    ("match", "unchecked"), [("exact", "the first row of t"), ("subset", "rows of t")]
)
def test_a_file_without_header_is_told(checked, match, unchecked):
    report = checked(written(header=None), schema={"fieldsMatch": match})
    rule, message, _ = told(report)
    assert rule == "header"
    assert message.startswith("there is no header")
    assert unchecked in {part.what for part in report.not_checked}


def test_faults_of_rows_stay_where_there_is_no_header(checked):
    report = checked(written([*ROWS, ["21", "n21", "deep", "2024-02-01"]], header=None))
    assert [(found.code, found.row) for found in report] == [
        ("misread-file", None),
        ("type-error", 21),
    ]


def test_labels_that_are_no_names_are_a_header_where_they_do_not_fit_the_types(checked):
    report = checked(written(header=["1", "x", "deep", "2024-01-01"]))
    assert {found.code for found in report} == {"incorrect-label"}


def test_texts_alone_do_not_tell_that_there_is_no_header(checked):
    fields = [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]
    report = checked("x,y\nz,w\n", fields=fields)
    assert {found.code for found in report} == {"incorrect-label"}


OTHER_LABELS = {
    "spaces": ["id ", " name", "depth", "seen"],
    "upper and lower case, spaces or signs": ["Id ", "na-me", "depth", "seen"],
}


@pytest.mark.parametrize("only", OTHER_LABELS)
@pytest.mark.parametrize("match", ["exact", "equal", "subset", "superset", "partial"])
def test_labels_in_other_spelling_are_told_once(checked, only, match):
    required = [{**field, "constraints": {"required": True}} for field in FIELDS]
    report = checked(
        written(header=OTHER_LABELS[only]), fields=required, schema={"fieldsMatch": match}
    )
    rule, message, _ = told(report)
    assert rule == "fields"
    assert f"only in {only}: " in message


def test_keys_of_objects_in_other_case_are_told_once(checked):
    """Objects have no header: a key is another key in another case."""
    rows = [{"ID": 1, "Name": "n", "DEPTH": 2, "Seen": "2024-01-01"}]
    rule, message, _ = told(checked(json.dumps(rows), "t.json"))
    assert rule == "fields"
    assert 'only in upper and lower case: "ID" for "id", "Name" for "name"' in message


def test_labels_in_other_case_are_told_once_where_case_counts(checked):
    """Source: Data Package 1.0, CSV Dialect, "caseSensitiveHeader"."""
    content = written(header=["ID", "Name", "depth", "seen"])
    rule, message, _ = told(checked(content, dialect={"caseSensitiveHeader": True}))
    assert (rule, "only in upper and lower case: " in message) == ("fields", True)


def test_a_label_of_its_own_stays_beside_those_in_other_spelling(checked):
    report = checked(written(header=["I_D", "Na me", "depth", "when"]))
    assert {(found.code, found.field) for found in report} == {
        ("misread-file", None),
        ("incorrect-label", "seen"),
    }


def test_faults_of_rows_stay_below_labels_in_other_spelling(checked):
    report = checked(written([*ROWS, ["21", "n", "deep", ""]], header=[f"{n} " for n in NAMES]))
    assert [found.code for found in report] == ["misread-file", "type-error"]


def without(index, rows):
    return [[*row[:index], *row[index + 1 :]] for row in rows]


def with_one(index, rows):
    return [[*row[:index], "x", *row[index:]] for row in rows]


@pytest.mark.parametrize("lost", [0, 1])
def test_a_lost_column_is_told_by_its_label(checked, lost):
    header, *rows = without(lost, [NAMES, *ROWS])
    rule, message, _ = told(checked(written(rows, header)))
    assert rule == "fieldsMatch"
    assert message.startswith(f'the column "{NAMES[lost]}" is missing')


@pytest.mark.parametrize("inserted", [0, 1, 2])
def test_an_inserted_column_is_told_by_its_label(checked, inserted):
    header, *rows = with_one(inserted, [NAMES, *ROWS])
    rule, message, _ = told(checked(written(rows, header)))
    assert rule == "fieldsMatch"
    assert message.startswith('the column "x" is inserted')


def test_two_labels_that_are_swapped_are_told_each_and_two_columns_once(checked):
    header = ["id", "depth", "name", "seen"]
    assert {found.code for found in checked(written(ROWS, header))} == {"incorrect-label"}
    assert told(checked(written([[a, c, b, d] for a, b, c, d in ROWS], header)))[0] == "fieldsMatch"


@pytest.mark.parametrize("header", [NAMES, [*"abc"], None])
def test_a_lost_column_is_told_by_types(checked, header):
    dialect = {"header": header is not None}
    rule, message, _ = told(checked(written(without(1, ROWS), header), dialect=dialect))
    assert rule == "fields"
    assert message.startswith('the column of the field "name" is missing')


@pytest.mark.parametrize("header", [NAMES, [*"abcde"], None])
def test_an_inserted_column_is_told_by_types(checked, header):
    dialect = {"header": header is not None}
    rule, message, _ = told(checked(written(with_one(0, ROWS), header), dialect=dialect))
    assert rule == "fields"
    assert message.startswith("column 1")


def test_columns_in_another_order_are_told(checked):
    rule, message, _ = told(checked(written([row[::-1] for row in ROWS], NAMES[::-1])))
    assert rule == "fieldsMatch"
    assert "in another order" in message
    assert '"fieldsMatch": "equal"' in message


def test_faults_before_a_lost_column_stay(checked):
    rows = without(1, [["one", *ROWS[0][1:]], *ROWS[1:]])
    report = checked(written(rows, ["id", "depth", "seen"]))
    assert [(found.code, found.field) for found in report] == [
        ("misread-file", None),
        ("type-error", "id"),
    ]


def test_rows_of_another_width_that_fit_in_no_way_are_left_alone(checked):
    rows = [["x", "y", "z", "w", "v"] for _ in ROWS]
    assert "misread-file" not in {found.code for found in checked(written(rows))}


def test_a_short_row_among_others_is_no_lost_column(checked):
    report = checked(written([*ROWS, ["21", "21.5", "2024-01-21"]]))
    assert "misread-file" not in {found.code for found in report}


def numbers(cells, kind="number", **properties):
    return {
        "content": written([[cell] for cell in quoted(cells)], ["n"]),
        "fields": [{"name": "n", "type": kind, **properties}],
    }


@pytest.mark.parametrize(
    ("cells", "kind", "declared", "said"),
    [
        (["1,5", "2,25", "3"], "number", {}, '"decimalChar": ","'),
        (["1,234,000", "2,000,000", "3"], "number", {}, '"groupChar": ","'),
        (["1.234,5", "2.000,25", "3"], "number", {}, '"groupChar": ".", "decimalChar": ","'),
        (["1.234.000", "2.000.000"], "integer", {}, '"groupChar": "."'),
        (["1,234,000", "2,000,000"], "integer", {}, '"groupChar": ","'),
        (["1\u00a0234", "2\u00a0000"], "integer", {}, '"groupChar": "\\u00a0"'),
        (["1'234.5", "2'000"], "number", {}, '"groupChar": "\'"'),
        (["1.5", "2.25", "3"], "number", {"decimalChar": ","}, '"decimalChar": "."'),
    ],
)
def test_other_marks_in_numbers_are_told(checked, cells, kind, declared, said):
    rule, message, _ = told(checked(**numbers(cells, kind, **declared)))
    assert rule in said
    assert f"say {said} in the field" in message


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1,5", "2.5", "3,25", "4.5"], "number"),  # both are in use
        (["1,234", "2,345"], "number"),  # a decimal comma, or a thousand
        (["1,5", "2", "3"], "number"),  # one, which may be a slip
        (["1,5", "2,5"], "integer"),  # no integers
        (["1,5", "2,5", "x", "y"], "number"),
    ],
)
def test_marks_that_may_mean_something_else_are_left_alone(checked, cells, kind):
    assert {found.code for found in checked(**numbers(cells, kind))} == {"type-error"}


@pytest.mark.parametrize(
    ("cells", "delimiter", "begin"),
    [
        (["50,10", "8,30"], ",", "nearly all cells look like numbers with decimal commas"),
        (["50,10", "8,30"], ";", "numbers are written with decimal commas"),
        (["50,10", "1.008,30"], ",", "numbers are written with decimal commas and points"),
        (["1 234 567", "2 345"], ";", "nearly all cells look like numbers with spaces"),
        (
            ["1.234.567", "12.345.678"],
            ";",
            "nearly all cells look like numbers with decimal commas and",
        ),
        (["1,234,567", "2,345"], ";", "numbers are written with commas between thousands"),
    ],
)
def test_marks_that_others_write_too_are_told_as_likely(checked, cells, delimiter, begin):
    content = written([[cell, "x"] for cell in quoted(cells)], ["n", "t"], delimiter)
    fields = [{"name": "n", "type": "number"}, {"name": "t", "type": "string"}]
    message = told(checked(content, fields=fields, dialect={"delimiter": delimiter}))[1]
    assert message.startswith(begin)
    assert ("; if they are, say " in message) == begin.startswith("nearly")


@pytest.mark.parametrize("cells", [["912 345 678", "913 456 789"], ["192.168.100", "192.168.101"]])
@pytest.mark.parametrize("kind", ["integer", "number"])
def test_codes_of_as_many_digits_each_are_no_numbers_with_marks(checked, cells, kind):
    assert {found.code for found in checked(**numbers(cells, kind))} == {"type-error"}


@pytest.mark.parametrize("declared", [",", ";"])
@pytest.mark.parametrize(("of_header", "of_rows"), [(",", ";"), (";", ","), (",", "\t")])
@pytest.mark.parametrize("match", ["exact", "subset"])
def test_a_header_delimited_otherwise_than_the_rows_is_told(
    checked, declared, of_header, of_rows, match
):
    if declared not in (of_header, of_rows):
        return
    say = "" if declared == of_rows else f', and say "delimiter": {json.dumps(of_rows)} in'
    content = written([], delimiter=of_header) + written(header=None, delimiter=of_rows)
    report = checked(content, schema={"fieldsMatch": match}, dialect={"delimiter": declared})
    rule, message, _ = told(report)
    assert rule == "delimiter"
    assert message.startswith(f'the header is delimited by "{of_header}" ')
    assert f"; write the header as the rows are{say} " in message


@pytest.mark.parametrize("content", ["id,name;depth,seen\n1;2\n", "id;name;depth;seen\n1;x\n2;y\n"])
def test_a_header_of_other_labels_or_of_more_is_not_delimited_otherwise(checked, content):
    assert "misread-file" not in {found.code for found in checked(content)}


def test_what_is_no_number_stays_beside_decimal_commas(checked):
    cells = [*(f"{number},5" for number in range(20)), "deep"]
    assert [(found.code, found.value) for found in checked(**numbers(cells))] == [
        ("misread-file", "0,5"),
        ("type-error", "deep"),
    ]


def test_keys_of_columns_in_other_places_are_folded(checked):
    fields = [*FIELDS[:3], {"name": "code", "type": "string"}]
    rows = [[str(at), "" if at % 2 else "x", f"{at}.5", "n"] for at in range(1, 21)]
    keys = {"uniqueKeys": [["name", "depth"], ["code"]], "primaryKey": ["name"]}
    text = written(rows, ["depth", "id", "name", "code"])
    codes = {found.code for found in checked(text, fields=fields, schema=keys, unfolded=True)}
    assert "primary-key" in codes
    found = [*checked(text, fields=fields, schema=keys)]
    assert {one.code for one in found} == {"misread-file", "unique-key"}
    assert {one.message for one in found if one.code == "unique-key"} == {"row 2 has the same code"}


MOST_LABELS = {
    "one of four": ["id", "title", "depth", "seen"],
    "two of five": ["id", "name", "depth", "height", "date"],
}


@pytest.mark.parametrize("kind", MOST_LABELS)
def test_a_header_below_others_needs_most_of_the_names_alone(checked, kind):
    names = MOST_LABELS[kind]
    fields = FIELDS if len(names) == 4 else [*FIELDS, {"name": "width", "type": "number"}]
    rows = ROWS if len(names) == 4 else [[*row, "1.5"] for row in ROWS]
    rule, message, _ = told(checked("Ponds\n" + written(rows, names), fields=fields))
    assert (rule, "the header is row 2" in message) == ("headerRows", True)


def test_a_row_with_fewer_names_is_not_the_header(checked):
    report = checked("Ponds\n" + written(ROWS, ["id", "title", "height", "date"]))
    assert "headerRows" not in {found.rule for found in report}


@pytest.mark.parametrize(
    ("name", "properties", "advice"),
    [
        ("t.parquet", {"format": "parquet"}, 'say "compression": "no", or compress it'),
        ("t.csv", {}, 'say "format": "parquet" and "compression": "no"'),
    ],
)
def test_a_file_that_is_not_compressed_is_told_what_to_say(checked, name, properties, advice):
    report = checked(BYTES["Parquet"], name, compression="gz", **properties)
    said = [found for found in report if found.code == "misread-file"]
    assert [(found.rule, found.message.partition("; ")[2]) for found in said] == [
        ("compression", said[0].message.partition("; ")[2])
    ]
    assert said[0].message.startswith(f"the file is a Parquet file, not gz; {advice}")
