"""How many rows of views have which values, and what the values mean."""

from validate._src.site.viewcounts import counts_of, meanings_of
from validate._src.site.viewfilters import NONE, Choice, Filter
from validate._src.site.views import ShownRow, ShownView
from validate._src.site.viewvalues import Entry, Head
from validate._src.words.schema import Category
from validate._src.words.views import View

KIND, KEY = Head("kind", {"": "Kind"}), Head("key", {"": "Key"})
CATEGORIES = (
    Category("says", "Says", "It has it."),
    Category("omits", "Leaves out", "It lacks it."),
    Category("hints", "Hints", ""),
)


def entry(value):
    return Entry(value, {"": value})


def shown(rows, *, key="key", show="list", mark=None):
    """A view of rows, each a key and its kinds."""
    made = tuple(
        ShownRow({"key": (entry(each),), "kind": tuple(map(entry, kinds))}) for each, kinds in rows
    )
    choices = tuple(Choice(one, 0) for one in (*map(entry, ("says", "omits", "hints")), NONE))
    return ShownView(
        View("v", {}, {}, "", "", show, mark=mark, counted=("kind",)),
        {"key": KEY, "kind": KIND},
        made,
        key=key,
        counted=(Filter(KIND, choices),),
        vocabularies={"key": (), "kind": CATEGORIES},
    )


def counted(view):
    (one,) = counts_of(view)
    return [(choice.entry.value, choice.count) for choice in one.choices]


def test_values_are_counted_in_the_order_of_the_filter_and_only_those_that_there_are():
    assert counted(shown([("a", ["omits"]), ("b", ["says"]), ("c", ["omits"]), ("d", [])])) == [
        ("says", 1),
        ("omits", 2),
        (None, 1),
    ]


def test_a_row_in_several_places_counts_once_where_its_key_is_known():
    rows = [("a", ["says"]), ("a", ["says"]), ("b", ["says"])]
    assert counted(shown(rows)) == [("says", 2)]
    assert counted(shown(rows, key=None)) == [("says", 3)]


def test_a_row_with_several_values_counts_for_each():
    assert counted(shown([("a", ["says", "omits"])])) == [("says", 1), ("omits", 1)]


def meant(view):
    return [(head.name, [one.value for one in ones]) for head, ones in meanings_of(view)]


def test_meanings_are_those_of_the_values_that_there_are_and_that_mean_something():
    assert meant(shown([("a", ["omits"]), ("b", ["hints"])])) == [("kind", ["omits"])]
    assert meant(shown([("a", [])])) == []


def test_what_a_mark_means_is_for_the_legend_to_say_where_there_is_one():
    assert meant(shown([("a", ["says"])], mark="kind")) == []
    assert meant(shown([("a", ["says"])], mark="kind", show="scale")) == [("kind", ["says"])]
