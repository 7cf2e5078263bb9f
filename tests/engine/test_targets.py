"""Tables without a schema that foreign keys refer to are read as far as these need it."""

import json

import pytest

import validate
from validate._src.engine.targets import with_targets
from validate._src.package.descriptor import load_package
from validate._src.words.model import TabularResource

FIELDS = [{"name": "id", "type": "integer"}, {"name": "pier", "type": "integer"}]


def key(fields, target, reference):
    return {"fields": fields, "reference": {"resource": target, "fields": reference}}


@pytest.fixture
def package(tmp_path):
    def make(piers, *keys, **properties):
        (tmp_path / "boats.csv").write_text("id,pier\n1,1\n2,3\n", encoding="utf-8")
        (tmp_path / "piers.csv").write_bytes(piers)
        boats = {"name": "boats", "path": "boats.csv"}
        boats["schema"] = {"fields": FIELDS, "foreignKeys": [*keys]}
        piers = {"name": "piers", "path": "piers.csv", **properties}
        descriptor = {"name": "harbour", "resources": [boats, piers]}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        return tmp_path

    return make


def found(package, **options):
    report = validate.validate(package, **options)
    return [(f.resource, f.row, f.code) for f in report], {one.what for one in report.not_checked}


def test_only_the_columns_of_the_key_are_read(package):
    folder = package(b"number,name\n1,A\n3,B\n", key("pier", "piers", "number"))
    target = with_targets(load_package(folder)).resources["piers"]
    assert isinstance(target, TabularResource)
    assert [(field.name, field.type) for field in target.schema.fields] == [("number", "integer")]


def test_the_references_are_judged_and_nothing_else(package):
    folder = package(b"number,number\n1,1,1\n\n01,x\n", key("pier", "piers", "number"))
    assert found(folder) == ([("boats", 3, "foreign-key")], {"rows of piers"})


def test_a_reference_of_two_fields(package):
    folder = package(b"a,b\n1,1\n2,4\n", key(["id", "pier"], "piers", ["a", "b"]))
    assert found(folder)[0] == [("boats", 3, "foreign-key")]


@pytest.mark.parametrize("piers", [b"name\nA\n", b"Number\n1\n3\n"])
def test_a_column_that_is_not_there(package, piers):
    folder = package(piers, key("pier", "piers", "number"))
    assert found(folder)[0] == [("boats", None, "foreign-key")]


def test_by_one_of_two_types(package):
    """What is referred to by fields of two types is read by the first; the other is not judged."""
    folder = package(b"number\n1\n3\n", key("pier", "piers", "number"))
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    schema = descriptor["resources"][0]["schema"]
    schema["fields"][0]["type"] = "string"
    schema["foreignKeys"].append(key("id", "piers", "number"))
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    assert found(folder) == ([], {"rows of piers", "foreign key boats.id"})


@pytest.mark.parametrize("properties", [{"format": "shp"}, {"schema": "absent.json"}])
def test_what_lacks_more_than_a_schema(package, properties):
    folder = package(b"number\n1\n", key("pier", "piers", "number"), **properties)
    assert "foreign key boats.pier" in found(folder)[1]


@pytest.mark.parametrize(
    ("piers", "properties", "code"),
    [
        (b"\x1f\x8b\x08", {"compression": "gz"}, "source-error"),
        (b'number,name\n1,A\n"3,B\n', {}, "quote-error"),
        (b"number\n1\n\xff\n", {"encoding": "utf-8"}, "encoding-error"),
        (b'[{"number": 1}, {"number":}]', {"format": "json"}, "source-error"),
    ],
)
def test_what_keeps_the_table_from_being_read_is_found(package, piers, properties, code):
    folder = package(piers, key("pier", "piers", "number"), **properties)
    findings, not_checked = found(folder)
    assert {(resource, each) for resource, _, each in findings} == {("piers", code)}
    assert not_checked == {"rows of piers", "foreign key boats.pier"}


def test_a_file_that_is_absent_is_found_once(package):
    folder = package(b"", key("pier", "piers", "number"), path="nowhere.csv")
    assert found(folder)[0] == [("piers", None, "source-error")]


def test_without_a_header_columns_have_no_names(package):
    header = {"dialect": {"header": False}}
    folder = package(b"1\n3\n", key("pier", "piers", "number"), **header)
    assert found(folder) == ([], {"rows of piers", "foreign key boats.pier"})


def test_some_resources(package):
    folder = package(b"number\n1\n", key("pier", "piers", "number"))
    assert found(folder, resources=["boats"])[0] == [("boats", 3, "foreign-key")]
    assert found(folder, resources=["piers"]) == ([], {"rows of piers", "resources boats"})
    assert found(folder, fast=True)[0] == []


def test_load_has_only_tables_with_a_schema(package):
    folder = package(b"number\n1\n3\n", key("pier", "piers", "number"))
    assert [*validate.load(folder)] == ["boats"]
