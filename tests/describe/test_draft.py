"""First descriptors: what is inferred holds for every row, and loses nothing."""

import datetime as dt
import gzip
import io
import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pyreadstat
import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from validate import load, validate
from validate._src.cli.main import main
from validate._src.curation.csvfile import write_records
from validate._src.describe.draft import describe
from validate._src.describe.missing import is_missing
from validate._src.describe.output import write

DESCRIPTOR = Path("datapackage.json")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """The working folder, with nothing in it."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def init(*arguments):
    return CliRunner().invoke(main, ["init", *map(str, arguments)])


def put(name, content):
    file = Path(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


def described(name, content):
    """The only resource of the descriptor that `init` writes for a file, which is valid then."""
    result = init(put(name, content))
    assert result.exit_code == 0, result.output
    assert validate().findings.errors == 0
    (resource,) = json.loads(DESCRIPTOR.read_text("utf-8"))["resources"]
    return resource


def fields(name, content):
    """The fields as `init` has them, each as its properties without the name."""
    listed = described(name, content)["schema"]["fields"]
    return {field.pop("name"): field for field in listed}


def types(name, content):
    return {label: field["type"] for label, field in fields(name, content).items()}


def column(*texts):
    """A CSV file of one column `x` with these cells."""
    return write_records([["x", "other"], *([text, "."] for text in texts)])


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["1", "-2", ""], {"type": "integer"}),
        (["1", "2.5", "1e-3"], {"type": "number"}),
        (["0.5", "0"], {"type": "number"}),
        (["true", "False"], {"type": "boolean"}),
        (["1", "0"], {"type": "integer"}),
        (["yes", "no"], {"type": "string"}),
        (["2024-01-02", ""], {"type": "date"}),
        (["2024/1/2", "2024/12/31"], {"type": "date", "format": "%Y/%m/%d"}),
        (["2024.1.2"], {"type": "date", "format": "%Y.%m.%d"}),
        (["2024-1-2", "2024-01-03"], {"type": "date", "format": "%Y-%m-%d"}),
        (["01/02/2024", "31/12/2024"], {"type": "date", "format": "%d/%m/%Y"}),
        (["01/02/2024", "12/31/2024"], {"type": "date", "format": "%m/%d/%Y"}),
        (["1.2.2024", "13.2.2024"], {"type": "date", "format": "%d.%m.%Y"}),
        (["01-02-2024", "31-12-2024"], {"type": "date", "format": "%d-%m-%Y"}),
        (["01/02/2024"], {"type": "string"}),
        (["01/02/2024", "05/12/2024"], {"type": "string"}),
        (["01.02.2024"], {"type": "string"}),
        (["31/12/2024", "12/31/2024"], {"type": "string"}),
        (["31/12/24"], {"type": "string"}),
        (["31/04/2024"], {"type": "string"}),
        (["20240131"], {"type": "integer"}),
        (["3 Feb 2024"], {"type": "date", "format": "%d %b %Y"}),
        (["3 February 2024", "3 May 2024"], {"type": "date", "format": "%d %B %Y"}),
        (["31.12.2024 7:05"], {"type": "datetime", "format": "%d.%m.%Y %H:%M"}),
        (["1/2/2024 7:05"], {"type": "string"}),
        (["12/31/2024 1:05 PM"], {"type": "datetime", "format": "%m/%d/%Y %I:%M %p"}),
        (["2024-01-02 10:00"], {"type": "datetime", "format": "%Y-%m-%d %H:%M"}),
        (["2024-01-02T10:00"], {"type": "datetime", "format": "%Y-%m-%dT%H:%M"}),
        (["2024-01-02 10:00:00+01:00"], {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S%z"}),
        (["2024-01-02 10:00:00+00"], {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S+00"}),
        (["2024-01-02 10:00:00 UTC"], {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S UTC"}),
        (["2024-01-02 10:00:00+01"], {"type": "string"}),
        (["2024-01-02T10:00:00+0100"], {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%S%z"}),
        (["2024-01-02 10:00:00", "0000-00-00 00:00:00"],
         {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S",
          "missingValues": ["", "0000-00-00 00:00:00"]}),
        ([f"202401021000{n:02}" for n in range(20)],
         {"type": "datetime", "format": "%Y%m%d%H%M%S"}),
        (["20240102100000"], {"type": "integer"}),
        (["01-JAN-24 10.00.00.000000 AM"], {"type": "string"}),
        (["1", ".", ".a", ".z"], {"type": "integer", "missingValues": ["", ".", ".a", ".z"]}),
        (["7:05", "23:59"], {"type": "time", "format": "%H:%M"}),
        (["7:05 pm"], {"type": "time", "format": "%I:%M %p"}),
        (["10:00:00.25"], {"type": "time", "format": "%H:%M:%S.%f"}),
        (["7:05", "24:01"], {"type": "string"}),
        (["12 %", "3.5%"], {"type": "number", "bareNumber": False}),
        (["12,5 %"], {"type": "number", "decimalChar": ",", "bareNumber": False}),
        (["$1,200.50", "$3"], {"type": "number", "groupChar": ",", "bareNumber": False}),
        (["1.200,50 €"],
         {"type": "number", "groupChar": ".", "decimalChar": ",", "bareNumber": False}),
        (["EUR 3", "EUR 4.5"], {"type": "number", "bareNumber": False}),
        (["US$ -3.5"], {"type": "number", "bareNumber": False}),
        (["$5", "€5"], {"type": "string"}),
        (["$5", "5"], {"type": "string"}),
        (["5%", "0.05"], {"type": "string"}),
        (["$1,200"], {"type": "string"}),
        (["-$5"], {"type": "string"}),
        (["A12", "A13"], {"type": "string"}),
        (["ABC 12"], {"type": "string"}),
        (["12 kg"], {"type": "string"}),
        (["2024-01-02T10:00:00Z"], {"type": "datetime"}),
        (["2024-01-02 10:00:00"], {"type": "datetime", "format": "%Y-%m-%d %H:%M:%S"}),
        (["12:30:00"], {"type": "time"}),
        (["2024-05"], {"type": "yearmonth"}),
        (["P1Y"], {"type": "duration"}),
        (['{"a": 1}'], {"type": "object"}),
        (["", ""], {"type": "any"}),
        (["池", "3"], {"type": "string"}),
        (["１２"], {"type": "string"}),
        (["1_000"], {"type": "string"}),
    ],
    ids=str,
)  # fmt: skip
def test_a_type_is_as_narrow_as_its_texts_allow(texts, wanted):
    assert fields("t.csv", column(*texts))["x"] == wanted


@pytest.mark.parametrize(
    "texts", [["+3", "+12"], ["+12345", "-200", "0"], ["+12345", "1", "2"]], ids=str
)
def test_numbers_with_a_plus_sign_are_numbers(texts):
    assert types("t.csv", column(*texts))["x"] == "integer"


@pytest.mark.parametrize(
    "texts",
    [
        ["007", "12"],
        ["12", "007"],
        ["00.5"],
        ["+81312345678"],
        ["+49301"],
        ["+49301", "+49302", "110", "n/a"],
        ["1234567890123456789012"],
        ["1e5", "2E7"],
        ["1234567890123456", "0.5"],
    ],
    ids=str,
)
def test_what_a_number_would_lose_stays_text(texts):
    assert types("t.csv", column(*texts))["x"] == "string"


@pytest.mark.parametrize(
    ("texts", "marks"),
    [
        (["1,5", "12"], {"decimalChar": ","}),
        (["0,125"], {"decimalChar": ","}),
        (["1234,567"], {"decimalChar": ","}),
        (["1,234,567", "1,000", "3"], {"groupChar": ","}),
        (["1,234.5"], {"groupChar": ","}),
        (["1.234,5", "12,25"], {"groupChar": ".", "decimalChar": ","}),
        (["1 234 567", "12"], {"groupChar": " "}),
        (["1 234,5"], {"groupChar": " ", "decimalChar": ","}),
        (["1\u202f234", "12"], {"groupChar": "\u202f"}),
        (["1\u00a0234,5"], {"groupChar": "\u00a0", "decimalChar": ","}),
        (["1'234", "12.5"], {"groupChar": "'"}),
    ],
    ids=str,
)
def test_numbers_with_marks_are_numbers_if_they_can_be_read_in_one_way(texts, marks):
    assert fields("t.csv", column(*texts))["x"] == {"type": "number", **marks}
    assert load(".")["t"]["x"].null_count() == 0


@pytest.mark.parametrize(
    "texts", [["1,234"], ["1,234", "12,345"], ["1 234"], ["1,2,3"], ["1,5", "1.5"]]
)
def test_numbers_with_marks_that_may_mean_two_things_stay_text(texts):
    assert types("t.csv", column(*texts))["x"] == "string"


GERMAN = "Artikel;Menge;Preis\nBier;1.200;0,99\nWein;2.350;4,50\nSaft;{};1,20\nSekt;1.015;7,95\n"


@pytest.mark.parametrize(
    "content",
    [
        GERMAN.format("980"),
        GERMAN.format("3.980"),
        GERMAN.format("980").replace(",", "."),
        GERMAN.format("980") + "Bier;1.200;0,99\n" * 18 + "Sekt;1.5;7,95\n",
    ],
    ids=["both", "commas", "thousands", "slip"],
)
def test_points_that_may_stand_before_thousands_make_no_decimals(content):
    result = init(put("t.csv", content))
    assert "Menge string" in result.output
    said = "".join(line for line in result.output.splitlines() if "t.Menge is string: " in line)
    assert "may stand before decimals or thousands" in said or "tells decimals from" in said


@pytest.mark.parametrize(
    "texts",
    [
        ["1.200", "2.350", "1.015"],
        ["1.200", "0.350", "980"],
        ["1.200", "0", "2.500", "1500"],
        ["1.25", "1.200", "980"],
        ["1.200", "1.5e3", "980"],
        ["1.200", ".5", "980"],
        ["1.200", "2.350", "999", "-1"],
    ],
    ids=str,
)
def test_points_before_decimals_make_numbers(texts):
    assert types("t.csv", column(*texts))["x"] == "number"
    assert "thousands" not in init("t.csv", "--output", "again.json").output


def test_numbers_of_json_have_no_thousands():
    assert types("t.json", json.dumps([{"x": 1.125}, {"x": 980}]))["x"] == "number"


def test_a_decimal_point_that_is_given_stands_before_decimals():
    result = init(put("t.csv", GERMAN.format("980")), "--decimal", ".")
    assert "Menge number" in result.output


MARKS_OF_NOTHING = [
    "NA", "N/A", "n/a", "NaN", "nan", "NULL", "null", "None", "none", "#N/A", "-", "--", ".", "?",
    "—", "  ",
]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS_OF_NOTHING)
@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("3", {"type": "integer"}),
        ("3.5", {"type": "number"}),
        ("1,5", {"type": "number", "decimalChar": ","}),
        ("5 %", {"type": "number", "bareNumber": False}),
        ("2024-01-31", {"type": "date"}),
        ("31.01.2024", {"type": "date", "format": "%d.%m.%Y"}),
        ("true", {"type": "boolean"}),
    ],
)
def test_a_mark_of_nothing_is_a_missing_value_where_all_else_has_a_type(mark, value, wanted):
    found = fields("t.csv", column(value, mark, value, ""))["x"]
    assert found == {**wanted, "missingValues": ["", mark]}
    assert load(".")["t"]["x"].null_count() == 2


@pytest.mark.parametrize("mark", MARKS_OF_NOTHING)
def test_a_mark_of_nothing_is_a_value_among_texts(mark):
    assert fields("t.csv", column("x", mark))["x"] == {"type": "string"}
    DESCRIPTOR.unlink()
    assert fields("t.csv", column(mark, mark))["x"] == {"type": "string"}


def test_missing_values_may_stand_far_down_and_be_several():
    texts = [*map(str, range(3000)), "n/a", "-", "n/a"]
    assert fields("t.csv", column(*texts))["x"] == {
        "type": "integer",
        "missingValues": ["", "n/a", "-"],
    }


def test_a_day_that_tells_may_stand_far_down():
    texts = [f"{day:02}/{month:02}/{year}" for year in range(1800, 2000)
             for month in range(1, 10) for day in range(1, 3)]  # fmt: skip
    days = [f"12/{day}/{year}" for year in (2000, 2001, 2002) for day in range(13, 32)]
    assert fields("t.csv", column(*texts, *days))["x"]["format"] == "%m/%d/%Y"
    DESCRIPTOR.unlink()
    assert fields("t.csv", column(*texts))["x"] == {"type": "string"}


BOTH = [f"{day:02}/{month:02}/2025" for day in range(1, 11) for month in range(1, 11)]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ([*BOTH, "02/13/2025"], 'may be dates written %m/%d/%Y, but only line 102 ("02/13/2025") '
         "tells days from months; correct it if it is a fault, then give the field its type"),
        (["13/02/2025", *BOTH], 'written %d/%m/%Y, but only line 2 ("13/02/2025") tells'),
        ([*BOTH, *["02/14/2025"] * 3], "but only 3 cells, the first in line 102 "
         '("02/14/2025"), tell days from months; correct them if they are faults'),
        ([*(f"{day} 07:00" for day in BOTH), "02/13/2025 07:00"], "but only line 102"),
        ([*["1,200", "980", "2,350"] * 9, "4,5"], 'may be numbers written with decimalChar ",", '
         'but only line 29 ("4,5") tells decimals from thousands'),
    ],
    ids=["against", "for", "three", "datetimes", "numbers"],
)  # fmt: skip
def test_a_few_cells_among_many_that_may_be_otherwise_tell_nothing(texts, said):
    result = init(put("t.csv", column(*texts)))
    assert "x string" in result.output
    assert f"all {len(texts)} cells may be " in result.output
    assert said in result.output
    (remark,) = validate(Path("t.csv")).remarks
    assert remark.startswith("t: x: all ")
    assert said in remark


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (["02/01/2025", "02/02/2025", "02/13/2025"], "date"),
        ([*BOTH, *(f"{day}/10/2025" for day in range(13, 17))], "date"),
        (["1,5", *map(str, range(99))], "number"),
        (["1,234,567", *(f"{number},000" for number in range(1, 99))], "number"),
    ],
    ids=["short", "several", "integers", "millions"],
)
def test_cells_that_tell_are_enough_where_they_are_several_or_others_tell_nothing(texts, wanted):
    assert types("t.csv", column(*texts))["x"] == wanted
    assert "tell" not in init("t.csv", "--output", "again.json").output


def test_missing_values_of_json_are_told_by_the_types_of_the_others():
    rows = [{"a": 1.5, "b": 1}, {"a": "NA", "b": 2}, {"a": None, "b": 3}]
    assert fields("t.json", json.dumps(rows))["a"] == {
        "type": "number",
        "missingValues": ["", "NA"],
    }


DAYS = ["20240131", "20240201", "20240229"]


@pytest.mark.parametrize(
    ("label", "texts", "kind", "said"),
    [
        ("date", DAYS[:1], "date", ""),
        ("sampleDate", DAYS, "date", ""),
        ("観測日付", DAYS, "date", ""),
        ("x", [f"202401{day:02}" for day in range(1, 21)], "date", ""),
        ("x", DAYS, "integer", "all 3 cells may be dates written %Y%m%d, but so few numbers may "
         "look so by chance"),
        ("date", [*DAYS * 4, "20240230"], "integer",
         '12 of 13 cells are dates written %Y%m%d; line 14 is "20240230"'),
        ("x", ["20240131", "20241301"], "integer", ""),
        ("date", ["18240131"], "integer", ""),
    ],
    ids=str,
)  # fmt: skip
def test_days_of_digits_are_days_where_many_are_or_the_label_says_so(label, texts, kind, said):
    result = init(put("t.csv", column(*texts).replace("x", label, 1)))
    assert f"{label} {kind}" in result.output
    assert (f"  t.{label} is integer: {said}\n" in result.output) == bool(said)
    assert validate().valid


def test_a_mark_of_nothing_among_texts_is_said_where_it_is_one_elsewhere():
    result = init(put("t.csv", "name,a,b\nx,1,n/a\ny,n/a,2\nn/a,3,4\nz,-,5\nn/a,-,-\n"))
    assert (
        '  t.name: "n/a" in 2 cells is a text here, and no value in a, b; if it is none here, '
        'add it to "missingValues"\n'
    ) in result.output


def test_a_table_too_large_for_the_memory_is_read_again(monkeypatch):
    content = "x,y\n" + "".join(f"{number},n/a\n" for number in range(3000)) + "2.5,3\n"
    held = fields("t.csv", content)
    DESCRIPTOR.unlink()
    monkeypatch.setattr("validate._src.describe.held.MOST_HELD", 100)
    assert fields("t.csv", content) == held


NOTES = [
    (["1.5"] * 9 + ["n.b."], "number", 'line 11 is "n.b."', "9 of 10 cells are numbers"),
    (["1"] * 5 + ["x"] * 4, "integer", 'line 7 is "x", 3 more are not',
     "5 of 9 cells are integers"),
    (["2021-02-28", "2021-02-30"], "", "", ""),
    (["2021-02-28"] * 2 + ["2021-02-30"], "date", 'line 4 is "2021-02-30"',
     "2 of 3 cells are dates"),
    (["12", "13", "007"], "integer", 'line 4 is "007", of which a number would lose something',
     "2 of 3 cells are integers"),
    (["true"] * 99 + ["yes"], "boolean", 'line 101 is "yes"', "99 of 100 cells are booleans"),
    (["1", "2", "-", "x"], "integer", 'line 5 is "x"', "2 of 3 cells are integers"),
    (["01/02/2024"] * 3, "date", "no day is above 12",
     "all 3 cells may be dates written %d/%m/%Y, but "),
    (["1,234"], "number", '"," may stand before decimals or thousands',
     "all 1 cells may be numbers, but "),
    (["31/12/24"], "date", "the years do not say their century", "all 1 cells may be dates"),
    (["1.633,26"] * 9 + ["1.2O5,50"], "number", 'line 11 is "1.2O5,50"',
     '9 of 10 cells are numbers written with groupChar ".", decimalChar ","; '),
    (["5 %"] * 9 + ["l %"], "number", 'line 11 is "l %"',
     "9 of 10 cells are numbers written with bareNumber false; "),
    (["a", "b", "1"], "", "", ""),
    (["1", "2.5"], "", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("texts", "kind", "place", "said"), NOTES, ids=str)
def test_it_is_said_what_keeps_a_column_from_a_type(texts, kind, place, said):
    result = init(put("t.csv", column(*texts)))
    notes = [line for line in result.output.splitlines() if line.startswith("  t.x is string: ")]
    assert len(notes) == bool(kind)
    assert all(place in note and said in note for note in notes)


def test_it_is_said_which_cell_makes_integers_numbers():
    texts = [*map(str, range(99)), "2.5"]
    result = init(put("t.csv", column(*texts)))
    said = '99 of 100 cells are integers; line 101 is "2.5"'
    assert f"  t.x is number: {said}\n" in result.output


def test_places_without_lines_are_rows(tmp_path):
    rows = [{"a": number} for number in range(9)]
    result = init(put("t.json", json.dumps([*rows, {"a": "n.b."}])))
    assert 't.a is any: 9 of 10 cells are integers; row 11 is "n.b."' in result.output


@pytest.mark.parametrize(
    ("first", "last", "wanted"),
    [("1", "2.5", "number"), ("1", "x", "string"), ("2.5", "007", "string"),
     ("2024-01-02", "2024-13-01", "string"), ("true", "yes", "string"), ("", "2.5", "number"),
     ("1,5", "1,5,5", "string")],
)  # fmt: skip
def test_what_stands_far_down_widens_the_type(first, last, wanted):
    texts = [first, *(str(number) if first == "1" else first for number in range(3000)), last]
    assert types("t.csv", column(*texts))["x"] == wanted


def test_labels_are_kept_whatever_they_are():
    assert types("t.csv", "船名,長さ (m),a;b\n白鳥,3.5,1\n") == {
        "船名": "string",
        "長さ (m)": "number",
        "a;b": "integer",
    }
    assert "船名" in DESCRIPTOR.read_text("utf-8")


def test_the_descriptor_is_of_version_2_and_written_as_json_is_read():
    described("boats.csv", "boat,length\nTern,12.5\n")
    assert DESCRIPTOR.read_text("utf-8").startswith(
        '{\n  "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",\n  "name": '
    )
    assert DESCRIPTOR.read_bytes().endswith(b"\n  ]\n}\n")


@pytest.mark.parametrize(
    ("name", "content", "dialect"),
    [
        ("t.csv", "a;b\n1;x\n", {"delimiter": ";"}),
        ("t.csv", "a\tb\n1\tx\n", {"delimiter": "\t"}),
        ("t.tsv", "a\tb\n1\tx\n", {"delimiter": "\t"}),
        ("t.txt", "a|b\n1|x\n", {"delimiter": "|"}),
        ("t.csv", "a, b\n1, x\n2, y\n", {"skipInitialSpace": True}),
        ("t.csv", "a,b\r\n1,x\r\n", None),
    ],
)
def test_the_dialect_is_that_of_the_file(name, content, dialect):
    resource = described(name, content)
    assert resource.get("dialect") == dialect
    assert [field["type"] for field in resource["schema"]["fields"]] == ["integer", "string"]


@pytest.mark.parametrize(
    ("encoding", "content", "declared"),
    [
        ("utf-8", "船,長さ\n白鳥,3\n", None),
        ("cp932", "船,長さ\n白鳥,3\n", "cp932"),
        ("cp1252", "Name;Länge\nMöwe;3\n", "windows-1252"),
        ("utf-16", "船,長さ\n白鳥,3\n", "utf-16"),
    ],
)
def test_the_encoding_is_that_of_the_file_and_said_to_be_a_guess(encoding, content, declared):
    resource = described("t.csv", content.encode(encoding))
    assert resource.get("encoding") == declared
    DESCRIPTOR.unlink()
    assert ("probably" in init("t.csv").output) == (declared is not None)


JSON_ROWS = [
    {"n": 1, "m": 1, "text": "007", "day": "2024-01-02", "list": [1], "mixed": 1, "none": None},
    {"n": 2, "m": 2.5, "text": "8", "day": "2024-01-03", "list": [], "mixed": "x", "none": None},
]


@pytest.mark.parametrize("name", ["t.json", "t.ndjson", "t.jsonl"])
def test_values_of_json_keep_their_types(name):
    lines = "".join(json.dumps(row) + "\n" for row in JSON_ROWS)
    content = json.dumps(JSON_ROWS) if name == "t.json" else lines
    assert types(name, content) == {
        "n": "integer",
        "m": "number",
        "text": "string",
        "day": "date",
        "list": "array",
        "mixed": "any",
        "none": "any",
    }


def test_columns_of_parquet_keep_their_types(tmp_path):
    frame = pl.DataFrame(
        {
            "n": [1, 2],
            "text": ["007", "8"],
            "day": [dt.date(2024, 1, 2)] * 2,
            "moment": [dt.datetime(2024, 1, 2, 3)] * 2,
            "list": [[1], []],
            "span": [dt.timedelta(days=1), None],
            "bytes": [b"\x00", b"x"],
        }
    )
    content = io.BytesIO()
    frame.write_parquet(content)
    assert types("t.parquet", content.getvalue()) == {
        "n": "integer",
        "text": "string",
        "day": "date",
        "moment": "datetime",
        "list": "array",
        "span": "duration",
        "bytes": "string",
    }


def workbook(*sheets):
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for sheet in sheets:
            page = book.add_worksheet(sheet)
            page.write_row(0, 0, ["boat", "length", "code"])
            page.write_row(1, 0, ["Tern", 12.5, "007"])
    return content.getvalue()


def test_workbooks_are_read_by_their_texts():
    wanted = {"boat": "string", "length": "number", "code": "string"}
    assert types("t.xlsx", workbook("Boats")) == wanted


def resources():
    return json.loads(DESCRIPTOR.read_text("utf-8"))["resources"]


def test_every_sheet_that_is_shown_is_described():
    put("t.xlsx", workbook("Boats", "Keepers"))
    result = init("t.xlsx")
    assert result.exit_code == 0
    assert 't-boats (t.xlsx, sheetName "Boats"): boat string' in result.output
    assert 't-keepers (t.xlsx, sheetName "Keepers"): boat string' in result.output
    assert [one["dialect"] for one in resources()] == [
        {"sheetName": "Boats"},
        {"sheetName": "Keepers"},
    ]


def test_sheets_that_are_left_out_are_said():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("Boats").write_column(0, 0, ["boat", "Tern"])
        hidden = book.add_worksheet("Old")
        hidden.write_column(0, 0, ["boat", "Gull"])
        hidden.hide()
        book.add_worksheet("Notes")
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Boats!$A$2:$A$2"})
        book.add_chartsheet("Chart").set_chart(chart)
    put("t.xlsx", content.getvalue())
    result = init("t.xlsx")
    assert result.exit_code == 0
    assert 'left out: t.xlsx: sheet "Old" is hidden or no sheet of cells' in result.output
    assert 'left out: t.xlsx: sheet "Notes" is empty' in result.output
    assert 'left out: t.xlsx: sheet "Chart" is hidden or no sheet of cells' in result.output
    assert [one["name"] for one in resources()] == ["t-boats"]


def test_a_workbook_without_cells_is_refused():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("Boats")
    result = init(put("t.xlsx", content.getvalue()))
    assert (result.exit_code, "no sheet that is shown has cells" in result.output) == (2, True)


def test_error_cells_widen_no_type_and_are_found():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_column(0, 0, ["length", 1, 2])
        sheet.write_formula(3, 0, "=NA()", value="#N/A")
    result = init(put("t.xlsx", content.getvalue()))
    assert result.exit_code == 1
    assert [one["type"] for one in resources()[0]["schema"]["fields"]] == ["integer"]
    assert [(one.row, one.code, one.value) for one in validate().findings] == [
        (4, "type-error", "#N/A")
    ]


def test_a_duration_in_a_sheet_ends_the_search_for_its_type():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "lasted")
        form = book.add_format({"num_format": "[h]:mm"})
        sheet.write_datetime(1, 0, dt.timedelta(hours=30), form)
    assert types("t.xlsx", content.getvalue())["lasted"] in ("any", "duration")


def test_every_table_of_a_database_is_described(folder):
    with closing(sqlite3.connect(folder / "t.sqlite")) as database, database:
        database.execute("CREATE TABLE boats (id INTEGER, built DATE, sails BOOLEAN)")
        database.execute("INSERT INTO boats VALUES (1, '2024-05-06', 1)")
        database.execute("CREATE VIEW old AS SELECT id FROM boats")
    result = init("t.sqlite")
    assert result.exit_code == 0
    assert [(one["name"], one["dialect"]) for one in resources()] == [
        ("t-boats", {"table": "boats"}),
        ("t-old", {"table": "old"}),
    ]
    assert [one["type"] for one in resources()[0]["schema"]["fields"]] == [
        "integer",
        "date",
        "boolean",
    ]


def test_a_file_of_spss_is_described(folder):
    frame = pl.DataFrame({"id": [1, 2], "length": [1.5, None], "boat": ["Tern", "Gull"]})
    pyreadstat.write_sav(frame, folder / "t.sav")
    assert init("t.sav").exit_code == 0
    assert [one["type"] for one in resources()[0]["schema"]["fields"]] == [
        "integer",
        "number",
        "string",
    ]


def test_keys_that_come_late_are_described():
    rows = [{"id": number} for number in range(1500)]
    assert set(types("t.json", json.dumps([*rows, {"id": 1, "note": "x"}]))) == {"id", "note"}


def test_objects_with_keys_without_end_are_refused(monkeypatch):
    monkeypatch.setattr("validate._src.reading._keys.MOST_KEYS", 1200)
    rows = [{str(number): 1} for number in range(1500)]
    result = init(put("t.json", json.dumps(rows)))
    assert result.exit_code == 2
    assert "more than 1,200 different keys" in result.output


def test_a_descriptor_may_go_to_standard_output():
    put("t.csv", "a,b\n1,x\n")
    result = init("t.csv", "--output", "-")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["resources"][0]["path"] == "t.csv"
    assert "t (t.csv): a integer" in result.stderr
    assert not DESCRIPTOR.exists()
    assert not Path("-").exists()


def test_compressed_files_are_described():
    content = b"a;b\n1;x\n"
    assert described("t.csv.gz", gzip.compress(content))["name"] == "t"
    DESCRIPTOR.unlink()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner.csv", content)
    assert described("t.csv.zip", packed.getvalue())["dialect"] == {"delimiter": ";"}


def test_names_are_those_of_the_files_and_no_two_the_same():
    for name in ("Boats 2024.csv", "a/boats-2024.csv", "b/boats-2024.csv", "池.csv", "★.csv"):
        put(name, "x\n1\n")
    result = init("Boats 2024.csv", "a/boats-2024.csv", "b/boats-2024.csv", "池.csv", "★.csv")
    assert result.exit_code == 0
    resources = json.loads(DESCRIPTOR.read_text("utf-8"))["resources"]
    names = [resource["name"] for resource in resources]
    assert names[:3] == ["boats-2024", "boats-2024-2", "boats-2024-3"]
    assert len(set(names)) == 5
    assert resources[2]["path"] == "b/boats-2024.csv"


def test_what_was_written_is_said_and_the_next_step():
    put("data/boats.csv", "boat,length\nTern,12.5\n")
    result = init("data/boats.csv")
    assert result.output == (
        "wrote datapackage.json\n"
        "  boats (data/boats.csv): boat string, length number\n"
        "valid: go on with titles, descriptions and keys, and `validate run`\n"
    )


FAULTY = "day,n\n" + "2025-01-02,1.5\n" * 19


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (f"{FAULTY}2025-02-31,2.5\n", "valid, but 1 column is kept from its type by probable "
         "faults (above): correct the cells, then declare its type, and `validate run`"),
        (f"{FAULTY}2025-02-31,l.5\n", "valid, but 2 columns are kept from their types by probable "
         "faults (above): correct the cells, then declare their types, and `validate run`"),
        (f"\ufeff{FAULTY}2025-02-31,2.5\n", "valid, with 1 warning, which `validate run` shows; "
         "but 1 column is kept from its type by probable faults (above): correct the cells, then "
         "declare its type"),
        (f"{FAULTY}2025-02-31,2.5,x\n" + "2025-01-02,1.5\n", "1 finding: `validate run` shows "
         "them; 1 column is kept from its type by probable faults (above): correct the cells, "
         "then declare its type"),
        ("day,n\n02/13/2025,1\n" + "01/02/2025,1\n" * 30, "valid, but 1 column is kept from its "
         "type by probable faults (above): correct the cells, then declare its type, and "
         "`validate run`"),
    ],
    ids=["one", "two", "warning", "error", "days"],
)  # fmt: skip
def test_probable_faults_are_to_be_corrected_first(content, ending):
    assert init(put("t.csv", content)).output.splitlines()[-1] == ending


@pytest.mark.parametrize("texts", [["12", "12a", "13", "3b"], ["x", "y"], ["1", "NA"]], ids=str)
def test_columns_without_probable_faults_are_not_said_to_have_some(texts):
    last = init(put("t.csv", column(*texts))).output.splitlines()[-1]
    assert last == "valid: go on with titles, descriptions and keys, and `validate run`"


def test_no_range_is_written_that_a_rewritten_integer_is_a_bound_of():
    put("t.csv", column(*map(str, range(4006381333001, 4006381333030)), "4.00638E+12"))
    assert "  t.x: required\n" in init("t.csv").output
    put("again.csv", column(*map(str, range(4006381333001, 4006381333030))))
    output = init("again.csv", "--output", "again.json").output
    assert "required; from 4006381333001 to 4006381333029\n" in output


def test_missing_values_are_said_of_a_column_that_a_fault_keeps_from_its_type():
    result = init(put("t.csv", column(*["3"] * 26, "NA", "4l", "-", "NA")))
    assert (
        '  t.x is string: 26 of 27 cells are integers; line 29 is "4l"; with the type, give the '
        'field "missingValues": ["", "NA", "-"]\n'
    ) in result.output
    put("again.csv", column(*["3"] * 26, "4l"))
    assert "missingValues" not in init("again.csv", "--output", "again.json").output


def test_the_descriptor_may_stand_elsewhere_above_its_files(folder):
    put("a b/data/boats.csv", "boat\nTern\n")
    result = init(folder / "a b" / "data" / "boats.csv", "--output", "a b/package.json")
    assert result.exit_code == 0
    assert "`validate run 'a b/package.json'`" in result.output
    (resource,) = json.loads(Path("a b/package.json").read_text("utf-8"))["resources"]
    assert resource["path"] == "data/boats.csv"


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        ("a,b\n1,2\n3\n4,5,6\n", {"missing-cell", "extra-cell"}),
        ("a,a,\n1,2,3\n", {"duplicate-label", "blank-label"}),
        ("a,b\n1,2\n,\n3,4\n", {"blank-row"}),
        ('a,b\n1,2\n"x" y,3\n', {"quote-error"}),
    ],
)
def test_faults_that_no_schema_accounts_for_are_counted_and_left(content, codes):
    result = init(put("t.csv", content))
    report = validate()
    assert result.exit_code == 1
    assert {finding.code for finding in report.findings} == codes
    count = len(report.findings)
    noun = "finding" if count == 1 else "findings"
    assert result.output.endswith(f"{count} {noun}: `validate run` shows them\n")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.csv", b"", "t.csv: no table: the file is empty"),
        ("t.csv", b"\n\n", "t.csv: no table: there is no header"),
        ("t.csv", b"a\0b\0\n", "t.csv: no text, for it holds null characters"),
        ("t.csv", b"a\0b\n", "t.csv:1: character 2 of the line is a null character"),
        ("t.csv", bytes(range(1, 256)), "t.csv: the encoding cannot be told, or it is no text"),
        ("t.csv", "é\nè\nê\n".encode() + b"\xe9\n", "t.csv:4: byte 0xe9 at offset 9 is not utf-8"),
        ("t.csv", b"*,b\n1,2\n", 'the field name "*" cannot be used'),
        ("t.json", b"[]", "t.json: no table: there is no header, nor anything else"),
        ("t.json", b'{"a": 1}', "t.json: no table: there is no array of rows"),
        ("t.ndjson", b"{\n", "t.ndjson: no table: the row does not end in its line"),
        ("t.parquet", b"\0", "t.parquet: not a Parquet file"),
        ("t.parquet", b"x", "t.parquet: the file is plain text, not parquet; "),
        ("t.xlsx", b"\0", "t.xlsx: cannot be read as a workbook"),
        ("t.xlsx", b"x", "t.xlsx: the file is plain text, not xlsx; "),
        ("t.csv.gz", b"\0", "t.csv.gz: cannot be read: Not a gzipped file"),
        ("t.csv.gz", b"x", "t.csv.gz: the file is plain text, not gz; "),
        ("t.zip", b"x", "t.zip: the file is plain text, not zip; say "),
        ("t.ods", b"\0", "t.ods: cannot be read as a workbook"),
        ("t.xls", b"\0", "t.xls: cannot be read as a workbook: not a workbook of Excel 97"),
        ("t.xls", b"a;b\n", "t.xls: the file is plain text delimited by semicolons, not xls; "),
        ("t.sav", b"\0", "t.sav: cannot be read as a file of SPSS"),
        ("t.sqlite", b"\0", "t.sqlite: cannot be read as a SQLite database"),
        ("t.csv", b'[{"a": 1}]\n', "t.csv: the file is JSON, not csv; "),
        ("t.csv", b"\x1f\x8b\x08\0", "t.csv: the file is a gzip file, not csv; "),
        ("t.csv", b"version https://git-lfs.github.com/spec/v1\n", "t.csv: the file is a git-lfs"),
        ("t.dta", b"x", 't.dta: a file of format "dta"; known are csv, '),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_one_line(name, content, message):
    result = init(put(name, content))
    assert result.exit_code == 2
    assert message in result.output
    assert result.output.count("\n") == 1
    assert not DESCRIPTOR.exists()


@pytest.mark.parametrize(
    ("name", "library"), [("t.xlsx", "python_calamine"), ("t.sav", "pyreadstat")]
)
def test_without_the_library_a_file_is_refused_in_one_line(monkeypatch, name, library):
    monkeypatch.setitem(sys.modules, library, None)
    result = init(put(name, b"\0"))
    assert result.exit_code == 2
    assert f"validate: {name}: " in result.output
    assert "pip install" in result.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.csv"], "nowhere.csv: no such file"),
        (["data"], "data: is a folder; name the data files in it"),
        (["../t.csv"], "../t.csv: lies outside of the descriptor's folder"),
        (["t.csv", "--output", "data/d.json"], "t.csv: lies outside of the descriptor's folder"),
        (["t.csv", "./t.csv"], "t.csv: the file is named twice"),
        (["t.csv", "--output", "data"], "data: is a folder; name a file"),
        (["t.csv", "--output", "none/d.json"], "none/d.json: there is no such folder"),
    ],
)
def test_unusable_arguments_are_refused_in_one_line(arguments, message, folder):
    put("t.csv", "a\n1\n")
    Path("data").mkdir()
    result = init(*arguments)
    assert (result.exit_code, result.output.count("\n")) == (2, 1)
    assert message in result.output
    assert sorted(path.name for path in folder.rglob("*")) == ["data", "t.csv"]


def test_a_link_that_leads_out_of_the_folder_is_refused(folder, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "t.csv"
    outside.write_text("a\n1\n")
    try:
        (folder / "t.csv").symlink_to(outside)
    except OSError:
        pytest.skip("symbolic links need a privilege on Windows")
    result = init("t.csv")
    assert result.exit_code == 2
    assert "a link that leads out of the package's folder" in result.output


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the working folder")
def test_a_working_folder_that_was_removed_is_said_in_one_line(tmp_path, monkeypatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    result = init("t.csv")
    monkeypatch.chdir(tmp_path)
    assert (result.exit_code, result.output) == (
        2,
        "validate: the working folder was removed; change to another one\n",
    )


def test_a_descriptor_is_never_overwritten():
    put("t.csv", "a\n1\n")
    put(DESCRIPTOR, "mine")
    result = init("t.csv")
    assert result.exit_code == 2
    assert "datapackage.json: already exists and is not overwritten" in result.output
    assert DESCRIPTOR.read_text() == "mine"


def test_output_is_safe_on_terminals():
    put("t.csv", "\x1b[31ma,b\n1,2\n")
    assert "\x1b" not in init("t.csv").output


DAYS = st.dates(min_value=dt.date(1900, 1, 1))
TEXTS = st.one_of(
    st.integers().map(str),
    st.floats(allow_nan=True).map(str),
    st.dates().map(str),
    *(DAYS.map(partial(dt.date.strftime, format=form)) for form in ("%d/%m/%Y", "%m/%d/%Y")),
    st.datetimes().map(str),
    st.booleans().map(str),
    st.from_regex(r"[+-]?[0-9]{1,4}([.,' ][0-9]{1,4}){0,3}( ?[%€])?", fullmatch=True),
    st.from_regex(r"0?[0-9]{1,3}(:[0-9]{2}){0,2}", fullmatch=True),
    st.sampled_from(["", "NA", "１", "1_0", "[1]", "P1Y", "1e5", "-", "2024-1-2", "池"]),
    st.text(st.characters(exclude_categories=["C"]), max_size=4),
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)  # whose folder is only where this test happens to run
@given(kinds=st.lists(st.sampled_from([TEXTS, st.integers().map(str), DAYS.map(str)]),
                      min_size=2, max_size=3),
       data=st.data())  # fmt: skip
def test_whatever_stands_in_a_table_holds_and_is_not_lost(kinds, data):
    rows = data.draw(st.lists(st.tuples(*kinds), min_size=1, max_size=6))
    labels = [f"c{number}" for number in range(len(kinds))]
    with TemporaryDirectory() as folder:
        file, output = Path(folder, "t.csv"), Path(folder, DESCRIPTOR)
        file.write_text(write_records([labels, *rows]), "utf-8", newline="")
        strict = data.draw(st.booleans())
        write(describe([file], output, strict=strict).descriptor, output)
        (resource,) = json.loads(output.read_text("utf-8"))["resources"]
        found = {finding.code for finding in validate(folder).findings}
        assert found <= {"blank-row"}
        if found or "dialect" in resource:
            return
        table = load(folder)["t"]
    for field, texts in zip(resource["schema"]["fields"], zip(*rows, strict=True), strict=True):
        assert_kept(field, table[field["name"]], texts)


def assert_kept(field, values, texts):
    """The values are null where the texts say nothing, and numbers are those that texts say."""
    marks = {"groupChar": "", "decimalChar": "."} | field
    missing = field.get("missingValues", [""])
    assert all(is_missing(text) for text in missing)
    assert len(missing) == 1 or field["type"] != "string"
    for value, text in zip(values, texts, strict=True):
        assert (value is None) == (text in missing)
        if value is None:
            continue
        if field["type"] == "integer":
            assert str(value) == text.strip().removeprefix("+").replace("-0", "0")
        elif field["type"] == "number":
            bare = text.replace(marks["groupChar"] or "\0", "").replace(marks["decimalChar"], ".")
            assert str(value) == str(float(bare.rstrip(" %€")))


def test_columns_without_label_and_value_at_the_end_are_no_fields(tmp_path):
    (tmp_path / "t.csv").write_text("a,,b,,\n1,,2,,\n3,x,4,,\n")
    draft = describe([tmp_path / "t.csv"], tmp_path / "datapackage.json")
    fields = draft.descriptor["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == ["a", "field2", "b"]


def test_warnings_alone_are_no_faults():
    Path("t.csv").write_bytes(b"\xef\xbb\xbfa,b\n1,2\n")
    result = init("t.csv")
    assert result.exit_code == 0
    assert result.output.endswith("valid, with 1 warning, which `validate run` shows\n")
    assert [found.code for found in validate().findings] == ["encoding-error"]


def test_warnings_are_counted_beside_errors():
    Path("t.csv").write_bytes(b"\xef\xbb\xbfa,b\n1,2,3\n4,5\n")
    result = init("t.csv")
    assert result.exit_code == 1
    assert "2 findings: `validate run` shows them" in result.output


def test_an_encoding_is_probable_unless_it_is_given():
    Path("t.csv").write_bytes("a\nJosé\nZoë\n".encode("cp1252"))
    assert "t (t.csv, cp1252): " in init("t.csv", "--encoding", "cp1252").output
    DESCRIPTOR.unlink()
    assert "t (t.csv, probably " in init("t.csv").output


def test_lines_are_as_wide_as_the_terminal_and_go_on_below_their_beginning(monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    labels = ",".join(f"a label that is long {number}" for number in range(6))
    lines = init(put("t.csv", f"{labels}\n1,2,3,4,5,6\n7,8,9,1,2,x\n")).output.splitlines()
    assert all(len(line) <= 60 for line in lines[:-1])
    assert [line[:4] for line in lines[1:3]] == ["  t ", "    "]
    assert "label that is long 5 string" in " ".join(" ".join(lines).split())


def test_datetimes_of_a_workbook_are_such_at_midnight_too():
    with xlsxwriter.Workbook("t.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["when", "n"])
        form = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for hour in range(4):
            sheet.write_datetime(hour + 1, 0, dt.datetime(2024, 1, 1, 8 * hour % 24), form)
            sheet.write(hour + 1, 1, hour)
    resource = described("t.xlsx", Path("t.xlsx").read_bytes())
    assert [one["type"] for one in resource["schema"]["fields"]] == ["datetime", "integer"]
    assert load(".")["t"]["when"][0] == dt.datetime(2024, 1, 1)


@pytest.mark.parametrize("name", ["t.json", "t.xlsx"])
def test_a_column_of_several_kinds_is_said_to_be_one(name):
    cells = [number if number % 2 else f"x{number}" for number in range(12)]
    if name == "t.json":
        Path(name).write_text(json.dumps([{"a": cell, "b": 1} for cell in cells]), "utf-8")
    else:
        with xlsxwriter.Workbook(name) as book:
            sheet = book.add_worksheet()
            for row, cell in enumerate(["a", *cells]):
                sheet.write_row(row, 0, [cell, "b" if cell == "a" else 1])
    said = "  t.a is any: its cells are integers and texts; a field of one type would refuse some"
    assert said in init(name).output
