"""Rows that have found no equal one near by: equal ones far away, changed, added and removed ones.

They are held by the hashes of their keys, beyond an amount on disk, and looked at part by part. Of
a part, equal rows are set aside first, one for one. What is left is paired by key; where a key
stands more than once, the first with the first. Without a key nothing is paired.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from validate._src.checks._hashedrows import HASH, HashedRows
from validate._src.compare._comparable import (
    ROW,
    Pair,
    by_themselves,
    exact_of,
    value_of,
)
from validate._src.compare._equal import Unequal, paired, without

MOST_BYTES = 2**27
"""Bytes of rows of each table that are held in memory, beyond which they go to disk."""
NOTHING = pl.DataFrame(schema={ROW: pl.Int64})
NO_PAIRS = pl.DataFrame(schema={"old": pl.UInt32, "new": pl.UInt32})


@dataclass(frozen=True, eq=False)
class Paired:
    """What became of some rows.

    Attributes:
        old: rows of the old table that are changed in the new one.
        new: the same rows, as the new table has them.
        added: rows of the new table alone.
        removed: rows of the old table alone.
    """

    old: pl.DataFrame
    new: pl.DataFrame
    added: pl.DataFrame
    removed: pl.DataFrame


@dataclass(eq=False)
class Unpaired:
    """The rows of both tables that have found no equal one so far.

    Attributes:
        pairs: the fields.
        key: the places of the fields of the key; none if there is none.
        most_bytes: how many bytes of each table are in memory at most.
    """

    pairs: Sequence[Pair]
    key: Sequence[int]
    most_bytes: int = field(default_factory=lambda: MOST_BYTES)
    _old: HashedRows | None = None
    _new: HashedRows | None = None

    def add(self, rows: Unequal) -> None:
        """Takes rows."""
        olds, news = ([one.old for one in self.pairs], [one.new for one in self.pairs])
        if rows.old.height:
            self._old = self._with(self._old, by_themselves(rows.old, olds))
        if rows.new.height:
            self._new = self._with(self._new, by_themselves(rows.new, news))

    def _with(self, held: HashedRows | None, rows: pl.DataFrame) -> HashedRows:
        """Rows with others, each with a hash by which those of the same key are together."""
        names = [value_of(part) for part in self.key or self._common]
        rows = rows.with_columns(rows.select(names).hash_rows().alias(HASH))
        if held is None:
            held = HashedRows(max(1, self.most_bytes * rows.height // int(rows.estimated_size())))
        held.add(rows)
        return held

    @property
    def _common(self) -> list[int]:
        return [part for part, pair in enumerate(self.pairs) if pair.is_common]

    def paired(self) -> Iterator[Paired]:
        """What became of the rows, in parts; all in one if none are on disk."""
        for old, new in self._parts():
            if old.height or new.height:
                yield self._paired(old.sort(ROW), new.sort(ROW))

    def _parts(self) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        old, new = (one or HashedRows() for one in (self._old, self._new))
        if old.on_disk or new.on_disk:
            yield from zip(old.all_parts(), new.all_parts(), strict=True)
        else:
            yield next(old.parts(), NOTHING), next(new.parts(), NOTHING)

    def _paired(self, old: pl.DataFrame, new: pl.DataFrame) -> Paired:
        """What became of rows: of the keys of which there is one among them, all that are left."""
        if not (old.height and new.height):
            old, new = old if old.height else new.clear(), new if new.height else old.clear()
            return Paired(old.clear(), new.clear(), added=new, removed=old)
        equal = _alike(old, new, self._common)
        old, new = without(old, equal["old"]), without(new, equal["new"])
        pairs = _alike(old, new, self.key) if self.key else NO_PAIRS
        return Paired(
            old[pairs["old"]],
            new[pairs["new"]],
            added=without(new, pairs["new"]),
            removed=without(old, pairs["old"]),
        )


def _alike(old: pl.DataFrame, new: pl.DataFrame, parts: Sequence[int]) -> pl.DataFrame:
    """Rows that are equal in some fields, as `paired` has them."""
    names = [value_of(part) for part in parts]
    exact = [exact_of(part) for part in parts]
    extra = [name for name in exact if name in {*old.columns, *new.columns}]
    return paired(_columns(old, names, extra), _columns(new, names, extra))


def _columns(rows: pl.DataFrame, names: Sequence[str], exact: Sequence[str]) -> pl.DataFrame:
    """Columns of rows; those of exact values as nulls, where none of the rows has one."""
    own = {*rows.columns}
    nothing = pl.lit(None, pl.String)
    return rows.select(*names, *(name if name in own else nothing.alias(name) for name in exact))
