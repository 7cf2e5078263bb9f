"""Typed frames: rows of a table, be it all of them or a batch, with their row and line numbers.

Everything that looks at values works on them: a missing cell is null in `cells`, and null
in `values` like a text that is not of its field's type.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise, repeat
from operator import itemgetter
from typing import Protocol, TypeVar

import polars as pl

from validate._src.fields.natives import is_written, written
from validate._src.fields.types import FIELD_TYPES
from validate._src.reading.stretches import Stretch
from validate._src.tables._parts import all_cut, filled, findings_with, keys_of, texts_of
from validate._src.words.cells import Sheet
from validate._src.words.codes import ERROR
from validate._src.words.finding import WITHHELD
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import TabularResource
from validate._src.words.schema import Field, Schema
from validate._src.words.shift import Shift

Rows = TypeVar("Rows", pl.Series, pl.DataFrame)

SPARSE = 2**-4  # the share of rows up to which to pick them by their indexes takes less time
MOST_CUT = 64  # rows that are cut out: each leaves two pieces
BEYOND = "an integer is beyond 64 bits, or a date too far away, and SQL knows nothing of it"
"""Why rules are not judged in rows that hold a value for which Polars has no type."""


class _Pick(Protocol):
    """Picks rows of a frame, or of a column."""

    def __call__(self, rows: Rows, /) -> Rows: ...


@dataclass(frozen=True)
class Table:
    """Rows of a resource, all of them or a batch, blank ones left out.

    Attributes:
        location: the file they stand in, as findings name it; of several the first.
        sheet: where they stand in a workbook; None in other formats.
        others: the other files, each with the number of its first record, its header counted, and
            where that stands.
        withheld: the fields whose values are written nowhere: the restricted ones, and all where
            the header does not say for sure which column is whose.
        astray: n times whether the cells of a row may stand in columns of others, so that none
            of them is written; None where nothing is withheld, or no row is so.
        rows: n record numbers, the header being 1.
        lines: n physical lines on which the records start, from 1; null where the format
            has no lines.
        cells: n rows by field, for the fields that have a column: texts, or what formats have whose
            columns have types.
        values: n rows of typed values by field.
        kinds: what the cells of a field are in a format that knows numbers and such, n names by
            field; those of texts alone are left out.
        findings: faults of structure.
        complete: whether the file could be read to here.
        columns: what the columns are called, in their order: each by its field, or by its label.
        fieldless: whether there are rows that are left out, as no column is a field.
        stretch: where the rows stand, if they can be read again by that.
    """

    resource: TabularResource
    location: str
    rows: pl.Series
    lines: pl.Series
    cells: pl.DataFrame
    values: pl.DataFrame
    kinds: Mapping[str, pl.Series] = field(default_factory=dict[str, pl.Series])
    findings: Iterable[FindingFrame] = ()
    complete: bool = True
    others: tuple[tuple[int, str, Sheet | None], ...] = ()
    columns: tuple[str, ...] = ()
    fieldless: bool = False
    withheld: frozenset[str] = frozenset()
    astray: pl.Series | None = None
    sheet: Sheet | None = None
    stretch: Stretch | None = None

    @cached_property
    def schema(self) -> Schema:
        """The schema of the resource."""
        return self.resource.schema

    @cached_property
    def fields(self) -> list[Field]:
        """The fields that have a column."""
        return [field for field in self.schema.fields if field.name in self._columns]

    @cached_property
    def _columns(self) -> frozenset[str]:
        return frozenset(self.cells.columns)

    @cached_property
    def text(self) -> pl.DataFrame:
        """Rows of text by field; to ask `cells` for nulls, or for a few texts, takes less time."""
        others = [written(cell) for cell in self.cells if not is_written(cell)]
        return self.cells.with_columns(others) if others else self.cells

    def text_at(self, name: str, indexes: pl.Series) -> pl.Series:
        """The texts of a field in m rows; null where missing."""
        return written(self.cells[name][indexes])

    @cached_property
    def key_fields(self) -> tuple[str, ...]:
        """The fields whose values name a row; none if one of them has no column."""
        names = self.schema.primary_key or self.schema.row_key
        return names if self.has(names) else ()

    def has(self, names: Sequence[str]) -> bool:
        """Whether each of these fields has a column."""
        return self._columns.issuperset(names)

    def why_without(self, names: Sequence[str]) -> str | None:
        """Why nobody can look at all rows of these fields; None if they are there."""
        if not self.complete:
            return f"{self.resource.name} could not be read to the end"
        if not self.has(names):
            return f"{self.resource.name} has no column for {' or '.join(names)}"
        return None

    def exactly(self, name: str) -> pl.Series | None:
        """What the values of a field are exactly, where the Polars type does not say so.

        Returns:
            n texts that equal values share, null elsewhere; None if there are none.
        """
        field = self.schema.field(name)
        exactness = FIELD_TYPES[field.type].exactness
        if exactness is None:
            return None
        return exactness.exactly(self.cells[name], self.values[name], field)

    def beyond(self, name: str) -> pl.Series | None:
        """As `exactly`, but only of values that the Polars type does not hold at all."""
        field = self.schema.field(name)
        exactness = FIELD_TYPES[field.type].exactness
        if exactness is None:
            return None
        return exactness.beyond(self.cells[name], self.values[name], field)

    def count_beyond(self, names: Iterable[str]) -> int:
        """In how many rows one of these fields has a value that its Polars type does not hold."""
        found = [one for one in map(self.beyond, names) if one is not None]
        if not found:
            return 0
        return pl.select(pl.any_horizontal(pl.lit(one).is_not_null() for one in found).sum()).item()

    def key(self, index: int) -> tuple[str, ...]:
        """The primary key of the row at `index`, as text; empty when the table has none."""
        at = pl.Series([index])
        return tuple(self.text_at(name, at).item() or "" for name in self.key_fields)

    def withholds(self, names: Iterable[str]) -> bool:
        """Whether values of one of these fields may not be written, be it in some rows only."""
        return self.astray is not None or not self.withheld.isdisjoint(names)

    def shown(self, name: str, indexes: pl.Series) -> pl.Series:
        """The texts of a field as they may be written, for m rows; null where missing.

        Args:
            name: the field.
            indexes: m indexes of rows.
        """
        return self.as_shown(self.text_at(name, indexes), indexes, [name])

    def as_shown(self, text: pl.Series, indexes: pl.Series, names: Sequence[str]) -> pl.Series:
        """Texts made of values of some fields as they may be written.

        Args:
            text: m texts.
            indexes: m indexes of the rows that they are of.
            names: the fields.
        """
        if not self.withheld.isdisjoint(names):
            hidden: pl.Expr | pl.Series = pl.lit(True)
        elif self.astray is not None:
            hidden = self.astray.gather(indexes)
        else:
            return text
        cell = pl.lit(text)
        shown = pl.when(cell.is_null()).then(None).when(hidden).then(pl.lit(WITHHELD))
        return pl.select(shown.otherwise(cell).alias(text.name)).to_series()

    @property
    def last_location(self) -> str:
        """The last of the files that they stand in."""
        return self.others[-1][1] if self.others else self.location

    def origin_of(self, number: int) -> tuple[str, Sheet | None]:
        """The file in which the record with that number stands, and where in it."""
        begun = bisect_right(self.others, number, key=itemgetter(0))
        return self.others[begun - 1][1:] if begun else (self.location, self.sheet)

    def _column_of(self, field: str | None) -> int | None:
        return self.columns.index(field) if field in self.columns else None

    def _places_of(
        self, rows: pl.Series, columns: Iterable[int | None]
    ) -> dict[str, pl.Series | str | None]:
        """The files of records, given by their numbers, and the sheets and cells of workbooks."""
        if not self.others and self.sheet is None:
            return {"path": self.location, "sheet": None, "cell": None}
        origins = [*map(self.origin_of, rows)]
        of_rows = zip(origins, rows, columns, strict=False)
        width = len(self.columns)
        cells = [sheet and sheet.cell(row, column, width) for (_, sheet), row, column in of_rows]
        return {
            "path": texts_of(path for path, _ in origins),
            "sheet": texts_of(sheet and sheet.name for _, sheet in origins),
            "cell": texts_of(cells),
        }

    def finding(
        self,
        index: int,
        code: str,
        message: str,
        *,
        field: str | None = None,
        rule: str | None = None,
    ) -> FindingFrame:
        """The fault of the row at `index`, as `findings_at` has it."""
        return self.findings_at(pl.Series([index]), code, message, field=field, rule=rule)

    def findings_at(
        self,
        indexes: pl.Series,
        code: str,
        message: str | pl.Series,
        *,
        field: str | None = None,
        rule: str | None = None,
        value: pl.Series | None = None,
        severity: str = ERROR,
        columns: Iterable[int] | None = None,
    ) -> FindingFrame:
        """The same fault of many rows.

        Args:
            indexes: m indexes of rows.
            code: a name in `CODES`.
            message: what is wrong, the same for all or m texts.
            field: the field at fault, if it is one.
            rule: the constraint or rule that is broken.
            value: m values at fault; the field's text unless given.
            severity: how bad it is.
            columns: the m columns of the cells at fault; that of the field unless given.

        Returns:
            m findings.
        """
        of_field = repeat(self._column_of(field))
        numbers = self.rows[indexes]
        places = self._places_of(numbers, of_field if columns is None else columns)
        if value is None and field is not None:
            value = self.shown(field, indexes)
        parts = [all_cut(self._key_part(name, indexes)) for name in self.key_fields]
        if field is not None and field in self.schema.namesakes:
            message = message + f" (field {self.schema.namesakes[field]} of the schema)"
            field = self.schema.field(field).label
        made: dict[str, pl.Series | str | None] = {
            **places,
            "resource": self.resource.name,
            "code": code,
            "severity": severity,
            "message": message,
            "row": numbers,
            "line": self.lines[indexes],
            "field": field,
            "rule": rule,
            "key": keys_of(parts, len(indexes)),
            "value": None if value is None else all_cut(value),
            "note": None,
            "waiver": None,
            "folded": None,
        }
        different = {name: one for name, one in made.items() if isinstance(one, pl.Series)}
        same = {name: one for name, one in made.items() if not isinstance(one, pl.Series)}
        rows = findings_with(different, same, len(indexes))
        return FindingFrame(self.resource.name, code, rows, self._keys_if_withheld(indexes))

    def _key_part(self, name: str, indexes: pl.Series) -> pl.Series:
        """The texts of a field of the key as they may be written, for rows at these indexes."""
        return self.as_shown(filled(self.text_at(name, indexes)), indexes, [name])

    def _keys_if_withheld(self, indexes: pl.Series) -> pl.Series | None:
        """The keys of rows as they are, if a part of them is written nowhere."""
        names = self.key_fields
        if not names or not self.withholds(names):
            return None
        parts = [all_cut(filled(self.text_at(name, indexes))) for name in names]
        return keys_of(parts, len(indexes))

    def moved(self, shift: Shift) -> "Table":
        """The same rows where they stand."""
        return replace(
            self,
            rows=self.rows + shift.rows,
            lines=self.lines + shift.lines_in(self.location),
            others=tuple(
                (number + shift.rows, location, sheet) for number, location, sheet in self.others
            ),
            findings=tuple(found.moved(shift) for found in self.findings),
            stretch=None if self.stretch is None else self.stretch.moved(shift),
        )

    def at(self, indexes: pl.Series) -> "Table":
        """The rows of a batch at some indexes, without findings."""
        return replace(
            self,
            rows=self.rows.gather(indexes),
            lines=self.lines.gather(indexes),
            cells=self.cells[indexes],
            values=self.values[indexes],
            findings=(),
        )

    def filter(self, kept: pl.Series) -> "Table":
        """The rows of a batch for which `kept` is true, without findings."""

        def some(rows: Rows) -> Rows:
            return rows.filter(kept)

        def few(rows: Rows) -> Rows:
            return rows[indexes]

        if kept.sum() > len(kept) * SPARSE:
            return self._picked(some)
        indexes = kept.arg_true()
        return self._picked(few)

    def without(self, left_out: pl.Series) -> "Table":
        """The rows of a batch but for those at some ascending indexes, without findings.

        Few are cut out, which takes no copy of the others.
        """
        if len(left_out) > MOST_CUT:
            kept = pl.repeat(True, len(self.rows), dtype=pl.Boolean, eager=True)
            return self.filter(kept.scatter(left_out, False))
        bounds = [-1, *left_out, len(self.rows)]
        runs = [(after + 1, end - after - 1) for after, end in pairwise(bounds)]

        def cut(rows: Rows) -> Rows:
            return pl.concat([rows.slice(*run) for run in runs])

        return self._picked(cut)

    def _picked(self, pick: "_Pick") -> "Table":
        """Some of the rows of a batch, without findings."""
        return replace(
            self,
            rows=pick(self.rows),
            lines=pick(self.lines),
            cells=pick(self.cells),
            values=pick(self.values),
            kinds={name: pick(kinds) for name, kinds in self.kinds.items()},
            astray=None if self.astray is None else pick(self.astray),
            findings=(),
        )

    def without_rows(self) -> "Table":
        """The same table with no row, which keeps nothing of these in memory."""
        none = self.at(pl.Series(dtype=pl.UInt32))
        return replace(none, kinds={}, astray=None).compacted()

    def compacted(self) -> "Table":
        """The same rows in memory of their own."""
        return replace(self, cells=compacted(self.cells), values=compacted(self.values))


def compacted(frame: pl.DataFrame) -> pl.DataFrame:
    """The same rows in memory of their own, so that what they were taken from can be freed.

    Texts that are filtered or gathered only point into the memory of the texts that they
    were taken from, and keep all of it.
    """
    if pl.String not in frame.dtypes:
        return frame
    return pl.DataFrame([one + "" if one.dtype == pl.String else one for one in frame])
