"""The page on exports names every format and every type."""

import re

from support.places import ROOT

from validate._src.fields.types import FIELD_TYPES
from validate._src.publish.formats import FORMATS

PAGE = (ROOT / "docs" / "exports.md").read_text("utf-8")


def first_cells(heading):
    table = PAGE.partition(f"| {heading} |")[2].partition("\n\n")[0]
    return re.findall(r"^\| (`[^|]+`) \|", table, re.MULTILINE)


def test_every_format_is_described():
    assert first_cells("format") == [f"`{name}`" for name in FORMATS]


def test_every_type_is_described_once():
    named = re.findall(r"`(\w+)`", " ".join(first_cells("type")))
    assert sorted(named) == sorted(FIELD_TYPES)
