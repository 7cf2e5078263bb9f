"""Claims compared with the documents that they report, in frozen values (extension)."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["agrees", "differs", "waits", "other"]
"""Whether a document says the same, or not; whether it is still to be compared, or else."""


@dataclass(frozen=True)
class VerifyingSpans:
    """The resource whose rows are spans of documents that say what claims report.

    Attributes:
        claim: field that holds the claim.
    """

    resource: str
    claim: str


@dataclass(frozen=True)
class Differences:
    """The resource whose rows say in what a claim differs from its document.

    Attributes:
        claim: field that holds the claim.
        aspect: field that says in what.
    """

    resource: str
    claim: str
    aspect: str


@dataclass(frozen=True)
class UnreportedSpans:
    """The resource whose rows are spans of documents that no claim reports.

    Attributes:
        item: field that holds the item that they are spans of.
    """

    resource: str
    item: str


@dataclass(frozen=True)
class Unreported:
    """The resource whose rows are items of documents that no claim reports.

    Attributes:
        item: field that holds the item, the primary key.
        spans: where they stand.
    """

    resource: str
    item: str
    spans: UnreportedSpans


@dataclass(frozen=True)
class Verifications:
    """The claims of a package, compared with the documents that they report.

    Attributes:
        resource: the resource whose rows are verifications, one a claim.
        claim: field that holds the claim, the primary key.
        document: field that says which document it reports.
        source: field that holds the text of that document, one of the sources of the anchors;
            empty where it is not at hand.
        verdict: field that says how claim and document compare.
        agree: the verdicts by which they say the same.
        differ: those by which they do not.
        wait: those by which they are not compared yet; there may be none.
        spans: where the document says what the claim reports.
        differences: in what they differ, if the package says it.
        unreported: what in the documents no claim reports, if the package says it.
    """

    resource: str
    claim: str
    document: str
    source: str
    verdict: str
    agree: tuple[str, ...]
    differ: tuple[str, ...]
    wait: tuple[str, ...]
    spans: VerifyingSpans
    differences: Differences | None = None
    unreported: Unreported | None = None

    @property
    def judged(self) -> tuple[str, str]:
        """The resource and the field that hold the verdicts."""
        return self.resource, self.verdict

    def kind_of(self, verdict: str | None) -> Kind:
        """What a verdict says; a claim without one waits for it."""
        if verdict in self.agree:
            return "agrees"
        if verdict in self.differ:
            return "differs"
        return "waits" if verdict is None or verdict in self.wait else "other"

    @property
    def spanned(self) -> tuple[str, ...]:
        """The resources of spans of documents."""
        others = () if self.unreported is None else (self.unreported.spans.resource,)
        return (self.spans.resource, *others)

    @property
    def resources(self) -> tuple[str, ...]:
        """The resources that are looked at."""
        differences = () if self.differences is None else (self.differences.resource,)
        items = () if self.unreported is None else (self.unreported.resource,)
        return tuple(dict.fromkeys((self.resource, *self.spanned, *differences, *items)))
