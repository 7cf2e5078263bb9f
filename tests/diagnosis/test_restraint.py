"""Files that look like misread ones, and are not: no fault of theirs may be folded away."""

import csv
import io
import json
import random
import zipfile

import pytest

from validate import validate

NUMBER = {"name": "score", "type": "number"}
TEXT = {"name": "remark", "type": "string"}


def zipped(name, content):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def half(good, bad, count=30):
    return "".join(f"{index},{bad if index % 2 else good}\n" for index in range(1, count))


@pytest.fixture
def told(tmp_path):
    """Writes a table and its package; gives the codes of what is found."""

    def tell(fields, content, name="t.csv", **properties):
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        schema = {"fields": fields, **properties.pop("schema", {})}
        resource = {"name": "t", "path": name, "schema": schema, **properties}
        text = json.dumps({"name": "made", "resources": [resource]})
        (tmp_path / "datapackage.json").write_text(text, "utf-8")
        return {finding.code for finding in validate(tmp_path)}

    return tell


@pytest.mark.parametrize("label", ["par1", "PAR1", "Arrow1", "$FL2", "%PDF-count"])
def test_a_label_that_begins_like_a_binary_format(told, label):
    fields = [{"name": label, "type": "integer"}, NUMBER]
    assert told(fields, f"{label},score\n1,x\n") == {"type-error"}


@pytest.mark.parametrize("name", ["t.csv", "xl/t.csv"])
def test_a_zip_whose_content_names_parts_of_a_workbook(told, name):
    random.seed(1)
    rows = "".join(f"{random.random()},https://ponds.example/xl/{row}\n" for row in range(2000))
    content = zipped(name, f"score,remark\n{rows}x,y\n")
    assert told([NUMBER, TEXT], content, "t.zip", format="csv", compression="zip") == {"type-error"}


def test_a_header_that_lacks_the_last_column(told):
    fields = [{"name": "id", "type": "integer"}, NUMBER, TEXT]
    codes = told(fields, "id,score\n" + half("1.5", "n/a"))
    assert "type-error" in codes
    assert "misread-file" not in codes


def test_rows_with_a_comma_at_their_end(told):
    fields = [{"name": "id", "type": "integer"}, NUMBER]
    codes = told(fields, "id,score,\n" + half("1.5,", "n/a,"))
    assert "type-error" in codes
    assert "misread-file" not in codes


@pytest.mark.parametrize(
    "second",
    [{"name": "tags", "type": "list"}, {"name": "2020", "type": "number"},
     {"name": "link", "type": "string", "format": "uri"}],
)  # fmt: skip
def test_labels_that_are_values_of_almost_anything(told, second):
    codes = told([{"name": "land", "type": "string"}, second], "country,2021:x\nFiji,5\n")
    assert "misread-file" not in codes


def test_a_row_of_names_between_rows_of_a_table(told):
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "type": "integer"}]
    codes = told(fields, "1,2\n3,4\na,b\n5,x\n", dialect={"header": False})
    assert codes == {"type-error"}


def test_a_value_that_is_the_name_of_the_only_field(told):
    codes = told([{"name": "word", "type": "string"}], "words\nsail\nword\n")
    assert codes == {"incorrect-label"}


def test_a_first_cell_that_is_an_object(told):
    fields = [{"name": "o", "type": "object"}, {"name": "n", "type": "integer"}]
    codes = told(fields, '{"a":1}|1\n{"a":2}|x\n', dialect={"delimiter": "|", "header": False})
    assert "type-error" in codes


@pytest.mark.parametrize(
    "label",
    ["<b>", "<html>", "<table>", "<head>", "<div>x</div>", "<meta >", "<body>name</body>", "{id}"],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_label_that_begins_like_a_page(told, label, delimiter):
    fields = [{"name": label, "type": "string"}, NUMBER]
    content = f"{label}{delimiter}score\n<td>{delimiter}x\n"
    assert told(fields, content, dialect={"delimiter": delimiter}) == {"type-error"}


@pytest.mark.parametrize(
    "label", ["sep", "ID", "version", "MIME", "l", "RIFF", "II*", "BZh9", "PK"]
)
def test_a_label_that_begins_like_a_format(told, label):
    assert told([{"name": label, "type": "string"}, NUMBER], f"{label},score\na,x\n") == {
        "type-error"
    }


ODD = {
    "telephones": ["+49 30 123456", "(030) 1234-56", "0171/123 45 67"],
    "pairs": ["50,10", "60,5", "70,120"],
    "coordinates": ["52.52,13.405", "40.7,-74.0"],
    "prices": ["€1,234.50", "$2", "1.234,50 €"],
    "codes": ["007", "0042"],
    "markup": ["<b>bold</b>", "<html>", "<!-- c -->"],
    "semicolons": ["a;b;c", "d;e;f"],
    "commas": ["a, b", "c, d, e"],
    "tabs": ["a\tb", "c\td"],
    "bars": ["a|b|c", "d|e|f"],
    "objects": ['{"a": [1, 2]}', "{}"],
    "arrays": ['[{"a": 1}]', "[]"],
    "lines": ["two\nlines", "one"],
    "days": ["31/12/2024", "01.02.2024"],
    "addresses": ["192.168.100.200", "10.0.0.1"],
    "versions": ["1.200.300", "2.0.1"],
    "labels": ["n", "odd"],
    "pointers": ["version https://git-lfs.github.com/spec/v1", "%PDF-1.4 x"],
    "empty": ["", ""],
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_texts_that_look_like_something_else(told, odd, delimiter):
    fields = [{"name": "odd", "type": "string"}, {"name": "n", "type": "integer"}]
    rows = [["odd", "n"], *([text, str(number)] for number, text in enumerate(ODD[odd] * 5))]
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows([*rows, ["x", "deep"]])
    assert told(fields, file.getvalue(), dialect={"delimiter": delimiter}) == {"type-error"}
