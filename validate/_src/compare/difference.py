"""What differs between two packages, in frozen values."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MAJOR, MINOR, PATCH, NONE = "major", "minor", "patch", "none"
LEVELS = (NONE, PATCH, MINOR, MAJOR)
"""The parts of a version that a change demands to be raised, the least first."""
ADDED, REMOVED, CHANGED, RENAMED = "added", "removed", "changed", "renamed"


@dataclass(frozen=True)
class Change:
    """A change of a descriptor.

    Attributes:
        change: `added`, `removed`, `changed` or `renamed`.
        what: what kind of thing it is of, such as `resource`, `field`, `type` or `constraint`.
        level: the part of the version that it demands to be raised.
        resource: the resource, by its new name; None for the package.
        field: the field, by its new name; None where it is of no single field.
        name: which one of its kind it is, such as `minLength`; empty where there is only one.
        old: what was there, as JSON has it; None for nothing.
        new: what is there now.
    """

    change: str
    what: str
    level: str
    resource: str | None = None
    field: str | None = None
    name: str = ""
    old: Any = None
    new: Any = None


@dataclass(frozen=True)
class Where:
    """Where a row stands: the file, the record number, the header being 1, and the line."""

    path: str
    row: int
    line: int | None


@dataclass(frozen=True)
class Cell:
    """A cell of a row that is not the same: texts as they are written, None for a missing value."""

    field: str
    old: str | None
    new: str | None


@dataclass(frozen=True)
class RowChange:
    """A row that is not the same.

    Attributes:
        change: `added`, `removed` or `changed`.
        key: the texts of its key; none without a key.
        old: where it stands in the old table; None where it was added.
        new: where it stands in the new one; None where it was removed.
        values: its texts by field: those of the new table, of a removed row those of the old one.
        cells: what has changed in it.
    """

    change: str
    key: tuple[str | None, ...]
    old: Where | None
    new: Where | None
    values: Mapping[str, str | None]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class TableDifference:
    """What differs in the rows of a table.

    Attributes:
        resource: its name, by the new package.
        old_resource: its name by the old one.
        key: the fields by which rows are the same; none where they are compared as a whole.
        fields: all fields, those of the new table in order, then those that it has no more.
        old_rows: how many rows the old table has.
        new_rows: how many the new one has.
        added: how many rows were added.
        removed: how many were removed.
        changed: how many were changed.
        cells: how many cells of each field were changed, without fields of which none was.
        notes: what to know of how they were compared.
        rows: the rows by their kind of change, each in the order of its file; can be read again.
    """

    resource: str
    old_resource: str
    key: tuple[str, ...]
    fields: tuple[str, ...]
    old_rows: int
    new_rows: int
    added: int
    removed: int
    changed: int
    cells: Mapping[str, int]
    notes: tuple[str, ...]
    rows: Mapping[str, Iterable[RowChange]]

    @property
    def same(self) -> bool:
        """Whether no row differs."""
        return not (self.added or self.removed or self.changed)


@dataclass(frozen=True)
class NotCompared:
    """What could not be compared.

    Attributes:
        what: a resource, by its new name, or a part of one of the descriptors.
        why: the reason.
    """

    what: str
    why: str


@dataclass(frozen=True)
class Side:
    """One of the two packages: as it was given, its name, and its version, if it has one."""

    given: str
    name: str
    version: str | None


@dataclass(frozen=True)
class Demand:
    """The version that the changes demand.

    Attributes:
        level: the part to be raised, by the recipe; `none` where nothing changed.
        version: the least version that the new package may have; None where the old one has none
            from which it could be told.
        because: the changes that demand the level, in words.
        is_met: whether the new package has such a version, or a later one; None where one of the
            versions is absent or has another form.
    """

    level: str
    version: str | None
    because: tuple[str, ...]
    is_met: bool | None


@dataclass(frozen=True)
class Difference:
    """What differs between two packages.

    Attributes:
        old: the old package.
        new: the new one.
        changes: what differs in their descriptors.
        tables: the tables that were compared, in the order of the new descriptor.
        not_compared: what could not be compared.
        demand: the version that all this demands.
    """

    old: Side
    new: Side
    changes: tuple[Change, ...]
    tables: tuple[TableDifference, ...]
    not_compared: tuple[NotCompared, ...]
    demand: Demand

    @property
    def same(self) -> bool:
        """Whether nothing differs, as far as it was compared."""
        return not self.changes and all(table.same for table in self.tables)
