"""Parts of a package to be checked alone: a package with less in it, and what that leaves out."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from validate._src.reading.formats import has_footers
from validate._src.tables.dataset import tables_named_in, tables_queried
from validate._src.words.anchors import Anchors
from validate._src.words.codes import (
    ABSENCE_CODES,
    ANCHOR_CODES,
    CONSTRAINT_CODES,
    DIGEST_CODES,
    EDTF_CODES,
    KEY_CODES,
    MARKER_CODES,
    NUMERAL_CODES,
    RULE_CODES,
    SEVERITY_CODES,
    VERIFICATION_CODES,
)
from validate._src.words.errors import PackageError
from validate._src.words.model import Package, Resource
from validate._src.words.outcome import NOT_ASKED_FOR, NotChecked, Outcome, Remark
from validate._src.words.schema import Schema
from validate._src.words.verifications import Verifications
from validate._src.words.views import View, Views

ONLY_FORM = "only structure and types are asked for"
BEYOND_FOOTERS = " beyond what the footers of Parquet files settle"


def some_resources(package: Package, names: Collection[str]) -> tuple[Package, list[NotChecked]]:
    """A package with some of its resources, and those that they cannot be judged without.

    Returns:
        The package, and the resources of which nothing, or only what others need, is left.

    Raises:
        PackageError: there is no resource of such a name.
    """
    for name in names:
        if name not in package.resources:
            known = ", ".join(package.resources)
            raise PackageError(f"--resource {name}: there is no such resource; known are {known}")
    kept = replace(
        package,
        rules=tuple(rule for rule in package.rules if rule.resource in names),
        anchors=_selected(package.anchors, names),
        verifications=_whole(package.verifications, names),
        views=_asked_for(package, names),
    )
    needed = {*names, *_needed(kept, names)}
    resources = {
        name: resource if name in names else replace(_bare(resource), judged=False)
        for name, resource in package.resources.items()
        if name in needed
    }
    return replace(kept, resources=resources), [*_left_out(package, names)]


def _left_out(package: Package, names: Collection[str]) -> Iterator[NotChecked]:
    others = [name for name in package.resources if name not in names]
    if others:
        yield NotChecked(f"resources {', '.join(others)}", NOT_ASKED_FOR)
    if package.anchors is not None:
        yield from _anchors_left_out(package.anchors, names)
    if package.verifications is not None:
        looked_at = package.verifications.resources
        yield from _part_left_out("verifications", looked_at, VERIFICATION_CODES, names)
    for view in package.views.pages if package.views else ():
        looked_at = sorted(_resources_of(view, package))
        yield from _part_left_out(f"view {view.name}", looked_at, frozenset(), names)


def _anchors_left_out(anchors: Anchors, names: Collection[str]) -> Iterator[NotChecked]:
    missing = _proved_with(anchors)
    asked_for = {anchors.sources.resource, anchors.segments.resource} & {*names}
    if asked_for and not {*names} & {*missing}:
        yield NotChecked("text anchors", _go_with(missing), ANCHOR_CODES)
    if anchors.markers is not None:
        looked_at = (anchors.markers.spans.resource, *anchors.markers.resources)
        yield from _part_left_out("markers", looked_at, MARKER_CODES, names)


def _part_left_out(
    what: str, looked_at: Iterable[str], codes: frozenset[str], names: Collection[str]
) -> Iterator[NotChecked]:
    """What is not checked because some, not all, of what it looks at is asked for."""
    looked_at = [*dict.fromkeys(looked_at)]
    missing = [name for name in looked_at if name not in names]
    if missing and len(missing) < len(looked_at):
        yield NotChecked(what, _go_with(missing), codes)


def _go_with(missing: Sequence[str]) -> str:
    """Why something is not checked that goes with resources which are not asked for."""
    verb = "is" if len(missing) == 1 else "are"
    return f"they go with {', '.join(missing)}, which {verb} {NOT_ASKED_FOR}"


def _proved_with(anchors: Anchors) -> list[str]:
    """The resources with any of which the texts are looked at."""
    absences = [] if anchors.absences is None else [anchors.absences.resource]
    return [*dict.fromkeys([*(one.resource for one in anchors.spans), *absences])]


def _selected(anchors: Anchors | None, names: Collection[str]) -> Anchors | None:
    """The anchors with what is asked for of them: spans, absences, and markers.

    Markers are kept if all that they look at is asked for; nothing is if neither a resource of
    spans nor that of the absences is.
    """
    if anchors is None or not {*names} & {*_proved_with(anchors)}:
        return None
    markers, absences = anchors.markers, anchors.absences
    if markers is not None and not {*names}.issuperset(
        (markers.spans.resource, *markers.resources)
    ):
        markers = None
    if absences is not None and absences.resource not in names:
        absences = None
    spans = tuple(one for one in anchors.spans if one.resource in names)
    return replace(anchors, spans=spans, markers=markers, absences=absences)


def _whole(verifications: Verifications | None, names: Collection[str]) -> Verifications | None:
    """The verifications if all that they look at is asked for."""
    if verifications is None or not {*names}.issuperset(verifications.resources):
        return None
    return verifications


def _asked_for(package: Package, names: Collection[str]) -> Views | None:
    """The views that look at nothing but what is asked for."""
    if package.views is None:
        return None
    pages = [one for one in package.views.pages if _resources_of(one, package) <= {*names}]
    return replace(package.views, pages=tuple(pages))


def _resources_of(view: View, package: Package) -> set[str]:
    """What a view looks at, and whose fields its columns are; all where a column says of whose."""
    columns = [column for _, column in view.declared]
    if any(column.resource_column for column in columns):
        return {*package.resources}
    named = {view.resource, *(column.resource for column in columns)}
    return tables_queried(view.query, package) | {name for name in named if name}


def structure_and_types(package: Package) -> tuple[Package, list[Outcome]]:
    """A package of which only the structure of tables and the types of cells are judged.

    Of Parquet files nothing but the footers is read.

    Returns:
        The package, and what was declared and is left out; what the footers tell of tables.
    """
    # Here, because most runs read pages and need not wait for it.
    from validate._src.tables.footers import judged_by_footers

    schemas = [table.schema for table in package.tables.values()]
    by_footers = [
        name
        for name, table in package.tables.items()
        if table.judged and name != package.waivers and has_footers(table)
    ]
    key_codes = KEY_CODES | CONSTRAINT_CODES  # of an empty cell in a primary key
    sized = any(resource.bytes or resource.hash for resource in package.resources.values())
    left_out = [
        NotChecked(what, ONLY_FORM, codes)
        for what, codes, declared in (
            (
                f"constraints{BEYOND_FOOTERS if by_footers else ''}",
                CONSTRAINT_CODES,
                any(map(_has_constraints, schemas)),
            ),
            ("keys", key_codes, any(map(_has_keys, schemas))),
            ("rules", RULE_CODES, package.rules or any(map(_has_rules, schemas))),
            ("EDTF dates", EDTF_CODES, any(map(_has_edtf, schemas))),
            ("numerals", NUMERAL_CODES, any(map(_has_numerals, schemas))),
            ("text anchors", ANCHOR_CODES, package.anchors),
            ("markers", MARKER_CODES, package.anchors and package.anchors.markers),
            ("absences", ABSENCE_CODES, package.anchors and package.anchors.absences),
            ("verifications", VERIFICATION_CODES, package.verifications),
            ("views", frozenset[str](), package.views),
            ("sizes and digests", DIGEST_CODES, sized),
        )
        if declared
    ]
    told = chain.from_iterable(judged_by_footers(package.tables[name]) for name in by_footers)
    resources = {
        name: replace(_bare(resource), footers_only=name in by_footers)
        for name, resource in package.resources.items()
    }
    bare = replace(
        package, resources=resources, rules=(), anchors=None, verifications=None, views=None
    )
    return bare, [*left_out, *told]


def by_default_severity(package: Package) -> tuple[Package, list[Remark]]:
    """A package of whose codes none is lowered or raised.

    Returns:
        The package, and what is to be said if it sets the severity of any.
    """
    every = [package.severity, *(resource.severity for resource in package.resources.values())]
    codes = sorted({code for severities in every for code in severities})
    if not codes:
        return package, []
    resources = {name: replace(one, severity={}) for name, one in package.resources.items()}
    findings = tuple(one for one in package.findings if one.code not in SEVERITY_CODES)
    said = f"the severity of {', '.join(codes)} is what it is by default, not what the package says"
    kept = replace(package, severity={}, resources=resources, findings=findings)
    return kept, [Remark(said)]


def _needed(package: Package, names: Collection[str]) -> Iterator[str]:
    """What the resources refer to, and what rules, anchors and waivers about them look at."""
    for name in names:
        schema = package.resources[name].schema
        yield from (key.resource for key in schema.foreign_keys) if schema else ()
    for rule in package.rules:
        yield from tables_named_in(rule, package)
    if package.anchors is not None:
        yield package.anchors.sources.resource
        yield package.anchors.segments.resource
    if package.waivers is not None:
        yield package.waivers


def _bare(resource: Resource) -> Resource:
    """A resource of which only the types are judged; its rows still have their key."""
    resource = replace(resource, bytes=None, hash=None)
    if resource.schema is None:
        return resource
    fields = tuple(field.bare() for field in resource.schema.fields)
    schema = Schema(
        fields, fields_match=resource.schema.fields_match, row_key=resource.schema.primary_key
    )
    return replace(resource, schema=schema)


def _has_constraints(schema: Schema) -> bool:
    return any(field.constraints or field.categories is not None for field in schema.fields)


def _has_keys(schema: Schema) -> bool:
    keys = (schema.primary_key, schema.unique_keys, schema.foreign_keys, schema.outside_keys)
    return any(keys)


def _has_rules(schema: Schema) -> bool:
    return bool(schema.rules)


def _has_edtf(schema: Schema) -> bool:
    return any(field.edtf for field in schema.fields)


def _has_numerals(schema: Schema) -> bool:
    return any(field.numeral for field in schema.fields)
