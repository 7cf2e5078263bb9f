"""The descriptor of a single resource is judged as a package of one, with its own places."""

import json

import pytest

import validate
from validate._src.package.descriptor import load_package
from validate._src.words.errors import PackageError

RESOURCE = {
    "name": "ponds",
    "path": "ponds.csv",
    "schema": {
        "fields": [{"name": "id", "type": "integer"}],
        "foreignKeys": [{"fields": "id", "reference": {"resource": "lakes", "fields": "id"}}],
    },
}


@pytest.fixture
def written(tmp_path):
    def write(descriptor, name="ponds.json"):
        (tmp_path / "ponds.csv").write_text("id\n1\nx\n", encoding="utf-8")
        text = descriptor if isinstance(descriptor, str) else json.dumps(descriptor, indent=1)
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write


def test_its_rows_are_judged(written):
    report = validate.validate(written(RESOURCE))
    assert [(f.resource, f.row, f.field, f.code) for f in report] == [
        ("ponds", 3, "id", "type-error")
    ]
    assert [part.what for part in report.not_checked] == ["foreign key ponds.id"]
    assert report.package == "ponds"


def test_its_faults_have_their_place_in_its_own_file(written):
    file = written({**RESOURCE, "sources": [{}]})
    report = validate.validate(file)
    (fault,) = (finding for finding in report if finding.code == "descriptor-error")
    assert (fault.path, fault.line) == (
        "ponds.json",
        file.read_text("utf-8").splitlines().index("  {}") + 1,
    )
    assert fault.message == "sources[0].title: is missing"


def test_what_its_text_has_that_no_json_has(written):
    text = json.dumps(RESOURCE).replace('"name": "ponds"', '"name": "ponds", "bytes": NaN', 1)
    report = validate.validate(written(text))
    assert "bytes: NaN is no number in JSON" in [finding.message for finding in report]


def test_in_yaml_and_with_data_in_it(written):
    text = "name: ponds\ndata: [{id: 1}, {id: x}]\nschema: {fields: [{name: id, type: integer}]}\n"
    report = validate.validate(written(text, "ponds.yaml"))
    assert [finding.row for finding in report] == [3]


@pytest.mark.parametrize(
    ("descriptor", "name", "said"),
    [
        (RESOURCE["schema"], "s.json", "s.json: a Table Schema, not a package; `validate run"),
        ({"name": "ponds"}, "p.json", "p.json: resources: a package has at least one resource"),
        ({"data": [{"id": 1}]}, "p.json", 'one resource; there are rows at "data", which are'),
        ({"ok": 1, "results": [{"id": 1}]}, "p.json", 'there are rows at "results", which are'),
        ("<p>", "p.html", "no descriptor, and its name is that of no table"),
        ("<p>", "p.json", "not JSON"),
    ],
)
def test_what_is_no_descriptor(written, descriptor, name, said):
    with pytest.raises(PackageError, match=f"(?s).*{said}"):
        load_package(written(descriptor, name))
