"""The markers of a coded dataset in frozen values: words that decide a value (extension)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MarkerValues:
    """The resource whose rows say which values a marker allows in which table.

    Attributes:
        marker: field that holds the marker.
        table: field that names a resource of claims.
        value: field that holds a value that is allowed there.
    """

    resource: str
    marker: str
    table: str
    value: str


@dataclass(frozen=True)
class MarkerExceptions:
    """The resource whose rows are claims with another value than a marker allows.

    Attributes:
        marker: field that holds the marker.
        claim: field that holds the claim.
        reason: field that says why.
    """

    resource: str
    marker: str
    claim: str
    reason: str


@dataclass(frozen=True)
class MarkedSpans:
    """What markers need of the spans.

    Attributes:
        resource: the resource of the spans, one of those of the anchors.
        claim: field that holds the claim of a span.
        role: field that says what a span does for its claim, if that matters.
        roles: the roles of the spans in which markers are looked for.
    """

    resource: str
    claim: str
    role: str | None = None
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Markers:
    """The markers of a package.

    Attributes:
        resource: the resource whose rows are markers.
        marker: field that names a marker.
        pattern: field that holds what it looks like in canonical text, a regular expression.
        field: field that names the field of claims that it decides.
        values: which values it allows.
        spans: in which spans it is looked for.
        tables: the resources of claims, whose primary key is the claim.
        rule: field that names the rule that it follows from, if any.
        exceptions: the claims that it does not decide, if there may be some.
    """

    resource: str
    marker: str
    pattern: str
    field: str
    values: MarkerValues
    spans: MarkedSpans
    tables: tuple[str, ...]
    rule: str | None = None
    exceptions: MarkerExceptions | None = None

    @property
    def resources(self) -> tuple[str, ...]:
        """The resources that are looked at beside those of the anchors."""
        excused = () if self.exceptions is None else (self.exceptions.resource,)
        return (self.resource, self.values.resource, *excused, *self.tables)
