"""The constraint `jsonSchema`: values judged by a JSON Schema, its patterns in bounded time."""

import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from time import monotonic
from typing import Any, cast

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError
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
REFERENCES = ("$ref", "$dynamicRef", "$recursiveRef")
"""Keywords by which a schema can come to itself again."""
ALLOWED_DEEP = 0.7
"""Share of Python's stack in which a reference is followed.

It must not end within one: what looks up references is Rust, and panics there.
"""
TOO_DEEP = "a value is nested too deeply to be judged"
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
    _check_form(schema, draft, place)
    clock = _Clock()

    def check() -> None:
        clock.check()
        _check_depth()

    try:
        for reference in _references(schema):
            resolver.lookup(reference)
        clock.begin()
        validator = _bounded(draft, check)(schema, registry=Registry())
        validator.is_valid({})
    except Unresolvable as error:
        raise PackageError(f"{place}: refers to {error.ref}, which it does not hold") from None
    except (RecursionError, _TooDeepError):
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
            raise _TooDeepError from None
        except ArithmeticError:
            raise GivenUpError("a number is too large for the schema to be judged by") from None
        finally:
            clock.end()

    return is_valid


def _check_form(schema: Any, draft: Any, place: str) -> None:
    """Checks a schema against that of its draft.

    Raises:
        PackageError: it does not match, or cannot be followed to its end.
    """
    validator = _bounded(draft, _check_depth)(
        draft.META_SCHEMA, format_checker=draft.FORMAT_CHECKER
    )
    try:
        error = next(validator.iter_errors(schema), None)
    except (RecursionError, _TooDeepError):
        raise PackageError(f"{place}: is nested too deeply to be followed") from None
    if error is not None:
        raise PackageError(f"{place}: {error.message}")


class _TooDeepError(GivenUpError):
    """References lead too deep, or without end."""

    def __init__(self) -> None:
        super().__init__(TOO_DEEP)


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


def _bounded(draft: Any, check: Callable[[], None]) -> Any:
    """A draft of JSON Schema, its patterns bounded in time, and its references by a check."""
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

    def bounded_reference(keyword: str) -> Callable[..., Iterator[Any]]:
        follow = draft.VALIDATORS[keyword]

        def reference(validator: Any, wanted: str, value: Any, schema: Any) -> Iterator[Any]:
            check()
            yield from follow(validator, wanted, value, schema) or ()

        return reference

    def unique_items(_: Any, wanted: Any, value: Any, __: Any) -> Iterator[ValidationError]:
        if wanted and isinstance(value, list):
            texts = {canonical_json(item) for item in value}
            if len(texts) < len(value):
                yield ValidationError("has an item twice")

    bounded: dict[str, Any] = {"uniqueItems": unique_items}
    bounded |= {"pattern": pattern, "patternProperties": pattern_properties}
    bounded |= {key: bounded_reference(key) for key in REFERENCES if key in draft.VALIDATORS}
    return extend(draft, bounded, type_checker=_with_long_integers(draft.TYPE_CHECKER))


def _check_depth() -> None:
    """Checks that a reference can be followed.

    Raises:
        GivenUpError: too little of the stack is left.
    """
    try:
        sys._getframe(int(sys.getrecursionlimit() * ALLOWED_DEEP))  # pyright: ignore[reportPrivateUsage]
    except ValueError:  # the stack is not as deep
        return
    raise _TooDeepError


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
