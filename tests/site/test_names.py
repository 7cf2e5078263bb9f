"""Names of files for keys: the same for a key always, and never the same for two."""

import re
import unicodedata

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from validate._src.site.names import LONGEST, file_name, row_names

FIT = re.compile("[a-z0-9][a-z0-9_.,~-]*")
DEVICES = ["con", "prn", "aux", "nul", "com1", "lpt9", "CON", "con.txt", "aux.a.b"]
HOSTILE = [
    "", " ", ".", "..", "../x", "a/b", "a\\b", "/", "C:x", "-", "-x", "_x", ".x", "x.", "x ", "x..",
    "a\0b", "a\nb", "a?b", "a#b", "a%2eb", "a%b", "a&b", "<a>", '"', "'", "*", "|", ":", "~", "a~b",
    "a,b", "index", "part-2", "row-17", "INDEX", "é", "e\u0301", "日本", "ﾆﾎﾝ", "😀", "\ud800",
    "a" * 81, "A" * 300, "ß", "SS", "ss", "ı", "i", "I", "İ", "K", "k", "\u212a", *DEVICES,
]  # fmt: skip
keys = st.lists(st.text(st.characters(), max_size=100), min_size=1, max_size=3)


def test_a_plain_key_is_its_own_name():
    for key in ("com-0001", "nds-2026", "a", "0", "a.b", "a_b-c.9", "x" * LONGEST, "a--b"):
        assert file_name([key]) == key
    assert file_name(["sakata-2026", "12"]) == "sakata-2026,12"


@pytest.mark.parametrize("key", HOSTILE)
def test_no_key_leads_out_of_its_folder_or_to_what_a_system_keeps_for_itself(key):
    name = file_name([key])
    assert FIT.fullmatch(name)
    assert len(name) <= LONGEST
    assert not name.endswith((".", " "))
    assert name.partition(".")[0] not in {one.lower() for one in DEVICES}
    assert name not in ("index", "part-2", "row-17")


def test_names_of_unlike_keys_differ_on_every_file_system():
    names = [file_name([key]) for key in dict.fromkeys(HOSTILE)]
    folded = {unicodedata.normalize("NFD", name).casefold() for name in names}
    assert len(folded) == len(set(HOSTILE))


def test_parts_are_told_apart():
    pairs = [("a", "b,c"), ("a,b", "c"), ("a", "b"), ("a,b", ""), ("", "a,b"), ("ab", "")]
    assert len({file_name(pair) for pair in pairs}) == len(pairs)


@given(keys, keys)
def test_two_keys_have_one_name_only_if_they_are_one(first, second):
    if len(first) == len(second):
        assert (file_name(first) == file_name(second)) is (first == second)
    assert FIT.fullmatch(file_name(first))


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=90), min_size=1, max_size=8))
def test_names_of_a_column_are_those_of_its_keys(column):
    numbers = pl.Series("row", range(2, len(column) + 2), dtype=pl.UInt32)
    names = row_names(pl.DataFrame({"id": column}), numbers)
    seen = set()
    for number, key, name in zip(numbers, column, names, strict=True):
        assert name == (f"row-{number}" if key in seen else file_name([key]))
        seen.add(key)
    assert len(set(names)) == len(column)


def test_a_row_without_a_key_of_its_own_has_its_number():
    rows = {"a": ["x", "x", None, "x", "x"], "b": ["1", "2", "3", "1", None]}
    numbers = pl.Series("row", [2, 3, 4, 5, 6], dtype=pl.UInt32)
    names = row_names(pl.DataFrame(rows), numbers)
    assert names.to_list() == ["x,1", "x,2", "row-4", "row-5", "row-6"]
    assert row_names(pl.DataFrame(), numbers)[0] == "row-2"


def test_a_name_does_not_depend_on_the_other_rows():
    numbers = pl.Series("row", [2, 3], dtype=pl.UInt32)
    both = row_names(pl.DataFrame({"id": ["A", "a"]}), numbers)
    assert both.to_list() == [file_name(["A"]), "a"]
    turned = row_names(pl.DataFrame({"id": ["a", "A"]}), numbers)
    assert turned.to_list() == [*reversed(both.to_list())]
