"""What holds for all rows of a table."""

import pytest

from validate._src.describe.facts import facts_of
from validate._src.describe.form import table_of

MARKED = ["NA", "NA", "Reed", "Lily", ""]


@pytest.mark.parametrize("name", ["cells", "count", "text", "literal", "pond"])
def test_a_column_may_have_any_name(tmp_path, name):
    lines = [f"id,{name}", *(f"{number},{text}" for number, text in enumerate(MARKED))]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n", "utf-8")
    fields = [{"name": "id", "type": "integer"}, {"name": name, "type": "string"}]
    properties = {"name": "t", "path": "t.csv", "schema": {"fields": fields}}
    facts = facts_of(table_of(properties, tmp_path / "datapackage.json"))
    assert (facts.rows, facts.complete, facts.unique) == (5, True, ["id"])
    column = facts.columns[name]
    assert (column.nulls, column.marks, column.texts) == (1, {"NA": 2}, {"NA", "Reed", "Lily"})
    assert column.distinct is not None
    assert len(column.distinct) == 3
    assert (facts.columns["id"].least, facts.columns["id"].greatest) == ((0, "0"), (4, "4"))
