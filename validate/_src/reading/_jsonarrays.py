"""The rows of an array in a text of JSON: the first one by one, the others by whole columns."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial

import polars as pl

from validate._src.reading._jsoncolumns import JsonColumns
from validate._src.reading._jsonentries import only_asked, together
from validate._src.reading._jsonforms import BEGIN, Form, Stretch, form_of, stretch_of
from validate._src.reading._jsonrowtexts import Text, without
from validate._src.reading._jsontext import JsonText, Value
from validate._src.reading._jsonvalues import decoded
from validate._src.reading.encodings import begins_utf_8
from validate._src.reading.items import SAMPLE, Asked, Columns, Item

AGAIN = 1000  # rows that are read one by one before others are tried as columns again
MOST_AGAIN = (
    64 * AGAIN
)  # a trial that is in vain takes as long as a block: after each twice as many
SPACE = " \t\r\n"


class ArrayRows:
    """The rows of an array."""

    def __init__(self, location: str, asked: Asked, *, by_columns: bool) -> None:
        """Has read none yet."""
        self._location, self._asked, self._by_columns = location, asked, by_columns
        self._made = JsonColumns()
        self._form: Form | None = None
        self._by_lines, self._by_key = True, False
        self._last, self._wait, self._again = 0, SAMPLE, AGAIN

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
                self._wait, self._again = self._again, min(2 * self._again, MOST_AGAIN)

    def _next(self, text: JsonText) -> Columns | None:
        """Columns of what is left of a block, or of the next one; None where there are none."""
        for more in (False, True):
            content = text.ahead(more=more)
            self._form = form = self._form_of(content)
            found = stretch_of(content, form) if form else None
            if found is not None:
                return self._of_rows(text, found)
            if len(content) >= BEGIN and form is None:
                break
        return None

    def _form_of(self, content: bytes) -> Form | None:
        """The form of rows of which the first begins here."""
        if self._form and self._form.begins(content):
            return self._form
        return form_of(content, by_lines=self._by_lines, by_key=self._by_key)

    def _of_rows(self, text: JsonText, found: Stretch) -> Columns | None:
        """Columns of some rows that follow each other; None where most are not alike."""
        rows, count = found.text, len(found.text.rows)
        if not begins_utf_8(found.content[found.end :]):
            return None
        starts = found.lines(text.line)
        lines = _where_new(starts, self._last)
        if (some := self._only_asked(found, lines)) is not None:
            text.go_on(found.content, found.end)
            self._last = starts[-1]
            return some
        taken = self._made.taken(rows)
        if taken is None or 2 * len(taken.index) < count:
            self._try_another()
            return None
        others, stop = self._others(rows, without(taken.index, count), lines)
        if stop is not None:
            self._wait = AGAIN
            self._try_another()
            taken, count = taken.only(taken.index < stop), stop
            if not count:
                return None
        text.go_on(found.content, found.end_of(count))
        self._last = starts[count - 1]
        read = partial(self._row, rows, lines)
        return together(self._location, lines, taken, others, read)

    def _only_asked(self, found: Stretch, lines: pl.Series) -> Columns | None:
        """The few of some rows that are looked at; None if many are, or one may be no row."""
        if self._asked.rows is None or not found.are_rows():
            return None
        row = partial(self._row, found.text, lines)
        with suppress(ValueError):
            return only_asked(self._asked, self._location, lines, row, is_list=found.is_of_lists)
        return None

    def _try_another(self) -> None:
        """Has rows told from others in another way."""
        if self._form is not None and self._form.by_lines:
            self._by_lines = False
        else:
            self._by_key = True
        self._form = None

    def _others(
        self, rows: Text, left: pl.Series, lines: pl.Series
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

    def _row(self, rows: Text, lines: pl.Series, at: int) -> Item:
        """One of some rows.

        Raises:
            ValueError: it is no row by itself.
        """
        row = (rows.whole(at) or "").strip(SPACE)
        value, end, repeated = decoded(row, 0)
        if end < len(row):
            raise ValueError(row)
        return Item(value, lines[at], self._location, repeated)


def _where_new(lines: pl.Series, last: int) -> pl.Series:
    """Lines, null where the row before starts on the same."""
    return pl.select(pl.when(lines > lines.shift(1, fill_value=last)).then(lines)).to_series()
