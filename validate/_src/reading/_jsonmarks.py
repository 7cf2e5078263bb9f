"""Lists of JSON that are lines, cut at all commas outside of strings at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

import polars as pl

from validate._src.reading._codes import codes_of, pieces_of
from validate._src.reading._jsonshapes import Shape, opened
from validate._src.reading.batch import columns

QUOTE, COMMA, LINE_END, BACKSLASH = b'",\n\\'
OPENING_BRACKETS, CLOSING_BRACKETS = (*b"[{",), (*b"]}",)
SEVERAL = 2  # rows, of which one has a comma in a string: with fewer, marks gain nothing


@dataclass(frozen=True)
class Marked:
    """Lists that are cut.

    Attributes:
        index: which they are of the lines.
        cells: m rows: what stands before the first value, and as columns `0`, `1`, … each value
            with what stands around it.
        last: what stands behind the last value.
    """

    index: pl.Series
    cells: pl.DataFrame
    last: str


def cut_at_marks(lines: bytes, count: int, shape: Shape) -> Marked | None:
    """So many lines cut that have as many commas as a list, in front of each value but the first.

    Commas in strings, objects and lists within them count for none. None where all may be cut at
    any comma, where a value goes beyond its line, or where the shape has white space before its
    commas.
    """
    behind, comma, after = shape.behind[-1].partition(",")
    if not shape.before.startswith(",") or b"\r" in lines:
        return None
    size = len(shape.keys) + len(comma)
    codes = codes_of(lines)
    others = int((codes == COMMA).sum()) - count * (size - 1)
    if SEVERAL * others < count:
        return None
    found = _marks(lines, codes, count)
    if found is None:
        return None
    places, kinds = found
    ends = (kinds == LINE_END).arg_true().cast(pl.Int64)
    if len(ends) != count:
        return None
    index = (ends - ends.shift(1, fill_value=-1) == size).arg_true()
    first = ends.gather(index) - (size - 1)
    pieces = pieces_of(lines, places)
    if comma and not (pieces.gather(first + (size - 1)) == comma + after).all():
        return None
    is_all = len(index) == count  # then the pieces of a column are evenly spread
    cells = [
        (pieces.gather_every(size, at) if is_all else pieces.gather(first + at)).alias(name)
        for at, name in enumerate(columns(len(shape.keys)))
    ]
    start = cells[0].str.strip_prefix("\n")
    return Marked(index, opened(start, shape).with_columns(cells[1:]), behind)


def lines_are_whole(lines: bytes, count: int) -> bool:
    """Whether so many lines end outside of objects and lists, with one comma there for each."""
    marks = (COMMA, LINE_END, *OPENING_BRACKETS, *CLOSING_BRACKETS)
    _, kinds = _outside_of_strings(lines, codes_of(lines), marks)
    depth, ends = _depth(kinds), kinds == LINE_END
    between = int(((kinds == COMMA) & (depth == 0)).sum())
    return between == count == ends.sum() and bool((depth.filter(ends) == 0).all())


def _marks(lines: bytes, codes: pl.Series, count: int) -> tuple[pl.Series, pl.Series] | None:
    """The places of commas and ends of lines between values, and which of both they are.

    None where a value goes beyond its line.
    """
    is_nested = int((codes == OPENING_BRACKETS[0]).sum()) > count or b"{" in lines
    if not is_nested:
        return _outside_of_strings(lines, codes, (COMMA, LINE_END))
    marks = (COMMA, LINE_END, *OPENING_BRACKETS, *CLOSING_BRACKETS)
    return _outside_of_values(*_outside_of_strings(lines, codes, marks))


def _outside_of_strings(
    lines: bytes, codes: pl.Series, marks: Sequence[int]
) -> tuple[pl.Series, pl.Series]:
    """The places of some marks outside of strings, and which they are.

    Quotes behind a backslash end no string, if no backslash is behind another; to put something
    in the place of both took half as long as all the rest.
    """
    before = codes.shift(1, fill_value=0)
    if ((codes == BACKSLASH) & (before == BACKSLASH)).any():
        codes = codes_of(lines.replace(b"\\\\", b"__"))
        before = codes.shift(1, fill_value=0)
    is_quote = (codes == QUOTE) & (before != BACKSLASH)
    places = reduce(or_, (codes == mark for mark in marks), is_quote).arg_true()
    kinds = codes.gather(places)
    is_quote = kinds == QUOTE
    kept = (is_quote.cum_sum() % 2 == 0) & ~is_quote
    return places.filter(kept), kinds.filter(kept)


def _outside_of_values(places: pl.Series, kinds: pl.Series) -> tuple[pl.Series, pl.Series] | None:
    """Those of the marks that are within no object or list but the rows; None if a line is."""
    depth = _depth(kinds)
    if (depth.filter(kinds == LINE_END) != 0).any():
        return None
    kept = ((kinds == COMMA) & (depth <= 1)) | (kinds == LINE_END)
    return places.filter(kept), kinds.filter(kept)


def _depth(kinds: pl.Series) -> pl.Series:
    """In how many objects and lists marks are that are outside of strings."""
    opened, closed = (
        kinds.is_in(some).cast(pl.Int32) for some in (OPENING_BRACKETS, CLOSING_BRACKETS)
    )
    return (opened - closed).cum_sum()
