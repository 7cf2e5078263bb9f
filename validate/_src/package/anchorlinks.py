"""Whether the names and patterns of text anchors, markers and absences exist and fit."""

import re
from collections.abc import Iterator, Mapping

from validate._src.package.naming import named_twice, of_type, text_fields, why_unreadable, without
from validate._src.words.absences import Absences
from validate._src.words.anchors import Anchors
from validate._src.words.markers import Markers
from validate._src.words.model import Package
from validate._src.words.place import Steps

INTEGER_ROLES = {"characters", "segment", "start", "end"}


def anchor_problems(anchors: Anchors, package: Package) -> Iterator[tuple[Steps, str]]:
    """What is wrong with the names and patterns of anchors, but for markers and absences."""
    for number, kind in enumerate(anchors.accountable):
        for message in _pattern_problems(kind.pattern):
            yield ("accountable", number, "pattern"), message
    for number, pattern in enumerate(anchors.exempt):
        for message in _pattern_problems(pattern):
            yield ("exempt", number), message
    for steps, part in zip(_steps_to_parts(anchors), anchors.parts, strict=True):
        declared = vars(part)
        for message in why_unreadable(package, part.resource):
            yield (*steps, "resource"), message
        table = package.tables.get(part.resource)
        unfit: list[tuple[Steps, str]] = []
        for role, name in declared.items():
            if table is not None and role != "resource" and name is not None:
                wanted = "integer" if role in INTEGER_ROLES else "string"
                unfit += [((*steps, role), message) for message in of_type(table, name, wanted)]
        yield from unfit or named_twice(steps, without(declared, "resource", "section", "reason"))
    resources = [one.resource for one in anchors.spans]
    for number, name in enumerate(resources):
        if name in resources[:number]:
            yield ("spans", number, "resource"), f'"{name}" is listed already'


def _steps_to_parts(anchors: Anchors) -> Iterator[Steps]:
    """What leads to the parts of anchors that stand in tables."""
    yield from (("sources",), ("segments",))
    for number in range(len(anchors.spans)):
        yield ("spans", number) if anchors.listed else ("spans",)


def _pattern_problems(pattern: str) -> Iterator[str]:
    try:
        re.compile(pattern)
    except (re.error, OverflowError) as error:
        yield f'invalid pattern "{pattern}": {error}'
    except RecursionError:
        yield "invalid pattern: groups are nested too deeply"


def absence_problems(absences: Absences, package: Package) -> Iterator[tuple[Steps, str]]:
    """What is wrong with what absences name."""
    yield from text_fields((), absences.resource, vars(absences), package)
    yield from named_twice((), without(vars(absences), "resource"))


def marker_problems(
    markers: Markers, anchors: Anchors, package: Package
) -> Iterator[tuple[Steps, str]]:
    """What is wrong with what markers name.

    Args:
        markers: the markers.
        anchors: the anchors that they belong to.
        package: the package.
    """
    spans, own = markers.spans.resource, without(vars(markers.spans), "resource", "roles")
    yield from span_problems(("spans",), spans, own, anchors, package)
    parts = {(): markers, ("values",): markers.values, ("exceptions",): markers.exceptions}
    for steps, part in parts.items():
        if part is not None:
            yield from text_fields(steps, part.resource, vars(part), package)
            yield from named_twice(steps, without(vars(part), "resource", "rule"))
    yield from _role_problems(markers, spans, package)
    for number, name in enumerate(markers.tables):
        at = ("tables", number)
        for message in why_unreadable(package, name):
            yield at, message
        if (table := package.tables.get(name)) is not None:
            key = table.schema.primary_key
            if len(key) != 1:
                yield at, f'"{name}" needs a primary key of one field, which is the claim'
            for message in of_type(table, key[0], "string") if len(key) == 1 else ():
                yield at, message


def span_problems(
    steps: Steps,
    resource: str,
    members: Mapping[str, str | None],
    anchors: Anchors,
    package: Package,
) -> Iterator[tuple[Steps, str]]:
    """What is wrong with what is said of spans beside what the anchors say of them.

    Args:
        steps: what leads to it.
        resource: the resource of the spans.
        members: the fields of theirs that are named, which hold texts.
        anchors: the anchors.
        package: the package.
    """
    spans = anchors.spans_of(resource)
    if spans is None:
        yield (*steps, "resource"), f'the anchors have no spans of a resource "{resource}"'
        return
    yield from text_fields(steps, resource, members, package)
    for at, message in named_twice(steps, {**without(vars(spans), "resource"), **members}):
        if at[-1] in members:
            yield at, message


def _role_problems(markers: Markers, spans: str, package: Package) -> Iterator[tuple[Steps, str]]:
    """The roles that no span can have."""
    table, role = package.tables.get(spans), markers.spans.role
    if table is None or role not in table.schema.names:
        return
    categories = table.schema.field(role).categories
    known = [category.value for category in categories or ()]
    for number, name in enumerate(markers.spans.roles):
        if categories is not None and name not in known:
            yield ("spans", "roles", number), f'"{name}" is not among the categories of "{role}"'
