"""One fault of the data, and how it is put into words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from validate._src.words.codes import CODES, ERROR
from validate._src.words.place import Place, lines_of
from validate._src.words.printing import printable

LAST_DIGITS = re.compile(r"[0-9]+$")
LONGEST_VALUE = 120
"""Characters of a value that a finding keeps: with whole texts, findings would fill the memory."""
WITHHELD = "[withheld]"
"""What stands for a value of a restricted field: the same whatever the value and its length."""
STARTS_WITH_MARK = "the file starts with a byte order mark"
"""What is said of files of data and of descriptors alike."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One fault of the data.

    Attributes:
        resource: name of the resource; empty for what is none's, such as the name of the package.
        path: its file, as the descriptor gives it; for a fault of the descriptor, the
            descriptor, or the file of the schema or dialect at fault.
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
        note: which characters of the value look like others, where that may be the fault, or
            what else is to be known of the finding; or None.
        folded: how many other findings follow from this one and are not listed; None where
            that cannot be.
        sheet: name of the sheet of the workbook that it is in, or None.
        cell: the cell there, such as `C17`, or those of the row, such as `A17:F17`; or None.
        waiver: why the finding was waived, or None.
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
    note: str | None = None
    folded: int | None = None
    sheet: str | None = None
    cell: str | None = None
    waiver: str | None = None

    @property
    def place(self) -> str:
        """The file and the line, `boats.csv:3`, or cell: `boats.xlsx, sheet "2024", cell C3`."""
        if self.sheet is not None:
            cell = "" if self.cell is None else f", {cell_noun(self.cell)} {self.cell}"
            return f'{self.path}, sheet "{self.sheet}"{cell}'
        return self.path if self.line is None else f"{self.path}:{self.line}"

    @property
    def other_row(self) -> int | None:
        """The number of the record, where the place does not say it."""
        said = self.line if self.cell is None else int(LAST_DIGITS.findall(self.cell)[0])
        return None if self.row == said else self.row

    @property
    def said(self) -> str:
        """What is wrong: `length: not a number such as 1234.5`."""
        return sentence(self.message, self.field, self.rule)


FINDING_COLUMNS = [attribute.name for attribute in fields(Finding)]
"""The columns of a frame of findings: the attributes of `Finding`, in its order."""


def sentence(message: str, field: str | None = None, rule: str | None = None) -> str:
    """What is wrong, with the field, and the constraint or rule unless the message names it."""
    subject = f"{field}: " if field is not None else ""
    source = f" ({rule})" if rule and rule not in message else ""
    return f"{subject}{message}{source}"


def cell_noun(cell: str) -> str:
    """What a cell is called, or several."""
    return "cells" if ":" in cell else "cell"


def cut(value: str) -> str:
    """`value`, shortened to `LONGEST_VALUE` characters."""
    return value if len(value) <= LONGEST_VALUE else value[: LONGEST_VALUE - 1] + "…"


def shown(text: str) -> str:
    """A text of others as it stands in a message: safe to print, and not longer than a value."""
    return cut(printable(text))


@dataclass(frozen=True)
class Fault:
    """Something in a descriptor that a finding is made of.

    Attributes:
        place: where it stands.
        message: what is wrong there.
        resource: name of the resource that it is about; empty for the package.
        field: name of the field that it is about, or None.
        code: a name in `CODES`.
        rule: what it is about besides, or None.
    """

    place: Place
    message: str
    resource: str = ""
    field: str | None = None
    code: str = "descriptor-error"
    rule: str | None = None


def findings_of(faults: Iterable[Fault]) -> Iterator[Finding]:
    """Faults of a descriptor as findings, each with its JSON path and its line."""
    faults = list(faults)
    lines = lines_of(fault.place for fault in faults)
    for fault in faults:
        path = fault.place.json_path
        yield Finding(
            resource=fault.resource,
            path=fault.place.name,
            code=fault.code,
            severity=CODES[fault.code].severity,
            message=f"{path}: {fault.message}" if path else fault.message,
            line=lines.get(fault.place),
            field=fault.field,
            rule=fault.rule,
        )
