"""What a run could not look at is named, and does not count as checked."""

import json

import pytest

from validate import PackageError, load, validate

A = {"name": "a", "type": "string"}
B = {"name": "b", "type": "string"}
DAY = {"name": "day", "type": "date"}


def counts(report):
    return {part.what: part.count for part in report.checked}


def named(report):
    return [part.what for part in report.not_checked]


def test_a_row_rule_about_a_field_without_column(make_package):
    rules = [
        {"name": "has-b", "check": "COALESCE(b, 'x') = 'y'", "message": "b is y"},
        {"name": "has-a", "check": "a IS NOT NULL", "message": "there is an a"},
    ]
    report = validate(make_package([A, B], "a\nx\n", rules=rules, fieldsMatch="superset"))
    assert named(report) == ["row rule has-b of t"]
    assert counts(report)["row rules"] == 1


def test_keys_of_fields_without_column(make_package):
    fields = [A, {**B, "constraints": {"unique": True, "maxLength": 3}}]
    keys = {"uniqueKeys": [["a", "b"], ["a"]], "fieldsMatch": "superset"}
    report = validate(make_package(fields, "a\nx\n", **keys))
    assert named(report) == ["uniqueness of t.b", "unique key t.(a, b)"]
    assert (counts(report)["unique keys"], counts(report)["constraints"]) == (1, 0)


def to_another_package(fields, **where):
    """A schema's foreign key to another package, as the recipe words or shows it."""
    inside = {"reference": {"resource": "codes", "fields": fields, **where}}
    beside = {"reference": {"resource": "codes", "fields": fields}, **where}
    return [{"fields": fields, **key} for key in (inside, beside)]


def test_foreign_keys_to_another_package(make_package):
    for key in to_another_package(["a"], package="https://codes.example/datapackage.json"):
        report = validate(make_package([A, B], "a,b\nx,y\n", foreignKeys=[key]))
        assert (report.valid, named(report)) == (True, ["foreign key t.a"])
        assert report.not_checked[0].why == (
            "it refers to codes.a of another package, https://codes.example/datapackage.json"
        )
        assert counts(report)["foreign keys"] == 0


@pytest.mark.parametrize(
    ("fields", "package", "message"),
    [
        (["c"], "codes", 'there is no field "c"'),
        (["a"], 5, "must be a string, not 5"),
        (["a"], {}, "must be a string, not {}"),
    ],
)
def test_malformed_foreign_keys_to_another_package(make_package, fields, package, message):
    for key in to_another_package(fields, package=package):
        (found,) = validate(make_package([A, B], "a,b\nx,y\n", foreignKeys=[key]))
        assert found.code == "descriptor-error"
        assert message in found.message


def test_foreign_keys_of_a_table_by_itself_to_tables_that_are_not_at_hand(tmp_path, make_package):
    folder = make_package([A], "a\nx\n")
    keys = [{"fields": ["a"], "reference": {"resource": "other", "fields": ["b"]}}]
    (folder / "schema.json").write_text(json.dumps({"fields": [A], "foreignKeys": keys}), "utf-8")
    report = validate(folder / "t.csv", schema=folder / "schema.json")
    assert (report.valid, named(report)) == (True, ["foreign key t.a"])
    assert report.not_checked[0].why == "it refers to other.b, and only this table is at hand"


def test_what_follows_from_a_date_without_column(make_package):
    fields = [{**A, "edtf": {"earliest": "day"}}, DAY]
    report = validate(make_package(fields, "a\n2020\n", fieldsMatch="superset"))
    assert named(report) == ["EDTF dates of t.a beside day"]


@pytest.fixture
def cut_short(make_package):
    """A package whose table cannot be read to its end, which is waived."""
    folder = make_package([A, B], 'a,b\nx,y\nz,"w\nv\n')
    fields = ("resource", "key", "field", "code", "reason")
    schema = {"fields": [*({"name": name, "type": "string"} for name in fields)]}
    schema["fields"].append({"name": "expires", "type": "date"})
    descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
    descriptor["resources"].append({"name": "waivers", "path": "waivers.csv", "schema": schema})
    descriptor["waivers"] = {"resource": "waivers"}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), "utf-8")
    waived = f"{','.join(fields)},expires\nt,,,quote-error,known,9999-12-31\n"
    (folder / "waivers.csv").write_text(waived, "utf-8")
    return folder


def test_rows_after_a_fault_that_ends_reading(cut_short):
    report = validate(cut_short)
    assert [one.code for one in report.waived] == ["quote-error"]
    assert named(report) == ["rows of t that were not read"]


def test_a_table_that_is_cut_short_is_not_loaded(cut_short):
    assert validate(cut_short).valid
    with pytest.raises(PackageError, match="could not be read to its end"):
        load(cut_short)


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("depth", 3),
        ("minLength", 2),
        ("enum", 5),
        ("required", "yes"),
        ("pattern", "("),
        ("minimum", "low"),
        ("minimum", {}),
        ("exclusiveMinimum", "1.5"),
    ],
)
def test_a_constraint_that_cannot_be_used_is_named_and_all_else_of_its_field_is_judged(
    make_package, name, argument
):
    field = {"name": "b", "type": "integer", "constraints": {name: argument, "maximum": 10}}
    report = validate(make_package([A, field], "a,b\nx,12\ny,z\nw,5\n"))
    fault, *judged = report
    assert (fault.code, fault.field) == ("descriptor-error", "b")
    assert [(found.row, found.field, found.code, found.rule) for found in judged] == [
        (2, "b", "constraint-error", "maximum"),
        (3, "b", "type-error", None),
    ]
    (part,) = report.not_checked
    assert part.what == f"constraint {name} of field b of t"
    assert part.hides("t", "constraint-error")
    assert not part.hides("t", "type-error")


@pytest.mark.parametrize("fields_match", ["subset", "equal", "superset", "partial"])
def test_rows_of_a_table_of_which_no_column_is_a_field(make_package, fields_match):
    report = validate(make_package([A, B], "c,d\nx,y\nz,w\n", fieldsMatch=fields_match))
    said = [(part.what, part.why) for part in report.not_checked]
    assert said == [("rows of t", "no column is a field")]
    assert not report.valid


def test_rows_are_checked_where_columns_go_by_order(make_package):
    assert named(validate(make_package([A, B], "c,d\nx,y\n", fieldsMatch="exact"))) == []


def test_no_row_is_unchecked_where_there_is_none(make_package):
    assert named(validate(make_package([A, B], "c,d\n", fieldsMatch="subset"))) == []
