"""How rows of JSON are written: what stands between their values, which is the same in most."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from validate._src.reading.batch import columns

OPENING = "opening"
LIST = re.compile(r"[ \t\r\n]*\[[ \t\r\n]*")
PARTED = re.compile(r"[ \t\r\n]*,[ \t\r\n]*")
LIST_CLOSED = re.compile(r"[ \t\r\n]*\][ \t\r\n]*")
OPENED = re.compile(r"[ \t\r\n]*\{")
KEY = re.compile(r'[ \t\r\n]*"([^"\\]*)"[ \t\r\n]*:[ \t\r\n]*')
COMMA = re.compile(r"[ \t\r\n]*,")
CLOSED = re.compile(r"[ \t\r\n]*\}[ \t\r\n]*")
VALUES = json.JSONDecoder(parse_int=str, parse_float=str)
"""Finds where values end, of whatever length their numbers are."""


class Cut(NamedTuple):
    """How rows are cut out of a text.

    Attributes:
        before: what is cut off the beginning of each.
        behind: what is cut off its end.
        after: what is left behind each that is none of it, such as a comma.
    """

    before: str = ""
    behind: str = ""
    after: str = ""


@dataclass(frozen=True)
class Shape:
    """What stands around the values of an object, or of a list.

    Attributes:
        keys: its keys, of which none stands twice or has an escape in it; of a list `0`, `1`, …
        opening: what stands before the end of the first key, such as `{"id`, or before the first
            value of a list.
        before: what stands between each key and its value, such as `": `, or between the values
            of a list.
        behind: what stands behind each value: `, "name` with the next key, at last `}`; of a list
            only behind the last one.
        is_list: whether it is a list.
    """

    keys: tuple[str, ...]
    opening: str
    before: str
    behind: tuple[str, ...]
    is_list: bool = False

    @property
    def begin(self) -> str:
        """What any row begins with that is written like this one, whatever its first key is."""
        return self.opening if self.is_list else self.opening[: self.opening.index('"') + 1]

    @property
    def quotes(self) -> int:
        """How many quotes there are around its keys."""
        return sum(part.count('"') for part in self._parts)

    @property
    def controls(self) -> int:
        """How many control characters there are in its white space."""
        return sum(map(controls_in, self._parts))

    @property
    def _parts(self) -> Sequence[str]:
        return [self.opening, *[self.before] * (len(self.keys) - self.is_list), *self.behind]

    def within(self, made: Cut) -> "Shape | None":
        """The same of rows as they are cut out of a text; None if none of it can be."""
        *behind, last = self.behind
        if not (self.opening.startswith(made.before) and last.endswith(made.behind)):
            return None
        opening, last = self.opening.removeprefix(made.before), last.removesuffix(made.behind)
        return replace(self, opening=opening, behind=(*behind, last + made.after))


def controls_in(text: str) -> int:
    """How many control characters there are in a text."""
    return sum(character < " " for character in text)


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
    if shape.is_list:
        return _cut_lists(rows, shape)
    pieces: list[pl.Series] = []
    rest = rows
    for at in nested:
        *before, rest = _split(rest, shape.before, at + 2 - len(pieces))
        value, rest = _split(rest, shape.behind[at] + shape.before, 2)
        pieces += [*before, value]
    pieces += _split(rest, shape.before, len(shape.keys) + 1 - len(pieces))
    names = [OPENING, *columns(len(shape.keys))]
    return pl.DataFrame(dict(zip(names, pieces, strict=True)))


def _cut_lists(rows: pl.Series, shape: Shape) -> pl.DataFrame:
    first, *others = _split(rows, shape.before, len(shape.keys))
    names = columns(len(shape.keys))[1:]
    parts = (part.alias(name) for name, part in zip(names, others, strict=True))
    return opened(first, shape).with_columns(parts)


def opened(first: pl.Series, shape: Shape) -> pl.DataFrame:
    """The first values of lists, and apart what stands before them; null where that is another."""
    begins = pl.col("first").str.starts_with(shape.opening)
    opening = pl.when(begins).then(pl.lit(shape.opening)).alias(OPENING)
    without = pl.col("first").str.strip_prefix(shape.opening).alias("0")
    return first.to_frame("first").select(opening, without)


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
    """How an object or list is written that is the whole of a text; None if in no simple form."""
    try:
        return _of_list(text) if LIST.match(text) else _of_object(text)
    except (ValueError, RecursionError):
        return None


def _of_list(text: str) -> Shape | None:
    opened = LIST.match(text)
    ends: list[tuple[int, int]] = []
    parted = opened
    while parted and not LIST_CLOSED.match(text, parted.end()):
        ends.append((parted.end(), VALUES.raw_decode(text, parted.end())[1]))
        parted = PARTED.match(text, ends[-1][1])
    if not (opened and ends and LIST_CLOSED.fullmatch(text, ends[-1][1])):
        return None
    commas = {text[end:start] for (_, end), (start, _) in pairwise(ends)} or {","}
    behind = (*[""] * (len(ends) - 1), text[ends[-1][1] :])
    if len(commas) > 1:
        return None
    return Shape((*columns(len(ends)),), opened[0], commas.pop(), behind, is_list=True)


def _of_object(text: str) -> Shape | None:
    pairs = [*_pairs(text)]
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
