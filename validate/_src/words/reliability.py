"""How often independent coders agree, as tables of a package, in frozen values (extension)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Tasks:
    """The resource whose rows are tasks of coding (reliability extension).

    Attributes:
        seed: what the sample and the bootstrap are drawn by.
        share: which part of each stratum is drawn, such as `1/3`; empty where units are given.
    """

    resource: str
    task: str
    seed: str
    share: str


@dataclass(frozen=True)
class Coders:
    """The resource that says who coded in which task (reliability extension)."""

    resource: str
    task: str
    coder: str


@dataclass(frozen=True)
class CodedUnits:
    """The resource whose rows are what each coder coded, of which table (reliability extension).

    Attributes:
        unit: what a coder calls it; a unit that is given is called the same by all.
        table: the table of which it would be a row; that of the segments where a coder found
            nothing in one.
        source: the text in which it was found; empty where units are given.
        segment: the piece of that text.
    """

    resource: str
    task: str
    coder: str
    unit: str
    table: str
    source: str
    segment: str


@dataclass(frozen=True)
class CodedSpans:
    """The resource that says where in its segment a unit stands (reliability extension)."""

    resource: str
    task: str
    coder: str
    unit: str
    start: str
    end: str


@dataclass(frozen=True)
class CodedValues:
    """The resource whose rows are values that coders gave to units (reliability extension)."""

    resource: str
    task: str
    coder: str
    unit: str
    field: str
    value: str


@dataclass(frozen=True)
class Results:
    """The resource that says how far coders agree (reliability extension)."""

    resource: str
    task: str
    table: str
    field: str
    level: str
    units: str
    values: str
    alpha: str
    low: str
    high: str
    draws: str
    agreement: str


@dataclass(frozen=True)
class Reliability:
    """The codings of a package and what they give (extension).

    Attributes:
        without: segments that no sample is drawn from, by their values in some fields.
    """

    tasks: Tasks
    coders: Coders
    units: CodedUnits
    spans: CodedSpans
    values: CodedValues
    results: Results
    without: Mapping[str, tuple[str, ...]]

    @property
    def resources(self) -> frozenset[str]:
        """The names of the resources that say how rows were coded."""
        parts = (self.tasks, self.coders, self.units, self.spans, self.values, self.results)
        return frozenset(part.resource for part in parts)
