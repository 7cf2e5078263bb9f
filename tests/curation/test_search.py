"""Rows found by keys, by keys like them, and by words in their texts."""

import polars as pl
import pytest
from support.made import change_descriptor, one_table
from support.places import PACKAGES, ROOT

from validate._src.curation.search import find, searched_fields
from validate._src.package.descriptor import load_package
from validate._src.tables.dataset import read_dataset
from validate._src.words.errors import PackageError

FIELDS = [
    {"name": "id", "type": "string"},
    {"name": "part", "type": "integer"},
    {"name": "note", "type": "string"},
    {"name": "more", "type": "string"},
    {"name": "built", "type": "date"},
    {"name": "size", "type": "number"},
]
CONTENT = """id,part,note,more,built,size
a-1,1,Two boats,池に舟,2025-12-05,12.5
a-1,2,台湾の港,Two quays,,
b-07,1,no boat,,2026-01-01,
,3,,,,
"""


@pytest.fixture
def made(make_package):
    folder = make_package(FIELDS, CONTENT, primaryKey=["id", "part"])

    def looked_for(*words, **options):
        return find(read_dataset(load_package(folder)), words, **options)

    return looked_for


def indexes(found):
    return [place.index for place in found.rows], [hit.place.index for hit in found.hits]


@pytest.mark.parametrize(
    ("words", "rows", "hits"),
    [
        (["a-1,2"], [1], []),
        (["a-1,2", "b-07,1"], [1, 2], []),
        (["a-1,2", "a-1,2"], [1], []),
        (["A1 2"], [1], []),
        (["b-7,1"], [2], []),
        (["boat"], [], [0, 2]),
        (["TWO"], [], [0, 1]),
        (["台湾"], [], [1]),
        (["舟"], [], [0]),
        (["two", "舟"], [], [0]),
        (["two boats"], [], [0]),
        (["2025-12"], [], [0]),
        (["a-1"], [], [0, 1]),
        (["a-1", "台湾"], [], [1]),
        ([",3"], [3], []),
    ],
)
def test_what_words_lead_to(made, words, rows, hits):
    assert indexes(made(*words)) == (rows, hits)


@pytest.mark.parametrize("words", [["nothing"], ["two", "nothing"], ["12.5"], ["二隻"]])
def test_nothing_is_found(made, words):
    with pytest.raises(PackageError, match="no row of any table"):
        made(*words)


def test_the_fields_that_have_a_word_are_named(made):
    assert [hit.fields for hit in made("two").hits] == [("note",), ("more",)]
    assert [hit.fields for hit in made("two", "舟").hits] == [("note", "more")]


def test_numbers_and_digests_are_not_searched():
    package = load_package(ROOT)
    searched = {
        name: searched_fields(package, name, resource.schema.fields)
        for name, resource in package.tables.items()
    }
    assert "value" not in searched["figures"]
    assert searched["evidence"] == ["claim_id", "source_id", "role"]
    assert searched["segments"] == ["source_id", "kind", "section", "reason"]


def test_a_key_that_is_a_word_too():
    dataset = read_dataset(load_package(ROOT))
    found = find(dataset, ["taiwan"])
    assert [place.name for place in found.rows] == ["actors taiwan", "topics taiwan"]
    (note,) = found.notes
    listed = find(dataset, ["taiwan"], texts=True)
    assert int(note.split()[0]) < len(listed.hits)
    assert note.endswith('other rows have "taiwan" in their texts: --text lists them')


def test_rows_that_name_a_key_are_no_texts_with_it():
    """The tables that refer to a claim are shown with it already."""
    dataset = read_dataset(load_package(ROOT))
    assert find(dataset, ["com-0001"]).notes == ()


def test_a_key_like_it_stands_first():
    """Its table first, and it first in its table."""
    dataset = read_dataset(load_package(ROOT))
    names = [hit.place.name for hit in find(dataset, ["Taiwan"]).hits]
    tables = [*dict.fromkeys(name.split()[0] for name in names)]
    assert tables[:2] == ["actors", "topics"]
    for table in tables[:2]:
        assert next(name for name in names if name.startswith(table)) == f"{table} taiwan"
    assert len(names) == len({*names})


def test_a_key_that_is_written_otherwise_is_the_key(made):
    found = made("B7-1")
    assert found.notes == ('no row has the key "B7-1"; b-07,1 is shown',)


def test_several_keys_like_it_are_listed(make_package):
    folder = make_package(FIELDS[:1], "id\na-1\na-01\n", primaryKey="id")
    dataset = read_dataset(load_package(folder))
    assert indexes(find(dataset, ["A 001"])) == ([], [0, 1])


def test_keys_in_which_a_slip_makes_the_word_are_named(made):
    with pytest.raises(PackageError, match=r"; did you mean b-07,1\?$"):
        made("c-07,1")


def test_tables_can_be_chosen():
    dataset = read_dataset(load_package(ROOT))
    found = find(dataset, ["taiwan"], ["actors"])
    assert [place.name for place in found.rows] == ["actors taiwan"]
    with pytest.raises(PackageError, match='there is no table "actor"; did you mean actors'):
        find(dataset, ["taiwan"], ["actor"])


@pytest.mark.parametrize("word", ["", " ", "\u3000", "\u200b"])
def test_a_word_without_characters_is_refused(made, word):
    with pytest.raises(PackageError, match="has no characters to look for"):
        made(word)


def restricted(package, name):
    def change(descriptor):
        for field in descriptor["resources"][0]["schema"]["fields"]:
            field["restricted"] = field["name"] == name

    change_descriptor(package, change)


def test_restricted_fields_are_not_searched(make_package):
    folder = make_package(FIELDS, CONTENT, primaryKey=["id", "part"])
    restricted(folder, "note")
    dataset = read_dataset(load_package(folder))
    assert indexes(find(dataset, ["two"])) == ([], [1])
    with pytest.raises(PackageError):
        find(dataset, ["boat"])


def test_restricted_keys_are_not_suggested(make_package):
    folder = make_package(FIELDS, CONTENT, primaryKey=["id", "part"])
    restricted(folder, "id")
    dataset = read_dataset(load_package(folder))
    for word in ("b-7,1", "c-07,1"):
        with pytest.raises(PackageError) as raised:
            find(dataset, [word])
        assert "b-07" not in str(raised.value)


def test_rows_whose_cells_may_be_those_of_others_are_not_searched(make_package):
    folder = make_package(FIELDS, CONTENT + "c-1,1,boat,too,many,1,cells\n")
    restricted(folder, "more")
    assert indexes(find(read_dataset(load_package(folder)), ["boat"])) == ([], [0, 2])


def test_tables_without_keys_and_without_rows(make_package):
    folder = make_package(FIELDS, CONTENT)
    assert indexes(find(read_dataset(load_package(folder)), ["two"])) == ([], [0, 1])
    folder = make_package(FIELDS, CONTENT.splitlines()[0] + "\n")
    with pytest.raises(PackageError):
        find(read_dataset(load_package(folder)), ["two"])


def test_each_row_that_is_found_has_the_word():
    """A second opinion: Polars' own search of the files as they are."""
    dataset = read_dataset(load_package(ROOT))
    found = [hit.place.at for hit in find(dataset, ["台湾"]).hits]
    plain = [
        (name, index)
        for name, table in dataset.tables.items()
        for index in table.text.select(
            pl.any_horizontal(pl.all().str.contains("台湾", literal=True)).arg_true()
        ).to_series()
    ]
    assert sorted(found) == sorted(plain)
    assert len(found) == len({*found})


def test_tables_of_other_formats_are_searched_too():
    package = PACKAGES / "sheet-ods"
    dataset = read_dataset(load_package(package))
    (table,) = dataset.tables.values()
    assert searched_fields(dataset.package, "ponds", table.fields) == ["name"]
    (hit, *_) = find(dataset, [table.text["name"][0].upper()]).hits
    assert hit.place.location == 'ponds.ods, sheet "ponds", cells A2:C2'


def test_rows_of_a_format_without_lines_are_named_by_their_number(tmp_path):
    one_table(tmp_path, "t.parquet", [{"name": "note", "type": "string"}])
    pl.DataFrame({"note": ["a boat", "a needle"]}).write_parquet(tmp_path / "t.parquet")
    (hit,) = find(read_dataset(load_package(tmp_path)), ["needle"]).hits
    assert (hit.place.name, hit.place.location) == ("t", "t.parquet, row 3")
