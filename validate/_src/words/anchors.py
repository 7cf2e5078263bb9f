"""The text anchors of a package in frozen values (extension)."""

from dataclasses import dataclass

from validate._src.words.absences import Absences
from validate._src.words.markers import Markers


@dataclass(frozen=True)
class Sources:
    """The resource whose rows are the source texts (anchors extension)."""

    resource: str
    source: str
    characters: str
    sha256: str


@dataclass(frozen=True)
class Spans:
    """A resource whose rows are spans of source texts (anchors extension)."""

    resource: str
    source: str
    segment: str
    start: str
    end: str
    sha256: str


@dataclass(frozen=True)
class Segments(Spans):
    """The resource whose rows are the pieces of source texts (anchors extension).

    Attributes:
        section: field that names the section of the text, if any.
        reason: field that says why nothing is coded in a piece, if any.
    """

    section: str | None = None
    reason: str | None = None


@dataclass(frozen=True)
class Accountable:
    """Expressions of the texts that a coder must account for (anchors extension).

    Attributes:
        name: what they are, such as `numeral`.
        pattern: what they look like in canonical text, a Python regular expression.
    """

    name: str
    pattern: str


@dataclass(frozen=True)
class Anchors:
    """The text anchors of a package (extension).

    Attributes:
        segments: the pieces that the texts are cut into.
        spans: the spans inside the pieces, by the resources that they are rows of; at least one,
            unless only some resources were asked for.
        accountable: expressions that must lie in a span, or in a piece with a reason.
        exempt: patterns of expressions in which nothing needs to be accounted for.
        markers: expressions in spans that decide how their claims are coded, if there are some.
        absences: expressions that must not stand in a whole text, if there are some.
        listed: whether the descriptor has the spans in an array, be it of one.
    """

    sources: Sources
    segments: Segments
    spans: tuple[Spans, ...]
    accountable: tuple[Accountable, ...] = ()
    exempt: tuple[str, ...] = ()
    markers: Markers | None = None
    absences: Absences | None = None
    listed: bool = False

    @property
    def parts(self) -> tuple[Sources | Spans, ...]:
        """What stands in tables: the texts, their pieces and the spans."""
        return (self.sources, self.segments, *self.spans)

    def spans_of(self, resource: str) -> Spans | None:
        """The spans that are rows of a resource, if some are."""
        return next((one for one in self.spans if one.resource == resource), None)
