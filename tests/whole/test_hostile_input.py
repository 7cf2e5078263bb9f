"""Hostile input ends in a clear finding or one clear line, soon, and reads nothing outside."""

import gzip
import json
import os
import sys

import pytest
from click.testing import CliRunner

from validate._src.cli.main import main
from validate._src.reading import _parsing, blocks, files, records

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
FIELDS = [{"name": "a", "type": "string"}, {"name": "b", "type": "integer"}]


@pytest.fixture
def run(tmp_path):
    """Runs the command on a package of one table; gives exit code and output."""

    def run(data, path="t.csv", fields=FIELDS, schema=(), **properties):
        if data is not None:
            (tmp_path / path).write_bytes(data.encode() if isinstance(data, str) else data)
        resource = {"name": "t", "path": path, "schema": {"fields": fields, **dict(schema)}}
        descriptor = {"$schema": PROFILE, "name": "h", "resources": [{**resource, **properties}]}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        result = CliRunner().invoke(main, ["run", str(tmp_path)])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result.exit_code, result.output

    return run


@pytest.fixture
def small(monkeypatch):
    """Blocks and the longest cell are small, so that little is much."""
    for module in (files, blocks):
        monkeypatch.setattr(module, "BLOCK", 1000)
    monkeypatch.setattr(blocks, "TAIL", 100)
    for module in (blocks, _parsing):
        monkeypatch.setattr(module, "LONGEST_BLOCK", 2000)
    monkeypatch.setattr(records, "LONGEST_CELL", 1500)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    "data",
    ["a,b\n" + "x" * 9000 + ",1\n", 'a,b\n"' + "x" * 9000 + '",1\n', 'a,b\n"x,1\n' + "y,1\n" * 900],
    ids=["a huge cell", "a huge quoted cell", "an open quote"],
)
def test_a_record_without_end_is_a_finding(run, data):
    code, output = run(data)
    assert code == 1
    said = ["line 2 does not end; a quote may be left open", "a quote begins a cell on line 2 that"]
    assert any(one in output for one in said)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"a,b\nx\0,1\n\0,\0\n", "not an integer such as 42"),
        (b"a,b\n\xff,1\n", "read as windows-1252, which is not declared"),
        ("ä,b\nöäü,1\n".encode() + b"\xff,1\n", "byte 0xff at offset 14 is not utf-8"),
        (b"a,a\nx,1\n", 'columns 1 and 2 are both labelled "a"'),
        (b"\n\n", "the header has no labels"),
        ("a,b\nx," + "9" * 400 + ".\n", "not an integer such as 42"),
        ("a,b\n" + "1," * 20_000 + "1\n", "extra-cell: extra cell (19,999)"),
        ("a,b\n" + "\n" * 100_000 + "x,1\n", "blank-row: blank row (100,000)"),
        ("a,b\n\x1b[31m,x\n", "not an integer such as 42"),
    ],
)
def test_odd_files_are_told_clearly(run, data, line):
    code, output = run(data)
    assert code == (0 if "read as" in line else 1)
    assert line in output
    assert "\x1b" not in output


def test_ten_thousand_columns_are_read(run):
    fields = [{"name": f"c{number}", "type": "integer"} for number in range(10_000)]
    header = ",".join(field["name"] for field in fields)
    code, output = run(f"{header}\n{'1,' * 9_999}x\n", fields=fields)
    assert code == 1
    assert "c9999: not an integer such as 42" in output


@pytest.mark.parametrize("encoding", ["zip", "undefined", "rot13", "no-such"])
def test_an_encoding_that_is_none_is_one_line(run, encoding):
    code, output = run("a,b\n", encoding=encoding)
    assert code == 1
    assert "descriptor-error" in output
    assert f'unknown encoding "{encoding}"' in output


@pytest.mark.parametrize(
    ("encoding", "data"), [("punycode", b"a,b\nx,1\n"), ("utf-16", b"\xff\xfea\0,\0b\0\n\0x")]
)
def test_what_is_not_in_its_encoding_is_a_finding(run, encoding, data):
    code, output = run(data, encoding=encoding)
    assert (code, output.count("encoding-error: ")) == (1, 1)
    assert encoding in output


@pytest.mark.parametrize(
    "data",
    ["[" * 100_000, '[{"a": NaN}]', "[1,", '{"a": 1}', ""],
)
def test_json_that_is_no_table_is_a_finding(run, data):
    code, output = run(data, path="t.json")
    assert code == 1
    assert "source-error" in output


@pytest.mark.parametrize("number", ["1e400", "1e999999999", "1e-999999999", "0.1e-400"])
def test_numbers_of_any_size_are_read(run, number):
    fields = [{"name": "a", "type": "number"}]
    assert run(f'[{{"a": {number}}}]', path="t.json", fields=fields)[0] == 0


@pytest.mark.skipif(os.name == "nt", reason="no named pipes")
def test_a_named_pipe_is_not_waited_for(run, tmp_path):
    os.mkfifo(tmp_path / "t.csv")
    code, output = run(None)
    assert code == 1
    assert "not a regular file" in output


@pytest.mark.skipif(sys.platform == "win32", reason="no devices")
def test_a_device_is_not_read(run, tmp_path):
    (tmp_path / "t.csv").symlink_to("/dev/zero")
    code, output = run(None)
    assert code == 1
    assert "leads out of the package's folder" in " ".join(output.split())


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ({"type": "string", "constraints": {"pattern": "a{1000}{1000}"}}, "invalid pattern"),
        ({"type": "integer", "constraints": {"minimum": "x"}}, "is not a value of type integer"),
        ({"type": "number", "groupChar": "."}, "must be two characters"),
        ({"type": "number", "decimalChar": ""}, "must be two characters"),
        ({"type": "boolean", "trueValues": ["y", "0"]}, '"0" is among trueValues and falseValues'),
        ({"type": "boolean", "falseValues": ["1"]}, '"1" is among trueValues and falseValues'),
    ],
)
def test_a_field_that_cannot_be_judged_is_one_line(run, field, line):
    code, output = run("a\n1\n", fields=[{"name": "a", **field}])
    assert code == 1
    assert "descriptor-error" in output
    assert line in " ".join(output.split())


def test_names_of_fields_that_we_use_ourselves_are_only_names(run):
    names = ["index", "hash", "first", "0", "extra", "text:x", "_row"]
    fields = [{"name": name, "type": "string"} for name in names]
    row = ",".join("abcdefg")
    code, output = run(
        f"{','.join(names)}\n{row}\n{row}\n",
        fields=fields,
        schema={"primaryKey": ["index", "hash"], "uniqueKeys": [["0"], ["first", "extra"]]},
    )
    assert code == 1
    assert "3 errors in 1 file" in output


def test_foreign_keys_in_a_long_circle_are_followed(tmp_path):
    count = 300
    fields = [{"name": "a", "type": "string"}]
    resources = [
        {
            "name": f"t{number}",
            "data": [{"a": "1"}],
            "schema": {
                "fields": fields,
                "foreignKeys": [
                    {
                        "fields": "a",
                        "reference": {"resource": f"t{(number + 1) % count}", "fields": "a"},
                    }
                ],
            },
        }
        for number in range(count)
    ]
    resources[0]["schema"]["foreignKeys"][0]["reference"]["resource"] = f"t{count - 1}"
    descriptor = {"$schema": PROFILE, "name": "h", "resources": resources}
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    result = CliRunner().invoke(main, ["run", str(tmp_path)])
    assert result.exit_code == 0
    assert f"foreign keys {count}" in result.output


NO_HEADER = {"dialect": {"header": False}}


@pytest.mark.parametrize(
    ("data", "more", "line"),
    [
        (b"a,b\nx^n,x\n1,2\n", {}, "t.csv:2"),
        ("a,b\nxک,x\n", {}, "not an integer such as 42"),
        (b'"1",1\n"2\n",1\n\xff,2\n', {**NO_HEADER, "encoding": "utf-8"}, "offset 13 is not utf-8"),
        (b"1,2\n" + b"9" * 140_000 + b"\n", NO_HEADER, "the row ends after 1 of 2 cells"),
        ("1,2|" + "\n" * 50_000 + ",x|", {"dialect": {"header": False, "lineTerminator": "|"}},
         "not an integer such as 42"),
    ],
    ids=["deflated", "deflated too", "not UTF-8", "a huge cell", "many lines that are none"],
)  # fmt: skip
def test_what_polars_would_take_for_something_else_is_read_as_it_is(run, data, more, line):
    code, output = run(data, **more)
    assert code in (1, 2)
    assert line in output


def test_compressed_data_without_a_header_is_not_unpacked(run):
    code, output = run(gzip.compress(b"1,2\n"), **NO_HEADER)
    assert code == 1
    assert "the file is a gzip file, not csv" in output


@pytest.mark.parametrize("limit", [-(10**40), 10**40])
def test_limits_beyond_all_lengths_are_compared(run, limit):
    field = {"name": "a", "type": "string", "constraints": {"minLength": limit}}
    code, _ = run("a\nx\n", fields=[field])
    assert code == (1 if limit > 0 else 0)


def test_values_too_deep_for_their_json_schema_are_not_checked(run):
    schema = {"items": {"$ref": "#"}}
    field = {"name": "a", "type": "array", "constraints": {"jsonSchema": schema}}
    code, output = run("a\n" + "[" * 600 + "]" * 600 + "\n", fields=[field])
    assert code == 0
    assert "not checked: jsonSchema of field a in 1 of the rows of " in output


def test_lines_that_are_short_where_columns_are_many_are_counted(run):
    labels = [f"c{number}" for number in range(2000)]
    fields = [{"name": label, "type": "string"} for label in labels]
    last = ",".join(["x"] * 2000) + "\n"
    code, output = run(",".join(labels) + "\n" + "\n" * 5_000 + last, fields=fields)
    assert code == 1
    assert "blank row (5,000)" in output


def test_surplus_cells_are_counted_exactly(run):
    _, output = run("a,b\n1" + "," * 110_000 + "\n")
    assert "extra cell (109,999)" in output
