"""Which tables come first, which fields say what a row is about, and in what order hits stand."""

import polars as pl
import pytest
from support.places import PACKAGES, ROOT

from validate._src.curation.ranking import (
    Kind,
    Rank,
    anchored_tables,
    kind_of,
    label_of,
    titles_of,
)
from validate._src.curation.search import find, label
from validate._src.package.descriptor import load_package
from validate._src.tables.dataset import read_dataset


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


@pytest.mark.parametrize(("label_field", "kind"), [("said", Kind.ANCHORED), (None, Kind.OTHER)])
def test_a_table_whose_rows_say_nothing_comes_last(label_field, kind):
    assert kind_of("claims", label_field, {"claims"}) == kind
    assert kind_of("names", "name", {"claims"}) == Kind.LABELLED


def test_what_a_row_is_about_is_said_in_each_language(dataset):
    package, tables = dataset.package, dataset.tables
    best = label(tables["positions"])
    assert best is not None
    found = titles_of(best, tables["positions"].text.columns, package)
    assert found == ("statement_en", "statement_ja")
    assert titles_of("statement_en", ["statement_en"], package) == ("statement_en",)
    assert titles_of("note", ["note"], package) == ("note",)
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
    anchored = anchored_tables(dataset.package)
    order = []
    for name in groups:
        own = [hit for hit in hits if hit.place.table.resource.name == name]
        assert own == sorted(own, key=lambda hit: (hit.rank, hit.place.index))
        kind = kind_of(name, label(dataset.tables[name]), anchored)
        order.append((own[0].rank, kind, [*dataset.tables].index(name)))
    assert order == sorted(order)


def test_claims_come_before_what_ties_rows_together(dataset):
    """Of a word that statements have, and keys of other tables too."""
    names = [hit.place.table.resource.name for hit in find(dataset, ["seoul"]).hits]
    groups = [*dict.fromkeys(names)]
    kinds = [
        kind_of(name, label(dataset.tables[name]), anchored_tables(dataset.package))
        for name in groups
    ]
    assert Kind.ANCHORED in kinds
    assert kinds.index(Kind.ANCHORED) == 0


def test_a_row_is_ranked_by_what_has_the_words(dataset):
    hits = find(dataset, ["taiwan"], texts=True).hits
    assert {hit.rank for hit in hits} == {Rank.LABEL, Rank.OTHER}
    for hit in hits:
        best = label(hit.place.table)
        titles = titles_of(best, hit.place.table.text.columns, dataset.package) if best else ()
        cells = hit.place.cells()
        has = any("taiwan" in cells.get(name, "").lower() for name in titles)
        assert hit.rank == (Rank.LABEL if has else Rank.OTHER)
