"""The standard's own JSON Schema profiles, and the one of our extensions.

The profiles of the standard come with `dplib-py`, the reference package of the
Data Package project. `jsonschema-rs`, which takes a hundredth of the time, passes what
is valid; what is not, `jsonschema` puts into words. Without it a run on 1,000 rows takes
7 % longer (benchmarks/tricks.py).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, cast

import jsonschema_rs

from validate._src.words.errors import PackageError

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

LATEST = "https://datapackage.org/profiles/2.0/datapackage.json"
STANDARD_1 = "https://datapackage.org/profiles/1."
SPECS = "https://specs.frictionlessdata.io/schemas/"
OF_THE_STANDARD = ("https://datapackage.org/profiles/", SPECS)
TABULAR_PROFILES = ("tabular-data-package", "tabular-data-resource")
NAMED_PROFILES = ("data-package", "data-resource", *TABULAR_PROFILES)
LONGEST_MESSAGE = 160  # characters: it quotes the value at fault, which may be all of a descriptor


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
    named += [resource.get("profile") for resource in descriptor["resources"]]
    for profile in dict.fromkeys(filter(None, named)):
        if not str(profile).startswith(OF_THE_STANDARD) and profile not in NAMED_PROFILES:
            yield str(profile)


def problems(descriptor: Mapping[str, Any], profile: str, version: str) -> Iterator[str]:
    """What keeps a descriptor from being valid, each with its place in the descriptor.

    Args:
        descriptor: the descriptor as read from JSON.
        profile: "datapackage", "tableschema" or "tabledialect".
        version: "1.0" or "2.0".

    Source: the profiles of Data Package 1.0 and 2.0.
    """
    seen: set[str] = set()
    for schema in (_standard, _extensions):
        if _gate(schema, profile, version).is_valid(descriptor):
            continue
        for error in _errors(schema(profile, version), descriptor):
            leaf = _most_telling(error)
            place = "".join(_step(part) for part in leaf.absolute_path).lstrip(".") or "top level"
            if place not in seen:
                seen.add(place)
                yield f"{place}: {_words(leaf)}"


def check(descriptor: Mapping[str, Any], profile: str, version: str, location: str) -> None:
    """Checks that a descriptor is valid.

    Args:
        descriptor: the descriptor; of a package the schemas and dialects are left out, which
            have profiles of their own.
        profile: "datapackage", "tableschema" or "tabledialect".
        version: "1.0" or "2.0".
        location: what messages call it.

    Raises:
        PackageError: it is not.
    """
    # The published 2.0 profile wants `fieldsMatch` to be an array and does not know the type
    # `list`; the standard's text has a string, and the type.
    checked = {name: value for name, value in descriptor.items() if name != "fieldsMatch"}
    if profile == "tableschema":
        checked["fields"] = [
            {**field, "type": "any"} if field["type"] == "list" else field
            for field in descriptor["fields"]
        ]
    if profile == "datapackage":
        checked["resources"] = [
            {name: value for name, value in resource.items() if name not in ("schema", "dialect")}
            for resource in descriptor["resources"]
        ]
    for problem in problems(checked, profile, version):
        raise PackageError(f"{location}: {problem}")


def check_for_schemas(descriptor: Mapping[str, Any], location: str) -> None:
    """Checks that tables have a schema where a profile of version 1.0 wants it.

    Raises:
        PackageError: one has none.
    """
    for number, resource in enumerate(descriptor["resources"]):
        if (_wants_schemas(descriptor) or _wants_schemas(resource)) and not (
            resource.get("schema")
        ):
            place = f"{location}: resources[{number}]"
            raise PackageError(f"{place}: schema: its profile wants one of every table")


def _wants_schemas(descriptor: Mapping[str, Any]) -> bool:
    """Whether a descriptor of version 1.0 has a profile by which tables have a schema.

    Source: Data Package 1.0, Tabular Data Package and Tabular Data Resource, "schema".
    """
    given = None if "$schema" in descriptor else descriptor.get("profile")
    return str(given).removeprefix(SPECS).removesuffix(".json") in TABULAR_PROFILES


def _errors(
    schema: Mapping[str, Any], descriptor: Mapping[str, Any]
) -> Iterator["ValidationError"]:
    from jsonschema import Draft7Validator

    return Draft7Validator(schema).iter_errors(descriptor)  # pyright: ignore[reportUnknownMemberType]


@cache
def _gate(
    schema: Callable[[str, str], dict[str, Any]], profile: str, version: str
) -> jsonschema_rs.Draft7Validator:
    return jsonschema_rs.Draft7Validator(schema(profile, version), validate_formats=False)


def _standard(profile: str, version: str) -> dict[str, Any]:
    text = (files("dplib") / "profiles" / version / f"{profile}.json").read_text("utf-8")
    return json.loads(text)


def _extensions(profile: str, version: str) -> dict[str, Any]:
    text = (files("validate._src.package") / "extensions.json").read_text("utf-8")
    extensions = json.loads(text)
    return {**extensions, **extensions["definitions"].get(profile, {})}


def _most_telling(error: "ValidationError") -> "ValidationError":
    """The innermost error that says what is wrong with a value of its own kind."""
    from jsonschema.exceptions import best_match

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


def _step(part: object) -> str:
    return f"[{part}]" if isinstance(part, int) else f".{part}"


def _words(error: "ValidationError") -> str:
    if len(error.message) <= LONGEST_MESSAGE:
        return error.message
    return f"{error.message[:LONGEST_MESSAGE]}… ({error.validator} is not met)"
