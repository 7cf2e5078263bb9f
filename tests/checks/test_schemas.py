"""Schemas of Pandera say of each row what the run says of it."""

import json
from datetime import date

import pandera.errors
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.alltypes import PLAIN, write_package
from support.made import one_table
from support.places import ROOT

from validate import PackageError, load, schemas, validate
from validate._src.package.descriptor import make_package
from validate._src.tables.loaded import loaded
from validate._src.tables.reading import read_table

WORDS = st.text(st.sampled_from("ab-1 日"), max_size=4)
TEXTS = {
    "string": WORDS,
    "integer": st.one_of(st.integers(-3, 3), st.integers(-(2**63), 2**63 - 1)).map(str),
    "number": st.one_of(
        st.sampled_from(["NaN", "INF", "-INF", "1", "-0.5", "1e3", "2.0"]),
        st.floats(allow_nan=False, allow_infinity=False).map(repr),
    ),
    "boolean": st.sampled_from(["true", "false"]),
    "date": st.dates().map(date.isoformat),
    "time": st.times().map(lambda one: one.strftime("%H:%M:%S")),
    "datetime": st.sampled_from(
        ["2024-01-01T00:00:00", "2024-01-01T09:00:00+09:00", "2024-01-01T00:00:00.25",
         "0001-01-01T00:00:00"]
    ),
    "year": st.sampled_from(["2024", "0044", "-0044", "12000", "0001"]),
    "yearmonth": st.sampled_from(["2024-01", "0044-12", "9999-01"]),
    "duration": st.sampled_from(["P1Y", "P12M", "P30D", "P1M", "PT24H", "-P1D"]),
    "object": st.sampled_from(["{}", '{"a": 1}', '{"b": [1], "a": 2}']),
    "array": st.sampled_from(["[]", "[1, 2.0]", '["x"]']),
    "list": st.sampled_from(["a", "a,b", "a,b,c", "1,2"]),
    "geopoint": st.sampled_from(["1,2", "90.5,-45", "0,0"]),
    "any": WORDS,
}  # fmt: skip
"""Cells that are of their type. Of days that Python has not, Pandera cannot name the rows."""
LENGTHS = {
    "minLength": st.integers(0, 3), "maxLength": st.integers(0, 3),
}  # fmt: skip
PATTERNS = st.sampled_from(["a*", "[ab]+", "(?=a).*", r"\i\c*"])
ORDERED = {
    "number", "integer", "date", "time", "datetime", "duration", "year", "yearmonth",
}  # fmt: skip


def constraints_of(kind):
    """Constraints that a field of a type may have."""
    value = TEXTS[kind]
    known = {"required": st.just(True), "unique": st.just(True)}
    known["enum"] = st.lists(value, min_size=1, max_size=3, unique=True)
    if kind in ORDERED:
        bounds = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
        known |= dict.fromkeys(bounds, value.filter(lambda text: text != "NaN"))
    if kind in ("string", "object", "array", "list"):
        known |= LENGTHS
    if kind == "string":
        known["pattern"] = PATTERNS
    if kind in ("object", "array"):
        known["jsonSchema"] = st.sampled_from([{"maxProperties": 1}, {"maxItems": 1}])
    names = st.lists(st.sampled_from(sorted(known)), max_size=3, unique=True)
    return names.flatmap(lambda some: st.fixed_dictionaries({one: known[one] for one in some}))


@st.composite
def fields(draw):
    kind = draw(st.sampled_from(sorted(TEXTS)))
    return {"type": kind, "constraints": draw(constraints_of(kind))}


@st.composite
def tables(draw):
    """A schema, and cells that are of its types or missing."""
    made = draw(st.lists(fields(), min_size=1, max_size=3))
    described = [{"name": f"f{at}", **one} for at, one in enumerate(made)]
    cells = [st.one_of(st.just("NA"), TEXTS[field["type"]]) for field in described]
    rows = draw(st.lists(st.tuples(*cells), min_size=1, max_size=6))
    schema = {
        "fields": [{"name": "row", "type": "integer"}, *described],
        "missingValues": ["NA", "1"] if draw(st.booleans()) else ["NA"],
        "rules": [
            {"name": "second", "check": "row <> 2 OR f0 IS NULL", "message": "no value in row 2"}
        ],
    }
    keys = draw(st.sampled_from([{}, {"primaryKey": ["f0"]}, {"uniqueKeys": [["f0", "row"]]}]))
    numbers = [5 if at % 2 else at + 2 for at in range(len(rows))]
    return {**schema, **keys}, [
        (str(number), *row) for number, row in zip(numbers, rows, strict=True)
    ]


def found_by_the_run(report):
    """The places of faults: row from 0, field, and what is not met."""
    names = {"type-error": "type", "primary-key": "primaryKey"}
    return {
        (finding.row - 2, finding.field, names.get(finding.code, finding.rule))
        for finding in report
    }


def found_by_pandera(schema, frame):
    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        assert cases["index"].null_count() == 0, cases
        return {
            (row["index"], *place(row["column"], row["check"], schema))
            for row in cases.iter_rows(named=True)
        }
    return set()


def place(column, check, schema):
    if check == "not_nullable":
        return column, "required"
    if column == schema.name:
        return None, check.split(" ")[0]
    return column, check


def typed(folder):
    """The values of the only table of a package, valid or not, as `load` has them."""
    file = folder / "datapackage.json"
    package = make_package(json.loads(file.read_text("utf-8")), file)
    (resource,) = package.tables.values()
    return loaded(read_table(resource))


@settings(max_examples=80, deadline=None, derandomize=True)
@given(tables())
def test_each_row_of_values_is_judged_as_in_the_run(tmp_path_factory, table):
    schema, rows = table
    folder, file = one_table(
        tmp_path_factory.mktemp("t"), "t.csv", schema["fields"], schema={**schema}
    )
    quoted = ['","'.join(cell.replace('"', '""') for cell in row) for row in rows]
    names = '","'.join(field["name"] for field in schema["fields"])
    file.write_text("".join(f'"{line}"\n' for line in (names, *quoted)), "utf-8")
    report = validate(folder, unfolded=True)
    if any(finding.code in ("descriptor-error", "blank-row") for finding in report):
        return
    if any(part.what.startswith(("row rule", "constraint")) for part in report.not_checked):
        return
    assert found_by_pandera(schemas(folder)["t"], typed(folder)) == found_by_the_run(report)


@pytest.mark.parametrize(
    ("key", "constraints"),
    [
        ({"primaryKey": ["f0"]}, {}),
        ({}, {"required": True}),
        ({"primaryKey": ["f0"]}, {"required": True, "enum": ["NaN", "1"]}),
        ({"uniqueKeys": [["f0"]]}, {"required": True, "unique": True}),
    ],
)
def test_nan_is_a_value_where_one_is_required(tmp_path, key, constraints):
    """Pandera takes it for missing where a column is not nullable."""
    fields = [{"name": "f0", "type": "number", "constraints": constraints}, {"name": "row"}]
    folder, file = one_table(tmp_path, "t.csv", fields, schema=key)
    file.write_text("f0,row\nNaN,a\n1,b\n,c\nINF,d\n", "utf-8")
    expected = found_by_the_run(validate(folder, unfolded=True))
    assert {row for row, *_ in expected} - {3} == {2}
    assert found_by_pandera(schemas(folder)["t"], typed(folder)) == expected


FRAME_FIELDS = [
    {"name": "id", "type": "integer"},
    {"name": "email", "type": "string", "format": "email"},
    {"name": "uuid", "type": "string", "format": "uuid"},
    {"name": "length", "type": "duration"},
    {"name": "shape", "type": "geojson"},
    {"name": "data", "type": "object"},
    {"name": "year", "type": "year", "constraints": {"minimum": 2000}},
    {"name": "kind", "type": "string", "categories": [{"value": "tarn"}, {"value": "pool"}]},
]


def test_texts_that_are_no_values_are_found_in_frames(tmp_path):
    folder, _ = one_table(tmp_path, "t.csv", FRAME_FIELDS, schema={"missingValues": ["-"]})
    frame = pl.DataFrame(
        {
            "id": [1, 2, None, 4],
            "email": ["a@b.org", "a@", None, "-"],
            "uuid": ["x", None, "123e4567-e89b-12d3-a456-426614174000", ""],
            "length": ["P1Y", "1 year", "P", None],
            "shape": ['{"type": "Point", "coordinates": [1, 2]}', "{}", "x", None],
            "data": ["{}", "[]", "{", None],
            "year": [2024, 1999, None, 12000],
            "kind": ["tarn", "sea", None, "pool"],
        }
    )
    schema = {"fields": FRAME_FIELDS, "missingValues": ["-"]}
    expected = found_by_the_run(validate(frame, schema))
    assert len(expected) == 11
    assert found_by_pandera(schemas(folder)["t"], frame) == expected


def test_the_dataset_passes_its_own_schemas():
    compiled = schemas(ROOT)
    for name, table in load(ROOT).items():
        assert compiled[name].validate(table, lazy=True).equals(table)


def test_tables_of_every_type_pass(tmp_path):
    package = write_package(tmp_path)
    frame = typed_table(package, "plain")
    schema = schemas(package)["plain"]
    assert {*schema.columns} == {*PLAIN}
    assert schema.validate(frame, lazy=True).equals(frame)


def typed_table(folder, name):
    file = folder / "datapackage.json"
    package = make_package(json.loads(file.read_text("utf-8")), file)
    return loaded(read_table(package.tables[name]))


def test_titles_descriptions_and_types_are_those_of_the_schema():
    figures = schemas(ROOT)["figures"]
    described = json.loads((ROOT / "schemas" / "figures.json").read_text("utf-8"))
    assert (figures.name, figures.title) == ("figures", described["title"])
    for field in described["fields"]:
        column = figures.columns[field["name"]]
        assert (column.title, column.description) == (field["title"], field["description"])
    assert figures.columns["value"].dtype.type == pl.Float64


def test_columns_are_those_of_the_schema(tmp_path):
    fields = [{"name": "a", "type": "integer"}, {"name": "b", "type": "string"}]
    frame = pl.DataFrame({"b": ["x"], "a": [1]})
    for match, passes in {
        "exact": {"ab"}, "equal": {"ab", "ba"}, "subset": {"ab", "ba", "abc"},
        "superset": {"ab", "ba", "a"}, "partial": {"ab", "ba", "a", "abc"},
    }.items():  # fmt: skip
        folder, _ = one_table(tmp_path, "t.csv", fields, schema={"fieldsMatch": [match]})
        schema = schemas(folder)["t"]
        for columns in ("ab", "ba", "a", "abc"):
            given = frame.with_columns(c=pl.lit(1)).select([*columns])
            try:
                schema.validate(given)
            except pandera.errors.SchemaError:
                assert columns not in passes, match
            else:
                assert columns in passes, match


def test_a_rule_that_is_a_warning_warns(tmp_path):
    rule = {"name": "few", "check": "a < 3", "message": "many", "severity": "warning"}
    fields = [{"name": "a", "type": "integer"}]
    folder, _ = one_table(tmp_path, "t.csv", fields, schema={"rules": [rule]})
    with pytest.warns(pandera.errors.SchemaWarning, match="few"):
        schemas(folder)["t"].validate(pl.DataFrame({"a": [3]}))


def test_what_pandera_can_write_down_is_all_but_the_checks():
    figures = schemas(ROOT)["figures"]
    with pytest.warns(UserWarning, match="Only registered checks may be serialized"):
        text = figures.to_yaml()
    read = type(figures).from_yaml(text)
    assert {name: (one.dtype, one.nullable, one.title, one.description) for name, one in
            read.columns.items()} == {
        name: (one.dtype, one.nullable, one.title, one.description)
        for name, one in figures.columns.items()
    }  # fmt: skip
    assert (read.strict, read.ordered, read.title) == (True, True, figures.title)


def test_a_schema_at_fault_is_an_error(tmp_path):
    field = {"name": "a", "type": "string", "constraints": {"pattern": "("}}
    folder, _ = one_table(tmp_path, "t.csv", [field])
    with pytest.raises(PackageError, match=r"pattern: invalid pattern"):
        schemas(folder)
