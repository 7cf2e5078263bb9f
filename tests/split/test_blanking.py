"""Rows without the values of restricted fields: which cells are blank, and what is said of it."""

import pytest
from support.made import one_table

from validate import validate
from validate._src.split.split import JUDGED_WITH_THEM, split

NAME = {"name": "name", "type": "string", "restricted": True}
FIELDS = [NAME, {"name": "boat", "type": "string"}, {"name": "v", "type": "integer"}]
LEFT_OUT = f"  t: the values of restricted fields are left out: name; {JUDGED_WITH_THEM}"
TITLE = {"dialect": {"headerRows": [2]}}


def parted(folder):
    """What is said of a table that is parted, and its files, by their names."""
    report = validate(folder)
    said = [*split(report, folder / "out")]
    return said, {file.name: file.read_text() for file in (folder / "out").iterdir()}, report


def made(folder, content, fields=FIELDS, **more):
    made_in, file = one_table(folder, "t.csv", fields, **more)
    file.write_text(content)
    return made_in


def test_only_restricted_fields_are_blank_beside_an_empty_column_without_label(tmp_path):
    content = "Boats,,,\nname,boat,v,\nAvila,Reed,1,\nBode,Moss,2,\nCray,Fern,x,\n"
    said, files, report = parted(made(tmp_path, content, **TITLE))
    assert [(one.code, one.severity) for one in report] == [
        ("extra-label", "warning"),
        ("type-error", "error"),
    ]
    assert files["t.valid.csv"] == "\nname,boat,v,\n,Reed,1,\n,Moss,2,\n"
    assert files["t.invalid.csv"] == "\nname,boat,v,\n,Fern,x,\n"
    assert said[1:] == ["  t: 2 rows in t.valid.csv, 1 row in t.invalid.csv", LEFT_OUT]


@pytest.mark.parametrize("match", ["exact", "superset"])
def test_a_value_in_a_column_without_label_leaves_a_table_whole(tmp_path, match):
    content = "name,boat,v,\nAvila,Reed,1,\nBode, Ida,Moss,2\n"
    said, files, _ = parted(made(tmp_path, content, schema={"fieldsMatch": match}))
    assert [*files] == ["t.reasons.csv"]
    (line,) = said[1:]
    assert line.startswith("  t: not split: it has restricted fields, and a value in a column")
    assert line.endswith("t.csv, line 3")
    assert "Ida" not in str(files)


def test_files_without_values_that_the_schema_requires_are_said_to_fail_it(tmp_path):
    fields = [{**NAME, "constraints": {"required": True}}, *FIELDS[1:]]
    said, files, _ = parted(made(tmp_path, "name,boat,v\nAvila,Reed,1\n", fields))
    assert files["t.valid.csv"] == "name,boat,v\n,Reed,1\n"
    assert said[-1] == LEFT_OUT
    assert JUDGED_WITH_THEM in files["t.reasons.csv"]
    (tmp_path / "again").mkdir()
    _, _, again = parted(made(tmp_path / "again", files["t.valid.csv"], fields))
    assert [one.code for one in again] == ["constraint-error"]
