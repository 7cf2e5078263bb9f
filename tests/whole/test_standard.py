"""What the text of the standard asks for where other tools depart from it, or leave it open."""

import json
from hashlib import sha384

import pytest

from validate import validate

V2 = "https://datapackage.org/profiles/2.0/datapackage.json"
TEXT = {"name": "a", "type": "string"}


@pytest.fixture
def folder(tmp_path):
    """Writes a package of these resources and files; gives its folder."""

    def write(resources, files=None, **properties):
        descriptor = {"name": "made", "resources": resources, **properties}
        (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
        for name, content in (files or {}).items():
            (tmp_path / name).write_text(content, "utf-8")
        return tmp_path

    return write


def table(**properties):
    return {"name": "t", "path": "t.csv", "schema": {"fields": [TEXT]}, **properties}


def found(report):
    return [(one.row, one.field, one.code) for one in report]


def not_checked(report):
    return [(part.what, part.why) for part in report.not_checked]


def faults(report):
    """What is said of the descriptor, which is all that is found."""
    assert {found.code for found in report} == {"descriptor-error"}
    return [found.message for found in report]


@pytest.mark.parametrize(("join", "separator"), [({}, " "), ({"headerJoin": "-"}, "-")])
def test_a_label_over_several_columns_goes_on(folder, join, separator):
    """Table Dialect, "headerRows" and "headerJoin", the example."""
    fields = [{"name": f"fruit{separator}{name}", "type": "string"} for name in ("id", "name")]
    dialect = {"headerRows": [1, 2], **join}
    resource = table(schema={"fields": fields}, dialect=dialect)
    report = validate(folder([resource], {"t.csv": "fruit\nid,name\n1,apple\n"}, **{"$schema": V2}))
    assert found(report) == []


def test_the_last_row_of_a_header_goes_on_nowhere(folder):
    fields = [{"name": "fruit id", "type": "string"}, {"name": "fruit", "type": "string"}]
    resource = table(schema={"fields": fields}, dialect={"headerRows": [1, 2]})
    report = validate(folder([resource], {"t.csv": "fruit\nid,\n1,apple\n"}, **{"$schema": V2}))
    assert found(report) == []


@pytest.mark.parametrize("schema", [{}, {"$schema": V2}])
def test_url_is_path_as_in_version_0(folder, schema):
    """Data Resource, "path or data", Backward Compatibility."""
    resource = {"name": "t", "url": "t.csv", "schema": {"fields": [TEXT]}}
    report = validate(folder([resource], {"t.csv": "b\n1\n"}, **schema))
    assert [one.code for one in report] == ["incorrect-label"]


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16", "shift_jis"])
def test_text_inline_has_no_encoding(folder, encoding):
    """Data Resource, "encoding": of the data file."""
    field = {**TEXT, "constraints": {"enum": ["é"]}}
    inline = {"name": "t", "data": "a\né\n", "format": "csv", "encoding": encoding}
    assert found(validate(folder([{**inline, "schema": {"fields": [field]}}]))) == []


@pytest.mark.parametrize(
    ("encoding", "codec"),
    [("Windows-31J", "cp932"), ("x-sjis", "shift_jis"), ("windows-874", "cp874")],
)
def test_encodings_that_python_calls_otherwise(folder, encoding, codec):
    """Data Resource, "encoding": names that are registered with IANA, and one that is in use."""
    path = folder([table(encoding=encoding)])
    (path / "t.csv").write_bytes(
        "a\nก\n".encode(codec) if codec == "cp874" else "a\n池\n".encode(codec)
    )
    assert found(validate(path)) == []


def test_digests_of_any_algorithm_that_is_known(folder):
    """Data Resource, "hash": other algorithms by their names."""
    content = "a\n1\n"
    digest = sha384(content.encode()).hexdigest()
    right = folder([table(hash=f"sha384:{digest}")], {"t.csv": content})
    assert found(validate(right)) == []
    wrong = folder([table(hash=f"sha384:{'0' * 96}")], {"t.csv": content})
    assert found(validate(wrong)) == [(None, None, "hash-count")]
    unknown = validate(folder([table(hash="crc32:0a1b2c3d")], {"t.csv": content}))
    assert not_checked(unknown) == [("digest of t", 'no algorithm "crc32" is known here')]
    assert ("declared digests", 0) in [(part.what, part.count) for part in unknown.checked]


KEY = {"fields": ["a"], "reference": {"resource": "p", "fields": ["a"]}}


@pytest.mark.parametrize(
    ("child", "parent", "judged"),
    [
        ({"name": "a"}, TEXT, True),
        ({"name": "a", "type": "integer"}, {"name": "a", "type": "year"}, True),
        ({"name": "a", "type": "integer"}, {"name": "a", "type": "number"}, False),
        ({"name": "a", "type": "integer"}, TEXT, False),
    ],
)
def test_references_to_fields_of_another_type(folder, child, parent, judged):
    """Table Schema, "foreignKeys": as many fields; of their types nothing is said."""
    resources = [
        table(schema={"fields": [child], "foreignKeys": [KEY]}),
        {"name": "p", "path": "p.csv", "schema": {"fields": [parent]}},
    ]
    path = folder(resources, {"t.csv": "a\n2001\n2002\n", "p.csv": "a\n2001\n"}, **{"$schema": V2})
    report = validate(path)
    why = "its fields are of other types than those that they refer to"
    assert not_checked(report) == ([] if judged else [("foreign key t.a", why)])
    assert found(report) == ([(3, "a", "foreign-key")] if judged else [])


@pytest.mark.parametrize("order", [1, -1])
def test_references_to_a_table_without_a_schema(folder, order):
    """Data Resource, "schema": a table SHOULD have one; "foreignKeys" asks for none."""
    resources = [
        table(schema={"fields": [TEXT], "foreignKeys": [KEY]}),
        {"name": "p", "path": "p.csv"},
    ][::order]
    report = validate(folder(resources, {"t.csv": "a\n1\n2\n", "p.csv": "a\n1\n"}))
    assert not_checked(report) == [("rows of p", "the resource has no schema")]
    assert found(report) == [(3, "a", "foreign-key")]


def test_references_to_no_table_are_found(folder):
    path = folder([table(schema={"fields": [TEXT], "foreignKeys": [KEY]})], {"t.csv": "a\n"})
    assert faults(validate(path)) == [
        'resources[0].schema.foreignKeys[0]: there is no resource "p"'
    ]


@pytest.mark.parametrize(
    ("properties", "named"),
    [
        ({"$schema": V2}, []),
        ({"profile": "data-package"}, []),
        (
            {"$schema": "https://ponds.example/2/datapackage.json"},
            ["https://ponds.example/2/datapackage.json"],
        ),
        ({"profile": "https://ponds.example/p.json"}, ["https://ponds.example/p.json"]),
    ],
)
def test_profiles_of_others_are_named_as_not_checked(folder, properties, named):
    """Glossary, "Profile": a descriptor MUST be validated against it."""
    report = validate(folder([table()], {"t.csv": "a\n1\n"}, **properties))
    why = "only those of the standard are at hand"
    assert not_checked(report) == [(f"profile {profile}", why) for profile in named]


def test_profiles_of_others_include_the_standard(folder):
    """Extensions: the profile of an extension includes that of the standard, here of 2.0."""
    schema = {"fields": [{"name": "a"}]}
    profile = "https://ponds.example/2/datapackage.json"
    resource = {"name": "Big Ponds", "data": [{"a": 1}], "schema": schema}
    assert found(validate(folder([resource], **{"$schema": profile}))) == []


def test_the_version_of_a_schema_in_a_file_of_its_own(folder):
    """Glossary, "Profile": `$schema` has effect on the root level of a descriptor."""
    resource = {"name": "t", "data": [{"a": 1}], "schema": "s.json"}
    own = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [{"name": "a"}],
    }
    assert found(validate(folder([resource], {"s.json": json.dumps(own)}))) == []
    assert found(validate(folder([{**resource, "schema": {"fields": [{"name": "a"}]}}]))) == [
        (2, "a", "type-error")
    ]


@pytest.mark.parametrize(
    "profile",
    [
        "tabular-data-package",
        "https://specs.frictionlessdata.io/schemas/tabular-data-package.json",
    ],
)
def test_tables_of_a_tabular_package_have_a_schema(folder, profile):
    """Data Package 1.0, Tabular Data Package."""
    path = folder([{"name": "t", "path": "t.csv"}], {"t.csv": "a\n"}, profile=profile)
    assert "resources[0].schema: is missing; the profile asks for one" in faults(validate(path))


def test_lists_are_compared_by_their_items(folder):
    """Table Schema, "Field Constraints": tested on the logical representation."""
    field = {"name": "a", "type": "list", "itemType": "integer", "delimiter": ";"}
    enum = {**field, "constraints": {"enum": [[1, 2], "3;4"]}}
    unique = {**field, "constraints": {"unique": True}}
    files = {"t.csv": "a\n01;2\n3;04\n5\n"}
    report = validate(folder([table(schema={"fields": [enum]})], files, **{"$schema": V2}))
    assert found(report) == [(4, "a", "constraint-error")]
    files = {"t.csv": "a\n1;2\n01;2\n"}
    report = validate(folder([table(schema={"fields": [unique]})], files, **{"$schema": V2}))
    assert found(report) == [(3, "a", "unique-error")]


def test_a_json_schema_says_of_which_draft_it_is(folder):
    """Table Schema, "jsonSchema": a valid JSON Schema."""
    draft = "https://json-schema.org/draft/2020-12/schema"
    schema = {"$schema": draft, "prefixItems": [{"type": "integer"}]}
    field = {"name": "a", "type": "array", "constraints": {"jsonSchema": schema}}
    files = {"t.csv": 'a\n[1]\n"[""x""]"\n'}
    path = folder([table(schema={"fields": [field]})], files, **{"$schema": V2})
    assert found(validate(path)) == [(3, "a", "constraint-error")]
    field["constraints"]["jsonSchema"]["$schema"] = "https://ponds.example/draft"
    path = folder([table(schema={"fields": [field]})], files, **{"$schema": V2})
    (fault,) = faults(validate(path))
    assert 'jsonSchema: no JSON Schema of "https://ponds.example/draft"' in fault
