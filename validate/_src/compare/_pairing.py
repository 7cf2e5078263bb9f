"""Rows that have found no equal one near by: equal ones far away, changed, added and removed ones.

As long as they are few they are held whole. Of more, as of two tables in another order, two hashes
and the number of each row are held, beyond some millions on disk, and equal rows are set aside by
them; what is left is read again. So the rows that differ are looked at by the hashes of their
keys, part by part: those that are equal are set aside first, one for one, and the rest is paired by
key; where a key stands more than once, the first with the first. Without a key nothing is paired.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from validate._src.checks._hashedrows import (
    HASH,
    MOST_IN_PART,
    MOST_PARTS,
    HashedRows,
    ranges_of,
)
from validate._src.compare._comparable import (
    ROW,
    Comparable,
    by_themselves,
    exact_of,
    value_of,
    with_exact,
)
from validate._src.compare._equal import NO_PAIRS, Unequal, by_hashes, paired, without

MOST_BYTES = 2**27
"""Bytes of whole rows of each table that are held in memory."""
WHOLE = "hash of the row"
NARROW = (HASH, WHOLE, ROW)
NOTHING = pl.DataFrame(schema={HASH: pl.UInt64, WHOLE: pl.UInt64, ROW: pl.Int64})


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
class _Side:
    """The rows of one table that have found no equal one so far.

    Attributes:
        table: the table.
        key: the places of the fields by which rows are the same; all common ones without a key.
        frames: the rows, as long as they are held whole.
        bytes: how many these have.
        narrow: their hashes and numbers, where they are not.
    """

    table: Comparable
    key: Sequence[int]
    frames: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    bytes: int = 0
    narrow: HashedRows = field(default_factory=HashedRows)

    def hashed(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows with the hashes of their keys and of the whole rows."""
        own = [pair.new if self.table.is_new else pair.old for pair in self.table.pairs]
        rows = with_exact(rows, own)
        keys = rows.select(value_of(part) for part in self.key).hash_rows()
        return rows.with_columns(keys.alias(HASH), _whole(rows, common(self.table)).alias(WHOLE))

    def hold(self, rows: pl.DataFrame) -> None:
        """Takes rows whole."""
        rows = by_themselves(rows)
        self.frames.append(rows)
        self.bytes += int(rows.estimated_size())

    def narrowed(self) -> None:
        """Keeps no more than hashes and numbers of the rows that are held whole."""
        for rows in self.frames:
            self.narrow.add(rows.select(NARROW))
        self.frames, self.bytes = [], 0

    def whole(self) -> pl.DataFrame:
        """The rows that are held whole."""
        return pl.concat(self.frames, how="diagonal_relaxed") if self.frames else NOTHING

    def again(self, numbers: pl.Series, most_bytes: int) -> HashedRows:
        """Rows that are read again, whole, on disk where they are many."""
        held: HashedRows | None = None
        for some in self.table.again(numbers):
            rows = by_themselves(self.hashed(some))
            if held is None:
                size = max(1, int(rows.estimated_size()) // rows.height)
                most = max(1, most_bytes // size)
                held = HashedRows(most, records=max(1, most // MOST_PARTS))
            held.add(rows)
        return held or HashedRows()


def common(table: Comparable) -> list[int]:
    """The places of the fields that both tables have."""
    return [part for part, pair in enumerate(table.pairs) if pair.is_common]


def _whole(rows: pl.DataFrame, parts: Sequence[int]) -> pl.Series:
    """The hashes of rows, equal for equal rows, whether a batch has exact forms or not."""
    hashes = rows.select(value_of(part) for part in parts).hash_rows(seed=1)
    for part in parts:
        if exact_of(part) in rows.columns:
            exact = rows[exact_of(part)]
            other = pl.lit(hashes) ^ pl.lit(exact.hash(seed=part))
            chosen = pl.when(pl.lit(exact).is_null()).then(pl.lit(hashes)).otherwise(other)
            hashes = pl.select(chosen).to_series()
    return hashes


class Unpaired:
    """The rows of both tables that have found no equal one so far."""

    def __init__(self, old: Comparable, new: Comparable, key: Sequence[int]) -> None:
        """Begins without any.

        Args:
            old: the old table.
            new: the new one.
            key: the places of the fields of the key; none if there is none.
        """
        self._key = key
        self._most_bytes = MOST_BYTES
        self._sides = [_Side(table, key or common(table)) for table in (old, new)]
        self._is_narrow = False

    def add(self, rows: Unequal) -> None:
        """Takes rows."""
        for side, some in zip(self._sides, (rows.old, rows.new), strict=True):
            if some.height:
                hashed = side.hashed(some)
                if self._is_narrow:
                    side.narrow.add(hashed.select(NARROW))
                else:
                    side.hold(hashed)
        if not self._is_narrow and any(side.bytes > self._most_bytes for side in self._sides):
            self._is_narrow = True
            for side in self._sides:
                side.narrowed()

    def paired(self) -> Iterator[Paired]:
        """What became of the rows, in parts; all in one if they are few."""
        if self._is_narrow:
            parts = self._parts()
        else:
            parts = iter([(self._sides[0].whole(), self._sides[1].whole())])
        for old, new in parts:
            if old.height or new.height:
                yield self._paired(old, new)

    def _parts(self) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
        """The rows that differ by their hashes, read again."""
        numbers = self._unlike()
        old, new = (
            side.again(some, self._most_bytes)
            for side, some in zip(self._sides, numbers, strict=True)
        )
        return _in_parts(old, new)

    def _unlike(self) -> tuple[pl.Series, pl.Series]:
        """The numbers of the rows of both tables that are not equal by their hashes, in order."""
        olds, news = [NOTHING[ROW]], [NOTHING[ROW]]
        for old, new in _in_parts(*(side.narrow for side in self._sides)):
            if old.height and new.height:
                equal = by_hashes(old.select(HASH, WHOLE), new.select(HASH, WHOLE))
                old, new = without(old, equal["old"]), without(new, equal["new"])
            olds += [old[ROW]] if old.height else []
            news += [new[ROW]] if new.height else []
        return pl.concat(olds).sort(), pl.concat(news).sort()

    def _paired(self, old: pl.DataFrame, new: pl.DataFrame) -> Paired:
        """What became of rows: of the keys of which there is one among them, all that are left."""
        if not (old.height and new.height):
            old, new = old if old.height else new.clear(), new if new.height else old.clear()
            return Paired(old.clear(), new.clear(), added=new, removed=old)
        equal = by_hashes(old.select(HASH, WHOLE), new.select(HASH, WHOLE))
        old, new = without(old, equal["old"]).sort(ROW), without(new, equal["new"]).sort(ROW)
        pairs = _alike(old, new, self._key) if self._key else NO_PAIRS
        return Paired(
            old[pairs["old"]],
            new[pairs["new"]],
            added=without(new, pairs["new"]),
            removed=without(old, pairs["old"]),
        )


def _in_parts(old: HashedRows, new: HashedRows) -> Iterator[tuple[pl.DataFrame, pl.DataFrame]]:
    """Rows of both tables, those of equal keys together; all in one part if none are on disk."""
    if old.on_disk or new.on_disk:
        most = min(old.most, new.most, MOST_IN_PART)
        for some in ranges_of(old.height + new.height, most):
            yield old.where(some), new.where(some)
    else:
        yield next(old.pieces(), NOTHING), next(new.pieces(), NOTHING)


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
