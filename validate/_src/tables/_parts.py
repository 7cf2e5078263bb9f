"""The columns of findings of many rows, made without a query: each has a price, however few."""

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from validate._src.words.finding import FINDING_COLUMNS, LONGEST_VALUE, cut
from validate._src.words.findingframe import DTYPES

FEW = 2**10  # findings of which Python makes columns in less time than Polars takes for a query


def texts_of(texts: Iterable[str | None]) -> pl.Series:
    """Some texts."""
    return pl.Series([*texts], dtype=pl.String)


def findings_with(
    columns: Mapping[str, pl.Series], same: Mapping[str, str | None], count: int
) -> pl.DataFrame:
    """So many findings.

    Args:
        columns: the attributes in which they may differ.
        same: those in which they do not; of many findings Polars keeps such a value once.
        count: how many they are.
    """
    if count > FEW:
        values = [pl.lit(value, DTYPES[name]).alias(name) for name, value in same.items()]
        made = [one.alias(name) for name, one in columns.items()]
        return pl.DataFrame(made).with_columns(values).select(FINDING_COLUMNS)
    made = {
        name: pl.Series([value], dtype=DTYPES[name]).new_from_index(0, count)
        for name, value in same.items()
    }
    made.update(columns)
    return pl.DataFrame([made[name].alias(name) for name in FINDING_COLUMNS])


def filled(texts: pl.Series) -> pl.Series:
    """Texts, empty for null."""
    return texts.fill_null("") if texts.null_count() else texts


def keys_of(parts: Sequence[pl.Series], count: int) -> pl.Series:
    """The keys of so many rows, each in one list, from the texts of their parts."""
    if not parts:
        return pl.Series([[]], dtype=pl.List(pl.String)).new_from_index(0, count)
    if len(parts) == 1 and count:
        return parts[0].reshape((-1, 1)).cast(pl.List(pl.String))
    named = [part.alias(str(number)) for number, part in enumerate(parts)]
    return pl.DataFrame(named).select(pl.concat_list(pl.all())).to_series()


def all_cut(texts: pl.Series) -> pl.Series:
    """Texts shortened as `cut` does, in memory of their own."""
    if len(texts) <= FEW:
        some = [text if text is None else cut(text) for text in texts.to_list()]
        return pl.Series(texts.name, some, dtype=pl.String)
    own = texts + ""
    is_long = (texts.str.len_bytes() > LONGEST_VALUE).arg_true()
    if is_long.is_empty():
        return own
    long = texts.gather(is_long)
    short = long.str.slice(0, LONGEST_VALUE - 1) + "…"
    is_cut = long.str.len_chars() > LONGEST_VALUE
    return own.scatter(is_long.filter(is_cut), short.filter(is_cut))
