"""Layouts: titles above a header, units below it, and tables that have neither."""

import csv
import json
from pathlib import Path

import pytest
from support.command import run
from support.made import workbook

from validate import load, validate
from validate._src.describe.layout import layout_of
from validate._src.describe.rows import row

TABLE = "region,month,amount\nNorth,2024-01,100\nSouth,2024-02,200\nEast,2024-03,300\n"


def layout(text):
    records = csv.reader(text.splitlines(), delimiter=";" if ";" in text else ",")
    return layout_of([row(number, number, cells) for number, cells in enumerate(records, 1)])


WITH_TITLES = [
    (f"Sales of 2024\n{TABLE}", 2),
    (",,Water,,Air,\nid,name,temp,pH,dust,noise\n1,A,3.5,7,1,2\n2,B,4.5,7.1,1,2\n", 2),
    (f"Sales of 2024\n\n{TABLE}", 3),
    (f"Sales,,\n{TABLE}", 2),
    (f"\n\n{TABLE}", 3),
    (f"# station 5\n# exported\n{TABLE}", 3),
    ("Sales;;;\nby;A. Nobody;;\n;;;\nregion;month;amount;note\nNorth;2024-01;1;a\n", 4),
    ("Weather in Nowhere\nstation,temp\nA,1.5\nB,2.5\n", 2),
    ("Source,Nobody,\n\nCountry,Code,Note,1960,1961,\nA,AA,x,5,6,\nB,BB,x,7,8,\n", 3),
    ("A list of people\n\nname,city\nAnn,Rome\nBob,Oslo\n", 3),
    ("Rain by month\nplace,2024-01,2024-02\nA,1.5,2\nB,2,3\n", 2),
    ('"TOA5",x,y,1234,z,v,w\na,b,c\n1,2,3\n4,5,6\n', 2),
]
WITHOUT_TITLES = [
    TABLE,
    "a\n1\n2\n",
    "a\n1,2\n3,4\n",
    "name,\nA,x\nB,y\n",
    ',x\nTern,"fast"\nGull,"slow"\n',
    "Sales of 2024\nNorth,100,2024\nSouth,200,2023\n",
    "Sales of 2024\nNorth,2024-01,x\nSouth,2024-02,y\n",
    "note\nhello, world\nwell, then\n",
    "a,b,c,d\n1,2,3\n4,5,6\n",
    "a,b,c\n1,,\n,2,\n3,4,5\n",
    "A title\nx,x,y\n1,2,3\n",
    "",
]


@pytest.mark.parametrize(("text", "number"), WITH_TITLES)
def test_the_header_stands_below_titles_and_blank_rows(text, number):
    assert layout(text).dialect == {"headerRows": [number]}


@pytest.mark.parametrize("text", WITHOUT_TITLES)
def test_the_first_row_is_the_header_where_nothing_else_is_clear(text):
    assert layout(text).dialect == {}


JOINED = [
    (",2023,,2024,\nregion,q1,q2,q1,q2\nN,1,2,3,4\nS,1,2,3,4\n", [1, 2], True),
    ("region,2023,,2024,\n,q1,q2,q1,q2\nN,1,2,3,4\nS,1,2,3,4\n", [1, 2], True),
    ("region,2023,2023,2024,2024\n,q1,q2,q1,q2\nN,1,2,3,4\nS,1,2,3,4\n", [1, 2], False),
    (",a,a,b,b\n,x,y,x,y\nr1,0,1,2,3\nr2,4,5,6,7\n", [1, 2], False),
    ("Budget\n\n,H1,,H2,\nItem,Plan,Spent,Plan,Spent\nRent,1,2,3,4\nFood,1,2,3,4\n", [3, 4], True),
    ("id,Which colours?,,,How old?\n,Red,Green,Blue,Answer\n1,Red,,Blue,34\n2,,Green,,51\n",
     [1, 2], False),
]  # fmt: skip
WITHOUT_GROUPS = [
    "name,,value\nA,x,n.b.\nB,y,2\nC,z,3\n",
    "name,,n,m\nA,x,n.b.,c.d.\nB,y,2,3\nC,z,3,4\n",
    "name,,,n,m\nA,x,y,NA,n.b.\nB,y,z,2,3\nC,z,z,3,4\n",
    "a,,,d,e\nw,x,y,z,w\ns,t,u,v,w\n",
    "a,a,a,b\nx,y,z,w\nu,v,w,x\n",
    "a,,,d\n1,2,3,4\n5,6,7,8\n",
    ",depth,temp\nunits,m,°C\nA,1,2\nB,2,3\n",
]


@pytest.mark.parametrize(("text", "numbers", "is_merged"), JOINED)
def test_groups_of_columns_and_their_labels_are_one_header(text, numbers, is_merged):
    found = layout(text)
    assert found.dialect == {"headerRows": numbers}
    said = found.note_on_groups()
    assert 'and both are joined to one header ("headerRows")' in said
    assert said.endswith("write it above each, or all labels into one row") == is_merged


@pytest.mark.parametrize("text", WITHOUT_GROUPS)
def test_a_row_below_a_header_that_lacks_labels_is_a_row(text):
    found = layout(text)
    assert found.dialect == {}
    assert found.note_on_groups() is None


def test_groups_of_a_field_that_is_withheld_are_not_shown():
    said = layout(JOINED[0][0]).note_on_groups(frozenset({1}))
    assert said.startswith(
        'row 1 ("2024") has groups of columns and row 2 ("region", "q2", "q1", …)'
    )


SURVEY = """\
StartDate,Progress,Q1,Q2
Start Date,Progress,How old are you?,"Tell us, please"
"{""ImportId"":""startDate""}","{""ImportId"":""progress""}","{""ImportId"":""Q1""}","{""ImportId"":""Q2""}"
2024-03-25 10:00:00,100,34,fine
2024-03-25 11:00:00,100,29,bad
"""


def test_the_questions_of_a_survey_and_their_ids_are_no_rows():
    found = layout(SURVEY)
    assert found.dialect == {"commentRows": [2, 3]}
    questions, ids = found.notes()
    assert "has the questions of a survey, which fit in the descriptions" in questions
    assert "has the ids of a survey's questions and is skipped" in ids


QUESTIONS = """\
ResponseId,Q1,Q2,Q3
Response ID,How old are you?,"Do you agree, overall?",Comments
R_000,33,Disagree,"ok, fine"
R_001,69,Neutral,
R_002,4o,Agree,why not?
"""


@pytest.mark.parametrize("lines", [range(5), [0, 1, 2, 3]], ids=["with a fault", "without"])
def test_the_questions_of_a_survey_without_ids_are_no_row(lines):
    rows = QUESTIONS.splitlines()
    found = layout(
        "\n".join([*(rows[at] for at in lines), *(f"R_1{n},{n},Agree," for n in range(20))])
    )
    assert found.dialect == {"commentRows": [2]}
    (said,) = found.notes()
    assert said.startswith(
        'row 2 ("Response ID", "How old are you?", "Do you agree, overall?", …) has'
    )
    assert "the questions of a survey, which fit in the descriptions of the fields," in said


@pytest.mark.parametrize(
    "text",
    [
        "id,age,says\nR1,unknown,why not?\nR2,30,fine\nR3,31,good\n",
        "id,n,question\nA,n.b.,How old are you?\nB,3,Who is it?\nC,4,Are you here?\n",
        "id,n,asked\nid,4,How old are you?\nB,3,no\nC,4,no\n",
        "name,text\nAnn,How old are you?\nBen,fine\nCy,good\n",
        "name,n\nname,x\nBen,3\nCy,4\n",
    ],
    ids=["one question", "a column of them", "a value", "no values below", "none"],
)
def test_a_row_with_a_question_may_be_one_of_the_table(text):
    assert layout(text).dialect == {}


WITH_UNITS = [
    ("time,depth,temp\n,m,°C\n1,1,2.5\n2,2,3.5\n", [2]),
    ("time,depth,temp\n[s],[m],[°C]\n1,1,2.5\n", [2]),
    ("site,depth,temp\n,m,°C\nA,1,2.5\nB,2,3.5\n", [2]),
    ("site,depth,temp\nunit,m,°C\nA,1,2.5\nB,2,3.5\n", [2]),
    ("depth\nm\n1\n2\n", [2]),
    ("t,a,b\nTS,Volts,Deg C\n,Avg,Avg\n2024-01-01,1,2\n2024-01-02,2,3\n", [2, 3]),
    ("a,b,c\nfloat,float,date\n1.5,2,2024-01-02\n", [2]),
    ("id,name\n--,----\n1,a\n2,b\n", [2]),
    ("id,name,day\n---+---+---\n1,a,2024-01-02\n2,b,2024-01-03\n", [2]),
]
WITHOUT_UNITS = [
    "name,value\nA,n.b.\nB,2\nC,3\n",
    "name,value\nA,NA\nB,2\nC,3\n",
    "a,b\nNA,-\n1,2\n3,4\n",
    "sex,n\nm,NA\nf,3\n",
    "sex,age\nm,30\nf,31\n",
    "a,b\nND,ND\n1,2\n3,4\n",
    "a,b\nm,kg\n",
    "size\nm\nl\ns\n",
    "name,unit,value\nrain,mm,3\nwind,m/s,4\n",
    "a,b\nm,3\n1,2\n",
    "id,name,day\n--+--\n1,a,2024-01-02\n2,b,2024-01-03\n",  # of two columns, not three
]


@pytest.mark.parametrize(("text", "numbers"), WITH_UNITS)
def test_rows_of_units_are_no_rows_of_the_table(text, numbers):
    assert layout(text).dialect == {"commentRows": numbers}


@pytest.mark.parametrize("text", WITHOUT_UNITS)
def test_a_row_that_may_be_one_of_the_table_is_one(text):
    assert layout(text).dialect == {}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The working folder."""
    monkeypatch.chdir(tmp_path)


ROWS = [["Boats of 2024"], [], ["boat", "length"], ["", "m"], ["Tern", 12.5], ["Gull", 9.5]]
SAID = """\
  t: row 1 ("Boats of 2024") stands above the header and is skipped; the header is row 3 \
("headerRows")
  t: row 4 ("m") has units, which fit in the descriptions of the fields, and is skipped \
("commentRows")
"""


@pytest.mark.parametrize("name", ["t.csv", "t.tsv", "t.xlsx"])
def test_what_is_skipped_is_said_and_the_columns_have_their_types(folder, name):
    if name == "t.xlsx":
        workbook(name, s=ROWS)
    else:
        mark = "\t" if name == "t.tsv" else ","
        lines = [mark.join(map(str, cells)) for cells in ROWS]
        Path(name).write_text("\n".join(lines), "utf-8")
    result = run("init", name)
    assert SAID in result.output
    (resource,) = json.loads(Path("datapackage.json").read_text("utf-8"))["resources"]
    dialect = resource["dialect"]
    assert (dialect["headerRows"], dialect["commentRows"]) == ([3], [4])
    assert [one["type"] for one in resource["schema"]["fields"]] == ["string", "number"]
    assert load(".")["t"]["length"].to_list() == [12.5, 9.5]


def test_a_run_without_descriptor_says_what_it_skips(folder):
    Path("t.csv").write_text("Boats of 2024\nboat,length\n,m\nTern,12.5\n", "utf-8")
    report = validate("t.csv")
    assert not [*report.findings]
    said = [part.why for part in report.not_checked if part.what == "what is no row of t"]
    assert [one.split(" (")[0] for one in said] == ["row 1", "row 3"]


def test_a_title_is_not_shown_where_cells_are_withheld():
    found = layout("Boats of Ann\na,b,c\n1,2,3\n")
    (said,) = found.notes(frozenset({0}))
    assert "Ann" not in said
    (units,) = layout("a,b\nm,kg\n1,2\n").notes(frozenset({0}))
    assert units.startswith('row 2 ("kg") has units')


GROUPS = [["place", "2023", "2023", "2024"], ["", "q1", "q2", "q1"], ["A", 1, 2, 3], ["B", 2, 3, 4]]


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_a_header_of_two_rows_is_described_and_its_table_is_valid(folder, name):
    if name == "t.xlsx":
        workbook(name, s=GROUPS)
    else:
        Path(name).write_text("\n".join(",".join(map(str, cells)) for cells in GROUPS), "utf-8")
    (said,) = validate(name).remarks
    assert said.startswith('t: row 1 ("place", "2023", "2023", …) has groups of columns')
    assert f"  {said}\n" in run("init", name).output
    (resource,) = json.loads(Path("datapackage.json").read_text("utf-8"))["resources"]
    assert resource["dialect"]["headerRows"] == [1, 2]
    fields = {one["name"]: one["type"] for one in resource["schema"]["fields"]}
    assert fields == {"place": "string", "2023 q1": "integer", "2023 q2": "integer",
                      "2024 q1": "integer"}  # fmt: skip
    assert not [*validate().findings]


def test_a_merged_group_is_a_fault_that_init_says_how_to_mend(folder):
    Path("t.csv").write_text(JOINED[0][0], "utf-8")
    result = run("init", "t.csv")
    assert result.exit_code == 1
    assert "write it above each" in result.output
    assert {found.code for found in validate()} >= {"duplicate-label"}
    Path("t.csv").write_text(JOINED[2][0], "utf-8")
    Path("datapackage.json").unlink()
    assert run("init", "t.csv").exit_code == 0
