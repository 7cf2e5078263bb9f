"""How a file goes on with a table: with its header, with that of another table, or with a row.

By the standard each file has its own header. Some have none; their first record is a row.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from validate._src.fields.constraints import declared_constraints
from validate._src.fields.types import FIELD_TYPES
from validate._src.reading._values import text_of
from validate._src.reading.batch import file_finding
from validate._src.words.codes import WARNING
from validate._src.words.errors import PackageError
from validate._src.words.finding import Finding
from validate._src.words.model import Resource
from validate._src.words.schema import Field
from validate._src.words.spelling import plain

SHOWN = 5  # labels that a message names; a table may have thousands
CERTAIN = 2
"""Cells that are no values of their fields, from which on a record is no row: one alone may be
a fault in a row."""

Kind = Literal["header", "header in another case", "another header", "row", "row or header"]


SAID: Mapping[Kind, tuple[str, str]] = {
    "header in another case": (
        "incorrect-label",
        "but its labels differ from those there in upper and lower case",
    ),
    "row": ("missing-header", "but without its header; its first record is taken as a row"),
    "row or header": (
        "missing-header",
        "but its first record is not its header, and may be a row or have other labels, which "
        "cannot be told; it is taken as a row",
    ),
}
"""What is a warning, by its code and in words, where the file can be read."""


@dataclass(frozen=True)
class Beginning:
    """What a file that goes on with a table begins with.

    Attributes:
        kind: what it is, as far as it can be told.
        message: what is wrong with a header that is not the table's; empty for all else.
    """

    kind: Kind
    message: str = ""

    @property
    def is_header(self) -> bool:
        """Whether it is the header of the table."""
        return self.kind in ("header", "header in another case")


class Continuation:
    """The files that go on with a table; what is a warning is said once of all like it."""

    def __init__(self, resource: Resource, *, has_names: bool = False) -> None:
        """Has said nothing yet.

        Args:
            resource: the table.
            has_names: whether its format has names of columns, which every file has.
        """
        self._resource = resource
        self._has_names = has_names
        self._said: set[Kind] = set()

    def beginning_of(
        self, labels: Sequence[str], found: Sequence[str], rows: Sequence[Sequence[Any]]
    ) -> Beginning:
        """What a file begins with, as `beginning_of` has it."""
        return beginning_of(self._resource, labels, found, rows, has_names=self._has_names)

    def warnings(
        self, beginning: Beginning, location: str | None, line: int | None
    ) -> Iterator[Finding]:
        """What is to be said of a file that can be read.

        Args:
            beginning: what the file begins with.
            location: the file.
            line: the physical line on which its first record starts.
        """
        if beginning.kind not in SAID or beginning.kind in self._said:
            return
        self._said.add(beginning.kind)
        code, said = SAID[beginning.kind]
        yield file_finding(
            self._resource,
            code,
            f"the file goes on with {self._resource.location}, {said}, here and in files like it",
            line=line,
            location=location,
            severity=WARNING,
        )


def beginning_of(
    resource: Resource,
    labels: Sequence[str],
    found: Sequence[str],
    rows: Sequence[Sequence[Any]],
    *,
    has_names: bool = False,
) -> Beginning:
    """What a file that goes on with a table begins with.

    Args:
        resource: the table.
        labels: its labels.
        found: what the labels are if the file begins with a header.
        rows: the cells of the records that would be this header.
        has_names: whether the format has names of columns, so that there is no doubt.

    Source: Data Package 2.0, Data Resource, "path", of several files: similar in structure and
    format; Table Dialect, "header".
    """
    if found == labels:
        return Beginning("header")
    if sorted(found) == sorted(labels):
        message = f"the file goes on with {resource.location}, but has its columns in another order"
        return Beginning("another header", message)
    if not resource.dialect.case_sensitive_header and _differ_in_case(labels, found):
        return Beginning("header in another case")
    fits = _fits(resource, labels, rows)
    if has_names or _is_header(labels, found, fits):
        return Beginning("another header", _of_another(resource, labels, found))
    return Beginning("row" if any(fits) else "row or header")


def _differ_in_case(labels: Sequence[str], found: Sequence[str]) -> bool:
    """Whether labels are the same but for case, which no two labels of the table are."""
    folded = [label.casefold() for label in labels]
    return len({*folded}) == len(folded) and folded == [label.casefold() for label in found]


def _is_header(labels: Sequence[str], found: Sequence[str], fits: Sequence[bool]) -> bool:
    """Whether a record is a header and no row.

    It has the labels of the table in half of its cells at least, two of them where another cell
    is a value that no label is; or of two cells at least none is a value of its field.
    """
    known = {plain(label) for label in labels if plain(label)}
    filled = [label for label in found if label]
    named = sum(plain(label) in known for label in filled)
    if named and 2 * named >= len(filled):
        return named >= CERTAIN or not any(fits)
    return len(fits) >= CERTAIN and not any(fits)


def _fits(
    resource: Resource, labels: Sequence[str], rows: Sequence[Sequence[Any]]
) -> Sequence[bool]:
    """Whether cells are values of their fields, of the fields of which the label is none."""
    fields = _fields(resource, labels)
    telling = [
        (at, field)
        for at, field in enumerate(fields)
        if field is not None and not _is_value(field, labels[at])
    ]
    return [
        _is_value(field, row[at])
        for row in rows
        for at, field in telling
        if at < len(row) and not _is_missing(field, row[at])
    ]


def _fields(resource: Resource, labels: Sequence[str]) -> Iterator[Field | None]:
    """The field of each column, None where there is none."""
    fields = resource.schema.fields if resource.schema else ()
    by_name = {field.label: field for field in fields}
    by_order = resource.schema is not None and resource.schema.fields_match == "exact"
    for at, label in enumerate(labels):
        if by_order:
            yield fields[at] if at < len(fields) else None
        else:
            yield by_name.get(label)


def _is_missing(field: Field, cell: Any) -> bool:
    return cell is None or cell == "" or text_of(cell) in field.missing_values


def _is_value(field: Field, cell: Any) -> bool:
    """Whether a cell is a value of a field and meets its constraints.

    One that has a native type other than text is no label, and so a value.
    """
    if not isinstance(cell, str):
        return True
    parser = FIELD_TYPES[field.type].parser(field.format)
    assert parser is not None, "the descriptor was found usable"
    frame = pl.DataFrame({"text": [cell]})
    frame = frame.with_columns(parser(pl.col("text"), field).alias("value"))
    return frame["value"].null_count() == 0 and all(_meets(frame, field))


def _meets(frame: pl.DataFrame, field: Field) -> Iterator[bool]:
    """Whether a value meets the constraints of a field that are about one value and usable."""
    value, text = pl.col("value"), pl.col("text")
    for declared in declared_constraints(field):
        if declared.constraint.condition is None:
            continue
        try:
            condition = declared.constraint.condition(field, declared.argument, field.name)
            yield frame.select(condition(value, text)).item() is not False
        except PackageError:
            continue  # it is named as not checked where the rows are judged


def _of_another(resource: Resource, labels: Sequence[str], found: Sequence[str]) -> str:
    """What is wrong with the labels of a file: some are not the table's, or some are missing."""
    named = {*map(plain, labels)} & {*map(plain, found)}
    extra, missing = Counter(found), Counter(labels)
    extra.subtract(labels)
    missing.subtract(found)
    if not named:
        begins = _shown(resource, [label for label in found if label])
        return (
            f"the file goes on with {resource.location}, but its first record is neither its "
            f"header nor a row that fits: {begins}; none of its rows are read"
        )
    parts = [
        f"{verb} {_shown(resource, [*some])}"
        for verb, some in (("has", +extra), ("lacks", +missing))
        if some
    ]
    return (
        f"the file goes on with {resource.location}, but has other columns: its header "
        f"{' and '.join(parts)}; none of its rows are read"
    )


def _shown(resource: Resource, labels: Sequence[str]) -> str:
    known = resource.schema.shown_label if resource.schema else str
    shown = ", ".join(f'"{known(label)}"' for label in labels[:SHOWN])
    return shown + (f" and {len(labels) - SHOWN:,} more" if len(labels) > SHOWN else "")
