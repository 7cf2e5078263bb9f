"""Constraints: one entry each, and what each asks of a value."""

import math
from itertools import permutations

import polars as pl
import pytest

from validate import PackageError
from validate._src.fields.constraints import (
    CATEGORIES,
    CONSTRAINTS,
    REQUIRED,
    UNIQUE,
    declared_constraints,
    why_misplaced,
    why_no_categories,
)
from validate._src.fields.types import FIELD_TYPES
from validate._src.words.schema import Category, Field, Options


def field(type_name, constraints=None, **others):
    return Field("x", type_name, "default", {}, ("",), constraints or {}, **others)


def meets(texts, type_name, constraints):
    """Whether each text meets all constraints of a field."""
    one = field(type_name, constraints)
    parser = FIELD_TYPES[type_name].parser("default")
    frame = pl.DataFrame({"text": texts}, {"text": pl.String})
    frame = frame.with_columns(parser(pl.col("text"), one).alias("x"))
    asked = [
        declared.constraint.condition(one, declared.argument, "here")(pl.col("x"), pl.col("text"))
        for declared in declared_constraints(one)
    ]
    return frame.select(pl.all_horizontal(asked)).to_series().to_list()


@pytest.mark.parametrize(
    ("type_name", "constraints", "texts", "wanted"),
    [
        ("integer", {"minimum": 3}, ["2", "3", None], [False, True, None]),
        ("integer", {"exclusiveMaximum": "3"}, ["2", "3"], [True, False]),
        ("number", {"maximum": 1e9}, ["NaN", "INF", "7"], [False, False, True]),
        ("number", {"maximum": 0.3}, ["0.30", "0.30000000000000000001"], [True, False]),
        ("number", {"exclusiveMaximum": "0.1"}, ["1e-1", "0.09999999999999999999"], [False, True]),
        ("number", {"maximum": "0.30000000000000000001"}, ["0.3", "1"], [True, False]),
        ("number", {"maximum": "INF"}, ["1e400", "NaN", "INF"], [True, False, True]),
        ("number", {"minimum": "NaN"}, ["1", "NaN"], [False, False]),
        ("number", {"maximum": "1e998"}, ["1e997", "1e999", "1e" + "9" * 20], [True, False, False]),
        ("number", {"minimum": "1e998"}, ["1e997", "1e999", "1e" + "9" * 20], [False, True, True]),
        (
            "number",
            {"minimum": "1e-998"},
            ["1e-999", "1e-997", "1e-" + "9" * 20],
            [False, True, False],
        ),
        ("number", {"exclusiveMaximum": "1e401"}, ["1e400", "1e401"], [True, False]),
        ("number", {"enum": ["0.1"]}, ["0.10", "0.10000000000000000001"], [True, False]),
        (
            "number",
            {"enum": ["0.10000000000000000001"]},
            ["0.1", "10000000000000000001e-20"],
            [False, True],
        ),
        ("integer", {"maximum": 2**64}, [str(2**64), str(2**64 + 1), "1"], [True, False, True]),
        ("integer", {"minimum": -(2**64)}, [str(-(2**64) - 1), "1", None], [False, True, None]),
        ("integer", {"maximum": 5}, [str(2**64), str(-(2**64))], [False, True]),
        ("integer", {"enum": [1, 2**64]}, ["1", str(2**64), str(2**64 + 1)], [True, True, False]),
        (
            "year",
            {"minimum": 44, "maximum": "12024"},
            ["0044", "0043", "12025"],
            [True, False, False],
        ),
        ("duration", {"minimum": "P1D"}, ["PT24H", "PT23H", "P1M"], [True, False, True]),
        ("duration", {"maximum": "P1M"}, ["P27D", "P30D", "P32D"], [True, False, False]),
        ("duration", {"enum": ["P1Y"]}, ["P12M", "P365D"], [True, False]),
        ("list", {"minLength": 2}, ["a", "a,b"], [False, True]),
        ("string", {"pattern": r"\i\c*"}, ["pond.1", "1pond", "池"], [True, False, True]),
        ("string", {"pattern": r"[\c-[:]]+"}, ["a-b", "a:b"], [True, False]),
        ("string", {"pattern": r"(?=\i)\p{IsHiragana}+"}, ["いけ", "池"], [True, False]),
        ("date", {"minimum": "2024-01-01"}, ["2023-12-31", "2024-01-01"], [False, True]),
        ("string", {"minLength": 2, "maxLength": 3}, ["a", "ab", "abcd"], [False, True, False]),
        ("string", {"maxLength": 10**30}, ["a"], [True]),
        ("string", {"pattern": "[a-z]+"}, ["ab", "ab1"], [True, False]),
        ("string", {"pattern": "(?=a).."}, ["ab", "bb"], [True, False]),
        ("string", {"enum": ["ab", "c"]}, ["ab", "b"], [True, False]),
        ("array", {"minLength": 2}, ["[1]", "[1, 2]"], [False, True]),
        ("object", {"jsonSchema": {"required": ["a"]}}, ["{}", '{"a": 1}'], [False, True]),
    ],
)
def test_a_condition_says_whether_a_value_meets_it(type_name, constraints, texts, wanted):
    assert meets(texts, type_name, constraints) == wanted


def test_an_entry_has_all_that_a_constraint_needs():
    for name, constraint in CONSTRAINTS.items():
        assert constraint.name == name
        assert constraint.types
        assert constraint.types <= FIELD_TYPES.keys()
        assert constraint.phrase
        asked_elsewhere = constraint in (REQUIRED, UNIQUE)
        assert (constraint.condition is None) == asked_elsewhere


@pytest.mark.parametrize("name", ["minimum", "categories", "sail"])
def test_a_constraint_that_does_not_go_with_the_type_is_named_with_those_that_do(name):
    assert why_misplaced(name, "boolean") == (
        f'type boolean cannot have the constraint "{name}"; it can have enum, required, unique'
    )
    assert why_misplaced("unique", "boolean") is None


def test_categories_go_with_some_types():
    assert why_no_categories("boolean") == "go with type string or integer"
    assert why_no_categories("integer") is None


def test_categories_are_a_constraint_with_their_values():
    categories = (Category("low"), Category("high", "High"))
    (declared,) = declared_constraints(field("string", categories=categories))
    assert (declared.constraint, declared.argument) == (CATEGORIES, ["low", "high"])


def test_values_are_read_as_cells_are():
    options = Options(group_char=".", decimal_char=",")
    one = field("number", {"maximum": "1.234,5"}, options=options)
    (declared,) = declared_constraints(one)
    condition = declared.constraint.condition(one, declared.argument, "here")
    cells = pl.DataFrame({"value": [1234.5, 1234.6], "text": ["1.234,5", "1.234,6"]})
    met = cells.select(condition(pl.col("value"), pl.col("text"))).to_series()
    assert met.to_list() == [True, False]


def test_an_argument_that_is_no_value_is_refused():
    one = field("integer", {"minimum": "three"})
    (declared,) = declared_constraints(one)
    with pytest.raises(
        PackageError, match='"three" in a constraint is not a value of type integer'
    ):
        declared.constraint.condition(one, declared.argument, "here")


BOUNDS = {"minimum": 0, "maximum": 9, "exclusiveMinimum": -1, "exclusiveMaximum": 10}


@pytest.mark.parametrize("names", [*permutations(BOUNDS, 2)])
def test_nan_does_not_meet_the_first_of_several_bounds(names):
    one = field("number", {name: BOUNDS[name] for name in names})
    cells = pl.DataFrame({"x": [math.nan, 5.0, None], "text": ["NaN", "5", None]})
    conditions = [CONSTRAINTS[name].condition(one, BOUNDS[name], "here") for name in names]
    asked = [condition(pl.col("x"), pl.col("text")) for condition in conditions]
    met = [cells.select(one).to_series().to_list() for one in asked]
    assert met == [[False, True, None], [True, True, None]]


def test_nan_does_not_meet_a_bound_behind_one_that_cannot_be_read():
    one = field("number", {"minimum": "much", "maximum": 9})
    condition = CONSTRAINTS["maximum"].condition(one, 9, "here")
    cells = pl.DataFrame({"x": [math.nan], "text": ["NaN"]})
    assert cells.select(condition(pl.col("x"), pl.col("text"))).item() is False
