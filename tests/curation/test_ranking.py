"""Which tables come first, which fields say what a row is about, and in what order hits stand."""

import polars as pl
import pytest
from support.places import PACKAGES, ROOT

from validate._src.curation.ranking import (
    Kind,
    Rank,
    anchored_tables,
    kinds_of,
    label_of,
    those_aside,
    ties_rows,
    titles_of,
)
from validate._src.curation.search import find, label
from validate._src.package.descriptor import load_package
from validate._src.tables.dataset import read_dataset
from validate._src.words.schema import ForeignKey, Schema


@pytest.fixture(scope="module")
def dataset():
    return read_dataset(load_package(ROOT))


def test_tables_that_rest_on_passages():
    assert anchored_tables(load_package(PACKAGES / "valid-verifications")) == {
        "pledges", "checks", "omissions",
    }  # fmt: skip
    assert anchored_tables(load_package(PACKAGES / "valid-views")) == frozenset()


def test_a_register_and_the_tables_that_it_lists_rest_on_passages(dataset):
    found = anchored_tables(dataset.package)
    assert {"claims", "commitments", "figures", "positions"} <= found
    assert found.isdisjoint({"memberships", "segments", "evidence", "actors", "sources"})


def test_what_tables_are(dataset):
    """Told by keys, anchors and the reliability extension, and by what says what rows are about."""
    kinds = kinds_of(dataset.package, {name: label(one) for name, one in dataset.tables.items()})
    of = {kind: {name for name, one in kinds.items() if one is kind} for kind in Kind}
    assert of[Kind.TIE] == {"claim_topics", "memberships"}
    assert of[Kind.CODING] == {
        "coding_tasks", "coders", "coding_units", "coding_spans", "codings", "reliability",
    }  # fmt: skip
    assert {"actors", "topics", "documents"} <= of[Kind.NAMED]
    assert {"commitments", "positions"} <= of[Kind.ANCHORED]
    assert {"outside_knowledge", "discrepancies"} <= of[Kind.LABELLED]
    assert {"segments", "evidence", "claims"} <= of[Kind.OTHER]


@pytest.mark.parametrize(
    ("key", "foreign", "ties"),
    [
        (["a", "b"], [["a"], ["b"]], True),
        (["a", "b", "c"], [["a"], ["b", "c"]], True),
        (["a", "b"], [["a", "b"]], False),
        (["a", "b", "c"], [["a"], ["b"]], False),
        (["a"], [["a"], ["b"]], False),
        ([], [["a"], ["b"]], False),
    ],
)
def test_a_table_whose_key_consists_of_foreign_keys_ties_rows(key, foreign, ties):
    keys = [ForeignKey(tuple(one), "other", tuple(one)) for one in foreign]
    schema = Schema(fields=(), primary_key=tuple(key), foreign_keys=tuple(keys))
    assert ties_rows(schema) is ties


def test_a_tie_that_says_something_is_no_mere_tie(dataset):
    package = dataset.package
    assert kinds_of(package, {"memberships": None}) == {"memberships": Kind.TIE}
    assert kinds_of(package, {"memberships": "group_id"}) == {"memberships": Kind.LABELLED}


def test_tables_without_a_schema_are_neither(dataset):
    assert kinds_of(dataset.package, {"elsewhere": None}) == {"elsewhere": Kind.OTHER}


@pytest.mark.parametrize(
    ("best", "aside"),
    [
        ({"a": Rank.LABEL, "ties": Rank.OTHER, "codes": Rank.OTHER}, {"ties", "codes"}),
        ({"a": Rank.OTHER, "ties": Rank.LIKE_KEY, "codes": Rank.OTHER}, {"codes"}),
        ({"ties": Rank.OTHER, "codes": Rank.OTHER}, set()),
        ({"a": Rank.OTHER}, set()),
    ],
)
def test_what_is_told_aside(best, aside):
    """Not what is looked for by its key, and nothing where there is nothing else."""
    kinds = {"a": Kind.ANCHORED, "ties": Kind.TIE, "codes": Kind.CODING}
    assert those_aside(kinds, best) == aside


def test_what_a_row_is_about_is_said_in_each_language(dataset):
    package, tables = dataset.package, dataset.tables
    best = label(tables["positions"])
    assert best is not None
    found = titles_of(best, tables["positions"].text.columns, package)
    assert found == {"en": "statement_en", "ja": "statement_ja"}
    assert titles_of("statement_en", ["statement_en"], package) == {"": "statement_en"}
    assert titles_of("note", ["note"], package) == {"": "note"}
    assert titles_of(None, ["note"], package) == {}
    assert label(tables["memberships"]) is None


def test_columns_that_say_nothing():
    schema = load_package(PACKAGES / "valid-verifications").tables["pledges"].schema
    key, statement = schema.fields
    texts = pl.Series(["a pond", "a lake", None])
    digests = pl.Series(["0123456789abcdef" * 4, "fedcba9876543210" * 4, "0" * 64])
    same = pl.Series(["a", "a", "a"])
    none = pl.Series([None, None, "a"], dtype=pl.String)
    empty = pl.Series([], dtype=pl.String)
    assert label_of(schema, [(key, texts)]) is None
    assert label_of(schema, [(statement, texts)]) == "statement"
    for column in (digests, same, none, empty):
        assert label_of(schema, [(statement, column)]) is None


@pytest.mark.parametrize("word", ["台湾", "deterrence", "Lee", "2025-11"])
def test_hits_stand_by_table_and_rank(dataset, word):
    hits = find(dataset, [word]).hits
    names = [hit.place.table.resource.name for hit in hits]
    groups = [*dict.fromkeys(names)]
    assert names == sorted(names, key=groups.index)
    aside = find(dataset, [word]).aside
    kinds = kinds_of(dataset.package, {one: label(dataset.tables[one]) for one in groups})
    order = []
    for name in groups:
        own = [hit for hit in hits if hit.place.table.resource.name == name]
        assert own == sorted(own, key=lambda hit: (hit.rank, hit.place.index))
        place = [*dataset.tables].index(name)
        order.append((name in aside, own[0].rank, kinds[name], place))
    assert order == sorted(order)


def test_what_claims_are_of_comes_first_and_what_ties_them_last(dataset):
    """Of a word that is a name, and that statements have, and keys of other tables too."""
    found = find(dataset, ["taiwan"], texts=True)
    groups = [*dict.fromkeys(hit.place.table.resource.name for hit in found.hits)]
    assert groups[:3] == ["actors", "topics", "commitments"]
    assert {*groups[-3:]} == {"codings", "memberships", "claim_topics"} == {*found.aside}
    assert found.aside["codings"] is Kind.CODING
    assert found.aside["memberships"] is found.aside["claim_topics"] is Kind.TIE


def test_of_equals_those_come_first_of_which_most_rows_speak(dataset):
    """Of tables by their best rows alone, and of rows only of one table and rank."""
    said = {("topics", "taiwan"): [("Claims", 20)], ("actors", "taiwan"): [("Claims", 2)]}
    said["topics", "compound-contingency"] = [("Claims", 300), ("Unreported", 1)]

    def speaking(name, index):
        return said.get((name, dataset.tables[name].text.row(index)[0]), [])

    found = find(dataset, ["taiwan"], texts=True, speaking=speaking)
    assert [*dict.fromkeys(hit.place.table.resource.name for hit in found.hits)][:2] == [
        "topics",
        "actors",
    ]
    topics = [hit for hit in found.hits if hit.place.table.resource.name == "topics"]
    assert [hit.weight for hit in topics][:1] == [20]
    others = [hit for hit in topics if hit.rank is Rank.OTHER]
    assert [hit.weight for hit in others] == [301, *[0] * (len(others) - 1)]
    assert [hit.place.index for hit in others[1:]] == sorted(hit.place.index for hit in others[1:])
    assert {hit.place.at for hit in found.hits} == {
        hit.place.at for hit in find(dataset, ["taiwan"], texts=True).hits
    }


def test_in_tables_that_are_asked_for_nothing_is_aside(dataset):
    found = find(dataset, ["taiwan"], ["claim_topics", "topics"], texts=True)
    assert found.aside == {}
    assert len(found.hits) > 5


def test_a_row_is_ranked_by_what_has_the_words(dataset):
    hits = find(dataset, ["taiwan"], texts=True).hits
    assert {hit.rank for hit in hits} == {Rank.NAME, Rank.LABEL, Rank.OTHER}
    for hit in hits:
        best = label(hit.place.table)
        titles = titles_of(best, hit.place.table.text.columns, dataset.package).values()
        cells = hit.place.cells()
        has = any("taiwan" in cells.get(name, "").lower() for name in titles)
        is_name = any(cells.get(name, "").lower() == "taiwan" for name in titles)
        assert hit.rank == (Rank.NAME if is_name else Rank.LABEL if has else Rank.OTHER)
