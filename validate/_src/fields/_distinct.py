"""Texts that stand more than once in a column, each looked at once.

Polars numbers the distinct texts of a column in a third of the time in which it looks texts up
among others.
"""

from collections.abc import Callable
from typing import Any

import polars as pl

SAMPLE = 2**10  # texts that tell whether many repeat: fewer would not tell in a column of 50,000
MOST_REMEMBERED = 2**24  # characters: of an ordinary table all texts are
EACH = 2**7  # characters, as many as what is kept of any text takes


class _Numbers:
    """Numbers for texts, from 0 on in the order in which they come."""

    def __init__(self) -> None:
        self._dtype = pl.Categorical(pl.Categories.random())
        self._kept = pl.Series(dtype=self._dtype)  # as long as it lives, so do the numbers
        self._count = 0

    def of(self, texts: pl.Series) -> tuple[pl.Series, pl.Series]:
        """The number of each text, null for null, and the texts that are new, in order."""
        numbers = texts.cast(self._dtype).to_physical()
        last = numbers.max()
        if not isinstance(last, int) or last < self._count:
            return numbers, texts.clear()
        is_new = numbers >= self._count
        highest = numbers.filter(is_new).cum_max()
        is_first = (highest > highest.shift(1)).fill_null(value=True)
        self._count = last + 1
        return numbers, texts.filter(is_new).filter(is_first)


def of_distinct(texts: pl.Series, parsed: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The values of n texts, of which only those that are distinct are parsed; null for null."""
    numbers, distinct = _Numbers().of(texts)
    return parsed(texts) if len(distinct) == len(texts) else parsed(distinct).gather(numbers)


def by_distinct(texts: pl.Series, function: Callable[[str], Any], dtype: pl.DataType) -> pl.Series:
    """What a function makes of each text, asked once for each that is distinct; null for null."""
    return of_distinct(texts, lambda distinct: of_each(distinct, function, dtype))


def of_each(texts: pl.Series, function: Callable[[str], Any], dtype: pl.DataType) -> pl.Series:
    """What a function makes of each text; null for null."""
    made = [None if text is None else function(text) for text in texts]
    return pl.Series(made, dtype=dtype, strict=False)


class Remembered:
    """A function of texts that remembers what it made of the first of them.

    Batches of a table hold the same texts again. No more are kept than `MOST_REMEMBERED`
    characters: beyond, a table whose texts are all different would fill the memory.
    """

    def __init__(self, function: Callable[[str], Any]) -> None:
        """Takes the function."""
        self._made = _Made(function)

    def of(self, texts: pl.Series) -> list[Any]:
        """What the function makes of each text; there are no nulls.

        A call of ours for each text took five times as long.
        """
        return [*map(self._made.__getitem__, texts)]


class _Made(dict[str, Any]):
    """What a function made of texts, by text."""

    def __init__(self, function: Callable[[str], Any]) -> None:
        super().__init__()
        self._function, self._size = function, 0

    def __missing__(self, text: str) -> Any:
        """What the function makes of a text that is new."""
        made = self._function(text)
        if self._size < MOST_REMEMBERED:
            self._size += len(text) + EACH
            self[text] = made
        return made


class RememberedColumns:
    """A parser of columns that remembers what it made of texts from batch to batch of a table.

    Once they have `MOST_REMEMBERED` characters they are forgotten: a table whose texts are all
    different would fill the memory.
    """

    def __init__(self, parsed: Callable[[pl.Series], pl.Series], dtype: pl.DataType) -> None:
        """Takes the parser, and the Polars type of what it makes."""
        self._parsed, self._dtype = parsed, dtype
        self._forget()

    def _forget(self) -> None:
        self._numbers, self._size = _Numbers(), 0
        self._values = pl.Series(dtype=self._dtype)

    def of(self, texts: pl.Series) -> pl.Series:
        """The value of each text; null for null."""
        return by_runs(texts, self._of_distinct)

    def _of_distinct(self, texts: pl.Series) -> pl.Series:
        numbers, new = self._numbers.of(texts)
        if len(new):
            self._values = self._values.append(self._parsed(new)).rechunk()
            self._size += int(new.str.len_chars().sum()) + EACH * len(new)
        values = self._values.gather(numbers)
        if self._size > MOST_REMEMBERED:
            self._forget()
        return values

    def of_many(self, texts: pl.Series) -> pl.Series:
        """The same, but texts are parsed as they come where few repeat.

        Off: +9 % on measurements, +3 % on events (benchmarks/tricks.py).
        """
        return by_runs(texts, self._of_some)

    def _of_some(self, texts: pl.Series) -> pl.Series:
        return self._of_distinct(texts) if many_repeat(texts) else self._parsed(texts)


def by_runs(texts: pl.Series, parsed: Callable[[pl.Series], pl.Series]) -> pl.Series:
    """The values of texts, of which only the first of each run of equal ones is parsed.

    In a table in order of time, or of places, the same text stands in row after row. To find
    runs takes a quarter of the time in which texts are numbered; whether there are some, the
    first texts tell.

    Args:
        texts: n texts, which may be null.
        parsed: gives the values of texts, null for null.
    """
    if len(texts) < 2 * SAMPLE or _number_of_runs(texts.head(SAMPLE)) > SAMPLE / 2:
        return parsed(texts)
    runs = texts.rle_id()
    is_first = (runs != runs.shift(1)).fill_null(value=True)
    return parsed(texts.filter(is_first)).gather(runs)


def _number_of_runs(texts: pl.Series) -> int:
    return texts.rle_id()[-1] + 1


def many_repeat(texts: pl.Series) -> bool:
    """Whether most texts stand more than once, as far as the first tell.

    Of s texts, drawn from n that are all as likely, s² / 2n are those of others.
    """
    if len(texts) < 2 * SAMPLE:
        return False
    repeated = SAMPLE - texts.head(SAMPLE).n_unique()
    return repeated > 0 and SAMPLE**2 / (2 * repeated) < len(texts) / 2
