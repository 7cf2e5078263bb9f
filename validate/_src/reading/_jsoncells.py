"""Cells of JSON by whole columns: from what stands in a text to their texts and kinds."""

from typing import NamedTuple

import polars as pl

from validate._src.fields._distinct import Remembered
from validate._src.reading._jsonvalues import NotJsonError, decoded
from validate._src.reading._values import KINDS, kind_of, text_of

PLAIN_NUMBER = (
    r"^(?:0|-?[1-9][0-9]*|-?0\.0{0,5}[1-9][0-9]*|-?[1-9][0-9]*\.0*[1-9][0-9]*)$"  # no `1.0`
)
"""Numbers whose text is what stands there: others are whole, or Python writes an exponent."""
WHOLE = r"^((?:0|-?[1-9][0-9]*))\.0+$"
LONGEST_NUMBER = 300  # characters of a plain number; Python refuses integers of thousands
TEXT, INTEGER, NUMBER, BOOLEAN = (KINDS[one] for one in (str, int, float, bool))
CONTROL = r"[\x00-\x1f]"
"""Characters that are none of a string, or white space between values."""
ODD = "?"
"""The kind of a cell that Python has to look at."""


class Column(NamedTuple):
    """The cells of a column.

    Attributes:
        text: n texts, null for null.
        kinds: n kinds.
        quotes: how many quotes stand in strings with escapes, in objects and in lists.
        is_sound: n times whether a cell is a value of JSON; None if all are.
    """

    text: pl.Series
    kinds: pl.Series
    quotes: int = 0
    is_sound: pl.Series | None = None


class Pieces(NamedTuple):
    """A column as it is cut out of the rows.

    Attributes:
        cells: n values, each with what stands behind it.
        behind: that.
        quoted: n times whether the value stands in quotes.
        all_quoted: whether all do.
    """

    cells: pl.Series
    behind: str
    quoted: pl.Series
    all_quoted: bool


def is_quoted(name: str, behind: str) -> pl.Expr:
    """Whether a value begins and ends with a quote, by what it is followed by."""
    cell = pl.col(name)
    ends = cell.str.ends_with('"' + behind) & (cell.str.len_bytes() >= len(behind.encode()) + 2)
    return cell.str.starts_with('"') & ends


def column_of(pieces: Pieces, remembered: Remembered, *, may_escape: bool) -> Column:
    """The texts and kinds of a column; strings may still hold quotes that are not escaped.

    Args:
        pieces: what stands there.
        remembered: what Python makes of single values.
        may_escape: whether there may be escapes in strings.
    """
    text = _values(pieces)
    if pieces.all_quoted:
        column = Column(text, pl.repeat(TEXT, len(text), dtype=pl.String, eager=True))
    else:
        column = _with_odd(_bare(text, pieces.quoted), remembered)
    return _unescaped(column, pieces.quoted, remembered) if may_escape else column


def _values(pieces: Pieces) -> pl.Series:
    """The values without what is behind them, strings without their quotes."""
    cell, behind = pl.col("cell"), len(pieces.behind.encode())
    if pieces.all_quoted:
        value = cell.bin.slice(1, cell.bin.size() - (behind + 2))
    elif pieces.quoted.any():
        quotes = pl.col("quoted").cast(pl.UInt32)
        value = cell.bin.slice(quotes, cell.bin.size() - behind - 2 * quotes)
    else:
        value = cell.bin.head(-behind) if behind else cell
    frame = pl.DataFrame({"cell": pieces.cells.cast(pl.Binary), "quoted": pieces.quoted})
    return frame.select(value.cast(pl.String)).to_series()


def _bare(text: pl.Series, quoted: pl.Series) -> Column:
    """A column of which not all values are strings."""
    cell, is_text = pl.col("text"), pl.col("quoted")
    is_null = (cell == "null") & ~is_text
    is_number = cell.str.contains(PLAIN_NUMBER) & (cell.str.len_bytes() < LONGEST_NUMBER)
    has_point = cell.str.contains(".", literal=True)
    kind = (
        pl.when(is_text)
        .then(pl.lit(TEXT))
        .when(is_null)
        .then(None)
        .when(is_number & ~has_point)
        .then(pl.lit(INTEGER))
        .when(is_number)
        .then(pl.lit(NUMBER))
        .when((cell == "true") | (cell == "false"))
        .then(pl.lit(BOOLEAN))
        .otherwise(pl.lit(ODD))
    )
    kinds, nulls = pl.DataFrame({"text": text, "quoted": quoted}).select(kind, null=is_null)
    if nulls.any():
        text = pl.select(pl.when(~nulls).then(text)).to_series()
    return _with_whole(text, kinds)


def _with_whole(text: pl.Series, kinds: pl.Series) -> Column:
    """The same with numbers such as `1.0`, which are integers."""
    odd = (kinds == ODD).arg_true()
    if odd.is_empty():
        return Column(text, kinds)
    whole = text.gather(odd).str.extract(WHOLE)
    found = whole.is_not_null()
    at = odd.filter(found)
    if at.is_empty():
        return Column(text, kinds)
    return Column(text.scatter(at, whole.filter(found)), kinds.scatter(at, INTEGER))


def _unescaped(column: Column, quoted: pl.Series, remembered: Remembered) -> Column:
    """The same with what escapes in strings stand for."""
    at = (quoted & column.text.str.contains("\\", literal=True)).arg_true()
    if at.is_empty():
        return column
    cells, escaped = column.text.gather(at), r"\""
    quotes = cells.str.count_matches('"', literal=True)
    simple = quotes == cells.str.count_matches("\\", literal=True)
    simple &= quotes == cells.str.count_matches(escaped, literal=True)
    texts = cells.filter(simple).str.replace_all(escaped, '"', literal=True)
    text = column.text.scatter(at.filter(simple), texts)
    column = column._replace(text=text, quotes=column.quotes + int(quotes.sum()))
    return _looked_at(column, at.filter(~simple), '"' + cells.filter(~simple) + '"', remembered)


def _with_odd(column: Column, remembered: Remembered) -> Column:
    """The same with the values that Python reads one by one."""
    at = (column.kinds == ODD).arg_true()
    if at.is_empty():
        return column
    tokens = column.text.gather(at)
    quotes = int(tokens.str.count_matches('"', literal=True).sum())
    return _looked_at(column._replace(quotes=column.quotes + quotes), at, tokens, remembered)


def _looked_at(column: Column, at: pl.Series, tokens: pl.Series, remembered: Remembered) -> Column:
    """The same with some values read by Python, which stand there as they are given."""
    if at.is_empty():
        return column
    made = [remembered(token) for token in tokens]
    texts = pl.Series([one and one[0] for one in made], dtype=pl.String)
    kinds = pl.Series([one and one[1] for one in made], dtype=pl.String)
    is_sound, unsound = column.is_sound, at.filter(kinds.is_null())
    if len(unsound):
        if is_sound is None:
            is_sound = pl.repeat(True, len(column.text), dtype=pl.Boolean, eager=True)
        is_sound = is_sound.scatter(unsound, False)
    text, kind = column.text.scatter(at, texts), column.kinds.scatter(at, kinds)
    return column._replace(text=text, kinds=kind, is_sound=is_sound)


def strays(pieces: Pieces) -> pl.Series:
    """Whether a string has in it what has to be escaped; those with escapes Python has looked at.

    It takes them as they are unless all of their escapes are quotes.
    """
    text = _values(pieces)
    has_quote = text.str.contains('"', literal=True) & ~text.str.contains("\\", literal=True)
    return pieces.quoted & (has_quote | text.str.contains(CONTROL))


def value_of(token: str) -> tuple[str, str] | None:
    """The text and the kind of a value of JSON; None if it is none, or has a key twice.

    It is read as the only one of a list, so that it may be nested as deeply as in its row.
    """
    listed = f"[{token}]"
    try:
        values, end, repeated = decoded(listed, 0)
    except (ValueError, NotJsonError):
        return None
    if end != len(listed) or len(values) != 1 or repeated:
        return None
    text, kind = text_of(values[0]), kind_of(values[0])
    return None if text is None or kind is None else (text, kind)
