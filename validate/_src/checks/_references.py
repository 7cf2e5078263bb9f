"""Foreign keys: the values that they have, and those that they may have.

Of the references to a table that is not read yet, or too large to keep, only the distinct
values are kept; their rows are looked for when the table is read again.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import polars as pl

from validate._src.checks._hashedrows import HASH, ROW, HashedRows, ranges_of
from validate._src.checks._keyvalues import (
    EXACTLY,
    INDEX,
    hashes_of,
    key_cells,
    key_values,
    listed,
    rows_among,
    together,
)
from validate._src.tables.table import Table, compacted
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import Package
from validate._src.words.schema import ForeignKey
from validate._src.words.shift import Shift

COMPACT_AT = 500_000
"""Values that are kept before those of all batches are made distinct, for the memory they take."""
MOST_DISTINCT = 4_000_000
"""Distinct values that are kept in memory; more lie on disk, and are looked for part by part."""
MOST_TARGETS = 2_000_000
"""Rows of a table in which references are looked up as they are read: each process that does has
the values, and goes through all of them for each batch. In more, all are at the end."""
MOST_BYTES = 2**27
"""Bytes of such values in memory; more lie on disk."""
MOST_JOINED = 2**20
"""Of them that references are compared with at once: with twice as many the join of a registry of
ten million rows takes 140 MiB more and as long, with half as many twice as long."""
MOST_REFERRING = 1_000_000
"""Rows of a foreign key that are kept with their hash, each in 16 bytes; of more the table is read
again as a whole where a value is missing."""
FEW = 2**10  # values that Python looks up: of more, Polars does it sooner
NO_ROWS = pl.Series(dtype=pl.get_index_type())


@dataclass(frozen=True, eq=False)
class Referring:
    """The values of a foreign key in some rows.

    Attributes:
        values: the distinct values.
        rows: the hash of the value of each row that has one, and the number of the row; None
            where, if as many of the rows before refer to others, they are too many to keep.
    """

    values: pl.DataFrame
    rows: pl.DataFrame | None

    @classmethod
    def of(cls, table: Table, names: Sequence[str]) -> "Referring":
        """The values of these fields in the rows of a table."""
        values = key_values(table, names)
        index, rows = values.drop_in_place(INDEX), None
        if not len(index) or table.rows[-1] * len(index) <= MOST_REFERRING * len(table.rows):
            rows = pl.DataFrame({HASH: _hashes(values), ROW: table.rows.gather(index)})
        return cls(compacted(values.unique()), rows)

    def moved(self, shift: Shift) -> "Referring":
        """The same where the rows stand."""
        if self.rows is None:
            return self
        return replace(self, rows=self.rows.with_columns(pl.col(ROW) + shift.rows))


@dataclass
class References:
    """The distinct values of a foreign key over the batches of its table."""

    frames: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    rows: int = 0
    others: HashedRows = field(default_factory=lambda: HashedRows(COMPACT_AT))
    kept: int = 0
    referring: list[pl.DataFrame] | None = field(default_factory=list[pl.DataFrame])

    def add(self, some: Referring) -> None:
        """Takes the values of a batch."""
        values = some.values
        if some.rows is None:
            self.referring = None
        elif self.referring is not None:
            self.referring.append(some.rows)
            self.kept += some.rows.height
            if self.kept > MOST_REFERRING:
                self.referring = None
        self.frames.append(values)
        self.rows += values.height
        if self.rows > COMPACT_AT:
            self.frames = [self._distinct()]
            self.rows = -self.frames[0].height
        if -self.rows > MOST_DISTINCT:
            self._set_aside()

    def missing_among(self, targets: "Targets") -> pl.DataFrame:
        """Those of the values that are none of the targets."""
        if not self.others.on_disk:
            return _missing(self._distinct(), targets.parts())
        self._set_aside()
        found = [
            _missing(self.others.where(some).unique(), targets.hashed_where(some))
            for some in ranges_of(self.others.height + targets.rows)
        ]
        return together(found).drop(HASH)

    def rows_with(self, values: pl.DataFrame) -> pl.Series | None:
        """The numbers of the rows that have one of the values, and maybe of a few others.

        None where there were too many rows to keep.
        """
        if self.referring is None:
            return None
        found = pl.concat(self.referring).filter(pl.col(HASH).is_in(_hashes(values).implode()))
        return found[ROW].unique().sort()

    def _distinct(self) -> pl.DataFrame:
        """The values in memory, each once."""
        return together(self.frames).unique()

    def _set_aside(self) -> None:
        """Takes the values in memory to those that lie on disk."""
        if self.frames:
            self.others.add(hashed(self._distinct()))
            self.frames, self.rows = [], 0


def _missing(values: pl.DataFrame, targets: Iterable[pl.DataFrame]) -> pl.DataFrame:
    for frame in targets:
        if values.is_empty():
            break
        values = rows_among(values, frame, how="anti") if frame.width else values
    return values


def hashed(values: pl.DataFrame) -> pl.DataFrame:
    """Key values with their hashes, which are equal where the values are."""
    return values.with_columns(_hashes(values).alias(HASH))


def _hashes(values: pl.DataFrame) -> pl.Series:
    return hashes_of(values.select(name for name in values.columns if EXACTLY not in name))


@dataclass(frozen=True)
class Known:
    """The values of a key that others refer to, all of them."""

    values: pl.DataFrame

    @cached_property
    def listed(self) -> pl.Series:
        """The values of a single field in one list, which is how Polars looks them up."""
        return self.values["0"].implode()

    @cached_property
    def texts(self) -> frozenset[str] | None:
        """The values of a single field, if they are texts and few; else None."""
        values = self.values["0"]
        if len(values) > FEW or values.dtype != pl.String:
            return None
        return frozenset(values.to_list())


@dataclass
class Targets:
    """The values of a key that others refer to; where they are many, most lie on disk.

    References are looked up among them as they are read; all compared at the end: +19 to 43 ms on
    tables of 300,000 rows (benchmarks/tricks.py). Not kept but read again at the end, by one
    process while the others had nothing to do: a quarter of the wall time of a registry of ten
    million rows that refer to each other.
    """

    frames: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    rows: int = 0
    bytes: int = 0
    others: HashedRows = field(default_factory=lambda: HashedRows(0))
    _known: Known | None = None

    def add(self, values: pl.DataFrame) -> None:
        """Takes the values of a batch."""
        self._known = None
        self.frames.append(values)
        self.rows += values.height
        self.bytes += int(values.estimated_size())
        if self.bytes > MOST_BYTES:
            self.others.add(hashed(together(self.frames)))
            self.frames, self.bytes = [], 0

    def known(self) -> Known | None:
        """The values, once the table was read; None if there are too many, or no batch has any."""
        if self.rows > MOST_TARGETS or self.others.on_disk or not self.frames:
            return None
        if self._known is None:
            self.frames = [together(self.frames)]
            self._known = Known(self.frames[0])
        return self._known

    def parts(self) -> Iterator[pl.DataFrame]:
        """The values, some at a time."""
        for values in self.others.pieces():
            yield from values.drop(HASH).iter_slices(MOST_JOINED)
        if self.frames:
            yield from together(self.frames).iter_slices(MOST_JOINED)

    def hashed_where(self, condition: pl.Expr) -> Iterator[pl.DataFrame]:
        """Those of the values for whose hashes a condition holds, with these."""
        yield self.others.where(condition)
        if self.frames:
            yield hashed(together(self.frames)).filter(condition)


def target_values(table: Table, names: Sequence[str]) -> pl.DataFrame:
    """The values of a key that others refer to, in some rows; those with nulls are left out."""
    values = key_values(table, names)
    values.drop_in_place(INDEX)  # to `drop` it takes a query
    return compacted(values)


def referenced(package: Package) -> set[tuple[str, tuple[str, ...]]]:
    """The keys that foreign keys refer to, as resource and fields."""
    return {
        (key.resource, key.reference_fields)
        for resource in package.tables.values()
        for key in resource.schema.foreign_keys
    }


def rows_without(table: Table, key: ForeignKey, targets: Known) -> pl.Series:
    """The indexes of rows that refer to no target; one with a null refers to nothing."""
    if len(key.fields) == 1 and targets.values.width == 1:  # a look-up takes half the time
        name = key.fields[0]
        if table.exactly(name) is None:
            if _are_known(table.values[name], targets):
                return NO_ROWS
            found = table.values[name].is_in(targets.listed)
            return NO_ROWS if found.all() else (~found).arg_true()
    return rows_among(key_values(table, key.fields), targets.values, how="anti")[INDEX]


def _are_known(values: pl.Series, targets: Known) -> bool:
    """Whether few texts are all known, which Python sees in less time than a query takes."""
    if len(values) > FEW or targets.texts is None:
        return False
    return targets.texts.issuperset(values.drop_nulls().to_list())


def rows_with(table: Table, key: ForeignKey, values: pl.DataFrame) -> pl.Series:
    """The indexes of rows that refer to one of the values."""
    return rows_among(key_values(table, key.fields), values, how="semi")[INDEX]


def dangling_message(key: ForeignKey) -> str:
    """What is said of a reference to no row; no other foreign key says the same."""
    return f"no row of {key.resource}.{listed(key.reference_fields)} has this value"


def dangling(table: Table, key: ForeignKey, indexes: pl.Series) -> Iterator[FindingFrame]:
    """What to say of rows that refer to no row."""
    if len(indexes):
        yield table.findings_at(
            indexes,
            "foreign-key",
            dangling_message(key),
            field=key.fields[0] if len(key.fields) == 1 else None,
            rule="foreignKeys",
            value=key_cells(table, indexes, key.fields),
        )
