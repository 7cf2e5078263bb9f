"""Batches of rows that are lists or objects of values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any, NamedTuple

import polars as pl

from validate._src.reading._keys import Keys
from validate._src.reading._typed import joined, spelled, typed_columns
from validate._src.reading._values import characters, text_of
from validate._src.reading.batch import Batch, broken, columns, file_finding
from validate._src.reading.items import BROKEN, Columns, Item
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.model import Resource


class Row(NamedTuple):
    """An item with its number, and where it is among those of its file below the header.

    The place where a file breaks off has the number of the next row.
    """

    number: int
    item: Item
    at: int


class Rows(NamedTuple):
    """Rows that are columns, with the number of the first, and where that is in its file."""

    number: int
    found: Columns
    at: int

    @property
    def others(self) -> list[Row]:
        """Those among them that are no columns."""
        others = self.found.others.items()
        return [Row(self.number + at, item, self.at + at) for at, item in others]


@dataclass(frozen=True)
class RowBatches:
    """What makes batches of the rows of a table.

    Attributes:
        resource: the resource.
        row_type: whether its rows are lists or objects.
        keys: which keys of objects are columns.
        width: how many columns it has.
    """

    resource: Resource
    row_type: type
    keys: Keys
    width: int

    def takes(self, found: Columns) -> bool:
        """Whether columns are those of the table, or such that are left aside."""
        names = found.cells.columns
        if self.row_type is list or not found.begun:
            is_list = self.row_type is list and not found.begun
            return is_list and (len(names) == self.width or found.has_none)
        return not self.keys.others(dict.fromkeys(names))

    def of_columns(self, rows: Rows) -> Batch:
        """Rows that are columns as a batch, and with them the others among them."""
        return replace(self.cells_of(rows), findings=tuple(self.faults_of(rows.others)))

    def of_items(self, read: Sequence[Row]) -> Batch:
        """Rows as a batch; what breaks off a file can only be the last of them."""
        return replace(self.cells_of(read), findings=tuple(self.faults_of(read)))

    def cells_of(self, rows: Rows | Sequence[Row]) -> Batch:
        """Rows as a batch that does not say what is wrong with them."""
        return self._of_columns(rows) if isinstance(rows, Rows) else self._of_items(rows)

    def _of_columns(self, rows: Rows) -> Batch:
        found, first = rows.found, rows.number
        numbers = pl.int_range(first, first + len(found.lines), eager=True)
        lines, index = found.lines, found.index
        if index is not None:
            numbers, lines = numbers.gather(index), lines.gather(index)
        location = found.location or self.resource.location
        cells, kinds = self._columns_of(found)
        batch = Batch(location, numbers, lines, cells, kinds=kinds, is_native=True)
        if not found.others:
            return batch
        return _together(batch, self._of_items(rows.others))

    def _columns_of(self, found: Columns) -> tuple[pl.DataFrame, Mapping[str, pl.Series]]:
        """Cells by key as columns of the table, and their kinds; null where a key is absent."""
        names = columns(self.width)
        keys = self.keys.columns if self.row_type is dict else names
        absent = pl.repeat(None, found.cells.height, dtype=pl.String, eager=True)
        cells = {
            name: found.cells[key] if key in found.cells.columns else absent
            for name, key in zip(names, keys, strict=False)
        }
        kinds = {
            name: found.kinds[key]
            for name, key in zip(names, keys, strict=False)
            if key in found.kinds
        }
        return pl.DataFrame(cells), kinds

    def _of_items(self, read: Sequence[Row]) -> Batch:
        rows: list[list[Any]] = []
        numbers: list[int] = []
        lines: list[int | None] = []
        ragged: dict[int, list[str]] = {}
        extra_keys: dict[int, tuple[str, ...]] = {}
        for number, item, _ in read:
            if not isinstance(item.value, self.row_type):
                continue
            cells = self._cells(item.value)
            if len(cells) != self.width:
                if isinstance(item.value, dict):
                    others = self.keys.others(item.value)
                    extra_keys[len(rows)] = tuple(map(characters, others))
                ragged[len(rows)] = [text_of(cell) or "" for cell in cells]
            rows.append(cells)
            numbers.append(number)
            lines.append(item.line)
        texts, kinds = typed_columns(rows, self.width)
        return Batch(
            location=(read[0].item.location if read else None) or self.resource.location,
            rows=pl.Series(numbers, dtype=pl.Int64),
            lines=pl.Series(lines, dtype=pl.Int64),
            cells=texts,
            ragged=ragged,
            extra_keys=extra_keys,
            kinds=kinds,
            complete=not (read and isinstance(read[-1].item.value, BROKEN)),
        )

    def faulty(self, read: Iterable[Row]) -> Iterator[Row]:
        """Those of some rows with which something is wrong, without their values."""
        for row in read:
            is_row = isinstance(row.item.value, self.row_type)
            if not is_row or row.item.repeated:
                value = self.row_type() if is_row else None
                yield row._replace(item=row.item._replace(value=value))

    def faults_of(self, read: Iterable[Row]) -> Iterator[Finding]:
        """What is wrong with rows as such: what is none, and keys that stand more than once."""
        for number, item, at in read:
            if isinstance(item.value, BROKEN):
                yield self._break(item)
            elif not isinstance(item.value, self.row_type):
                yield self._no_row(item, at)
            elif item.repeated:
                yield from self._repeated(item, number)

    def _cells(self, value: Any) -> list[Any]:
        """The cells of a row; those of an object under other keys come after its columns."""
        if isinstance(value, list):
            return [] if value.count(None) == len(value) else value
        return self.keys.cells(value, self.width)

    def _repeated(self, item: Item, number: int) -> Iterator[Finding]:
        """A fault for each key that an object has more than once."""
        schema = self.resource.schema
        names = schema.names if schema else ()
        for key in dict.fromkeys(map(characters, item.repeated)):
            shown = schema.shown_label(key) if schema else key
            said = f'the key "{shown}" stands more than once in an object; its last value is read'
            fault = file_finding(
                self.resource,
                "duplicate-label",
                said,
                line=item.line,
                value=shown,
                location=item.location,
            )
            yield replace(fault, row=number, field=key if key in names else None)

    def _no_row(self, item: Item, at: int) -> Finding:
        wanted = "a list" if self.row_type is list else "an object"
        message = f"item {at} of the data is not {wanted}"
        return self._fault(item, message)

    def _break(self, item: Item) -> Finding:
        """What breaks off a file."""
        if isinstance(item.value, FileError):
            return broken(self.resource, item.value)
        return self._fault(item, str(item.value))

    def _fault(self, item: Item, message: str) -> Finding:
        return file_finding(
            self.resource, "source-error", message, line=item.line, location=item.location
        )


def _together(batch: Batch, others: Batch) -> Batch:
    """Two batches as one, in the order of their rows; what is ragged is of the second."""
    numbers = pl.concat([batch.rows, others.rows])
    order = numbers.arg_sort()
    place = order.arg_sort().slice(len(batch.rows)).to_list()
    parts = [(batch.cells, batch.kinds), (others.cells, others.kinds)]
    cells, kinds = joined(parts)
    return replace(
        batch,
        rows=numbers.gather(order),
        lines=pl.concat([batch.lines, others.lines]).gather(order),
        cells=cells[order],
        kinds={name: one.gather(order) for name, one in kinds.items()},
        ragged={place[at]: cells for at, cells in others.ragged.items()},
        extra_keys={place[at]: keys for at, keys in others.extra_keys.items()},
    )


def stacked(batches: Sequence[Batch]) -> Batch:
    """Batches of one file below each other, one at least, that do not say what is wrong."""
    first, *others = batches
    if not others:
        return first
    cells, kinds = joined([(one.cells, one.kinds) for one in batches])
    starts = [0, *accumulate(len(one.rows) for one in batches)]
    each = [*zip(starts, batches, strict=False)]
    return replace(
        first,
        rows=pl.concat([one.rows for one in batches]),
        lines=pl.concat([one.lines for one in batches]),
        cells=cells if cells.width else pl.DataFrame(height=starts[-1]),
        kinds=kinds,
        ragged={start + at: row for start, one in each for at, row in one.ragged.items()},
        extra_keys={start + at: keys for start, one in each for at, keys in one.extra_keys.items()},
    )


def as_texts(batch: Batch) -> Batch:
    """A batch whose columns are texts, each with its kinds."""
    made = {
        column.name: (column, kinds)
        if (kinds := batch.kinds.get(column.name)) is not None
        else spelled(column)
        for column in batch.cells
    }
    cells = pl.DataFrame({name: text for name, (text, _) in made.items()})
    kinds = {name: kind for name, (_, kind) in made.items()}
    return replace(batch, cells=cells, kinds=kinds, is_native=False)
