"""What a run of the validator has to say."""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import polars as pl

from validate._src.words.codes import ERROR

LONGEST_VALUE = 120
NOT_ASKED_FOR = "not among what is asked for"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One fault of the data.

    Attributes:
        resource: name of the resource.
        path: its file, as the descriptor gives it.
        code: a name in `CODES`.
        severity: `error` or `warning`.
        message: what is wrong here, in one sentence.
        row: record number, the header being 1, as a spreadsheet shows it; None for
            faults of the file or the header as a whole.
        line: physical line of the file on which the record starts, from 1.
        field: name of the field, or None when the fault is the row's.
        rule: the constraint or rule that is broken.
        key: the row's primary key, as text.
        value: the value at fault, as text, cut after `LONGEST_VALUE` characters.
        waiver: the reason for which the fault is let pass, or None.
    """

    resource: str
    path: str
    code: str
    severity: str = ERROR
    message: str
    row: int | None = None
    line: int | None = None
    field: str | None = None
    rule: str | None = None
    key: tuple[str, ...] = ()
    value: str | None = None
    waiver: str | None = None

    @property
    def place(self) -> str:
        """The file, and the line if there is one: `boats.csv:3`."""
        return self.path if self.line is None else f"{self.path}:{self.line}"


FINDING_COLUMNS = [attribute.name for attribute in fields(Finding)]
"""The columns of a frame of findings: the attributes of `Finding`, in its order."""


def each_finding(found: Finding | pl.DataFrame) -> Iterator[Finding]:
    """The findings that a frame holds as rows, or the one given."""
    if isinstance(found, Finding):
        yield found
        return
    for row in found.select(FINDING_COLUMNS).iter_rows(named=True):
        row["key"] = tuple(row["key"])
        yield Finding(**row)


@dataclass(frozen=True)
class Checked:
    """A kind of thing that was checked, and how many of them.

    Attributes:
        what: plural noun, such as `foreign keys`.
        count: how many.
    """

    what: str
    count: int


@dataclass(frozen=True)
class NotChecked:
    """Something that was not checked, and why.

    Attributes:
        what: a noun, such as `rows of boats`.
        why: the reason.
        codes: the codes of faults that may not have been found because of it.
        resource: the resource which has them; None where any may.
    """

    what: str
    why: str
    codes: frozenset[str] = frozenset()
    resource: str | None = None

    def hides(self, resource: str, code: str) -> bool:
        """Whether faults of a code in a resource may not have been found because of it."""
        return code in self.codes and self.resource in (None, resource)


Outcome = Finding | pl.DataFrame | Checked | NotChecked
# A frame holds findings as rows, their attributes as columns.


def cut(value: str) -> str:
    """`value`, shortened to `LONGEST_VALUE` characters."""
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"
