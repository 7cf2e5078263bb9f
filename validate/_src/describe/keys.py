"""Candidate keys of several fields: sets of columns that have other values in every row."""

from collections.abc import Collection, Sequence
from itertools import combinations
from math import prod

import polars as pl

from validate._src.tables.table import Table

MOST_FIELDS = 8  # 28 pairs and 56 triples; of twice as many columns there are 680, for minutes
MOST_ROWS = 2_000_000  # eight bytes each for eight columns: beyond that the memory fills
LARGEST_KEY = 3
FIRST = 10_000  # rows that are tried before all are: most sets of columns repeat in them
BY_CHANCE = 3
"""How many pairs of equal rows would be expected at least if the columns had nothing to do with
each other: where fewer are, a set of columns is without repetition by chance."""


class Hashes:
    """The hashes of columns that may be parts of a key, in all rows."""

    def __init__(self, names: Collection[str]) -> None:
        """Begins without rows."""
        self.names = [*names]
        self._batches: list[pl.DataFrame] = []
        self._rows = 0

    def add(self, table: Table) -> None:
        """Adds a batch, as long as there are not too many rows."""
        self._rows += len(table.rows)
        if self._rows > MOST_ROWS:
            self._batches.clear()
        elif table.values.width:
            known = [table.values[name].hash().alias(name) for name in self.names]
            self._batches.append(pl.DataFrame(known))

    @property
    def is_whole(self) -> bool:
        """Whether all rows are there."""
        return self._rows <= MOST_ROWS

    def frame(self) -> pl.DataFrame:
        """All hashes, a row for each row of the table."""
        return pl.concat(self._batches) if self._batches else pl.DataFrame()


def composite_keys(hashes: pl.DataFrame) -> list[tuple[str, ...]]:
    """The smallest sets of columns of which no two rows have the same values, if not by chance.

    Args:
        hashes: the hashes of at most `MOST_FIELDS` columns.

    Returns:
        Pairs, or where there are none, triples, those of the first columns first.

    Source: Data Package 2.0, Table Schema, "primaryKey".
    """
    distinct = {name: hashes[name].n_unique() for name in hashes.columns}
    names = [name for name in hashes.columns if distinct[name] > 1]
    for size in range(2, LARGEST_KEY + 1):
        found = [
            key
            for key in combinations(names, size)
            if _is_no_chance([distinct[name] for name in key], hashes.height)
            and _is_key(hashes.head(FIRST), key)
            and _is_key(hashes, key)
        ]
        if found:
            return found
    return []


def _is_no_chance(distinct: Sequence[int], rows: int) -> bool:
    """Whether columns of so many values could have no repetition, and would have one by chance."""
    values = prod(distinct)
    return values >= rows and rows * (rows - 1) / 2 >= BY_CHANCE * values


def _is_key(hashes: pl.DataFrame, key: Sequence[str]) -> bool:
    return hashes.select(key).n_unique() == hashes.height
