"""Cells of JSON by whole columns: from what stands in a text to their texts and kinds."""

from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from validate._src.fields._distinct import Remembered
from validate._src.reading._jsonvalues import NotJsonError, decoded
from validate._src.reading._typed import of_kind
from validate._src.reading._values import KINDS, text_and_kind
from validate._src.words.schema import BROKEN_TEXT, EXACT

PLAIN_NUMBER = (
    r"^(?:0|-?[1-9][0-9]*|-?0\.0{0,4}[1-9][0-9]*|-?[1-9][0-9]*\.0*[1-9][0-9]*)$"  # no `1.0`
)
"""Numbers whose text is what stands there: others are whole, or Python writes an exponent."""
WHOLE = r"^((?:0|-?[1-9][0-9]*))\.0+$"
PLAIN = 1e-4  # below which one number is written in many ways, which Python looks at
LONGEST_NUMBER = 300  # characters of a plain number; Python refuses integers of thousands
TEXT, INTEGER, NUMBER, BOOLEAN = (KINDS[one] for one in (str, int, float, bool))
CONTROL = r"[\x00-\x1f]"
"""Characters that are none of a string, or white space between values."""
BOOLEANS = ("true", "false")
NEGATIVE_ZEROS = ("-0", "-0.0")  # whose text has no sign
NULL = pl.Series([None], dtype=pl.String)
QUOTED = "quoted:{}"
ODD = "?"
"""The kind of a cell that Python has to look at."""


class Column(NamedTuple):
    """The cells of a column.

    Attributes:
        cells: n texts, or values of another type if all are of it and written like it; null for
            null.
        kinds: n kinds; None if all cells are of the type of the column.
        quotes: how many quotes stand in strings with escapes, in objects and in lists.
        is_sound: n times whether a cell is a value of JSON; None if all are.
    """

    cells: pl.Series
    kinds: pl.Series | None = None
    quotes: int = 0
    is_sound: pl.Series | None = None


class Pieces(NamedTuple):
    """A column as it is cut out of the rows.

    Attributes:
        values: n values, strings without their quotes.
        quoted: n times whether the value stands in quotes.
        strings: how many do.
        are_texts: whether all others are null; then null stands for it.
    """

    values: pl.Series
    quoted: pl.Series
    strings: int
    are_texts: bool


Around = Mapping[str, tuple[str, str]]
"""What stands before and behind the values of columns."""


def are_quoted(cells: pl.DataFrame, around: Around) -> pl.DataFrame:
    """Whether values begin and end with a quote."""
    begins = (pl.col(name).str.starts_with(before + '"') for name, (before, _) in around.items())
    begin = cells.select(begins)
    any_begins = begin.select(pl.all().any()).row(0) if around else ()
    some = [name for name, begins in zip(around, any_begins, strict=True) if begins]
    end = cells.select(_ends_with_quote(name, *around[name]) for name in some)
    return begin.with_columns(begin[name] & end[name] for name in some)


def _ends_with_quote(name: str, before: str, behind: str) -> pl.Expr:
    """Whether a value that begins with a quote ends with another."""
    cell, least = pl.col(name), len((before + behind).encode()) + 2
    return cell.str.ends_with('"' + behind) & (cell.str.len_bytes() >= least)


def pieces_of(cells: pl.DataFrame, quoted: pl.DataFrame, around: Around) -> list[Pieces]:
    """The columns without what is around their values, strings without their quotes.

    Args:
        cells: n rows of values, each with what stands around it.
        quoted: whether they stand in quotes.
        around: what is around them, by column.
    """
    if not around:
        return []
    counts = dict(zip(around, quoted.sum().row(0), strict=True))
    whole = pl.concat([cells, quoted.rename(QUOTED.format)], how="horizontal")
    mixed = [name for name, count in counts.items() if 0 < count < whole.height]
    are_texts = whole.select(_is_text_or_null(name, *around[name]).all() for name in mixed)
    texts = {name for name in mixed if are_texts[name].item()}
    texts.update(name for name, count in counts.items() if count == whole.height)
    values = whole.select(
        _value(name, *around[name], counts[name], are_texts=name in texts) for name in around
    )
    return [Pieces(values[name], quoted[name], counts[name], name in texts) for name in around]


def _is_text_or_null(name: str, before: str, behind: str) -> pl.Expr:
    return (pl.col(name) == before + "null" + behind) | pl.col(QUOTED.format(name))


def _value(name: str, before: str, behind: str, count: int, *, are_texts: bool) -> pl.Expr:
    """The values of a column, so many of which are strings."""
    cell, is_quoted = pl.col(name), pl.col(QUOTED.format(name))
    bare = _within(cell, len(before), len(behind))
    if not count:
        return bare
    text = _within(cell, len(before) + 1, len(behind) + 1)
    is_text = pl.when(is_quoted).then(text)
    return is_text if are_texts else is_text.otherwise(bare)


def _within(cell: pl.Expr, before: int, behind: int) -> pl.Expr:
    """Texts without so many characters at both ends.

    By bytes, which have to be seen to be UTF-8 again, that takes twice as long.
    """
    begun = cell.str.slice(before) if before else cell
    return begun.str.head(-behind) if behind else begun


def column_of(pieces: Pieces, remembered: Remembered) -> Column:
    """The cells of a column; strings still have their escapes.

    Args:
        pieces: what stands there.
        remembered: what Python makes of single values.
    """
    typed = _typed(pieces)
    return _with_odd(_bare(pieces), remembered) if typed is None else Column(typed)


def _typed(pieces: Pieces) -> pl.Series | None:
    """A column of which all values are of one type or null; None if they are of several."""
    if pieces.are_texts:
        return pieces.values
    return None if pieces.strings else typed_tokens(pieces.values)


def typed_tokens(tokens: pl.Series) -> pl.Series | None:
    """Integers, numbers or booleans, each written as only its value would be; null for `null`.

    None if they are not all of one type, or written in another way.
    """
    is_null = tokens == "null"
    known = len(tokens) - int(is_null.sum())
    if not known:
        return pl.repeat(None, len(tokens), dtype=pl.String, eager=True)
    first = tokens[int((~is_null).arg_max() or 0)]
    if first in BOOLEANS:
        is_true = tokens == "true"
        is_known = is_true | (tokens == "false")
        return is_true.set(is_null, None) if is_known.sum() == known else None
    if "." not in first:
        whole = tokens.cast(pl.Int64, strict=False)
        if _alike(whole.cast(pl.String), tokens) == known:
            return whole
    return _doubles(tokens, known)


def _doubles(tokens: pl.Series, known: int) -> pl.Series | None:
    """So many numbers that stand among nulls, as doubles; None if they are written otherwise."""
    values = tokens.cast(pl.Float64, strict=False)
    size = values.abs()
    if values.null_count() + known != len(tokens) or not (size < EXACT).all():
        return None
    if ((size < PLAIN) & (size > 0)).any() or tokens.is_in(NEGATIVE_ZEROS).any():
        return None
    written = values.cast(pl.String)
    if (found := _alike(written, tokens)) == known:
        return values
    left = (written != tokens).arg_true()
    whole = written.gather(left).str.strip_suffix(".0")
    return values if found + _alike(whole, tokens.gather(left)) == known else None


def _alike(texts: pl.Series, others: pl.Series) -> int:
    return int((texts == others).sum())


def _bare(pieces: Pieces) -> Column:
    """A column whose values are of several types, or not written as only they would be."""
    text, quoted = pieces.values, pieces.quoted
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


def escapes_in(texts: pl.Series) -> int:
    """How many backslashes there are in texts."""
    return int(texts.str.count_matches("\\", literal=True).sum())


def unescaped(column: Column, pieces: Pieces, remembered: Remembered) -> tuple[Column, int]:
    """A column with what escapes in strings stand for, and how many backslashes it had.

    Args:
        column: the cells.
        pieces: what they are made of.
        remembered: what Python makes of single values.
    """
    at = pieces.values.str.contains("\\", literal=True).arg_true()
    if at.is_empty():
        return column, 0
    count = escapes_in(pieces.values.gather(at))
    at = at.filter(pieces.quoted.gather(at))
    if at.is_empty():
        return column, count
    cells, escape = column.cells.gather(at), r"\""
    quotes = cells.str.count_matches('"', literal=True)
    simple = quotes == cells.str.count_matches("\\", literal=True)
    simple &= quotes == cells.str.count_matches(escape, literal=True)
    texts = cells.filter(simple).str.replace_all(escape, '"', literal=True)
    changed = column.cells.scatter(at.filter(simple), texts)
    column = column._replace(cells=changed, quotes=column.quotes + int(quotes.sum()))
    left = '"' + cells.filter(~simple) + '"'
    return _looked_at(column, at.filter(~simple), left, remembered), count


def _with_odd(column: Column, remembered: Remembered) -> Column:
    """The same with the values that Python reads one by one."""
    assert column.kinds is not None, "the column is of several types"
    at = (column.kinds == ODD).arg_true()
    if at.is_empty():
        return column
    tokens = column.cells.gather(at)
    quotes = int(tokens.str.count_matches('"', literal=True).sum())
    return _looked_at(column._replace(quotes=column.quotes + quotes), at, tokens, remembered)


def _looked_at(column: Column, at: pl.Series, tokens: pl.Series, remembered: Remembered) -> Column:
    """The same with some values read by Python, which stand there as they are given."""
    if at.is_empty():
        return column
    made = remembered.of(tokens)
    texts = pl.Series([one and one[0] for one in made], dtype=pl.String)
    kinds = pl.Series([one and one[1] for one in made], dtype=pl.String)
    is_sound, unsound = column.is_sound, at.filter(kinds.is_null())
    if len(unsound):
        if is_sound is None:
            is_sound = pl.repeat(True, len(column.cells), dtype=pl.Boolean, eager=True)
        is_sound = is_sound.scatter(unsound, False)
    known = column.kinds
    if known is None and (kinds == BROKEN_TEXT).any():  # which is no text as the others are
        _, known = of_kind(column.cells, TEXT)
    changed = None if known is None else known.scatter(at, kinds)
    return column._replace(cells=column.cells.scatter(at, texts), kinds=changed, is_sound=is_sound)


def strays(pieces: Pieces) -> pl.Series:
    """Whether a string has in it what has to be escaped; those with escapes Python has looked at.

    It takes them as they are unless all of their escapes are quotes.
    """
    text = pieces.values
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
    text, kind = text_and_kind(values[0])
    return None if text is None or kind is None else (text, kind)
