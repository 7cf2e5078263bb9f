"""The standard's own JSON Schema profiles, and the one of our extensions.

The profiles of the standard come with `dplib-py`, the reference package of the
Data Package project.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, cast

from jsonschema import Draft7Validator
from jsonschema.exceptions import ValidationError, best_match

STANDARD_2 = "https://datapackage.org/profiles/2."
LONGEST_MESSAGE = 160


def standard_version(descriptor: Mapping[str, Any]) -> str:
    """The version of the standard that a package descriptor follows: "1.0" or "2.0".

    Source: Data Package 2.0, Data Package, "$schema", whose default is version 1.0.
    """
    return "2.0" if str(descriptor.get("$schema", "")).startswith(STANDARD_2) else "1.0"


def problems(descriptor: Mapping[str, Any], profile: str, version: str) -> Iterator[str]:
    """What keeps a descriptor from being valid, each with its place in the descriptor.

    Args:
        descriptor: the descriptor as read from JSON.
        profile: "datapackage", "tableschema" or "tabledialect".
        version: "1.0" or "2.0".

    Source: the profiles of Data Package 1.0 and 2.0.
    """
    seen: set[str] = set()
    for validator in (_standard(profile, version), _extensions(profile)):
        for error in validator.iter_errors(descriptor):  # pyright: ignore[reportUnknownMemberType]
            leaf = _most_telling(error)
            place = "".join(_step(part) for part in leaf.absolute_path).lstrip(".") or "top level"
            if place not in seen:
                seen.add(place)
                yield f"{place}: {_words(leaf)}"


@cache
def _standard(profile: str, version: str) -> Draft7Validator:
    text = (files("dplib") / "profiles" / version / f"{profile}.json").read_text("utf-8")
    return Draft7Validator(json.loads(text))


@cache
def _extensions(profile: str) -> Draft7Validator:
    text = (files("validate") / "extensions.json").read_text("utf-8")
    extensions = json.loads(text)
    return Draft7Validator({**extensions, **extensions["definitions"].get(profile, {})})


def _most_telling(error: ValidationError) -> ValidationError:
    """The innermost error that says what is wrong with a value of its own kind."""
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [errors for errors in branches.values() if not any(map(_is_about_kind, errors))]
    if fitting:
        return _most_telling(fitting[0][0])
    return cast("ValidationError", best_match([error])) if not branches else error


def _is_about_kind(error: ValidationError) -> bool:
    """Whether a branch of alternatives was not meant: it is for another type of value."""
    path = list(error.relative_path)
    return path == ["type"] or (not path and error.validator == "type")


def _step(part: object) -> str:
    return f"[{part}]" if isinstance(part, int) else f".{part}"


def _words(error: ValidationError) -> str:
    if len(error.message) <= LONGEST_MESSAGE:
        return error.message
    return f"{error.message[:LONGEST_MESSAGE]}… ({error.validator} is not met)"
