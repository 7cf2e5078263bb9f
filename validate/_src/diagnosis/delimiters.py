"""Text that is delimited by another character than is declared."""

import json
from collections.abc import Callable, Iterator, Sequence

from validate._src.diagnosis.diagnosis import Diagnosis, of_every_row
from validate._src.diagnosis.evidence import NEARLY_ALL, Evidence, share
from validate._src.diagnosis.headers import MOST_NAMES, named_share

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}
"""What texts are usually delimited by."""
SPACE = " "
"""What a text is delimited by only where names or types of fields say so: words are too."""


def another_delimiter(evidence: Evidence) -> Iterator[Diagnosis]:
    """A text whose rows have as many cells as there are fields by one other delimiter only.

    Either the labels are then names of fields, more than by the declared delimiter, or, where
    there is no header that says so, the cells are of the types of the fields.

    Source: Data Package 2.0, Table Dialect, "delimiter".
    """
    declared = evidence.resource.dialect.delimiter
    if not evidence.is_delimited or _fits(evidence):
        return
    fitting = [
        delimiter
        for delimiter in (*DELIMITERS, SPACE)
        if delimiter != declared and _fits_better(evidence.delimited_by(delimiter), evidence)
    ]
    if len(fitting) == 1:
        message = delimiter_message(fitting[0], declared)
        yield of_every_row("delimiter", message, line=evidence.sample.line)


def delimiter_message(delimiter: str, declared: str) -> str:
    """What is said of a text that is delimited by another character than is declared."""
    shown, called = json.dumps(delimiter), DELIMITERS.get(delimiter, "spaces")
    return (
        f"the delimiter is {shown} ({called}), not {json.dumps(declared)}; "
        f'say "delimiter": {shown} in the dialect'
    )


def other_header(evidence: Evidence) -> Iterator[Diagnosis]:
    """A header that is delimited by another character than the rows below it.

    By one delimiter the header has the names of fields and each row one cell; by another the
    header is one cell, and nearly all rows have one for each label.

    Source: Data Package 2.0, Table Dialect, "delimiter": of all rows, the header's included.
    """
    names = evidence.resource.schema.names
    apart = header_apart(evidence, lambda labels: named_share(labels, names) >= MOST_NAMES)
    if apart is not None:
        message = apart_message(*apart, evidence.resource.dialect.delimiter)
        yield of_every_row("delimiter", message, line=evidence.sample.line)


def header_apart(
    evidence: Evidence, are_labels: Callable[[Sequence[str]], bool]
) -> tuple[str, str] | None:
    """What the header is delimited by and what the rows, where that is not the same.

    Args:
        evidence: the file.
        are_labels: whether cells are taken for the labels of the table.
    """
    declared = evidence.resource.dialect.delimiter
    if not evidence.is_delimited or evidence.sample.labels is None:
        return None
    for other in DELIMITERS:
        if other == declared:
            continue
        for of_header, of_rows in ((declared, other), (other, declared)):
            header, rows = evidence.delimited_by(of_header), evidence.delimited_by(of_rows)
            if _are_apart(header, rows) and are_labels(header.sample.labels or []):
                return of_header, of_rows
    return None


def _are_apart(header: Evidence, rows: Evidence) -> bool:
    """Whether there are as many labels in one reading as cells in the rows of another."""
    if len(header.labels or []) < 2 or len(rows.labels or []) != 1:
        return False
    labels = header.sample.labels or []
    return (
        len(labels) > 1
        and header.sample.width != len(labels)  # first, as it is known of the declared delimiter
        and rows.sample.width == len(labels)
        and len(rows.sample.labels or []) == 1
    )


def apart_message(of_header: str, of_rows: str, declared: str) -> str:
    """What is said of a header that is delimited otherwise than the rows."""
    is_declared = of_rows == declared
    say = "" if is_declared else f', and say "delimiter": {json.dumps(of_rows)} in the dialect'
    return (
        f"the header is delimited by {json.dumps(of_header)} ({DELIMITERS[of_header]}), the rows "
        f"by {json.dumps(of_rows)} ({DELIMITERS[of_rows]}); write the header as the rows are{say}"
    )


def _fits_better(other: Evidence, declared: Evidence) -> bool:
    names = other.resource.schema.names
    return _fits(other) and (
        named_share(other.sample.labels, names) > named_share(declared.sample.labels, names)
        or (not named_share(declared.sample.labels, names) and _has_types(other))
    )


def _fits(evidence: Evidence) -> bool:
    """Whether there are columns, and nearly all rows have a cell in each of them."""
    sample, number = evidence.sample, len(evidence.fields)
    width = number if sample.labels is None else len(sample.labels)
    if width < 2 or (sample.rows and sample.width != width):
        return False
    return width == number or named_share(sample.labels, evidence.resource.schema.names) >= 0.5


def _has_types(evidence: Evidence) -> bool:
    """Whether the columns are of the types of the fields, as far as these tell."""
    sample = evidence.sample
    shares = [share(field, sample.column(index)) for index, field in enumerate(evidence.fields)]
    told = [one for one in shares if one is not None]
    return bool(told) and min(told) >= NEARLY_ALL
