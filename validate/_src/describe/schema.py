"""A schema that all values of a table hold to, by our own reading of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

from validate._src.describe.form import Properties, format_of, resource_of, table_of
from validate._src.describe.judging import Judged, judged
from validate._src.describe.missing import is_missing
from validate._src.describe.nearly import NEARLY, are_rewritten
from validate._src.describe.readings import (
    ANY,
    INTEGERS,
    NUMBERS,
    OF_DIGITS,
    STRING,
    TEXT,
    Reading,
)
from validate._src.describe.sample import (
    MOMENTS,
    MOST,
    Column,
    Sample,
    best_readings,
    fitting_reading,
    fitting_share,
    native_reading,
    sampled,
)
from validate._src.words.schema import Options

MANY_DAYS = 20
"""Different days from which on numbers such as 20240131 are days, whatever their label: of as many
numbers of eight digits, hardly any are all days by chance, or when they are counted up."""
DIGITS = re.compile(r"\s*\+?[0-9]+\s*")
BELOW_THOUSAND = re.compile(r"\s*(?!99+\s*$)[1-9][0-9]{0,2}\s*")
"""Whole numbers without marks, but for nines: these may mean that there is no value."""
TELEPHONE = re.compile(r"\s*\+[0-9]{5,}\s*")
"""A plus sign and as many digits as a telephone number has at least. Numbers that say how something
changes have fewer, or have a minus sign among them."""
SAYS_DAY = re.compile(
    r"(?i:(^|[^a-z])(date|day|datum|tag|fecha|jour|dob|ymd|yyyymmdd|(date)?time(stamp)?)([^a-z]|$))"
    "|[a-z](Date|Day|Datum|Tag|Time|Timestamp)|年月日|日付|日期|期日|日時"
)
"""Labels of columns that hold days or moments."""
TYPED = ("types", "table")
"""What formats are described by in which cells have types already."""


@dataclass(frozen=True)
class Typed:
    """A field, and what its column was found to be.

    Attributes:
        name: the name of the field.
        column: a sample of the column.
        judged: the readings that were tried on all rows, the plainest first.
        has_commas: whether other columns of the table have decimal commas.
    """

    name: str
    column: Column
    judged: tuple[Judged, ...] = field(default=())
    has_commas: bool = False

    @property
    def settled(self) -> Judged | None:
        """The last reading that all cells fit, if one does and no other may be meant."""
        fitting = (one for one in reversed(self.judged) if one.fits and self._is_certain(one))
        return next(fitting, None)

    def _is_certain(self, known: Judged) -> bool:
        """Whether the cells can be meant in this way only."""
        if known.reading is NUMBERS:
            return known.is_certain or not self._may_have_thousands
        if known.reading not in OF_DIGITS:
            return known.is_certain
        return len(self.column.texts) >= MANY_DAYS or SAYS_DAY.search(self.name) is not None

    @property
    def _may_have_thousands(self) -> bool:
        """Whether a point may stand before thousands, as far as other cells than its own tell.

        Nobody writes three decimals in some cells and none in others, but 1.200 beside 980.
        """
        if self.column.kinds != {TEXT}:
            return False
        return self.has_commas or any(map(BELOW_THOUSAND.fullmatch, self.column.texts))

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


@dataclass(frozen=True)
class Inferred:
    """What a table was found to be.

    Attributes:
        fields: its fields.
        sample: a sample of its columns and its last rows.
    """

    fields: tuple[Typed, ...]
    sample: Sample


def inferred(properties: Properties, output: Path, marks: Sequence[Options] = ()) -> Inferred:
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
    sample = _without_debris(sampled(resource))
    names = _names(sample.labels)
    fields = [Typed(name, column) for name, column in zip(names, sample.columns, strict=True)]
    wanted = _first_readings(fields, marks, numeric=numeric)
    while readings := {name: reading for name, reading in wanted.items() if reading}:
        described = _with_readings(properties, fields, readings)
        found = judged(table_of(described, output), readings, sample.reader)
        fields = [
            replace(one, judged=(*one.judged, found[one.name])) if one.name in found else one
            for one in fields
        ]
        wanted = {
            one.name: _next_reading(one, marks, numeric=numeric)
            for one in fields
            if one.name in found
        }
    return Inferred(_with_commas(fields), sample)


def _with_commas(fields: Sequence[Typed]) -> tuple[Typed, ...]:
    """The fields of a table, and whether there are decimal commas in it."""
    settled = (one.settled for one in fields)
    commas = any(one and one.reading.properties.get("decimalChar") == "," for one in settled)
    return tuple(replace(one, has_commas=commas) for one in fields)


def _first_readings(
    fields: Sequence[Typed], marks: Sequence[Options], *, numeric: bool
) -> dict[str, Reading | None]:
    """The reading that a column is tried in first: by its native types, else by its texts."""
    columns = {one.name: one.column for one in fields}
    native = {
        name
        for name, one in columns.items()
        if (not numeric and one.kinds != {TEXT}) or one.kinds >= MOMENTS
    }
    found = {name: native_reading(columns[name].kinds) for name in native}
    texts = {
        name: one.texts
        for name, one in columns.items()
        if name not in native and not _are_telephones(one)
    }
    best = best_readings([*texts.values()], numeric=numeric, marks=marks)
    found |= dict(zip(texts, best, strict=True))
    found |= {name: INTEGERS for name in texts if _may_be_integers(found[name], columns[name])}
    return {name: found.get(name) for name in columns}


def _may_be_integers(reading: Reading | None, column: Column) -> bool:
    """Whether the numbers of a column are probably integers, some of which were rewritten."""
    if reading is None or reading.properties != NUMBERS.properties or column.kinds != {TEXT}:
        return False
    others = [t for t in column.texts if not is_missing(t) and not INTEGERS.may_fit(t)]
    return are_rewritten(others) and fitting_share(INTEGERS, column.texts) > MOST


def _are_telephones(column: Column) -> bool:
    """Whether most texts of a column are as +49301, and the others digits without a minus."""
    texts = [text for text in column.texts if not is_missing(text)]
    telephones = sum(TELEPHONE.fullmatch(text) is not None for text in texts)
    return 2 * telephones > len(texts) and all(map(DIGITS.fullmatch, texts))


def _next_reading(one: Typed, marks: Sequence[Options], *, numeric: bool) -> Reading | None:
    """The reading that a column is tried in where another did not fit all its cells."""
    last = one.judged[-1]
    if last.reading in OF_DIGITS or (not numeric and one.column.kinds != {TEXT}):
        return None
    if last.fits:
        return _days_of(one.column) if last.reading is INTEGERS else None
    tried = [known.reading for known in one.judged]
    odd = {odd.text: odd.cells for odd in last.odd.values()}
    return fitting_reading({**one.column.texts, **odd}, tried, numeric=numeric, marks=marks)


def _days_of(column: Column) -> Reading | None:
    """The reading of numbers as days or moments without marks, if nearly all may be such."""
    if column.kinds != {TEXT}:
        return None
    texts = {text: cells for text, cells in column.texts.items() if not is_missing(text)}
    shaped = (one for one in OF_DIGITS if _nearly_all_may_fit(one, texts))
    return next((one for one in shaped if fitting_share(one, texts) >= NEARLY), None)


def _nearly_all_may_fit(reading: Reading, texts: Mapping[str, int]) -> bool:
    """Whether the cells have the shape, which in each column of integers is seen faster."""
    fitting = sum(cells for text, cells in texts.items() if reading.may_fit(text))
    return fitting >= NEARLY * sum(texts.values())


def _with_readings(
    properties: Properties, fields: Sequence[Typed], readings: dict[str, Reading]
) -> Properties:
    """A resource whose fields have these readings; all others may hold anything."""
    known = {name: {"name": name, **reading.properties} for name, reading in readings.items()}
    every = [known.get(one.name, {"name": one.name, "type": ANY}) for one in fields]
    return {**properties, "schema": {"fields": every}}


def _without_debris(sample: Sample) -> Sample:
    """The columns without those behind the last label that have no value: these are no fields."""
    labels, columns = sample.labels, sample.columns
    width = len(labels)
    while any(labels) and not (labels[width - 1] or columns[width - 1].kinds):
        width -= 1
    return replace(sample, labels=labels[:width], columns=columns[:width])


def _names(labels: Sequence[str]) -> Iterator[str]:
    """A name for each label, no two the same and none empty."""
    taken: set[str] = set()
    for number, label in enumerate(labels, 1):
        wanted = label or f"field{number}"
        numbered = (f"{wanted}{more}" for more in count(2))
        name = wanted if wanted not in taken else next(n for n in numbered if n not in taken)
        taken.add(name)
        yield name
