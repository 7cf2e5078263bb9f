"""The columns of findings of many rows, made without a query: each has a price, however few."""

from collections.abc import Iterable, Sequence

import polars as pl

from validate._src.words.finding import LONGEST_VALUE, cut

FEW = 2**10  # texts that Python cuts in less time than Polars takes for a query


def texts_of(texts: Iterable[str | None]) -> pl.Series:
    """Some texts."""
    return pl.Series([*texts], dtype=pl.String)


def same(value: str | None, count: int, dtype: type[pl.DataType] = pl.String) -> pl.Series:
    """So many times the same, without a query."""
    return pl.Series([value], dtype=dtype).new_from_index(0, count)


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
