"""The page on exports names every format and every type."""

import re

from support.places import ROOT

from validate._src.fields.types import FIELD_TYPES
from validate._src.publish.formats import FORMATS
from validate._src.publish.standards import croissantcolumns, csvw

PAGE = (ROOT / "docs" / "exports.md").read_text("utf-8")


def first_cells(heading):
    table = PAGE.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE)


def test_every_format_is_described():
    assert first_cells("format") == [f"`{name}`" for name in FORMATS]


def test_every_type_is_described_once():
    named = re.findall(r"`(\w+)`", " ".join(first_cells("type")))
    assert sorted(named) == sorted(FIELD_TYPES)


def test_the_types_of_columns_are_those_of_the_standards():
    table = PAGE.partition("| Table Schema | Croissant | CSVW |\n|---|---|---|\n")[2]
    rows = [line.strip("| ").split(" | ") for line in table.partition("\n\n")[0].splitlines()]
    assert {name.strip("`"): one.strip("`") for name, one, _ in rows} == croissantcolumns.TYPES
    in_csvw = {name.strip("`"): one.split("`")[1] for name, _, one in rows}
    assert in_csvw == csvw.TYPES | {"list": "separator"}
