"""Keys that stand in one row only: primary and unique keys, and the constraint "unique".

Of the keys of a large table only hashes are kept. Only where a hash repeats the table is
read again, and the values themselves are compared.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

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


@dataclass
class Hashes:
    """The hashes of a key's values over the batches of its table.

    Most tables are sorted by a key: where each value is greater than the one before, none
    can repeat, and the hashes are not looked at. Off: +0.6 % on a registry of 300,000 rows,
    +3.5 % for a million, +4.4 % for ten (benchmarks/tricks.py).
    """

    batches: list[pl.Series] = field(default_factory=list[pl.Series])
    rows: list[pl.Series] = field(default_factory=list[pl.Series])
    last: pl.Series | None = None
    ascending: bool = True

    def add(self, table: Table, names: Sequence[str]) -> None:
        (hashes, known), rows = key_hashes(table, names), table.rows
        if known is not None:
            hashes, rows = hashes.filter(known), rows.filter(known)
        self.batches.append(hashes)
        self.rows.append(rows)
        if self.ascending and len(hashes):
            values = table.values[names[0]]
            self.ascending = len(names) == 1 and self._goes_on(values, hashes)

    def _goes_on(self, values: pl.Series, hashes: pl.Series) -> bool:
        """Whether each of these values is greater than the one before."""
        before, self.last = self.last, values.tail(1)
        return (
            not values.null_count()
            and (before is None or (before < values.head(1)).all())
            and values.is_sorted()
            and not (hashes.slice(1) == hashes.slice(0, len(hashes) - 1)).any()
        )

    def repeated(self) -> "Repeated":
        """The hashes that stand more than once, and where they do."""
        if not self.batches or self.ascending:
            return Repeated(pl.Series(dtype=pl.UInt64), pl.Series(dtype=pl.Int64))
        hashes = pl.concat(self.batches).sort()
        hashes = hashes.filter(hashes == hashes.shift(1)).unique()
        listed = hashes.implode()
        rows = [
            rows.filter(batch.is_in(listed))
            for batch, rows in zip(self.batches, self.rows, strict=True)
        ]
        return Repeated(hashes, pl.concat(rows))


@dataclass(frozen=True)
class Repeated:
    """Hashes that stand more than once, and the numbers of the rows in which they do."""

    hashes: pl.Series
    rows: pl.Series


def empty_primary_keys(table: Table) -> Iterator[FindingFrame]:
    key = table.schema.primary_key
    if not key or not table.has(key):
        return
    empty = table.text.select(pl.all_horizontal(pl.col(*key).is_null()).arg_true()).to_series()
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
    single = len(unique.fields) == 1 and unique.code == "unique-error"
    message = repeats.select(
        pl.format("row {} has the same {}", FIRST, pl.lit(listed(unique.fields)))
    ).to_series()
    return table.findings_at(
        repeats[INDEX],
        unique.code,
        message,
        field=unique.fields[0] if single else None,
        rule=unique.rule,
        value=key_cells(table, repeats[INDEX], unique.fields),
    )
