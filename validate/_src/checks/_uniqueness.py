"""Keys that stand in one row only: primary and unique keys, and the constraint "unique".

Of the keys of a large table only hashes are kept. Only where a hash repeats the table is
read again, and the values themselves are compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from validate._src.checks._hashedrows import HASH, ROW, HashedRows
from validate._src.checks._keyvalues import (
    INDEX,
    key_cells,
    key_hashes,
    key_values,
    listed,
)
from validate._src.tables.table import Table, compacted
from validate._src.words.findingframe import FindingFrame
from validate._src.words.schema import Schema
from validate._src.words.shift import Shift

FIRST = "first"
INDEX_OF_NONE = pl.lit(None, pl.get_index_type()).alias(INDEX)


@dataclass(frozen=True)
class Uniqueness:
    """Fields whose values together stand in one row only.

    Attributes:
        fields: their names.
        code: what a repetition is called: `primary-key`, `unique-key` or `unique-error`.
        rule: the property that asks for it.
    """

    fields: tuple[str, ...]
    code: str
    rule: str | None


def uniquenesses(schema: Schema) -> Iterator[Uniqueness]:
    if schema.primary_key:
        yield Uniqueness(schema.primary_key, "primary-key", None)
    for one in schema.fields:
        if one.constraints.get("unique") is True:
            yield Uniqueness((one.name,), "unique-error", "unique")
    for key in schema.unique_keys:
        yield Uniqueness(key, "unique-key", "uniqueKeys")


@dataclass(frozen=True, eq=False)
class Hashed:
    """The keys of some rows by their hashes.

    Attributes:
        hashes: the hashes of n keys; rows without one are left out.
        rows: the numbers of their n rows, ascending; a range where none is left out, which need
            not go through the line to another process one by one.
        ends: the first and the last value where each is greater than the one before, and none
            has the hash of the one before; None elsewhere.
    """

    hashes: pl.Series
    rows: pl.Series | range
    ends: pl.Series | None

    @classmethod
    def of(cls, table: Table, names: Sequence[str]) -> "Hashed":
        """The keys of these fields in the rows of a table."""
        (hashes, known), rows = key_hashes(table, names), table.rows
        if known is not None:
            hashes, rows = hashes.filter(known), rows.filter(known)
        if len(rows) and rows[-1] - rows[0] == len(rows) - 1:
            rows = range(rows[0], rows[-1] + 1)
        return cls(hashes, rows, _ends(table.values[names[0]], hashes) if len(names) == 1 else None)

    def moved(self, shift: Shift) -> "Hashed":
        """The same where the rows stand."""
        rows = self.rows
        if isinstance(rows, range):
            return replace(self, rows=range(rows.start + shift.rows, rows.stop + shift.rows))
        return replace(self, rows=rows + shift.rows)


def _ends(values: pl.Series, hashes: pl.Series) -> pl.Series | None:
    """The ends of values of which each is greater than the one before; None if one is not.

    Most tables are sorted by a key: where each value is greater than the one before, none
    can repeat, and the hashes are not looked at. Off: +0.6 % on a registry of 300,000 rows,
    +3.5 % for a million, +4.4 % for ten (benchmarks/tricks.py).
    """
    ascending = (
        len(hashes) > 0
        and not values.null_count()
        and values.is_sorted()
        and not (hashes.slice(1) == hashes.slice(0, len(hashes) - 1)).any()
    )
    return pl.concat([values.head(1), values.tail(1)]) if ascending else None


@dataclass
class Hashes:
    """The hashes of a key's values over the batches of its table.

    Attributes:
        rows: the hashes, with the numbers of their rows.
        last: the last value so far; None as long as there is none.
        ascending: whether each value so far is greater than the one before.
    """

    rows: HashedRows = field(default_factory=HashedRows)
    last: pl.Series | None = None
    ascending: bool = True

    def add(self, hashed: Hashed) -> None:
        """Takes the keys of the next batch."""
        if not len(hashed.hashes):
            return
        self.ascending = self.ascending and hashed.ends is not None
        if self.ascending and hashed.ends is not None:
            before, self.last = self.last, hashed.ends.tail(1)
            self.ascending = before is None or (before < hashed.ends.head(1)).all()
        rows = hashed.rows
        if isinstance(rows, range):
            rows = pl.int_range(rows.start, rows.stop, eager=True)
        self.rows.add(pl.DataFrame({HASH: hashed.hashes, ROW: rows}))

    def repeated(self) -> "Repeated":
        """The hashes that stand more than once, and where they do."""
        parts = [] if self.ascending else map(_repeated, self.rows.hashes())
        hashes = pl.concat([pl.Series(dtype=pl.UInt64), *parts])
        if hashes.is_empty():
            return Repeated(hashes, pl.Series(dtype=pl.Int64))
        return Repeated(hashes, self.rows.where(pl.col(HASH).is_in(hashes.implode()))[ROW])


def _repeated(hashes: pl.Series) -> pl.Series:
    """Those of some hashes that stand more than once, each once."""
    hashes = hashes.sort()
    return hashes.filter(hashes == hashes.shift(1)).unique()


@dataclass(frozen=True)
class Repeated:
    """Hashes that stand more than once, and the numbers of the rows in which they do."""

    hashes: pl.Series
    rows: pl.Series


def empty_primary_keys(table: Table) -> Iterator[FindingFrame]:
    key = table.schema.primary_key
    if not key or not table.has(key) or not all(table.cells[name].null_count() for name in key):
        return
    empty = table.cells.select(pl.all_horizontal(pl.col(*key).is_null()).arg_true()).to_series()
    if not empty.is_empty():
        message = f"the primary key {listed(key)} is empty"
        yield table.findings_at(empty, "primary-key", message)


def repeats_in(
    table: Table, unique: Uniqueness, hashes: pl.Series, seen: pl.DataFrame | None
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of a batch whose values stand in an earlier row, and the first rows of all values.

    Args:
        table: the batch.
        unique: the key.
        hashes: hashes that stand more than once in the table; others need no look.
        seen: values of the batches before with their `first` row, or None.

    Returns:
        `index` and `first` row number of every repetition, and `seen` for the next batch.
    """
    found, _ = key_hashes(table, unique.fields)
    suspects = found.is_in(hashes.implode()).arg_true()
    values = key_values(table.at(suspects), unique.fields)
    values = values.with_columns(pl.lit(suspects.gather(values[INDEX])).alias(INDEX))
    rows = values.with_columns(pl.lit(table.rows.gather(values[INDEX])).alias(FIRST))
    if seen is not None:
        rows = pl.concat([seen, rows], how="diagonal")
    columns = [name for name in rows.columns if name not in (INDEX, FIRST)]
    own = rows[FIRST]
    # A join would not always find NaN equal to itself.
    rows = rows.with_columns(pl.col(FIRST).first().over(columns))
    firsts = rows.unique(columns, keep="first", maintain_order=True)
    return rows.filter(own != rows[FIRST]), compacted(firsts.with_columns(INDEX_OF_NONE))


def repeated_keys(table: Table, unique: Uniqueness, repeats: pl.DataFrame) -> FindingFrame:
    message = repeats.select(
        pl.format("row {} has the same {}", FIRST, pl.lit(listed(unique.fields)))
    ).to_series()
    return repeated_at(table, unique, repeats[INDEX], message)


def repeated_at(
    table: Table, unique: Uniqueness, indexes: pl.Series, message: str | pl.Series
) -> FindingFrame:
    """What to say of rows at these indexes, whose key others have."""
    is_single = len(unique.fields) == 1 and unique.code == "unique-error"
    return table.findings_at(
        indexes,
        unique.code,
        message,
        field=unique.fields[0] if is_single else None,
        rule=unique.rule,
        value=key_cells(table, indexes, unique.fields),
    )
