"""Equal rows of two tables, set aside while both are read.

Rows that are equal in all that is compared need no other look, and in most pairs of tables nearly
all of them are, in the same order. So both are read side by side, and what stands in the same place
is compared as whole columns. Where a row more on one side has moved all that follow, the next that
both have is looked for, near by and then as far as rows are in memory, which are some batches of
each table. A row that finds no equal one here may have one that stands far away: `_pairing` looks
for it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import polars as pl

from validate._src.compare._comparable import Pair, exactly, text_of, value_of
from validate._src.fields.natives import written

FEWEST = 2**13
"""Rows that are compared at once at least, as a query has a fixed price; while all goes well twice
as many the next time, or after each row that was moved the rest of a batch would be compared."""
NEAR = 2**6
"""Rows in which what both have is looked for first, before all that are in memory are hashed."""
APART = 2**11
"""Rows between two places at which rows have moved, below which all in memory are looked through:
looking near by costs some milliseconds each time."""
INDEX, AGAIN = "index", "again"


@dataclass(eq=False)
class _Ahead:
    """The rows of a table that were read and not looked at yet.

    Attributes:
        batches: those that follow.
        rows: the rows.
        count: how many batches were read.
    """

    batches: Iterator[pl.DataFrame]
    rows: pl.DataFrame = field(default_factory=pl.DataFrame)
    count: int = 0

    def fill(self) -> bool:
        """Reads on, unless there is enough; whether there are any rows."""
        while self.rows.height < FEWEST:
            batch = next(self.batches, None)
            if batch is None:
                break
            self.count += 1
            self.rows = stacked([self.rows, batch]) if self.rows.height else batch
        return self.rows.height > 0

    def take(self, count: int) -> pl.DataFrame:
        """The first of them, which are then looked at."""
        taken, self.rows = self.rows.slice(0, count), self.rows.slice(count)
        return taken

    def rest(self) -> Iterator[pl.DataFrame]:
        """All that are left."""
        while self.fill():
            yield self.take(self.rows.height)


@dataclass(frozen=True, eq=False)
class Unequal:
    """Rows of both tables that have found no equal one so far."""

    old: pl.DataFrame
    new: pl.DataFrame


def _together(rows: Sequence[Unequal]) -> Unequal:
    """Rows that were found one after the other."""
    old, new = ([getattr(one, side) for one in rows] for side in ("old", "new"))
    return Unequal(
        *(stacked([one for one in some if one.height] or some[:1]) for some in (old, new))
    )


NO_PAIRS = pl.DataFrame(schema={"old": pl.UInt32, "new": pl.UInt32})


@dataclass(eq=False)
class SideBySide:
    """Two tables that are read side by side.

    Attributes:
        pairs: their fields.
        key: the places of the fields by which rows are the same; all, if there are none.
    """

    pairs: Sequence[Pair]
    key: Sequence[int]

    def unequal(
        self, old: Iterable[pl.DataFrame], new: Iterable[pl.DataFrame]
    ) -> Iterator[Unequal]:
        """The rows that have no equal one near the place in which they stand.

        Args:
            old: the rows of the old table in batches, as `Comparable` gives them.
            new: those of the new one.
        """
        olds, news = _Ahead(iter(old)), _Ahead(iter(new))
        found: list[Unequal] = []
        read = 0
        for one in self._steps(olds, news):
            found.append(one)
            if olds.count + news.count > read:  # or rows of many batches would keep all of these
                read = olds.count + news.count
                yield _together(found)
                found = []
        yield from [_together(found)] if found else []
        for rows in olds.rest():
            yield Unequal(rows, rows.clear())
        for rows in news.rest():
            yield Unequal(rows.clear(), rows)

    def _steps(self, olds: _Ahead, news: _Ahead) -> Iterator[Unequal]:
        """Goes through both tables as long as both have rows."""
        most = FEWEST
        while olds.fill() and news.fill():
            count = min(olds.rows.height, news.rows.height, most)
            taken = self._same_places(olds.rows.slice(0, count), news.rows.slice(0, count))
            yield _unlike(olds.take(taken.count), news.take(taken.count), taken.equal)
            most = 2 * most if taken.count == count else FEWEST
            if taken.count < count:
                yield self._brought_together(olds, news, is_near=taken.count >= APART)

    def _same_places(self, old: pl.DataFrame, new: pl.DataFrame) -> "_SamePlaces":
        """How far the same rows stand in the same places."""
        equal = self.are_equal(old, new)
        if equal is None:
            return _SamePlaces(old.height, None)
        same = self.are_equal(old, new, self.key) if self.key else equal
        count = old.height if same is None else (~same).arg_true()[0]
        return _SamePlaces(count, equal.head(count))

    def _brought_together(self, olds: _Ahead, news: _Ahead, *, is_near: bool) -> Unequal:
        """Takes all before the first row that both have near by, or up to the last of all."""
        near = self._pairs(olds.rows.head(NEAR), news.rows.head(NEAR)) if is_near else NO_PAIRS
        if near.height:
            first = near.sort(pl.max_horizontal("old", "new")).row(0)
            ends = first if any(first) else (1, 1)  # of equal hashes, and yet not the same
            return Unequal(olds.take(ends[0]), news.take(ends[1]))
        pairs = self._pairs(olds.rows, news.rows)
        if not pairs.height:
            return self._none_in_common(olds, news)
        ends = pairs.select(pl.col("old", "new").max() + 1).row(0)
        equal = self.are_equal(olds.rows[pairs["old"]], news.rows[pairs["new"]])
        alike = pairs if equal is None else pairs.filter(equal)
        taken = (
            without(side.take(end), alike[name])
            for side, end, name in zip((olds, news), ends, ("old", "new"), strict=True)
        )
        return Unequal(*taken)

    def _pairs(self, old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
        """The same rows of both by their hashes: equal ones, where there is no key."""
        names = [value_of(part) for part in self.key or self._common]
        return paired(old.select(names), new.select(names))

    @property
    def _common(self) -> list[int]:
        return [part for part, pair in enumerate(self.pairs) if pair.is_common]

    def _none_in_common(self, olds: _Ahead, news: _Ahead) -> Unequal:
        """Takes the rows of the table that is behind in the order of keys, or else of both."""
        behind = self._behind(olds.rows, news.rows)
        return Unequal(
            olds.take(0 if behind == "new" else olds.rows.height),
            news.take(0 if behind == "old" else news.rows.height),
        )

    def _behind(self, old: pl.DataFrame, new: pl.DataFrame) -> str | None:
        """Which table ends before the other begins, if both are in the order of keys."""
        names = [value_of(part) for part in self.key]
        if not names:
            return None
        begin, end = ([rows.select(names).row(at) for rows in (old, new)] for at in (0, -1))
        if any(None in one for one in (*begin, *end)):
            return None
        if end[0] < begin[1]:
            return "old"
        return "new" if end[1] < begin[0] else None

    def are_equal(
        self, old: pl.DataFrame, new: pl.DataFrame, parts: Sequence[int] | None = None
    ) -> pl.Series | None:
        """Whether n rows are equal to n others, one by one; None if all are.

        Args:
            old: the rows.
            new: the others.
            parts: the places of the fields that are looked at, if not all are.
        """
        unlike: pl.Series | None = None
        for part in self._common if parts is None else parts:
            one = self._different(old, new, part)
            if one is not None:
                unlike = one if unlike is None else unlike | one
        return None if unlike is None else ~unlike

    def _different(self, old: pl.DataFrame, new: pl.DataFrame, part: int) -> pl.Series | None:
        """Which of n values of a field differ; None if none does.

        Only where values are equal and are written in different ways it is asked whether they are
        so exactly.
        """
        differs = old[value_of(part)].ne_missing(new[value_of(part)])
        texts = [rows[text_of(part)] for rows in (old, new) if text_of(part) in rows.columns]
        doubtful = _doubtful(texts, ~differs) if texts else None
        if doubtful is not None and doubtful.any():
            at = doubtful.arg_true()
            differs = differs.scatter(at, self._differ_exactly(old[at], new[at], part))
        return differs if differs.any() else None

    def _differ_exactly(self, old: pl.DataFrame, new: pl.DataFrame, part: int) -> pl.Series:
        """Which of n values of a field that are equal in their Polars type are not so exactly."""
        pair = self.pairs[part]
        assert pair.old is not None, "both tables have it"
        assert pair.new is not None, "both tables have it"
        first, second = exactly(old, part, pair.old), exactly(new, part, pair.new)
        nothing = pl.repeat(None, old.height, dtype=pl.String, eager=True)
        return (nothing if first is None else first).ne_missing(
            nothing if second is None else second
        )


@dataclass(frozen=True)
class _SamePlaces:
    """How far the same rows stand in the same places.

    Attributes:
        count: how many do.
        equal: whether each of them is equal in both tables; None if all are.
    """

    count: int
    equal: pl.Series | None


def _unlike(old: pl.DataFrame, new: pl.DataFrame, equal: pl.Series | None) -> Unequal:
    """The rows that are not equal to those in the same place."""
    if equal is None:
        return Unequal(old.clear(), new.clear())
    unlike = ~equal
    return Unequal(old.filter(unlike), new.filter(unlike))


def _doubtful(texts: Sequence[pl.Series], equal: pl.Series) -> pl.Series:
    """Which of n equal values are not written alike, or are native in one table and text in one.

    Args:
        texts: the n cells of both tables, or of one, if the other has none beside the values.
        equal: whether the values are equal.
    """
    if len(texts) < 2 or texts[0].dtype != texts[1].dtype:
        return equal
    return equal & texts[0].ne_missing(texts[1])


def paired(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """Rows of equal hashes; of several the first with the first.

    Args:
        old: rows with some columns.
        new: rows with the same columns.

    Returns:
        The indexes of n rows in `old`, and of the n rows in `new` that go with them.
    """
    return by_hashes(_hashes(old), _hashes(new))


def _hashes(values: pl.DataFrame) -> pl.DataFrame:
    """Two hashes of each row: of 64 bits one would now and then be shared by rows that differ."""
    return pl.DataFrame([values.hash_rows(seed=seed).alias(f"hash {seed}") for seed in (0, 1)])


def by_hashes(old: pl.DataFrame, new: pl.DataFrame) -> pl.DataFrame:
    """As `paired`, of rows of which the hashes are given, in columns of the same names."""
    on = [*old.columns, AGAIN]
    found = _numbered(old).join(_numbered(new), on=on, how="inner", suffix=" of new")
    return found.select(pl.col(INDEX).alias("old"), pl.col(f"{INDEX} of new").alias("new"))


def _numbered(hashes: pl.DataFrame) -> pl.DataFrame:
    """Hashes, each with its index, and with its number among those that are equal."""
    repeats = hashes[:, 0].n_unique() < hashes.height
    again = pl.int_range(pl.len()).over(hashes.columns) if repeats else pl.lit(0, pl.Int64)
    return hashes.with_columns(again.alias(AGAIN)).with_row_index(INDEX)


def without(rows: pl.DataFrame, indexes: pl.Series) -> pl.DataFrame:
    """Rows but for those at some indexes."""
    kept = pl.repeat(True, rows.height, dtype=pl.Boolean, eager=True)
    return rows.filter(kept.scatter(indexes, False))


def stacked(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Frames one below the other; a column that a batch lacks is null there.

    Texts that are native columns in one batch and texts in another are texts in all.
    """
    types: dict[str, set[pl.DataType]] = {}
    for frame in frames:
        for name, dtype in frame.schema.items():
            types.setdefault(name, set()).add(dtype)
    mixed = {name for name, found in types.items() if len(found) > 1 and name.startswith("text ")}
    alike = [
        frame.with_columns(written(frame[name]) for name in mixed & set(frame.columns))
        for frame in frames
    ]
    return pl.concat(alike, how="diagonal_relaxed")
