"""Keys that stand twice and words for numbers that JSON has not, in descriptors and schemas."""

import json

import pytest

from validate import PackageError, validate
from validate._src.package.jsonobjects import marked_value, read_object

TWICE = "stands more than once in its object"
UNCLEAR = f"{TWICE}, with different values, and which is meant cannot be told"
PROFILE = '"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"'
RESOURCE = '"name": "t", "path": "t.csv"'
SCHEMA = '"schema": {"fields": [{"name": "a", "type": "integer"}]}'


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ('{"a": [1, {"b": 2}]}', []),
        ('{"a": 1, "a": 1}', [(("a",), TWICE, True)]),
        ('{"a": 1, "b": 0, "a": 2, "a": 1}', [(("a",), UNCLEAR, False)]),
        ('{"a": 1, "a": true}', [(("a",), UNCLEAR, False)]),
        ('{"a": 1, "a": 1.0}', [(("a",), UNCLEAR, False)]),
        ('{"a": {"b": 1, "c": 2}, "a": {"c": 2, "b": 1}}', [(("a",), TWICE, True)]),
        ('{"a": [{}, {"b": 1, "b": 2}]}', [(("a", 1, "b"), UNCLEAR, False)]),
        ('{"a": [NaN]}', [(("a", 0), "NaN is no number in JSON", False)]),
        ('{"a": -Infinity}', [(("a",), "-Infinity is no number in JSON", False)]),
        ('{"a": NaN, "a": NaN}', [
            (("a",), TWICE, True), (("a",), "NaN is no number in JSON", False),
        ]),
        ('{"a": {"b": 1, "b": 2}, "a": 3}', [(("a",), UNCLEAR, False)]),
    ],
)  # fmt: skip
def test_what_no_json_has_is_a_problem(text, problems):
    found = read_object(marked_value(text)).problems
    assert [(each.steps, each.message, each.is_clear) for each in found] == problems


def test_of_repeated_keys_the_last_counts_as_with_other_readers():
    text = '{"a": 1, "b": {"c": NaN, "c": 2}, "a": 3}'
    assert read_object(marked_value(text)) == json.loads(text)


@pytest.fixture
def package(tmp_path):
    """Writes a descriptor with these texts as its properties; gives the folder."""

    def write(*properties, table="a\nx\n"):
        text = "{" + ",\n".join([PROFILE, *properties]) + "}"
        (tmp_path / "datapackage.json").write_text(text, "utf-8")
        (tmp_path / "t.csv").write_text(table, "utf-8")
        return tmp_path

    return write


def resources(*texts):
    return '"resources": [{' + ",\n".join(texts) + "}]"


def outcome(report):
    """Line, code and message of the findings, and what is not checked."""
    found = [(each.line, each.code, each.message) for each in report]
    return found, [part.what for part in report.not_checked]


@pytest.mark.parametrize(
    ("properties", "line", "fault", "lost"),
    [
        (['"name": "p"', '"name": "q"', resources(RESOURCE, SCHEMA)], 3, f"name: {UNCLEAR}", []),
        (['"x": NaN', resources(RESOURCE, SCHEMA)], 2, "x: NaN is no number in JSON", []),
        ([resources(RESOURCE, '"bytes": 4', '"bytes": 4', SCHEMA)], 4,
         f"resources[0].bytes: {TWICE}", []),
        ([resources(RESOURCE, '"bytes": 1', '"bytes": 2', SCHEMA)], 4,
         f"resources[0].bytes: {UNCLEAR}", ["declared size of t"]),
        ([resources(RESOURCE, SCHEMA), resources(RESOURCE, SCHEMA)], 4,
         f"resources: {TWICE}", []),
        ([resources(RESOURCE, SCHEMA, SCHEMA)], 4, f"resources[0].schema: {TWICE}", []),
        ([resources(RESOURCE, SCHEMA, '"dialect": {"delimiter": ",",\n"delimiter": ","}')], 5,
         f"resources[0].dialect.delimiter: {TWICE}", []),
        ([resources(RESOURCE, SCHEMA, '"dialect": {"delimiter": ",", "y": 1,\n"y": 2}')], 5,
         f"resources[0].dialect.y: {UNCLEAR}", ['property "y" of the dialect of t']),
        ([resources(RESOURCE, SCHEMA.replace('"type"', '"constraints": {"maximum": NaN}, "type"'))],
         3, "resources[0].schema.fields[0].constraints.maximum: NaN is no number in JSON",
         ["constraint maximum of field a of t"]),
        ([resources(RESOURCE, SCHEMA.replace("]}", '], "primaryKey": "a",\n"primaryKey": ["a"]}'))],
         4, f"resources[0].schema.primaryKey: {UNCLEAR}", ["primary key of t"]),
    ],
)  # fmt: skip
def test_it_costs_the_smallest_part_and_the_rest_is_judged(package, properties, line, fault, lost):
    found, not_checked = outcome(validate(package(*properties)))
    assert found[0] == (line, "descriptor-error", fault)
    assert [(line, code) for line, code, _ in found[1:]] == [(2, "type-error")]
    assert not_checked == lost


@pytest.mark.parametrize(
    ("properties", "fault", "lost"),
    [
        ([resources(RESOURCE, '"path": "u.csv"', SCHEMA)], "resources[0].path", "rows of t"),
        ([resources(RESOURCE, SCHEMA, '"schema": "s.json"')], "resources[0].schema", "rows of t"),
        ([resources(RESOURCE, SCHEMA, '"dialect": {"delimiter": ",", "delimiter": ";"}')],
         "resources[0].dialect.delimiter", "rows of t"),
        ([resources(RESOURCE, SCHEMA.replace('"type"', '"type": "date", "type"'))],
         "resources[0].schema.fields[0].type", "field a of t"),
    ],
)  # fmt: skip
def test_what_has_two_meanings_is_not_judged_by_one_of_them(package, properties, fault, lost):
    found, not_checked = outcome(validate(package(*properties)))
    assert [message for _, _, message in found] == [f"{fault}: {UNCLEAR}"]
    assert not_checked == [lost]


def test_a_file_of_a_schema_is_read_likewise(package):
    folder = package(resources(RESOURCE, '"schema": "s.json"'))
    text = '{"fields": [{"name": "a", "type": "integer",\n"title": "A", "title": "B"}]}'
    (folder / "s.json").write_text(text, "utf-8")
    for report in (validate(folder), validate(folder / "t.csv", schema=folder / "s.json")):
        fault, judged = report
        assert (fault.path.endswith("s.json"), fault.line) == (True, 2)
        assert fault.message == f"fields[0].title: {UNCLEAR}"
        assert judged.code == "type-error"


def test_two_arrays_of_resources_leave_nothing_to_judge(package):
    other = resources('"name": "u", "path": "t.csv"')
    with pytest.raises(PackageError, match=r"^datapackage\.json: resources: stands more than once"):
        validate(package(resources(RESOURCE, SCHEMA), other))


def test_rows_inline_are_judged_with_their_last_values(package):
    data = '"data": [{"a": 1, "a": "x"}, {"a": 2}]'
    found, not_checked = outcome(validate(package(resources('"name": "t"', data, SCHEMA))))
    assert found[0][1:] == ("descriptor-error", f"resources[0].data[0].a: {UNCLEAR}")
    assert [code for _, code, _ in found[1:]] == ["type-error"]
    assert not_checked == []


def test_a_field_that_is_restricted_once_is_restricted(package):
    field = '"type": "integer", "restricted": true, "restricted": false'
    schema = SCHEMA.replace('"type": "integer"', field)
    report = validate(package(resources(RESOURCE, schema), table="a\nsecret\n"))
    assert [found.code for found in report] == ["descriptor-error", "type-error"]
    assert "secret" not in "".join(map(repr, report))


def test_the_same_holds_in_yaml(tmp_path):
    text = """
name: p
name: q
resources:
  - {name: t, path: t.csv, schema: {fields: [{name: a, type: integer}]}}
"""
    (tmp_path / "datapackage.yaml").write_text(text, "utf-8")
    (tmp_path / "t.csv").write_text("a\nx\n", "utf-8")
    fault, judged = validate(tmp_path)
    assert fault.message == f"name: {UNCLEAR}"
    assert judged.code == "type-error"
