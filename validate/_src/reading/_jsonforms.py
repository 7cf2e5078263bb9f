"""How the rows of an array are parted in a text of JSON, and what cuts them out of it."""

import re
from functools import reduce
from operator import and_
from typing import NamedTuple

import polars as pl

from validate._src.reading._codes import codes_of, count_of
from validate._src.reading._jsonmarks import lines_are_whole
from validate._src.reading._jsonrowtexts import UNCUT, Text, as_text, lines_of
from validate._src.reading._jsonshapes import VALUES, Cut, controls_in, shape_of
from validate._src.reading.encodings import utf_8_text

BEGIN = 2**16  # bytes in which the first row has to end for others to be told from it
MOST_ROWS = 2**17  # of a batch: a block may have millions, each a Python object at worst
RARELY = 20  # lines, of which at most one is read by itself to see whether it is a row
BETWEEN = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
SPACE = b" \t\r\n"  # that may stand around values


class Form(NamedTuple):
    """How rows begin and end, and what stands between them.

    Attributes:
        opening: what each row begins with.
        closing: what each ends with.
        between: the comma, and the white space around it.
        by_lines: whether each row is a line.
        by_key: whether they begin with their first key.
    """

    opening: str
    closing: str
    between: str
    by_lines: bool
    by_key: bool

    @property
    def parts(self) -> str:
        """What stands between two rows, from the end of one to the beginning of the other."""
        return self.closing + self.between + self.opening

    @property
    def line_end(self) -> str:
        """What each line ends with."""
        return self.closing + self.between[: self.between.index("\n") + 1]

    def begins(self, content: bytes) -> bool:
        """Whether a text begins like a row."""
        opening = self.opening.encode()
        return content[: len(opening) + len(self.between)].lstrip(SPACE).startswith(opening)


class Stretch(NamedTuple):
    """Rows that follow each other in a text.

    Attributes:
        content: what begins with them.
        form: how they are parted.
        text: the rows.
        end: where the next row begins, or the white space before it.
    """

    content: bytes
    form: Form
    text: Text
    end: int

    def end_of(self, count: int) -> int:
        """Where so many rows end, and what stands between them and the next one."""
        if count == len(self.text.rows):
            return self.end
        if self.form.by_key:
            rows = self.text.rows.head(count)
            return int(rows.str.len_bytes().sum()) + count * len(self.form.between)
        return _end_of(self.content, self.form, self.text.rows, count)

    @property
    def is_of_lists(self) -> bool:
        """Whether the rows begin like lists."""
        return self.form.opening.startswith("[")

    def are_rows(self) -> bool:
        """Whether all are rows for certain.

        That takes for granted that the text is JSON: strings do not go beyond the ends of lines.
        A line that begins with a bracket and ends with one is a row by itself if it has no others,
        or if a value is all of it.

        Elsewhere each part between two rows that has its quotes in pairs begins and ends outside
        of strings. Then as many brackets open as there are rows, and each row begins with one.
        """
        opened, closed = brackets = "[]" if self.is_of_lists else "{}"
        rows, codes = self.text.rows, codes_of(self.content).head(self.end)
        has_others = any((codes == ord(one)).sum() != len(rows) for one in brackets)
        if self.form.by_lines:
            ends = self.form.line_end.rstrip()
            if not (rows.str.starts_with(opened) & rows.str.ends_with(ends)).all():
                return False
            return not has_others or self._are_whole(opened, closed)
        if has_others or self.form.by_key or self.text.escapes:
            return False
        quotes = rows.str.count_matches('"', literal=True) + self.form.parts.count('"')
        return bool((quotes % 2 == 0).all())

    def _are_whole(self, opened: str, closed: str) -> bool:
        """Whether lines that begin and end with a bracket have nothing between rows."""
        rows = self.text.rows
        has_one = (rows.str.count_matches(one, literal=True) == 1 for one in (opened, closed))
        odd = rows.filter(~reduce(and_, has_one))
        if len(odd) * RARELY <= len(rows):
            return all(map(self._is_whole, odd))
        return lines_are_whole(self.content[: self.end], len(rows))

    def _is_whole(self, row: str) -> bool:
        """Whether nothing follows a value in a line but what ends it."""
        try:
            end = VALUES.raw_decode(row)[1]
        except (ValueError, RecursionError):
            return False
        return row[end:].strip() == self.text.cut.after.strip()

    def lines(self, first: int) -> pl.Series:
        """The physical lines on which the rows start, the first of which is given."""
        rows = self.text.rows
        step = (self.form.between if self.form.by_key else self.form.parts).count("\n")
        lines = pl.int_range(len(rows), eager=True) * step + first
        if self.form.by_lines or count_of(b"\n", self.content, self.end) == len(rows) * step:
            return lines
        breaks = rows.str.count_matches("\n", literal=True).cast(pl.Int64)
        return lines + breaks.cum_sum().shift(1, fill_value=0)


def form_of(content: bytes, *, by_lines: bool, by_key: bool) -> Form | None:
    """The form of rows of which the first begins here; None if there is none that is simple.

    Args:
        content: a text.
        by_lines: whether rows may be lines.
        by_key: whether objects are told by their first key: they have others in them.
    """
    begin = content[:BEGIN].lstrip(SPACE).decode(errors="ignore")
    try:
        end = VALUES.raw_decode(begin)[1]
    except (ValueError, RecursionError):
        return None
    shape, between = shape_of(begin[:end]), BETWEEN.match(begin, end)
    if shape is None or between is None:
        return None
    by_key = by_key and not shape.is_list
    opening = shape.opening + shape.before if by_key else shape.begin
    is_line = between[0].count("\n") == 1 and "," in between[0].partition("\n")[0]
    is_line = by_lines and is_line and "\n" not in begin[:end]
    return Form(opening, shape.behind[-1], between[0], is_line, by_key)


def stretch_of(content: bytes, form: Form) -> Stretch | None:
    """The rows that a text begins with; None if it has no end of a row, or is not UTF-8.

    Nor are there any where rows that are no lines stand behind white space.
    """
    return _lines(content, form) if form.by_lines else _parts(content, form)


def _lines(content: bytes, form: Form) -> Stretch | None:
    end = content.rfind(form.line_end.encode())
    if end < 0:
        return None
    end += len(form.line_end.encode())
    after = form.between.partition("\n")[0].removesuffix("\r")
    text = lines_of(content[:end], Cut(after=after.lstrip(SPACE.decode())))
    if text is None:
        return None
    if len(text.rows) > MOST_ROWS:
        few = _lines(content[: _end_of(content, form, text.rows, MOST_ROWS)], form)
        return few and few._replace(content=content)  # what follows them is read next
    return Stretch(content, form, text, end)


def _parts(content: bytes, form: Form) -> Stretch | None:
    end, begin = content.rfind(form.parts.encode()), len(form.opening.encode())
    if end < 0 or content[:1] in SPACE:
        return None
    text = utf_8_text(content[begin:end])
    if text is None:
        return None
    rows = text.str.split(form.parts).explode().head(MOST_ROWS)
    end, around = _end_of(content, form, rows, len(rows)), form.parts
    cut = Cut(form.opening, form.closing)
    if form.by_key:  # which is what a shape begins with, and cannot be cut off it
        whole = pl.lit(form.opening) + pl.col("row") + pl.lit(form.closing)
        rows, around, cut = rows.to_frame("row").select(whole).to_series(), form.between, UNCUT
    quotes, controls = len(rows) * around.count('"'), len(rows) * controls_in(around)
    made = as_text(rows, content, end, quotes=quotes, controls=controls, cut=cut)
    return Stretch(content, form, made, end)


def _end_of(content: bytes, form: Form, rows: pl.Series, count: int) -> int:
    """Where so many rows end that are cut out of a text, and what stands behind them."""
    if form.by_lines:
        return (codes_of(content) == ord("\n")).arg_true()[count - 1] + 1 if count else 0
    return int(rows.head(count).str.len_bytes().sum()) + count * len(form.parts.encode())
