"""A sample of each column of a table, and the reading that suits it best."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, compress, islice
from operator import itemgetter

import polars as pl

from validate._src.describe.ending import LAST
from validate._src.describe.held import HeldTable
from validate._src.describe.marked import MARKED, marked, with_signs, without_doubt
from validate._src.describe.missing import is_missing
from validate._src.describe.moments import moments
from validate._src.describe.readings import (
    INTEGER,
    NUMBER,
    NUMBERS,
    NUMERIC,
    PLAIN_NUMBERS,
    READINGS,
    TEXT,
    Reading,
)
from validate._src.describe.rows import Row, first_rows, row
from validate._src.describe.wholerows import broken_rows
from validate._src.reading.batch import Batch, Reader, columns
from validate._src.words.cells import Sheet
from validate._src.words.errors import FileError
from validate._src.words.model import Resource
from validate._src.words.schema import ERROR_CELL, Options

SAMPLE = 1000  # distinct texts of a column; whatever they suggest, all rows prove it
FIRST_SIGHT = 8  # texts of which most must have the shape of a reading: to parse takes longer
BLANK = 100  # blank rows at the end that are looked beyond
MOST = 0.5
"""The share of a sample that a reading must fit to be tried on all rows."""
ALMOST_ALL = 0.99
"""The share from which on it is tried before wider ones, so that what keeps it out is said."""
NATIVE_TYPES = {
    "boolean", INTEGER, NUMBER, "date", "time", "datetime", "duration", "object", "array"
}  # fmt: skip


MOMENTS = {"date", "datetime"}
"""The kinds of datetimes in a workbook, of which those at midnight are days: a reader takes them
for datetimes by the type of their field, and so reads the table again."""


@dataclass(frozen=True)
class Column:
    """What is known of a column.

    Attributes:
        texts: the first of its distinct texts, in order, with the number of cells that held
            them before there were enough.
        kinds: the native types of its cells, if the format has any.
    """

    texts: dict[str, int] = field(default_factory=dict[str, int])
    kinds: set[str] = field(default_factory=set[str])


@dataclass(frozen=True)
class Sample:
    """What is known of a table before its columns have types.

    Attributes:
        labels: the cells of its header.
        columns: a sample of each column.
        last: the last rows that are not blank.
        reader: reads the table again from memory; None where it is too large.
        sheet: where the table stands in a workbook, if it does.
        may_be_astray: whether cells may stand in columns of others: rows have more cells or fewer
            than there are columns, or something else is wrong with the file.
        broken: how many rows have values beyond the columns, or end early.
    """

    labels: list[str]
    columns: list[Column]
    last: tuple[Row, ...]
    reader: Reader | None
    sheet: Sheet | None = None
    may_be_astray: bool = False
    broken: int = 0


def sampled(resource: Resource) -> Sample:
    """The labels of a table, a sample of each column, and its last rows.

    Raises:
        FileError: there is nothing to tell the fields by.
    """
    table = HeldTable(resource)
    labels = _labels(resource) if table.labels is None else table.labels
    known = [Column() for _ in labels]
    said: list[str] = []
    last: tuple[Row, ...] = ()
    ragged, broken = False, 0
    for batch in table.first(len(labels)):
        said += [finding.message for finding in batch.findings]
        _collect(batch, known)
        ragged = ragged or bool(batch.ragged)
        broken += len(broken_rows(batch, len(labels)))
        last = (*last, *_last_rows(batch))[-LAST:]
    if not labels:
        why = said[0] if said else "there is no header, nor anything else that names its fields"
        raise FileError(resource.location, f"no table: {why}")
    astray = ragged or bool(said)
    reader = None if any(one.kinds >= MOMENTS for one in known) else table.again
    return Sample(labels, known, last, reader, table.sheet, may_be_astray=astray, broken=broken)


def _last_rows(batch: Batch) -> list[Row]:
    """The last rows of a batch that are not blank, as far as these are near its end."""
    height = batch.cells.height
    found = [
        row(batch.rows[at], batch.lines[at], batch.ragged.get(at) or batch.cells.row(at))
        for at in range(max(height - LAST - BLANK, 0), height)
    ]
    return [one for one in found if one.cells][-LAST:]


def _labels(resource: Resource) -> list[str]:
    """Empty labels for the columns of a table without a header, as many as most rows have."""
    widths = Counter(len(row.cells) for row in first_rows(resource) if row.cells)
    return [""] * max(widths, key=widths.__getitem__, default=0)


def _collect(batch: Batch, known: Sequence[Column]) -> None:
    """Adds what a batch has of each column to what is known of it."""
    for name, column in zip(columns(len(known)), known, strict=True):
        if name in batch.kinds:
            column.kinds.update({*batch.kinds[name].drop_nulls()} - {ERROR_CELL})
        elif batch.cells[name].null_count() < batch.cells.height:
            column.kinds.add(TEXT)
        if len(column.texts) < SAMPLE:
            _count(_sound(batch, name), column.texts)


def _sound(batch: Batch, name: str) -> pl.Series:
    """The cells of a column without those in which a formula has failed."""
    if name not in batch.kinds:
        return batch.cells[name]
    return batch.cells[name].filter((batch.kinds[name] != ERROR_CELL).fill_null(value=True))


def _count(cells: pl.Series, known: dict[str, int]) -> None:
    """Adds texts of a batch to those that are known of a column."""
    filled = cells.alias("text").to_frame().filter(pl.col("text") != "")
    for text, number in filled.group_by("text", maintain_order=True).len().iter_rows():
        if text in known or len(known) < SAMPLE:
            known[text] = known.get(text, 0) + number


def native_reading(kinds: set[str]) -> Reading | None:
    """The reading of values by the type that they have, texts among them left aside."""
    known = kinds - {TEXT}
    if known == {INTEGER, NUMBER}:
        known = {NUMBER}
    if known == MOMENTS:
        known = {"datetime"}
    return Reading({"type": min(known)}) if len(known) == 1 and known <= NATIVE_TYPES else None


def best_reading(
    texts: Mapping[str, int], *, numeric: bool = True, marks: Sequence[Options] = ()
) -> Reading | None:
    """The plainest reading that almost all cells fit, else the one that most do, if any.

    Args:
        texts: distinct texts of a column, and how many cells hold each; those for missing
            values are left aside.
        numeric: whether texts may be meant as numbers.
        marks: the marks that numbers have, if that is given.
    """
    (found,) = best_readings([texts], numeric=numeric, marks=marks)
    return found


def best_readings(
    columns: Sequence[Mapping[str, int]], *, numeric: bool = True, marks: Sequence[Options] = ()
) -> list[Reading | None]:
    """The best reading of each of some columns, as `best_reading` has it.

    A reading is tried on all columns for which it is next: one by one, half of the time that
    describing thousands of columns takes would go into starting to read.
    """
    filled = [*map(_filled, columns)]
    left = [_plausible(texts, numeric=numeric, marks=marks) for texts in filled]
    best: list[tuple[float, Reading | None]] = [(MOST, None)] * len(columns)
    pending = range(len(columns))
    while turns := _turns(left, pending):
        for reading, places in turns:
            shares = fitting_shares(reading, [filled[at] for at in places])
            for at, share in zip(places, shares, strict=True):
                best[at] = max(best[at], (share, reading), key=itemgetter(0))
        pending = [at for _, places in turns for at in places if best[at][0] < ALMOST_ALL]
    return [reading for _, reading in best]


def _turns(
    left: Sequence[Iterator[Reading]], pending: Iterable[int]
) -> list[tuple[Reading, list[int]]]:
    """The next readings that are left for the pending columns, each with those columns."""
    found: dict[int, tuple[Reading, list[int]]] = {}
    for at in pending:
        reading = next(left[at], None)
        if reading is not None:
            found.setdefault(id(reading), (reading, []))[1].append(at)
    return [*found.values()]


def fitting_reading(
    texts: Mapping[str, int],
    tried: Collection[Reading],
    *,
    numeric: bool = True,
    marks: Sequence[Options] = (),
) -> Reading | None:
    """The plainest reading that all texts fit and that was not tried."""
    filled = _filled(texts)
    untried = (one for one in _plausible(filled, numeric=numeric, marks=marks) if one not in tried)
    return next((one for one in untried if fitting_share(one, filled) == 1), None)


def fitting_share(reading: Reading, texts: Mapping[str, int]) -> float:
    """The share of cells that are meant in a way, by their texts; there is at least one."""
    (share,) = fitting_shares(reading, [texts])
    return share


def fitting_shares(reading: Reading, columns: Sequence[Mapping[str, int]]) -> Iterator[float]:
    """The same for each of some columns, which are read together."""
    every = [text for texts in columns for text in texts]
    fitting = iter(reading.fits_texts(pl.Series("text", every, dtype=pl.String)))
    for texts in columns:
        fits = [*islice(fitting, len(texts))]
        yield sum(compress(texts.values(), fits)) / sum(texts.values())


def _filled(texts: Mapping[str, int]) -> dict[str, int]:
    """The texts that say something."""
    return {text: cells for text, cells in texts.items() if not is_missing(text)}


def _plausible(
    texts: Mapping[str, int], *, numeric: bool, marks: Sequence[Options]
) -> Iterator[Reading]:
    """The readings of which most of the cells of the most frequent texts have the shape."""
    first = sorted(texts, key=texts.__getitem__, reverse=True)[:FIRST_SIGHT]
    cells = sum(texts[text] for text in first)
    known = (
        one for one in _readings(texts, first, marks) if numeric or one.type not in NUMERIC_TYPES
    )
    for reading in known:
        if first and 2 * sum(texts[text] for text in first if reading.may_fit(text)) >= cells:
            yield reading


def _readings(
    texts: Iterable[str], first: Iterable[str], marks: Sequence[Options]
) -> Iterator[Reading]:
    """All readings, those of numbers by the marks that are given, if any are.

    Args:
        texts: the texts.
        first: the most frequent of them.
        marks: the marks that numbers have, if that is given.
    """
    if not marks:
        yield from chain(READINGS, moments(first), MARKED, with_signs(texts))
        return
    given = {id(NUMBERS): [PLAIN_NUMBERS] if Options() in marks else []}
    yield from chain.from_iterable(given.get(id(one), [one]) for one in READINGS)
    yield from moments(first)
    known = (marked(one) for one in marks if one.has_marks)
    yield from map(without_doubt, chain(known, with_signs(texts, marks)))


NUMERIC_TYPES = {reading.type for reading in NUMERIC}
