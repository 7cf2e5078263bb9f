"""Rows of two tables as frames in which equal values are equal, whatever they look like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from validate._src.fields._parsing import FieldType
from validate._src.fields.natives import written
from validate._src.fields.types import FIELD_TYPES
from validate._src.tables.reading import read_batches
from validate._src.tables.table import Table
from validate._src.words.codes import ERROR, FILE_CODES
from validate._src.words.errors import CHANGED_MEANWHILE
from validate._src.words.model import TabularResource
from validate._src.words.schema import Field, Schema

ROW, LINE, PATH, ASTRAY = "row", "line", "path", "astray"
"""The columns that say where a row stands, and whether its cells may be those of other columns."""
ENDS: tuple[tuple[int, Literal["left", "right"]], ...] = ((0, "left"), (-1, "right"))
"""The first and last row of a batch, and on which side of its number a list of numbers is cut."""
OF_TEXT = ("string", "any")
"""The types whose values are the texts themselves."""


@dataclass(frozen=True)
class Pair:
    """A field of the one table with that of the other.

    Attributes:
        old: the field in the old table; None where it has none.
        new: the field in the new table; None where it has none.
    """

    old: Field | None
    new: Field | None

    @property
    def name(self) -> str:
        """What the field is called: in the new table, if it is there."""
        known = self.new or self.old
        assert known is not None, "a pair has a field"
        return known.name

    @property
    def label(self) -> str:
        """The label of its column."""
        known = self.new or self.old
        assert known is not None, "a pair has a field"
        return known.label

    @property
    def is_common(self) -> bool:
        """Whether both tables have it."""
        return self.old is not None and self.new is not None

    @property
    def restricted(self) -> bool:
        """Whether its values are written nowhere, as one of the packages has it."""
        return any(one is not None and one.restricted for one in (self.old, self.new))

    @property
    def compared_as(self) -> pl.DataType:
        """The Polars type in which its values are compared.

        Values of one type are compared as such, numbers with integers as numbers; what else has
        another type in the other table is compared as it is written.
        """
        if len({one.name for one in self._types}) == 1:
            return self._types[0].dtype
        return pl.String() if self.is_compared_as_written else pl.Float64()

    @property
    def is_compared_as_written(self) -> bool:
        """Whether its types have no values in common."""
        are_numbers = all(one.dtype.is_numeric() for one in self._types)
        return len({one.name for one in self._types}) > 1 and not are_numbers

    @property
    def _types(self) -> list[FieldType]:
        return [FIELD_TYPES[one.type] for one in (self.old, self.new) if one is not None]


def value_of(part: int) -> str:
    """The column of the values of a field, by its place among the pairs."""
    return f"value {part}"


def exact_of(part: int) -> str:
    """The column of what these are exactly, where their Polars type does not say it."""
    return f"exact {part}"


def text_of(part: int) -> str:
    """The column of their texts, where these are not the values."""
    return f"text {part}"


def compared(frame: pl.DataFrame, parts: Sequence[int] | None = None) -> list[str]:
    """The columns of a frame by which rows are equal; of some fields, if not all are meant."""
    wanted = {kind(part) for part in parts or () for kind in (value_of, exact_of)}
    known = (name for name in frame.columns if name.startswith(("value ", "exact ")))
    return [name for name in known if parts is None or name in wanted]


@dataclass
class Told:
    """What is known of a table once all of it was read.

    Attributes:
        rows: how many rows it has.
        untyped: how many cells of each field are not of its type, and compared as texts.
        absent: the fields without a column.
        withheld: the fields whose values are written nowhere.
        fault: why it could not be read to its end; empty if it could.
    """

    rows: int = 0
    untyped: dict[str, int] = field(default_factory=dict[str, int])
    absent: tuple[str, ...] = ()
    withheld: frozenset[str] = frozenset()
    fault: str = ""


@dataclass(frozen=True, eq=False)
class Comparable:
    """A table that is compared to another.

    Attributes:
        resource: the table.
        pairs: the fields of both tables.
        is_new: whether it is the new one.
        told: what is known of it so far.
    """

    resource: TabularResource
    pairs: Sequence[Pair]
    is_new: bool
    told: Told = field(default_factory=Told)

    def __iter__(self) -> Iterator[pl.DataFrame]:
        """Its rows in batches, each with its place, and by fields values, and texts if they differ.

        A field that has no column is null.
        """
        for table in read_batches(self.resource):
            self._note(table)
            if len(table.rows):
                yield self._frame(table)

    def again(self, numbers: pl.Series) -> Iterator[pl.DataFrame]:
        """Some of its rows, read again.

        Args:
            numbers: the numbers of the rows, ascending.
        """
        left = len(numbers)
        for table in read_batches(self.resource) if left else ():
            if not len(table.rows):
                continue
            begin, end = (numbers.search_sorted(table.rows[at], side) for at, side in ENDS)
            wanted = table.rows.is_in(numbers.slice(begin, end - begin).implode())
            if wanted.any():
                rows = self._frame(table).filter(wanted)
                left -= rows.height
                yield rows
        if left and not self.told.fault:
            self.told.fault = f"{self.resource.location}: {CHANGED_MEANWHILE}"

    def _note(self, table: Table) -> None:
        """Takes down what a batch tells of the table."""
        known = self.told
        known.rows += len(table.rows)
        known.withheld |= table.withheld
        own = [one for pair in self.pairs if (one := self._field(pair)) is not None]
        known.absent = tuple(one.name for one in own if not table.has([one.name]))
        if not table.complete and not known.fault:
            known.fault = _fault_of(table)

    def _field(self, pair: Pair) -> Field | None:
        return pair.new if self.is_new else pair.old

    def _frame(self, table: Table) -> pl.DataFrame:
        columns = [table.rows.alias(ROW), table.lines.alias(LINE), _paths(table)]
        if table.astray is not None:
            columns.append(table.astray.alias(ASTRAY))
        for part, pair in enumerate(self.pairs):
            own = self._field(pair)
            if own is not None and table.has([own.name]):
                columns += self._columns(table, own, part, pair)
            elif pair.is_common:
                nothing = pl.repeat(None, len(table.rows), dtype=pair.compared_as, eager=True)
                columns.append(nothing.alias(value_of(part)))
        return pl.DataFrame(columns)

    def _columns(self, table: Table, own: Field, part: int, pair: Pair) -> list[pl.Series]:
        """The columns of a field that has a column: its values, or of one table only its texts."""
        cells, values = table.cells[own.name], table.values[own.name]
        if not pair.is_common:
            return [written(cells).alias(text_of(part))]
        wanted = pair.compared_as
        untyped = values.null_count() - cells.null_count()
        if untyped:
            self.told.untyped[own.name] = self.told.untyped.get(own.name, 0) + untyped
        if pair.is_compared_as_written:
            return [written(cells).alias(value_of(part))]
        same = values if values.dtype == wanted else values.cast(wanted)
        texts = [cells.alias(text_of(part))] if own.type not in OF_TEXT or untyped else []
        return [same.alias(value_of(part)), *texts]


def _paths(table: Table) -> pl.Series:
    """The file of each row."""
    if not table.others:
        return pl.repeat(table.location, len(table.rows), dtype=pl.String, eager=True).alias(PATH)
    return pl.Series(PATH, [table.origin_of(row)[0] for row in table.rows], dtype=pl.String)


def _fault_of(table: Table) -> str:
    """Why a table could not be read to its end."""
    found = (one for frame in table.findings for one in frame)
    fault = next((one for one in found if one.code in FILE_CODES and one.severity == ERROR), None)
    return "it cannot be read to its end" if fault is None else f"{fault.place}: {fault.message}"


def exactly(frame: pl.DataFrame, part: int, own: Field) -> pl.Series | None:
    """What the values of a field are where their Polars type does not tell them apart or hold them.

    Returns:
        n texts that equal values share, null where the value says all: of cells that are not of
        their type the cells themselves. None if all are null.
    """
    if not {text_of(part), value_of(part)} <= {*frame.columns}:
        return None
    cells, values = frame[text_of(part)], frame[value_of(part)]
    exactness = FIELD_TYPES[own.type].exactness
    exact = None if exactness is None else exactness.exactly(cells, values, own)
    if values.null_count() == cells.null_count():
        return exact
    texts = pl.when(pl.lit(values).is_null()).then(pl.lit(written(cells)))
    whole = pl.select(texts if exact is None else pl.coalesce(pl.lit(exact), texts)).to_series()
    return whole if whole.null_count() < len(whole) else None


def with_exact(frame: pl.DataFrame, fields: Sequence[Field | None]) -> pl.DataFrame:
    """Rows with columns of what their values are exactly, where that is asked for.

    Args:
        frame: the rows.
        fields: the fields of their table, by the places of their pairs.
    """
    exact = [
        found.alias(exact_of(part))
        for part, own in enumerate(fields)
        if own is not None and (found := exactly(frame, part, own)) is not None
    ]
    return frame.with_columns(exact) if exact else frame


def by_themselves(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows in memory of their own, native columns as texts, so that their batch can be freed."""
    native = [one for one in frame if one.name.startswith("text ") and one.dtype != pl.String]
    frame = frame.with_columns(map(written, native)) if native else frame
    return frame.with_columns(pl.col(pl.String) + "")


def pairs_of(old: Schema, new: Schema, renamed: Sequence[tuple[str, str]] = ()) -> tuple[Pair, ...]:
    """The fields of two tables: those of the new one in order, then those that it has no more.

    Args:
        old: the schema of the old table.
        new: the schema of the new table.
        renamed: fields with another name, by their old and their new one.
    """
    before = {new_name: old_name for old_name, new_name in renamed}
    known = {one.name: one for one in old.fields}
    of_new = [Pair(known.pop(before.get(one.name, one.name), None), one) for one in new.fields]
    return (*of_new, *(Pair(one, None) for one in known.values()))
