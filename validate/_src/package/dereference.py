"""The descriptor of a package without what is wrong in it, and its resources."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from validate._src.package import profile
from validate._src.package.folder import Folder
from validate._src.package.jsonobjects import ReadObject, problems_of
from validate._src.package.ledger import Ledger
from validate._src.package.problem import Problem
from validate._src.package.repair import Part, Properties, taken_out
from validate._src.package.severity import note_lowered, severity_problems
from validate._src.package.usableresource import Surroundings, usable_resource
from validate._src.reading.encodings import UTF_8
from validate._src.words.codes import (
    ABSENCE_CODES,
    ANCHORED_CODES,
    MARKER_CODES,
    TABLE_RULE_CODES,
    VERIFICATION_CODES,
)
from validate._src.words.errors import PackageError
from validate._src.words.model import Resource
from validate._src.words.place import Place

OF_PACKAGES = (
    Part("rules.*", "table {path}", TABLE_RULE_CODES),
    Part("rules", "table rules", TABLE_RULE_CODES),
    Part("anchors.markers", "markers", MARKER_CODES),
    Part("anchors.absences", "absences", ABSENCE_CODES),
    Part("anchors", "text anchors", ANCHORED_CODES),
    Part("verifications", "verifications", VERIFICATION_CODES),
    Part("views.pages.*", "view {path}"),
    Part("views.labels.*"),
    Part("views", "views"),
    Part("waivers", "waivers"),
    Part("severity.*"),
    Part("*"),
)
DEEPEST = 3  # keys that lead to the rows of JSON as programs send it


def dereferenced(
    descriptor: Mapping[str, Any],
    folder: Folder,
    place: Place,
    ledger: Ledger,
    schema_place: Place | None = None,
    resource_place: Place | None = None,
) -> tuple[Properties, list[Resource]]:
    """The descriptor of a package without what is wrong in it, and its resources.

    Args:
        descriptor: the descriptor as read from JSON.
        folder: the folder of the package.
        place: the top of the descriptor.
        ledger: takes what is wrong and what is not checked.
        schema_place: the top of a schema that was read elsewhere, if there is one.
        resource_place: the top of the only resource, if that has a descriptor of its own.

    Raises:
        PackageError: there is no resource to be made out, or not which ones are meant.

    Source: Data Package 2.0, Data Resource, "schema" and "dialect", which may be a URL or path;
    1.0, "encoding", which is UTF-8 by default, where by 2.0 it is detected.
    """
    version = profile.standard_version(descriptor)
    written = problems_of(descriptor)
    _check_resources(written, place)
    whole = {**descriptor, "resources": [*_resources(descriptor, place, version)]}
    of_package: list[Problem] = []
    of_resources: defaultdict[int, list[Problem]] = defaultdict(list)
    for problem in chain(written, profile.problems(whole, "datapackage", version)):
        match problem.steps:
            case ("resources", int(number), *steps):
                of_resources[number].append(replace(problem, steps=tuple(steps)))
            case _:
                of_package.append(problem)
    whole = _without_faults(whole, of_package, place, ledger)
    whole = _without_faults(whole, severity_problems(whole), place, ledger)
    note_lowered(whole, place, ledger)
    surroundings = Surroundings(folder, version, ledger, schema_place)
    resources: list[Resource] = []
    for number, entry in enumerate(whole["resources"]):
        at = resource_place or place.at("resources", number)
        resources.append(usable_resource(entry, of_resources[number], at, surroundings))
    return whole, resources


def is_resource(descriptor: Mapping[str, Any]) -> bool:
    """Whether a descriptor is that of a resource, and not of a package.

    Many an answer of an API has its rows as `data`: a resource has a name or a schema beside them.
    """
    if "resources" in descriptor:
        return False
    is_inline = "data" in descriptor and bool(descriptor.keys() & {"name", "schema"})
    return "path" in descriptor or is_inline


def package_of_resource(descriptor: Mapping[str, Any]) -> Mapping[str, Any]:
    """The descriptor of a package that has a single resource, which was read already.

    Source: Data Package 2.0, Data Resource, whose descriptor may stand by itself.
    """
    known = {name: descriptor[name] for name in ("$schema", "name") if name in descriptor}
    package = ReadObject({**known, "resources": [dict(descriptor)]})
    package.problems = tuple(
        replace(problem, steps=("resources", 0, *problem.steps))
        for problem in problems_of(descriptor)
    )
    return package


def _check_resources(problems: Iterable[Problem], place: Place) -> None:
    """Checks that it can be told which resources are meant.

    Raises:
        PackageError: there are two arrays of them.
    """
    for problem in problems:
        if problem.steps == ("resources",) and not problem.is_clear:
            raise PackageError(f"{place.at(*problem.steps)}: {problem.message}")


def _resources(descriptor: Mapping[str, Any], place: Place, version: str) -> Iterator[Any]:
    """The entries of the package's resources, be they resources or not."""
    entries = descriptor.get("resources")
    if not isinstance(entries, list) or not any(isinstance(entry, dict) for entry in entries):
        if isinstance(descriptor.get("fields"), list):
            raise PackageError(
                f"{place.name}: a Table Schema, not a package; "
                f"`validate run TABLE --schema {place.name}` checks a table by it"
            )
        message = f"{place.at('resources')}: a package has at least one resource"
        name = next(_places_of_rows(descriptor), None)
        if name is not None:
            message += (
                f'; there are rows at "{name}", which are read as a table with --property '
                f'"{name}", or by a descriptor that has "property": "{name}" in the dialect'
            )
        raise PackageError(message)
    for entry in entries:
        if not isinstance(entry, dict):
            yield entry
            continue
        resource: Properties = {**entry}
        if "url" in resource and not resource.keys() & {"path", "data"}:  # as in version 0
            resource["path"] = resource.pop("url")
        if version == "1.0":
            resource.setdefault("encoding", UTF_8)
        yield resource


def _places_of_rows(value: Mapping[str, Any], depth: int = DEEPEST) -> Iterator[str]:
    """The keys that lead to arrays of objects, with dots between them, those further up first."""
    yield from (name for name, one in value.items() if _are_rows(one))
    for name, one in value.items():
        if isinstance(one, dict) and depth > 1:
            within: Mapping[str, Any] = {**one}
            yield from (f"{name}.{path}" for path in _places_of_rows(within, depth - 1))


def _are_rows(value: object) -> bool:
    """Whether a value is an array of objects."""
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)  # pyright: ignore[reportUnknownVariableType]


def _without_faults(
    descriptor: Properties, problems: Iterable[Problem], place: Place, ledger: Ledger
) -> Properties:
    """The descriptor of a package without what there are problems with, outside of resources."""
    problems = list(problems)
    for problem in problems:
        ledger.fault(place.at(*problem.steps), problem.message)
    faulty = (problem.steps for problem in problems if not problem.is_clear)
    descriptor, taken = taken_out(descriptor, faulty, OF_PACKAGES)
    for steps, part in taken.items():
        if part.lost:
            at = place.at(*steps)
            ledger.lost(part.lost.format(path=at.json_path), at, part.codes)
    return descriptor
