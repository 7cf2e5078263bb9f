"""Numbers of any length.

Python turns texts of up to 4,300 digits into integers and back, as the time grows with the square
of their number. Decimals have no such limit; their own arithmetic rounds, but neither their
comparisons do nor what is called here.
"""

import json
from decimal import MAX_EMAX, MAX_PREC, MIN_EMIN, Context, Decimal, InvalidOperation
from math import isfinite
from typing import Any

from validate._src.words.schema import EXACT

MOST_DIGITS = 4300
FEW_BITS = 14_000  # of an integer that has no more digits than Python writes
SMALLEST_PLAIN = -5
"""The power of ten of the smallest numbers that are written without an exponent."""
LONGEST_PART = 4000
"""Digits of a year or a part of a duration: what is made of it has few more, and is an integer.

Source: XML Schema Part 2, 5.4 "Partial Implementation of Infinite Datatypes".
"""
EXACTLY = Context(prec=MAX_PREC, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Sums and products without rounding; quotients would take all memory."""


def json_value(text: str, **hooks: Any) -> Any:
    """A value of JSON; a number that Python cannot hold or would make whole is its text.

    Args:
        text: the text.
        hooks: what `json.loads` is told else.
    """
    try:
        return json.loads(text, parse_float=_double_or_text, **hooks)
    except json.JSONDecodeError:
        raise
    except ValueError:
        return json.loads(text, parse_float=_double_or_text, parse_int=_integer_or_text, **hooks)


def _integer_or_text(text: str) -> int | str:
    return int(text) if len(text) <= MOST_DIGITS else text


def _double_or_text(text: str) -> float | str:
    number = float(text)
    if abs(number) < EXACT or (isfinite(number) and is_whole(any_decimal(text))):
        return number
    return text


def integer(text: str) -> int | Decimal:
    """The integer that a text is."""
    return int(text) if len(text) <= MOST_DIGITS else Decimal(text)


def any_decimal(text: str) -> Decimal:
    """The number that a text of JSON is.

    Decimals have exponents of up to 18 digits; a number beyond is as large, or small, as can be.
    """
    try:
        return Decimal(text)
    except InvalidOperation:
        mantissa, _, exponent = text.lower().partition("e")
        if exponent.startswith("-") or not Decimal(mantissa):
            return Decimal(0)
        return Decimal((int(text.startswith("-")), (1,), MAX_EMAX))


def is_whole(number: Decimal) -> bool:
    """Whether a number has no decimals."""
    return number.is_finite() and number == number.to_integral_value()


def text_of_number(number: float | Decimal) -> str:
    """A number as Table Schema and Polars write it: `INF`, `0.00001`, and `1e-6` from there on.

    Python has `inf`, `1e-05` and `1e-06`; of a number that is whole `digits_of` gives the digits.

    Source: Data Package 2.0, Table Schema, "number": `NaN`, `INF` and `-INF`.
    """
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    if exact.is_infinite():
        return "INF" if exact > 0 else "-INF"
    if not exact.is_finite():
        return str(exact)
    return f"{exact:e}" if exact.adjusted() < SMALLEST_PLAIN else str(exact).lower()


def digits_of(number: float | Decimal) -> str:
    """The digits of a number that is whole; those of a double are the fewest that tell it."""
    if isinstance(number, int) and number.bit_length() < FEW_BITS:
        return str(number)
    exact = Decimal(repr(number)) if isinstance(number, float) else Decimal(number)
    return f"{exact.to_integral_value():f}" if exact else "0"
