"""The rows of an array in a text of JSON: the first one by one, the others by whole columns."""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import NamedTuple

import polars as pl

from validate._src.reading._jsoncolumns import JsonColumns, together
from validate._src.reading._jsonrowtexts import Text, as_text, without
from validate._src.reading._jsonshapes import VALUES, shape_of
from validate._src.reading._jsontext import JsonText, Value
from validate._src.reading._jsonvalues import decoded
from validate._src.reading.encodings import utf_8_text
from validate._src.reading.items import SAMPLE, Columns, Item

BEGIN = 2**16  # bytes in which the first row has to end for others to be told from it
AGAIN = 1000  # rows that are read one by one before others are tried as columns again
MOST_ROWS = 2**17  # of a batch: a block may have millions, each a Python object at worst
BETWEEN = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")


class _Form(NamedTuple):
    """How rows begin and end, and what stands between them."""

    opening: str
    closing: str
    between: str

    @property
    def separator(self) -> str:
        """What tells that a row ends and another begins."""
        return self.closing + self.between + self.opening


class ArrayRows:
    """The rows of an array."""

    def __init__(self, location: str, *, by_columns: bool) -> None:
        """Has read none yet."""
        self._location, self._by_columns = location, by_columns
        self._made = JsonColumns()
        self._form: _Form | None = None
        self._by_key = False
        self._last, self._wait = 0, SAMPLE

    def item(self, value: Value) -> Item:
        """A row that was read by itself; the line of one of several rows says nothing."""
        line = value.line if value.line > self._last else None
        self._last, self._wait = value.line, self._wait - 1
        self._made.learn(value.value)
        return Item(value.value, line, self._location, value.repeated)

    def ahead(self, text: JsonText) -> Iterator[Columns]:
        """The next rows of a text as columns, as far as they are written alike."""
        while self._by_columns and self._wait <= 0:
            found = self._next(text)
            if found is not None:
                yield found
            else:
                self._wait = AGAIN

    def _next(self, text: JsonText) -> Columns | None:
        """Columns of what is left of a block, or of the next one; None where there are none."""
        for more in (False, True):
            content = text.ahead(more=more)
            self._form = form = self._form_of(content)
            end = content.rfind(form.separator.encode()) if form else -1
            if form and end >= 0:
                return self._of_rows(text, content, end, form)
            if more and content:
                text.go_on(content, 0)
        return None

    def _form_of(self, content: bytes) -> _Form | None:
        """The form of rows of which the first begins here."""
        if self._form and content.startswith(self._form.opening.encode()):
            return self._form
        begin = content[:BEGIN].decode(errors="ignore")
        try:
            end = VALUES.raw_decode(begin)[1]
        except (ValueError, RecursionError):
            return None
        shape, between = shape_of(begin[:end]), BETWEEN.match(begin, end)
        if shape is None or between is None:
            return None
        by_key = self._by_key and not shape.is_list
        opening = shape.opening + shape.before if by_key else shape.begin
        return _Form(opening, shape.behind[-1], between[0])

    def _of_rows(self, text: JsonText, content: bytes, end: int, form: _Form) -> Columns | None:
        """Columns of the rows that a text begins with; the last of them closes at a byte.

        None where most are not written like others.
        """
        some, end = _rows_of(content, end, form)
        rows, between = some.rows, len(form.between.encode())
        taken = self._made.taken(some)
        if taken is None or 2 * len(taken.index) < len(rows):
            self._by_key = True
            text.go_on(content, 0)
            return None
        starts = _lines_of(rows, content[:end], form, text.line)
        lines = _where_new(starts, self._last)
        others, stop = self._others(rows, without(taken.index, len(rows)), lines)
        end += len(form.closing.encode()) + between
        if stop is not None:
            self._wait, self._by_key = AGAIN, True
            taken, rows = taken.only(taken.index < stop), rows.head(stop)
            end = int(rows.str.len_bytes().sum()) + stop * between
        text.go_on(content, end)
        if rows.is_empty():
            return None
        self._last = starts[len(rows) - 1]
        read = partial(self._row, rows, lines)
        return together(self._location, lines, taken, others, read)

    def _others(
        self, rows: pl.Series, left: pl.Series, lines: pl.Series
    ) -> tuple[Mapping[int, Item], int | None]:
        """Rows that are no columns, by index, and the first that is not one row by itself."""
        others: dict[int, Item] = {}
        for at in left:
            try:
                others[at] = self._row(rows, lines, at)
            except ValueError:
                return others, at
            self._made.learn(others[at].value)
        return others, None

    def _row(self, rows: pl.Series, lines: pl.Series, at: int) -> Item:
        """One of some rows.

        Raises:
            ValueError: it is no row by itself.
        """
        row = rows[at]
        value, end, repeated = decoded(row, 0)
        if end < len(row):
            raise ValueError(row)
        return Item(value, lines[at], self._location, repeated)


def _rows_of(content: bytes, end: int, form: _Form) -> tuple[Text, int]:
    """The rows that a text begins with, and where the last of them closes.

    Args:
        content: the text.
        end: where the last row closes that can be taken.
        form: how the rows begin and end.
    """
    opening, separator = form.opening.encode(), form.separator.encode()
    text = utf_8_text(content[len(opening) : end])
    assert text is not None, "it was looked at, or made of characters"
    rows = text.str.split(form.separator).explode()
    if len(rows) > MOST_ROWS:
        rows = rows.head(MOST_ROWS)
        end = len(opening) + int(rows.str.len_bytes().sum()) + (MOST_ROWS - 1) * len(separator)
    whole = pl.lit(form.opening) + pl.col("row") + pl.lit(form.closing)
    whole_rows = rows.to_frame("row").select(whole).to_series()
    controls = (len(rows) - 1) * _controls(form.between) - _controls(form.closing)
    return as_text(whole_rows, content[:end], controls), end


def _controls(text: str) -> int:
    return sum(character < " " for character in text)


def _lines_of(rows: pl.Series, content: bytes, form: _Form, first: int) -> pl.Series:
    """The physical lines on which rows start that make a text, but for the end of the last."""
    step = form.between.count("\n")
    lines = pl.int_range(len(rows), eager=True) * step + first
    if content.count(b"\n") == (len(rows) - 1) * step:
        return lines
    breaks = rows.str.count_matches("\n", literal=True).cast(pl.Int64)
    return lines + breaks.cum_sum().shift(1, fill_value=0)


def _where_new(lines: pl.Series, last: int) -> pl.Series:
    """Lines, null where the row before starts on the same."""
    return pl.select(pl.when(lines > lines.shift(1, fill_value=last)).then(lines)).to_series()
