"""Keys: primary and unique keys, unique constraints, foreign keys and their cycles.

Of the keys of a large table only hashes are kept, and of the references to it the
distinct values. Only where a hash repeats, or a value is not found, the table is read
again, and the values themselves are compared.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import polars as pl

from validate._src.checks.check import Check
from validate._src.fields.types import FIELD_TYPES
from validate._src.tables.dataset import Dataset
from validate._src.tables.table import Table, compacted, read_batches
from validate._src.words.codes import FOREIGN_KEY_CODES
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import Package, TabularResource
from validate._src.words.outcome import Checked, NotChecked, Outcome
from validate._src.words.schema import ForeignKey, Schema

INDEX, FIRST = "index", "first"
INDEX_OF_NONE = pl.lit(None, pl.get_index_type()).alias(INDEX)
COMPACT_AT = 500_000
STEPS = 20
MOST_TARGETS = 500_000
COUNTED = {
    "primary-key": "primary keys", "unique-key": "unique keys", "foreign-key": "foreign keys",
}  # fmt: skip
NAMES = {"primary-key": "primary key", "unique-key": "unique key", "unique-error": "uniqueness of"}


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


@dataclass
class _Hashes:
    """The hashes of a key's values over the batches of its table.

    Most tables are sorted by a key: where each value is greater than the one before, none
    can repeat, and the hashes are not looked at. Off: +0.5 % on a registry of 300,000 rows,
    +3.5 % for a million, +4.4 % for ten (benchmarks/tricks.py).
    """

    batches: list[pl.Series] = field(default_factory=list[pl.Series])
    rows: list[pl.Series] = field(default_factory=list[pl.Series])
    last: Any = None
    ascending: bool = True

    def add(self, table: Table, names: Sequence[str]) -> None:
        values = _key_frame(table, names)
        hashes, rows = _hashes_of(values), table.rows
        if any(column.null_count() for column in values):
            known = values.select(pl.all_horizontal(pl.all().is_not_null())).to_series()
            hashes, rows = hashes.filter(known), rows.filter(known)
        self.batches.append(hashes)
        self.rows.append(rows)
        if self.ascending and len(hashes):
            self.ascending = len(names) == 1 and self._goes_on(values["0"], hashes)

    def _goes_on(self, values: pl.Series, hashes: pl.Series) -> bool:
        """Whether each of these values is greater than the one before."""
        before, self.last = self.last, values[-1]
        return (
            not values.null_count()
            and (before is None or before < values[0])
            and values.is_sorted()
            and not (hashes.slice(1) == hashes.slice(0, len(hashes) - 1)).any()
        )

    def repeated(self) -> "_Repeated":
        """The hashes that stand more than once, and where they do."""
        if not self.batches or self.ascending:
            return _Repeated(pl.Series(dtype=pl.UInt64), pl.Series(dtype=pl.Int64))
        hashes = pl.concat(self.batches).sort()
        hashes = hashes.filter(hashes == hashes.shift(1)).unique()
        listed = hashes.implode()
        rows = [
            rows.filter(batch.is_in(listed))
            for batch, rows in zip(self.batches, self.rows, strict=True)
        ]
        return _Repeated(hashes, pl.concat(rows))


@dataclass(frozen=True)
class _Repeated:
    """Hashes that stand more than once, and the numbers of the rows in which they do."""

    hashes: pl.Series
    rows: pl.Series


@dataclass
class _References:
    """The distinct values of a foreign key over the batches of its table."""

    frames: list[pl.DataFrame] = field(default_factory=list[pl.DataFrame])
    rows: int = 0

    def add(self, table: Table, names: Sequence[str]) -> None:
        values = compacted(_key_values(table, names).drop(INDEX).unique())
        self.frames.append(values)
        self.rows += values.height
        if self.rows > COMPACT_AT:
            self.frames = [self.distinct()]
            self.rows = -self.frames[0].height

    def distinct(self) -> pl.DataFrame:
        """The values, each once."""
        return pl.concat(self.frames).unique()


@dataclass
class _Targets:
    """The values of a key that others refer to, or None once there are too many to keep.

    Not kept: +31 % on a registry whose rows refer to each other (benchmarks/tricks.py).
    """

    frames: list[pl.DataFrame] | None = field(default_factory=list[pl.DataFrame])
    rows: int = 0

    def add(self, table: Table, names: Sequence[str]) -> None:
        self.rows += table.values.height
        if self.frames is None or self.rows > MOST_TARGETS:
            self.frames = None
        else:
            self.frames.append(compacted(_key_values(table, names).drop(INDEX)))

    @cached_property
    def values(self) -> pl.DataFrame:
        """The values in one frame, once the table was read."""
        assert self.frames is not None
        return pl.concat(self.frames)

    @cached_property
    def listed(self) -> pl.Series:
        """The values of a single field in one list, which is how Polars looks them up."""
        return self.values.to_series().implode()


class KeysCheck(Check):
    """Judges the rows of every table by its keys.

    Source: Data Package 2.0, Table Schema, "primaryKey", "uniqueKeys", "foreignKeys"
    and the constraint "unique".
    """

    def __init__(self, package: Package) -> None:
        """Prepares for the tables of a package."""
        super().__init__(package)
        self._columns: dict[str, list[str]] = {}
        self._complete: dict[str, bool] = {}
        self._hashes: dict[tuple[str, Uniqueness], _Hashes] = {}
        self._references: dict[tuple[str, ForeignKey], _References] = {}
        self._targets = {target: _Targets() for target in _referenced(package)}

    def batch(self, table: Table) -> Iterator[Outcome]:
        """Reports empty primary keys and dangling references, and remembers keys."""
        name = table.resource.name
        self._columns[name], self._complete[name] = table.text.columns, table.complete
        yield from _empty_primary_keys(table)
        for unique in _uniquenesses(table.schema):
            if table.has(unique.fields):
                self._hashes.setdefault((name, unique), _Hashes()).add(table, unique.fields)
        for (resource, names), targets in self._targets.items():
            if resource == name and table.has(names):
                targets.add(table, names)
        for key in table.schema.foreign_keys:
            if not table.has(key.fields):
                continue
            targets = self._known_targets(table.resource, key)
            if targets is None:
                self._references.setdefault((name, key), _References()).add(table, key.fields)
            else:
                yield from _dangling(table, key, _rows_without(table, key, targets))

    def end(self, dataset: Dataset) -> Iterator[Outcome]:
        """Judges the keys of all rows together."""
        for resource in self.package.tables.values():
            yield from self._judgeable(resource)
            for key in resource.schema.foreign_keys:
                if key.acyclic and self._why_not(resource, key) is None:
                    yield from _cycles(dataset.tables[resource.name], key)
            yield from self._read_again(resource)

    def _judgeable(self, resource: TabularResource) -> Iterator[Outcome]:
        """Counts the keys of a resource that can be judged, and names the others."""
        counts = Counter(dict.fromkeys(COUNTED.values(), 0))
        for unique in _uniquenesses(resource.schema):
            columns = self._columns.get(resource.name, [])
            if set(unique.fields) <= set(columns):
                counts.update([COUNTED[unique.code]] if unique.code in COUNTED else [])
            elif resource.name in self._columns:
                what = f"{NAMES[unique.code]} {resource.name}.{_listed(unique.fields)}"
                why = f"{resource.location} has no column for it"
                yield NotChecked(what, why, frozenset({unique.code}), resource.name)
        for key in resource.schema.foreign_keys:
            why = self._why_not(resource, key)
            if why is None:
                counts["foreign keys"] += 1
            else:
                what = f"foreign key {resource.name}.{_listed(key.fields)}"
                yield NotChecked(what, why, FOREIGN_KEY_CODES, resource.name)
        yield from (Checked(what, count) for what, count in counts.items())

    def _read_again(self, resource: TabularResource) -> Iterator[Outcome]:
        """Finds the rows whose key an earlier row has, and those that refer to no row.

        With all columns: +26 % on the benchmark's table with faults; with all rows: +6 %.
        """
        repeated = {
            unique: hashes.repeated()
            for (name, unique), hashes in self._hashes.items()
            if name == resource.name
        }
        repeated = {unique: found for unique, found in repeated.items() if len(found.rows)}
        missing = {
            key: self._missing(key, references.distinct())
            for (name, key), references in self._references.items()
            if name == resource.name and self._why_not(resource, key) is None
        }
        missing = {key: values for key, values in missing.items() if values.height}
        if not repeated and not missing:
            return
        needed = {name for one in (*repeated, *missing) for name in one.fields}
        needed.update(resource.schema.primary_key)
        rows = None
        if not missing:
            rows = pl.concat([found.rows for found in repeated.values()]).unique().sort()
        seen: dict[Uniqueness, pl.DataFrame] = {}
        for table in read_batches(resource, only=needed, rows=rows):
            for unique, found in repeated.items():
                repeats, seen[unique] = _repeats_in(table, unique, found.hashes, seen.get(unique))
                if repeats.height:
                    yield _repeated(table, unique, repeats)
            for key, values in missing.items():
                yield from _dangling(table, key, _rows_with(table, key, values))

    def _known_targets(self, child: TabularResource, key: ForeignKey) -> _Targets | None:
        """The values that a foreign key may have, if their table was read and they were kept."""
        if key.resource == child.name or self._why_not(child, key) is not None:
            return None
        targets = self._targets[key.resource, key.reference_fields]
        return None if targets.frames is None else targets

    def _missing(self, key: ForeignKey, values: pl.DataFrame) -> pl.DataFrame:
        """Those of the values that no row of the referenced table has."""
        targets = self._targets[key.resource, key.reference_fields].frames
        if targets is None:
            targets = _read_targets(self.package.tables[key.resource], key)
        for frame in targets:
            if values.is_empty():
                break
            values = values.join(frame, on=values.columns, how="anti")
        return values

    def _why_not(self, child: TabularResource, key: ForeignKey) -> str | None:
        """Why a foreign key cannot be judged, or None when nothing yet speaks against it."""
        parent = self.package.resources[key.resource]
        if isinstance(parent, TabularResource) and (
            _dtypes(child, key.fields) != _dtypes(parent, key.reference_fields)
        ):
            return "its fields are of other types than those that they refer to"
        for resource, names in ((child, key.fields), (parent, key.reference_fields)):
            if resource.name not in self._columns:
                return f"the rows of {resource.name} cannot be read"
            if not set(names) <= set(self._columns[resource.name]):
                return f"{resource.location} has no column for it"
        if not self._complete[parent.name]:
            return f"{parent.location} could not be read to its end"
        return None


def _dtypes(resource: TabularResource, names: Sequence[str]) -> list[pl.DataType]:
    """What the values of fields are in Polars."""
    return [FIELD_TYPES[resource.schema.field(name).type].dtype for name in names]


def _uniquenesses(schema: Schema) -> Iterator[Uniqueness]:
    if schema.primary_key:
        yield Uniqueness(schema.primary_key, "primary-key", None)
    for one in schema.fields:
        if one.constraints.get("unique") is True:
            yield Uniqueness((one.name,), "unique-error", "unique")
    for key in schema.unique_keys:
        yield Uniqueness(key, "unique-key", "uniqueKeys")


def _empty_primary_keys(table: Table) -> Iterator[FindingFrame]:
    key = table.schema.primary_key
    if not key or not table.has(key):
        return
    empty = table.text.select(pl.all_horizontal(pl.col(*key).is_null()).arg_true()).to_series()
    if not empty.is_empty():
        message = f"the primary key {_listed(key)} is empty"
        yield table.findings_at(empty, "primary-key", message)


def _repeats_in(
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
    names = unique.fields
    values = _key_values(table, names)
    values = values.filter(_hashes_of(values.drop(INDEX)).is_in(hashes.implode()))
    columns = values.columns[1:]
    rows = values.with_columns(pl.lit(table.rows.gather(values[INDEX])).alias(FIRST))
    if seen is not None:
        rows = pl.concat([seen, rows], how="diagonal")
    own = rows[FIRST]
    # A join would not always find NaN equal to itself.
    rows = rows.with_columns(pl.col(FIRST).first().over(columns))
    firsts = rows.unique(columns, keep="first", maintain_order=True)
    return rows.filter(own != rows[FIRST]), compacted(firsts.with_columns(INDEX_OF_NONE))


def _repeated(table: Table, unique: Uniqueness, repeats: pl.DataFrame) -> FindingFrame:
    single = len(unique.fields) == 1 and unique.code == "unique-error"
    message = repeats.select(
        pl.format("row {} has the same {}", FIRST, pl.lit(_listed(unique.fields)))
    ).to_series()
    return table.findings_at(
        repeats[INDEX],
        unique.code,
        message,
        field=unique.fields[0] if single else None,
        rule=unique.rule,
        value=_cells(table, repeats[INDEX], unique.fields),
    )


def _referenced(package: Package) -> set[tuple[str, tuple[str, ...]]]:
    """The keys that foreign keys refer to, as resource and fields."""
    return {
        (key.resource, key.reference_fields)
        for resource in package.tables.values()
        for key in resource.schema.foreign_keys
    }


def _read_targets(parent: TabularResource, key: ForeignKey) -> Iterator[pl.DataFrame]:
    for table in read_batches(parent, only=set(key.reference_fields)):
        yield _key_values(table, key.reference_fields).drop(INDEX)


def _rows_without(table: Table, key: ForeignKey, targets: _Targets) -> pl.Series:
    """The indexes of rows that refer to no target; one with a null refers to nothing."""
    if len(key.fields) == 1:  # a look-up takes half the time of a join
        return (~table.values[key.fields[0]].is_in(targets.listed)).arg_true()
    rows, values = _key_values(table, key.fields), targets.values
    return rows.join(values, on=values.columns, how="anti", maintain_order="left")[INDEX]


def _rows_with(table: Table, key: ForeignKey, values: pl.DataFrame) -> pl.Series:
    """The indexes of rows that refer to one of the values."""
    rows = _key_values(table, key.fields)
    return rows.join(values, on=values.columns, how="semi", maintain_order="left")[INDEX]


def _dangling(table: Table, key: ForeignKey, indexes: pl.Series) -> Iterator[FindingFrame]:
    """What to say of rows that refer to no row."""
    if len(indexes):
        yield table.findings_at(
            indexes,
            "foreign-key",
            f"no row of {key.resource}.{_listed(key.reference_fields)} has this value",
            field=key.fields[0] if len(key.fields) == 1 else None,
            rule="foreignKeys",
            value=_cells(table, indexes, key.fields),
        )


def _key_frame(table: Table, names: Sequence[str]) -> pl.DataFrame:
    """Values of a key as columns `0`, `1`, …; null where missing or of the wrong type."""
    return pl.DataFrame([table.values[name].alias(str(part)) for part, name in enumerate(names)])


def _key_values(table: Table, names: Sequence[str]) -> pl.DataFrame:
    """The values of a key after the row's `index`, rows with nulls left out."""
    return _key_frame(table, names).with_row_index(INDEX).drop_nulls()


def _hashes_of(values: pl.DataFrame) -> pl.Series:
    return (values.to_series() if values.width == 1 else values.to_struct()).hash()


def _cycles(table: Table, key: ForeignKey) -> Iterator[Outcome]:
    (reference,), (name,) = key.fields, key.reference_fields
    keys = table.values[name].to_list()
    following = dict(zip(keys, table.values[reference].to_list(), strict=True))
    indexes = {key: index for index, key in reversed([*enumerate(keys)])}
    found = [(indexes[step], _round(circle)) for circle in _circles(following) for step in circle]
    if found:
        at, messages = map(pl.Series, zip(*found, strict=True))
        yield table.findings_at(at, "foreign-key-cycle", messages, field=reference)


def _round(circle: Sequence[Any]) -> str:
    """What to say of a circle, or of its first steps."""
    steps = circle if len(circle) <= STEPS else [*circle[:STEPS], "…"]
    return f"leads back to itself: {' → '.join(map(str, [*steps, circle[0]]))}"


def _circles(following: Mapping[Any, Any]) -> Iterator[list[Any]]:
    """The circles of a graph in which every node has at most one successor."""
    visited: set[Any] = set()
    for start in following:
        path: dict[Any, None] = {}
        node = start
        while node is not None and node not in visited and node not in path:
            path[node] = None
            node = following.get(node)
        if node in path:
            steps = list(path)
            yield steps[steps.index(node) :]
        visited.update(path)


def _cells(table: Table, indexes: pl.Series, names: Sequence[str]) -> pl.Series:
    """The cells of a key as text, for rows at these indexes."""
    parts = [table.text[name].gather(indexes).fill_null("").alias(name) for name in names]
    return pl.select(pl.concat_str([pl.lit(part) for part in parts], separator=", ")).to_series()


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"({', '.join(names)})"
