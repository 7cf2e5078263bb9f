"""Reliability by published examples, by the library, and by cases that can be told by hand."""

from fractions import Fraction
from math import isclose
from random import Random

import krippendorff
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.places import ROOT

from validate._src.curation.reliability import coincidence
from validate._src.curation.reliability.assessment import assessed
from validate._src.curation.reliability.codings import Unit
from validate._src.curation.reliability.coincidence import Item, coincidences
from validate._src.curation.reliability.pairing import paired
from validate._src.curation.reliability.resampling import DRAWS, draws_of, interval
from validate._src.curation.reliability.sample import drawn
from validate._src.curation.reliability.unitizing import unitizing
from validate._src.package.descriptor import load_package

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: observers by unit.
OBSERVED = [
    (1, 1, 1), (2, 2, 3, 2), (3, 3, 3, 3), (3, 3, 3, 3), (2, 2, 2, 2), (1, 2, 3, 4),
    (4, 4, 4, 4), (1, 1, 2, 1), (2, 2, 2, 2), (5, 5, 5), (1, 1), (3,),
]  # fmt: skip
# Krippendorff and others 2016; 2019, figure 12.11: start, end and value of three observers' units.
ALEX = ((0, 7, 1), (7, 13, 2), (30, 32, 5), (32, 37, 6), (37, 44, 6), (44, 60, 7))
PAUL = ((0, 7, 1), (7, 13, 3), (13, 21, 5), (32, 44, 6))
SUZAN = ((0, 7, 1), (7, 13, 4), (13, 21, 5), (32, 37, 6), (37, 41, 6), (41, 44, 6))
LEVELS = ("nominal", "ordinal", "interval")
SCALE = range(6)


def compared(values, level):
    items = [Item(piece, tuple(of_unit)) for piece, of_unit in enumerate(values)]
    return coincidences(items, level, SCALE, len(items))


@pytest.mark.parametrize(
    ("level", "alpha"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_alpha_of_the_published_example(level, alpha):
    found = compared(OBSERVED, level)
    assert round(found.alpha(), 3) == alpha
    assert found.values == 40


def test_unitizing_alpha_of_the_published_example():
    """The value for units and gaps is printed as 0.413, and is 0.4136."""
    assert round(unitizing([(60, [ALEX, PAUL, SUZAN])]).alpha(), 3) == 0.510
    relevant = [[(start, end, True) for start, end, _ in units] for units in (ALEX, PAUL, SUZAN)]
    assert isclose(unitizing([(60, relevant)]).alpha(), 0.413, abs_tol=0.001)


def test_unitizing_alpha_of_the_same_units_is_one_and_of_no_units_undefined():
    assert unitizing([(60, [ALEX, ALEX])]).alpha() == 1
    assert unitizing([(60, [(), ()])]).alpha() is None


def test_a_continuum_in_pieces_is_the_continuum():
    whole = unitizing([(30, [[(2, 9, "a")], [(2, 8, "a"), (20, 25, "b")]])])
    parts = unitizing(
        [(10, [[(2, 9, "a")], [(2, 8, "a")]]), (20, [[], [(10, 15, "b")]])],
    )
    assert whole.alpha() == parts.alpha()
    twice = parts.alphas(np.array([[2, 0], [1, 1]]))
    alone = unitizing([(10, [[(2, 9, "a")], [(2, 8, "a")]])] * 2)
    assert twice == [alone.alpha(), whole.alpha()]


UNITS = st.lists(
    st.lists(st.sampled_from(SCALE), min_size=2, max_size=4).map(tuple), min_size=1, max_size=12
)


@given(UNITS, st.sampled_from(LEVELS), st.randoms(use_true_random=False))
def test_alphas_of_draws_are_those_of_the_library(values, level, random):
    counts = [random.randrange(3) for _ in values]
    found = compared(values, level).alphas(np.array([counts, [1] * len(values)], dtype=float))
    again = [of_unit for of_unit, count in zip(values, counts, strict=True) for _ in range(count)]
    wanted = [by_library(some, level) for some in (again, values)]
    wanted = [alpha for alpha in wanted if alpha is not None]
    assert found == pytest.approx(wanted, abs=1e-9)


def by_library(values, level):
    """Alpha by another way into the library: a matrix of coders and units, with gaps."""
    if len({value for of_unit in values for value in of_unit}) < 2:
        return None
    most = max(map(len, values))
    matrix = [[*of_unit, *[np.nan] * (most - len(of_unit))] for of_unit in values]
    return krippendorff.alpha(np.array(matrix).T, level_of_measurement=level)


def test_alpha_without_variation_is_undefined():
    for level in LEVELS:
        assert compared([(1, 1), (1, 1)], level).alpha() is None
        assert compared([(1, 1), (1, 1)], level).alphas(np.ones((3, 2))) == []
        assert compared([], level).alpha() is None


def test_alpha_of_very_many_values_is_the_same(monkeypatch):
    few = compared(OBSERVED, "ordinal").alpha()
    monkeypatch.setattr(coincidence, "LARGEST", 0)
    assert compared(OBSERVED, "ordinal").alpha() == pytest.approx(few, abs=1e-12)


def test_an_empty_cell_is_a_value_where_values_have_no_order():
    values = [("a", None), (None, None), ("a", "a")]
    assert compared(values, "nominal").alpha() == by_library([(1, 0), (0, 0), (1, 1)], "nominal")
    assert compared([(1, None), (2, 3), (3, 3)], "ordinal").values == 4


def test_draws_are_the_same_everywhere():
    found = draws_of(3, 7)
    assert found.shape == (DRAWS, 3)
    assert set(found.sum(axis=1)) == {3}
    generator = Random(7)
    first = [int(generator.random() * 3) for _ in range(3)]
    assert found[0].tolist() == [first.count(piece) for piece in range(3)]
    assert first == [0, 0, 1]


def test_an_interval_leaves_a_fortieth_out_on_either_side():
    assert interval([number / 1000 for number in range(1000)]) == (0.024, 0.975)
    assert interval([0.5]) == (0.5, 0.5)
    assert interval([]) is None


def unit(coder, name, *spans, table="t", **values):
    return Unit(coder, name, table, ("text", 1), spans, values)


def names(pairs):
    return [(one.name, other.name) for one, other in pairs]


def none_alike(one, other):
    return 0


def test_units_that_share_most_characters_are_paired_first():
    ones = [unit("x", "1", (0, 10)), unit("x", "2", (8, 20))]
    others = [unit("y", "1", (9, 20)), unit("y", "2", (30, 40))]
    assert names(paired(ones, others, none_alike)) == [("2", "1")]
    others = [unit("y", "1", (5, 9), (12, 14)), unit("y", "2", (8, 9))]
    assert names(paired(ones, others, none_alike)) == [("1", "1"), ("2", "2")]


def test_of_units_that_share_as_much_those_go_together_whose_values_are_alike():
    ones = [unit("x", "1", (0, 9), a="p"), unit("x", "2", (0, 9), a="q")]
    others = [unit("y", "1", (0, 9), a="q"), unit("y", "2", (0, 9), a="p")]
    alike = paired(ones, others, lambda one, other: int(one.values == other.values))
    assert {*names(alike)} == {("1", "2"), ("2", "1")}
    assert names(paired(ones, others, none_alike)) == [("1", "1"), ("2", "2")]


def test_units_of_other_tables_or_without_shared_characters_stay_alone():
    ones = [unit("x", "1", (0, 9)), unit("x", "2", (20, 30))]
    others = [unit("y", "1", (0, 9), table="u"), unit("y", "2", (9, 20))]
    assert paired(ones, others, none_alike) == []


def test_a_sample_has_its_share_of_each_stratum():
    strata = tuple(tuple(("t", 10 * n + k) for k in range(n)) for n in range(1, 8))
    found = drawn(strata, 5, Fraction(1, 3))
    assert [sum(piece in stratum for piece in found) for stratum in strata] == [1, 1, 1, 2, 2, 2, 3]
    assert found == sorted(found)
    assert found != drawn(strata, 6, Fraction(1, 3))


def test_the_sample_of_a_seed_never_changes():
    strata = ((("t", 1), ("t", 2), ("t", 3), ("t", 4)), (("t", 5), ("t", 6)))
    assert drawn(strata, 1, Fraction(1, 2)) == [("t", 2), ("t", 3), ("t", 5)]


def test_levels_are_those_of_the_schemas():
    found = assessed(load_package(ROOT / "tests" / "packages" / "reliability"))
    levels = {result.field: result.level for result in found.results}
    assert levels == {
        "*": "unitizing",
        "bird": "nominal",
        "sureness": "ordinal",
        "birds": "interval",
        "keeper": "nominal",
        "why": "nominal",
        "verdict": "nominal",
    }
