"""The examples of docs/python.md do what the page says."""

import contextlib
import io
import re

import polars as pl
from support.golden import with_blocks
from support.places import ROOT

from validate._src.fields.types import FIELD_TYPES
from validate._src.words.finding import FINDING_COLUMNS

PAGE = (ROOT / "docs" / "python.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(python|text)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_examples_print_what_stands_below_them(monkeypatch, golden):
    monkeypatch.chdir(ROOT)
    names, printed, outputs = {}, "", []
    for language, block in BLOCKS:
        if language == "python":
            with contextlib.redirect_stdout(io.StringIO()) as output:
                exec(block, names)
            printed += output.getvalue()
        else:
            outputs.append(printed)
            printed = ""
    assert printed == ""
    golden.text(ROOT / "docs" / "python.md", with_blocks(PAGE, "text", outputs))


def rows_under(heading):
    table = PAGE.partition(heading)[2].partition("\n\n")[0]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]


def test_every_column_of_findings_is_described():
    rows = rows_under("| column | type | |\n|---|---|---|\n")
    assert [name for row in rows for name in re.findall("`(.*?)`", row[0])] == FINDING_COLUMNS


def test_every_field_type_is_described():
    types = {
        name: row[1].split()[0]
        for row in rows_under("| type of the field | type of the column |\n|---|---|\n")
        for name in re.findall("`(.*?)`", row[0])
    }
    assert types == {
        name: "Datetime" if isinstance(kind.dtype, pl.Datetime) else str(kind.dtype)
        for name, kind in FIELD_TYPES.items()
    }
