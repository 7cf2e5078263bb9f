"""What differs in descriptors, and which part of the version each change demands."""

import pytest
from support.versions import BOATS, ROWS, changed, field_changed, write

from validate._src.compare.compare import compare


def told(tmp_path, old, new, old_rows=ROWS, new_rows=ROWS):
    """The changes between two packages of one table each, without what was and what is there."""
    write(tmp_path / "old", old_rows, old)
    write(tmp_path / "new", new_rows, new)
    found = compare(tmp_path / "old", tmp_path / "new")
    return [(one.level, one.change, one.what, one.field, one.name) for one in found.changes]


def constraints(**known):
    return field_changed("length", constraints=known)


CONSTRAINTS = [
    ({}, {"required": True}, "added", "required", "major"),
    ({"required": True}, {}, "removed", "required", "minor"),
    ({"required": True}, {"required": False}, "changed", "required", "minor"),
    ({"minimum": 1}, {"minimum": 2}, "changed", "minimum", "major"),
    ({"minimum": 2}, {"minimum": 1}, "changed", "minimum", "minor"),
    ({"maximum": 2}, {"maximum": 1}, "changed", "maximum", "major"),
    ({"maximum": 1}, {"maximum": 2}, "changed", "maximum", "minor"),
    ({"enum": [1, 2]}, {"enum": [1, 2, 3]}, "changed", "enum", "minor"),
    ({"enum": [1, 2]}, {"enum": [1, 3]}, "changed", "enum", "major"),
    ({"unique": True}, {"unique": True, "minimum": 0}, "added", "minimum", "major"),
]


@pytest.mark.parametrize(("old", "new", "change", "name", "level"), CONSTRAINTS)
def test_constraints_are_major_where_they_let_less_pass(tmp_path, old, new, change, name, level):
    found = told(tmp_path, constraints(**old), constraints(**new))
    assert found == [(level, change, "constraint", "length", name)]


def test_patterns_of_which_it_cannot_be_told_are_major(tmp_path):
    old, new = (
        field_changed("id", constraints={"pattern": pattern}) for pattern in ("b.*", "b[0-9]")
    )
    assert told(tmp_path, old, new) == [("major", "changed", "constraint", "id", "pattern")]


CHANGES = [
    (field_changed("colour", title="Colour"), ("patch", "added", "property", "colour", "title")),
    (field_changed("length", type="integer"), ("major", "changed", "type", "length", "")),
    (field_changed("colour", format="email"), ("major", "changed", "format", "colour", "")),
    (
        field_changed("length", decimalChar=","),
        ("major", "changed", "option", "length", "decimal_char"),
    ),
    (
        field_changed("length", missingValues=["-"]),
        ("major", "changed", "missing values", "length", ""),
    ),
    (
        field_changed("colour", categories=["red", "blue", "green"]),
        ("major", "added", "categories", "colour", ""),
    ),
    (
        changed(lambda one: one["schema"].pop("primaryKey")),
        ("major", "removed", "primary key", None, ""),
    ),
    (
        changed(lambda one: one["schema"].update(uniqueKeys=[["colour"]])),
        ("major", "added", "unique key", None, "colour"),
    ),
    (
        changed(
            lambda one: one["schema"].update(
                foreignKeys=[
                    {"fields": "colour", "reference": {"resource": "boats", "fields": "id"}}
                ]
            )
        ),
        ("minor", "added", "foreign key", None, "colour"),
    ),
    (
        changed(
            lambda one: one["schema"].update(
                rules=[{"name": "long", "check": "length > 1", "message": "it is short"}]
            )
        ),
        ("major", "added", "rule", None, "long"),
    ),
    (
        changed(lambda one: one.update(title="Boats")),
        ("patch", "added", "property", None, "title"),
    ),
    (
        changed(lambda one: one.update(encoding="utf-16")),
        ("minor", "changed", "encoding", None, ""),
    ),
    (
        changed(lambda one: one.update(dialect={"delimiter": ";"})),
        ("minor", "changed", "dialect", None, "delimiter"),
    ),
]


@pytest.mark.parametrize(("new", "expected"), CHANGES)
def test_each_change_is_told_once(tmp_path, new, expected):
    assert told(tmp_path, BOATS, new) == [expected]


def test_what_differs_by_itself_is_no_change(tmp_path):
    new = changed(lambda one: one.update(path="other.csv", bytes=10, hash="0" * 32))
    assert told(tmp_path, BOATS, new) == []


def test_categories_are_told_one_by_one(tmp_path):
    def known(*values):
        return field_changed("colour", categories=[{"value": v, "label": w} for v, w in values])

    old = known(("red", "Red"), ("blue", "Blue"), ("green", "Green"))
    new = known(("red", "Red"), ("blue", "Navy"), ("white", "White"))
    assert told(tmp_path, old, new) == [
        ("patch", "changed", "category", "colour", "blue"),
        ("minor", "added", "category", "colour", "white"),
        ("major", "removed", "category", "colour", "green"),
    ]


def test_fields_that_come_go_and_change_places_are_major(tmp_path):
    def change(resource):
        fields = resource["schema"]["fields"]
        fields[:] = [fields[1], fields[0], {"name": "flag", "type": "string"}]

    rows = ["4.5,b1,nl", "5,b2,be", ",b3,no"]
    found = told(tmp_path, BOATS, changed(change), new_rows=rows)
    assert found == [
        ("major", "added", "field", "flag", ""),
        ("major", "removed", "field", "colour", ""),
        ("major", "changed", "order of fields", None, ""),
    ]


def renamed_to(name):
    return changed(lambda one: one["schema"]["fields"][2].update(name=name))


def test_a_field_with_another_name_and_all_its_values_is_renamed(tmp_path):
    found = told(tmp_path, BOATS, renamed_to("paint"), new_rows=["b0,1,pink", *ROWS[:2]])
    assert found == [("major", "renamed", "field", "paint", "")]


@pytest.mark.parametrize(
    "rows", [["b1,4.5,red", "b2,5,blue", "b3,,black"], ["b4,1,red"], ["b1,4.5,", "b2,5,", "b3,,"]]
)
def test_a_field_with_other_values_is_not_renamed(tmp_path, rows):
    found = told(tmp_path, BOATS, renamed_to("paint"), new_rows=rows)
    assert [one[1:4] for one in found] == [
        ("added", "field", "paint"),
        ("removed", "field", "colour"),
    ]


def test_a_field_without_any_value_is_not_renamed(tmp_path):
    rows = ["b1,4.5,", "b2,5,"]
    found = told(tmp_path, BOATS, renamed_to("paint"), rows, rows)
    assert "renamed" not in [one[1] for one in found]


def test_a_field_that_could_be_either_of_two_is_not_renamed(tmp_path):
    def change(resource):
        fields = resource["schema"]["fields"]
        fields[2:] = [{"name": name, "type": "string"} for name in ("paint", "trim")]

    rows = [f"{row},{row.rpartition(',')[2]}" for row in ROWS]
    found = told(tmp_path, BOATS, changed(change), new_rows=rows)
    assert "renamed" not in [one[1] for one in found]


def test_a_renamed_field_is_compared_and_may_be_of_the_key(tmp_path):
    def change(resource):
        resource["schema"]["fields"][2]["name"] = "paint"

    write(tmp_path / "old", ROWS)
    write(tmp_path / "new", ["b1,4,red", "b2,5,blue", "b3,,green"], changed(change))
    (table,) = compare(tmp_path / "old", tmp_path / "new").tables
    assert table.cells == {"length": 1}
    assert table.fields == ("id", "length", "paint")


def test_a_resource_with_another_name_and_the_same_bytes_is_renamed(tmp_path):
    new = changed(lambda one: one.update(name="ships", path="ships.csv"))
    assert told(tmp_path, BOATS, new) == [("major", "renamed", "resource", None, "")]


def test_a_resource_with_the_same_schema_and_rows_is_renamed(tmp_path):
    new = changed(lambda one: one.update(name="ships"))
    rows = ["b3,,green", "b2,5.0,blue", "b1,4.5,red"]
    assert told(tmp_path, BOATS, new, new_rows=rows) == [("major", "renamed", "resource", None, "")]


def test_a_resource_with_other_rows_is_another_one(tmp_path):
    new = changed(lambda one: one.update(name="ships"))
    found = told(tmp_path, BOATS, new, new_rows=ROWS[:2])
    assert [one[:3] for one in found] == [
        ("minor", "added", "resource"),
        ("major", "removed", "resource"),
    ]


def test_a_resource_that_could_be_either_of_two_is_not_renamed(tmp_path):
    ships, ferries = ({**BOATS, "name": name} for name in ("ships", "ferries"))
    write(tmp_path / "old", ROWS)
    write(tmp_path / "new", ROWS, ships, ferries)
    changes = compare(tmp_path / "old", tmp_path / "new").changes
    assert [change.change for change in changes] == ["added", "added", "removed"]
    assert changes[0].new == {"fields": ["id", "length", "colour"], "rows": 3}


def test_the_name_of_the_package_is_major_and_what_describes_it_patch(tmp_path):
    write(tmp_path / "old", ROWS, title="Boats", keywords=["water"])
    write(tmp_path / "new", ROWS, name="other", title="Ships", version="1.1.0")
    changes = compare(tmp_path / "old", tmp_path / "new").changes
    assert [(one.level, one.change, one.what, one.name) for one in changes] == [
        ("major", "changed", "name", ""),
        ("patch", "changed", "property", "title"),
        ("patch", "removed", "property", "keywords"),
    ]


def test_table_rules_are_told_and_those_of_new_resources_are_not(tmp_path):
    ships = {**BOATS, "name": "ships"}
    rules = [
        {"name": name, "resource": name, "query": f"{name}.sql", "message": "no"}
        for name in ("boats", "ships")
    ]
    write(tmp_path / "old", ROWS)
    new = write(tmp_path / "new", ROWS, BOATS, ships, rules=rules)
    for name in ("boats", "ships"):
        (new / f"{name}.sql").write_text(f"SELECT _row FROM {name} WHERE false", "utf-8")
    changes = compare(tmp_path / "old", tmp_path / "new").changes
    assert [(one.what, one.name) for one in changes] == [("resource", ""), ("rule", "boats")]
