"""Tables of values that have types already: of JSON, of the descriptor, of other formats."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import Any

import polars as pl

from validate._src.reading._values import characters, kind_of, text_of
from validate._src.reading.batch import (
    Batch,
    as_columns,
    columns_in_another_order,
    file_finding,
    header_missing,
    joined_labels,
)
from validate._src.words.finding import Finding
from validate._src.words.model import Resource

SAMPLE = 1000  # rows by which the keys of objects are known; those that come later are surplus
BATCH = 20_000  # rows: with ten times as many, which are Python objects, memory doubles
MOST_CELLS = 2**20  # of a batch: where rows have thousands, `BATCH` of them fill the memory


@dataclass(frozen=True)
class Item:
    """A row as its format has it.

    Attributes:
        value: a list of cells, or an object of them by label; where the content is broken,
            the error that says so, after which nothing follows.
        line: physical line on which it starts, or None where the format has no lines.
        location: the file in which it stands; None for data inline.
    """

    value: Any
    line: int | None = None
    location: str | None = None


class BrokenContentError(Exception):
    """The content of a file does not have the form of its format from some place on.

    Attributes:
        line: physical line of the place, if the format has lines.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        """Keeps the line."""
        super().__init__(message)
        self.line = line


class NativeReader:
    """An opened table whose rows are lists or objects of values.

    The columns of objects are the keys of the first rows, in the order of the schema:
    objects have none of their own. A key that a row lacks is an empty cell.

    Attributes:
        labels: the cells of its header, or the keys; None for lists without a header.
        header_row: number of its header, of its last row where it has several; 1 for keys.
        header_line: physical line on which that row starts; None where it has none.

    Source: Data Package 2.0, Table Dialect, "itemType", "itemKeys"; Table Schema, "Data
    representation".
    """

    labels: list[str] | None
    header_row: int = 1
    header_line: int | None = None

    def __init__(
        self, resource: Resource, items: Iterator[Item], notes: list[Finding] | None = None
    ) -> None:
        """Reads the header.

        Args:
            resource: the resource.
            items: its rows, those of the header among them.
            notes: takes what is found in the files while the rows are read.
        """
        self._resource = resource
        self._notes = [] if notes is None else notes
        self._number, self._rows_before = 1, 0
        sample = list(islice(items, SAMPLE))
        self._first_location = sample[0].location if sample else None
        self._has_said_it_lacks_header = False
        kind = resource.dialect.item_type
        kind = kind or ("array" if sample and isinstance(sample[0].value, list) else "object")
        self._row_type = list if kind == "array" else dict
        if self._row_type is dict:
            self._keys = self._keys_of(sample)
            self.labels = [*map(characters, self._keys)]
            self._number = 2
        else:
            self.labels = self._header(sample) if resource.dialect.header else None
        self._items = chain(sample, items)

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The rows of a table of so many columns; at least one batch, if an empty one."""
        is_empty = True
        for location, items in groupby(self._items, attrgetter("location")):
            if location != self._first_location:
                self._rows_before = self._number - 1
                if self._row_type is list and self.labels is not None:
                    items = self._without_header(items, location)
            while batch := list(islice(items, max(min(BATCH, MOST_CELLS // max(width, 1)), 1))):
                is_empty = False
                made = self._batch(batch, width, location)
                yield made
                if not made.complete:
                    return
        if is_empty or self._notes:
            yield self._batch([], width, None)

    def _without_header(self, items: Iterator[Item], location: str | None) -> Iterator[Item]:
        """The rows of a file that goes on with a table, without the header that it has as well.

        Where its first row is another, that is a row of the table.

        Source: Data Package 2.0, Data Resource, "path", of several files: similar in structure
        and format; Table Dialect, "header".
        """
        head, found = self._head_of(items)
        labels = self._joined(found.values())
        line = next((item.line for item in found.values()), None)
        if labels == self.labels:
            self._number += len(head)
            return items
        if sorted(labels) == sorted(self.labels or ()):
            error = BrokenContentError(columns_in_another_order(self._resource), line)
            return iter([Item(error, line, location)])
        if found and not self._has_said_it_lacks_header:
            self._has_said_it_lacks_header = True
            self._notes.append(header_missing(self._resource, location, line))
        return chain(head, items)

    def _keys_of(self, sample: Sequence[Item]) -> list[str]:
        if self._resource.dialect.item_keys is not None:
            return list(self._resource.dialect.item_keys)
        rows = [item.value for item in sample if isinstance(item.value, dict)]
        keys = dict.fromkeys(key for row in rows for key in row)
        names = dict.fromkeys(self._resource.schema.names if self._resource.schema else ())
        return [name for name in names if name in keys] + [key for key in keys if key not in names]

    def _header(self, sample: list[Item]) -> list[str]:
        """The labels, which are taken off the sample."""
        head, found = self._head_of(iter(sample))
        sample[: len(head)] = [item for item in head if isinstance(item.value, BrokenContentError)]
        self._number = len(head) + 1
        if found:
            self.header_row = max(found)
            self.header_line = found[self.header_row].line
        return self._joined(found.values())

    def _joined(self, rows: Iterable[Item]) -> list[str]:
        """The labels that the rows of a header make."""
        labels = [_labels(item.value) for item in rows]
        return joined_labels(labels, self._resource.dialect.header_join)

    def _head_of(self, items: Iterator[Item]) -> tuple[list[Item], dict[int, Item]]:
        """What a file has up to the end of its header, and the rows of the header by number."""
        wanted = self._resource.dialect.header_rows
        head: list[Item] = []
        found: dict[int, Item] = {}
        for number, item in enumerate(items, 1):
            head.append(item)
            is_comment = self._is_comment(item.value, number)
            if isinstance(item.value, list) and not is_comment and number in (wanted or (number,)):
                found[number] = item
            if number >= max(wanted, default=1) and (wanted or not is_comment):
                break
        return head, found

    def _is_comment(self, value: Any, number: int) -> bool:
        return number in self._resource.dialect.comment_rows

    def _batch(self, items: Sequence[Item], width: int, location: str | None) -> Batch:
        rows: list[list[Any]] = []
        numbers: list[int] = []
        lines: list[int | None] = []
        ragged: dict[int, list[str]] = {}
        findings, self._notes[:] = [*self._notes], []
        complete = True
        for item in items:
            if isinstance(item.value, BrokenContentError):
                findings.append(self._fault(item, str(item.value)))
                complete = False
                break
            number, self._number = self._number, self._number + 1
            if self._is_comment(item.value, number - self._rows_before):
                continue
            if not isinstance(item.value, self._row_type):
                findings.append(self._no_row(item, number))
                continue
            cells = self._cells(item.value, width)
            if len(cells) != width:
                ragged[len(rows)] = [text_of(cell) or "" for cell in cells]
            rows.append(cells)
            numbers.append(number)
            lines.append(item.line)
        return Batch(
            location=location or self._resource.location,
            rows=pl.Series(numbers, dtype=pl.Int64),
            lines=pl.Series(lines, dtype=pl.Int64),
            cells=as_columns([[*map(text_of, row)] for row in rows], width),
            ragged=ragged,
            kinds=as_columns([[*map(kind_of, row)] for row in rows], width).to_dict(),
            findings=tuple(findings),
            complete=complete,
        )

    def _cells(self, value: Any, width: int) -> list[Any]:
        """The cells of a row; those of an object under other keys come after its columns."""
        if isinstance(value, list):
            return [] if all(cell is None for cell in value) else value
        cells = [value.get(key) for key in self._keys]
        missing = [None] * (width - len(cells))
        if self._resource.dialect.item_keys is not None:
            return [*cells, *missing]
        known = self._known
        return [*cells, *missing, *(value[key] for key in value if key not in known)]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self._keys)

    def _no_row(self, item: Item, number: int) -> Finding:
        wanted = "a list" if self._row_type is list else "an object"
        message = f"item {number - 1 if self.labels else number} of the data is not {wanted}"
        return self._fault(item, message)

    def _fault(self, item: Item, message: str) -> Finding:
        return file_finding(
            self._resource, "source-error", message, line=item.line, location=item.location
        )


def _labels(cells: Sequence[Any]) -> list[str]:
    """The cells of a header as texts, up to the last that is not empty."""
    labels = [text_of(cell) or "" for cell in cells]
    while labels and not labels[-1]:
        labels.pop()
    return labels


class InlineReader(NativeReader):
    """A table that stands in the descriptor itself.

    Source: Data Package 2.0, Data Resource, "data".
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the header."""
        data = resource.data if isinstance(resource.data, list) else [resource.data]
        super().__init__(resource, map(Item, data))
