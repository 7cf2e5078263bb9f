"""Draws pseudorandom values: a number by the place of its row, not by its predecessor."""

from datetime import date
from hashlib import sha256

import polars as pl

SEED = 1
# SplitMix64 (Steele, Lea and Flood 2014).
GAMMA, FIRST_FACTOR, SECOND_FACTOR = 0x9E3779B97F4A7C15, 0xBF58476D1CE4E5B9, 0x94D049BB133111EB
WORD = 2**64


def drawn(stream: str, below: int) -> pl.Expr:
    """Pseudorandom integers from 0 to `below`, by the column `index`.

    Args:
        stream: a name for what is drawn; every name has numbers of its own.
        below: the number of possible values.
    """
    start = int.from_bytes(sha256(f"{SEED} {stream}".encode()).digest()[:8], "big")
    state = pl.col("index") * word(GAMMA) + word(start)
    state = (state ^ (state // 2**30)) * word(FIRST_FACTOR)
    state = (state ^ (state // 2**27)) * word(SECOND_FACTOR)
    return (state ^ (state // 2**31)) % below


def number(stream: str, below: int) -> pl.Expr:
    """The same as signed integers, of which others can be subtracted."""
    return drawn(stream, below).cast(pl.Int64)


def word(value: int) -> pl.Expr:
    """A 64-bit integer; sums and products of such integers wrap around."""
    return pl.lit(value % WORD, dtype=pl.UInt64)


def one_of(stream: str, values: tuple[str, ...]) -> pl.Expr:
    """One of some texts, drawn."""
    return pl.lit(pl.Series(values)).gather(drawn(stream, len(values)))


def sometimes(stream: str, percent: float, text: pl.Expr) -> pl.Expr:
    """A text in so many percent of the rows, null in the others."""
    return pl.when(drawn(stream, 10_000) < round(percent * 100)).then(text)


def numbered(prefix: str, value: pl.Expr, digits: int) -> pl.Expr:
    """Ids: a prefix and a number of so many digits."""
    return pl.lit(prefix) + value.cast(pl.String).str.zfill(digits)


def decimal(stream: str, below: int, digits: int, start: float = 0) -> pl.Expr:
    """Decimal numbers from `start` on, as text with so many digits after the point."""
    return (number(stream, below) / 10**digits + start).round(digits).cast(pl.String)


def hexadecimal(stream: str, digits: int) -> pl.Expr:
    """So many hexadecimal digits."""
    each = (one_of(f"{stream} {place}", (*"0123456789abcdef",)) for place in range(digits))
    return pl.concat_str(*each)


def day(stream: str, first: date, days: int, pattern: str) -> pl.Expr:
    """A day from the first on, as text."""
    return (pl.lit(first) + pl.duration(days=number(stream, days))).dt.strftime(pattern)
