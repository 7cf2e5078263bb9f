"""Values of views under which narrower ones stand: the nearest that has rows is the one above."""

from validate._src.site.narrower import Near, narrower_of, nearest_wider
from validate._src.site.viewvalues import Entry

WIDER = {"cove": ("bay", "great"), "bay": ("great",), "great": (), "tarn": ()}


def near(value):
    return Near(f"#{value}", Entry(value, {"": value}), 1)


def test_the_nearest_wider_value_that_has_rows_is_above():
    assert nearest_wider(["cove", "bay", "great", "tarn"], WIDER) == {"cove": "bay", "bay": "great"}
    assert nearest_wider(["cove", "great"], WIDER) == {"cove": "great"}
    assert nearest_wider(["cove", "tarn"], WIDER) == {}


def test_values_of_which_nothing_is_said_stand_by_themselves():
    assert nearest_wider([None, "elsewhere"], WIDER) == {}
    assert nearest_wider(["cove", "bay"], {}) == {}


def test_narrower_values_keep_their_order():
    places = [near(value) for value in ("great", "cove", "tarn", "bay")]
    found = narrower_of(places, {**WIDER, "cove": ("great",)})
    assert {value: [one.address for one in some] for value, some in found.items()} == {
        "great": ["#cove", "#bay"]
    }
