"""Whether the names and verdicts of verifications exist and fit."""

from collections.abc import Iterator

from validate._src.package.anchorlinks import span_problems
from validate._src.package.naming import named_twice, text_fields, without
from validate._src.words.anchors import Anchors
from validate._src.words.model import Package
from validate._src.words.place import Steps
from validate._src.words.verifications import Verifications

VERDICTS = ("agree", "differ", "wait")


def verification_problems(
    declared: Verifications, anchors: Anchors, package: Package
) -> Iterator[tuple[Steps, str]]:
    """What is wrong with what verifications name.

    Args:
        declared: the verifications.
        anchors: the anchors, which say where their spans stand.
        package: the package.
    """
    yield from _of_rows((), declared.resource, vars(declared), "claim", package)
    yield from _verdict_problems(declared, package)
    of_claims = {"claim": declared.spans.claim}
    yield from span_problems(("spans",), declared.spans.resource, of_claims, anchors, package)
    if declared.differences is not None:
        members = vars(declared.differences)
        yield from text_fields(("differences",), members["resource"], members, package)
        yield from named_twice(("differences",), without(members, "resource"))
    if (items := declared.unreported) is not None:
        yield from _of_rows(("unreported",), items.resource, vars(items), "item", package)
        of_items = {"item": items.spans.item}
        steps = ("unreported", "spans")
        yield from span_problems(steps, items.spans.resource, of_items, anchors, package)
    yield from _shared_resources(declared)


def _of_rows(
    steps: Steps, resource: str, members: dict[str, object], key: str, package: Package
) -> Iterator[tuple[Steps, str]]:
    """What is wrong with the names of a resource and of its fields, one of which is the key."""
    unfit = [*text_fields(steps, resource, members, package)]
    yield from unfit or named_twice(steps, without(members, "resource"))
    table = package.tables.get(resource)
    if not unfit and table is not None and table.schema.primary_key != (members[key],):
        yield (*steps, key), f'"{members[key]}" must be the primary key of "{resource}"'


def _verdict_problems(declared: Verifications, package: Package) -> Iterator[tuple[Steps, str]]:
    """The verdicts that are listed twice, or that no verification can have."""
    table, listed = package.tables.get(declared.resource), set[str]()
    known = None
    if table is not None and declared.verdict in table.schema.names:
        known = table.schema.field(declared.verdict).categories
    values = [category.value for category in known or ()]
    for member in VERDICTS:
        for number, verdict in enumerate(getattr(declared, member)):
            if verdict in listed:
                yield (member, number), f'"{verdict}" is listed already'
            elif known is not None and verdict not in values:
                message = f'"{verdict}" is not among the categories of "{declared.verdict}"'
                yield (member, number), message
            listed.add(verdict)


def _shared_resources(declared: Verifications) -> Iterator[tuple[Steps, str]]:
    """The resources that are named for two things whose rows must be told apart."""
    named: dict[Steps, str] = {("resource",): declared.resource}
    named["spans", "resource"] = declared.spans.resource
    if (items := declared.unreported) is not None:
        named["unreported", "resource"] = items.resource
        named["unreported", "spans", "resource"] = items.spans.resource
    first: dict[str, Steps] = {}
    for steps, name in named.items():
        if (before := first.setdefault(name, steps)) != steps:
            yield steps, f'"{name}" is named as {".".join(map(str, before))} already'
