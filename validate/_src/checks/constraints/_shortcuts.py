"""Shortcuts: how to see in one go that a whole column meets conditions.

A shortcut says of a column what its conditions say of its values, no more and no less,
in less time.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

import polars as pl

from validate._src.fields.constraints import length_limit
from validate._src.fields.types import FIELD_TYPES
from validate._src.words.model import Field

OF_ONE_CLASS = re.compile(r"([A-Za-z0-9_:/-]*)\[((?:0-9|a-z|A-Z|a-f|A-F)+)\]\{([1-9][0-9]{0,3})\}")


@dataclass(frozen=True)
class Shortcut:
    """A shortcut.

    Attributes:
        conditions: names of the conditions that it stands for.
        holds: turns the expression of a column into one that says, in a single value,
            whether every value in it meets them; a null does.
        each: the same for each value; None where the conditions have to say it.
    """

    conditions: tuple[str, ...]
    holds: Callable[[pl.Expr], pl.Expr]
    each: Callable[[pl.Expr], pl.Expr] | None = None


def shortcuts(field: Field) -> Iterator[Shortcut]:
    """The shortcuts that there are for the constraints of a field."""
    given = field.constraints
    if {"minLength", "maxLength"} <= given.keys():
        yield _lengths(field, given)
    found = OF_ONE_CLASS.fullmatch(given.get("pattern", ""))
    if found:
        yield _of_one_class(found[1], found[2], int(found[3]))


def _lengths(field: Field, given: Mapping[str, Any]) -> Shortcut:
    """Both bounds of the length, which is counted once."""
    length = FIELD_TYPES[field.type].length
    shortest, longest = length_limit(given["minLength"]), length_limit(given["maxLength"])
    return Shortcut(
        ("minLength", "maxLength"), lambda value: length(value).is_between(shortest, longest).all()
    )


def _of_one_class(start: str, ranges: str, count: int) -> Shortcut:
    """A start, and a fixed number of characters of ASCII after it, as an id or a digest has.

    They are looked at as bytes: where all texts begin and end as they should, those of the
    class are as many as can be.
    """
    bounds = zip(ranges[::3], ranges[2::3], strict=True)
    allowed = {byte for first, last in bounds for byte in range(ord(first), ord(last) + 1)}
    expected = count + sum(byte in allowed for byte in start.encode())

    def holds(texts: pl.Series) -> pl.Series:
        rows = _rows_of_bytes(texts.cast(pl.Binary), len(start) + count)
        if rows.null_count() > texts.null_count():
            return pl.Series([False])
        if start and not texts.str.starts_with(start).all():
            return pl.Series([False])
        rows = rows.drop_nulls()
        characters = rows.explode()
        found = sum(_number_between(characters, *run) for run in _runs(allowed))
        return pl.Series([found == expected * len(rows)])

    def each(texts: pl.Series) -> pl.Series:
        rest = texts.cast(pl.Binary)
        rows = _rows_of_bytes(rest.bin.slice(len(start)) if start else rest, count)
        meets = rows.is_not_null()
        rows = rows.drop_nulls()
        characters = rows.explode()
        between = [(first <= characters) & (characters <= last) for first, last in _runs(allowed)]
        of_class = reduce(or_, between).reshape((len(rows), count)).arr.all()
        meets = meets.scatter(meets.arg_true(), of_class)
        return (meets & texts.str.starts_with(start)) | texts.is_null()

    return Shortcut(
        ("pattern",),
        lambda value: value.map_batches(holds, return_dtype=pl.Boolean, returns_scalar=True),
        lambda value: value.map_batches(each, return_dtype=pl.Boolean),
    )


def _rows_of_bytes(texts: pl.Series, size: int) -> pl.Series:
    """Texts as rows of so many bytes; null where a text has another size."""
    # Rows without nulls, in one piece, are taken apart much faster.
    return texts.rechunk().bin.reinterpret(dtype=pl.Array(pl.UInt8, size))


def _runs(numbers: Set[int]) -> list[tuple[int, int]]:
    """The first and last of numbers that follow each other."""
    firsts = sorted(number for number in numbers if number - 1 not in numbers)
    lasts = sorted(number for number in numbers if number + 1 not in numbers)
    return list(zip(firsts, lasts, strict=True))


def _number_between(characters: pl.Series, first: int, last: int) -> int:
    """How many bytes are in a range, by two comparisons that take no memory."""
    return int((characters <= last).sum()) - int((characters < first).sum())
