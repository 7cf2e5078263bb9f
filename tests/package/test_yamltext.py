"""YAML is read as the JSON that it stands for, or refused in one line, at once."""

import json

import pytest

from validate import PackageError, validate
from validate._src.curation.tidy import tidy
from validate._src.package.descriptor import load_package
from validate._src.package.yamltext import yaml_value

DESCRIPTOR = """
name: ponds
resources:
  - name: ponds
    path: ponds.csv
    schema:
      fields: [{name: pond_id, type: integer}]
"""

VALUES = [
    ("a: no", {"a": "no"}),
    ("a: off", {"a": "off"}),
    ("NO: Norway", {"NO": "Norway"}),
    ("a: 2024-01-01", {"a": "2024-01-01"}),
    ("a: 2024-01-01 10:00:00", {"a": "2024-01-01 10:00:00"}),
    ("a: 12:30", {"a": "12:30"}),
    ("a: 1_000", {"a": "1_000"}),
    ("a: 007", {"a": "007"}),
    ("a: 0x1F", {"a": "0x1F"}),
    ("a: .5", {"a": ".5"}),
    ("a: .nan", {"a": ".nan"}),
    ("a: -999", {"a": -999}),
    ("a: 1.50", {"a": 1.5}),
    ("a: 1e3", {"a": 1000.0}),
    ("a: '5'", {"a": "5"}),
    ("a: !!str 5", {"a": "5"}),
    ("a: true\nb: False", {"a": True, "b": False}),
    ("a:\nb: ~\nc: null", {"a": None, "b": None, "c": None}),
    ("1: x\ntrue: y", {"1": "x", "true": "y"}),
    ("a: &a [1]\nb: *a", {"a": [1], "b": [1]}),
    ("", None),
    ("- 1", [1]),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_a_plain_scalar_is_what_json_takes_it_for(text, value):
    found = yaml_value(text, "d.yaml")
    assert json.dumps(found) == json.dumps(value)


BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
REFUSED = [
    ("a: &a [*a]", "d.yaml:1:4: an alias within what it stands for"),
    (BOMB, "aliases repeat more than 100,000 values"),
    ("b: {<<: {a: 1}}", 'd.yaml:1:5: merge keys ("<<") are not read'),
    ("? [a]\n: 1", "d.yaml:1:3: a key that is no text"),
    ("a: !!timestamp 2024-01-01", "d.yaml:1:4: the tag tag:yaml.org,2002:timestamp on"),
    ("a: !!binary aGk=", "d.yaml:1:4: the tag"),
    ("a: !!set {x}", "d.yaml:1:4: the tag"),
    ("a: !!int x", "d.yaml:1:4: the tag"),
    ("a: !!python/object/apply:os.system [id]", "d.yaml:1:4: the tag"),
    ("a: [1", ": not YAML: "),
    ("a: b: c", "d.yaml:1:5: not YAML"),
    ("a:\n\t- b", "d.yaml:2:1: not YAML"),
    ("a: 1\n---\nb: 2", "d.yaml:2:1: not YAML"),
    ("a: *b", "d.yaml:1:4: not YAML"),
    ("a: \x00", "d.yaml"),
]


@pytest.mark.parametrize(("text", "message"), REFUSED)
def test_what_json_cannot_have_is_refused_in_one_line(text, message):
    with pytest.raises(PackageError) as raised:
        yaml_value(text, "d.yaml")
    assert message in str(raised.value)


@pytest.mark.parametrize("text", ["[" * 100_000, "a: " + "[" * 100_000, "- " * 100_000])
def test_what_is_nested_too_deeply_is_refused(tmp_path, text):
    (tmp_path / "datapackage.yaml").write_text(text, "utf-8")
    with pytest.raises(PackageError, match=r"datapackage\.yaml"):
        validate(tmp_path)


def write(folder, name, text=DESCRIPTOR):
    (folder / name).write_text(text, "utf-8")
    (folder / "ponds.csv").write_text("pond_id\n1\nx\n", "utf-8")


@pytest.mark.parametrize("name", ["datapackage.yaml", "datapackage.yml"])
def test_yaml_is_read_where_there_is_no_json(tmp_path, name):
    write(tmp_path, name)
    assert [one.row for one in validate(tmp_path)] == [3]
    assert [one.row for one in validate(tmp_path / name)] == [3]


def test_json_is_preferred(tmp_path):
    write(tmp_path, "datapackage.yaml")
    (tmp_path / "datapackage.json").write_text('{"resources": []}', "utf-8")
    with pytest.raises(PackageError, match=r"datapackage\.json"):
        validate(tmp_path)


def test_a_schema_of_a_single_table_may_be_in_yaml(tmp_path):
    write(tmp_path, "schema.yaml", "fields: [{name: pond_id, type: integer}]")
    assert [one.row for one in validate(tmp_path / "ponds.csv", schema=tmp_path / "schema.yaml")]


def test_a_byte_order_mark_is_a_warning(tmp_path):
    write(tmp_path, "datapackage.yaml", "\ufeff" + DESCRIPTOR)
    assert [one.code for one in validate(tmp_path)] == ["encoding-error", "type-error"]


FIELDS = """
fields:
  - {name: pond_id, type: integer}
  - {name: seen, type: date, constraints: {minimum: 2024-01-01}}
  - {name: ice, type: string, constraints: {enum: [no, yes]}}
primaryKey: pond_id
"""


def test_dates_and_words_of_a_schema_are_what_they_look_like(tmp_path):
    (tmp_path / "ponds.csv").write_text(
        "pond_id,seen,ice\n1,2024-01-01,no\n2,2023-12-31,maybe\n", "utf-8"
    )
    (tmp_path / "schema.yml").write_text(FIELDS, "utf-8")
    text = "name: p\nresources: [{name: ponds, path: ponds.csv, schema: schema.yml}]\n"
    (tmp_path / "datapackage.yml").write_text(text, "utf-8")
    assert [(one.key, one.field) for one in validate(tmp_path)] == [
        (("2",), "seen"),
        (("2",), "ice"),
    ]


def test_a_package_in_yaml_is_not_tidied(tmp_path):
    write(tmp_path, "datapackage.yaml")
    before = (tmp_path / "datapackage.yaml").read_bytes()
    with pytest.raises(PackageError, match="not in YAML"):
        tidy(load_package(tmp_path))
    assert (tmp_path / "datapackage.yaml").read_bytes() == before
