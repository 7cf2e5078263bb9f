"""The tables of a package parted: all rows, in their own bytes, and only valid ones named so."""

import csv
import gzip
import io
import json
import re
import zipfile

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.made import PROFILE, workbook

from validate import PackageError, validate
from validate._src.split.again import MOST_ROUNDS
from validate._src.split.split import split

FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "pond", "type": "string", "constraints": {"maxLength": 6}},
]
SCHEMA = {"fields": FIELDS, "primaryKey": "id"}


def package(folder, *resources, **more):
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [*resources], **more}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def table(name="t", path="t.csv", **more):
    return {"name": name, "path": path, "schema": SCHEMA, **more}


def parted(folder, **options):
    """What is said of a package that is parted, and the files, by their names."""
    return parted_report(validate(folder, **options), folder)


def parted_report(report, folder):
    said = [*split(report, folder / "out")]
    return said, {file.name: file.read_bytes() for file in (folder / "out").iterdir()}


def reasons(content):
    return [*csv.DictReader(io.StringIO(content.decode()))]


def columns(content, *names):
    return [tuple(one[name] for name in names) for one in reasons(content)]


def test_rows_keep_their_bytes(tmp_path):
    head = b'id,"pond"\r\n'
    rows = [b'1,"Reed\r\n"\r\n', b"x,Lily\r\n", b'"2",Moss\r\n', b"1,Fern\r\n", b"3, Sedge"]
    (tmp_path / "t.csv").write_bytes(head + b"".join(rows))
    said, files = parted(package(tmp_path, table()))
    assert files["t.valid.csv"] == head + rows[0] + rows[2] + rows[4]
    assert files["t.invalid.csv"] == head + rows[1] + rows[3]
    assert said[1:] == ["  t: 3 rows in t.valid.csv, 2 rows in t.invalid.csv"]
    found = [
        (one["row"], one["invalid_row"], one["code"]) for one in reasons(files["t.reasons.csv"])
    ]
    assert found == [("3", "2", "type-error"), ("5", "3", "primary-key")]


def test_a_fault_without_row_is_of_the_row_on_its_line(tmp_path):
    (tmp_path / "t.csv").write_bytes(b'id,pond\n1,Reed\n2,"Li\nly"x\n3,Moss\n')
    _, files = parted(package(tmp_path, table()))
    assert files["t.invalid.csv"] == b'id,pond\n2,"Li\nly"x\n'
    (reason,) = reasons(files["t.reasons.csv"])
    assert (reason["row"], reason["invalid_row"], reason["line"]) == ("3", "2", "4")


def test_a_warning_does_not_make_a_row_invalid(tmp_path):
    rule = {"name": "r", "check": "id < 2", "message": "many", "severity": "warning"}
    (tmp_path / "t.csv").write_bytes(b"\xef\xbb\xbfid,pond\n1,Reed\n2,Lily\n")
    _, files = parted(package(tmp_path, table(schema={**SCHEMA, "rules": [rule]})))
    assert files["t.valid.csv"] == (tmp_path / "t.csv").read_bytes()
    assert files["t.invalid.csv"] == b"\xef\xbb\xbfid,pond\n"
    found = columns(files["t.reasons.csv"], "row", "severity")
    assert sorted(found) == [("", "warning"), ("3", "warning")]


def test_comments_go_with_the_valid_rows(tmp_path):
    content = b"# above\nid,pond\n# first\n1,Reed\nx,Lily\n# last\n"
    (tmp_path / "t.csv").write_bytes(content)
    folder = package(tmp_path, table(dialect={"commentChar": "#"}))
    _, files = parted(folder)
    assert files["t.valid.csv"] == content.replace(b"x,Lily\n", b"")
    assert files["t.invalid.csv"] == b"# above\nid,pond\nx,Lily\n"


def test_rows_left_out_by_their_number_are_not_parted(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,pond\n1,Reed\nnone\n2,Lily\n")
    said, files = parted(package(tmp_path, table(dialect={"commentRows": [3]})))
    assert "not split: its dialect leaves out rows by their number" in said[1]
    assert [*files] == ["t.reasons.csv"]


def test_several_files_become_one(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"id,pond\n1,Reed\nx,Lily")
    (tmp_path / "b.csv").write_bytes(b"id,pond\n2,Moss\n1,Fern")
    (tmp_path / "c.csv").write_bytes(b"3,Sedge\n")
    _, files = parted(package(tmp_path, table(path=["a.csv", "b.csv", "c.csv"])))
    assert files["t.valid.csv"] == b"id,pond\n1,Reed\n2,Moss\n3,Sedge\n"
    assert files["t.invalid.csv"] == b"id,pond\nx,Lily\n1,Fern"
    places = {
        (one["path"], one["row"], one["invalid_row"]) for one in reasons(files["t.reasons.csv"])
    }
    assert {("a.csv", "3", "2"), ("b.csv", "6", "3")} <= places


def test_files_in_several_encodings_are_not_parted(tmp_path):
    (tmp_path / "a.csv").write_bytes("id,pond\n1,Étang\n".encode())
    (tmp_path / "b.csv").write_bytes("id,pond\n2,Étang\n".encode("cp1252"))
    said, files = parted(package(tmp_path, table(path=["a.csv", "b.csv"])))
    assert "its files are in several encodings: utf-8, cp1252" in said[1]
    assert [*files] == ["t.reasons.csv"]


def test_bytes_that_a_text_has_twice_are_not_parted(tmp_path):
    content = b"id,pond\n1,\x87\x90\n"  # another form of the same character in Windows-31J
    assert content.decode("cp932").encode("cp932") != content
    (tmp_path / "t.csv").write_bytes(content)
    said, files = parted(package(tmp_path, table(encoding="windows-31j")))
    assert said[1] == "  t: not split: the bytes of t.csv cannot be told from its text"
    assert [*files] == ["t.reasons.csv"]


@pytest.mark.parametrize("suffix", ["csv.gz", "csv.zip"])
def test_compressed_files_are_unpacked(tmp_path, suffix):
    content = b"id,pond\n1,Reed\nx,Lily\n"
    if suffix == "csv.gz":
        (tmp_path / "t.csv.gz").write_bytes(gzip.compress(content))
    else:
        with zipfile.ZipFile(tmp_path / "t.csv.zip", "w") as archive:
            archive.writestr("t.csv", content)
    _, files = parted(package(tmp_path, table(path=f"t.{suffix}")))
    assert files["t.valid.csv"] == b"id,pond\n1,Reed\n"
    assert files["t.invalid.csv"] == b"id,pond\nx,Lily\n"


def test_lines_of_json_keep_their_bytes(tmp_path):
    lines = [b'{"id":1, "pond":"\\u0052eed"}\r\n', b"\n", b'{"id":"x"}\n', b"5\n", b'{ "id":2}']
    (tmp_path / "t.ndjson").write_bytes(b"".join(lines))
    _, files = parted(package(tmp_path, table(path="t.ndjson")))
    assert files["t.valid.ndjson"] == lines[0] + lines[1] + lines[4]
    assert files["t.invalid.ndjson"] == lines[2] + lines[3]
    found = {*columns(files["t.reasons.csv"], "row", "invalid_row")}
    assert found == {("3", "2"), ("4", "3")}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("header", ["", '["id","pond"]\n'])
def test_lines_of_json_stay_right_below_their_mark(tmp_path, encoding, header):
    good, bad = ('[1,"Reed"]\n', '["x","Lily"]\n') if header else ('{"id":1}\n', '{"id":"x"}\n')
    begin = "\ufeff" + header
    (tmp_path / "t.ndjson").write_bytes((begin + bad + good).encode(encoding))
    schema = {"fields": FIELDS, "fieldsMatch": "subset"}
    declared = {"encoding": encoding.removesuffix("-le").removesuffix("-be"), "schema": schema}
    _, files = parted(package(tmp_path, table(path="t.ndjson", **declared)))
    assert files["t.invalid.ndjson"] == (begin + bad).encode(encoding)
    (rest,) = (files[name] for name in files.keys() & {"t.valid.ndjson", "t.unproven.ndjson"})
    assert rest == (begin + good).encode(encoding)


def test_lists_of_json_have_their_header(tmp_path):
    content = b'["id","pond"]\n[1,"Reed"]\n["x","Lily"]\n'
    (tmp_path / "t.ndjson").write_bytes(content)
    _, files = parted(package(tmp_path, table(path="t.ndjson")))
    assert files["t.valid.ndjson"] == b'["id","pond"]\n[1,"Reed"]\n'
    assert files["t.invalid.ndjson"] == b'["id","pond"]\n["x","Lily"]\n'


def write_json(file):
    file.write_text('[{"id": 1, "pond": "Reed"}, {"id": "x"}]', "utf-8")


WITHOUT_LINES = {
    "json": write_json,
    "parquet": lambda file: pl.DataFrame({"id": [1], "pond": ["Reed"]}).write_parquet(file),
    "xlsx": lambda file: workbook(file, t=[["id", "pond"], [1, "Reed"]]),
}


@pytest.mark.parametrize("suffix", WITHOUT_LINES)
def test_what_has_no_lines_is_named(tmp_path, suffix):
    WITHOUT_LINES[suffix](tmp_path / f"t.{suffix}")
    said, files = parted(package(tmp_path, table(path=f"t.{suffix}")))
    assert said[1].startswith(f"  t: not split: a row of {suffix} has no lines of its own")
    assert [*files] == ["t.reasons.csv"]
    assert reasons(files["t.reasons.csv"])[0]["message"] == said[1].removeprefix("  t: ")


def test_what_is_no_table_is_named(tmp_path):
    (tmp_path / "t.png").write_bytes(b"")
    said, _ = parted(package(tmp_path, {"name": "t", "path": "t.png"}))
    assert said[1:] == ["  t: not split: the resource has no schema"]


BROKEN = {
    "a quote left open": (b'id,pond\n1,Reed\n2,"Lily\n3,Moss\n', "could not be read to its end"),
    "another delimiter": (b"id;pond\n1;Reed\n2;Lily\nx;Moss\n", "not written as it is declared"),
    "another encoding": (b"id,pond\n1,Reed\xe9\xc3\xa9\xc3\xa9\xc3\xa9\n", "read"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_table_that_was_not_read_is_not_parted(tmp_path, fault):
    content, why = BROKEN[fault]
    (tmp_path / "t.csv").write_bytes(content)
    said, files = parted(package(tmp_path, table()))
    assert said[1].startswith("  t: not split: ")
    assert why in said[1]
    assert [*files] == ["t.reasons.csv"]
    notes = [one for one in reasons(files["t.reasons.csv"]) if one["severity"] == "note"]
    assert [one["message"] for one in notes] == [said[1].removeprefix("  t: ")]


def test_an_absent_file_is_not_parted(tmp_path):
    said, files = parted(package(tmp_path, table()))
    assert said[1].startswith("  t: not split: ")
    assert [*files] == ["t.reasons.csv"]


DOUBTFUL = {
    "a header with another label": (b"id,name\n1,Reed\nx,Lily\n", {}, "errors in its header"),
    "a fast run": (b"id,pond\n1,Reed\nx,Lily\n", {"fast": True}, "not checked: keys"),
}


@pytest.mark.parametrize("doubt", DOUBTFUL)
def test_rows_that_were_not_judged_whole_are_not_called_valid(tmp_path, doubt):
    content, options, why = DOUBTFUL[doubt]
    (tmp_path / "t.csv").write_bytes(content)
    said, files = parted(package(tmp_path, table()), **options)
    assert sorted(files) == ["t.invalid.csv", "t.reasons.csv", "t.unproven.csv"]
    assert said[1] == "  t: 1 row in t.unproven.csv, 1 row in t.invalid.csv"
    assert any(why in line for line in said[2:])
    notes = [one for one in reasons(files["t.reasons.csv"]) if one["severity"] == "note"]
    assert [one["message"] for one in notes] == [line.removeprefix("  t: ") for line in said[2:]]


def test_a_key_to_a_table_that_is_not_at_hand_leaves_rows_unproven(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,pond\n1,Reed\n")
    key = {"fields": "pond", "reference": {"resource": "ponds", "fields": "name"}}
    report = validate(tmp_path / "t.csv", schema={**SCHEMA, "foreignKeys": [key]})
    said = [*split(report, tmp_path / "out")]
    assert (tmp_path / "out" / "t.unproven.csv").exists()
    assert "only this table is at hand" in said[2]


def test_a_table_of_which_nothing_is_declared_is_unproven(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,pond\n1,Reed\n2,Lily,x\n")
    [*split(validate(tmp_path / "t.csv"), tmp_path / "out")]
    assert (tmp_path / "out" / "t.unproven.csv").read_bytes() == b"id,pond\n1,Reed\n"


def test_a_digest_that_differs_is_a_reason_of_no_row(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,pond\n1,Reed\nx,Lily\n")
    _, files = parted(package(tmp_path, table(bytes=7)))
    assert files["t.valid.csv"] == b"id,pond\n1,Reed\n"
    found = columns(files["t.reasons.csv"], "row", "code")
    assert found == [("3", "type-error"), ("", "byte-count")]


def test_a_waived_row_is_valid_and_its_reason_said(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,pond\n1,Reed\n2,Too long a name\n")
    (tmp_path / "w.csv").write_bytes(
        b"resource,key,field,code,reason,expires\nt,2,pond,constraint-error,asked for,2999-01-01\n"
    )
    fields = [{"name": name, "type": "string"} for name in ("resource", "key", "field", "code")]
    fields += [{"name": "reason", "type": "string"}, {"name": "expires", "type": "date"}]
    waivers = {"name": "w", "path": "w.csv", "schema": {"fields": fields}}
    _, files = parted(package(tmp_path, table(), waivers, waivers={"resource": "w"}))
    assert files["t.valid.csv"] == (tmp_path / "t.csv").read_bytes()
    (reason,) = reasons(files["t.reasons.csv"])
    assert (reason["row"], reason["waiver"]) == ("3", "asked for")


def with_parents(folder, rows):
    schema = {
        "fields": [{"name": "id", "type": "integer"}, {"name": "mother", "type": "integer"}],
        "primaryKey": "id",
        "foreignKeys": [{"fields": "mother", "reference": {"resource": "", "fields": "id"}}],
    }
    (folder / "t.csv").write_text("id,mother\n" + "".join(rows), "utf-8")
    return package(folder, table(schema=schema))


def test_a_row_that_refers_to_an_invalid_one_goes_with_it(tmp_path):
    folder = with_parents(tmp_path, ["1,\n", "2,x\n", "3,2\n", "4,3\n", "5,1\n"])
    said, files = parted(folder)
    assert files["t.valid.csv"] == b"id,mother\n1,\n5,1\n"
    assert files["t.invalid.csv"] == b"id,mother\n2,x\n3,2\n4,3\n"
    assert said[1:] == ["  t: 2 rows in t.valid.csv, 3 rows in t.invalid.csv"]
    found = [
        (one["row"], one["invalid_row"], one["line"], one["message"])
        for one in reasons(files["t.reasons.csv"])
    ]
    gone = "once the invalid rows have gone: no row of t.id has this value"
    assert found[1:] == [("4", "3", "4", gone), ("5", "4", "5", gone)]


def test_a_long_chain_of_references_leaves_rows_unproven(tmp_path):
    rows = ["0,x\n", *(f"{number},{number - 1}\n" for number in range(1, MOST_ROUNDS + 3))]
    said, files = parted(with_parents(tmp_path, rows))
    assert said[1] == f"  t: 2 rows in t.unproven.csv, {MOST_ROUNDS + 1} rows in t.invalid.csv"
    assert "still refer to rows" in said[2]
    assert files["t.unproven.csv"] == ("id,mother\n" + "".join(rows[-2:])).encode()


def test_a_row_that_refers_to_an_invalid_one_of_another_table_goes_too(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"# a\nid,pond\n# b\n1,Reed\nx,Lily\n2,Sallow wood\n3,Moss\n")
    key = {"fields": "t", "reference": {"resource": "t", "fields": "id"}}
    fields = [{"name": "n", "type": "string"}, {"name": "t", "type": "integer"}]
    child = table("c", "c.csv", schema={"fields": fields, "foreignKeys": [key]})
    (tmp_path / "c.csv").write_bytes(b"n,t\na,1\nb,2\nc,9\nd,3\n")
    _, files = parted(package(tmp_path, table(dialect={"commentChar": "#"}), child))
    assert files["t.valid.csv"] == b"# a\nid,pond\n# b\n1,Reed\n3,Moss\n"
    assert files["c.valid.csv"] == b"n,t\na,1\nd,3\n"
    assert files["c.invalid.csv"] == b"n,t\nb,2\nc,9\n"


NAME = {"name": "name", "type": "string", "restricted": True}
NUMBER = {"name": "n", "type": "integer"}
CODE = {"name": "code", "type": "integer", "restricted": True}
LEAST = {"name": "least", "message": "no least number", "query": "least.sql"}
WITHOUT_VALUES = {
    "a table rule that finds another row": (
        b"n,name\n1,Rohan\n2,Lena\n3,Aske\n",
        {"schema": {"fields": [NUMBER, NAME]}},
        "table-rule",
    ),
    "an empty cell that is no missing value": (
        b"n,code\n1,17\nx,18\n",
        {"schema": {"fields": [NUMBER, CODE], "missingValues": ["NA"]}},
        "type-error",
    ),
    "the same where all rows are valid": (
        b"n,code\n1,17\n2,18\n",
        {"schema": {"fields": [NUMBER, CODE], "missingValues": ["NA"]}},
        "type-error",
    ),
    "a file without header or rows": (
        b"x,Rohan\ny,Lena\n",
        {"schema": {"fields": [NUMBER, NAME]}, "dialect": {"header": False}},
        "source-error",
    ),
}


@pytest.mark.parametrize("fault", WITHOUT_VALUES)
def test_what_is_wrong_once_values_are_left_out_leaves_rows_unproven(tmp_path, fault):
    content, declared, code = WITHOUT_VALUES[fault]
    (tmp_path / "t.csv").write_bytes(content)
    (tmp_path / "least.sql").write_text("SELECT _row FROM t WHERE n = (SELECT MIN(n) FROM t)")
    rules = {"rules": [{**LEAST, "resource": "t"}]} if code == "table-rule" else {}
    said, files = parted(package(tmp_path, table(**declared), **rules))
    assert sorted(files) == ["t.invalid.csv", "t.reasons.csv", "t.unproven.csv"]
    assert said[2].endswith(f"restricted fields, they have errors of the code {code}")


def test_a_table_rule_that_reads_values_left_out_moves_no_row(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,pond\n1,Reed\n2,Lily\nx,Moss\n")
    (tmp_path / "c.csv").write_bytes(b"n,name\n1,Rohan\n2,Lena\n")
    query = "SELECT _row FROM t WHERE id NOT IN (SELECT n FROM c WHERE name IS NOT NULL)"
    (tmp_path / "known.sql").write_text(query)
    rule = {"name": "known", "message": "nobody is there", "query": "known.sql", "resource": "t"}
    people = table("c", "c.csv", schema={"fields": [NUMBER, NAME]})
    _, files = parted(package(tmp_path, table(), people, rules=[rule]))
    assert files["t.unproven.csv"] == b"id,pond\n1,Reed\n2,Lily\n"
    assert files["c.valid.csv"] == b"n,name\n1,\n2,\n"


ASKED_FOR = {
    "required": {"fields": [NUMBER, {**NAME, "constraints": {"required": True}}]},
    "a key": {"fields": [NUMBER, NAME], "primaryKey": "name"},
    "a rule": {
        "fields": [NUMBER, NAME],
        "rules": [{"name": "r", "check": "name IS NOT NULL", "message": "no name"}],
    },
}


@pytest.mark.parametrize("by", ASKED_FOR)
def test_values_that_are_missing_because_they_are_left_out_are_no_fault(tmp_path, by):
    (tmp_path / "t.csv").write_bytes(b"n,name\n1,Rohan\nx,Lena\n")
    _, files = parted(package(tmp_path, table(schema=ASKED_FOR[by])))
    assert files["t.valid.csv"] == b"n,name\n1,\n"


def test_a_row_beside_values_left_out_goes_with_what_it_refers_to(tmp_path):
    key = {"fields": "m", "reference": {"resource": "", "fields": "n"}}
    fields = [{**NUMBER, "constraints": {"maximum": 5}}, {"name": "m", "type": "integer"}, NAME]
    (tmp_path / "t.csv").write_bytes(b"n,m,name\n1,,Rohan\n7,,Lena\n2,7,Aske\n")
    schema = {"fields": fields, "foreignKeys": [key]}
    _, files = parted(package(tmp_path, table(schema=schema)))
    assert files["t.valid.csv"] == b"n,m,name\n1,,\n"
    assert files["t.invalid.csv"] == b"n,m,name\n7,,\n2,7,\n"


def test_a_fast_run_that_leaves_nothing_out_proves_rows(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"n\n1\nx\n")
    _, files = parted(package(tmp_path, table(schema={"fields": [NUMBER]})), fast=True)
    assert files["t.valid.csv"] == b"n\n1\n"


def test_only_what_is_asked_for_is_parted(tmp_path):
    for name in ("t", "u"):
        (tmp_path / f"{name}.csv").write_bytes(b"id,pond\n1,Reed\n")
    said, files = parted(package(tmp_path, table(), table("u", "u.csv")), resources=["u"])
    assert sorted(files) == ["u.invalid.csv", "u.reasons.csv", "u.valid.csv"]
    assert len(said) == 2


def test_formulas_do_no_harm_in_the_reasons(tmp_path):
    (tmp_path / "t.csv").write_bytes(b"id,pond\n=1+1,Reed\n")
    _, files = parted(package(tmp_path, table()))
    assert reasons(files["t.reasons.csv"])[0]["value"] == "'=1+1"


ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252", "utf-16-le", "utf-32"])
QUOTED = st.text('aé,;"\n\r 7', max_size=5).map(lambda text: '"' + text.replace('"', '""') + '"')
CELL = st.one_of(QUOTED, st.text("aé7 ", max_size=7), st.integers(1, 5).map(str))
RECORD = st.one_of(
    st.tuples(CELL, CELL).map(",".join),
    st.tuples(st.integers(1, 9).map(str), st.sampled_from(['"Re,ed"', "Étang", '"a\nb"'])).map(
        ",".join
    ),
    st.sampled_from(["", "#1,a", "1", "1,a,b", '"x"y,Reed', ",", '3,"x"y']),
)


MARKS = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}


def invalid_of(report, parts):
    """Which records have an error, each by its file and place in it."""
    errors = [one for one in report if one.severity == "error"]
    rows = {one.row for one in errors if one.row}
    lines = {(one.path, one.line) for one in errors if not one.row}
    number = 0
    for at, (head, records) in enumerate(parts):
        line = 1
        for place, record in enumerate([*head, *records], -len(head)):
            number += 1
            breaks = len(re.findall("\r\n|\r|\n", record)) + 1
            on_line = any((f"{at}.csv", line + more) in lines for more in range(breaks))
            if place >= 0 and not record.startswith("#") and (number in rows or on_line):
                yield at, place
            line += breaks


@settings(max_examples=100, deadline=None)
@given(
    parts=st.lists(st.lists(RECORD, max_size=6), min_size=1, max_size=3),
    end=ENDS,
    encoding=ENCODINGS,
    is_ended=st.booleans(),
    have_header=st.booleans(),
)
def test_valid_and_invalid_rows_together_are_all(
    tmp_path_factory, parts, end, encoding, is_ended, have_header
):
    folder = tmp_path_factory.mktemp("example")
    parts = [
        (["id,pond"], records) if have_header or not at else ([], records or [""])
        for at, records in enumerate(parts)
    ]
    for at, (head, records) in enumerate(parts):
        text = end.join([*head, *records])
        if is_ended or not records or not records[-1]:
            text += end
        (folder / f"{at}.csv").write_bytes(text.encode(encoding))
    paths = [f"{at}.csv" for at in range(len(parts))]
    declared = {"dialect": {"commentChar": "#"}, "encoding": encoding.removesuffix("-sig")}
    report = validate(package(folder, table(path=paths, **declared)))
    said, files = parted_report(report, folder)
    if "not split" in said[1]:
        assert [*files] == ["t.reasons.csv"]
        assert not report.valid
        return
    invalid = {*invalid_of(report, parts)}
    rest, wrong = ["id,pond"], ["id,pond"]
    for at, (_, records) in enumerate(parts):
        for place, record in enumerate(records):
            (wrong if (at, place) in invalid else rest).append(record)
    own = MARKS.get(encoding, encoding)
    mark = ("" if own == encoding else "\ufeff").encode(own)
    kind = "valid" if "t.valid.csv" in files else "unproven"
    for name, records in ((f"t.{kind}.csv", rest), ("t.invalid.csv", wrong)):
        wanted = mark + "".join(record + end for record in records).encode(own)
        assert files[name] in (wanted, wanted.removesuffix(end.encode(own))), name
    if kind == "valid":
        again = package(folder, table(path="out/t.valid.csv", **declared))
        assert validate(again).valid
    else:
        assert not report.valid


@pytest.mark.parametrize("content", ["id,pond\n1,a\n", "id,pond\n1,a\n2,b\nx,c\n", None])
def test_rows_that_were_not_judged_are_not_written(tmp_path, content):
    """The file is read again, by then it may be another one."""
    (tmp_path / "t.csv").write_text("id,pond\n1,a\n2,b\n", "utf-8")
    report = validate(package(tmp_path, table()))
    (tmp_path / "t.csv").unlink()
    if content is not None:
        (tmp_path / "t.csv").write_text(content, "utf-8")
    with pytest.raises(PackageError, match=r"t\.csv: (was changed|went) while it was read"):
        list(split(report, tmp_path / "parted"))
    assert not (tmp_path / "parted").exists()
