"""The files of a resource that a pattern finds, where its descriptor says one (extension).

Source: docs/extensions.md, "Many files".
"""

from collections.abc import Iterator, Mapping
from typing import Any

from validate._src.package.folder import Folder
from validate._src.package.ledger import Ledger, unusable
from validate._src.package.loglessfiles import check_logless
from validate._src.package.loosely import objects, texts
from validate._src.package.manyfiles import (
    many_files,
    part_at,
    partitioned,
    set_aside,
    shown_in_paths,
    unseen_logs,
)
from validate._src.package.patterns import Pattern
from validate._src.package.problem import Problem
from validate._src.words.errors import PackageError
from validate._src.words.model import Part, Resource
from validate._src.words.outcome import NotChecked
from validate._src.words.place import Place

PROPERTY = "files"
AT = (PROPERTY, "pattern")
AS_PATH = 'name the folder as "path", without "files"'


def patterns_of(resources: Any) -> Iterator[str]:
    """The patterns in the resources of a descriptor, be it valid or not."""
    for resource in objects(resources):
        for files in objects([resource.get(PROPERTY)]):
            yield from texts(files.get("pattern"))


def pattern_problems(properties: Mapping[str, Any], folder: Folder) -> Iterator[Problem]:
    """What is wrong with the pattern of a resource that the profiles have found valid.

    Args:
        properties: a resource descriptor.
        folder: the folder of the package.
    """
    if PROPERTY not in properties:
        return
    if "path" not in properties:
        yield Problem((PROPERTY,), 'goes with "path", the file by which other readers know it')
        return
    pattern = properties[PROPERTY]["pattern"]
    try:
        found = folder.matching(pattern)
        for link in found.leading_out:
            yield Problem(AT, f"{link}: a link that leads out of the package's folder")
        if not found.paths:
            there = f"; there is {', '.join(found.there)}" if found.there else ""
            yield Problem(AT, f'no file matches "{pattern}"{there}')
            return
        folder.unlisted[pattern] = check_logless(folder, found.paths, AS_PATH)
        parts_of_pattern(properties, folder)
    except PackageError as error:
        yield Problem(AT, str(error))
        return
    yield from _of_path(properties, folder, set(found.paths))


def _of_path(properties: Mapping[str, Any], folder: Folder, found: set[str]) -> Iterator[Problem]:
    """The paths that name no file of the table."""
    given, pattern = properties["path"], properties[PROPERTY]["pattern"]
    for number, path in enumerate([given] if isinstance(given, str) else given):
        if (
            path not in found
            and not Pattern(pattern).fits(path)
            and not _is_among(path, folder, found)
        ):
            steps = ("path",) if isinstance(given, str) else ("path", number)
            yield Problem(steps, f'{path} is not among the files that match "{pattern}"')


def _is_among(path: str, folder: Folder, found: set[str]) -> bool:
    """Whether a path leads to one of some files, be it written in another way."""
    try:
        return folder.file(path, "").relative_to(folder.path).as_posix() in found
    except (PackageError, ValueError):
        return False


def parts_of_pattern(properties: Mapping[str, Any], folder: Folder) -> tuple[Part, ...]:
    """The files of a resource that its pattern finds, and those of its `path`.

    Args:
        properties: a resource descriptor.
        folder: the folder of the package.

    Raises:
        PackageError: the files cannot be listed, a path is not safe, or they are of several
            formats.
    """
    files = properties[PROPERTY]
    given, keys = properties["path"], files.get("partitions")
    named = [given] if isinstance(given, str) else given
    own = [part_at(path, folder) for path in dict.fromkeys(named)]
    known = {part.file for part in own}
    found = folder.matching(files["pattern"]).paths
    folder.prepare(found)
    others = (part_at(path, folder, named=False) for path in found if path not in named)
    parts = [*own, *(part for part in others if part.file is None or part.file not in known)]
    return many_files(
        (partitioned(part, keys) for part in parts), keys, is_declared="format" in properties
    )


def set_aside_by(name: str, properties: Mapping[str, Any], folder: Folder) -> Iterator[NotChecked]:
    """What is not known of the pattern of a resource.

    Args:
        name: the name of the resource.
        properties: its descriptor.
        folder: the folder of the package.

    Yields:
        What it would match but for its name, and logs above the package that cannot be looked for.
    """
    if PROPERTY in properties:
        pattern = properties[PROPERTY]["pattern"]
        yield from set_aside(name, folder.matching(pattern).left_out)
        yield from unseen_logs(name, folder.unlisted.get(pattern, ()))


def without_shown(
    resources: Mapping[str, Resource], place: Place, resource_place: Place | None, ledger: Ledger
) -> dict[str, Resource]:
    """Resources of which none is read whose paths show values of restricted fields.

    Args:
        resources: all resources of a package, in the order of its descriptor.
        place: the top of the descriptor.
        resource_place: the top of the resource, if it has a descriptor of its own.
        ledger: takes what is wrong.
    """
    kept: dict[str, Resource] = {}
    for number, (name, resource) in enumerate(resources.items()):
        kept[name] = resource
        for message in shown_in_paths(resource):
            at = (resource_place or place.at("resources", number)).at(PROPERTY)
            ledger.fault(at, message, name)
            properties: dict[str, Any] = {**vars(resource), "unreadable": unusable(at)}
            kept[name] = Resource(**properties)
    return kept
