"""Tables that seem to have no header."""

import pytest
from support.command import run

from validate import validate


@pytest.mark.parametrize(
    ("content", "labels"),
    [
        ("1,Ann,2024-01-01\n2,Bob,2024-01-02\n", '"1", "2024-01-01"'),
        ("1.5,x\n2.5,y\n", '"1.5"'),
        ("5,12\n6,13\n", '"5", "12"'),
        ("1,Ann,2.5\n2,Bob,3\n", '"1", "2.5"'),
    ],
)
def test_labels_that_are_values_are_a_warning(tmp_path, content, labels):
    (tmp_path / "t.csv").write_text(content, "utf-8")
    (found,) = validate(tmp_path / "t.csv")
    assert (found.code, found.severity, found.rule) == ("misread-file", "warning", "header")
    assert f"are values as those below them are, {labels}; if there is no header" in found.message
    assert validate(tmp_path / "t.csv", given={"header": False}).findings.warnings == 0


@pytest.mark.parametrize(
    "content",
    [
        "land,2020,2021\nFiji,5,6\n",
        "land,1,2,3\nFiji,5,6,7\n",
        "id,n\n1,2\n",
        "a,b\nx,y\n",
        "1,n\n1,2\n",
        "2024-01,2024-02\n5,6\n",
    ],
)
def test_labels_of_wide_tables_and_texts_are_labels(tmp_path, content):
    (tmp_path / "t.csv").write_text(content, "utf-8")
    assert list(validate(tmp_path / "t.csv")) == []


def test_init_says_it_and_withholds_what_is_restricted(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "t.csv").write_text("1,Ann,2024-01-01\n2,Bob,2024-01-02\n", "utf-8")
    said = (
        "t: the labels are values as those below them are{}; if there is no header, say --no-header"
    )
    assert said.format(', "1", "2024-01-01"') in run("init", "t.csv", "--output", "a.json").output
    restricted = run("init", "t.csv", "--output", "b.json", "--restricted", "Ann").output
    assert said.format("") in restricted
    assert "--no-header" not in run("init", "t.csv", "--output", "c.json", "--no-header").output
