"""Values told apart where their Polars type cannot: decimals of many digits, years far away.

Only doubtful cells are looked at, and only where it matters: in keys that repeat as doubles,
at bounds, among the values of an `enum`. All else is judged by Polars.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import repeat

import polars as pl

from validate._src.fields.natives import is_written, written
from validate._src.words.schema import Field

LONGEST_EXPONENT = 17  # digits; beyond, `Decimal` has none, and such numbers are all one or 0
EXACT_DIGITS = 15  # decimals of so many digits are different doubles if they differ
LEAST_EXPONENT, GREATEST_EXPONENT = -290, 300  # with which they are, for certain
BEYOND = f"1E{'9' * LONGEST_EXPONENT}"
DECIMAL = re.compile(r"([+-]?)([0-9]*)\.?([0-9]*)(?:[eE]([+-]?[0-9]+))?")


@dataclass(frozen=True)
class Exactness:
    """How the values of a type are told apart exactly.

    Attributes:
        doubtful: which of n texts, given with their values, may need a closer look.
        read: the value of a text in a form that equal values share, or None if it has none.
        form: a regular expression that all texts match which have such a value.
        is_held: whether the Polars type tells such a value from all others.
        rank: a number for such a value; of two values the greater has the greater one.
        bare: the texts as `read` expects them, without the marks of the field; several
            columns where a text may be read in several ways.
    """

    doubtful: Callable[[pl.Series, pl.Series], pl.Series]
    read: Callable[[str], str | None]
    form: str
    is_held: Callable[[str], bool]
    rank: Callable[[str], Decimal]
    bare: Callable[[pl.Series, Field], list[pl.Series]] = lambda texts, field: [texts]

    def exactly(self, texts: pl.Series, values: pl.Series, field: Field) -> pl.Series | None:
        """What the values are exactly, where the Polars type does not say so.

        Args:
            texts: n texts of a field, or native cells; null where the cell is a missing value.
            values: their n values.
            field: the field.

        Returns:
            n texts, null where the value says all or the text has none; None if all are null.
        """
        if field.format != "default" or _are_held(texts, values):
            return None
        texts = written(texts)
        doubtful = self.doubtful(texts, values)
        if not doubtful.any():
            return None
        at = doubtful.arg_true()
        read = self.read_all(texts.gather(at), values.gather(at), field)
        others = [exact for exact in read.drop_nulls().unique() if not self.is_held(exact)]
        if not others:
            return None
        found = pl.select(pl.when(read.is_in(others)).then(read)).to_series()
        return _none(len(texts)).scatter(at, found)

    def beyond(self, texts: pl.Series, values: pl.Series, field: Field) -> pl.Series | None:
        """As `exactly`, but only of texts whose values the Polars type does not hold at all."""
        if texts.null_count() == values.null_count():
            return None
        at = without_value(texts, values).arg_true()
        if at.is_empty():
            return None
        exact = self.exactly(texts.gather(at), values.gather(at), field)
        return None if exact is None else _none(len(texts)).scatter(at, exact)

    def read_all(self, texts: pl.Series, values: pl.Series, field: Field) -> pl.Series:
        """What the values are exactly, held by the Polars type or not; null where none is read.

        Python reads what has the form of a value: in a column may be a million other texts.
        """
        ways = self.bare(written(texts), field)
        of_form = (pl.lit(way).str.contains(self.form) for way in ways)
        is_of_form = pl.select(pl.any_horizontal(of_form)).to_series()
        at = None if is_of_form.all(ignore_nulls=False) else is_of_form.arg_true()
        if at is not None:
            values, ways = values.gather(at), [way.gather(at) for way in ways]
        numbers = values if values.dtype.is_numeric() else repeat(None)
        rows = zip(numbers, zip(*ways, strict=True), strict=False)
        read = pl.Series([self._read(*row) for row in rows], dtype=pl.String)
        return read if at is None else _none(len(texts)).scatter(at, read)

    def _read(self, value: float | None, ways: tuple[str | None, ...]) -> str | None:
        """The exact value, by the first way to read the text that agrees with the value."""
        for text in ways:
            exact = None if text is None else self.read(text)
            if exact is not None and (value is None or float(self.rank(exact)) == value):
                return exact
        return None


def _are_held(cells: pl.Series, values: pl.Series) -> bool:
    """Whether the values of native cells are what these are: all but doubles of integers."""
    return not is_written(cells) and not values.dtype.is_float()


def _none(count: int) -> pl.Series:
    """So many nulls."""
    return pl.repeat(None, count, dtype=pl.String, eager=True)


def decimal(text: str) -> str | None:
    """A decimal number as digits and exponent, `-123E-2` for `-1.230`; None if it is none."""
    found = DECIMAL.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return None
    sign, whole, fraction, exponent = found[1], found[2], found[3], found[4] or "0"
    digits = (whole + fraction).lstrip("0")
    significant = digits.rstrip("0")
    if not significant:
        return "0E0"
    if len(exponent.lstrip("+-0")) > LONGEST_EXPONENT:
        return "0E0" if exponent.startswith("-") else f"{sign.replace('+', '')}{BEYOND}"
    shift = int(exponent) - len(fraction) + len(digits) - len(significant)
    return f"{sign.replace('+', '')}{significant}E{shift}"


def is_exact_double(exact: str) -> bool:
    """Whether no other decimal of so few digits is the same double."""
    digits, _, exponent = exact.lstrip("-").partition("E")
    magnitude = int(exponent) + len(digits)
    return len(digits) <= EXACT_DIGITS and (
        digits == "0" or LEAST_EXPONENT < magnitude < GREATEST_EXPONENT
    )


def without_value(texts: pl.Series, values: pl.Series) -> pl.Series:
    """Which texts have no value in their Polars type."""
    if texts.null_count() == values.null_count():
        return pl.Series([False], dtype=pl.Boolean)
    return texts.is_not_null() & values.is_null()


def doubtful_doubles(texts: pl.Series, values: pl.Series) -> pl.Series:
    """Which texts may be other decimals than their doubles.

    Fifteen characters hold fifteen digits at most, and no two decimals of fifteen digits
    are the same double unless it overflows or nearly vanishes.
    """
    length = texts.str.len_bytes()
    least, greatest = 10.0**LEAST_EXPONENT, 10.0**GREATEST_EXPONENT
    small = values.abs() < least
    doubtful = (length > EXACT_DIGITS) | (values.abs() > greatest)
    if small.any():  # most are 0, which is no question
        doubtful |= small & texts.str.contains("^[^eE]*[1-9]")
    return (doubtful & values.is_not_nan()).fill_null(value=False)
