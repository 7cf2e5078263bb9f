"""What holds for all rows of a table: its empty cells, extremes, and distinct values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any

import polars as pl

from validate._src.tables.batches import read_batches
from validate._src.tables.table import Table
from validate._src.words.model import TabularResource

KEY_TYPES = ("string", "integer")
"""The types that keys have; a measurement that is unique is so by chance."""
ORDERED = ("integer", "number", "date", "time", "datetime", "yearmonth")
MOST_DISTINCT = 5_000_000  # of a column: eight bytes each would fill the memory beyond
LARGEST_SET = 20  # texts that a set has at most; an `enum` of more is no longer read by people
SENTINELS = (-99, -999, -9999, -99999, -999999)
"""Numbers that sensors and old programs write where they have no value."""


@dataclass(frozen=True)
class Facts:
    """What holds for a column in all rows.

    Attributes:
        type: the type of the field.
        nulls: how many cells have no value.
        distinct: the hashes of its values, each once, of a type that keys have; None where
            there are more than `MOST_DISTINCT`.
        texts: its distinct texts; None where there are more than `LARGEST_SET`.
        least: the least value with its text, sentinels left aside.
        greatest: the greatest.
        sentinels: how many cells have each of `SENTINELS`.
    """

    type: str
    nulls: int = 0
    distinct: pl.Series | None = field(default_factory=lambda: pl.Series(dtype=pl.UInt64))
    texts: frozenset[str] | None = frozenset()
    least: tuple[Any, str] | None = None
    greatest: tuple[Any, str] | None = None
    sentinels: Mapping[int, int] = field(default_factory=dict[int, int])


@dataclass(frozen=True)
class TableFacts:
    """What holds for a table.

    Attributes:
        rows: how many rows it has, blank ones left out.
        columns: what holds for its columns, by field.
        complete: whether it could be read to its end, every cell by the type of its field.
    """

    rows: int
    columns: Mapping[str, Facts]
    complete: bool


def facts_of(resource: TabularResource) -> TableFacts:
    """What holds for all rows of a table."""
    found = {one.name: Facts(one.type) for one in resource.schema.fields}
    rows, complete = 0, True
    for table in read_batches(resource):
        rows += len(table.rows)
        complete = complete and table.complete
        for name in table.text.columns:
            typed = table.values[name].null_count() == table.text[name].null_count()
            complete = complete and typed
            found[name] = _with_batch(found[name], table, name)
    return TableFacts(rows, found, complete)


def _with_batch(known: Facts, table: Table, name: str) -> Facts:
    text, values = table.text[name], table.values[name]
    known = replace(known, nulls=known.nulls + text.null_count(), texts=_texts(known.texts, text))
    if known.type in KEY_TYPES:
        known = replace(known, distinct=_distinct(known.distinct, values))
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


def _with_extremes(known: Facts, text: pl.Series, values: pl.Series) -> Facts:
    """What is known of a column with the extremes of a batch, and with its sentinels."""
    kept = values.is_not_null()
    sentinels = {**known.sentinels}
    if values.dtype.is_numeric():
        for number in SENTINELS:
            if cells := int((values == number).sum()):
                sentinels[number] = sentinels.get(number, 0) + cells
        kept &= ~values.is_in(pl.Series(SENTINELS, dtype=values.dtype).implode())
    if values.dtype.is_float():
        kept &= values.is_finite()
    frame = pl.DataFrame({"value": values, "text": text}).filter(kept)
    at = [frame["value"].arg_min(), frame["value"].arg_max()]
    if at[0] is None or at[1] is None:
        return replace(known, sentinels=sentinels)
    least, greatest = frame.row(at[0]), frame.row(at[1])
    return replace(
        known,
        sentinels=sentinels,
        least=min(known.least or least, least, key=itemgetter(0)),
        greatest=max(known.greatest or greatest, greatest, key=itemgetter(0)),
    )
