"""Rows that are read again for their keys, once all rows are known."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import pairwise

import polars as pl

from validate._src.reading.stretches import Stretch
from validate._src.tables.reading import read_batches, read_rows
from validate._src.tables.table import Table
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import TabularResource


@dataclass
class Stretches:
    """Where the rows of a table stand.

    Attributes:
        known: the stretches of all batches with rows, in order; none where one has none.
    """

    known: list[Stretch] = field(default_factory=list[Stretch])
    _is_whole: bool = True

    def add(self, stretch: Stretch | None) -> None:
        """Takes that of the next batch with rows."""
        if stretch is None:
            self._is_whole, self.known = False, []
        elif self._is_whole:
            self.known.append(stretch)


def united(rows: Sequence[pl.Series | None]) -> pl.Series | None:
    """Numbers of rows, each once and ascending; None where some are not known."""
    known = [some for some in rows if some is not None]
    return pl.concat(known).unique().sort() if len(known) == len(rows) else None


def tables_again(
    resource: TabularResource,
    only: Set[str],
    rows: pl.Series | None,
    stretches: Sequence[Stretch],
) -> Iterator[Table]:
    """Rows of a table that was read before.

    Args:
        resource: the table.
        only: names of the fields that are looked at.
        rows: the numbers of the rows, ascending; None for all.
        stretches: as `Stretches.known` has them.
    """
    if rows is None:
        return read_batches(resource, only=only)
    return read_rows(resource, only, rows, stretches)


def batch_by_batch(
    found: Sequence[FindingFrame], stretches: Sequence[Stretch]
) -> Iterator[FindingFrame]:
    """Findings in the order in which they are found where each stretch is a batch.

    Args:
        found: findings in rows that may have been read at once, by row each.
        stretches: as `Stretches.known` has them.
    """
    if not stretches:
        yield from found
        return
    firsts = pl.Series([stretch.first for stretch in stretches])
    cuts = [[0, *one.rows["row"].search_sorted(firsts.slice(1)), len(one)] for one in found]
    for bounds in zip(*map(pairwise, cuts), strict=True):
        for one, (start, end) in zip(found, bounds, strict=True):
            if start < end:
                keys = None if one.keys is None else one.keys.slice(start, end - start)
                yield replace(one, rows=one.rows.slice(start, end - start), keys=keys)
