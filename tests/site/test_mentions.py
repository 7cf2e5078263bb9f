"""How many rows speak of a row: through ties, by the register, with narrower ones, each once."""

import pytest
from support.places import PACKAGES

from validate._src.curation.ranking import Kind
from validate._src.engine.run import read_judged
from validate._src.package.descriptor import load_package
from validate._src.site import limits
from validate._src.site.gather import site_of
from validate._src.site.mentions import Mentions, speaking
from validate._src.tables.dataset import read_dataset


def mentions_of(name):
    site = site_of(*read_judged(load_package(PACKAGES / name)))
    return site.tables, Mentions(site)


@pytest.fixture
def made():
    return mentions_of("valid-narrower")


def told(made, table, index):
    tables, mentions = made
    return [(one.title, one.count) for one in mentions.of(tables[table], index)]


def test_tables_are_known_by_their_keys(made):
    assert made[1].kinds == {
        "topics": Kind.NAMED,
        "keepers": Kind.NAMED,
        "register": Kind.OTHER,
        "notes": Kind.LABELLED,
        "measures": Kind.LABELLED,
        "item_topics": Kind.TIE,
    }


def test_what_ties_join_with_a_row_is_counted_with_what_is_narrower(made):
    """Water: n1 itself, n2 and m1 under lakes; n1 and n2 also under ponds."""
    assert [told(made, "topics", index) for index in range(4)] == [
        [("Items", 3)],
        [("Items", 3)],
        [("Items", 2)],
        [("Items", 1)],
    ]


def test_rows_of_several_tables_are_those_of_their_register(made):
    """Bo, who works for Ada, says two notes; the warden has a measure."""
    assert [told(made, "keepers", index) for index in range(3)] == [
        [("Items", 3)],
        [("Items", 2)],
        [("Items", 1)],
    ]


def test_of_rows_that_are_no_names_nothing_is_counted(made):
    for table in ("register", "notes", "measures", "item_topics"):
        assert told(made, table, 0) == []


def test_what_says_how_rows_were_coded_does_not_count(made):
    made[1].kinds["measures"] = Kind.CODING
    assert [told(made, "keepers", index) for index in range(3)] == [
        [("Items", 3)],
        [("Items", 2)],
        [],
    ]


def test_the_command_is_told_the_same(made):
    tables, mentions = made
    said = speaking(read_dataset(load_package(PACKAGES / "valid-narrower")))
    for name, table in tables.items():
        for index in range(table.height):
            told = [(one.title, one.count) for one in mentions.of(table, index)]
            assert said(name, index) == told
    assert said("topics", 0) == [("Items", 3)]
    assert said("no-table", 0) == []


def test_rows_of_the_same_name_lead_to_each_other(made, monkeypatch):
    tables, mentions = made
    topics, keepers = tables["topics"], tables["keepers"]
    assert mentions.namesakes(topics, 0) == [(keepers, 2)]
    assert mentions.namesakes(keepers, 2) == [(topics, 0)]
    assert mentions.namesakes(topics, 1) == []
    assert mentions.namesakes(tables["notes"], 0) == []
    monkeypatch.setattr(limits, "MOST_ROW_PAGES", 3)
    tables, mentions = mentions_of("valid-narrower")
    assert mentions.namesakes(tables["keepers"], 2) == []  # whose rows have no pages to lead from
