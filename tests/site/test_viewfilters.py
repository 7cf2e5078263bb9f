"""Columns by whose values the rows of views are picked."""

from types import SimpleNamespace

from validate._src.site.rendering import said_of
from validate._src.site.viewfilters import NONE, are_names, filter_of, in_order
from validate._src.site.viewvalues import Entry, Head, written
from validate._src.words.schema import Category
from validate._src.words.views import ViewColumn

COLUMN, HEAD = ViewColumn("place"), Head("place", {"": "Place"})
ABOVE = {"bay": ["lake", "country"], "lake": ["country"]}


def entry(value):
    return Entry(value, {"": value})


def values_with(vocabulary=(), above=None):
    """What knows of values: a vocabulary, and the wider values of some."""
    return SimpleNamespace(
        vocabulary=lambda _: tuple(Category(one, one, "") for one in vocabulary),
        wider=lambda _, value: iter((above or {}).get(value, ())),
        entry=lambda _, value: entry(value),
    )


def filtered(rows, **known):
    """The choices with their counts, and what each row picks by name."""
    cells = [tuple(map(entry, row)) for row in rows]
    made, picks = filter_of(COLUMN, HEAD, cells, values_with(**known))
    names = [choice.entry.value for choice in made.choices]
    counts = [(choice.entry.value, choice.count) for choice in made.choices]
    return made, counts, [{names[at] for at in each} for each in picks]


def test_values_are_in_the_order_of_their_numbers_dates_and_names_and_none_comes_last():
    names = [Entry("b", {"en": "Ash", "ja": "Z"}), NONE, Entry("a", {"en": "birch", "ja": "A"})]
    assert [one.value for one in sorted(names, key=in_order(()))] == ["b", "a", None]
    numbers = [Entry(value, {"": written(value)}, is_number=True) for value in (1200, 9.5, 300)]
    assert [one.value for one in sorted(numbers, key=in_order(()))] == [9.5, 300, 1200]
    dates = [
        Entry("2026", {"en": "2026"}, order="2026"),
        Entry("../1960", {"en": "by 1960"}, order="1960"),
    ]
    assert [one.value for one in sorted(dates, key=in_order(()))] == ["../1960", "2026"]
    assert [are_names(some) for some in (names, numbers, dates)] == [True, False, False]


def test_choices_are_in_the_order_of_a_vocabulary_or_of_what_they_are_called():
    rows = [["c"], ["B"], ["a"]]
    assert [one for one, _ in filtered(rows)[1]] == ["a", "B", "c"]
    assert [one for one, _ in filtered(rows, vocabulary=["c", "a"])[1]] == ["c", "a", "B"]


def test_rows_without_a_value_are_a_choice_of_their_own_and_the_last():
    made, counts, picks = filtered([[], ["z"], []])
    assert counts == [("z", 1), (None, 2)]
    assert picks == [{None}, {"z"}, {None}]
    assert made.has_none
    assert not filtered([["z"]])[0].has_none


def test_a_row_is_picked_by_each_of_its_values_and_by_those_that_are_wider():
    _, counts, picks = filtered([["bay", "tarn"], ["lake"]], above=ABOVE)
    assert counts == [("bay", 1), ("country", 2), ("lake", 2), ("tarn", 1)]
    assert picks == [{"bay", "tarn", "lake", "country"}, {"lake", "country"}]


def test_none_is_a_word_of_the_page():
    assert said_of(NONE, ("en", "ja")) == (
        '<span class="word" lang="en">none</span><span class="word" lang="ja">なし</span>'
    )
    assert said_of(NONE, ()) == "none"
    assert said_of(entry("none"), ("en", "ja")) == "none"
