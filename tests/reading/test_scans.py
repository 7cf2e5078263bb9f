"""Sheets of all formats, read from files that other programs' writers make."""

import datetime as dt
import gzip
import struct
import zipfile
from itertools import permutations

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.made import one_table, places
from support.sheets import WRITERS, Failed, in_zip, ods, xls, xlsx

from validate import load, validate
from validate._src.reading import _ods, _sheets, _xls, _xlsx
from validate._src.reading._scans import ScanError

FIELDS = [{"name": "pond", "type": "string"}, {"name": "depth", "type": "number"}]


@pytest.fixture(params=WRITERS)
def table(request, tmp_path):
    """Writes a sheet in a format; gives the report on its package."""

    def write(rows, fields=FIELDS, **properties):
        folder, file = one_table(tmp_path, f"t.{request.param}", fields, **properties)
        WRITERS[request.param](file, other=[["x"]], ponds=rows)
        return validate(folder)

    return lambda *given, **more: write(*given, **{"dialect": {"sheetName": "ponds"}, **more})


def fault_of_the_file(folder):
    """What the reader says of a file, whatever else is told of it."""
    (found,) = (
        one for one in validate(folder, unfolded=True).findings if one.code == "source-error"
    )
    return found


def said(report):
    return [finding.message for finding in report.findings]


def test_rows_of_a_sheet_are_checked(table):
    rows = [["pond", "depth"], ["Mirror", 2.5], [None, None], ["Reed", "deep"], ["Lily"]]
    assert places(table(rows)) == [(3, None, "blank-row"), (4, "depth", "type-error")]
    assert places(table(rows, dialect={"sheetNumber": 2})) == places(table(rows))


def test_cells_have_types(table, tmp_path):
    fields = [
        {"name": name, "type": name}
        for name in ("date", "datetime", "time", "boolean", "integer", "number", "string")
    ]
    cells = [
        dt.date(2024, 5, 6), dt.datetime(2024, 5, 6, 7, 8, 9), dt.time(7, 8, 9), True, 5, 1.5, "x"
    ]  # fmt: skip
    assert places(table([[field["name"] for field in fields], cells], fields)) == []
    assert load(tmp_path)["t"].rows() == [tuple(cells)]


@pytest.mark.parametrize("kind", ["number", "string", "integer", "date", "boolean", "any"])
def test_an_error_cell_is_of_no_type(table, kind):
    rows = [["v", "w"], [Failed("#N/A"), 1], [None, 1], [Failed("#REF!"), 1], [Failed("#DIV/0!")]]
    report = table(rows, [{"name": "v", "type": kind}, {"name": "w", "type": "any"}])
    assert [(one.row, one.field, one.code, one.value) for one in report.findings] == [
        (2, "v", "type-error", "#N/A"),
        (4, "v", "type-error", "#REF!"),
        (5, "v", "type-error", "#DIV/0!"),
    ]
    assert all("an error of the spreadsheet" in one for one in said(report))


def test_a_number_in_a_field_of_texts_is_said_to_be_one(table):
    report = table([["pond", "depth"], [12, 1.5], [1.5, 1.5], [True, 1]])
    assert places(report) == [(row, "pond", "type-error") for row in (2, 3, 4)]
    said_of_first, _, said_of_third = said(report)
    assert "it is a number, not a text; save it as text, or give the field the type integer" in (
        said_of_first
    )
    assert "it is a boolean, not a text" in said_of_third


@pytest.mark.parametrize("kind", ["integer", "any"])
def test_whole_numbers_of_too_many_digits_are_pointed_at_once(table, kind):
    rows = [["id"], [123456789012345], [1234567890123450], [12345678901234500], [5]]
    report = table(rows, [{"name": "id", "type": kind}])
    (found,) = report.findings
    assert (found.row, found.field, found.code) == (3, "id", "rounded-number")
    assert (found.severity, found.value) == ("warning", "1234567890123450")


def test_measurements_may_have_been_rounded(table):
    rows = [["pond", "depth"], ["Reed", 1e20], ["123456789012345678901", 1]]
    assert places(table(rows)) == []


@pytest.mark.parametrize("kind", ["any", "duration"])
def test_a_duration_is_a_value_of_its_type_and_of_any(tmp_path, kind):
    folder, file = one_table(tmp_path, "t.xlsx", [{"name": "lasted", "type": kind}])
    spans = [dt.timedelta(hours=30), dt.timedelta(minutes=90), dt.timedelta(seconds=1.5)]
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "lasted")
        for row, span in enumerate(spans, 1):
            sheet.write_datetime(row, 0, span, book.add_format({"num_format": "[h]:mm:ss"}))
    assert places(validate(folder)) == []
    texts = load(folder)["t"]["lasted"].to_list()
    assert texts == ["P1DT6H", "PT1H30M", "PT1.5S"]


def test_a_sheet_that_does_not_begin_in_its_corner_keeps_its_rows(table):
    failed = Failed("#N/A")
    rows = [[], [None, None], [None, "a", "b", "c"], [None, 1, 2, failed], [None, failed]]
    fields = [{"name": name, "type": "integer"} for name in "abc"]
    report = table(rows, fields, dialect={"sheetName": "ponds", "headerRows": [3]})
    assert places(report) == [(4, "c", "type-error"), (5, "a", "type-error")]


def test_error_cells_at_the_edges_are_read(table):
    rows = [
        [None, "x"],
        [None, "x"],
        [None, "x"],
        [Failed("#N/A")],
        [],
        [None, None, Failed("#N/A")],
    ]
    fields = [{"name": name, "type": "integer"} for name in "abc"]
    report = table(rows, fields, dialect={"sheetName": "ponds", "header": False})
    assert {(4, "a", "type-error"), (6, "c", "type-error")} <= {*places(report)}


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ('<c r="A2"><f>1+1</f></c>', "1 formula without a value, read as empty: A2"),
        (
            '<c r="A2" s="1"><f>1&lt;2</f><v></v></c>',
            "1 formula without a value, read as empty: A2",
        ),
        ('<c r="A2"><f>1+1</f><v /></c><c r="B2"><f/><v/></c>', "2 formulas"),
        ('<c r="A2" cm="1"><f t="array" ref="A2">1</f><!-- --><v/></c>', "1 formula"),
        ("<c><f>1+1</f></c><c><f>2</f><v></v></c>", "2 formulas"),
        ('<c r="A2"><f>1+1</f><v>2</v></c>', None),
        ('<c r="A2" t="str"><f>""</f><v></v></c>', None),
        ('<c t="str"><f>""</f><v></v></c>', None),
        ("<c><f>1</f><v>2</v></c><c><f>1</f><v>2</v></c>", None),
        ('<c r="A2" t="e"><f>NA()</f><v>#N/A</v></c>', None),
    ],
)
def test_a_formula_without_a_value_is_said(tmp_path, cells, message):
    folder, file = one_table(tmp_path, "t.xlsx", [{"name": "n", "type": "any"}])
    xlsx(file, ponds=[["n"], [1], [2]])
    rows = f'<row r="1"><c r="A1" t="inlineStr"><is><t>n</t></is></c></row><row r="2">{cells}</row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w") as made:
        for name, content in parts.items():
            made.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else content)
    found = [one for one in validate(folder).findings if one.code == "formula-without-value"]
    if message is None:
        assert found == []
        return
    (one,) = found
    assert one.message.startswith(message)
    assert (one.severity, one.sheet, one.cell, one.row) == ("warning", "ponds", "A2", None)


def test_formulas_without_a_value_are_counted_once_a_sheet(tmp_path):
    folder, file = one_table(tmp_path, "t.xlsx", FIELDS)
    book = openpyxl.Workbook()
    book.active.append(["pond", "depth"])
    for row in range(2, 1_300):
        book.active.append(["Reed", f"=1+{row}"])
    book.save(file)
    (one,) = validate(folder).findings
    assert one.message == (
        "1,298 formulas without a value, read as empty: B2, B3, B4 and 1,295 more"
    )


def test_a_formula_of_opendocument_without_a_value_is_said(tmp_path):
    folder, file = one_table(tmp_path, "t.ods", FIELDS)
    ods(file, ponds=[["pond", "depth"], ["Reed", None], ["Lily", 1.5]])
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    content = parts["content.xml"].replace(
        b"<table:table-cell/>", b'<table:table-cell table:formula="of:=1+1"/>', 1
    )
    assert content != parts["content.xml"]
    with zipfile.ZipFile(file, "w") as made:
        for name, part in {**parts, "content.xml": content}.items():
            made.writestr(name, part)
    (one,) = validate(folder).findings
    assert (one.code, one.cell) == ("formula-without-value", "B2")


def test_error_cells_of_columns_without_other_cells_are_read(tmp_path):
    """In rows that follow the first that are read, those columns are all alike."""
    fields = [{"name": name, "type": "integer"} for name in "abcd"]
    folder, file = one_table(tmp_path, "t.xlsx", fields)
    empty = [[row, None, None, None] for row in range(_sheets.ROWS)]
    xlsx(file, ponds=[[*"abcd"], *empty, [1, Failed("#N/A"), Failed("#REF!"), None]])
    report = validate(folder)
    assert [(one.field, one.value) for one in report.findings] == [("b", "#N/A"), ("c", "#REF!")]


def test_error_cells_of_another_sheet_are_not_taken_for_those_of_this(tmp_path):
    for suffix, write in WRITERS.items():
        folder, file = one_table(
            tmp_path, f"t.{suffix}", FIELDS[1:], dialect={"sheetName": "second"}
        )
        write(file, first=[["depth"], [Failed("#N/A")]], second=[["depth"], [1]])
        assert places(validate(folder)) == []


def test_cells_that_do_not_say_where_they_are_follow_each_other(tmp_path):
    content = (
        b'<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c>'
        b'<x:c t="e"><x:f>1/0</x:f><x:v>#DIV/0!</x:v></x:c></x:row>'
        b'<x:row r="7"><x:c r="C7" t="e"><x:v>#N/A</x:v></x:c><x:c t="e"><x:v>#REF!</x:v></x:c>'
        b"</x:row></x:sheetData></x:worksheet>"
    )
    file = tmp_path / "t.xlsx"
    xlsx(file, ponds=[[1]])
    in_zip(file, "xl/worksheets/sheet1.xml", lambda _: content)
    with zipfile.ZipFile(file) as archive:
        scan = _xlsx.scan(archive, "ponds")
    assert scan.errors == {(0, 1): "#DIV/0!", (6, 2): "#N/A", (6, 3): "#REF!"}


def test_repeated_rows_and_cells_of_opendocument_are_counted(tmp_path):
    file = tmp_path / "t.ods"
    ods(file, ponds=[["a"]])
    rows = (
        b'<table:table-row table:number-rows-repeated="2"><table:table-cell '
        b'table:number-columns-repeated="3"/><table:table-cell office:value-type="float" '
        b'office:value="1" table:number-columns-repeated="2"/></table:table-row>'
        b'<table:table-row table:number-rows-repeated="2"><table:table-cell/><table:table-cell '
        b'office:value-type="string" calcext:value-type="error"><text:p>Err:502</text:p>'
        b"</table:table-cell></table:table-row>"
        b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        b'table:number-columns-repeated="16384"/></table:table-row></table:table>'
    )
    in_zip(file, "content.xml", lambda content: content.replace(b"</table:table>", rows))
    with zipfile.ZipFile(file) as archive:
        scan = _ods.scan(archive)["ponds"]
    assert (scan.rows, scan.columns) == (5, 5)
    assert scan.errors == {(3, 1): "Err:502", (4, 1): "Err:502"}


BOMBS = {
    "ods": lambda file: in_zip(
        file,
        "content.xml",
        lambda content: content.replace(
            b"</table:table>",
            b'<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
            b'office:value-type="float" office:value="1" table:number-columns-repeated="1000"/>'
            b"</table:table-row></table:table>",
            1,
        ),
    ),
    "xlsx": lambda file: in_zip(
        file,
        "xl/worksheets/sheet1.xml",
        lambda content: content.replace(
            b"</sheetData>",
            b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
        ),
    ),
    "xls": lambda file: file.write_bytes(
        file.read_bytes().replace(
            struct.pack("<HHHH", 0x27E, 10, 7, 7), struct.pack("<HHHH", 0x27E, 10, 65535, 65535)
        )
    ),
}


@pytest.mark.parametrize("suffix", BOMBS)
def test_a_sheet_that_is_made_to_fill_memory_is_refused(tmp_path, suffix):
    folder, file = one_table(tmp_path, f"t.{suffix}", FIELDS)
    WRITERS[suffix](file, ponds=[["pond", "depth"], *[[None]] * 6, [None] * 7 + [1.5]])
    BOMBS[suffix](file)
    (found,) = validate(folder).findings
    assert (found.code, "is too large: at most" in found.message) == (
        "source-error",
        True,
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "not a workbook"),
        (b"PK\x03\x04", "not a workbook"),
        (_xls.SIGNATURE, "damaged"),
        (_xls.SIGNATURE + b"\0" * 600, "damaged"),
        (_xls.SIGNATURE + b"\xff" * 600, "not a workbook"),
    ],
)
def test_a_damaged_workbook_of_excel_97_is_refused(content, message):
    with pytest.raises(ScanError, match=message):
        _xls.scan(content)


@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    places=st.lists(
        st.tuples(st.integers(0, 20_000), st.binary(min_size=1, max_size=4)), max_size=8
    ),
    end=st.integers(0, 20_000),
    damaged=st.sampled_from(
        [
            ("xls", None),
            ("ods", None),
            ("xlsx", None),
            ("ods", "content.xml"),
            ("xlsx", "xl/worksheets/sheet1.xml"),
            ("xlsx", "xl/workbook.xml"),
        ]
    ),
)
def test_a_damaged_workbook_has_an_outcome(tmp_path_factory, places, end, damaged):
    suffix, member = damaged
    folder = tmp_path_factory.mktemp("damaged")
    _, file = one_table(folder, f"t.{suffix}", FIELDS)
    WRITERS[suffix](file, ponds=[["pond", "depth"], ["Reed", Failed("#N/A")], ["Lily", 1.5]])

    def damage(sound):
        content = bytearray(sound)
        for place, wrong in places:
            start = place % len(content)
            content[start : start + len(wrong)] = wrong
        return bytes(content[: max(end, 1)] if end % 3 == 0 else content)

    if member is None:
        file.write_bytes(damage(file.read_bytes()))
    else:
        in_zip(file, member, damage)
    report = validate(folder)
    assert report.findings or report.valid


@pytest.mark.parametrize(("suffix", "other"), [*permutations(["xls", "xlsx", "ods"], 2)])
def test_a_workbook_under_the_name_of_another_form_is_said(tmp_path, suffix, other):
    folder, file = one_table(tmp_path, f"t.{suffix}", FIELDS)
    WRITERS[other](tmp_path / f"o.{other}", ponds=[["pond", "depth"]])
    (tmp_path / f"o.{other}").rename(file)
    found = fault_of_the_file(folder)
    assert (found.code, f'say "format": "{other}"' in found.message) == ("source-error", True)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            b"pond,depth\nReed,1\n",
            'is plain text delimited by commas, not {0}; say "format": "csv"',
        ),
        (b"<html><table><tr><td>pond</td></tr></table>", "open it in a spreadsheet and save it as"),
        (b"\xef\xbb\xbf\r\n<?xml version='1.0'?><Workbook/>", "a spreadsheet of Excel 2003 in XML"),
        (gzip.compress(b"PK", mtime=0), "the file is a gzip file, not {0}; "),
        (_xls.SIGNATURE + "EncryptedPackage".encode("utf-16-le"), "a workbook with a password"),
        (b"\0\1\2\xff", "cannot be read as a workbook"),
        (b"", "cannot be read as a workbook"),
    ],
)
@pytest.mark.parametrize("suffix", WRITERS)
def test_what_is_no_workbook_is_said_to_be_what_it_is(tmp_path, suffix, content, message):
    folder, file = one_table(tmp_path, f"t.{suffix}", FIELDS)
    file.write_bytes(content)
    found = fault_of_the_file(folder)
    assert (found.code, message.format(suffix) in found.message) == ("source-error", True)


def test_a_binary_workbook_is_said_to_be_one(tmp_path):
    folder, file = one_table(tmp_path, "t.xlsx", FIELDS)
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("xl/workbook.bin", b"")
    (found,) = validate(folder).findings
    assert "the file is a binary Excel workbook (xlsb), not xlsx; save it as xlsx" in found.message


@pytest.mark.parametrize("header", [True, False])
def test_an_empty_sheet_is_no_table(table, header):
    report = table([], dialect={"sheetName": "ponds", "header": header})
    assert said(report) == ['the sheet "ponds" is empty']


def test_a_chart_is_no_table(tmp_path):
    folder, file = one_table(tmp_path, "t.xlsx", FIELDS, dialect={"sheetName": "depths"})
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write(0, 0, 1)
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Sheet1!$A$1:$A$1"})
        book.add_chartsheet("depths").set_chart(chart)
    assert said(validate(folder)) == ['the sheet "depths" is none of cells']


def test_names_of_sheets_of_excel_97_are_read_whatever_their_characters(tmp_path):
    for name in ("ponds", "Étang", "池"):
        file = tmp_path / "t.xls"
        xls(file, **{name: [[Failed("#N/A")]]})
        assert _xls.scan(file.read_bytes())[name].errors == {(0, 0): "#N/A"}


def test_without_the_library_no_sheet_is_checked_and_its_name_is_said(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "python_calamine", None)
    for suffix, write in WRITERS.items():
        folder, file = one_table(tmp_path, f"t.{suffix}", FIELDS)
        write(file, ponds=[["pond", "depth"]])
        (part,) = validate(folder).not_checked
        assert "pip install" in part.why
        assert "python-calamine" in part.why


def test_the_sheets_of_a_workbook_are_told(tmp_path):
    folder, file = one_table(tmp_path, "t.ods", FIELDS)
    ods(file, ponds=[["pond"]], empty=[])
    from validate._src.package.descriptor import load_package

    sheets = _sheets.sheets_of(load_package(folder).resources["t"])
    assert [(one.name, one.is_shown, one.is_empty) for one in sheets] == [
        ("ponds", True, False),
        ("empty", True, True),
    ]


def cells_of(report):
    return [(one.path, one.row, one.sheet, one.cell) for one in report.findings]


def test_findings_name_the_sheet_and_the_cell(table):
    rows = [["pond", "depth"], ["Mirror", "deep"], [None, None], ["Reed", 1, "more"]]
    (path,) = {one.path for one in table(rows).findings}
    schema = {"primaryKey": ["pond", "depth"]}
    rows += [["Lily", 2], ["Lily", 2]]
    assert cells_of(table(rows, schema=schema)) == [
        (path, 2, "ponds", "B2"),
        (path, 3, "ponds", "A3:B3"),
        (path, 4, "ponds", "C4"),
        (path, 6, "ponds", "A6:B6"),
    ]


def test_cells_are_named_where_the_sheet_has_them_and_not_the_table(table):
    rows = [[]] * 4 + [[None, None, "pond", "depht"], [None, None, "Reed", "deep"]]
    report = table(rows, dialect={"sheetName": "ponds", "headerRows": [5]}, unfolded=True)
    assert [(one.code, one.cell) for one in report.findings] == [
        ("incorrect-label", "D5"),
        ("type-error", "D6"),
    ]


def test_cells_of_several_workbooks_are_named_in_each(tmp_path):
    for suffix, write in WRITERS.items():
        paths = [f"{name}.{suffix}" for name in "ab"]
        folder, _ = one_table(tmp_path, paths[0], FIELDS, path=paths)
        header = ["pond", "depth"]
        write(tmp_path / paths[0], first=[header, ["Reed", "deep"], ["Lily", 1]])
        write(tmp_path / paths[1], second=[[None, *header], [None, "Reed", 1], [None, None, "x"]])
        assert cells_of(validate(folder)) == [
            (paths[0], 2, "first", "B2"),
            (paths[1], 6, "second", "C3"),
        ]


def of_xlsx(folder, rows, fields=FIELDS):
    """The report on a sheet of these rows as they are written in XML."""
    folder, file = one_table(folder, "t.xlsx", fields)
    xlsx(file, ponds=[["x"]])
    content = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    in_zip(file, "xl/worksheets/sheet1.xml", lambda _: content.encode())
    return validate(folder)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def cell(place, value, more=""):
    return f'<c r="{place}"{more}><v>{value}</v></c>'


def text(place, value):
    return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'


def row(number, *cells):
    return f'<row r="{number}">{"".join(cells)}</row>'


HEADER = row(1, text("A1", "pond"), text("B1", "depth"))
GOOD = row(2, text("A2", "Reed"), cell("B2", 1))


@pytest.mark.parametrize(
    ("again", "name"),
    [
        (row(2, text("A2", "Lily"), cell("B2", 2)), "A2"),
        (row(3, cell("B3", 1), cell("B3", 2)), "B3"),
        (row(3, text("A3", "Reed"), cell("B2", 2)), "B2"),
        (row(3, text("A3", "x"), '<c r="A2" t="inlineStr"><is><t>x</t></is></c>'), "A2"),
        (row(1, text("A1", "pond")), "A1"),
    ],
)
def test_a_cell_or_row_that_stands_twice_is_no_valid_sheet(tmp_path, again, name):
    (found,) = of_xlsx(tmp_path, HEADER + GOOD + again).findings
    assert (found.code, f"the cell {name} stands in the sheet more than once" in found.message) == (
        "source-error",
        True,
    )


def test_a_cell_of_excel_97_that_stands_twice_is_no_valid_sheet(tmp_path):
    folder, file = one_table(tmp_path, "t.xls", FIELDS)
    xls(file, ponds=[["pond", "depth"], [None, 1.5], [None, 2.5]])
    number = struct.Struct("<HHHH")
    content = file.read_bytes()
    assert content.count(number.pack(0x27E, 10, 2, 1)) == 1
    file.write_bytes(content.replace(number.pack(0x27E, 10, 2, 1), number.pack(0x27E, 10, 1, 1)))
    (found,) = validate(folder).findings
    assert "the cell B2 stands in the sheet more than once" in found.message


@pytest.mark.parametrize(
    "rows",
    [
        GOOD.replace("Reed", "<![CDATA[Reed]]>"),
        GOOD.removesuffix("</row>"),
        GOOD + "</sheetData><sheetData>" + row(3, text("A3", "x")) + "<row>",
        GOOD.replace("<v>1</v>", "<v>1</w>"),
        GOOD.replace("Reed", "&pond;"),
    ],
)
def test_what_the_reader_would_pass_over_is_no_valid_sheet(tmp_path, rows):
    (found,) = of_xlsx(tmp_path, HEADER + rows).findings
    assert found.code == "source-error"


@pytest.mark.parametrize(
    "rows",
    [
        row(3, text("A3", "Lily")) + GOOD,
        row(2, cell("B2", 1), text("A2", "Reed")),
        GOOD.replace("Reed", "R&amp;d &#8211; 1"),
        "<!-- ponds -->" + GOOD,
        row(2, text("A2", "x"), '<c r="B2" t="str"><f>IF(A2="","",1)</f><v></v></c>'),
        row(2, text("A2", ""), cell("B2", 1)),
        GOOD + '<row r="3"/>' + row(4),
    ],
)
def test_rows_in_any_shape_are_read(tmp_path, rows):
    report = of_xlsx(tmp_path, HEADER + rows)
    assert [one.code for one in report.findings if one.code != "blank-row"] == []


def test_sheets_of_many_shapes_are_told_without_looking_at_each_cell(tmp_path, monkeypatch):
    def refuse(file, sheet):
        raise AssertionError

    monkeypatch.setattr(_xlsx, "_exactly", refuse)
    rows = [row(at, text(f"A{at}", f"{at:x} &lt;"), cell(f"B{at}", at)) for at in range(2, 8000)]
    rows[5] = row(7, text("A7", "x"), cell("B7", "#N/A", ' t="e"'))
    report = of_xlsx(tmp_path, HEADER + "".join(rows))
    assert [(one.cell, one.value) for one in report.findings] == [("B7", "#N/A")]


@pytest.mark.parametrize("far", ["A99999999", "XFE2", "A1048577"])
def test_cells_beyond_what_a_sheet_can_have_are_refused(tmp_path, far):
    (found,) = of_xlsx(tmp_path, HEADER + row(2, cell(far, 1))).findings
    assert "is too large: at most 1,048,576 rows, 16,384 columns" in found.message


def test_a_wide_sheet_is_no_larger_than_its_last_cell(tmp_path):
    fields = [{"name": f"f{at}", "type": "integer"} for at in range(60)]
    folder, file = one_table(tmp_path, "t.xlsx", fields)
    xlsx(file, ponds=[[one["name"] for one in fields], [*range(60)]])
    assert validate(folder).valid
    with zipfile.ZipFile(file) as archive:
        scan = _xlsx.scan(archive, "ponds")
    assert (scan.rows, scan.columns, scan.filled) == (2, 60, 120)
