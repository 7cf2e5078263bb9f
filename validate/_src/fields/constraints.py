"""The table of the constraints: a constraint is one entry, and stands nowhere else.

A condition turns the expression of a value into one that says whether the value meets the
constraint; a null is not asked.
"""

import json
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from validate._src.fields.types import FIELD_TYPES
from validate._src.words.errors import PackageError
from validate._src.words.schema import Field, Options

LONGEST = 2**62  # as lengths Polars compares integers of 64 bits; no text is nearly so long
FEW = 8
"""Up to so many values are compared one by one.

A look-up takes longer: off, +1.4 % on the benchmark's table, +0.4 % on measurements, +0.2 % on a
registry (benchmarks/tricks.py).
"""
Condition = Callable[[pl.Expr], pl.Expr]
MakeCondition = Callable[[Field, Any, str], Condition]


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
    """

    name: str
    types: frozenset[str]
    phrase: str
    condition: MakeCondition | None = None


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


def _among(field: Field, allowed: Any, place: str) -> Condition:
    values = _values(field, allowed, place)
    if not 0 < len(values) <= FEW:
        return lambda value: value.is_in(values.implode())
    return lambda value: pl.any_horizontal(value == one for one in values)


def _bound(compare: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> MakeCondition:
    def condition(field: Field, argument: Any, place: str) -> Condition:
        limit = pl.lit(_values(field, [argument], place)[0], FIELD_TYPES[field.type].dtype)
        if field.type == "number":
            # Polars sorts NaN above every number; it is in no range.
            return lambda value: compare(value, limit) & value.is_not_nan()
        return lambda value: compare(value, limit)

    return condition


def _length(compare: Callable[[pl.Expr, int], pl.Expr]) -> MakeCondition:
    def condition(field: Field, argument: int, place: str) -> Condition:
        length, limit = FIELD_TYPES[field.type].length, length_limit(argument)
        return lambda value: compare(length(value), limit)

    return condition


def length_limit(argument: int) -> int:
    """A limit of lengths that Polars can compare."""
    return max(-1, min(argument, LONGEST))


def _pattern(field: Field, argument: str, place: str) -> Condition:
    """The whole value matches, as in XML Schema; by Python where Rust's regex cannot tell."""
    whole = f"^(?:{_with_rust_subtraction(argument)})$"
    try:
        pl.Series([""]).str.contains(whole)
    except pl.exceptions.ComputeError as error:
        from validate._src.fields._patterns import BoundedPattern, PatternError

        try:
            matches = BoundedPattern(argument, place).fullmatch
        except PatternError:
            reason = str(error).rpartition("error: ")[2].splitlines()[0]
            raise PackageError(f'{place}: invalid pattern "{argument}": {reason}') from None
        return lambda value: value.map_elements(matches, return_dtype=pl.Boolean)
    return lambda value: value.str.contains(whole)


def _with_rust_subtraction(pattern: str) -> str:
    """A pattern with XML Schema's class subtraction, `[a-z-[aeiou]]`, as Rust writes it."""
    written, depth, escaped = "", 0, False
    for character in pattern:
        if character == "[" and not escaped:
            written += "-[" if depth and written.endswith("-") else "["
            depth += 1
        elif depth and not escaped and character in "&~-" and written.endswith(character):
            written += "\\" + character  # doubled, they are operators of Rust's classes
        else:
            written += character
            depth -= character == "]" and not escaped and depth > 0
        escaped = character == "\\" and not escaped
    return written


def _json_schema(field: Field, argument: Any, place: str) -> Condition:
    from validate._src.fields._jsonschema import json_validator

    is_valid = json_validator(argument, place)
    return lambda value: value.map_elements(
        lambda text: is_valid(json.loads(text)), return_dtype=pl.Boolean
    )


def _values(field: Field, arguments: Any, place: str) -> pl.Series:
    """Values that a constraint names: JSON values as they are, texts as cells would be read."""
    values = [_value(field, argument) for argument in arguments]
    for argument, value in zip(arguments, values, strict=True):
        if value is None:
            raise PackageError(
                f'{place}: "{argument}" in a constraint is not a value of type {field.type}'
            )
    return pl.Series(values, dtype=FIELD_TYPES[field.type].dtype)


def _value(field: Field, argument: Any) -> Any:
    if isinstance(argument, float) and argument.is_integer():
        argument = int(argument)  # JSON knows one kind of number
    if isinstance(argument, list) and field.type == "list":
        items = (item if isinstance(item, str) else json.dumps(item) for item in argument)
        argument = field.options.delimiter.join(items)
    if not isinstance(argument, str):
        argument = json.dumps(argument, ensure_ascii=False)
        field = replace(field, options=Options())
    parser = FIELD_TYPES[field.type].parser(field.format)
    assert parser is not None
    return pl.DataFrame({"text": [argument]}).select(parser(pl.col("text"), field)).item()


ALL = frozenset(FIELD_TYPES)
TEXTS = frozenset({"string"})
ORDERED = frozenset({"number", "integer", "date", "time", "datetime", "year", "yearmonth"})
WITH_LENGTH = frozenset({"string", "object", "array"})
JSON = frozenset({"object", "array"})

REQUIRED = Constraint("required", ALL, "a value is required")
UNIQUE = Constraint("unique", ALL, "row {} has the same {}")
CATEGORIES = Constraint("categories", frozenset({"string", "integer"}), "is not one of {}", _among)
CONSTRAINTS: Mapping[str, Constraint] = {
    constraint.name: constraint
    for constraint in (
        REQUIRED,
        UNIQUE,
        CATEGORIES,
        Constraint("enum", ALL, "is not one of {}", _among),
        Constraint("pattern", TEXTS, "does not match the pattern {}", _pattern),
        Constraint("minimum", ORDERED, "is less than {}", _bound(operator.ge)),
        Constraint("maximum", ORDERED, "is greater than {}", _bound(operator.le)),
        Constraint("exclusiveMinimum", ORDERED, "is not greater than {}", _bound(operator.gt)),
        Constraint("exclusiveMaximum", ORDERED, "is not less than {}", _bound(operator.lt)),
        Constraint("minLength", WITH_LENGTH, "is shorter than {}", _length(operator.ge)),
        Constraint("maxLength", WITH_LENGTH, "is longer than {}", _length(operator.le)),
        Constraint("jsonSchema", JSON, "does not fit the JSON Schema of the field", _json_schema),
    )
}
"""The constraints by name.

Source: Data Package 2.0, Table Schema, "Field Constraints".
"""
