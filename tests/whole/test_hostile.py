"""Hostile packages: each ends in bounded time, with a finding or with one clear line.

Every case is a small version of one that was tried at full size.
"""

import gzip
import io
import json
import os
import subprocess
import sys
import zipfile

import polars as pl
import pytest
from click.testing import CliRunner

from validate._src.cli.main import main
from validate._src.package.addresses import ONLY_FETCHED

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
TWO = [{"name": "boat", "type": "string"}, {"name": "crew", "type": "string"}]
PLAIN = "boat,crew\nTern,Öz\n"
DEEP = 100_000
ALIKE = "a" * 40 + "!"


@pytest.fixture
def make_any(tmp_path):
    """Writes a package of one table `t` and its content as bytes; gives its folder."""

    def make(content, name="t.csv", fields=TWO, more=None, rules=(), **schema):
        (tmp_path / name).write_bytes(content)
        resource = {"name": "t", "path": name, "schema": {"fields": fields, **schema}}
        package = {"$schema": PROFILE, "name": "made", "resources": [{**resource, **(more or {})}]}
        if rules:
            package["rules"] = list(rules)
        (tmp_path / "datapackage.json").write_text(json.dumps(package), "utf-8")
        return tmp_path

    return make


def run(folder, *arguments):
    """What a run gives; nothing but its own end may end it."""
    result = CliRunner().invoke(main, ["run", str(folder), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def findings(folder):
    """The exit code says that there are findings; code, row, field and message of each."""
    result = run(folder, "--format", "json")
    assert result.exit_code == 1, result.stderr
    assert not result.stderr
    return json.loads(result.stdout)["packages"][0]["findings"]


def codes(folder):
    return [finding["code"] for finding in findings(folder)]


def is_valid(folder):
    result = run(folder)
    return (result.exit_code, result.stderr) == (0, "")


def refusal(folder):
    """The one line with which a package that cannot be used ends the run."""
    result = run(folder)
    assert result.exit_code == 2, result.stdout
    assert not result.stdout
    (line,) = result.stderr.splitlines()
    return line.removeprefix("validate: ")


def said(folder):
    """What is said of the descriptor, by which the data are judged as far as they can be."""
    faults = [found for found in findings(folder) if found["code"] == "descriptor-error"]
    assert faults
    return "; ".join(f"{found['path']}: {found['message']}" for found in faults)


def fault(folder):
    """The place and message of the one finding that a file is which cannot be read."""
    (found,) = findings(folder)
    place = [found["path"]] if found["line"] is None else [found["path"], str(found["line"])]
    return ":".join(place) + ": " + found["message"]


QUOTES = ("quote-error", "misread-file")


class TestDelimitedText:
    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (b'boat,crew\n"Tern,3\n' + b"Gull,4\n" * 3_000_000, 2),
            ((b"x" * 63 + b",") * 2**18 + b"x", 1),
        ],
        ids=["open quote", "no line end"],
    )
    def test_a_cell_or_line_without_end_is_one_finding(self, make_any, content, line):
        found = findings(make_any(content))
        assert [finding["line"] for finding in found if finding["code"] in QUOTES] == [line]
        assert "does not end" in found[0]["message"]

    def test_a_quote_left_open_at_the_end_is_found_where_it_may_begin(self, make_any):
        (found,) = [
            finding
            for finding in findings(make_any(b'boat,crew\nTern,3\n"Gull,4\n'))
            if finding["code"] == "quote-error"
        ]
        assert (found["line"], "is never closed" in found["message"]) == (3, True)

    @pytest.mark.parametrize("cell", [b"x" * 10_000_000, b'"' + b"x\n" * 500_000 + b'"'])
    def test_a_large_cell_is_read(self, make_any, cell):
        assert is_valid(make_any(b"boat,crew\nTern," + cell + b"\n"))

    @pytest.mark.parametrize("line", [b"\n", b",\n", b'"",""\n'])
    def test_blank_rows_are_counted(self, make_any, line):
        result = run(make_any(b"boat,crew\n" + line * 50_000 + b"Tern,3\n"))
        assert result.exit_code == 1
        assert "blank row (50,000)" in result.stdout

    def test_cells_beyond_the_header_are_counted(self, make_any):
        result = run(make_any(b"boat,crew\n" + b"1" + b",1" * 9_999 + b"\n"))
        assert result.exit_code == 1
        assert "extra cell (9,998)" in result.stdout

    def test_hundreds_of_columns_are_judged(self, make_any):
        names = [f"c{number}" for number in range(300)]
        fields = [{"name": name, "type": "integer"} for name in names]
        content = ",".join(names) + "\n" + ",".join(["1"] * 299) + ",x\n"
        (found,) = findings(make_any(content.encode(), fields=fields))
        assert (found["code"], found["field"]) == ("type-error", "c299")

    @pytest.mark.parametrize(
        ("match", "expected"),
        [
            ("exact", {"incorrect-label", "extra-label", "duplicate-label"}),
            ("equal", {"duplicate-label"}),
            ("subset", {"duplicate-label"}),
            ("superset", {"duplicate-label"}),
            ("partial", {"duplicate-label"}),
        ],
    )
    def test_duplicate_labels_are_found_in_every_mode(self, make_any, match, expected):
        found = set(codes(make_any(b"boat,boat,crew\n1,2,3\n", fieldsMatch=match)))
        assert "duplicate-label" in found
        assert found <= expected

    def test_nul_bytes_are_text(self, make_any):
        assert is_valid(make_any(b"boat,crew\nTern\x00,\x00\n"))
        (found,) = findings(make_any(b"boat\x00,crew\nTern,3\n"))
        assert (found["code"], found["value"]) == ("incorrect-label", "boat\x00")

    @pytest.mark.parametrize(
        ("dialect", "line"),
        [
            ({"delimiter": ""}, 'delimiter: cannot be ""'),
            ({"delimiter": "\n"}, 'delimiter: cannot be "\\n"'),
            ({"delimiter": '"'}, 'quoteChar: "\\"" has another meaning too'),
            ({"delimiter": 5}, "delimiter: must be a string, not 5"),
            ({"quoteChar": "''"}, "quoteChar: must be one character, not \"''\""),
            ({"headerRows": [-1]}, "headerRows[0]: must be at least 1, not -1"),
            ({"commentRows": ["x"]}, 'commentRows[0]: must be an integer, not "x"'),
            ({"lineTerminator": ""}, "lineTerminator: must not be empty"),
            ({"header": "false"}, 'header: must be true or false, not "false"'),
        ],
    )
    def test_impossible_dialects_are_refused(self, make_any, dialect, line):
        assert line in said(make_any(PLAIN.encode(), more={"dialect": dialect}))


class TestEncodings:
    @pytest.mark.parametrize(
        ("content", "encoding", "place"),
        [
            (PLAIN.encode("latin-1"), "utf-8", "t.csv:2: byte 0xd6 at offset 15 is not utf-8"),
            (PLAIN.encode()[:-3], "utf-8", "t.csv:2: byte 0xc3 at offset 15 is not utf-8"),
            (b"boat,crew\n\xed\xa0\x80,1\n", "utf-8", "t.csv:2: byte 0xed at offset 10"),
            (PLAIN.encode("utf-16-le"), "utf-8", "t.csv:2: byte 0xd6 at offset 30 is not utf-8"),
            (PLAIN.encode(), "ascii", "t.csv:2: byte 0xc3 at offset 15 is not ascii"),
            (PLAIN.encode(), "utf-7", "t.csv:2: byte 0xc3 at offset 15 is not utf-7"),
            (PLAIN.encode(), "utf-32", "t.csv:1: byte 0x62 at offset 0 is not utf-32"),
            (PLAIN.encode(), "idna", "t.csv:2: byte 0xc3 at offset 15 is not idna"),
            (PLAIN.encode("utf-16")[:-1], "utf-16", "byte 0x0a at offset 36 is not utf-16"),
        ],
    )
    def test_the_first_wrong_byte_is_named(self, make_any, content, encoding, place):
        assert place in fault(make_any(content, more={"encoding": encoding}))

    @pytest.mark.parametrize(
        "name", ["zip", "bz2", "hex", "base64", "rot13", "undefined", "", "\x00", "../x", "mbcs"]
    )
    def test_what_is_no_encoding_of_text_is_refused(self, make_any, name):
        line = said(make_any(PLAIN.encode(), more={"encoding": name}))
        assert line.startswith('datapackage.json: resources[0].encoding: unknown encoding "')

    @pytest.mark.parametrize("name", [5, None, ["utf-8"]])
    def test_an_encoding_is_a_text(self, make_any, name):
        line = said(make_any(PLAIN.encode(), more={"encoding": name}))
        assert "encoding: must be a string, not" in line


def zipped(*members):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members:
            archive.writestr(name, text)
    return content.getvalue()


def patched(archive, offset, value):
    """A zip file with some bytes of its only central entry replaced."""
    entry = archive.rfind(b"PK\1\2") + offset
    return archive[:entry] + value + archive[entry + len(value) :]


PACKED = gzip.compress(PLAIN.encode())
ZIPPED = zipped(("t.csv", PLAIN))
FAT = b"boat,crew\n" + b"1,2\n" * (2**24 + 2**20)


class TestCompression:
    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (gzip.compress(PACKED), "the file is a gzip file, not csv"),
            (PACKED + b"garbage", "Not a gzipped file"),
            (PACKED[:-5], "Compressed file ended before"),
            (PACKED[:-8] + b"\0" * 8, "CRC check failed"),
            (PLAIN.encode(), "the file is plain text, not gz"),
            (gzip.compress(FAT), "unpacks to more than 250 times its size"),
        ],
        ids=["gz of gz", "garbage after", "truncated", "wrong CRC", "no gz", "bomb"],
    )
    def test_gz(self, make_any, content, line):
        answer = fault(make_any(content, "t.csv.gz"))
        assert answer.startswith("t.csv.gz:")
        assert line in answer

    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (zipped(), "holds 0 files"),
            (zipped(("a.csv", PLAIN), ("b.csv", PLAIN)), "holds 2 files"),
            (PLAIN.encode(), "the file is plain text, not zip"),
            (ZIPPED[:-30], "File is not a zip file"),
            (patched(ZIPPED, 8, b"\x01"), "is encrypted"),
            (patched(ZIPPED, 24, b"\x02\0\0\0"), "Bad CRC-32"),
            (patched(ZIPPED, 42, b"\xff\xff\xff\x7f"), "Truncated file header"),
            (zipped(("t.csv", FAT)), "unpacks to more than 250 times its size"),
        ],
        ids=["empty", "two", "no zip", "truncated", "encrypted", "size", "offset", "bomb"],
    )
    def test_zip(self, make_any, content, line):
        answer = fault(make_any(content, "t.csv.zip"))
        assert answer.startswith("t.csv.zip:")
        assert line in answer

    @pytest.mark.parametrize("member", ["/outside.csv", "../../outside.csv", "C:\\outside.csv"])
    def test_nothing_is_written_where_a_member_of_a_zip_says(self, make_any, member):
        folder = make_any(zipped((member, PLAIN)), "t.csv.zip")
        assert is_valid(folder)
        assert {file.name for file in folder.iterdir()} == {"t.csv.zip", "datapackage.json"}


ANY = [{"name": "boat", "type": "any"}]


class TestJson:
    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("[" * DEEP + "]" * DEEP, "nested more than 100 levels deep"),
            ("[" * 10_000_000, "nested more than 100 levels deep"),
            ('{"a":' * DEEP, "nested more than 100 levels deep"),
            ('[{"boat":' + "[" * DEEP + "]" * DEEP + "}]", "nested more than 100 levels deep"),
            ('{"boat": 1}', "there is no array of rows as the whole of the text"),
            ('"boat"', "there is no array of rows as the whole of the text"),
            ("null", "there is no array of rows as the whole of the text"),
            ("", "not JSON at column 1: the text ends here"),
            ('[{"boat": 1}] x', "not JSON at column 15: something follows the end"),
            ('[{"boat": 1},]', "not JSON at column 14: a comma stands before it, and no item"),
            ('[{"boat": NaN}]', "not JSON at column 11: NaN is no value of JSON; write null"),
            ('[{"boat": "x', "not JSON at column 11: Unterminated string"),
        ],
    )
    def test_what_is_no_array_of_rows_is_found(self, make_any, content, message):
        (found,) = findings(make_any(content.encode(), "t.json", fields=ANY))
        assert (found["code"], message in found["message"]) == ("source-error", True)

    @pytest.mark.parametrize(
        ("content", "line"),
        [
            ("[" * DEEP + "]" * DEEP + "\n", 1),
            ('{"boat": 1}\n{"boat": \n', 2),
            ('{"boat": ' + "1" * 5000 + "\n", 1),
            ("[" * 10_000_000, 1),
            ('{"boat":1}\r{"boat":2}\r', 1),
        ],
    )
    def test_a_line_that_is_no_json_is_found(self, make_any, content, line):
        found = findings(make_any(content.encode(), "t.ndjson", fields=ANY))
        assert [(one["code"], one["line"]) for one in found if one["line"] == line] == [
            ("source-error", line)
        ]

    def test_rows_of_other_kinds_are_found(self, make_any):
        content = b'[{"boat": 1}, null, 2, "x", [1], true]'
        assert codes(make_any(content, "t.json", fields=ANY)) == ["source-error"] * 5

    @pytest.mark.parametrize("name", ["t.json", "t.ndjson"])
    def test_integers_beyond_64_bits_are_values(self, make_any, name):
        rows = [f'{{"boat": {number}}}' for number in (2**63 - 1, 2**63, -(2**63) - 1, 10**40)]
        content = "\n".join(rows) if name == "t.ndjson" else f"[{','.join(rows)}]"
        fields = [{"name": "boat", "type": "integer", "constraints": {"maximum": 2**63}}]
        found = findings(make_any(content.encode(), name, fields=fields))
        assert [(one["code"], one["row"]) for one in found] == [("constraint-error", 5)]


class TestBinary:
    @pytest.mark.parametrize("name", ["t.parquet", "t.xlsx"])
    @pytest.mark.parametrize(
        "content", [b"", b"PAR1" + b"\xff" * 200 + b"PAR1", b"PK\3\4" + bytes(range(256)) * 9]
    )
    def test_what_is_no_such_file_is_refused(self, make_any, name, content):
        assert fault(make_any(content, name)).startswith(f"{name}: ")

    def test_a_parquet_file_without_its_footer_is_refused(self, make_any):
        content = io.BytesIO()
        pl.DataFrame({"boat": ["Tern"] * 100, "crew": ["3"] * 100}).write_parquet(content)
        line = fault(make_any(content.getvalue()[:-9], "t.parquet"))
        assert line.startswith("t.parquet: not a Parquet file: ")


def linked_out(folder):
    (folder / "odd").symlink_to("/etc/passwd")


def linked_to_zeros(folder):
    (folder / "odd").symlink_to("/dev/zero")


def linked_in_a_circle(folder):
    (folder / "odd").symlink_to("odd")


def linked_to_nothing(folder):
    (folder / "odd").symlink_to("nowhere")


def made_a_pipe(folder):
    os.mkfifo(folder / "odd")


def made_a_folder(folder):
    (folder / "odd").mkdir()


ELSEWHERE = [
    ("http://127.0.0.1:9/t.csv", "not fetched"),
    ("HTTPS://127.0.0.1:9/t.csv", "not fetched"),
    (" http://127.0.0.1:9/t.csv", "not fetched"),
    ("file:///etc/passwd", ONLY_FETCHED),
    ("file:t.csv", ONLY_FETCHED),
    ("ftp://127.0.0.1/t.csv", ONLY_FETCHED),
    ("data:text/csv,boat", ONLY_FETCHED),
    ("s3://bucket/t.csv", "not fetched"),
    ("hdfs://bucket/t.csv", ONLY_FETCHED),
    ("http://[::1", "not fetched"),
    ("//127.0.0.1/t.csv", "an absolute path"),
    ("/etc/passwd", "an absolute path"),
    ("C:\\t.csv", "an absolute path"),
    ("c:t.csv", "an absolute path"),
    ("\\\\host\\t.csv", "an absolute path"),
    ("../t.csv", "leads out of the package's folder by '..'"),
    ("..\\t.csv", "leads out of the package's folder by '..'"),
    ("x/../t.csv", "leads out of the package's folder by '..'"),
    ("%2e%2e/t.csv", "no such file"),
    ("u%2Ecsv", "no such file"),
    ("*.csv", "no such file"),
    ("~/t.csv", "no such file"),
    ("", "not a regular file"),
    (".", "not a regular file"),
    ("t\0.csv", "not a usable path"),
]


NOWHERE = ("ftp://127.0.0.1/t.csv", "%2e%2e/t.csv", "u%2Ecsv", "*.csv", "~/t.csv", ".", "t\0.csv")
"""Paths of files that cannot be had, a finding of the data; the profile refuses others."""


def refused_path(make_any, place, path, why):
    """What is said of a path at a place of a resource, whose file is never opened."""
    folder = make_any(PLAIN.encode(), more={place: path})
    if place == "path" and why == "not fetched":
        return refusal(folder)
    return fault(folder) if place == "path" and path in NOWHERE else said(folder)


class TestPaths:
    @pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
    @pytest.mark.parametrize("place", ["path", "schema", "dialect", "query"])
    @pytest.mark.parametrize(
        ("make", "message"),
        [
            (linked_out, "a link that leads out of the package's folder"),
            (linked_to_zeros, "a link that leads out of the package's folder"),
            (linked_in_a_circle, "not a usable path"),
            (linked_to_nothing, "no such file"),
            (made_a_pipe, "not a regular file"),
            (made_a_folder, "not a regular file"),
        ],
    )
    def test_only_regular_files_inside_are_opened(self, make_any, place, make, message):
        rules = [{"name": "r", "resource": "t", "query": "odd", "message": "m"}]
        more = {} if place == "query" else {place: "odd"}
        folder = make_any(PLAIN.encode(), more=more, rules=rules if place == "query" else ())
        make(folder)
        if place == "path" and make not in (linked_out, linked_to_zeros):
            assert fault(folder) == f"odd: {message}"
            return
        line = said(folder)
        assert line.startswith("datapackage.json: ")
        assert line.endswith(f"odd: {message}")

    @pytest.mark.parametrize("place", ["path", "schema", "dialect"])
    def test_paths_that_lead_elsewhere_are_refused(self, make_any, place):
        lines = [refused_path(make_any, place, *elsewhere) for elsewhere in ELSEWHERE]
        by_profile = "is neither a URL" if place == "path" else "never said"
        assert [
            (path, line)
            for (path, why), line in zip(ELSEWHERE, lines, strict=True)
            if why not in line and by_profile not in line
        ] == []


MALFORMED_FIELDS = [
    ("string", {"constraints": {"pattern": 5}}, "must be a string, not 5"),
    ("string", {"constraints": {"pattern": "("}}, 'invalid pattern "("'),
    ("string", {"constraints": {"minLength": 1.5}}, "must be an integer, not 1.5"),
    ("string", {"constraints": {"minLength": "3"}}, 'must be an integer, not "3"'),
    ("string", {"constraints": {"enum": [[1]]}}, "must be a string, not [1]"),
    ("string", {"constraints": {"enum": [None]}}, "must be a string, not null"),
    ("string", {"constraints": {"required": "true"}}, 'must be true or false, not "true"'),
    ("string", {"constraints": {"unknown": 1}}, 'cannot have the constraint "unknown"'),
    ("string", {"constraints": []}, "must be an object, not []"),
    ("integer", {"constraints": {"minimum": {}}}, "must be a string or an integer, not {}"),
    ("integer", {"constraints": {"minimum": "x"}}, "is not a value of type integer"),
    ("integer", {"constraints": {"maximum": f"{2**63}.5"}}, "is not a value of type integer"),
    ("integer", {"constraints": {"enum": [f"{2**63}."]}}, "is not a value of type integer"),
    ("date", {"constraints": {"minimum": "2025-02-30"}}, "is not a value of type date"),
    ("boolean", {"constraints": {"minimum": 1}}, 'cannot have the constraint "minimum"'),
    ("boolean", {"trueValues": [1]}, "must be a string, not 1"),
    ("number", {"groupChar": 5}, "must be a string, not 5"),
    ("number", {"bareNumber": "false"}, 'must be true or false, not "false"'),
    ("string", {"missingValues": [1]}, "must be a string or an object, not 1"),
    ("string", {"missingValues": [[""]]}, 'must be a string or an object, not [""]'),
    ("string", {"missingValues": "x"}, 'must be an array, not "x"'),
    ("date", {"format": "%"}, '"%" is not a valid strptime format'),
    ("date", {"format": "%Q"}, '"%Q" is not a valid strptime format'),
    ("date", {"format": "%-d"}, '"%-d" is not a valid strptime format'),
    ("date", {"format": "%Y%Y"}, '"%Y%Y" is not a valid strptime format'),
    ("date", {"format": ""}, 'type date has no format ""'),
    ("list", {"itemType": "list"}, 'date or time, not "list"'),
    ("list", {"delimiter": ""}, "must not be empty"),
    ("\x1b[31m", {}, 'geojson or any, not "\\u001b[31m"'),
]


class TestDescriptors:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('{"a":' + "[" * DEEP, "JSON nested too deeply"),
            ("[" * 1_000_000, "JSON nested too deeply"),
            ('{"a":' + "1" * 5000 + "}", "resources: a package has at least one resource"),
            ("", "not JSON: Expecting value"),
            ("[]", "is not a JSON object"),
            ('{"name": "\\ud800"}', "holds a lone surrogate"),
            ("\ufeff{}", "resources: a package has at least one resource"),
            ("{}", "resources: a package has at least one resource"),
            ('{"resources": {}}', "resources: a package has at least one resource"),
            ('{"resources": [[]]}', "resources: a package has at least one resource"),
        ],
    )
    def test_what_is_no_descriptor_is_refused(self, tmp_path, text, message):
        (tmp_path / "datapackage.json").write_text(text, "utf-8")
        assert message in refusal(tmp_path)

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('{"resources": [{}]}', "resources[0].name: is missing"),
            ('{"resources": [[], {}]}', "resources[0]: must be an object, not []"),
            ('{"resources": [{"name": "t", "path": []}]}', "path: must not be empty"),
            ('{"resources": [{"name": "t", "path": [5]}]}', "path[0]: must be a string, not 5"),
            ('{"name": 5, "resources": [{"name": "t", "data": []}]}', "name: must be a string"),
        ],
    )
    def test_what_is_wrong_in_a_descriptor_is_found(self, tmp_path, text, message):
        (tmp_path / "datapackage.json").write_text(text, "utf-8")
        assert message in said(tmp_path)

    @pytest.mark.parametrize("name", ["datapackage.json", "t.csv"])
    def test_a_schema_that_is_another_file_is_found(self, make_any, name):
        line = said(make_any(PLAIN.encode(), more={"schema": name}))
        at = f"datapackage.json: resources[0].schema: {name}:1:1: not JSON"
        assert line.startswith((f"{name}: fields: is missing", at))

    @pytest.mark.parametrize(
        ("more", "message"),
        [
            ({"hash": "sha256:"}, "is no digest of its algorithm"),
            ({"hash": "sha256:" + "a" * 63}, "is no digest of its algorithm"),
            ({"hash": "sha384:abc"}, "is no digest of its algorithm"),
            ({"hash": ""}, "is no digest of its algorithm"),
            ({"bytes": 1.5}, "must be an integer, not 1.5"),
            ({"bytes": "17"}, 'must be an integer, not "17"'),
            ({"schema": None}, "schema: must be an object or a string, not null"),
            ({"schema": {}}, "schema.fields: is missing"),
            ({"schema": {"fields": [{}]}}, "schema.fields[0].name: is missing"),
        ],
    )
    def test_malformed_properties_are_found(self, make_any, more, message):
        assert message in said(make_any(PLAIN.encode(), more=more))

    @pytest.mark.parametrize("size", [-1, 10**30])
    def test_a_size_that_no_file_has_is_found(self, make_any, size):
        assert codes(make_any(PLAIN.encode(), more={"bytes": size})) == ["byte-count"]

    def test_arrays_that_may_be_empty_are_used(self, make_any):
        """Table Schema, "fields", "enum" and "trueValues": an array."""
        assert set(codes(make_any(b"a\n1\n", fields=[]))) == {"extra-label"}
        none = {"name": "a", "type": "string", "constraints": {"enum": []}}
        assert codes(make_any(b"a\n1\n", fields=[none])) == ["constraint-error"]
        never = {"name": "a", "type": "boolean", "trueValues": []}
        assert codes(make_any(b"a\n1\nfalse\n", fields=[never])) == ["type-error"]

    def test_malformed_fields_are_found(self, make_any):
        fields = [{"name": "boat", "type": kind, **more} for kind, more, _ in MALFORMED_FIELDS]
        lines = [said(make_any(b"boat\n1\n", fields=[field])) for field in fields]
        cases = zip(MALFORMED_FIELDS, lines, strict=True)
        assert [(case, line) for case, line in cases if case[2] not in line] == []

    @pytest.mark.parametrize("name", ["*", "^a$", "^.*$"])
    def test_a_table_whose_names_cannot_be_used_is_named_as_not_checked(self, make_any, name):
        result = run(make_any(b"boat\n1\n", fields=[{"name": name, "type": "string"}]))
        assert f'not checked: rows of t: the field name "{name}" cannot be used' in result.stdout

    def test_an_empty_name_is_found(self, make_any):
        line = said(make_any(b"boat\n1\n", fields=[{"name": "", "type": "string"}]))
        assert "resources[0].schema.fields[0].name: must not be empty" in line

    def test_a_table_with_two_fields_of_one_name_is_judged_by_their_order(self, make_any):
        fields = [{"name": "boat", "type": "string"}, {"name": "boat", "type": "integer"}]
        found = findings(make_any(b"boat,boat\nTern,1\n1,Tern\n", fields=fields))
        assert [(one["code"], one["row"], one["field"]) for one in found] == [
            ("duplicate-label", 1, "boat"),
            ("type-error", 3, "boat"),
        ]

    @pytest.mark.parametrize(
        "name",
        ["a\nb", "text:x", "a\0b", "\x1b[31m", "index", "hash", "first", "extra", "0", "_row",
         "line", "text", "literal", '"', "`", " ", ".", "\u202e", "\ufeffx", "key", "x" * 10_000],
    )  # fmt: skip
    def test_names_like_our_own_are_only_names(self, make_any, name):
        fields = [
            {"name": name, "type": "integer", "constraints": {"minimum": 1, "unique": True}},
            {"name": "crew", "type": "string"},
        ]
        label = '"' + name.replace('"', '""') + '"'
        content = f"{label},crew\n1,x\n0,x\nq,x\n0,x\n".encode()
        reference = {"fields": [name], "reference": {"resource": "", "fields": [name]}}
        schema = {"primaryKey": [name], "foreignKeys": [reference]}
        found = findings(make_any(content, fields=fields, **schema))
        assert {one["code"] for one in found} == {
            "type-error",
            "constraint-error",
            "primary-key",
            "unique-error",
        }

    @pytest.mark.parametrize(
        ("schema", "message"),
        [
            ({"primaryKey": ["x"]}, 'primaryKey: there is no field "x"'),
            ({"primaryKey": ["boat", "boat"]}, "primaryKey: has the same entry twice"),
            ({"primaryKey": []}, "primaryKey: must not be empty"),
            ({"primaryKey": [["boat"]]}, 'primaryKey[0]: must be a string, not ["boat"]'),
            ({"uniqueKeys": [["x"]]}, 'uniqueKeys[0]: there is no field "x"'),
            ({"uniqueKeys": [[]]}, "uniqueKeys[0]: must not be empty"),
            ({"foreignKeys": [{}]}, "foreignKeys[0].fields: is missing"),
            (
                {"foreignKeys": [{"fields": ["boat"], "reference": {"fields": ["x"]}}]},
                'resource "t" has no field "x"',
            ),
            (
                {
                    "foreignKeys": [
                        {"fields": ["boat"], "reference": {"resource": "x", "fields": ["a"]}}
                    ]
                },
                'there is no resource "x"',
            ),
        ],
    )
    def test_malformed_keys_are_found(self, make_any, schema, message):
        assert message in said(make_any(PLAIN.encode(), **schema))

    def test_a_circle_of_resources_is_judged(self, tmp_path):
        count = 60
        fields = [{"name": "id", "type": "integer"}, {"name": "next", "type": "integer"}]
        resources = []
        for number in range(count):
            reference = {"resource": f"r{(number + 1) % count}", "fields": ["id"]}
            key = {"fields": ["next"], "reference": reference}
            schema = {"fields": fields, "foreignKeys": [key]}
            resources.append({"name": f"r{number}", "path": f"r{number}.csv", "schema": schema})
            (tmp_path / f"r{number}.csv").write_text("id,next\n1,1\n" + "2,9\n" * (not number))
        package = {"$schema": PROFILE, "name": "made", "resources": resources}
        (tmp_path / "datapackage.json").write_text(json.dumps(package))
        (found,) = findings(tmp_path)
        assert (found["code"], found["path"], found["row"]) == ("foreign-key", "r0.csv", 3)

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            ("[1, null, [2], true]", {"source-error"}),
            ("[{}, {}]", {"missing-label"}),
            ('[["boat"], [1, 2]]', {"extra-cell"}),
            ('[{"boat": ' + str(2**63) + ".5}]", {"type-error"}),
            ('[{"boat": {"a": 1}}]', {"type-error"}),
        ],
    )
    def test_odd_data_inline_are_found(self, tmp_path, data, expected):
        schema = {"fields": [{"name": "boat", "type": "integer"}]}
        package = {"$schema": PROFILE, "name": "made", "resources": [{"name": "t"}]}
        package["resources"][0] |= {"schema": schema, "data": "DATA"}
        text = json.dumps(package).replace('"DATA"', data)  # with its own digits
        (tmp_path / "datapackage.json").write_text(text)
        assert expected <= set(codes(tmp_path))

    @pytest.mark.parametrize("data", [5, None, True])
    def test_data_inline_that_are_none_are_found(self, tmp_path, data):
        package = {"$schema": PROFILE, "name": "made", "resources": [{"name": "t", "data": data}]}
        (tmp_path / "datapackage.json").write_text(json.dumps(package))
        assert "data: must be an array, an object or a string" in said(tmp_path)

    def test_data_inline_nested_without_end_are_refused(self, tmp_path):
        deep = '[{"boat": ' + "[" * 10_000 + "]" * 10_000 + "}]"
        text = json.dumps({"resources": [{"name": "t", "data": "here"}]}).replace('"here"', deep)
        (tmp_path / "datapackage.json").write_text(text)
        assert refusal(tmp_path).endswith("JSON nested too deeply")


class TestPatterns:
    @pytest.mark.parametrize(
        "pattern", ["(a+)+$", "(?=x)?(a+)+$", r"(a+)+\1$", "(?!b)(a|a)*c", "(a|aa)*"]
    )
    def test_patterns_that_explode_end(self, make_any, pattern):
        fields = [{"name": "boat", "type": "string", "constraints": {"pattern": pattern}}]
        (found,) = findings(make_any(f"boat\n{ALIKE}\n".encode(), fields=fields))
        assert (found["code"], found["rule"]) == ("constraint-error", "pattern")

    @pytest.mark.parametrize("pattern", ["a{1000}{1000}", r"\p{L}{1000}{10}", r"(\w{50}){50}{50}"])
    def test_patterns_of_immense_size_are_refused(self, make_any, pattern):
        fields = [{"name": "boat", "type": "string", "constraints": {"pattern": pattern}}]
        line = said(make_any(b"boat\na\n", fields=fields))
        assert line.endswith("Compiled regex exceeds size limit of 10485760 bytes.")

    @pytest.mark.parametrize(
        ("json_schema", "message"),
        [
            ({"$ref": "#"}, "refers to itself without end"),
            ({"$ref": "http://127.0.0.1:9/x"}, "which it does not hold"),
            ({"$ref": "file:///etc/passwd"}, "which it does not hold"),
            ({"$id": "http://127.0.0.1:9/", "$ref": "y"}, "which it does not hold"),
            ({"properties": {"x": {"pattern": "("}}}, "is not a 'regex'"),
            ({"required": "x"}, "'x' is not of type 'array'"),
            (5, "must be an object, not 5"),
        ],
    )
    def test_json_schemas_that_cannot_be_used_are_refused(self, make_any, json_schema, message):
        constraints = {"jsonSchema": json_schema}
        fields = [{"name": "boat", "type": "object", "constraints": constraints}]
        assert message in said(make_any(b"boat\n{}\n", fields=fields))

    @pytest.mark.parametrize(
        "json_schema",
        [
            {"properties": {"x": {"pattern": "^(a+)+$"}}},
            {"patternProperties": {"^(?:x+)+$": {"type": "integer"}}},
        ],
    )
    def test_patterns_inside_json_schemas_end(self, make_any, json_schema):
        constraints = {"jsonSchema": json_schema}
        fields = [{"name": "boat", "type": "object", "constraints": constraints}]
        content = f'boat\n"{{""x"": ""{ALIKE}""}}"\n'.encode()
        (found,) = findings(make_any(content, fields=fields))
        assert (found["code"], found["rule"]) == ("constraint-error", "jsonSchema")


class TestRules:
    @pytest.mark.parametrize(
        ("query", "message"),
        [
            ("SELECT _row FROM read_csv('/etc/passwd')", "reads no files"),
            ("SELECT _row FROM READ_CSV ('/etc/passwd')", "reads no files"),
            ("SELECT _row FROM \"read_csv\"('/etc/passwd')", "reads no files"),
            ("SELECT * FROM scan_parquet('x')", "reads no files"),
            ("SELECT _row FROM read/**/_csv('x')", "was not found"),
            ("SELECT * FROM '/etc/passwd'", "was not found"),
            ("SELECT * FROM 't.csv'", "was not found"),
            ("CREATE TABLE x AS SELECT 1", "a query is one SELECT"),
            ("SELECT 1; DROP TABLE t", "one (and only one) statement"),
            ("WITH x AS (SELECT 1) DELETE FROM t", "currently unsupported"),
            ("SELECT boat FROM t", "must return _row"),
            ("SELECT 99 AS _row FROM t", "returns _row 99, but t has no such row"),
            ("SELECT 'x' AS _row FROM t", "must return _row of t"),
            ("SELECT _row FROM t WHERE boat REGEXP 'a{1000}{1000}'", "exceeds size limit"),
            ("SELECT _row FROM t WHERE boat REGEXP '('", "regex parse error"),
            ("SELECT _row FROM t WHERE " + "(" * 250, "recursion limit exceeded"),
            ("--" + "\n--" * 290, "a query is one SELECT"),
            (" " * 19_000 + "x", "a query is one SELECT"),
            ("", "a query is one SELECT"),
        ],
    )
    def test_queries_that_do_anything_else_are_refused(self, make_any, query, message):
        rules = [{"name": "r", "resource": "t", "query": "q.sql", "message": "m"}]
        folder = make_any(PLAIN.encode(), rules=rules)
        (folder / "q.sql").write_text(query)
        line = said(folder)
        assert line.startswith("datapackage.json: rules[0].query: q.sql: ")
        assert message in line

    @pytest.mark.parametrize(
        ("check", "message"),
        [
            ("boat IN read_csv('/etc/passwd')", "reads no tables or files"),
            ("boat IN (SELECT boat FROM t)", "reads no tables or files"),
            ("COUNT(*) > 0", "looks at other rows"),
            ("boat = 1; DROP TABLE t", "unexpected token"),
            ("boat REGEXP 'a{1000}{1000}'", "exceeds size limit"),
            ("x = 1", 'there is no field "x"'),
            ("boat", "must say true or false"),
            ("NULL", "must say true or false"),
            ("(" * 300, "unable to parse"),
        ],
    )
    def test_row_rules_that_do_anything_else_are_refused(self, make_any, check, message):
        rule = {"name": "r", "check": check, "message": "m"}
        schema = {"fields": TWO, "rules": [rule]}
        assert message in said(make_any(PLAIN.encode(), more={"schema": schema}))


class TestValues:
    @pytest.mark.parametrize(
        ("field", "bad"),
        [
            (
                {"type": "date"},
                ["9999999-01-01", "0000-00-00", "-0001-01-01", "2025-02-30", "２０２５-01-01"],
            ),
            ({"type": "date", "format": "any"}, ["nan", "inf", "1" * 5000, "1e999"]),
            ({"type": "time"}, ["23:59:60", "24:00:00", "99:99:99", "12:00:00Z"]),
            ({"type": "time", "format": "any"}, ["1" * 5000, "sNaNh", "1e999h"]),
            (
                {"type": "datetime"},
                ["2025-01-01T00:00:00+14:01", "2025-01-01T00:00:00+99:99", "0000-01-01T00:00:00Z",
                 "2025-02-30T00:00:00Z", "2025-01-01T23:59:60Z"],
            ),
            ({"type": "datetime", "format": "any"}, ["9" * 25, "+" * 1000, "2025 UTC+" + "9" * 30]),
            ({"type": "datetime", "format": "%Y %z"}, ["2025 +99:99", "1" * 5000]),
            ({"type": "year"}, ["0000", "02025", "2025+14:01", "９９９９"]),
            ({"type": "yearmonth"}, ["2025-13", "0000-01", "02025-01", "2025-01-15:00"]),
            ({"type": "integer"}, ["1" * 10_000 + ".0", "1e3", "１２"]),
            ({"type": "number"}, ["1e", ".", "0x10", "1_0", "+-1", "１"]),
            ({"type": "duration"}, ["P", "PT", "P1Y1Y", "PT" + "1H" * 10_000]),
            ({"type": "array"}, ["[" * DEEP, "[" + "1" * 5000, "[NaN]", '["\\ud800"]', "{}"]),
            ({"type": "object"}, ['{"a":' * DEEP, '{"\\ud800": 1}', "[]"]),
            ({"type": "geopoint"}, ["181,0", "0,91", "nan,nan", "1e400,0", "1" * 10_000 + ",0"]),
            ({"type": "geopoint", "format": "array"}, ["[" * DEEP, "[1e400,0]", "[true,false]"]),
            ({"type": "geojson"}, ["[" * DEEP, "null", '{"type": 5}', '{"type": "Point"}']),
            ({"type": "list", "itemType": "integer"}, ["," * 10_000, "1,x", "[" * 1000]),
            ({"type": "string", "format": "email"}, ["@" * 10_000, "a@" + "b." * 10_000]),
            ({"type": "string", "format": "binary"}, ["A" * 10_001, "====", "é"]),
        ],
        ids=lambda value: "" if isinstance(value, list) else " ".join(value.values()),
    )  # fmt: skip
    def test_impossible_values_are_found(self, make_any, field, bad):
        cells = "".join('"' + text.replace('"', '""') + '"\n' for text in bad)
        found = findings(make_any(f"boat\n{cells}".encode(), fields=[{"name": "boat", **field}]))
        assert [one["row"] for one in found] == list(range(2, 2 + len(bad)))
        assert {one["code"] for one in found} == {"type-error"}
        assert all(len(one["value"]) <= 120 for one in found)

    def test_keys_beyond_64_bits_are_compared(self, make_any):
        largest = 2**63 - 1
        fields = [{"name": "boat", "type": "integer", "constraints": {"minimum": 0}}]
        content = f"boat\n{largest}\n{largest + 1}\n{largest + 1}\n{largest}\n".encode()
        found = findings(make_any(content, fields=fields, primaryKey=["boat"]))
        assert [(one["row"], one["code"]) for one in found] == [
            (4, "primary-key"),
            (5, "primary-key"),
        ]

    @pytest.mark.parametrize(
        "date",
        ["Y1E999999999", "Y" + "1" * 10_000, "-" * 10_000, "(" * 3000 + "2020", "[" * 1000,
         "[2020" + ",2020" * 10_000 + "]", "2020/" * 10_000, "2020" + "?" * 10_000],
    )  # fmt: skip
    def test_edtf_texts_that_explode_end(self, make_any, date):
        fields = [{**TWO[0], "edtf": {"precision": "crew"}}, TWO[1]]
        (found,) = findings(make_any(f'boat,crew\n"{date}",year\n'.encode(), fields=fields))
        assert found["message"] == "not an EDTF level 1 date"


class TestReport:
    ESCAPES = "\x1b[31m\x07\x9b\u202e\u2028"

    def test_control_characters_of_labels_and_cells_are_escaped(self, make_any):
        fields = [{"name": self.ESCAPES, "type": "integer", "constraints": {"minimum": 5}}]
        content = f'"{self.ESCAPES}"\n"{self.ESCAPES}"\n1\n"x\ny\r"\n'.encode()
        output = run(make_any(content, fields=fields)).stdout
        assert not set(self.ESCAPES) - set("[31m") & set(output)
        assert "\\x1b[31m\\x07\\x9b\\u202e\\u2028" in output
        assert "x\\ny\\r" in output

    def test_control_characters_of_a_refusal_are_escaped(self, make_any):
        line = refusal(make_any(PLAIN.encode()) / "\x1b[31m\nno.json")
        assert "\\x1b[31m no.json: no file matches" in line

    def test_control_characters_of_an_address_are_escaped(self, make_any):
        url = "https://ponds.example/\x1b[31m\nno.json"
        assert "\\x1b[31m no.json" in run(make_any(PLAIN.encode(), more={"schema": url})).stdout

    def test_a_process_says_the_same(self, make_any):
        folder = make_any(PLAIN.encode(), more={"path": "https://ponds.example/x"})
        ended = subprocess.run(
            [sys.executable, "-m", "validate", "run", str(folder)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (ended.returncode, ended.stdout) == (2, "")
        assert ended.stderr.count("\n") == 1
        at = "datapackage.json: resources[0]: https://ponds.example/x"
        assert ended.stderr.startswith(f"validate: {at}: ")
