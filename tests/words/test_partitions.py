import pytest
from support.made import PROFILE

from validate._src.package.descriptor import make_package
from validate._src.words.partitions import fields_of_paths, in_files


def resource(folder, *names, **dialect):
    """A table with a field for each of some names, whose files have a year and a day in paths."""
    path = "year=1/day=2/a.csv"
    (folder / path).parent.mkdir(parents=True)
    (folder / path).touch()
    fields = [{"name": name, "type": "string"} for name in names]
    table = {"name": "t", "path": path, "files": {"pattern": "**/*.csv"}, "dialect": dialect}
    descriptor = {"$schema": PROFILE, "resources": [{**table, "schema": {"fields": fields}}]}
    return make_package(descriptor, folder / "datapackage.json").resources["t"]


@pytest.mark.parametrize(
    ("labels", "names"),
    [
        (["id"], ["year"]),
        (None, ["year"]),
        ([], ["year"]),
        (["id", "year"], []),
        (["id", "Year"], []),
        (["id", "day"], ["year"]),
    ],
)
def test_fields_without_a_column_are_those_of_paths(tmp_path, labels, names):
    table = resource(tmp_path, "id", "year")
    assert [*fields_of_paths(table, labels)] == names
    own = in_files(table, labels)
    assert own.schema.names == tuple(n for n in ("id", "year") if n not in names)


def test_where_case_counts_a_column_in_another_case_is_another(tmp_path):
    table = resource(tmp_path, "id", "year", caseSensitiveHeader=True)
    assert [*fields_of_paths(table, ["id", "Year"])] == ["year"]


def test_of_fields_of_one_name_the_first_is_meant(tmp_path):
    table = resource(tmp_path, "year", "id", "year")
    (field,) = fields_of_paths(table, ["id"]).values()
    assert field.name == table.schema.names[0]


def test_a_table_without_partitions_is_as_it_is(tmp_path):
    table = resource(tmp_path, "id")
    assert in_files(table, ["id"]) is table
