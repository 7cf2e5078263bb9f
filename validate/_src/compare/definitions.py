"""What differs between the descriptors of two packages, and which part of the version it demands.

Source: the recipe of the Data Package standard for versions,
https://datapackage.org/recipes/data-package-version/: incompatible changes are major, additions and
looser constraints minor, corrections and descriptive metadata patch.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from validate._src.compare.difference import (
    ADDED,
    CHANGED,
    MAJOR,
    MINOR,
    PATCH,
    REMOVED,
    RENAMED,
    Change,
)
from validate._src.compare.schemas import (
    Renames,
    changes_of_schema,
    is_same,
    kind_of,
    of_rule,
    property_changed,
    rule_changed,
)
from validate._src.words.model import Package, Resource, TableRule

Properties = Mapping[str, Any]
OF_THE_RELEASE = (
    *("$schema", "profile", "version", "created"),
    *("bytes", "hash", "path", "files", "data"),
)
"""Properties that differ between releases by themselves, or say where the data are."""
ELSEWHERE = (
    *("name", "id", "resources", "rules", "schema", "dialect"),
    *("encoding", "format", "mediatype", "compression"),
)
"""Properties that are looked at by themselves."""


@dataclass(frozen=True)
class Described:
    """A package with its descriptor as it is written.

    Attributes:
        package: the package.
        properties: its descriptor.
    """

    package: Package
    properties: Properties

    def resource(self, name: str) -> Properties:
        """The properties of a resource as they are written; none if they cannot be made out."""
        entries = self.properties.get("resources", ())
        named = (one for one in entries if isinstance(one, dict) and one.get("name") == name)
        return next(named, {} if "resources" in self.properties else self.properties)


@dataclass(frozen=True)
class Matched:
    """The resources of two packages.

    Attributes:
        both: names of those that are in both, by their old and their new name.
        renamed: those of them that are called otherwise now.
        fields: the fields of them that are called otherwise now, by new resource.
    """

    both: Renames
    renamed: Renames
    fields: Mapping[str, Renames]


def changes_of(
    old: Described, new: Described, matched: Matched, rows_of: Callable[[Resource], int | None]
) -> Iterator[Change]:
    """What differs in the descriptors, of the package first, then by resource and field.

    A resource that was added or removed has its fields, keys and rules with it.

    Args:
        old: the old package.
        new: the new one.
        matched: which resources and fields are the same.
        rows_of: how many rows a resource has; None if that cannot be told.
    """
    yield from _of_package(old, new)
    before = {name: was for was, name in matched.both}
    kept = {was for was, _ in matched.both}
    for name, resource in new.package.resources.items():
        if name not in before:
            yield Change(ADDED, "resource", MINOR, name, new=_whole(resource, rows_of))
            continue
        known = old.package.resources[before[name]]
        if before[name] != name:
            yield Change(RENAMED, "resource", MAJOR, name, old=before[name], new=name)
        yield from _of_resource(known, resource, matched.fields.get(name, ()))
        yield from _metadata(old.resource(known.name), new.resource(name), name)
    for name, resource in old.package.resources.items():
        if name not in kept:
            yield Change(REMOVED, "resource", MAJOR, name, old=_whole(resource, rows_of))
    both = {name for names in matched.both for name in names}
    yield from _rules(
        [rule for rule in old.package.rules if rule.resource in both],
        [rule for rule in new.package.rules if rule.resource in both],
    )


def _of_package(old: Described, new: Described) -> Iterator[Change]:
    for name in ("name", "id"):
        yield from property_changed(name, old.properties.get(name), new.properties.get(name), MAJOR)
    yield from _metadata(old.properties, new.properties, None)


def _metadata(old: Properties, new: Properties, resource: str | None) -> Iterator[Change]:
    """What differs in properties that describe, and change no value."""
    left_out = {*OF_THE_RELEASE, *ELSEWHERE}
    for name in dict.fromkeys([*new, *old]):
        if name not in left_out and not is_same(old.get(name), new.get(name)):
            was, now = old.get(name), new.get(name)
            yield Change(
                kind_of(was, now), "property", PATCH, resource, name=name, old=was, new=now
            )


def _whole(resource: Resource, rows_of: Callable[[Resource], int | None]) -> dict[str, Any]:
    """What is said of a resource that was added or removed."""
    return {"fields": _fields_of(resource), "rows": rows_of(resource)}


def _fields_of(resource: Resource) -> list[str] | None:
    """The labels of the fields of a resource, if it has some."""
    return None if resource.schema is None else [*resource.schema.labels]


def _of_resource(old: Resource, new: Resource, renamed: Renames) -> Iterator[Change]:
    name = new.name
    for what in ("format", "encoding", "compression"):
        yield from property_changed(what, getattr(old, what), getattr(new, what), MINOR, name)
    was, now = asdict(old.dialect), asdict(new.dialect)
    for what in was:
        if was[what] != now[what]:
            yield Change(CHANGED, "dialect", MINOR, name, name=what, old=was[what], new=now[what])
    if old.schema is None or new.schema is None:
        yield from property_changed("schema", _fields_of(old), _fields_of(new), MAJOR, name)
    else:
        yield from changes_of_schema(old.schema, new.schema, renamed, name)


def _rules(old: Sequence[TableRule], new: Sequence[TableRule]) -> Iterator[Change]:
    olds, news = ({rule.name: rule for rule in rules} for rules in (old, new))
    for name in dict.fromkeys([*news, *olds]):
        first, second = olds.get(name), news.get(name)
        resource = (second or first or new[0]).resource
        yield from rule_changed(name, resource, of_rule(first), of_rule(second))
