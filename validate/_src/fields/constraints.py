"""The table of the constraints: a constraint is one entry, and stands nowhere else.

A condition turns the expression of a value into one that says whether the value meets the
constraint; a null is not asked.
"""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import polars as pl

from validate._src.fields._comparisons import (
    Comparison,
    Condition,
    among,
    bound,
    phrases_of_bounds,
)
from validate._src.fields._json import read_json
from validate._src.fields._onebyone import OneByOne
from validate._src.fields._xsdpatterns import with_known_escapes, with_rust_subtraction
from validate._src.fields.types import FIELD_TYPES
from validate._src.words.errors import PackageError
from validate._src.words.schema import Field

LONGEST = 2**62  # as lengths Polars compares integers of 64 bits; no text is nearly so long
MakeCondition = Callable[[Field, Any, str], Condition]
Phrases = Callable[[str, Field, Any, pl.Series, pl.Series], pl.Series | str]


@dataclass(frozen=True)
class Constraint:
    """One constraint.

    Attributes:
        name: the standard's name.
        types: names of the field types that it may stand on.
        phrase: what is wrong with a value that does not meet it; `{}` is the argument.
        condition: makes the condition of a field, the argument of the constraint and its
            place, for messages; None where it is not asked of one value alone: `required`
            is about cells without a value, `unique` about several rows.
        phrases: from the phrase, a field, the argument, n texts and their values to what is
            wrong with each of them; None where the phrase says it.
    """

    name: str
    types: frozenset[str]
    phrase: str
    condition: MakeCondition | None = None
    phrases: Phrases | None = None


@dataclass(frozen=True)
class Declared:
    """A constraint as a field declares it, with its argument."""

    constraint: Constraint
    argument: Any

    @property
    def steps(self) -> tuple[str, ...]:
        """What leads from the field to the constraint."""
        name = self.constraint.name
        return (name,) if self.constraint is CATEGORIES else ("constraints", name)


def declared_constraints(field: Field) -> Iterator[Declared]:
    """The constraints of a field, its categories among them.

    Source: Data Package 2.0, Table Schema, "Field Constraints", "categories".
    """
    for name, argument in field.constraints.items():
        yield Declared(CONSTRAINTS[name], argument)
    if field.categories is not None:
        yield Declared(CATEGORIES, [category.value for category in field.categories])


def why_misplaced(name: str, type_name: str) -> str | None:
    """Why a field of some type cannot have a constraint of some name; None if it can."""
    if name in _allowed(type_name):
        return None
    allowed = ", ".join(sorted(_allowed(type_name)))
    return f'type {type_name} cannot have the constraint "{name}"; it can have {allowed}'


def why_no_categories(type_name: str) -> str | None:
    """Why a field of some type cannot have categories; None if it can."""
    return None if type_name in CATEGORIES.types else "go with type string or integer"


def _allowed(type_name: str) -> list[str]:
    return [
        constraint.name
        for constraint in CONSTRAINTS.values()
        if type_name in constraint.types and constraint is not CATEGORIES
    ]


def _length(compare: Callable[[pl.Expr, int], pl.Expr]) -> MakeCondition:
    def condition(field: Field, argument: int, place: str) -> Condition:
        length, limit = FIELD_TYPES[field.type].length, length_limit(argument)
        return lambda value, text: compare(length(value), limit)

    return condition


def length_limit(argument: int) -> int:
    """A limit of lengths that Polars can compare."""
    return max(-1, min(argument, LONGEST))


def _pattern(field: Field, argument: str, place: str) -> Condition:
    """The whole value matches, as in XML Schema; by Python where Rust's regex cannot tell."""
    try:
        known = with_known_escapes(argument)
    except ValueError as error:
        raise PackageError(f'{place}: invalid pattern "{argument}": {error}') from None
    whole = f"^(?:{with_rust_subtraction(known)})$"
    if (refusal := _refusal(whole)) is not None:
        from validate._src.fields._patterns import BoundedPattern, PatternError

        try:
            matches = BoundedPattern(known).fullmatch
        except PatternError:
            reason = refusal.rpartition("error: ")[2].splitlines()[0]
            raise PackageError(f'{place}: invalid pattern "{argument}": {reason}') from None
        return OneByOne(matches)
    return lambda value, text: value.str.contains(whole)


@lru_cache
def _refusal(pattern: str) -> str | None:
    """What Rust's regex says of a pattern that it does not take; many fields have the same."""
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError as error:
        return str(error)
    return None


def _json_schema(field: Field, argument: Any, place: str) -> Condition:
    from validate._src.fields._jsonschema import json_validator

    is_valid = json_validator(argument, place)
    return OneByOne(lambda document: is_valid(read_json(document)))


def _bound(name: str, phrase: str, compare: Comparison) -> Constraint:
    return Constraint(name, ORDERED, phrase, bound(name, compare), phrases_of_bounds)


ALL = frozenset(FIELD_TYPES)
TEXTS = frozenset({"string"})
ORDERED = frozenset(
    {"number", "integer", "date", "time", "datetime", "duration", "year", "yearmonth"}
)
WITH_LENGTH = frozenset({"string", "object", "array", "list"})
JSON = frozenset({"object", "array"})

REQUIRED = Constraint("required", ALL, "a value is required")
UNIQUE = Constraint("unique", ALL, "row {} has the same {}")
CATEGORIES = Constraint("categories", frozenset({"string", "integer"}), "is not one of {}", among)
CONSTRAINTS: Mapping[str, Constraint] = {
    constraint.name: constraint
    for constraint in (
        REQUIRED,
        UNIQUE,
        CATEGORIES,
        Constraint("enum", ALL, "is not one of {}", among),
        Constraint("pattern", TEXTS, "does not match the pattern {}", _pattern),
        _bound("minimum", "is less than {}", operator.ge),
        _bound("maximum", "is greater than {}", operator.le),
        _bound("exclusiveMinimum", "is not greater than {}", operator.gt),
        _bound("exclusiveMaximum", "is not less than {}", operator.lt),
        Constraint("minLength", WITH_LENGTH, "is shorter than {}", _length(operator.ge)),
        Constraint("maxLength", WITH_LENGTH, "is longer than {}", _length(operator.le)),
        Constraint("jsonSchema", JSON, "does not fit the JSON Schema of the field", _json_schema),
    )
}
"""The constraints by name.

Source: Data Package 2.0, Table Schema, "Field Constraints".
"""
