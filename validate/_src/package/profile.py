"""The JSON Schema profiles of the standard and of our extensions.

Those of the standard are our own, written from its text; how they differ from the published
ones is listed in tests/support/published_list.py. `jsonschema-rs`, which takes a hundredth of
the time, passes what is valid; what is not, `jsonschema` puts into words. Without it a run on
1,000 rows takes +7 % longer (benchmarks/tricks.py).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs

from validate._src.package.forms import FORMS, repetitions
from validate._src.package.plain import own_message, plain_words
from validate._src.package.problem import Problem
from validate._src.words.place import Steps

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

LATEST = "https://datapackage.org/profiles/2.0/datapackage.json"
STANDARD_1 = "https://datapackage.org/profiles/1."
SPECS = "https://specs.frictionlessdata.io/schemas/"
OF_THE_STANDARD = ("https://datapackage.org/profiles/", SPECS)
TABULAR_PROFILES = ("tabular-data-package", "tabular-data-resource")
NAMED_PROFILES = ("data-package", "data-resource", *TABULAR_PROFILES)
CLEAR = ("format", "pattern", "uniqueBy")
"""What JSON Schema asks of the form of a value, whose type is right."""
LABELLED = ("missingValues", "categories")
"""Lists whose entries mean the same if they stand twice."""


def standard_version(descriptor: Mapping[str, Any]) -> str:
    """The version of the standard that a descriptor follows: "1.0" or "2.0".

    Source: Data Package 2.0, Data Package, "$schema", whose default is version 1.0; Extensions:
    a profile of somebody else's, which 1.0 does not know, includes that of the standard.
    """
    given = str(descriptor.get("$schema", STANDARD_1))
    return "1.0" if given.startswith(STANDARD_1) else "2.0"


def other_profiles(descriptor: Mapping[str, Any]) -> Iterator[str]:
    """The profiles that a package descriptor names and that are not the standard's own.

    Source: Data Package 2.0, Glossary, "Profile"; 1.0, Profiles.
    """
    named = [descriptor.get("$schema") or descriptor.get("profile")]
    entries = (entry for entry in descriptor["resources"] if isinstance(entry, dict))
    named += [entry.get("profile") for entry in cast("Iterator[dict[str, Any]]", entries)]
    for profile in dict.fromkeys(one for one in named if one and isinstance(one, str)):
        if not profile.startswith(OF_THE_STANDARD) and profile not in NAMED_PROFILES:
            yield profile


def problems(descriptor: Mapping[str, Any], profile: str, version: str) -> Iterator[Problem]:
    """What keeps a descriptor from being valid, one problem a place.

    Args:
        descriptor: the descriptor as read from JSON; the schemas and dialects of a package have
            profiles of their own, and are not judged with it.
        profile: "datapackage", "tableschema" or "tabledialect".
        version: "1.0" or "2.0".

    Source: the text of Data Package 1.0 and 2.0; docs/extensions.md.
    """
    seen: set[Steps] = set()
    for schema in (_standard, _extensions):
        if _gate(schema, profile, version).is_valid(descriptor):
            continue
        for error in _errors(schema(profile, version), descriptor):
            for problem in _problems(_most_telling(error)):
                if problem.steps not in seen:
                    seen.add(problem.steps)
                    yield problem


def _problems(error: "ValidationError") -> Iterator[Problem]:
    """The problem that an error is, or one for each property that is missing or too many."""
    steps: Steps = tuple(error.absolute_path)
    given: Any = error.instance
    names: list[str] = []
    if error.validator == "required":
        names = [name for name in cast("list[str]", error.validator_value) if name not in given]
    if error.validator == "additionalProperties":
        names = [name for name in given if name not in error.schema["properties"]]  # pyright: ignore[reportIndexIssue]
    message = plain_words(error)
    for name in names:
        yield Problem((*steps, name), message)
    if not names:
        yield Problem(steps, message, _is_clear(error))


def _is_clear(error: "ValidationError") -> bool:
    """Whether a value means what it says, though a text has another form or stands twice."""
    path = list(error.absolute_path)
    if error.validator == "uniqueItems":
        return path[-1] in LABELLED
    return error.validator in CLEAR or (
        error.validator == "type"
        and path[-2:-1] == ["missingValues"]
        and isinstance(error.instance, str | int | float)
    )


def _errors(
    schema: Mapping[str, Any], descriptor: Mapping[str, Any]
) -> Iterator["ValidationError"]:
    return _validator_class()(schema, format_checker=_format_checker()).iter_errors(descriptor)


@cache
def _validator_class() -> Any:
    """The validator of draft 7 that knows `uniqueBy` too."""
    from jsonschema import Draft7Validator, validators
    from jsonschema.exceptions import ValidationError

    def unique_by(_: Any, names: list[str], value: Any, __: Any) -> Iterator[ValidationError]:
        for repetition in repetitions(names, value):
            yield ValidationError(repetition, validator="uniqueBy")

    return validators.extend(Draft7Validator, {"uniqueBy": unique_by})  # pyright: ignore[reportUnknownMemberType]


@cache
def _format_checker() -> Any:
    from jsonschema import FormatChecker

    checker = FormatChecker(())
    for name, has_form in FORMS.items():
        checker.checks(name)(partial(_has_form, has_form))
    return checker


def _has_form(has_form: Callable[[str], bool], value: object) -> bool:
    """Whether a value has a form; only texts have one."""
    return not isinstance(value, str) or has_form(value)


class _UniqueBy:
    """What the fast gate asks for the word `uniqueBy`."""

    def __init__(self, parent_schema: Any, value: Any, schema_path: Any) -> None:
        self.names = value

    def validate(self, instance: Any) -> None:
        for repetition in repetitions(self.names, instance):
            raise ValueError(repetition)


@cache
def _gate(
    schema: Callable[[str, str], dict[str, Any]], profile: str, version: str
) -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(
        schema(profile, version),
        validate_formats=True,
        formats=FORMS,
        keywords={"uniqueBy": _UniqueBy},
    )


def _standard(profile: str, version: str) -> dict[str, Any]:
    shared, own = (_read(f"profiles/{name}.json")["definitions"] for name in ("common", version))
    return {"definitions": {**shared, **own}, "$ref": f"#/definitions/{profile}"}


def _extensions(profile: str, version: str) -> dict[str, Any]:
    extensions = _read("extensions.json")
    return {**extensions, **extensions["definitions"].get(profile, {})}


@cache
def _read(name: str) -> dict[str, Any]:
    return json.loads((files("validate._src.package") / name).read_text("utf-8"))


def _most_telling(error: "ValidationError") -> "ValidationError":
    """The innermost error that says what is wrong with a value of its own kind."""
    from jsonschema.exceptions import best_match

    if own_message(error):
        return error
    branches: dict[Any, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [errors for errors in branches.values() if not any(map(_is_about_kind, errors))]
    if fitting:
        return _most_telling(fitting[0][0])
    return cast("ValidationError", best_match([error])) if not branches else error


def _is_about_kind(error: "ValidationError") -> bool:
    """Whether a branch of alternatives was not meant: it is for another type of value."""
    path = list(error.relative_path)
    return path == ["type"] or (not path and error.validator == "type")
