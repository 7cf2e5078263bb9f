"""Rows by their primary keys: those that have one, or one that is written nearly like it."""

from collections.abc import Iterable, Iterator
from itertools import islice

import polars as pl

from validate._src.curation.places import Place
from validate._src.fields.natives import written
from validate._src.tables.table import Table
from validate._src.words.matching import is_slip, plain_key

SUGGESTED = 3
"""Keys that a message names."""


def rows_with_key(tables: Iterable[Table], key: str) -> list[Place]:
    """The rows, in whatever table, whose primary key is `key`; commas join its parts."""
    return [Place(table, index) for table in tables for index in (keys(table) == key).arg_true()]


def keys(table: Table) -> pl.Series:
    """The primary keys of n rows, their parts joined by commas; none where there is no key."""
    names = table.key_fields
    if not table.schema.primary_key or not names:
        return pl.Series(dtype=pl.String)
    parts = [written(table.cells[name]).fill_null("") for name in names]
    return pl.select(pl.concat_str(parts, separator=",")).to_series()


def rows_with_like_key(tables: Iterable[Table], word: str) -> Iterator[tuple[str, Place]]:
    """Keys that are written nearly like a word, each with a row; restricted ones not."""
    wanted = plain_key(word)
    for table in tables if wanted else ():
        for index, key in _open_keys(table):
            if plain_key(key) == wanted:
                yield key, Place(table, index)


def near_keys(tables: Iterable[Table], word: str) -> list[str]:
    """The first few keys in which one slip makes a word, each once; restricted ones not."""
    wanted = plain_key(word)
    near = (
        key for table in tables for _, key in _open_keys(table) if is_slip(plain_key(key), wanted)
    )
    found = dict.fromkeys(islice(near, SUGGESTED * SUGGESTED))
    return [*found][:SUGGESTED]


def _open_keys(table: Table) -> Iterator[tuple[int, str]]:
    """The keys that may be written, each with the index of its row."""
    if not table.withholds(table.key_fields):
        yield from enumerate(keys(table))
