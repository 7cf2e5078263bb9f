"""The constraint `jsonSchema`: values judged by a JSON Schema, its patterns in bounded time."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from time import monotonic
from typing import Any, cast

from jsonschema import Draft7Validator
from jsonschema.exceptions import SchemaError, ValidationError
from jsonschema.validators import extend, validator_for
from referencing import Registry
from referencing.exceptions import Unresolvable
from referencing.jsonschema import specification_with

from validate._src.fields._json import canonical_json
from validate._src.fields._onebyone import GivenUpError
from validate._src.fields._patterns import ALLOWED, BoundedPattern, PatternError
from validate._src.words.errors import PackageError

ALLOWED_EACH = 0.01
"""Seconds more for each value: one takes less than a thousandth unless its schema explodes."""
TAKES_TOO_LONG = "the schema takes too long to judge a value; refer to less, and less often"


def json_validator(schema: Any, place: str) -> Callable[[Any], bool]:
    """A function that says whether a value is valid; only references within the schema work.

    Args:
        schema: a JSON Schema, of draft 7 if it does not say of which.
        place: where it stands, for messages.

    Raises:
        PackageError: it is no JSON Schema, or refers to something outside of it.
    """
    draft = _draft(schema, place)
    contents = specification_with(draft.META_SCHEMA["$schema"]).create_resource(schema)
    resolver = Registry[Any]().with_resource("", contents).resolver()
    try:
        draft.check_schema(schema)
        for reference in _references(schema):
            resolver.lookup(reference)
        clock = _Clock()
        clock.begin()
        validator = _bounded(draft, clock)(schema, registry=Registry())
        validator.is_valid({})
    except SchemaError as error:
        raise PackageError(f"{place}: {error.message}") from None
    except Unresolvable as error:
        raise PackageError(f"{place}: refers to {error.ref}, which it does not hold") from None
    except RecursionError:
        raise PackageError(f"{place}: refers to itself without end") from None
    except GivenUpError as error:
        raise PackageError(f"{place}: {error}") from None
    except ValueError as error:  # a reference by what is no index of an array
        raise PackageError(f"{place}: refers to what it does not hold: {error}") from None

    def is_valid(value: Any) -> bool:
        clock.begin()
        try:
            return validator.is_valid(value)
        except RecursionError:
            raise GivenUpError("a value is nested too deeply to be judged") from None
        except ArithmeticError:
            raise GivenUpError("a number is too large for the schema to be judged by") from None
        finally:
            clock.end()

    return is_valid


class _Clock:
    """How long the schema may still take: as long as a pattern in all, and more for each value."""

    def __init__(self) -> None:
        self._left = ALLOWED
        self._begun = 0.0

    def begin(self) -> None:
        """Starts the clock for a value."""
        self._begun = monotonic()

    def end(self) -> None:
        """Stops it."""
        self._left = max(self._left + ALLOWED_EACH - (monotonic() - self._begun), 0)

    def check(self) -> None:
        """Checks that there is time left.

        Raises:
            GivenUpError: there is none.
        """
        if monotonic() - self._begun > max(self._left, ALLOWED_EACH):
            raise GivenUpError(TAKES_TOO_LONG)


def _draft(schema: Any, place: str) -> Any:
    """The validator for the draft that a schema declares; draft 7 by default."""
    declared = schema.get("$schema") if isinstance(schema, dict) else None
    if declared is None:
        return Draft7Validator
    # The library's types do not allow the default None.
    draft: Any = validator_for({"$schema": str(declared)}, default=cast("Any", None))
    if draft is None:
        raise PackageError(f'{place}: no JSON Schema of "{declared}" is known here')
    return draft


def _compiled(pattern: str) -> BoundedPattern:
    try:
        return BoundedPattern(pattern)
    except PatternError as error:
        raise GivenUpError(f'invalid pattern "{pattern}": {error}') from None


def _bounded(draft: Any, clock: _Clock) -> Any:
    """A draft of JSON Schema, its patterns and references bounded in time."""
    compile_once = cache(_compiled)

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

    def reference(validator: Any, wanted: str, value: Any, schema: Any) -> Iterator[Any]:
        clock.check()
        yield from draft.VALIDATORS["$ref"](validator, wanted, value, schema) or ()

    def unique_items(_: Any, wanted: Any, value: Any, __: Any) -> Iterator[ValidationError]:
        if wanted and isinstance(value, list):
            texts = {canonical_json(item) for item in value}
            if len(texts) < len(value):
                yield ValidationError("has an item twice")

    bounded = {"$ref": reference, "uniqueItems": unique_items}
    bounded |= {"pattern": pattern, "patternProperties": pattern_properties}
    return extend(draft, bounded, type_checker=_with_long_integers(draft.TYPE_CHECKER))


def _with_long_integers(types: Any) -> Any:
    """The types of a draft; integers that are too long for Python are decimals."""

    def is_integer(_: Any, value: Any) -> bool:
        return isinstance(value, Decimal) or types.is_type(value, "integer")

    return types.redefine("integer", is_integer)


def _references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        schema = list(schema.values())
    if isinstance(schema, list):
        for part in schema:
            yield from _references(part)
