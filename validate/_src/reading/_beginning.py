"""What a file begins with that goes on with a table: its header, another one, or a row.

By the standard each file has its own header. Some have none; their first record is a row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from validate._src.fields.constraints import declared_constraints
from validate._src.fields.types import FIELD_TYPES
from validate._src.reading._values import characters, text_of
from validate._src.words.errors import PackageError
from validate._src.words.model import Resource
from validate._src.words.partitions import in_files
from validate._src.words.schema import Field
from validate._src.words.spelling import plain

CERTAIN = 2
"""Cells that are no values of their fields, from which on a record is no row: one alone may be
a fault in a row."""

Kind = Literal[
    "header",
    "header in another case",
    "header in another order",
    "another header",
    "row",
    "row or header",
]


@dataclass(frozen=True)
class Beginning:
    """What a file that goes on with a table begins with.

    Attributes:
        kind: what it is, as far as it can be told.
        unlabelled: how many columns without label it has behind those of the table.
    """

    kind: Kind
    unlabelled: int = 0

    @property
    def is_header(self) -> bool:
        """Whether it is the header of the table."""
        return self.kind in ("header", "header in another case")

    @property
    def is_another(self) -> bool:
        """Whether it is a header with which no cell is known to belong to a column of the table."""
        return self.kind in ("header in another order", "another header")


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

    Columns without label behind the last one are debris: the header is that of the table with them
    or without.

    Source: Data Package 2.0, Data Resource, "path", of several files: similar in structure and
    format; Table Dialect, "header".
    """
    own, table = _up_to_last(found), _up_to_last(labels)
    unlabelled = max(len(found) - len(labels), 0) if own else 0
    if found == labels or (own and own == table):
        return Beginning("header", unlabelled)
    if sorted(found) == sorted(labels):
        return Beginning("header in another order")
    if own and not resource.dialect.case_sensitive_header and _differ_in_case(table, own):
        return Beginning("header in another case", unlabelled)
    fits = _fits(resource, labels, rows)
    if has_names or _is_header(labels, found, fits):
        return Beginning("another header")
    return Beginning("row" if any(fits) else "row or header")


def _up_to_last(labels: Sequence[str]) -> Sequence[str]:
    """Labels without the columns behind them that have none."""
    width = max((at for at, label in enumerate(labels, 1) if label), default=0)
    return labels[:width]


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
    schema = in_files(resource, labels).schema
    fields = schema.fields if schema else ()
    by_name = {field.label: field for field in fields}
    by_order = schema is not None and schema.fields_match == "exact"
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
    frame = pl.DataFrame({"text": [characters(cell)]})
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
