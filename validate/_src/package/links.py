"""Whether the names that lead from one part of a package to another exist and fit."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from validate._src.package.anchorlinks import absence_problems, anchor_problems, marker_problems
from validate._src.package.ledger import Ledger
from validate._src.package.naming import absent, named_twice, of_type, why_unreadable
from validate._src.package.translations import check_translations
from validate._src.package.verificationlinks import verification_problems
from validate._src.package.viewlinks import good_views
from validate._src.words.anchors import Anchors
from validate._src.words.codes import (
    ABSENCE_CODES,
    ANCHORED_CODES,
    FOREIGN_KEY_CODES,
    MARKER_CODES,
    TABLE_RULE_CODES,
    VERIFICATION_CODES,
)
from validate._src.words.model import Package, Resource, TableRule, TabularResource
from validate._src.words.place import Place, Steps
from validate._src.words.schema import ForeignKey
from validate._src.words.verifications import Verifications

Declared = TypeVar("Declared")
WAIVER_FIELDS = ("resource", "key", "field", "code", "reason", "expires")
ROW = "_row"
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
    """A package without the foreign keys, rules, anchors and all else that leads nowhere.

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
    verifications = _good_verifications(package, anchors, place.at("verifications"), ledger)
    check_translations(package, place, ledger)
    return replace(
        package,
        resources=resources,
        rules=rules,
        anchors=anchors,
        waivers=waivers,
        reliability=reliability,
        verifications=verifications,
        views=good_views(package, place.at("views"), ledger),
    )


def _good_anchors(package: Package, place: Place, ledger: Ledger) -> Anchors | None:
    """The anchors if they can be used, without markers and absences that cannot."""
    anchors = package.anchors
    if anchors is None:
        return None
    markers, absences = anchors.markers, anchors.absences
    if markers is not None:
        problems = marker_problems(markers, anchors, package)
        at = place.at("markers")
        markers = _usable(markers, problems, at, ledger, "markers", MARKER_CODES)
    if absences is not None:
        problems = absence_problems(absences, package)
        at = place.at("absences")
        absences = _usable(absences, problems, at, ledger, "absences", ABSENCE_CODES)
    usable = replace(anchors, markers=markers, absences=absences)
    problems = anchor_problems(anchors, package)
    return _usable(usable, problems, place, ledger, "text anchors", ANCHORED_CODES)


def _good_verifications(
    package: Package, usable: Anchors | None, place: Place, ledger: Ledger
) -> Verifications | None:
    """The verifications if they and the anchors can be used.

    Args:
        package: the package, its anchors as they are declared.
        usable: the anchors if they can be used.
        place: where the verifications stand.
        ledger: takes what is wrong and what is not checked.
    """
    declared, anchors, what = package.verifications, package.anchors, "verifications"
    if declared is None:
        return None
    if anchors is not None:
        problems = verification_problems(declared, anchors, package)
        declared = _usable(declared, problems, place, ledger, what, VERIFICATION_CODES)
    elif not any(part.codes >= ANCHORED_CODES for part in ledger.not_checked):
        message = "goes with anchors, which say where its spans stand"
        return _usable(declared, [((), message)], place, ledger, what, VERIFICATION_CODES)
    if usable is None and declared is not None:
        ledger.lost(what, place, VERIFICATION_CODES)
    return None if usable is None else declared


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
        yield from absent(target.name, target.schema, key.reference_fields)
    if key.acyclic and (key.resource != resource.name or len(key.fields) != 1):
        yield "acyclic goes with a self-reference of one field"


def _is_good_rule(rule: TableRule, package: Package, ledger: Ledger) -> bool:
    problems = list(_rule_problems(rule, package))
    for message in problems:
        ledger.fault(rule.place, message)
        ledger.lost(f"table rule {rule.name}", rule.place, TABLE_RULE_CODES)
    return not problems


def _rule_problems(rule: TableRule, package: Package) -> Iterator[str]:
    yield from why_unreadable(package, rule.resource)
    for resource in package.tables.values():
        if ROW in resource.schema.names:
            yield f'"{resource.name}" has a field named "{ROW}", which no table rule goes with'


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
        for message in why_unreadable(package, resource):
            yield (part, "resource"), message
        if (table := package.tables.get(resource)) is not None:
            unfit = [
                ((part, role), message)
                for role, name in roles.items()
                for message in of_type(table, name, _type_of_role(role))
            ]
            yield from unfit or named_twice((part,), roles)
    if (segments := package.tables.get(package.anchors.segments.resource)) is not None:
        for name in declared.without:
            for message in of_type(segments, name, "string"):
                yield ("without", name), message


def _type_of_role(role: str) -> str:
    """The type of a field of codings or results, by what it is for."""
    if role in MEASURED_ROLES:
        return "number"
    return "integer" if role in COUNTED_ROLES else "string"


def _waiver_problems(package: Package) -> Iterator[str]:
    if package.waivers is None:
        return
    yield from why_unreadable(package, package.waivers)
    if (table := package.tables.get(package.waivers)) is not None:
        for name in WAIVER_FIELDS:
            yield from of_type(table, name, "date" if name == "expires" else "string")
