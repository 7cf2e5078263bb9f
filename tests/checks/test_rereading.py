"""Rows that are read again for their keys, and those that are not there any more."""

import pytest
from support.made import one_table

from validate import validate
from validate._src.checks import keys
from validate._src.engine.outcomes import outcomes_of
from validate._src.engine.progress import untold
from validate._src.package.descriptor import load_package
from validate._src.report.collecting import make_report

FIELDS = [{"name": "id", "type": "integer"}, {"name": "main", "type": "integer"}]
REFERENCE = {"fields": ["main"], "reference": {"resource": "", "fields": ["id"]}}
SOUND = b"id,main\n1,1\n2,1\n3,2\n"


@pytest.fixture
def table(tmp_path):
    """A table of a key and of references to it; gives its folder and file."""
    return one_table(
        tmp_path, "t.csv", FIELDS, schema={"primaryKey": ["id"], "foreignKeys": [REFERENCE]}
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"id,main\n1,1\n1,1\n3,1\n", "primary-key"),
        (b"id,main\n1,1\n2,9\n3,1\n", "foreign-key"),
    ],
)
@pytest.mark.parametrize("left", [SOUND, b"id,main\n", b"", None])
def test_faults_of_a_file_that_is_changed_meanwhile_are_not_passed_over(
    table, monkeypatch, content, code, left
):
    folder, file = table
    file.write_bytes(content)
    assert code in [one.code for one in validate(folder).findings]
    really = keys.tables_again

    def changed(*read):
        file.unlink() if left is None else file.write_bytes(left)
        return really(*read)

    monkeypatch.setattr(keys, "tables_again", changed)
    package = load_package(folder)
    report = make_report(package, outcomes_of(package, None, {}, progress=untold))
    assert [one.message for one in report.findings if one.code == "source-error"] == [
        "rows at fault were not found again: the table was changed while it was read"
    ]


@pytest.mark.parametrize("value", ["NaN", "-0.0", "INF"])
def test_of_any_value_rows_are_found_again(tmp_path, value):
    fields = [{**field, "type": "number"} for field in FIELDS]
    schema = {"primaryKey": ["id"], "foreignKeys": [REFERENCE]}
    folder, file = one_table(tmp_path, "t.csv", fields, schema=schema)
    file.write_text(f"id,main\n1,1\n2,{value}\n")
    report = validate(folder)
    assert [(one.code, one.row) for one in report.findings] == [("foreign-key", 3)]
    file.write_text(f"id,main\n{value},1\n{value},1\n1,{value}\n")
    report = validate(folder)
    assert [(one.code, one.row) for one in report.findings] == [("primary-key", 3)]
