"""Readings of numbers with marks, and with the sign of a currency or of percent."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from validate._src.describe.marks import ANY_MARKS, MARKS, number_with, properties_of, telling
from validate._src.describe.readings import CODE, DECIMALS, INEXACT, NUMBER, Reading, grouped
from validate._src.words.schema import Options

SHARES = ("%", "‰")
CODES = frozenset(
    {
        "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "ILS",
        "INR", "JPY", "KRW", "MXN", "MYR", "NOK", "NZD", "PHP", "PLN", "RUB", "SEK", "SGD", "THB",
        "TRY", "TWD", "UAH", "USD", "VND", "ZAR",
    }
)  # fmt: skip
"""Currencies that are traded most; three other letters may be a code of anything."""
AROUND = re.compile(r"([^0-9+.,-]*)[+-]?[0-9](?:.*[0-9])?([^0-9]*)", re.DOTALL)
SPACE = "[ \u00a0\u202f]?"


def marked(marks: Options, before: str = "", after: str = "") -> Reading:
    """The reading of numbers with marks, and with a sign before or after each of them."""
    start = f"{re.escape(before)}{SPACE}" if before else ""
    end = f"{SPACE}{re.escape(after)}" if after else ""
    bare = {"bareNumber": False} if before or after else {}
    others = _in_doubt(marks) if marks.has_marks else {}
    return Reading(
        {"type": NUMBER, **properties_of(marks), **bare},
        f"^{start}{number_with(marks)}{end}$",
        lost=f"{CODE}|{INEXACT}",
        **others,
    )


def _in_doubt(marks: Options) -> dict[str, str]:
    """What tells the marks of numbers, and what is in doubt where nothing does."""
    found = {"telling": telling(marks), "doubt": _doubt(marks)}
    if marks.group_char is None:
        found |= {"ambiguous": grouped(marks.decimal_char), "told": DECIMALS}
    return found


def _doubt(marks: Options) -> str:
    if marks.group_char == " ":
        return "a space may also stand between two numbers"
    return f'"{marks.group_char or marks.decimal_char}" may stand before decimals or thousands'


MARKED = tuple(marked(marks) for marks in MARKS)
"""The readings of numbers with marks and nothing else."""


def without_doubt(reading: Reading) -> Reading:
    """A reading of numbers whose marks are given, so that no cell has to tell them."""
    return replace(reading, telling="", doubt="")


def with_signs(texts: Iterable[str], known: Iterable[Options] = ANY_MARKS) -> Iterator[Reading]:
    """The readings of texts as numbers with the sign that most of them have.

    Args:
        texts: the texts.
        known: the marks that numbers may have.

    Source: Data Package 2.0, Table Schema, "bareNumber": a percent sign or a currency beside
    a number.
    """
    found = Counter(sign for text in texts if (sign := _sign(text)))
    for (before, after), _ in found.most_common(1):
        yield from (marked(marks, before, after) for marks in known)


def _sign(text: str) -> tuple[str, str] | None:
    """What stands before and after a number, if one is a sign and the other is nothing."""
    found = AROUND.fullmatch(text)
    if found is None:
        return None
    before, after = found[1].strip(), found[2].strip()
    is_sign = bool(before) != bool(after) and _is_sign(before or after)
    return (before, after) if is_sign else None


def _is_sign(text: str) -> bool:
    """Whether a text is percent, or a currency such as `€`, `US$` or `EUR`."""
    if text in SHARES or text in CODES:
        return True
    kinds = [unicodedata.category(character) for character in text]
    return kinds.count("Sc") == 1 and [kind for kind, _ in groupby(kinds)] in (["Sc"], ["Lu", "Sc"])
