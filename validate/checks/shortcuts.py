"""Shortcuts: how to see in one go that a whole column meets conditions.

A shortcut says of a column what its conditions say of all its values, no more and no
less, in less time. Where one finds a fault, the conditions say in which rows.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Any

import polars as pl

from validate.checks.conditions import length_limit
from validate.fieldtypes import FIELD_TYPES
from validate.model import Field

OF_ONE_CLASS = re.compile(r"\[((?:0-9|a-z|A-Z|a-f|A-F)+)\]\{([1-9][0-9]{0,3})\}")


@dataclass(frozen=True)
class Shortcut:
    """A shortcut.

    Attributes:
        conditions: names of the conditions that it stands for.
        holds: turns the expression of a column into one that says, in a single value,
            whether every value in it meets them; a null does.
    """

    conditions: tuple[str, ...]
    holds: Callable[[pl.Expr], pl.Expr]


def shortcuts(field: Field) -> Iterator[Shortcut]:
    """The shortcuts that there are for the constraints of a field."""
    given = field.constraints
    if {"minLength", "maxLength"} <= given.keys():
        yield _lengths(field, given)
    found = OF_ONE_CLASS.fullmatch(given.get("pattern", ""))
    if found:
        yield _of_one_class(found[1], int(found[2]))


def _lengths(field: Field, given: Mapping[str, Any]) -> Shortcut:
    """Both bounds of the length, which is counted once."""
    length = FIELD_TYPES[field.type].length
    shortest, longest = length_limit(given["minLength"]), length_limit(given["maxLength"])
    return Shortcut(
        ("minLength", "maxLength"), lambda value: length(value).is_between(shortest, longest).all()
    )


def _of_one_class(ranges: str, count: int) -> Shortcut:
    """A fixed number of characters of ASCII, such as a digest has: looked at as bytes."""
    bounds = zip(ranges[::3], ranges[2::3], strict=True)
    allowed = {byte for first, last in bounds for byte in range(ord(first), ord(last) + 1)}
    lowest, highest = min(allowed), max(allowed)
    gaps = _runs({*range(lowest, highest)} - allowed)

    def holds(texts: pl.Series) -> pl.Series:
        # Texts of another size become null; rows without nulls, in one piece, are taken apart
        # much faster.
        rows = texts.rechunk().cast(pl.Binary).bin.reinterpret(dtype=pl.Array(pl.UInt8, count))
        characters = rows.drop_nulls().explode()
        fit = rows.null_count() == texts.null_count() and (
            characters.is_empty()
            or (
                _number(characters.min()) >= lowest
                and _number(characters.max()) <= highest
                and not any(_any_between(characters, *gap) for gap in gaps)
            )
        )
        return pl.Series([fit])

    return Shortcut(
        ("pattern",),
        lambda value: value.map_batches(holds, return_dtype=pl.Boolean, returns_scalar=True),
    )


def _runs(numbers: Set[int]) -> list[tuple[int, int]]:
    """The first and last of numbers that follow each other."""
    firsts = sorted(number for number in numbers if number - 1 not in numbers)
    lasts = sorted(number for number in numbers if number + 1 not in numbers)
    return list(zip(firsts, lasts, strict=True))


def _any_between(characters: pl.Series, first: int, last: int) -> bool:
    """Whether a byte is in a range, by one comparison: what is below it wraps to above."""
    return bool(((characters - first) <= last - first).any())


def _number(value: object) -> int:
    assert isinstance(value, int)
    return value
