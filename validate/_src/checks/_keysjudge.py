"""What judges the keys of some rows, and what it leaves to be seen with those of others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

import polars as pl

from validate._src.checks._references import (
    Known,
    Referring,
    dangling,
    rows_without,
    target_values,
)
from validate._src.checks._uniqueness import Hashed, Uniqueness, empty_primary_keys, uniquenesses
from validate._src.checks.check import Fact
from validate._src.reading.stretches import Stretch
from validate._src.tables.table import Table
from validate._src.words.outcome import Outcome
from validate._src.words.schema import ForeignKey
from validate._src.words.shift import Shift


@dataclass(frozen=True, eq=False)
class Keys(Fact):
    """The keys of a batch.

    Attributes:
        columns: the fields that have a column; None where nobody knows.
        breaks_off: the file that could not be read to its end, if one could not.
        hashed: the hashes of each key whose values may stand in one row only.
        values: the values of each key that others refer to, by its fields.
        references: the values of each foreign key that was not looked up.
        stretch: where the rows stand, if they can be read again by that; None without rows.
        rows: how many rows there are.
    """

    columns: list[str] | None
    breaks_off: str
    hashed: Mapping[Uniqueness, Hashed]
    values: Mapping[tuple[str, ...], pl.DataFrame]
    references: Mapping[ForeignKey, Referring]
    stretch: Stretch | None
    rows: int

    def moved(self, shift: Shift) -> Self:
        """The same where the rows stand."""
        return replace(
            self,
            hashed={unique: hashed.moved(shift) for unique, hashed in self.hashed.items()},
            references={key: values.moved(shift) for key, values in self.references.items()},
            stretch=None if self.stretch is None else self.stretch.moved(shift),
        )


@dataclass(frozen=True, eq=False)
class KeysJudge:
    """Judges the keys of some rows as far as that can be.

    Attributes:
        referred_to: the keys of the table that others refer to, each by its fields.
        targets: the values that each of its foreign keys may have; None where they are unknown.
    """

    referred_to: tuple[tuple[str, ...], ...]
    targets: Mapping[ForeignKey, Known | None]

    def batch(self, table: Table) -> Iterator[Outcome | Fact]:
        """Reports empty primary keys and dangling references, and gives the keys."""
        yield from empty_primary_keys(table)
        references: dict[ForeignKey, Referring] = {}
        for key, targets in self.targets.items():
            if not table.has(key.fields):
                continue
            if targets is None:
                references[key] = Referring.of(table, key.fields)
            else:
                yield from dangling(table, key, rows_without(table, key, targets))
        yield Keys(
            table.resource.name,
            columns=table.cells.columns if table.complete or table.cells.columns else None,
            breaks_off="" if table.complete else table.last_location,
            hashed={
                unique: Hashed.of(table, unique.fields)
                for unique in uniquenesses(table.schema)
                if table.has(unique.fields)
            },
            values={
                names: target_values(table, names) for names in self.referred_to if table.has(names)
            },
            references=references,
            stretch=table.stretch,
            rows=len(table.rows),
        )
