"""Tables of values that have types already: of JSON, of the descriptor, of other formats."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, islice
from operator import attrgetter
from typing import Any

import polars as pl

from validate._src.reading._continuing import Continuation, why_unread
from validate._src.reading._keys import Keys, keys_of_table
from validate._src.reading._nativerows import Row, RowBatches, Rows, as_texts
from validate._src.reading._values import characters, kind_of
from validate._src.reading.batch import Batch, joined_labels
from validate._src.reading.items import (
    BROKEN,
    SAMPLE,
    Asked,
    BrokenContentError,
    Columns,
    Entry,
    Item,
    Items,
    breaks_off,
    each_item,
    labels_of,
    row_type,
    without_unlabelled,
)
from validate._src.words.cells import Sheet
from validate._src.words.errors import FileError
from validate._src.words.finding import Finding
from validate._src.words.model import Resource
from validate._src.words.schema import BROKEN_TEXT

BATCH = 20_000  # rows: with ten times as many, which are Python objects, memory doubles
MOST_CELLS = 2**20  # of a batch: where rows have thousands, `BATCH` of them fill the memory


class NativeReader:
    """An opened table whose rows are lists or objects of values.

    The columns of objects are the fields of the schema that any of them has as a key, wherever
    it stands first: objects have no order of their own. A key that a row lacks is an empty cell,
    one that the schema does not name an extra cell. Objects none of which has a key of the
    schema, and those of a table without a schema, have all their keys as columns; where there
    is no row, the columns are the fields.

    Attributes:
        labels: the cells of its header, or the keys; None for lists without a header.
        has_keys: whether the labels are keys, which no order gives to the fields.
        header_row: number of its header, of its last row where it has several; 1 for keys.
        header_line: physical line on which that row starts; None where it has none.
        broken_labels: the columns of labels with half of a surrogate pair, which is no character.

    Source: Data Package 2.0, Table Dialect, "itemType", "itemKeys"; Table Schema, "Data
    representation".
    """

    labels: list[str] | None
    has_keys: bool = False
    header_row: int = 1
    header_line: int | None = None
    broken_labels: Sequence[int] = ()
    sheet: Sheet | None = None

    def __init__(
        self,
        resource: Resource,
        read: Items,
        *,
        has_names: bool = False,
        asked: Asked | None = None,
    ) -> None:
        """Reads the header.

        Args:
            resource: the resource.
            read: reads its rows, those of the header among them.
            has_names: whether its columns have names, which are given as the first row.
            asked: which rows are looked at, for `read` to leave out what the others have.
        """
        self._resource = resource
        self._notes: list[Finding] = []
        self._asked = asked or Asked()
        self._begun: list[tuple[int, str, None]] = []
        items = read(self._notes)
        sample = list(islice(each_item(items), SAMPLE))
        self._first_location = sample[0].location if sample else None
        self._check_first(sample)
        self._continuation = Continuation(resource, has_names=has_names)
        self._row_type = row_type(resource, sample)
        self._keys = Keys()
        if self._row_type is dict:
            self.has_keys = resource.dialect.item_keys is None
            self._keys = keys_of_table(resource, sample, read)
            self.labels = [*map(characters, self._keys.columns)]
            self.broken_labels = _broken([self._keys.columns])
            self._asked.next = 2
        else:
            self.labels = self._header(sample) if resource.dialect.header else None
            if self.labels == [] and breaks_off(sample):
                items = iter(sample[:1])  # without a header nothing of other files can be read
                sample = []
        self._sample = sample
        self._items: Iterator[Entry] = chain(sample, items)

    def batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """The rows of a table of so many columns; at least one batch, if an empty one."""
        yield from map(as_texts, self.native_batches(width, wanted, rows))

    def native_batches(
        self, width: int, wanted: Sequence[str] | None = None, rows: pl.Series | None = None
    ) -> Iterator[Batch]:
        """As `batches`, but columns of one type have it."""
        self._asked.rows = None if wanted is None else rows
        made = self._row_batches(width)
        yield from self._in_batches(self._rows(self._items, made), made)

    def _row_batches(self, width: int) -> RowBatches:
        """What makes batches of rows of a table of so many columns."""
        return RowBatches(self._resource, self._row_type, self._keys, width)

    def _in_batches(self, rows: Iterator[Row | Rows], made: RowBatches) -> Iterator[Batch]:
        """Rows in batches; at least one, if an empty one."""
        is_empty = True
        for some in portions(rows, most_items(made.width)):
            is_empty = False
            batch = made.of_columns(some) if isinstance(some, Rows) else made.of_items(some)
            yield self._noted(batch, some.number if isinstance(some, Rows) else some[0].number)
        if is_empty or self._notes:
            yield self._noted(made.of_items([]), None)

    def _noted(self, batch: Batch, first: int | None) -> Batch:
        """A batch with what was found in files, and the files that begin after its first row."""
        notes, self._notes[:] = [*self._notes], []
        begun, self._begun = self._begun, []
        others = tuple(file for file in begun if first is not None and file[0] > first)
        return replace(batch, findings=(*notes, *batch.findings), others=others)

    def _rows(self, items: Iterable[Entry], batches: RowBatches) -> Iterator[Row | Rows]:
        """The rows of files, without their headers and comments."""
        for location, entries in groupby(items, attrgetter("location")):
            before = 0
            if location != self._first_location:
                before = self._asked.next - 1
                self._begun.append((self._asked.next, location, None))
                if self._row_type is list and self.labels is not None:
                    entries = self._without_header(entries, location)
            yield from self._numbered(entries, batches, before, 1)

    def _numbered(
        self, entries: Iterable[Entry], batches: RowBatches, before: int | None, at: int
    ) -> Iterator[Row | Rows]:
        """Rows of a file with their numbers, without comments.

        Args:
            entries: the rows, the header left out.
            batches: what makes batches of them.
            before: how many rows of the table are those of other files before; None where no row
                is a comment.
            at: where the first is among those of its file below the header.
        """
        for entry in as_taken(entries, batches):
            number = self._asked.next
            if isinstance(entry, Columns):
                yield Rows(number, entry, at)
                self._asked.next += len(entry.lines)
                at += len(entry.lines)
                continue
            self._asked.next += not isinstance(entry.value, BROKEN)
            if before is None or not self._is_comment(number - before):
                yield Row(number, entry, at)
            at += 1

    def _check_first(self, sample: Sequence[Item]) -> None:
        """Checks that the first file can be read at all.

        Raises:
            FileError: it cannot.
        """
        parts = self._resource.parts
        if breaks_off(sample) and parts and sample[0].location == parts[0].location:
            error = sample[0].value
            if isinstance(error, FileError):
                raise error

    def _without_header(self, entries: Iterator[Entry], location: str | None) -> Iterator[Entry]:
        """The rows of a file that goes on with a table, without the header that it has as well.

        A file with another header is not read: its cells belong to other columns. Where its
        first row is one of the table, it has none.

        Source: Data Package 2.0, Data Resource, "path", of several files: similar in structure
        and format; Table Dialect, "header".
        """
        head, found = self._head_of(each_item(entries))
        labels = self._joined(found.values())
        line = next((item.line for item in found.values()), None)
        rows = [item.value for item in found.values()]
        own = self.labels or []
        begin = self._continuation.beginning_of(own, labels, rows)
        if begin.is_header:
            self._notes += self._continuation.warnings(begin, location, line)
            self._asked.next += len(head)
            return without_unlabelled(entries, len(own), begin.unlabelled)
        if begin.is_another and found:
            message = why_unread(self._resource, begin, own, labels)
            return iter([Item(BrokenContentError(message, line), line, location)])
        if found:
            self._notes += self._continuation.warnings(begin, location, line)
        return chain(head, entries)

    def _header(self, sample: list[Item]) -> list[str]:
        """The labels, which are taken off the sample."""
        head, found = self._head_of(iter(sample))
        sample[: len(head)] = [item for item in head if isinstance(item.value, BROKEN)]
        self._asked.next = len(head) + 1
        if found:
            self.header_row = max(found)
            self.header_line = found[self.header_row].line
        self.broken_labels = _broken([item.value for item in found.values()])
        return self._joined(found.values())

    def _joined(self, rows: Iterable[Item]) -> list[str]:
        """The labels that the rows of a header make."""
        labels = [labels_of(item.value) for item in rows]
        return joined_labels(labels, self._resource.dialect.header_join)

    def _head_of(self, items: Iterator[Item]) -> tuple[list[Item], dict[int, Item]]:
        """What a file has up to the end of its header, and the rows of the header by number."""
        wanted = self._resource.dialect.header_rows
        head: list[Item] = []
        found: dict[int, Item] = {}
        for number, item in enumerate(items, 1):
            head.append(item)
            is_comment = self._is_comment(number)
            if isinstance(item.value, list) and not is_comment and number in (wanted or (number,)):
                found[number] = item
            if number >= max(wanted, default=1) and (wanted or not is_comment):
                break
        return head, found

    def _is_comment(self, number: int) -> bool:
        return number in self._resource.dialect.comment_rows


def _broken(rows: Sequence[Sequence[Any]]) -> Sequence[int]:
    """The columns with half of a surrogate pair in what labels are made of."""
    found = {at for row in rows for at, cell in enumerate(row) if kind_of(cell) == BROKEN_TEXT}
    return sorted(found)


def most_items(width: int) -> int:
    """How many rows of so many columns are Python objects at once."""
    return max(min(BATCH, MOST_CELLS // max(width, 1)), 1)


def portions(rows: Iterator[Row | Rows], most: int) -> Iterator[Rows | list[Row]]:
    """The rows as batches have them: up to so many, as far as none breaks off; columns as they are.

    They are of several files where these are small: a batch for each would take ten times as
    long for 20,000 files of one row.
    """
    taken: list[Row] = []
    for row in rows:
        if isinstance(row, Rows):
            if taken:
                yield taken
            yield row
            taken = []
            continue
        taken.append(row)
        if len(taken) == most or isinstance(row.item.value, BROKEN):
            yield taken
            taken = []
    if taken:
        yield taken


def as_taken(entries: Iterable[Entry], batches: RowBatches) -> Iterator[Entry]:
    """Columns where they are those of the table; else the items that they are.

    Where not all rows were asked for, it may be only now that one of them is found to be none.
    """
    for entry in entries:
        if isinstance(entry, Item) or batches.takes(entry):
            yield entry
            continue
        try:
            yield from entry.items()
        except BROKEN as error:
            yield Item.of(error, entry.location)
            return


class InlineReader(NativeReader):
    """A table that stands in the descriptor itself.

    Source: Data Package 2.0, Data Resource, "data".
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the header."""
        data = resource.data if isinstance(resource.data, list) else [resource.data]
        super().__init__(resource, lambda notes: map(Item, data))
