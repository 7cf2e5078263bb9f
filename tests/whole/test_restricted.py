"""A secret in a restricted field stands in no output, whatever is wrong with the data."""

import gzip
import io
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import polars as pl
import pytest
from click.testing import CliRunner
from support.made import PROFILE, workbook

from validate import InvalidPackageError, PackageError, load, validate
from validate._src.cli.main import main
from validate._src.report.formats import FORMATS, renderer
from validate._src.report.formats.view import View
from validate._src.split.split import split
from validate._src.words.finding import WITHHELD

SECRET = "Zq7Kw9XvB3"
OTHER = "Jf5Hd8Mt2P"
PARTS = {text[at : at + 4] for text in (SECRET, OTHER) for at in range(len(text) - 3)}


def told(folder, **options):
    """All that any output says of a package, and what Python raises and prints."""
    pieces = []
    try:
        report = validate(folder, **options)
    except PackageError as error:
        pieces.append(str(error))
    else:
        pieces += [str(report), repr([*report]), str(report.to_frame().to_dicts())]
        pieces += [repr(report.rows(report)), repr([*report.waived])]
        pieces += [repr(report.not_checked), repr(report.checked)]
        for name in FORMATS:
            view = View(None, width=200, colour=name == "text")
            pieces.append("".join(renderer(name)([report], view)))
        pieces += split_rows(report)
    if not options:
        try:
            load(folder)
        except (PackageError, InvalidPackageError) as error:
            pieces.append(str(error))
    return "\n".join(pieces)


def split_rows(report):
    """All that is written where the rows of a report are split."""
    with TemporaryDirectory() as folder:
        yield from split(report, Path(folder))
        for file in Path(folder).iterdir():
            yield file.name + file.read_bytes().replace(b"\0", b"").decode("latin-1")


def said_of(text):
    return sorted(part for part in PARTS if part in text)


def field(name, kind="string", **more):
    return {"name": name, "type": kind, **more}


def package(folder, *resources, **more):
    descriptor = {"$schema": PROFILE, "name": "made", "resources": [*resources], **more}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    return folder


def table(name, fields, path=None, **more):
    schema = {"fields": fields, **more.pop("schema", {})}
    return {"name": name, "path": path or f"{name}.csv", "schema": schema, **more}


NAME = field("name", restricted=True)
AGE = field("age", "integer")
FAULTS = {
    "nothing wrong in it": f"name,age\n{SECRET},x\n",
    "an unquoted comma": f"name,age\nTern, {SECRET},34\n",
    "an unquoted comma in a short row": f"age,name\n{SECRET}\n",
    "a cell too few": f"name,age\n{SECRET}\n",
    "a quote left open": f'name,age\n"{SECRET},34\nTern,35\n',
    "a quote left open before it": f'age,name\n"34,{SECRET}\n35,Tern\n',
    "text after a quote": f'age,name\n"34" ,"x"{SECRET}\n',
    "text after a quote before it": f'age,name\n"34"{SECRET},x\n',
    "no header": f"{SECRET},34\nTern,x\n",
    "no header, twice": f"{SECRET},{SECRET}\nTern,x\n",
    "columns the other way": f"age,name\n34,{SECRET}\n",
    "another label": f"who,age\n{SECRET},x\n",
    "semicolons": f"name;age\n{SECRET};34\n",
    "tabs": f"name\tage\n{SECRET}\t34\n",
    "a title above": f"List of {SECRET}\nname,age\nTern,34\n",
    "a blank row": f"name,age\n\n{SECRET},y\n",
    "a column more": f"name,age,note\nTern,x,{SECRET}\n",
    "an empty column without label": f"name,age,\n{SECRET},x,\n",
    "another encoding": f"name,age\n{SECRET}ö,x\n".encode("cp1252"),
    "a null byte": f"name,age\n{SECRET}\0,x\n",
    "a no-break space": f"name,age\n\u00a0{SECRET}\u00a0,x\n",
    "twice": f"name,age\n{SECRET},1\n{SECRET},x\n",
}
LIMITS = {"maxLength": 3, "pattern": "x+", "enum": ["x"]}
MORE = {
    "text": [NAME, AGE],
    "a number": [field("name", "number", restricted=True), AGE],
    "a date": [field("name", "date", restricted=True), AGE],
    "constraints": [
        field(
            "name", restricted=True, constraints={"maxLength": 3, "pattern": "x+", "enum": ["x"]}
        ),
        AGE,
    ],
    "unique": [field("name", restricted=True, constraints={"unique": True}), AGE],
}
KEYS = {
    "no key": {},
    "primary key": {"primaryKey": ["name"]},
    "keys": {"primaryKey": ["age", "name"], "uniqueKeys": [["name"]]},
    "a rule": {"rules": [{"name": "r", "check": "name = 'x'", "message": "not x"}]},
}


@pytest.mark.parametrize("label", ["", " "])
@pytest.mark.parametrize("match", ["exact", "equal", "subset", "superset", "partial"])
def test_a_column_without_label_that_takes_in_what_a_comma_moves_tells_no_secret(
    tmp_path, match, label
):
    (tmp_path / "t.csv").write_text(f"name,age,{label}\nTern, {SECRET},34\n")
    made = table("t", [NAME, AGE], schema={"fieldsMatch": match})
    assert said_of(told(package(tmp_path, made))) == []


@pytest.mark.parametrize("keys", KEYS)
@pytest.mark.parametrize("kind", MORE)
def test_no_fault_of_a_delimited_table_tells_a_secret(tmp_path, kind, keys):
    fields = MORE[kind]
    for fault, content in FAULTS.items():
        by_label = (
            sorted(fields, key=lambda one: one["name"]) if "age,name" in str(content) else fields
        )
        content = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "t.csv").write_bytes(content)
        for match in ("exact", "partial") if kind == "text" else ("exact",):
            schema = {**KEYS[keys], "fieldsMatch": match}
            if kind != "text" and "rules" in schema:
                continue
            folder = package(tmp_path, table("t", by_label, schema=schema))
            assert said_of(told(folder)) == [], (fault, match)
    (tmp_path / "t.csv").write_text(FAULTS["nothing wrong in it"])
    free = package(tmp_path, table("t", [{**one, "restricted": False} for one in fields]))
    assert said_of(told(free)) != []  # the same outputs tell it where nothing is restricted


def write_json(rows):
    return json.dumps(rows).encode()


def write_parquet(rows):
    content = io.BytesIO()
    pl.DataFrame(rows, strict=False).write_parquet(content)
    return content.getvalue()


OTHER_FORMATS = {
    "t.json": write_json([{"name": SECRET, "age": "x"}, {"age": 1, SECRET: OTHER}]),
    "broken/t.json": f'[{{"name": "{SECRET}", "age" 1}}]'.encode(),
    "broken2/t.json": f'[{{"name": {SECRET}, "age": 1}}]'.encode(),
    "twice/t.json": f'[{{"name": "{SECRET}", "name": "{OTHER}", "age": "x"}}]'.encode(),
    "lists/t.json": write_json([["name", "age"], [SECRET, "x"], [OTHER]]),
    "no/t.json": write_json([SECRET, {"name": OTHER, "age": "x"}]),
    "t.ndjson": f'{{"name": "{SECRET}", "age": "x"}}\n{{"name": {SECRET}}}\n'.encode(),
    "is/t.ndjson": write_json([{"name": SECRET, "age": "x"}]),
    "t.parquet": write_parquet({"name": [SECRET, SECRET], "age": ["x", None]}),
    "t.csv.gz": gzip.compress(f"name,age\n{SECRET},x\n{OTHER}".encode())[:-6],
}


@pytest.mark.parametrize("name", OTHER_FORMATS)
@pytest.mark.parametrize("kind", MORE)
def test_no_other_format_tells_a_secret(tmp_path, name, kind):
    file = name.rpartition("/")[2]
    (tmp_path / file).write_bytes(OTHER_FORMATS[name])
    for keys in ({}, {"primaryKey": "name"}):
        folder = package(tmp_path, table("t", MORE[kind], file, schema=keys))
        assert said_of(told(folder)) == []


def test_no_sheet_and_no_frame_tells_a_secret(tmp_path):
    rows = [["name", "age"], [SECRET, "x"], [7391846255123456789.0, "y"]]
    workbook(tmp_path / "t.xlsx", Sheet=rows)
    for kind in MORE.values():
        assert said_of(told(package(tmp_path, table("t", kind, "t.xlsx")))) == []
        frame = pl.DataFrame({"name": [SECRET, SECRET], "age": ["x", None]})
        schema = {"fields": kind, "primaryKey": ["name"]}
        assert said_of(told(frame, schema=schema)) == []
        assert said_of(told(frame.select("age", "name"), schema=schema)) == []


def test_data_inline_tell_no_secret(tmp_path):
    for data in ([{"name": SECRET, "age": "x"}], [["name", "age"], [SECRET, "x"]], SECRET):
        inline = {"name": "t", "data": data, "schema": {"fields": [NAME, AGE]}}
        for more in ({}, {"title": 5}, {"path": "t.csv"}, {"name": "T t"}):
            assert said_of(told(package(tmp_path, {**inline, **more}))) == []


PERSONS = f"id,name\n1,{SECRET}\n2,Tern\n2,x\n"
VISITS = f"person,note\n{SECRET},a\n{OTHER},\n{SECRET},\n"
REFERENCE = {"fields": "person", "reference": {"resource": "persons", "fields": "name"}}


@pytest.mark.parametrize("side", ["persons", "visits"])
@pytest.mark.parametrize("visits_first", [False, True])
def test_a_key_is_withheld_on_both_sides_of_a_reference(tmp_path, side, visits_first):
    (tmp_path / "persons.csv").write_text(PERSONS)
    (tmp_path / "visits.csv").write_text(VISITS)
    resources = [
        table(
            "persons",
            [field("id", "integer", constraints={"unique": True}), field("name")],
            schema={"primaryKey": "name"},
        ),
        table(
            "visits",
            [field("person"), field("note", constraints={"required": True})],
            schema={"foreignKeys": [REFERENCE], "primaryKey": "person"},
        ),
    ]
    number = ["persons", "visits"].index(side)
    resources[number]["schema"]["fields"][1 - number]["restricted"] = True
    folder = package(tmp_path, *(reversed(resources) if visits_first else resources))
    assert said_of(told(folder)) == []
    codes = {(one.resource, one.code) for one in validate(folder)}
    assert {("visits", "foreign-key"), ("visits", "primary-key")} <= codes
    for key in (SECRET, "Tern", OTHER):
        shown = CliRunner().invoke(main, ["show", key, "--package", str(folder)])
        assert shown.exit_code == 0 if key != "Tern" or side == "persons" else True
        assert said_of(shown.output.replace(f'the key "{key}"', "")) == []


def test_a_circle_of_keys_names_no_secret(tmp_path):
    (tmp_path / "t.csv").write_text(f"name,part_of\n{SECRET},{OTHER}\n{OTHER},{SECRET}\n")
    key = {"fields": "part_of", "reference": {"fields": "name"}, "acyclic": True}
    fields = [NAME, field("part_of")]
    folder = package(tmp_path, table("t", fields, schema={"foreignKeys": [key]}))
    assert [one.code for one in validate(folder)] == ["foreign-key-cycle"] * 2
    assert said_of(told(folder)) == []


def test_dates_that_follow_from_a_secret_are_withheld(tmp_path):
    (tmp_path / "t.csv").write_text("born,first,died\n7391-05-06,7391-05-07,7390\n7391-13,,\n")
    edtf = {"earliest": "first", "notBefore": "died"}
    fields = [
        field("born", restricted=True, edtf=edtf),
        field("first", "date"),
        field("died", edtf={"notBefore": "born"}),
    ]
    text = told(package(tmp_path, table("t", fields)))
    assert "edtf-error" in text
    assert "7391" not in text


def test_numbers_that_a_secret_states_are_withheld(tmp_path):
    (tmp_path / "t.csv").write_text("born,year,note\nin 7391,7392,Born in 7393.\n7391 to 7394,,\n")
    numeral = {"value": "year", "restatedIn": ["note"]}
    fields = [
        field("born", restricted=True, numeral=numeral),
        field("year", "integer"),
        field("note"),
    ]
    text = told(package(tmp_path, table("t", fields)))
    assert "numeral-error" in text
    assert "739" not in text
    assert "7,39" not in text


def test_waivers_find_a_key_that_is_withheld(tmp_path):
    (tmp_path / "t.csv").write_text(f"name,age\n{SECRET},x\n{OTHER},y\n")
    lines = "resource,key,field,code,reason,expires\n"
    lines += f"t,{SECRET},age,type-error,known,2999-01-01\n"
    lines += f"t,{OTHER},age,type-error,known,2001-01-01\n"
    lines += f"t,{OTHER},age,missing-cell,known,2999-01-01\n"
    (tmp_path / "waivers.csv").write_text(lines)
    names = ("resource", "key", "field", "code", "reason")
    waivers = table("waivers", [*map(field, names), field("expires", "date")])
    rows = table("t", [NAME, AGE], schema={"primaryKey": "name"})
    folder = package(tmp_path, rows, waivers, waivers={"resource": "waivers"})
    report = validate(folder)
    assert [one.code for one in report.waived] == ["type-error"]
    assert [one.code for one in report] == ["type-error", "waiver-expired", "waiver-unmatched"]
    assert said_of(told(folder)) == []


def test_waivers_find_a_withheld_key_beside_findings_that_are_folded(tmp_path):
    depths = "".join(f'N{at},{at},"{at},5"\n' for at in range(30))
    (tmp_path / "t.csv").write_text(f'name,age,depth\n{depths}{SECRET},x,"7,5"\n{OTHER},y,1.5\n')
    lines = "resource,key,field,code,reason,expires\n"
    lines += f"t,{SECRET},age,type-error,known,2999-01-01\n"
    (tmp_path / "waivers.csv").write_text(lines)
    names = ("resource", "key", "field", "code", "reason")
    waivers = table("waivers", [*map(field, names), field("expires", "date")])
    rows = table("t", [NAME, AGE, field("depth", "number")], schema={"primaryKey": "name"})
    folder = package(tmp_path, rows, waivers, waivers={"resource": "waivers"})
    report = validate(folder)
    assert [(one.code, one.value) for one in report.waived] == [("type-error", "x")]
    assert [(one.code, one.value) for one in report if one.severity == "error"] == [
        ("misread-file", None),
        ("type-error", "y"),
    ]
    assert said_of(told(folder)) == []


def test_rules_that_fail_on_a_secret_do_not_name_it(tmp_path):
    (tmp_path / "t.csv").write_text(f"name,age\n{SECRET},1\n7391,2\n")
    rules = [
        "CAST(name AS INTEGER) > 3",
        "name = 'x'",
        "STRPTIME(name, '%Y') IS NULL",
    ]
    for check in rules:
        schema = {"rules": [{"name": "r", "check": check, "message": "no"}]}
        assert said_of(told(package(tmp_path, table("t", [NAME, AGE], schema=schema)))) == []
    queries = [
        "SELECT _row FROM t WHERE name <> 'x'",
        "SELECT _row FROM t WHERE CAST(name AS INTEGER) > 3",
        "SELECT name AS _row FROM t",
        "SELECT CAST(name AS BIGINT) AS _row FROM t WHERE age = 2",
    ]
    for query in queries:
        (tmp_path / "r.sql").write_text(query)
        rule = {"name": "r", "resource": "t", "query": "r.sql", "message": "no"}
        text = told(package(tmp_path, table("t", [NAME, AGE]), rules=[rule]))
        assert said_of(text) == []
        assert "7391" not in text


def test_what_is_withheld_has_the_same_length_and_null_stays_null(tmp_path):
    (tmp_path / "t.csv").write_text(f"name,age\n{SECRET},1\nab,2\n,3\n")
    limits = {"maxLength": 1, "required": True}
    fields = [field("name", restricted=True, constraints=limits), AGE]
    report = validate(package(tmp_path, table("t", fields, schema={"primaryKey": "age"})))
    assert [(one.row, one.key, one.value) for one in report] == [
        (2, ("1",), WITHHELD),
        (3, ("2",), WITHHELD),
        (4, ("3",), None),
    ]
    rows = report.rows(report)
    assert {row.cells for row in rows.values()} == {(WITHHELD, age) for age in "123"}


def test_the_command_tells_no_secret(tmp_path):
    (tmp_path / "t.csv").write_text(f"name,age\n{SECRET},x\n{SECRET},y\n{SECRET}\n")
    folder = package(tmp_path, table("t", [NAME, AGE], schema={"primaryKey": "name"}))
    for more in ([], ["--fast"], ["--limit", "1"], ["--format", "html"], ["--color"]):
        output = CliRunner().invoke(main, ["run", str(folder), *more]).output
        assert said_of(output) == []
        assert WITHHELD in output


def test_other_fields_are_shown_as_ever(tmp_path):
    (tmp_path / "t.csv").write_text(f"name,age,note\n{SECRET},x,fine\n")
    (fault,) = validate(package(tmp_path, table("t", [NAME, AGE, field("note")])))
    assert (fault.value, fault.key) == ("x", ())


@pytest.mark.parametrize(
    "fault",
    [
        {"type": "texts"},
        {"constraints": 5},
        {"constraints": {"minLength": "x"}},
        {"constraints": {"pattern": "("}},
        {"format": 5},
        {"missingValues": 5},
        {"edtf": {"earliest": "age"}},
        {"numeral": {"value": "name"}},
        {"title": 5},
    ],
)
def test_a_field_with_a_fault_in_the_descriptor_is_restricted_all_the_same(tmp_path, fault):
    (tmp_path / "t.csv").write_text(f"name,age\n{SECRET},x\n{SECRET},2\n")
    folder = package(tmp_path, table("t", [{**NAME, **fault}, AGE], schema={"primaryKey": "name"}))
    assert said_of(told(folder)) == []


def test_restricted_is_true_or_false(tmp_path):
    (tmp_path / "t.csv").write_text(f"name,age\n{SECRET},x\n")
    for word in ("yes", 1, None, []):
        text = told(package(tmp_path, table("t", [field("name", restricted=word), AGE])))
        assert said_of(text) == []
        assert "restricted" in text


WITH_THE_FIELD = [
    kind
    for kind, content in FAULTS.items()
    if kind != "a column more" and b"name" in (content if isinstance(content, bytes)
                                              else content.encode())
]  # fmt: skip


@pytest.mark.parametrize("rows", [0, 20])
@pytest.mark.parametrize("strict", [(), ("--strict",)])
@pytest.mark.parametrize("kind", WITH_THE_FIELD)
def test_init_tells_no_secret(tmp_path, monkeypatch, kind, strict, rows):
    monkeypatch.chdir(tmp_path)
    content = FAULTS[kind]
    mark = next((mark for mark in ";\t" if mark in str(content)), ",")
    more = "".join(f"{OTHER}{number}{mark}{number}\n" for number in range(rows))
    if "age,name" in str(content):
        more = "".join(f"{number},{OTHER}{number}\n" for number in range(rows))
    content = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "persons.csv").write_bytes(content + more.encode())
    result = CliRunner().invoke(main, ["init", "persons.csv", "--restricted", "name", *strict])
    written = tmp_path / "datapackage.json"
    if result.exit_code != 2:
        assert "restricted" in written.read_text("utf-8")
        assert said_of(written.read_text("utf-8")) == []
    assert said_of(result.output) == []
