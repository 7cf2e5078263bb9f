"""What holds for a column in all rows: its empty cells, extremes, distinct values and sentinels."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from typing import Any

import polars as pl

from validate._src.describe.missing import LONGEST_MARK, MISSING
from validate._src.tables.table import Table

NAMING = ("string", "integer")
"""The types of values that name something, and that others refer to."""
OF_TIME = ("date", "datetime", "time", "yearmonth")
"""The types of values that are a key where they rise or fall from row to row, as in a series."""
KEY_TYPES = (*NAMING, *OF_TIME)
"""The types that keys have; a measurement that is unique is so by chance."""
LONGEST_NAME = 50  # characters; a longer text with spaces in it is prose, and names nothing
ORDERED = ("integer", "number", "date", "time", "datetime", "yearmonth")
MOST_DISTINCT = 5_000_000  # of a column: eight bytes each would fill the memory beyond
LARGEST_SET = 20  # texts that a set has at most; an `enum` of more is no longer read by people
NINES = tuple(10**digits - 1 for digits in range(2, 7))
SENTINELS = (*(-number for number in NINES), *NINES[1:], -(2**15), -(2**31))
"""Numbers that sensors and old programs write where they have no value."""
SENTINEL_DAYS = tuple(
    map(
        dt.date.fromisoformat,
        ["9999-12-31", "9999-01-01", "2999-12-31", "2099-12-31", "1970-01-01", "1900-01-01",
         "1899-12-31", "1899-12-30", "1753-01-01", "1601-01-01", "0001-01-01"],
    )
)  # fmt: skip
"""Days that programs write where they have none: the first and the last that they know."""
DIGITS = 15
"""Significant digits of a decimal number that every double keeps."""
YEARS = 20  # between a day that may mean none and all others, at least


@dataclass(frozen=True)
class Facts:
    """What holds for a column in all rows.

    Attributes:
        type: the type of the field.
        nulls: how many cells have no value.
        distinct: the hashes of its values, each once, of a type that keys have; None where
            there are more than `MOST_DISTINCT`.
        texts: its distinct texts; None where there are more than `LARGEST_SET`.
        least: the least finite value with its text, sentinels left aside.
        greatest: the greatest.
        sentinels: the value of each text that is one of `SENTINELS` or `SENTINEL_DAYS`, and how
            many cells have it.
        beyond: how many cells no bound holds for: those of NaN and infinity.
        is_exact: whether the extremes are the numbers that their texts say; a double may not be.
        marks: the texts that say elsewhere that there is no value, and how many cells have each;
            of a field of texts.
        is_prose: whether a text is longer than names are.
        rises: whether no value is below that of the row before, of a type of `OF_TIME`.
        falls: whether none is above it.
        last: the value of the last row that has one, of the same types.
        is_doubtful: whether nearly all its values are of a type that others keep it from: what
            holds for all of them then holds for what are probably faults.
    """

    type: str
    nulls: int = 0
    distinct: pl.Series | None = field(default_factory=lambda: pl.Series(dtype=pl.UInt64))
    texts: frozenset[str] | None = frozenset()
    least: tuple[Any, str] | None = None
    greatest: tuple[Any, str] | None = None
    sentinels: Mapping[str, tuple[Any, int]] = field(default_factory=dict[str, tuple[Any, int]])
    beyond: int = 0
    is_exact: bool = True
    marks: Mapping[str, int] = field(default_factory=dict[str, int])
    is_prose: bool = False
    rises: bool = True
    falls: bool = True
    last: Any = None
    is_doubtful: bool = False

    @property
    def far(self) -> frozenset[str]:
        """The texts of sentinels that stand far from all other values."""
        found = self.sentinels.items()
        return frozenset(text for text, (value, _) in found if _is_far(value, self))

    @property
    def names_rows(self) -> bool:
        """Whether its values are of a kind that rows are told apart by, and none is missing."""
        lacks = self.nulls or self.far or self.is_prose or self.is_doubtful
        return self.type in KEY_TYPES and not lacks

    @property
    def is_series(self) -> bool:
        """Whether its values are in the order of the rows, if they are of a time."""
        return self.type not in OF_TIME or self.rises or self.falls


def _is_far(value: Any, facts: Facts) -> bool:
    """Whether a sentinel stands far from all other values of a column."""
    if facts.least is None or facts.greatest is None:
        return False
    least, greatest = facts.least[0], facts.greatest[0]
    if isinstance(value, dt.date):
        years = [abs(value.year - other.year) for other in (least, greatest)]
        return not least <= value <= greatest and min(years) >= YEARS
    return least > value / 10 if value < 0 else greatest < value / 10


def with_batch(known: Mapping[str, Facts], table: Table) -> dict[str, Facts]:
    """What is known of the columns of a table with a batch of its rows.

    What is asked of many columns is asked at once: to ask Polars takes longer than to answer, and
    a table may have thousands.
    """
    found = {name: known[name] for name in table.cells.columns}
    texts = _of_columns(table.text, TEXTS, [n for n, one in found.items() if one.texts is not None])
    keys = [n for n, one in found.items() if one.type in KEY_TYPES and one.distinct is not None]
    hashes = _of_columns(table.values, HASHES, keys)
    strings = [n for n, one in found.items() if one.type == "string"]
    marks = _of_columns(table.text, MARKS, strings)
    for name, one in found.items():
        if name in texts:
            one = replace(one, texts=_texts(one.texts, texts[name]))
        if name in hashes:
            one = replace(one, distinct=_distinct(one.distinct, hashes[name]))
        if name in marks:
            is_prose = one.is_prose or _is_prose(table.text[name])
            one = replace(one, marks=_marks(one.marks, marks[name]), is_prose=is_prose)
        found[name] = _with_values(one, table.text[name], table.values[name])
    return {**known, **found}


TEXTS = pl.all().drop_nulls().unique().head(LARGEST_SET + 1)
HASHES = pl.all().drop_nulls().hash().unique()
MARKS = pl.all().filter(
    (pl.all().str.len_chars() <= LONGEST_MARK)
    & pl.all().str.strip_chars().str.to_lowercase().is_in([*MISSING])
)
"""What is asked of the columns of a batch."""


def _of_columns(frame: pl.DataFrame, asked: pl.Expr, names: Sequence[str]) -> dict[str, pl.Series]:
    """What an expression makes of each of some columns."""
    made = frame.select(names).select(asked.implode())
    return {name: made[name][0] for name in names}


def _with_values(known: Facts, text: pl.Series, values: pl.Series) -> Facts:
    """What is known of a column with the values of a batch in their order."""
    known = replace(known, nulls=known.nulls + text.null_count())
    if known.type in OF_TIME:
        known = _with_order(known, values)
    return _with_extremes(known, text, values) if known.type in ORDERED else known


def _is_prose(text: pl.Series) -> bool:
    long = text.filter(text.str.len_chars() > LONGEST_NAME)
    return bool(long.str.contains(r"\s").any())


def _with_order(known: Facts, values: pl.Series) -> Facts:
    """What is known of a column with the order of the values of a batch."""
    filled = values.drop_nulls()
    if filled.is_empty():
        return known
    follows = known.last is None or filled[0] >= known.last
    precedes = known.last is None or filled[0] <= known.last
    return replace(
        known,
        rises=known.rises and follows and filled.is_sorted(),
        falls=known.falls and precedes and filled.is_sorted(descending=True),
        last=filled[-1],
    )


def _texts(known: frozenset[str] | None, texts: pl.Series) -> frozenset[str] | None:
    found = (known or frozenset()) | {*texts}
    return found if len(found) <= LARGEST_SET else None


def _distinct(known: pl.Series | None, hashes: pl.Series) -> pl.Series | None:
    every = hashes if known is None or known.is_empty() else pl.concat([known, hashes]).unique()
    return every if len(every) <= MOST_DISTINCT else None


def _marks(known: Mapping[str, int], texts: pl.Series) -> Mapping[str, int]:
    found = texts.value_counts().iter_rows() if len(texts) else ()
    return {**known, **{one: known.get(one, 0) + cells for one, cells in found}}


def _with_extremes(known: Facts, text: pl.Series, values: pl.Series) -> Facts:
    """What is known of a column with the extremes of a batch, and with its sentinels."""
    frame = pl.DataFrame({"value": values, "text": text}).filter(values.is_not_null())
    if values.dtype.is_float():
        finite = frame.filter(pl.col("value").is_finite())
        known = replace(known, beyond=known.beyond + frame.height - finite.height)
        frame = finite
    odd = _are_sentinels(frame["value"])
    if odd.any():
        known = replace(known, sentinels=_sentinels(known.sentinels, frame.filter(odd)))
        frame = frame.filter(~odd)
    if frame.is_empty():
        return known
    ends = [frame["value"].arg_min(), frame["value"].arg_max()]
    least, greatest = (frame.row(at) for at in ends if at is not None)
    return replace(
        known,
        least=min(known.least or least, least, key=itemgetter(0)),
        greatest=max(known.greatest or greatest, greatest, key=itemgetter(0)),
        is_exact=known.is_exact and _are_exact(frame, (least[0], greatest[0])),
    )


def _are_sentinels(values: pl.Series) -> pl.Series:
    if values.dtype.is_numeric():
        return values.is_in(pl.Series(SENTINELS, dtype=values.dtype).implode())
    if isinstance(values.dtype, pl.Date | pl.Datetime):
        return values.cast(pl.Date).is_in([*SENTINEL_DAYS])
    return pl.repeat(False, len(values), dtype=pl.Boolean, eager=True)


def _sentinels(
    known: Mapping[str, tuple[Any, int]], odd: pl.DataFrame
) -> Mapping[str, tuple[Any, int]]:
    merged = {**known}
    for text, value, cells in (
        odd.group_by("text", maintain_order=True).agg(pl.col("value").first(), pl.len()).iter_rows()
    ):
        merged[text] = (value, merged[text][1] + cells if text in merged else cells)
    return merged


def _are_exact(frame: pl.DataFrame, extremes: tuple[Any, Any]) -> bool:
    """Whether all texts of the extremes say the very numbers that doubles have of them."""
    if not frame["value"].dtype.is_float():
        return True
    texts = frame.filter(pl.col("value").is_in(extremes)).unique()
    return all(_is_exact(value, text) for value, text in texts.iter_rows())


def _is_exact(value: float, text: str) -> bool:
    try:
        return Decimal(text.strip()) == Decimal(repr(value))
    except InvalidOperation:  # it has marks or a sign in it
        return sum(character.isdigit() for character in text) <= DIGITS
