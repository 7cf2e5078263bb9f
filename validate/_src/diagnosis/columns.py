"""Columns that are lost, inserted or in another order, so that others stand in their places."""

from collections.abc import Iterator, Sequence, Set
from functools import cache
from itertools import zip_longest

import polars as pl

from validate._src.checks._keyvalues import listed as listed_names
from validate._src.checks.keys import dangling_message
from validate._src.diagnosis.diagnosis import EVERY_ROW, Diagnosis, listed
from validate._src.diagnosis.evidence import NEARLY_ALL, Evidence, misfits, share
from validate._src.diagnosis.headers import OF_HEADER
from validate._src.words.codes import WIDTH_CODES
from validate._src.words.finding import cut
from validate._src.words.schema import Schema

LOST, INSERTED = -1, 1
SEVERAL = 3  # labels in wrong places: of two each is told as clearly by itself, if types fit


def other_columns(evidence: Evidence) -> Iterator[Diagnosis]:
    """Columns that stand in the places of others, by their labels or by their types."""
    schema, labels = evidence.resource.schema, evidence.sample.labels
    by_position = evidence.is_by_position
    found = _by_labels(evidence) if by_position else None
    if found is None and (by_position or labels is None or labels == [*schema.names]):
        found = _by_types(evidence)
    if found is not None:
        yield found


def _by_labels(evidence: Evidence) -> Diagnosis | None:
    """Columns whose labels are names of fields, and stand elsewhere than these.

    All labels are names, or all names are labels: otherwise it may be another table.

    Source: Data Package 2.0, Table Schema, "fieldsMatch", by default "exact".
    """
    names, labels = evidence.resource.schema.names, evidence.sample.labels or []
    if len({*labels}) < len(labels) or not ({*labels} <= {*names} or {*names} <= {*labels}):
        return None
    places = {label: index for index, label in enumerate(labels)}
    moved = [name for index, name in enumerate(names) if places.get(name, index) != index]
    wrong = sum(name != label for name, label in zip_longest(names, labels))
    if not moved or (wrong < SEVERAL and not misfits(evidence)):
        return None
    lost = [name for name in names if name not in places]
    shown = evidence.resource.schema.shown_label
    inserted = [shown(label) for label in labels if label not in names]
    said, match = _said_of(lost, inserted)
    others = [name for name, label in zip(names, labels, strict=False) if name != label]
    return Diagnosis(
        "fieldsMatch",
        f"{said}, and {len(moved):,} columns are not in the places of their fields; if that is "
        f'meant, say "fieldsMatch": "{match}" in the schema',
        OF_HEADER | _of_fields(evidence.resource.schema, [*others, *names[len(labels) :]]),
        unchecked=f"columns {listed(others)}",
        line=evidence.sample.line,
    )


def _said_of(lost: Sequence[str], inserted: Sequence[str]) -> tuple[str, str]:
    if lost:
        verb = "is missing" if len(lost) == 1 else "are missing"
        return f"{_columns(lost)} {verb}", "subset"
    if inserted:
        verb = "is inserted" if len(inserted) == 1 else "are inserted"
        return f"{_columns(inserted)} {verb}", "superset"
    return "the columns are in another order", "equal"


def _by_types(evidence: Evidence) -> Diagnosis | None:
    """A column that is lost or inserted, found by the types of those behind it.

    Nearly all rows have a cell too few or too many; some column does not fit the type of
    the field in its place; and all columns fit, as far as types tell, once a field is left
    without column or a column without field.
    """
    names, width = evidence.resource.schema.names, evidence.sample.width
    difference = width - len(names)
    if difference not in (LOST, INSERTED) or len(names) < 2:
        return None
    labels = evidence.sample.labels
    if labels is not None and labels != [*names] and [*names[: len(labels)]] == labels:
        return None  # each label stands over its own column, and the last has none

    @cache
    def fit(field: int, column: int) -> float | None:
        return share(evidence.fields[field], evidence.sample.column(column))

    def fits(place: int) -> int:
        """How many columns fit, as far as types tell, with the place of the fault here."""
        told = [
            one
            for field in range(len(names))
            if not (difference == LOST and field == place)
            and (one := fit(field, field + (difference if field >= place else 0))) is not None
        ]
        return len(told) if told and min(told) >= NEARLY_ALL else 0

    if not misfits(evidence):
        return None
    fitting = {place: fits(place) for place in range(len(names) + (difference == INSERTED))}
    most = max(fitting.values())
    places = [place for place, number in fitting.items() if number == most]
    return _shifted(evidence, difference, places) if most else None


def _shifted(evidence: Evidence, difference: int, places: Sequence[int]) -> Diagnosis:
    names, labels = evidence.resource.schema.names, evidence.sample.labels
    first, last = places[0], places[-1]
    if difference == LOST:
        which = f"{'one of ' if first < last else ''}{listed(names[first : last + 1])}"
        said = f"the column of the field {which} is missing"
    elif first == last:
        shown = [*map(evidence.resource.schema.shown_label, labels or ())]
        label = f' ("{cut(shown[first])}")' if first < len(shown) else ""
        said = f"column {first + 1}{label} is inserted"
    else:
        said = f"a column is inserted, one of columns {first + 1} to {last + 1}"
    if labels and len(labels) == len(names):
        said = f"{said} in the rows, not in the header"
    behind = names[first:]
    return Diagnosis(
        "fields",
        f"{said}: the columns behind it are of the types of the fields one "
        f"{'further' if difference == LOST else 'before'}; restore the columns of the schema",
        OF_HEADER | _of_fields(evidence.resource.schema, behind),
        unchecked=f"columns {listed(behind)}",
        line=evidence.sample.line,
    )


def _of_fields(schema: Schema, names: Sequence[str]) -> pl.Expr:
    """Faults of cells in the wrong place, of keys that they are in, and of how many a row has."""
    field, code = pl.col("field"), pl.col("code")
    return EVERY_ROW & (
        field.is_in(list(names)) | code.is_in(list(WIDTH_CODES)) | _of_keys(schema, {*names})
    )


def _of_keys(schema: Schema, names: Set[str]) -> pl.Expr:
    """Faults of keys, which name no field, where any of theirs is among some."""
    code, message = pl.col("code"), pl.col("message")
    found = pl.lit(value=False)
    if names & {*schema.primary_key}:
        found |= code == "primary-key"
    for key in schema.unique_keys:
        if names & {*key}:
            found |= (code == "unique-key") & message.str.ends_with(f" {listed_names(key)}")
    for key in schema.foreign_keys:
        if names & {*key.fields}:
            found |= (code == "foreign-key") & (message == dangling_message(key))
    return found


def _columns(names: Sequence[str]) -> str:
    return f"the column{'s' if len(names) > 1 else ''} {listed(names)}"
