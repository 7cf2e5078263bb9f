"""The constraints that compare values: bounds, and the values of `enum` and categories.

Polars compares what its types tell apart. What they do not, decimals of many digits and
integers beyond 64 bits, is compared by text, and only where a double decides nothing: at a
bound, and among the values that an `enum` allows.
"""

import math
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import polars as pl

from validate._src.fields._arguments import Arguments, literal, read_arguments
from validate._src.fields._distinct import by_distinct
from validate._src.fields._durations import order_of_durations
from validate._src.fields._exact import Exactness
from validate._src.fields.types import FIELD_TYPES
from validate._src.words.errors import PackageError
from validate._src.words.schema import Field

FEW = 8
"""Up to so many values are compared one by one.

A look-up takes longer: off, +1.4 % on the benchmark's table, +0.4 % on measurements, +0.2 % on a
registry (benchmarks/tricks.py).
"""
BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
NOT_A_NUMBER = "is NaN, not a number, and so within no bounds"
WITHOUT_ORDER = "cannot be compared with {}, as a month has from 28 to 31 days"
Condition = Callable[[pl.Expr, pl.Expr], pl.Expr]
"""From a value and its text to whether the value meets a constraint; null where there is none."""
Comparison = Callable[[Any, Any], Any]


def among(field: Field, allowed: Any, place: str) -> Condition:
    """That a value is one of those allowed."""
    arguments = read_arguments(field, allowed, place)
    exactness = FIELD_TYPES[field.type].exactness
    held = arguments.values.filter(arguments.is_held)
    if exactness is None:
        return lambda value, text: _is_one_of(value, held)
    others = arguments.exact.filter(~arguments.is_held).implode()

    def judged(series: Sequence[pl.Series]) -> pl.Series:
        cells, texts = series
        met = cells.alias("value").to_frame().select(_is_one_of(pl.col("value"), held)).to_series()
        exact = exactness.exactly(texts, cells, field)
        if exact is None:
            return met
        return pl.select(pl.coalesce(exact.is_in(others), met)).to_series()

    return lambda value, text: pl.map_batches([value, text], judged, return_dtype=pl.Boolean)


def _is_one_of(value: pl.Expr, allowed: pl.Series) -> pl.Expr:
    if not 0 < len(allowed) <= FEW:
        return value.is_in(allowed.implode())
    return pl.any_horizontal(value == literal(allowed[at : at + 1]) for at in range(len(allowed)))


def bound(name: str, compare: Comparison) -> Callable[[Field, Any, str], Condition]:
    """That a value compares so with the argument of the constraint of some name."""

    def condition(field: Field, argument: Any, place: str) -> Condition:
        arguments = read_arguments(field, [argument], place)
        exactness = FIELD_TYPES[field.type].exactness
        if field.type == "duration":
            return _bound_of_durations(compare, arguments.values.item())
        if exactness is None or field.format != "default":
            return lambda value, text: compare(value, literal(arguments.values))
        is_first = _is_first_bound(field, name, place)
        exact_bound = _ExactBound(field, exactness, compare, arguments, judges_nan=is_first)
        return lambda value, text: pl.map_batches(
            [value, text], exact_bound.met, return_dtype=pl.Boolean
        )

    return condition


def _is_first_bound(field: Field, name: str, place: str) -> bool:
    """Whether a bound is the first one of its field that can be used."""
    return name == next(
        one
        for one, argument in field.constraints.items()
        if one == name or (one in BOUNDS and _is_readable(field, argument, place))
    )


def _is_readable(field: Field, argument: Any, place: str) -> bool:
    try:
        read_arguments(field, [argument], place)
    except PackageError:
        return False
    return True


def _bound_of_durations(compare: Comparison, limit: str) -> Condition:
    """A bound on durations; what has no order with it does not meet it.

    Source: XML Schema Part 2, 3.2.6.3 "Facet Comparison for durations": comparisons that are
    indeterminate count as false.
    """

    def meets(duration: str) -> bool:
        order = order_of_durations(duration, limit)
        return order is not None and compare(order, 0)

    return lambda value, text: value.map_batches(
        lambda durations: by_distinct(durations, meets, pl.Boolean()), return_dtype=pl.Boolean
    )


class _ExactBound:
    """A bound; cells that the Polars type cannot tell from it are compared exactly."""

    def __init__(
        self,
        field: Field,
        exactness: Exactness,
        compare: Comparison,
        arguments: Arguments,
        *,
        judges_nan: bool,
    ) -> None:
        """Takes the bound.

        Args:
            field: the field.
            exactness: that of its type.
            compare: how a value has to compare with the argument.
            arguments: the argument of the constraint.
            judges_nan: whether NaN, which is in no range, does not meet this bound; one of
                several says enough.
        """
        self._judges_nan = judges_nan
        self._field, self._exactness, self._compare = field, exactness, compare
        self._limit, self._is_held = arguments.values, arguments.is_held.item()
        self._is_far = self._limit.null_count() > 0  # beyond what the Polars type holds
        exact = arguments.exact.item()
        # Only NaN and the infinities of type number have no exact form.
        self._rank = Decimal(self._limit.item()) if exact is None else exactness.rank(exact)

    def met(self, series: Sequence[pl.Series]) -> pl.Series:
        """Whether cells, given with their texts, meet the bound; null where there is no value."""
        cells, texts = series
        met = self._of_zero(cells) if self._is_far else self._compare(cells, self._limit)
        is_float = cells.dtype.is_float()
        if is_float:
            met = self._with_nan(met, cells)
        close = None if self._is_far or cells.dtype.is_integer() else cells == self._limit
        if cells.null_count() == texts.null_count() and (close is None or not close.any()):
            return met
        without_value = cells.is_null() & texts.is_not_null()
        close = without_value if close is None else close.fill_null(value=False) | without_value
        if is_float:
            close &= (cells <= math.inf).fill_null(value=True)
        return self._with_close(met, cells, texts, close.arg_true())

    def _with_nan(self, met: pl.Series, cells: pl.Series) -> pl.Series:
        """The verdicts, with that on NaN, which Polars sorts above every number."""
        if self._judges_nan:
            return met & (cells <= math.inf) if self._compare(math.inf, 0) else met
        return met if met.all() else met | cells.is_nan()

    def _of_zero(self, cells: pl.Series) -> pl.Series:
        holds = bool(self._compare(Decimal(0), self._rank))
        return pl.select(pl.when(cells.is_not_null()).then(holds)).to_series()

    def _with_close(
        self, met: pl.Series, cells: pl.Series, texts: pl.Series, at: pl.Series
    ) -> pl.Series:
        """The verdicts, those on cells that are close to the limit compared exactly."""
        read = self._exactness.exactly if self._is_held else self._exactness.read_all
        exact = read(texts.gather(at), cells.gather(at), self._field)
        if exact is None:
            return met
        verdicts = by_distinct(exact, self._is_met_by, pl.Boolean())
        return met.scatter(at, pl.select(pl.coalesce(verdicts, met.gather(at))).to_series())

    def _is_met_by(self, exact: str) -> bool:
        return bool(self._compare(self._exactness.rank(exact), self._rank))


def phrases_of_bounds(
    phrase: str, field: Field, argument: Any, texts: pl.Series, values: pl.Series
) -> pl.Series | str:
    """What to say of values that do not meet a bound; `{}` is the bound.

    Args:
        phrase: what is said of most.
        field: the field.
        argument: the bound.
        texts: n texts.
        values: their values.
    """
    if field.type == "duration":
        limit = read_arguments(field, [argument], field.name).values.item()
        without_order = by_distinct(
            values, lambda value: order_of_durations(value, limit) is None, pl.Boolean()
        )
        special = pl.when(without_order).then(pl.lit(WITHOUT_ORDER))
    elif field.type == "number":
        infinite = values.is_infinite() & ~texts.str.contains("[0-9]")
        special = pl.when(values.is_nan()).then(pl.lit(NOT_A_NUMBER))
        special = special.when(infinite).then(pl.lit(f"is infinite, and {phrase}"))
    else:
        return phrase
    return pl.select(special.otherwise(pl.lit(phrase))).to_series()
