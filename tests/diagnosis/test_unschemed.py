"""Tables without a schema: what their files are."""

import gzip
import json

import pytest
from support.made import PROFILE, workbook

from validate import validate

ROWS = [[str(number), f"n{number}", f"{number}.5"] for number in range(1, 21)]
NAMES = ["id", "name", "depth"]
OTHER = {"name": "other", "path": "other.csv", "schema": {"fields": [{"name": "a"}]}}


def text(delimiter=",", header=NAMES, of_header=None, above=""):
    lines = [delimiter.join(row) + "\n" for row in ROWS]
    first = [(of_header or delimiter).join(header) + "\n"] if header else []
    return "".join([above, *first, *lines])


@pytest.fixture
def checked(tmp_path):
    """The report on a package with this table, which has no schema, and another that has one."""

    def check(content, name="t.csv", **properties):
        file = tmp_path / name
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        (tmp_path / "other.csv").write_text("a\nb\n", "utf-8")
        resources = [{"name": "t", "path": name, **properties}, OTHER]
        descriptor = {"$schema": PROFILE, "name": "p", "resources": resources}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        return validate(tmp_path)

    return check


TOLD = {
    "semicolons": (text(";"), "delimiter", 'the delimiter is ";" (semicolons), not ","; say'),
    "tabs": (text("\t"), "delimiter", r'the delimiter is "\t" (tabs), not ","; say'),
    "header": (text(";", of_header=","), "delimiter", 'the header is delimited by "," (commas)'),
    "rows": (text(",", of_header=";"), "delimiter", 'the header is delimited by ";" (semicolons)'),
    "title": (text(above="Ponds\n\n"), "headerRows", "the header is row 3, not the first; say"),
    "none": (text(header=None), "header", 'values as those below them are, "1", "1.5"; if'),
}


@pytest.mark.parametrize("kind", TOLD)
def test_what_a_text_seems_to_be_is_a_warning(checked, kind):
    content, rule, message = TOLD[kind]
    report = checked(content)
    (found,) = report
    assert (found.code, found.severity, found.rule) == ("misread-file", "warning", rule)
    assert (found.resource, found.path) == ("t", "t.csv")
    assert message in found.message
    assert report.valid


FORMATS = {
    "page": ("<html><body>Log in</body></html>\n", "t.csv", "a web page (HTML)"),
    "pointer": ("version https://git-lfs.github.com/spec/v1\noid x\n", "t.csv", "a git-lfs"),
    "gzip": (gzip.compress(text().encode()), "t.csv", "a gzip file"),
    "JSON": ('[{"a": 1}]\n', "t.tsv", "JSON"),
    "text": (text(), "t.xlsx", "plain text delimited by commas"),
    "no Parquet": (text(), "t.parquet", "plain text delimited by commas"),
}


@pytest.mark.parametrize("kind", FORMATS)
def test_a_file_of_another_format_is_an_error(checked, kind):
    content, name, message = FORMATS[kind]
    report = checked(content, name)
    (found,) = report
    assert (found.code, found.severity) == ("misread-file", "error")
    assert f"the file is {message}" in found.message
    assert not report.valid


PLAIN = {
    "commas": text(),
    "one column of lists": "tags\na;b\nc;d\n",
    "one column": "remark\na\nb\n",
    "header alone": "id;name\n",
    "pairs": "id,pair\n1,5;6\n2,7;8\n",
    "wide": "land,2020,2021\nFiji,5,6\n",
    "numbered columns": "1,2\n5,6\n",
    "texts": "a,b\nx,y\n",
    "two delimiters": "a;b,c;d\n1;2,3;4\n",
    "empty": "",
}


@pytest.mark.parametrize("kind", PLAIN)
def test_of_a_plain_table_nothing_is_said(checked, kind):
    assert list(checked(PLAIN[kind])) == []


def test_what_the_dialect_says_is_believed(checked):
    assert list(checked(text(";"), dialect={"delimiter": ";"})) == []
    assert list(checked(text(above="Ponds\n\n"), dialect={"headerRows": [3]})) == []
    assert list(checked(text(header=None), dialect={"header": False})) == []


def test_of_files_that_are_no_tables_nothing_is_said(checked):
    assert list(checked("%PDF-1.7\n", "t.pdf")) == []
    assert list(checked("a;b\n1;2\n", "t.md")) == []
    assert list(checked('{"type": "FeatureCollection", "features": []}', "t.json")) == []


def test_a_workbook_is_one(checked, tmp_path):
    workbook(tmp_path / "made.xlsx", s=[["a", "b"], [1, 2]])
    assert list(checked((tmp_path / "made.xlsx").read_bytes(), "t.xlsx")) == []


def test_an_absent_file_is_said_once(checked, tmp_path):
    checked("")
    (tmp_path / "t.csv").unlink()
    (found,) = validate(tmp_path)
    assert found.code == "source-error"


def test_of_a_resource_that_is_not_asked_for_nothing_is_said(checked, tmp_path):
    checked(text(";"))
    assert list(validate(tmp_path, resources=["other"])) == []
