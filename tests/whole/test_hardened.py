"""Input made to exhaust time or memory, or to end a run without a word; see also test_hostile."""

import io
import json
import os
import zipfile

import polars as pl
import pytest
from click.testing import CliRunner
from support.made import said, workbook

from validate import PackageError, validate
from validate._src.cli.main import main
from validate._src.package import remote
from validate._src.package.descriptor import load_package
from validate._src.tables import _shape
from validate._src.tables.reading import read_batches

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
TEXT = {"name": "a", "type": "string"}
NUMBER = {"name": "a", "type": "integer"}


@pytest.fixture
def folder(tmp_path):
    """Writes a package of a table `t` and files; gives its folder."""

    def write(fields, files, path="t.csv", **properties):
        resource = {"name": "t", "path": path, "schema": {"fields": fields}}
        resource["schema"] |= properties.pop("schema", {})
        resource |= properties.pop("resource", {})
        others = properties.pop("others", [])
        descriptor = {"$schema": V2, "name": "made", "resources": [resource, *others], **properties}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        for name, content in files.items():
            content = content if isinstance(content, bytes) else content.encode()
            (tmp_path / name).write_bytes(content)
        return tmp_path

    return write


def codes(report):
    return [(one.row, one.field, one.code) for one in report]


def refused(report):
    """What is said of the one fault of a descriptor; what it asks for is not checked."""
    (fault,) = report
    assert fault.code == "descriptor-error"
    assert any("cannot be used" in part.why for part in report.not_checked)
    return fault.message


def row_rule(check):
    return {"rules": [{"name": "r", "check": check, "message": "wrong"}]}


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (" OR ".join(["a = 1"] * 8000), "more than 20,000 characters"),
        (" OR ".join(["a = 1"] * 400), "more than 300 operators"),
        ("+".join("a" * 3000) + " > 0", "more than 300 operators"),
        ("(" * 301 + "a" + ")" * 301, "more than 300 operators"),
        ("ROW_NUMBER() = 1", "looks at other rows"),
    ],
)
def test_row_rules_are_of_a_size_that_can_be_judged(folder, check, said):
    assert said in refused(validate(folder([NUMBER], {"t.csv": "a\n1\n"}, schema=row_rule(check))))


def test_a_row_rule_may_list_many_values(folder):
    check = f"a IN ({', '.join(map(str, range(1000)))})"
    report = validate(folder([NUMBER], {"t.csv": "a\n1\n1000\n"}, schema=row_rule(check)))
    assert codes(report) == [(3, None, "row-constraint")]


def test_names_of_fields_in_a_row_rule_may_have_braces(folder):
    field = {"name": "a{}", "type": "integer"}
    report = validate(folder([field], {"t.csv": "a{}\n1\n"}, schema=row_rule('"a{}" > 3')))
    assert [(one.row, one.value) for one in report] == [(2, "a{}=1")]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (" UNION ALL ".join(["SELECT _row FROM t"] * 400), "more than 300 operators"),
        ("SELECT ARRAY_AGG(_row) AS _row FROM t", "must return _row of t"),
        ("SELECT 'x' AS _row FROM t", "must return _row of t"),
    ],
)
def test_table_rules_are_of_a_size_that_can_be_judged(folder, query, said):
    rule = {"name": "r", "resource": "t", "query": "r.sql", "message": "wrong"}
    report = validate(folder([NUMBER], {"t.csv": "a\n1\n", "r.sql": query}, rules=[rule]))
    assert said in refused(report)


def test_a_long_circle_is_shown_in_part(folder):
    rows = "".join(f"r{number},r{(number + 1) % 3000}\n" for number in range(3000))
    fields = [{"name": name, "type": "string"} for name in ("id", "next")]
    key = {"fields": ["next"], "reference": {"fields": ["id"]}, "acyclic": True}
    schema = {"primaryKey": ["id"], "foreignKeys": [key]}
    report = validate(folder(fields, {"t.csv": f"id,next\n{rows}"}, schema=schema))
    assert len(report.findings) == 3000
    assert {one.code for one in report} == {"foreign-key-cycle"}
    first = next(iter(report))
    assert first.message.startswith("leads back to itself: r0 → r1 → ")
    assert first.message.endswith(" → r19 → … → r0")


def test_waivers_that_are_the_same_do_not_multiply(folder):
    fields = [{"name": "id", "type": "string"}, {"name": "v", "type": "integer"}]
    names = ("resource", "key", "field", "code", "reason", "expires")
    types = [{"name": name, "type": "date" if name == "expires" else "string"} for name in names]
    others = [{"name": "w", "path": "w.csv", "schema": {"fields": types}}]
    waived = "t,x,v,type-error,r,9999-12-31\n" * 3000
    files = {
        "t.csv": "id,v\n" + "x,q\n" * 3000,
        "w.csv": f"{','.join(names)}\n{waived}t,x,id,type-error,r,9999-12-31\n",
    }
    path = folder(
        fields, files, schema={"primaryKey": ["id"]}, others=others, waivers={"resource": "w"}
    )
    report = validate(path)
    assert len(report.waived) == 3000
    assert {one.code for one in report} == {"primary-key", "waiver-unmatched"}
    assert [one.row for one in report if one.code == "waiver-unmatched"] == [3002]


@pytest.mark.parametrize("place", [b"XFD1048576", b"ZZZZ99999999", b"zzz9999999"])
def test_a_sheet_of_two_cells_far_apart_is_refused(folder, place):
    path = folder([TEXT], {}, path="t.xlsx")
    workbook(path / "t.xlsx", t=[["a"], ["x"]])
    content = io.BytesIO()
    with zipfile.ZipFile(path / "t.xlsx") as old, zipfile.ZipFile(content, "w") as new:
        for member in old.infolist():
            text = old.read(member)
            if member.filename == "xl/worksheets/sheet1.xml":
                row = place.lstrip(b"XFDZz")
                text = text.replace(b'r="A2"', b'r="%b"' % place).replace(b'r="2"', b'r="%b"' % row)
            new.writestr(member, text)
    (path / "t.xlsx").write_bytes(content.getvalue())
    assert 'sheet "t" is too large: at most' in said(validate(path))


def test_a_workbook_that_unpacks_to_much_more_is_refused(folder):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 2**27)
    path = folder([TEXT], {"t.xlsx": content.getvalue()}, path="t.xlsx")
    assert said(validate(path)) == "t.xlsx: unpacks to more than a workbook can hold"


def test_rows_with_many_keys_are_read_in_linear_time(folder):
    names = [f"k{number}" for number in range(20_000)]
    row = json.dumps(dict.fromkeys(names, "x"))
    fields = [{"name": name, "type": "string"} for name in names[:1]]
    path = folder(
        fields, {"t.ndjson": f"{row}\n" * 3}, path="t.ndjson", schema={"fieldsMatch": "subset"}
    )
    assert codes(validate(path)) == []


def test_cells_too_many_are_found_some_at_a_time(folder, monkeypatch):
    monkeypatch.setattr(_shape, "SLICE", 7)
    path = folder([TEXT], {"t.csv": "a\n" + ",".join("x" * 31) + "\n1,2\n"})
    frames = [*next(read_batches(load_package(path).resources["t"])).findings]
    assert [len(frame) for frame in frames] == [7, 7, 7, 7, 3]
    report = validate(path)
    assert [one.row for one in report] == [2] * 30 + [3]
    messages = [one.message for one in report]
    assert messages[29:] == [f"cell {n} is one too many; the table has 1 columns" for n in (31, 2)]


def test_of_a_row_that_lacks_many_cells_the_first_hundred_are_listed(folder):
    fields = [{"name": f"f{number}", "type": "string"} for number in range(300)]
    header = ",".join(field["name"] for field in fields)
    report = validate(folder(fields, {"t.csv": f"{header}\n1,2\n"}))
    assert sorted(one.field for one in report) == sorted(f"f{number}" for number in range(2, 102))
    assert {one.message for one in report} == {"the row ends after 2 of 300 cells"}


def array_of(schema):
    return {"name": "a", "type": "array", "constraints": {"jsonSchema": schema}}


def test_a_json_schema_that_explodes_is_given_up(folder, monkeypatch):
    from validate._src.fields import _jsonschema as jsonschema

    monkeypatch.setattr(jsonschema, "ALLOWED", 0.2)
    definitions = {
        f"d{number}": {"allOf": [{"$ref": f"#/definitions/d{number + 1}"}] * 2}
        for number in range(40)
    }
    schema = {"definitions": {**definitions, "d40": {}}, "$ref": "#/definitions/d0"}
    report = validate(folder([array_of(schema)], {"t.csv": "a\n[1]\n"}))
    assert "takes too long to judge a value" in refused(report)


def test_items_are_unique_by_their_values(folder):
    rows = json.dumps([{"x": number, "y": 1.0} for number in range(5000)])
    twice = json.dumps([{"x": 1, "y": 2}, {"y": 2, "x": 1}])
    quoted = "\n".join('"' + row.replace('"', '""') + '"' for row in (rows, twice))
    report = validate(folder([array_of({"uniqueItems": True})], {"t.csv": f"a\n{quoted}\n"}))
    assert codes(report) == [(3, "a", "constraint-error")]


def test_a_json_schema_that_refers_to_what_it_does_not_hold_is_found(folder):
    schema = {"items": [{}], "properties": {"x": {"$ref": "#/items/z"}}}
    assert "does not hold" in refused(validate(folder([array_of(schema)], {"t.csv": "a\n[1]\n"})))


def given_up(report):
    return [(part.what, part.why) for part in report.not_checked]


def test_a_value_that_a_json_schema_cannot_judge_is_named_and_others_are_judged(folder):
    number = array_of({"items": {"multipleOf": 0.01}})
    report = validate(folder([number], {"t.csv": "a\n[1e999]\n[0.001]\n[1]\n"}))
    assert codes(report) == [(3, "a", "constraint-error")]
    why = "a number is too large for the schema to be judged by"
    assert given_up(report) == [("jsonSchema of field a in 1 of the rows of t", why)]


def test_a_value_whose_schema_takes_too_long_is_named_and_others_are_judged(folder, monkeypatch):
    from validate._src.fields import _jsonschema as jsonschema

    monkeypatch.setattr(jsonschema, "ALLOWED", 0.2)
    doubled = {
        f"d{number}": {"allOf": [{"$ref": f"#/definitions/d{number + 1}"}] * 2}
        for number in range(40)
    }
    schema = {"definitions": {**doubled, "d40": {}}, "items": {"$ref": "#/definitions/d0"}}
    report = validate(
        folder([array_of({"maxItems": 1, **schema})], {"t.csv": 'a\n[1]\n[]\n"[1,2]"\n'})
    )
    assert [(what, why[:26]) for what, why in given_up(report)] == [
        ("jsonSchema of field a in 1 of the rows of t", "the schema takes too long ")
    ]
    assert codes(report) == [(4, "a", "constraint-error")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("t.json", '[{"a": "\\udfff"}]'),
        ("t.json", '[{"a": "x"}, {"a": "\\udfff"}]'),
        ("t.ndjson", '{"a": "\\udfff"}'),
    ],
)
def test_half_a_surrogate_pair_in_json_is_no_text(folder, name, content):
    report = validate(folder([TEXT], {name: content}, path=name))
    assert [one.code for one in report] == ["type-error"]
    assert "half of a surrogate pair" in next(iter(report)).message


@pytest.mark.parametrize("content", ['{"a\\ud800": "x"}', '{"a": {"\\ud800": 1}}'])
def test_keys_with_half_a_surrogate_pair_are_shown_as_characters(folder, content):
    report = validate(folder([TEXT], {"t.ndjson": content}, path="t.ndjson"))
    assert len(report.findings) >= 1
    for name in ("text", "json", "csv"):
        arguments = ["run", str(folder([TEXT], {}, path="t.ndjson")), "--format", name]
        assert CliRunner().invoke(main, arguments).exit_code == 1


@pytest.mark.parametrize(
    ("dtype", "value", "text"),
    [
        (pl.List(pl.Binary), [b"\xff"], '["/w=="]'),
        (pl.Struct({"b": pl.Array(pl.Binary, 1)}), {"b": [b"\xff"]}, '{"b": ["/w=="]}'),
    ],
)
def test_bytes_within_lists_and_objects_are_base_64(folder, dtype, value, text):
    """Polars panics where it is to write them as JSON."""
    content = io.BytesIO()
    frame = pl.DataFrame({"a": [value]}, schema={"a": dtype})
    frame.write_parquet(content)
    path = folder([TEXT], {"t.parquet": content.getvalue()}, path="t.parquet")
    for report in (validate(path), validate(frame, {"fields": [TEXT]})):
        (found,) = report
        assert (found.code, found.value) == ("type-error", text)


def test_a_long_argument_of_a_constraint_is_cut(folder):
    field = {**TEXT, "constraints": {"enum": ["x" * 100_000]}}
    (one,) = validate(folder([field], {"t.csv": "a\ny\n"}))
    assert len(one.message) < 200


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_descriptor_that_is_a_pipe_or_a_device_is_refused(tmp_path):
    os.mkfifo(tmp_path / "datapackage.json")
    with pytest.raises(PackageError, match="not a regular file"):
        validate(tmp_path)
    (tmp_path / "datapackage.json").unlink()
    (tmp_path / "datapackage.json").symlink_to("/dev/zero")
    with pytest.raises(PackageError, match="not a regular file"):
        validate(tmp_path)


def test_an_address_that_is_none_is_one_line(folder):
    path = folder([TEXT], {}, path="http://[x/t.csv")
    assert said(validate(path, allow_remote=True)).startswith("http://[x/t.csv: cannot be fetched")


def test_an_answer_that_drips_is_given_up(tmp_path, monkeypatch):
    class Answer(io.BytesIO):
        def read1(self, size=-1):
            now[0] += 1
            return b"x"

    class Opener:
        def open(self, request, timeout):
            return Answer()

    now = [0.0]
    monkeypatch.setattr(remote.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(remote, "build_opener", lambda *_: Opener())
    with pytest.raises(PackageError, match="not there after 300 seconds"):
        remote.Remote().fetch("https://ponds.example/t.csv", "here")


def test_codebook_does_nothing_to_a_terminal(folder):
    title = "\x1b]0;x\x07 \x9b31m \u202e"
    path = folder([TEXT], {"t.csv": "a\n1\n"}, resource={"title": title})
    result = CliRunner().invoke(main, ["codebook", "--package", str(path)])
    assert not set("\x1b\x07\x9b\u202e") & set(result.stdout)
