"""Conditions: what each constraint of Table Schema asks of a value.

A condition turns the expression of a value into one that says whether the value meets
it; a null is not asked. Which of them may stand on a field, its type says.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from validate._src.fields.types import FIELD_TYPES
from validate._src.words.errors import PackageError
from validate._src.words.model import Field

LONGEST = 2**62
FEW = 8  # up to so many, one comparison for each is faster than a look-up
Condition = Callable[[pl.Expr], pl.Expr]


def among(field: Field, allowed: Any, place: str) -> Condition:
    """The value is one of those allowed: `enum`, and the categories of a field.

    Raises:
        PackageError: one of them is no value of the field's type.
    """
    values = _values(field, allowed, place)
    if not 0 < len(values) <= FEW:
        return lambda value: value.is_in(values.implode())
    return lambda value: pl.any_horizontal(value == one for one in values)


def _bound(compare: Callable[[pl.Expr, pl.Expr], pl.Expr]) -> Callable[..., Condition]:
    def condition(field: Field, argument: Any, place: str) -> Condition:
        limit = pl.lit(_values(field, [argument], place)[0], FIELD_TYPES[field.type].dtype)
        if field.type == "number":
            # Polars sorts NaN above every number; it is in no range.
            return lambda value: compare(value, limit) & value.is_not_nan()
        return lambda value: compare(value, limit)

    return condition


def _length(compare: Callable[[pl.Expr, int], pl.Expr]) -> Callable[..., Condition]:
    def condition(field: Field, argument: int, place: str) -> Condition:
        length, limit = FIELD_TYPES[field.type].length, length_limit(argument)
        return lambda value: compare(length(value), limit)

    return condition


def length_limit(argument: int) -> int:
    """A limit of lengths as Polars can compare it: no text is nearly so long."""
    return max(-1, min(argument, LONGEST))


def _pattern(field: Field, argument: str, place: str) -> Condition:
    """The whole value matches, as in XML Schema; by Python where Rust's regex cannot."""
    whole = f"^(?:{_with_rust_subtraction(argument)})$"
    try:
        pl.Series([""]).str.contains(whole)
    except pl.exceptions.ComputeError as error:
        from validate._src.fields.patterns import BoundedPattern, PatternError

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
    from validate._src.fields.jsonschema import json_validator

    is_valid = json_validator(argument, f"{place}: jsonSchema")
    return lambda value: value.map_elements(
        lambda text: is_valid(json.loads(text)), return_dtype=pl.Boolean
    )


def _values(field: Field, arguments: Any, place: str) -> pl.Series:
    """Values that a constraint names: JSON values as they are, texts as cells would be read."""
    values = [_value(field, argument) for argument in arguments]
    for argument, value in zip(arguments, values, strict=True):
        if value is None:
            raise PackageError(
                f'{place}: "{argument}" in a constraint is no value of type {field.type}'
            )
    return pl.Series(values, dtype=FIELD_TYPES[field.type].dtype)


def _value(field: Field, argument: Any) -> Any:
    if isinstance(argument, float) and argument.is_integer():
        argument = int(argument)  # JSON knows one kind of number
    if isinstance(argument, list) and field.type == "list":
        items = (item if isinstance(item, str) else json.dumps(item) for item in argument)
        argument = field.properties.get("delimiter", ",").join(items)
    if not isinstance(argument, str):
        argument = json.dumps(argument, ensure_ascii=False)
        field = Field(field.name, field.type, field.format, {}, (), {})
    parser = FIELD_TYPES[field.type].parser(field.format)
    assert parser is not None
    return pl.DataFrame({"text": [argument]}).select(parser(pl.col("text"), field)).item()


CONDITIONS: Mapping[str, Callable[[Field, Any, str], Condition]] = {
    "enum": among,
    "pattern": _pattern,
    "jsonSchema": _json_schema,
    "minimum": _bound(lambda value, limit: value >= limit),
    "maximum": _bound(lambda value, limit: value <= limit),
    "exclusiveMinimum": _bound(lambda value, limit: value > limit),
    "exclusiveMaximum": _bound(lambda value, limit: value < limit),
    "minLength": _length(lambda length, limit: length >= limit),
    "maxLength": _length(lambda length, limit: length <= limit),
}
