"""Two tables compared, row by row."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import polars as pl

from validate._src.compare._changedrows import NEW, OLD, ChangedRows, HeldRows, differing, row_texts
from validate._src.compare._comparable import ROW, Comparable, Pair, Told, pairs_of, value_of
from validate._src.compare._equal import SideBySide
from validate._src.compare._pairing import Paired, Unpaired
from validate._src.compare.difference import (
    ADDED,
    CHANGED,
    REMOVED,
    NotCompared,
    RowChange,
    TableDifference,
)
from validate._src.words.model import TabularResource
from validate._src.words.printing import counted
from validate._src.words.schema import Schema

Renames = Sequence[tuple[str, str]]
"""Fields with another name, each by its old and its new one."""


def compare_tables(
    old: TabularResource, new: TabularResource, renamed: Renames = ()
) -> TableDifference | NotCompared:
    """What differs in the rows of two tables.

    Rows are the same that have the same values of the primary key of the new table, or, where the
    old one lacks a field of it, of that of the old table. Where neither has one that both know,
    whole rows are compared, as often as they stand there. Values are compared as values of their
    types: `1.0` is `1` in a field of numbers; missing values are all the same.

    Args:
        old: the old table.
        new: the new one.
        renamed: fields with another name.
    """
    pairs = pairs_of(old.schema, new.schema, renamed)
    key = key_of(old.schema, new.schema, pairs)
    if not any(pair.is_common for pair in pairs):
        return NotCompared(new.name, "the two tables have no field in common")
    both = _Both(Comparable(old, pairs, is_new=False), Comparable(new, pairs, is_new=True), key)
    found = _Found.of(both)
    for side, told in both.told.items():
        if told.fault:
            return NotCompared(new.name, f"{side}: {told.fault}")
    return found.difference(both)


def key_of(old: Schema, new: Schema, pairs: Sequence[Pair]) -> tuple[int, ...]:
    """The places of the fields by which rows are the same; none if there is no such key."""
    common = [(part, pair) for part, pair in enumerate(pairs) if pair.old and pair.new]
    by_new = {pair.new.name: part for part, pair in common if pair.new}
    by_old = {pair.old.name: part for part, pair in common if pair.old}
    for names, places in ((new.primary_key, by_new), (old.primary_key, by_old)):
        if names and places.keys() >= {*names}:
            return tuple(places[name] for name in names)
    return ()


@dataclass(frozen=True, eq=False)
class _Both:
    """Two tables that are compared.

    Attributes:
        old: the old one.
        new: the new one.
        key: the places of the fields of the key.
    """

    old: Comparable
    new: Comparable
    key: tuple[int, ...]

    @property
    def pairs(self) -> Sequence[Pair]:
        """The fields."""
        return self.new.pairs

    @property
    def told(self) -> Mapping[str, Told]:
        """What is known of both tables."""
        return {OLD: self.old.told, NEW: self.new.told}

    @property
    def withheld(self) -> frozenset[int]:
        """The places of the fields whose values are written nowhere."""
        return frozenset(
            part
            for part, pair in enumerate(self.pairs)
            if pair.restricted
            or (pair.old is not None and pair.old.name in self.old.told.withheld)
            or (pair.new is not None and pair.new.name in self.new.told.withheld)
        )

    def paired(self) -> Iterator[Paired]:
        """The rows that are not equal in both, by what became of them, in parts."""
        unpaired = Unpaired(self.old, self.new, self.key)
        for rows in SideBySide(self.pairs, self.key).unequal(self.old, self.new):
            unpaired.add(rows)
        yield from unpaired.paired()


@dataclass(frozen=True, eq=False)
class _Found:
    """The rows that differ."""

    changed: HeldRows = field(default_factory=lambda: HeldRows(f"{NEW} {ROW}"))
    added: HeldRows = field(default_factory=lambda: HeldRows(f"{NEW} {ROW}"))
    removed: HeldRows = field(default_factory=lambda: HeldRows(f"{OLD} {ROW}"))
    cells: Counter[int] = field(default_factory=Counter[int])

    @classmethod
    def of(cls, both: _Both) -> "_Found":
        """All rows that differ."""
        found, pairs = cls(), both.pairs
        for part in both.paired():
            found.added.add(row_texts(part.added, pairs, NEW))
            found.removed.add(row_texts(part.removed, pairs, OLD))
            if part.old.height:
                found._add_changed(part, pairs)
        return found

    def _add_changed(self, part: Paired, pairs: Sequence[Pair]) -> None:
        differs = differing(part.old, part.new, pairs)
        for name, count in differs.sum().row(0, named=True).items():
            self.cells[int(name.rpartition(" ")[2])] += count
        old, new = row_texts(part.old, pairs, OLD), row_texts(part.new, pairs, NEW)
        self.changed.add(pl.concat([old, new, differs], how="horizontal"))

    def difference(self, both: _Both) -> TableDifference:
        """What differs in two tables."""
        pairs, key, withheld = both.pairs, both.key, both.withheld

        def rows(change: str, held: HeldRows) -> Iterable[RowChange]:
            return ChangedRows(change, pairs, key, held, withheld)

        return TableDifference(
            resource=both.new.resource.name,
            old_resource=both.old.resource.name,
            key=tuple(pairs[part].label for part in key),
            fields=tuple(pair.label for pair in pairs),
            old_rows=both.old.told.rows,
            new_rows=both.new.told.rows,
            added=self.added.count,
            removed=self.removed.count,
            changed=self.changed.count,
            cells={
                pair.label: self.cells[part] for part, pair in enumerate(pairs) if self.cells[part]
            },
            notes=tuple(_notes(both)),
            rows={
                CHANGED: rows(CHANGED, self.changed),
                ADDED: rows(ADDED, self.added),
                REMOVED: rows(REMOVED, self.removed),
            },
        )


def _notes(both: _Both) -> Iterator[str]:
    """What to know of how two tables were compared."""
    if not both.key:
        yield "rows are compared as a whole, as there is no primary key that both tables have"
    for pair in both.pairs:
        if pair.is_common and pair.is_compared_as_written:
            yield f"{pair.label}: of another type now, and compared as it is written"
    for side, told in both.told.items():
        for name in told.absent:
            yield f"{name}: without a column in the {side} table, and so without values there"
        for name, count in told.untyped.items():
            cells = f"{counted(count, 'cell')} of the {side} table not of its type"
            yield f"{name}: {cells}, compared as written"


def renamed_fields(old: TabularResource, new: TabularResource) -> Renames:
    """The fields that are called otherwise now, for sure.

    A field that is gone is the one that is new if both have the same type, a value somewhere, and
    the same values in all rows that both tables have by the key; and if no other field could be.
    """
    pairs = pairs_of(old.schema, new.schema)
    if not key_of(old.schema, new.schema, pairs):
        return ()
    gone = [pair.old for pair in pairs if pair.new is None and pair.old is not None]
    come = [pair.new for pair in pairs if pair.old is None and pair.new is not None]
    fitting = [
        (one.name, other.name)
        for one, other in product(gone, come)
        if (one.type, one.format) == (other.type, other.format)
        and _has_the_same(old, new, (one.name, other.name))
    ]
    return sure(fitting)


def sure(fitting: Iterable[tuple[str, str]]) -> Renames:
    """Of old and new names that fit each other those that fit no other."""
    known = [*fitting]
    olds, news = Counter(one for one, _ in known), Counter(other for _, other in known)
    return [(one, other) for one, other in known if olds[one] == news[other] == 1]


def _has_the_same(old: TabularResource, new: TabularResource, names: tuple[str, str]) -> bool:
    """Whether a field has the values of another in all rows that both tables have."""
    whole = pairs_of(old.schema, new.schema, [names])
    key = [whole[part] for part in key_of(old.schema, new.schema, whole)]
    pairs = (*key, next(pair for pair in whole if pair.is_common and _names(pair) == names))
    places = tuple(range(len(key)))
    watched = _Watched(Comparable(old, pairs, is_new=False), value_of(len(key)))
    news = Comparable(new, pairs, is_new=True)
    unpaired = Unpaired(watched.table, news, places)
    for rows in SideBySide(pairs, places).unequal(watched, news):
        at_once = Unpaired(watched.table, news, places)
        at_once.add(rows)
        if any(part.old.height for part in at_once.paired()):
            return False
        unpaired.add(rows)
    removed = 0
    for part in unpaired.paired():
        if part.old.height:
            return False
        removed += part.removed.height
    sound = not (watched.table.told.fault or news.told.fault)
    return sound and watched.values > 0 and watched.table.told.rows > removed


def _names(pair: Pair) -> tuple[str, str]:
    assert pair.old is not None, "both tables have it"
    assert pair.new is not None, "both tables have it"
    return pair.old.name, pair.new.name


@dataclass(eq=False)
class _Watched:
    """A table of which is counted in how many rows a column has a value."""

    table: Comparable
    column: str
    values: int = 0

    def __iter__(self) -> Iterator[pl.DataFrame]:
        for frame in self.table:
            self.values += frame.height - frame[self.column].null_count()
            yield frame
