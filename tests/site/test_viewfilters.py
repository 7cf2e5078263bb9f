"""Columns by whose values the rows of views are picked."""

from types import SimpleNamespace

from validate._src.site.viewfilters import filter_of
from validate._src.site.viewvalues import Entry, Head
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
