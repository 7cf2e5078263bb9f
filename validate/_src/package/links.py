"""Whether the names that lead from one part of a package to another exist and fit."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from validate._src.package.ledger import Ledger
from validate._src.words.anchors import Anchors, Spans
from validate._src.words.codes import (
    ANCHOR_CODES,
    FOREIGN_KEY_CODES,
    MARKER_CODES,
    TABLE_RULE_CODES,
)
from validate._src.words.markers import Markers
from validate._src.words.model import Package, Resource, TableRule, TabularResource
from validate._src.words.place import Place, Steps
from validate._src.words.schema import ForeignKey, Schema

Declared = TypeVar("Declared")
WAIVER_FIELDS = ("resource", "key", "field", "code", "reason", "expires")
ROW = "_row"
INTEGER_ROLES = {"characters", "segment", "start", "end"}
COUNTED_ROLES = {"seed", "segment", "start", "end", "units", "values", "draws"}
MEASURED_ROLES = {"alpha", "low", "high", "agreement"}


def keys_at_hand(resource: Resource, others: Sequence[Resource]) -> Resource:
    """A resource whose foreign keys to resources that are not at hand are set apart."""
    if resource.schema is None:
        return resource
    keys, names = resource.schema.foreign_keys, {other.name for other in others}
    schema = replace(
        resource.schema,
        foreign_keys=tuple(key for key in keys if key.resource in names),
        outside_keys=(
            *resource.schema.outside_keys,
            *(key for key in keys if key.resource not in names),
        ),
    )
    return replace(resource, schema=schema)


def linked(package: Package, place: Place, ledger: Ledger) -> Package:
    """A package without the foreign keys, table rules, anchors and waivers that lead nowhere.

    Args:
        package: a package each of whose parts is in order by itself.
        place: the top of its descriptor.
        ledger: takes what is wrong and what is not checked.
    """
    resources = {
        name: _with_good_keys(resource, package, ledger)
        for name, resource in package.resources.items()
    }
    rules = tuple(rule for rule in package.rules if _is_good_rule(rule, package, ledger))
    anchors = _good_anchors(package, place.at("anchors"), ledger)
    problems = ((("resource",), message) for message in _waiver_problems(package))
    waivers = _usable(package.waivers, problems, place.at("waivers"), ledger, "waivers")
    problems = _reliability_problems(package)
    reliability = _usable(package.reliability, problems, place.at("reliability"), ledger)
    return replace(
        package,
        resources=resources,
        rules=rules,
        anchors=anchors,
        waivers=waivers,
        reliability=reliability,
    )


def _good_anchors(package: Package, place: Place, ledger: Ledger) -> Anchors | None:
    """The anchors if they can be used, without markers that cannot."""
    anchors = package.anchors
    if anchors is None:
        return None
    markers = anchors.markers
    if markers is not None:
        problems = _marker_problems(markers, anchors.spans, package)
        at = place.at("markers")
        markers = _usable(markers, problems, at, ledger, "markers", MARKER_CODES)
    codes = ANCHOR_CODES | MARKER_CODES
    usable = replace(anchors, markers=markers)
    problems = _anchor_problems(anchors, package)
    return _usable(usable, problems, place, ledger, "text anchors", codes)


def _usable(
    declared: Declared | None,
    problems: Iterable[tuple[Steps, str]],
    place: Place,
    ledger: Ledger,
    what: str = "",
    codes: frozenset[str] = frozenset(),
) -> Declared | None:
    """What is declared at a place if nothing is wrong with it.

    Args:
        declared: what is declared, if anything is.
        problems: what is wrong with it.
        place: where it stands.
        ledger: takes what is wrong, and what a run does not check because of that.
        what: what that is; empty if a run does not check it anyway.
        codes: the codes of what is found by it.
    """
    for steps, message in problems:
        at = place.at(*steps)
        ledger.fault(at, message)
        if declared is not None and what:
            ledger.lost(what, at, codes)
        declared = None
    return declared


def _with_good_keys(resource: Resource, package: Package, ledger: Ledger) -> Resource:
    if not isinstance(resource, TabularResource):
        return resource
    schema = resource.schema
    keys = tuple(key for key in schema.foreign_keys if _is_good_key(key, resource, package, ledger))
    return replace(resource, schema=replace(schema, foreign_keys=keys))


def _is_good_key(key: ForeignKey, resource: Resource, package: Package, ledger: Ledger) -> bool:
    problems = list(_key_problems(key, resource, package))
    for message in problems:
        ledger.fault(key.place, message, resource.name)
    target = package.resources.get(key.resource)
    others = target.schema.unchecked if target and target.schema else ()
    if not problems and not {*others} & {*key.reference_fields}:
        return True
    what = f"foreign key to {key.resource} of {resource.name}"
    ledger.lost(what, key.place, FOREIGN_KEY_CODES, resource.name)
    return False


def _key_problems(key: ForeignKey, resource: Resource, package: Package) -> Iterator[str]:
    target = package.resources.get(key.resource)
    if target is None:
        yield f'there is no resource "{key.resource}"'
    elif target.schema is not None:
        yield from _absent(target.name, target.schema, key.reference_fields)
    if key.acyclic and (key.resource != resource.name or len(key.fields) != 1):
        yield "acyclic goes with a self-reference of one field"


def _is_good_rule(rule: TableRule, package: Package, ledger: Ledger) -> bool:
    problems = list(_rule_problems(rule, package))
    for message in problems:
        ledger.fault(rule.place, message)
        ledger.lost(f"table rule {rule.name}", rule.place, TABLE_RULE_CODES)
    return not problems


def _rule_problems(rule: TableRule, package: Package) -> Iterator[str]:
    yield from _unreadable(package, rule.resource)
    for resource in package.tables.values():
        if ROW in resource.schema.names:
            yield f'"{resource.name}" has a field named "{ROW}", which no table rule goes with'


def _unreadable(package: Package, name: str) -> Iterator[str]:
    """Why a resource has no rows to look at, if it has none."""
    resource = package.resources.get(name)
    if resource is None:
        yield f'there is no resource "{name}"'
    elif resource.unreadable is not None:
        yield f'resource "{name}" has no rows to read: {resource.unreadable}'


def _absent(resource: str, schema: Schema, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        if name not in schema.names:
            yield f'resource "{resource}" has no field "{name}"'


def _of_type(table: TabularResource, name: str, wanted: str) -> Iterator[str]:
    """Why a field of a table cannot be used, which should have a type."""
    yield from _absent(table.name, table.schema, [name])
    if name in table.schema.names and table.schema.field(name).type != wanted:
        yield f'"{table.name}.{name}" must be of type {wanted}'


def _anchor_problems(anchors: Anchors, package: Package) -> Iterator[tuple[Steps, str]]:
    for number, kind in enumerate(anchors.accountable):
        for message in _pattern_problems(kind.pattern):
            yield ("accountable", number, "pattern"), message
    for number, pattern in enumerate(anchors.exempt):
        for message in _pattern_problems(pattern):
            yield ("exempt", number), message
    for part in ("sources", "segments", "spans"):
        declared = vars(getattr(anchors, part))
        for message in _unreadable(package, declared["resource"]):
            yield (part, "resource"), message
        table = package.tables.get(declared["resource"])
        unfit: list[tuple[Steps, str]] = []
        for role, name in declared.items():
            if table is not None and role != "resource" and name is not None:
                wanted = "integer" if role in INTEGER_ROLES else "string"
                unfit += [((part, role), message) for message in _of_type(table, name, wanted)]
        roles = _without(declared, "resource", "section", "reason")
        yield from unfit or _named_twice((part,), roles)


def _without(members: Mapping[str, Any], *others: str) -> dict[str, Any]:
    return {role: name for role, name in members.items() if role not in others}


def _named_twice(steps: Steps, members: Mapping[str, Any]) -> Iterator[tuple[Steps, str]]:
    """The members that name a field that one before them names for something else."""
    first: dict[str, str] = {}
    for role, name in members.items():
        if isinstance(name, str) and (before := first.setdefault(name, role)) != role:
            yield (*steps, role), f'"{name}" is named as {before} already'


def _pattern_problems(pattern: str) -> Iterator[str]:
    try:
        re.compile(pattern)
    except (re.error, OverflowError) as error:
        yield f'invalid pattern "{pattern}": {error}'
    except RecursionError:
        yield "invalid pattern: groups are nested too deeply"


def _marker_problems(
    markers: Markers, anchored: Spans, package: Package
) -> Iterator[tuple[Steps, str]]:
    """What is wrong with what markers name.

    Args:
        markers: the markers.
        anchored: the spans, as the anchors have them.
        package: the package.
    """
    spans, own = anchored.resource, {"claim": markers.spans.claim, "role": markers.spans.role}
    for at, message in _named_twice(("spans",), {**_without(vars(anchored), "resource"), **own}):
        if at[-1] in own:
            yield at, message
    parts = {(): markers, ("values",): markers.values, ("exceptions",): markers.exceptions}
    for steps, part in parts.items():
        if part is not None:
            yield from _names(steps, part.resource, vars(part), package)
            yield from _named_twice(steps, _without(vars(part), "resource", "rule"))
    yield from _names(("spans",), spans, vars(markers.spans), package)
    yield from _role_problems(markers, spans, package)
    for number, name in enumerate(markers.tables):
        at = ("tables", number)
        for message in _unreadable(package, name):
            yield at, message
        if (table := package.tables.get(name)) is not None:
            key = table.schema.primary_key
            if len(key) != 1:
                yield at, f'"{name}" needs a primary key of one field, which is the claim'
            for message in _of_type(table, key[0], "string") if len(key) == 1 else ():
                yield at, message


def _names(
    steps: Steps, resource: str, members: Mapping[str, object], package: Package
) -> Iterator[tuple[Steps, str]]:
    """What is wrong with the names of a resource and of fields of it, which hold texts."""
    if "resource" in members:
        for message in _unreadable(package, resource):
            yield (*steps, "resource"), message
    table = package.tables.get(resource)
    for member, name in members.items():
        if table is not None and member != "resource" and isinstance(name, str):
            for message in _of_type(table, name, "string"):
                yield (*steps, member), message


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


def _reliability_problems(package: Package) -> Iterator[tuple[Steps, str]]:
    declared = package.reliability
    if declared is None:
        return
    if package.anchors is None:
        yield (), "goes with anchors, which say what the segments are"
        return
    for part in ("tasks", "coders", "units", "spans", "values", "results"):
        roles: dict[str, str] = {**vars(getattr(declared, part))}
        resource = roles.pop("resource")
        for message in _unreadable(package, resource):
            yield (part, "resource"), message
        if (table := package.tables.get(resource)) is not None:
            unfit = [
                ((part, role), message)
                for role, name in roles.items()
                for message in _of_type(table, name, _type_of_role(role))
            ]
            yield from unfit or _named_twice((part,), roles)
    if (segments := package.tables.get(package.anchors.segments.resource)) is not None:
        for name in declared.without:
            for message in _of_type(segments, name, "string"):
                yield ("without", name), message


def _type_of_role(role: str) -> str:
    """The type of a field of codings or results, by what it is for."""
    if role in MEASURED_ROLES:
        return "number"
    return "integer" if role in COUNTED_ROLES else "string"


def _waiver_problems(package: Package) -> Iterator[str]:
    if package.waivers is None:
        return
    yield from _unreadable(package, package.waivers)
    if (table := package.tables.get(package.waivers)) is not None:
        for name in WAIVER_FIELDS:
            yield from _of_type(table, name, "date" if name == "expires" else "string")
