"""What our extensions add to a package: table rules, and what coded datasets declare.

Source: docs/extensions.md.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from validate._src.package.declared import declared
from validate._src.package.folder import Folder
from validate._src.words.absences import Absences
from validate._src.words.anchors import Accountable, Anchors, Segments, Sources, Spans
from validate._src.words.codes import ERROR
from validate._src.words.markers import MarkedSpans, MarkerExceptions, Markers, MarkerValues
from validate._src.words.model import TableRule
from validate._src.words.place import Place
from validate._src.words.reliability import (
    CodedSpans,
    CodedUnits,
    CodedValues,
    Coders,
    Reliability,
    Results,
    Tasks,
)
from validate._src.words.verifications import (
    Differences,
    Unreported,
    UnreportedSpans,
    Verifications,
    VerifyingSpans,
)


def make_table_rule(properties: Mapping[str, Any], folder: Folder, place: Place) -> TableRule:
    """A table rule, with its query read.

    Args:
        properties: the rule as the descriptor has it.
        folder: the folder of the package.
        place: where it stands.

    Raises:
        PackageError: the query cannot be read.
    """
    # A query is run: it comes from the package itself, even if data may be fetched.
    query = replace(folder, remote=None).text(properties["query"], "")
    return TableRule(
        name=properties["name"],
        resource=properties["resource"],
        query=query,
        message=properties["message"],
        location=properties["query"],
        severity=properties.get("severity", ERROR),
        place=place,
    )


def make_anchors(properties: Mapping[str, Any] | None) -> Anchors | None:
    """The text anchors of a package, if it declares some."""
    if properties is None:
        return None
    given = properties["spans"]
    spans = tuple(Spans(**one) for one in (given if isinstance(given, list) else [given]))
    return Anchors(
        sources=Sources(**properties["sources"]),
        segments=Segments(**properties["segments"]),
        spans=spans,
        accountable=tuple(Accountable(**kind) for kind in properties.get("accountable", ())),
        exempt=tuple(properties.get("exempt", ())),
        markers=_markers(properties.get("markers"), spans[0].resource),
        absences=Absences(**properties["absences"]) if "absences" in properties else None,
        listed=isinstance(given, list),
    )


def _markers(properties: Mapping[str, Any] | None, default: str) -> Markers | None:
    """The markers, whose spans are rows of a default resource if they name none."""
    if properties is None:
        return None
    spans, exceptions = properties["spans"], properties.get("exceptions")
    return Markers(
        resource=properties["resource"],
        marker=properties["marker"],
        pattern=properties["pattern"],
        field=properties["field"],
        values=MarkerValues(**properties["values"]),
        spans=declared(MarkedSpans, {"resource": default, **spans}),
        tables=tuple(properties["tables"]),
        rule=properties.get("rule"),
        exceptions=None if exceptions is None else MarkerExceptions(**exceptions),
    )


def make_verifications(properties: Mapping[str, Any] | None) -> Verifications | None:
    """The claims of a package compared with documents, if it declares some."""
    if properties is None:
        return None
    differences = properties.get("differences")
    items: Mapping[str, Any] | None = properties.get("unreported")
    spans = VerifyingSpans(**properties["spans"])
    differences = Differences(**differences) if differences is not None else None
    return declared(
        Verifications,
        {"wait": [], **properties},
        spans=spans,
        differences=differences,
        unreported=None
        if items is None
        else declared(Unreported, items, spans=UnreportedSpans(**items["spans"])),
    )


def make_reliability(properties: Mapping[str, Any] | None) -> Reliability | None:
    """The codings of a package, if it declares some."""
    if properties is None:
        return None
    without: Mapping[str, list[str]] = properties.get("without", {})
    return Reliability(
        tasks=Tasks(**properties["tasks"]),
        coders=Coders(**properties["coders"]),
        units=CodedUnits(**properties["units"]),
        spans=CodedSpans(**properties["spans"]),
        values=CodedValues(**properties["values"]),
        results=Results(**properties["results"]),
        without={field: tuple(values) for field, values in without.items()},
    )
