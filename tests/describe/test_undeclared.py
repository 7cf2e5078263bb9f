"""A table of which nothing is declared."""

import gzip
import json

import pytest
import xlsxwriter
from support.command import run
from support.made import workbook

from validate import PackageError, validate

DAYS = [f"2021-01-{number % 28 + 1:02}" for number in range(99)]
ROWS = [*DAYS[:50], "2021-02-30", *DAYS[50:]]
CSV = "day,n\n" + "".join(f"{day},{number}\n" for number, day in enumerate(ROWS))


def written(file):
    content = CSV
    if file.suffix == ".tsv":
        content = CSV.replace(",", "\t")
    if file.suffix == ".json":
        content = json.dumps([{"day": day, "n": number} for number, day in enumerate(ROWS)])
    if file.suffix == ".gz":
        file.write_bytes(gzip.compress(CSV.encode()))
    elif file.suffix == ".xlsx":
        workbook(file, s=[["day", "n"], *([day, number] for number, day in enumerate(ROWS))])
    else:
        file.write_text(content, "utf-8")
    return file


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.json", "t.xlsx", "t.csv.gz"])
def test_a_cell_unlike_nearly_all_others_is_a_warning(tmp_path, name):
    report = validate(written(tmp_path / name))
    (found,) = report
    assert (found.code, found.severity, found.field) == ("type-error", "warning", "day")
    assert (found.row, found.value) == (52, "2021-02-30")
    assert "99 of 100 cells are dates; " in found.message
    assert report.valid


def test_the_report_says_that_nothing_is_declared(tmp_path):
    result = run("run", written(tmp_path / "t.csv"))
    assert result.exit_code == 0
    assert "not checked: declared types, constraints and keys of t: nothing is declared" in (
        result.output
    )


def test_faults_of_structure_are_errors(tmp_path):
    (tmp_path / "t.csv").write_text('a,a,\n1,2,3\n4,5\n"6",7,8,9\n', "utf-8")
    assert {(found.code, found.severity) for found in validate(tmp_path / "t.csv")} == {
        ("duplicate-label", "error"),
        ("blank-label", "error"),
        ("missing-cell", "error"),
        ("extra-cell", "error"),
    }


def test_an_encoding_is_told(tmp_path):
    (tmp_path / "t.csv").write_bytes("name,n\nZoë,1\nJosé,2\n".encode("cp1252"))
    (found,) = validate(tmp_path / "t.csv")
    assert (found.code, found.severity) == ("encoding-error", "warning")


def test_a_column_of_several_kinds_is_left_alone(tmp_path):
    texts = [*"abcdef", *"123456"]
    (tmp_path / "t.csv").write_text("\n".join(["x", *texts, ""]), "utf-8")
    assert list(validate(tmp_path / "t.csv")) == []


def test_the_delimiter_is_told(tmp_path):
    (tmp_path / "t.csv").write_text("a;b\n1;2,5\n3;4,5\n", "utf-8")
    report = validate(tmp_path / "t.csv")
    assert report.valid
    assert ("cells", 4) in {(part.what, part.count) for part in report.checked}


def test_a_table_that_is_not_there_is_one_line(tmp_path):
    with pytest.raises(PackageError, match=r"t\.csv: no such file"):
        validate(tmp_path / "t.csv")


UNREADABLE = {
    "lfs.csv": (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\n", "git-lfs pointer"),
    "gzip.csv": (gzip.compress(b"a,b\n1,2\n"), 'say "compression": "gz"'),
    "json.csv": (b'[{"a": 1}]\n', 'say "format": "json"'),
    "page.xls": (b"<table><tr><td>a</td></tr></table>\n", "a web page (HTML) with a table"),
    "text.xlsx": (b"a;b\n1;2\n", "plain text delimited by semicolons"),
    "header.csv": (b"id,name\n1;x\n2;y\n", 'the header is delimited by ",", the rows by ";"'),
    "titles.csv": (b"id,name\nx;y\nz;w\n", 'the header is delimited by ",", the rows by ";"'),
    "empty.csv": (b"", "the file is empty"),
    "blank.csv": (b"\n\n", "there is no header"),
    "null.csv": (b"a\0b\n1,2\n", "a null character (the byte 00)"),
    "nulls.csv": (b"a\0b\n1\0,2\n", "null characters"),
    "bytes.csv": (bytes(range(1, 256)), "the encoding cannot be told"),
    "cut.csv.gz": (b"\x1f\x8b\x08\0\1\2", "cannot be unpacked"),
    "damaged.parquet": (b"\0\1", "not a Parquet file"),
    "damaged.xlsx": (b"PK\3\4", "cannot be read as a workbook"),
    "damaged.sqlite": (b"\0\1", "cannot be read as a SQLite database"),
    "broken.json": (b'[{"a": }]', "not JSON"),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_file_that_cannot_be_read_is_one_finding(tmp_path, name):
    content, said = UNREADABLE[name]
    (tmp_path / name).write_bytes(content)
    report = validate(tmp_path / name)
    (found,) = report
    assert said in found.message
    assert (found.severity, report.valid) == ("error", False)
    assert f"{name} cannot be read" in {part.why for part in report.not_checked}
    result = run("run", tmp_path / name)
    assert (result.exit_code, "Traceback" in result.output) == (1, False)


@pytest.fixture
def several(tmp_path):
    """A workbook of two tables, one with a title, and of two sheets that are none."""
    file = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(file) as book:
        for name, rows in {
            "People": [["id", "name"], [1, "a"], [2, "b"]],
            "Places": [["Places of 2024"], [], ["id", "city", "n"], [1, "X", 3], [2, "Y", 4]],
            "Notes": [["hidden"]],
            "Empty": [],
        }.items():
            sheet = book.add_worksheet(name)
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
        sheet = book.get_worksheet_by_name("Notes")
        sheet.hide()
    return file


def test_every_sheet_that_is_shown_is_checked_and_the_others_are_said(several):
    report = validate(several)
    assert list(report) == []
    assert {("tables", 2), ("rows", 4), ("cells", 10)} <= {
        (part.what, part.count) for part in report.checked
    }
    said = {part.what: part.why for part in report.not_checked}
    assert said['sheet "Notes" of two.xlsx'] == "hidden or no sheet of cells"
    assert said['sheet "Empty" of two.xlsx'] == "empty"
    assert "declared types, constraints and keys of two-People, two-Places" in said
    assert (
        'row 1 ("Places of 2024") stands above the header' in said["what is no row of two-Places"]
    )


def test_one_sheet_can_be_asked_for_as_a_resource(several):
    report = validate(several, resources=["two-Places"])
    assert ("tables", 1) in {(part.what, part.count) for part in report.checked}
    assert "resources two-People" in {part.what for part in report.not_checked}


def test_a_sheet_that_is_no_table_leaves_the_others_to_be_checked(tmp_path):
    workbook(tmp_path / "t.xlsx", a=[[None, None], [None, 1]], b=[["n"], [1], [2]])
    assert ("tables", 2) in {
        (part.what, part.count) for part in validate(tmp_path / "t.xlsx").checked
    }


def test_json_that_is_an_object_is_a_descriptor(tmp_path):
    (tmp_path / "t.json").write_text("{}", "utf-8")
    with pytest.raises(PackageError, match="resources"):
        validate(tmp_path / "t.json")


def test_a_folder_without_descriptor_says_how_to_write_one(tmp_path, monkeypatch):
    written(tmp_path / "t.csv")
    written(tmp_path / "a b.tsv")
    monkeypatch.chdir(tmp_path)
    said = run("run").output
    assert "`validate init 'a b.tsv' t.csv` writes one" in said
    assert run("init", "a b.tsv", "t.csv").exit_code == 0


def test_a_folder_of_many_tables_gets_a_pattern(tmp_path):
    for number in range(9):
        written(tmp_path / f"t{number}.csv")
    said = run("run", tmp_path).output
    descriptor = tmp_path / "datapackage.json"
    assert f"`validate init {tmp_path}/*.csv --output {descriptor}` writes one" in said


def test_the_line_that_tells_excel_the_delimiter_is_no_header(tmp_path):
    (tmp_path / "t.csv").write_text("sep=;\nid;n\n1;2\n3;4\n", "utf-8")
    report = validate(tmp_path / "t.csv")
    assert list(report) == []
    assert 'row 1 ("sep=") stands above the header' in " ".join(p.why for p in report.not_checked)


@pytest.mark.parametrize(
    "options",
    [
        {"encoding": "utf-8"},
        {"encoding": "UTF8", "delimiter": ";"},
        {"encoding": "utf-8", "headerRows": [2]},
        {"encoding": "utf-8", "header": False},
        {"encoding": "utf-8-sig"},
        {"encoding": "ascii"},
    ],
)
@pytest.mark.parametrize("begin", ["", "x" * 200_000])
def test_a_file_that_is_not_in_the_encoding_given_is_one_finding(tmp_path, options, begin):
    (tmp_path / "t.csv").write_bytes(f"{begin}a;b\nZoë;1\nJosé;2\n".encode("cp1252"))
    (found,) = validate(tmp_path / "t.csv", given=options)
    assert (found.code, found.severity, found.line) == ("encoding-error", "error", 2)
    assert f"byte 0xeb at offset {len(begin) + 6} is not " in found.message


def test_nor_is_it_described(tmp_path):
    (tmp_path / "t.csv").write_bytes("a;b\nZoë;1\n".encode("cp1252"))
    output = tmp_path / "t.json"
    result = run("init", tmp_path / "t.csv", "--encoding", "utf-8", "--output", output)
    assert (result.exit_code, "Traceback" in result.output) == (2, False)
    assert "t.csv:2: byte 0xeb at offset 6 is not utf-8" in result.output


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ({"12a": 1}, "18 of 19 cells are integers"),
        ({"12a": 1, "3b": 1}, "18 of 20 cells are integers"),
        ({"12a": 1, "3b": 1, "4c": 1}, None),
        ({"closed": 3}, None),
        ({"closed": 9}, None),
        ({"01067": 1}, None),
        ({"01067": 1, "12a": 1}, None),
        ({"01.02.2024": 1}, "18 of 19 cells are integers"),
    ],
)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_nine_cells_in_ten_tell_a_fault_unless_the_column_is_one_of_codes(
    tmp_path, others, said, suffix
):
    cells = [*range(101, 119), *(text for text, number in others.items() for _ in range(number))]
    file = tmp_path / f"t{suffix}"
    if suffix == ".csv":
        file.write_text("".join(f"{cell},x\n" for cell in ["n", *cells]), "utf-8")
    else:
        workbook(file, s=[["n", "x"], *([cell, "x"] for cell in cells)])
    found = [one.message for one in validate(file) if one.code == "type-error"]
    assert [said in message for message in found] == ([True] if said else [])


EANS = [str(4006381333001 + number) for number in range(29)]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([*EANS, "4.00638E+12"], '29 of 30 cells are integers; line 31 is "4.00638E+12"'),
        ([*EANS[:9], *["4.00638E+12", "4.0E12"] * 3], "9 of 15 cells are integers; line 11 is "),
        ([*EANS, "NA", "4.00638E+12"], "29 of 30 cells are integers"),
        ([*range(1, 30), "30.0"], '29 of 30 cells are integers; line 31 is "30.0"'),
        ([*range(1001, 2100), "30.0"], '1,099 of 1,100 cells are integers; line 1,101 is "30.0"'),
        ([*range(1, 30), "30.5"], None),
        ([*range(1, 9), "9.0", "10.0"], None),
        (["1", "2", "1e-05", "2.5E-3"], None),
        ([1, 2, 3, "4.5E+12", "1.5"], None),
        (["4.00638E+12", "4.1E+12", "1"], None),
    ],
    ids=str,
)
def test_integers_that_a_program_has_rewritten_are_warnings(tmp_path, cells, said):
    rows = "".join(f"{cell},x\n" for cell in ["ean", *cells])
    (tmp_path / "t.csv").write_text(rows, "utf-8")
    found = [one.message for one in validate(tmp_path / "t.csv") if one.code == "type-error"]
    assert [message.startswith(f"probably a fault: {said}") for message in found] == (
        [True] if said else []
    )
    output = run("init", tmp_path / "t.csv", "--output", tmp_path / "t.json").output
    assert "ean number" in output
    assert (f"t.ean is number: {said}" in output) == bool(said)


def test_numbers_of_json_are_not_taken_for_rewritten_integers(tmp_path):
    rows = "".join(f'{{"n": {cell}}}\n' for cell in [*range(1, 30), "30.0"])
    (tmp_path / "t.jsonl").write_text(rows, "utf-8")
    assert list(validate(tmp_path / "t.jsonl")) == []


def test_a_column_of_arrays_and_words_is_no_column_of_arrays(tmp_path):
    texts = [*("[1, 2]" for _ in range(6)), "none yet", "asked", "lost"]
    (tmp_path / "t.csv").write_text("".join(f'"{text}"\n' for text in ["x", *texts]), "utf-8")
    assert list(validate(tmp_path / "t.csv")) == []


def test_warnings_in_a_workbook_name_sheet_and_cell(tmp_path):
    rows = [["Boats of 2024"], [], ["id", "n"], *([f"b{n}", n] for n in range(9)), ["b9", "lost"]]
    workbook(tmp_path / "t.xlsx", a=[["k"], ["x"], ["y"]], b=rows)
    (found,) = validate(tmp_path / "t.xlsx")
    assert (found.sheet, found.cell, found.row, found.value) == ("b", "B13", 13, "lost")
    assert found.place == 't.xlsx, sheet "b", cell B13'


def test_labels_that_are_values_are_placed_in_a_workbook(tmp_path):
    workbook(tmp_path / "t.xlsx", a=[["k"], ["x"]], b=[[n, 1.5 * n, f"x{n}"] for n in range(2, 11)])
    found = [one for one in validate(tmp_path / "t.xlsx") if one.code == "misread-file"]
    assert [(one.sheet, one.cell) for one in found] == [("b", "A1:C1")]
