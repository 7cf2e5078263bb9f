"""`validate anchor` as a user meets it."""

import csv
import io

import pytest
from support.command import run
from support.places import ROOT

PASSAGE = "約2万8,500人の米軍"


def test_anchor_gives_what_the_evidence_table_holds(sources):
    result = run("anchor", "nds-explainer-2026", PASSAGE, "--package", ROOT, "--sources", sources)
    (row,) = csv.DictReader(io.StringIO(result.output))
    assert (row["segment"], int(row["end"]) - int(row["start"])) == (
        "22",
        len("約2万8,500人の米軍"),
    )
    assert len(row["sha256"]) == 64


@pytest.mark.parametrize(
    ("source", "passage", "message"),
    [
        ("nds-explainer-2026", "北朝鮮", "occurs 20 times (segment 1 at 6; "),
        ("nds-explainer-2026", "クジラ", "does not occur"),
        ("nds-explainer-2026", "はじめに米国防総省は", "lies in no single segment"),
        ("nds-explainer-2026", " ", "has no characters"),
        ("unknown", "北朝鮮", 'no text of a source "unknown"'),
    ],
)
def test_anchor_refuses_what_is_not_one_place(sources, source, passage, message):
    result = run("anchor", source, passage, "--package", ROOT, "--sources", sources)
    assert result.exit_code == 2
    assert message in result.output
