"""What holds for all rows of a table: its empty cells, extremes, distinct values, and keys."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from typing import Any

import polars as pl

from validate._src.describe.keys import MOST_FIELDS, PARTS, Hashes, composite_keys
from validate._src.describe.missing import LONGEST_MARK, MISSING
from validate._src.reading.batch import Reader
from validate._src.tables.batches import read_batches
from validate._src.tables.table import Table
from validate._src.words.model import TabularResource

NAMING = ("string", "integer")
"""The types of values that name something, and that others refer to."""
KEY_TYPES = (*NAMING, "date", "datetime", "time", "yearmonth")
"""The types that keys have; a measurement that is unique is so by chance."""
ORDERED = ("integer", "number", "date", "time", "datetime", "yearmonth")
FEWEST_ROWS = 3  # in fewer, nearly every column is unique and complete by chance
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


@dataclass(frozen=True)
class TableFacts:
    """What holds for a table.

    Attributes:
        rows: how many rows it has, blank ones left out.
        columns: what holds for its columns, by field.
        complete: whether it could be read to its end, every cell by the type of its field.
        composite: the fields of candidate keys of several fields, where none of one is found.
        untried: why such keys were not looked for among all fields; empty if they were.
        totals: the numbers of rows that are probably totals of the others: what holds for all
            rows then says nothing of those that are meant.
    """

    rows: int
    columns: Mapping[str, Facts]
    complete: bool
    composite: tuple[tuple[str, ...], ...] = ()
    untried: str = ""
    totals: tuple[int, ...] = ()

    @property
    def keys(self) -> list[str]:
        """The fields that have another value in every row, those of names before those of times."""
        found = [
            name
            for name, facts in self.columns.items()
            if facts.type in KEY_TYPES
            and facts.distinct is not None
            and len(facts.distinct) == self.rows
        ]
        return sorted(found, key=lambda name: self.columns[name].type not in NAMING)

    @property
    def tells(self) -> bool:
        """Whether what holds for its rows may hold for others."""
        return self.complete and self.rows >= FEWEST_ROWS and not self.totals


def facts_of(resource: TabularResource, reader: Reader | None = None) -> TableFacts:
    """What holds for all rows of a table.

    Args:
        resource: the table.
        reader: reads its rows, if they are at hand.
    """
    found = {one.name: Facts(one.type) for one in resource.schema.fields}
    rows, complete = 0, True
    for table in read_batches(resource, reader=reader):
        rows += len(table.rows)
        complete = complete and table.complete
        for name in table.text.columns:
            typed = table.values[name].null_count() == table.text[name].null_count()
            complete = complete and typed
            found[name] = _with_batch(found[name], table, name)
    facts = TableFacts(rows, found, complete)
    return facts if facts.keys or not facts.tells else _with_composite(facts, resource, reader)


def _with_composite(
    facts: TableFacts, resource: TabularResource, reader: Reader | None
) -> TableFacts:
    """The facts with the candidate keys of several fields."""
    parts = [name for name, one in facts.columns.items() if one.type in PARTS and not one.nulls]
    hashes = Hashes(parts[:MOST_FIELDS])
    for table in read_batches(resource, only={*hashes.names}, reader=reader):
        hashes.add(table)
    if not hashes.is_whole:
        return replace(facts, untried=f"its {facts.rows:,} rows are too many for that")
    found = tuple(composite_keys(hashes.frame()))
    is_cut = len(parts) > MOST_FIELDS and not found
    untried = f"only the first {MOST_FIELDS} fields were tried" if is_cut else ""
    return replace(facts, composite=found, untried=untried)


def _with_batch(known: Facts, table: Table, name: str) -> Facts:
    text, values = table.text[name], table.values[name]
    known = replace(known, nulls=known.nulls + text.null_count(), texts=_texts(known.texts, text))
    if known.type in KEY_TYPES:
        known = replace(known, distinct=_distinct(known.distinct, values))
    if known.type == "string":
        known = replace(known, marks=_marks(known.marks, text))
    return _with_extremes(known, text, values) if known.type in ORDERED else known


def _texts(known: frozenset[str] | None, text: pl.Series) -> frozenset[str] | None:
    if known is None:
        return None
    texts = known | {*text.drop_nulls().unique().head(LARGEST_SET + 1)}
    return texts if len(texts) <= LARGEST_SET else None


def _distinct(known: pl.Series | None, values: pl.Series) -> pl.Series | None:
    if known is None:
        return None
    hashes = pl.concat([known, values.drop_nulls().unique().hash()]).unique()
    return hashes if len(hashes) <= MOST_DISTINCT else None


def _marks(known: Mapping[str, int], text: pl.Series) -> Mapping[str, int]:
    short = text.filter(text.str.len_chars() <= LONGEST_MARK)
    bare = short.str.strip_chars().str.to_lowercase()
    found = short.filter(bare.is_in([*MISSING])).value_counts(name="cells").iter_rows()
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
