"""Conditions: what each constraint of Table Schema asks of a value.

A condition turns the expression of a value into one that says whether the value meets
it; a null is not asked. Which of them may stand on a field, its type says.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import polars as pl
import regex
from jsonschema import Draft7Validator
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.validators import extend
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT7

from validate.bounded import BoundedPattern
from validate.errors import PackageError
from validate.fieldtypes import FIELD_TYPES
from validate.model import Field

Condition = Callable[[pl.Expr], pl.Expr]


def among(field: Field, allowed: Any, place: str) -> Condition:
    """The value is one of those allowed: `enum`, and the categories of a field.

    Raises:
        PackageError: one of them is no value of the field's type.
    """
    values = _values(field, allowed, place)
    return lambda value: value.is_in(values.implode())


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
        length = FIELD_TYPES[field.type].length
        return lambda value: compare(length(value), argument)

    return condition


def _pattern(field: Field, argument: str, place: str) -> Condition:
    """The whole value matches, as in XML Schema; by Python where Rust's regex cannot."""
    whole = f"^(?:{_with_rust_subtraction(argument)})$"
    try:
        pl.Series([""]).str.contains(whole)
    except pl.exceptions.ComputeError as error:
        try:
            matches = BoundedPattern(argument, place).fullmatch
        except regex.error:
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
    validator = _json_validator(argument, f"{place}: jsonSchema")
    return lambda value: value.map_elements(
        lambda text: validator.is_valid(json.loads(text)), return_dtype=pl.Boolean
    )


def _json_validator(schema: Any, place: str) -> Draft7Validator:
    """A validator that resolves references within the schema, and none outside it."""
    contents = DRAFT7.create_resource(schema)
    resolver = Registry[Any]().with_resource("", contents).resolver()
    try:
        Draft7Validator.check_schema(schema)
        for reference in _references(schema):
            resolver.lookup(reference)
        validator = _bounded(place)(schema, registry=Registry())
        validator.is_valid({})
    except SchemaError as error:
        raise PackageError(f"{place}: {error.message}") from None
    except Unresolvable as error:
        raise PackageError(f"{place}: refers to {error.ref}, which it does not hold") from None
    except RecursionError:
        raise PackageError(f"{place}: refers to itself without end") from None
    return validator


def _bounded(place: str) -> type[Draft7Validator]:
    """Draft 7 of JSON Schema, its patterns bounded in time."""

    def compiled(pattern: str) -> BoundedPattern:
        try:
            return BoundedPattern(pattern, place)
        except regex.error as error:
            raise PackageError(f'{place}: invalid pattern "{pattern}": {error}') from None

    compile_once = cache(compiled)

    def pattern(_: Any, wanted: str, value: Any, __: Any) -> Iterator[ValidationError]:
        if isinstance(value, str) and not compile_once(wanted).search(value):
            yield ValidationError(f"does not match {wanted}")

    def pattern_properties(
        validator: Any, wanted: Mapping[str, Any], value: Any, _: Any
    ) -> Iterator[ValidationError]:
        for name, schema in wanted.items() if isinstance(value, dict) else ():
            for key, item in value.items():
                if compile_once(name).search(key):
                    yield from validator.descend(item, schema, path=key, schema_path=name)

    return extend(Draft7Validator, {"pattern": pattern, "patternProperties": pattern_properties})


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _references(part)


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
