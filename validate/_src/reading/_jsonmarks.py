"""Lists of JSON that are lines, cut at all commas outside of strings at once."""

from dataclasses import dataclass

import polars as pl

from validate._src.reading._codes import codes_of, pieces_of
from validate._src.reading._jsonshapes import Shape, opened
from validate._src.reading.batch import columns

QUOTE, COMMA, LINE_END = b'",\n'
SEVERAL = 2  # rows, of which one has a comma in a string: with fewer, marks gain nothing
ESCAPES = (rb"\\", rb"\"")


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

    None where all may be cut at any comma, where a string goes beyond its line, or where the shape
    has white space before its commas.
    """
    behind, comma, after = shape.behind[-1].partition(",")
    if not shape.before.startswith(",") or b"\r" in lines:
        return None
    size = len(shape.keys) + len(comma)
    codes = codes_of(lines)
    others = int((codes == COMMA).sum()) - count * (size - 1)
    if SEVERAL * others < count:
        return None
    places, kinds = _outside_of_strings(lines)
    ends = (kinds == LINE_END).arg_true().cast(pl.Int64)
    if len(ends) != count:
        return None
    index = (ends - ends.shift(1, fill_value=-1) == size).arg_true()
    first = ends.gather(index) - (size - 1)
    pieces = pieces_of(lines, places)
    if comma and not (pieces.gather(first + (size - 1)) == comma + after).all():
        return None
    cells = [
        pieces.gather(first + at).alias(name) for at, name in enumerate(columns(len(shape.keys)))
    ]
    start = cells[0].str.strip_prefix("\n")
    return Marked(index, opened(start, shape).with_columns(cells[1:]), behind)


def _outside_of_strings(lines: bytes) -> tuple[pl.Series, pl.Series]:
    """The places of commas and ends of lines outside of strings, and which of both they are."""
    if b"\\" in lines:
        for escape in ESCAPES:
            lines = lines.replace(escape, b"__")
    codes = codes_of(lines)
    places = ((codes == QUOTE) | (codes == COMMA) | (codes == LINE_END)).arg_true()
    kinds = codes.gather(places)
    is_quote = kinds == QUOTE
    kept = (is_quote.cum_sum() % 2 == 0) & ~is_quote
    return places.filter(kept), kinds.filter(kept)
