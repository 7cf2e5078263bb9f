"""A schema that all values of a table hold to, by our own reading of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from validate._src.describe.form import Properties, format_of, resource_of, table_of
from validate._src.describe.judging import Judged, judged
from validate._src.describe.readings import ANY, STRING, TEXT, Reading
from validate._src.describe.sample import (
    Column,
    best_reading,
    fitting_reading,
    native_reading,
    sampled,
)
from validate._src.words.schema import Options

TYPED = ("types", "table")
"""What formats are described by in which cells have types already."""


@dataclass(frozen=True)
class Typed:
    """A field, and what its column was found to be.

    Attributes:
        name: the name of the field.
        column: a sample of the column.
        judged: the readings that were tried on all rows, the plainest first.
    """

    name: str
    column: Column
    judged: tuple[Judged, ...] = field(default=())

    @property
    def settled(self) -> Judged | None:
        """The reading that all cells fit, if one does and no other may be meant."""
        last = self.judged[-1] if self.judged else None
        return last if last and last.fits and last.is_certain else None

    @property
    def properties(self) -> Properties:
        """The field as a descriptor has it."""
        if self.settled is None:
            return {"name": self.name, "type": self._widest}
        missing = self.settled.missing
        others = {"missingValues": ["", *missing]} if missing else {}
        return {"name": self.name, **self.settled.reading.properties, **others}

    @property
    def _widest(self) -> str:
        """The type that any cell of the column has."""
        return STRING if self.column.kinds == {TEXT} and self.column.texts else ANY


def typed_fields(
    properties: Properties, output: Path, marks: Sequence[Options] = ()
) -> list[Typed]:
    """The fields of a resource, their types as narrow as all rows allow.

    What a sample of a column suggests is tried on all rows; where it does not hold, the
    plainest reading is tried that what was found fits as well.

    Args:
        properties: the resource.
        output: where the descriptor will stand.
        marks: the marks that numbers have, if that is given.

    Raises:
        PackageError: there is no table.
    """
    resource = resource_of(properties, output)
    numeric = format_of(resource).described not in TYPED
    labels, columns = _without_debris(*sampled(resource))
    fields = [Typed(name, column) for name, column in zip(_names(labels), columns, strict=True)]
    wanted = {one.name: _first_reading(one.column, marks, numeric=numeric) for one in fields}
    while readings := {name: reading for name, reading in wanted.items() if reading}:
        found = _judged(properties, fields, readings, output)
        fields = [
            replace(one, judged=(*one.judged, found[one.name])) if one.name in found else one
            for one in fields
        ]
        wanted = {
            one.name: _next_reading(one, marks, numeric=numeric)
            for one in fields
            if one.name in found
        }
    return fields


def _first_reading(column: Column, marks: Sequence[Options], *, numeric: bool) -> Reading | None:
    """The reading that a column is tried in first: by its native types, else by its texts."""
    if not numeric and column.kinds != {TEXT}:
        return native_reading(column.kinds)
    return best_reading(column.texts, numeric=numeric, marks=marks)


def _next_reading(one: Typed, marks: Sequence[Options], *, numeric: bool) -> Reading | None:
    """The reading that a column is tried in where another did not fit all its cells."""
    last = one.judged[-1]
    if last.fits or (not numeric and one.column.kinds != {TEXT}):
        return None
    tried = [known.reading for known in one.judged]
    odd = {odd.text: odd.cells for odd in last.odd.values()}
    return fitting_reading({**one.column.texts, **odd}, tried, numeric=numeric, marks=marks)


def _judged(
    properties: Properties, fields: Sequence[Typed], readings: dict[str, Reading], output: Path
) -> dict[str, Judged]:
    """How columns fit their readings, in a schema in which all other fields may hold anything."""
    known = {name: {"name": name, **reading.properties} for name, reading in readings.items()}
    every = [known.get(one.name, {"name": one.name, "type": ANY}) for one in fields]
    described = {**properties, "schema": {"fields": every}}
    return judged(table_of(described, output), readings)


def _without_debris(
    labels: Sequence[str], columns: Sequence[Column]
) -> tuple[Sequence[str], Sequence[Column]]:
    """The columns without those behind the last label that have no value: these are no fields."""
    width = len(labels)
    while any(labels) and not (labels[width - 1] or columns[width - 1].kinds):
        width -= 1
    return labels[:width], columns[:width]


def _names(labels: Sequence[str]) -> Iterator[str]:
    """A name for each label, no two the same and none empty."""
    taken: set[str] = set()
    for number, label in enumerate(labels, 1):
        wanted = label or f"field{number}"
        numbered = (f"{wanted}{more}" for more in count(2))
        name = wanted if wanted not in taken else next(n for n in numbered if n not in taken)
        taken.add(name)
        yield name
