"""How rows of JSON are written: what stands between their values, which is the same in most."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import polars as pl

from validate._src.reading.batch import columns

OPENING = "opening"
OPENED = re.compile(r"[ \t\r\n]*\{")
KEY = re.compile(r'[ \t\r\n]*"([^"\\]*)"[ \t\r\n]*:[ \t\r\n]*')
COMMA = re.compile(r"[ \t\r\n]*,")
CLOSED = re.compile(r"[ \t\r\n]*\}[ \t\r\n]*")
VALUES = json.JSONDecoder(parse_int=str, parse_float=str)
"""Finds where values end, of whatever length their numbers are."""


@dataclass(frozen=True)
class Shape:
    """What stands around the values of an object.

    Attributes:
        keys: its keys, of which none stands twice or has an escape in it.
        opening: what stands before the end of the first key, such as `{"id`.
        colon: what stands between each key and its value, such as `": `.
        behind: what stands behind each value: `, "name` with the next key, at last `}`.
    """

    keys: tuple[str, ...]
    opening: str
    colon: str
    behind: tuple[str, ...]

    @property
    def controls(self) -> int:
        """How many control characters there are in its white space."""
        parts = [self.opening, self.colon * len(self.keys), *self.behind]
        return sum(character < " " for part in parts for character in part)


def cut(rows: pl.Series, shape: Shape, nested: Sequence[int]) -> pl.DataFrame:
    """Rows cut where the values of a shape begin; null where they are not of it.

    Args:
        rows: n texts.
        shape: how they are written.
        nested: the indexes of values, but the last, that may have keys in them: only the next key
            tells where they end.

    Returns:
        n rows: what stands before the first value, and as columns `0`, `1`, … each value with what
        stands behind it, a nested one without.
    """
    pieces: list[pl.Series] = []
    rest = rows
    for at in nested:
        *before, rest = _split(rest, shape.colon, at + 2 - len(pieces))
        value, rest = _split(rest, shape.behind[at] + shape.colon, 2)
        pieces += [*before, value]
    pieces += _split(rest, shape.colon, len(shape.keys) + 1 - len(pieces))
    names = [OPENING, *columns(len(shape.keys))]
    return pl.DataFrame(dict(zip(names, pieces, strict=True)))


def _split(texts: pl.Series, by: str, count: int) -> list[pl.Series]:
    """Texts split into so many at most; the last is what is left."""
    if count == 1:
        return [texts]
    return texts.str.splitn(by, count).struct.unnest().get_columns()


class _Pair(NamedTuple):
    """A key, and where it ends; where its value begins and ends."""

    key: str
    key_end: int
    begin: int
    end: int


def shape_of(text: str) -> Shape | None:
    """How an object is written that is the whole of a text; None if it is none of a simple form."""
    try:
        pairs = [*_pairs(text)]
    except (ValueError, RecursionError):
        return None
    if not pairs or not CLOSED.fullmatch(text, pairs[-1].end):
        return None
    keys = tuple(pair.key for pair in pairs)
    colons = {text[pair.key_end : pair.begin] for pair in pairs}
    if len({*keys}) < len(keys) or len(colons) > 1:
        return None
    ends = [*(pair.key_end for pair in pairs[1:]), len(text)]
    return Shape(
        keys,
        text[: pairs[0].key_end],
        colons.pop(),
        tuple(text[pair.end : end] for pair, end in zip(pairs, ends, strict=True)),
    )


def _pairs(text: str) -> Iterator[_Pair]:
    """The keys and values of an object up to what is no more of them."""
    comma = OPENED.match(text)
    while comma and (found := KEY.match(text, comma.end())):
        end = VALUES.raw_decode(text, found.end())[1]
        yield _Pair(found[1], found.end(1), found.end(), end)
        comma = COMMA.match(text, end)
