"""Shortcuts: how to see in one go that a whole column meets conditions.

A shortcut says of a column what its conditions say of all its values, no more and no
less, in less time. Where one finds a fault, the conditions say in which rows.
"""

import re
from collections.abc import Callable, Iterator, Mapping
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
    bounds = [
        (ord(first), ord(last)) for first, last in zip(ranges[::3], ranges[2::3], strict=True)
    ]

    def holds(value: pl.Expr) -> pl.Expr:
        # Texts of another size become null; rows without nulls are taken apart much faster.
        row = value.cast(pl.Binary).bin.reinterpret(dtype=pl.Array(pl.UInt8, count)).drop_nulls()
        fit = (_is_between(row.explode(), *bound) for bound in bounds)
        return (value.str.len_bytes() == count).all() & pl.any_horizontal(fit).all()

    return Shortcut(("pattern",), holds)


def _is_between(byte: pl.Expr, first: int, last: int) -> pl.Expr:
    """Whether bytes are in a range, by one comparison: what is below it wraps to above."""
    return (byte - pl.lit(first, pl.UInt8)) <= pl.lit(last - first, pl.UInt8)
