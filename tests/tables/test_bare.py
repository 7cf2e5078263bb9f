"""Tables without a schema, by their labels."""

import json

import pytest
from support.made import resource_of

from validate._src.package.descriptor import load_package, make_package
from validate._src.tables.bare import as_table
from validate._src.tables.reading import read_table


def test_labels_are_fields_and_cells_are_texts(tmp_path):
    table = as_table(resource_of(tmp_path, b"pond,depth\nNorth,3.50\n,2\n"))
    assert table.schema.names == ("pond", "depth")
    read = read_table(table)
    assert read.text["pond"].to_list() == ["North", None]
    assert read.text["depth"].to_list() == ["3.50", "2"]


@pytest.mark.parametrize("content", [b"a,a\n1,2\n", b"", b"\n", b'{"a": 1}'])
def test_what_has_no_distinct_labels_stays_as_it_is(content, tmp_path):
    resource = resource_of(tmp_path, content, "t.json" if content.startswith(b"{") else "t.csv")
    assert as_table(resource) is resource


def test_what_is_no_table_or_has_a_schema_stays_as_it_is(tmp_path):
    pdf = resource_of(tmp_path, b"%PDF-1.7", "report.pdf")
    assert as_table(pdf) is pdf
    schema = {"fields": [{"name": "a", "type": "string"}]}
    headless = {"name": "h", "path": "t.csv", "dialect": {"header": False}}
    (tmp_path / "t.csv").write_text("a\n1\n", "utf-8")
    resources = [{"name": "s", "path": "t.csv", "schema": schema}, headless]
    (tmp_path / "datapackage.json").write_text(json.dumps({"resources": resources}), "utf-8")
    for resource in load_package(tmp_path).resources.values():
        assert as_table(resource) is resource


def test_rows_that_stand_in_the_descriptor_are_a_table_too(tmp_path):
    descriptor = {"resources": [{"name": "t", "data": [{"a": 1, "b": "x"}, {"a": 2.5}]},
                                {"name": "o", "data": {"zone": "UTC"}}]}  # fmt: skip
    rows, other = make_package(descriptor, tmp_path / "datapackage.json").resources.values()
    table = read_table(as_table(rows))
    assert table.text["a"].to_list() == ["1", "2.5"]
    assert table.text["b"].to_list() == ["x", None]
    assert as_table(other) is other
