"""Debris at the end of a table: blank rows after the last, empty columns without a label.

Programs leave it behind, and nobody means anything by it: a warning a table. That nothing
follows is known only at the end of the table, so until then both are held back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import polars as pl

from validate._src.reading.batch import Batch
from validate._src.tables._labels import empty_columns
from validate._src.tables.header import Header
from validate._src.tables.table import Table
from validate._src.words.codes import WARNING
from validate._src.words.finding import Finding
from validate._src.words.findingframe import Faults, FindingFrame, framed
from validate._src.words.shift import Shift


def blank_message(table: Table) -> str:
    """What is said of a blank row; where there is one field, what is missing is its value."""
    if len(table.columns) != 1:
        return "the row has no values"
    return f'the row is empty: its only field, "{table.columns[0]}", has no value'


@dataclass(frozen=True, eq=False)
class BlankRows:
    """Blank rows of a batch, of which a file may have millions, in runs without a gap.

    Attributes:
        first: the finding of the first row of each of n runs.
        counts: how many rows each run has.
    """

    first: FindingFrame
    counts: pl.Series

    @property
    def last_row(self) -> int:
        """The number of the last of the rows."""
        return self.first.rows["row"][-1] + self.counts[-1] - 1

    def each(self) -> FindingFrame:
        """A finding for each of the rows."""
        step = pl.int_ranges(0, self.counts, eager=True)
        rows = self.first.rows.with_columns(step.alias("step")).with_row_index("run")
        rows = rows.explode("step").with_columns(pl.col("row", "line") + pl.col("step"))
        keys = None if self.first.keys is None else self.first.keys.gather(rows["run"])
        return replace(self.first, rows=rows.drop("step", "run"), keys=keys)

    def moved(self, shift: Shift) -> "BlankRows":
        """The same rows where they stand."""
        return replace(self, first=self.first.moved(shift))


def _blank_rows(table: Table, indexes: pl.Series) -> BlankRows:
    """Blank rows at some indexes; where a comment stands between two, a run ends."""
    rows, lines = table.rows.gather(indexes), table.lines.gather(indexes)
    begins = ((rows.diff() != 1) | (lines.diff().fill_null(1) != 1)).fill_null(value=True)
    if table.sheet is not None:  # in which each row has cells of its own
        begins = pl.repeat(True, len(indexes), dtype=pl.Boolean, eager=True)
    starts = begins.arg_true()
    counts = pl.concat([starts, pl.Series([len(indexes)], dtype=starts.dtype)]).diff().drop_nulls()
    return BlankRows(
        table.findings_at(indexes.gather(starts), "blank-row", blank_message(table)), counts
    )


def _each(
    blank: Iterable[BlankRows], others: Iterable[FindingFrame] = ()
) -> Iterator[FindingFrame]:
    yield from others
    for rows in blank:
        yield rows.each()


@dataclass(frozen=True, eq=False)
class Ending:
    """What a batch shows of the debris that its table may end with.

    Attributes:
        blank: the blank rows that it ends with, if it does.
        is_over: whether it has other rows, after which what was before is no debris.
        filled: the last column without label in which a row has a value; -1 if none has.
        complete: whether the file could be read so far; else nobody knows what follows.
    """

    blank: BlankRows | None
    is_over: bool
    filled: int
    complete: bool

    def moved(self, shift: Shift) -> "Ending":
        """The same where the rows stand."""
        return self if self.blank is None else replace(self, blank=self.blank.moved(shift))


NO_ENDING = Ending(None, is_over=True, filled=-1, complete=True)


def ending_of(
    table: Table, batch: Batch, blank: pl.Series, filled: int
) -> tuple[pl.Series, Ending]:
    """The blank rows of a batch after which more follows, and what it shows of the end.

    Args:
        table: the rows of the batch, blank ones among them.
        batch: the batch.
        blank: the indexes of its blank rows, ascending.
        filled: the last of the columns at the end without label that has a value.
    """
    if not batch.complete:
        return blank, Ending(None, is_over=True, filled=filled, complete=False)
    order = pl.int_range(len(table.rows) - len(blank), len(table.rows), eager=True)
    is_last = blank.cast(pl.Int64) == order
    last = blank.filter(is_last)
    ending = Ending(
        blank=_blank_rows(table, last) if len(last) else None,
        is_over=len(blank) < len(table.rows),
        filled=filled,
        complete=True,
    )
    return blank.filter(~is_last), ending


def last_filled(batch: Batch, header: Header) -> int:
    """The last of the columns at the end without label that has a value; -1 if none has."""
    for one in reversed(header.unlabelled):
        cells = batch.cells[str(one.column)]
        if cells.null_count() < len(cells) and (cells != "").any():
            return one.column
    return -1


class Debris:
    """What a table may end with, as far as it was read."""

    def __init__(self, header: Header) -> None:
        """Has seen no row yet."""
        self._blank: list[BlankRows] = []
        self._unlabelled = header.unlabelled
        self._unread = [*header.unlabelled]

    def __bool__(self) -> bool:
        """Whether there is something that a table may not end with."""
        return bool(self._blank or self._unlabelled)

    def take(self, ending: Ending) -> Iterable[FindingFrame]:
        """Takes what the next batch shows.

        Returns:
            The findings that were held back and are of no debris. Where a file breaks off nobody
            knows what follows: then these are all.
        """
        self._unread = [one for one in self._unread if one.column > ending.filled]
        if not ending.complete:
            every = Faults(partial(_each, self._blank, [*self._of_columns(known=False)]))
            self._blank, self._unlabelled, self._unread = [], (), []
            return every
        kept, settled = ([], self._blank) if ending.is_over else (self._blank, [])
        self._blank = kept if ending.blank is None else [*kept, ending.blank]
        return Faults(partial(_each, settled))

    def findings(self) -> Iterator[FindingFrame]:
        """What is to be said of a table at its end."""
        if self._blank:
            yield self._of_rows()
        yield from self._of_columns(known=True)

    def _of_rows(self) -> FindingFrame:
        """One warning for all blank rows at the end, at the first of them."""
        first, count = self._blank[0].first, sum(int(rows.counts.sum()) for rows in self._blank)
        begin, end = first.rows["row"][0], self._blank[-1].last_row
        said = f"the table ends with {count:,} blank rows, rows {begin:,} to {end:,}"
        if count == 1:
            said = "the table ends with a blank row"
        row = first.rows.head(1).with_columns(severity=pl.lit(WARNING), message=pl.lit(said))
        return replace(first, rows=row, keys=None if first.keys is None else first.keys.head(1))

    def _of_columns(self, *, known: bool) -> Iterator[FindingFrame]:
        """Columns without label: one warning for those that are empty, as far as that is known."""
        empty = self._unread if known else []
        findings: list[Finding] = [
            one.fault for one in self._unlabelled[: len(self._unlabelled) - len(empty)]
        ]
        if empty:
            findings.append(empty_columns(empty))
        yield from framed(findings)
