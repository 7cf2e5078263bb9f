"""Amounts of money whose sign stands where no number has it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from validate._src.describe.marked import CODES
from validate._src.describe.missing import is_missing
from validate._src.words.finding import cut

NEARLY_ALL = 0.9
SEVERAL = 2  # distinct amounts: one may be a slip
CURRENCY = f"([A-Z]{{0,2}}[$£¥฿\u20a0-\u20cf]|{'|'.join(sorted(CODES))})"
DIGITS = "[0-9]([0-9.,'’ \u00a0\u202f]*[0-9])?"
CENTS = f"({DIGITS})?[0-9][.,][0-9]{{2}}"
MONEY = f"({CURRENCY} ?{DIGITS}|{DIGITS} ?{CURRENCY}|{CENTS})"
"""An amount without a sign: bare digits may be anything, and are none."""
AMOUNT = f"[+-]?{MONEY}|{CURRENCY} ?[+-]{DIGITS}|{DIGITS}|-{DIGITS}"
"""What the other cells of a column of amounts are."""
ELSEWHERE: Mapping[str, str] = {
    "with the sign before the currency": f"[+-] ?{CURRENCY} ?{DIGITS}",
    "in parentheses for a minus": rf"\( ?{MONEY} ?\)",
    "with the sign behind the digits": f"{MONEY} ?[+-]",
    "with DR or CR for a sign": f"{MONEY} ?(DR|CR|Dr|Cr)",
}
"""Where signs stand that no number has there, by what is said of it."""


@dataclass(frozen=True)
class Amounts:
    """Amounts of which a sign is not right before the digits.

    Attributes:
        how: where it is.
        pattern: what such an amount looks like.
        example: one of them.
    """

    how: str
    pattern: str
    example: str

    def said(self, *, hides: bool = False) -> str:
        """What they are and what to do, in a sentence.

        Args:
            hides: whether the example is not to be shown.
        """
        shown = "" if hides else f', such as "{cut(self.example)}"'
        return (
            f"amounts {self.how}{shown}: a number has its minus right before its digits; write it "
            'there, as in £-1.50 with "bareNumber": false'
        )


def amounts_in(texts: Mapping[str, int]) -> Amounts | None:
    """What keeps a column of amounts from being one of numbers, if nearly all texts are amounts.

    Args:
        texts: distinct texts of the column, and how many cells hold each.

    Source: Data Package 2.0, Table Schema, "number": a sign is right before the digits;
    "bareNumber": what stands before and behind is left out.
    """
    filled = {text: cells for text, cells in texts.items() if not is_missing(text)}
    for how, pattern in ELSEWHERE.items():
        odd = [text for text in filled if re.fullmatch(pattern, text)]
        if len(odd) >= SEVERAL and _are_amounts(filled, {*odd}):
            return Amounts(how, f"^({pattern})$", odd[0])
    return None


def _are_amounts(texts: Mapping[str, int], odd: set[str]) -> bool:
    """Whether nearly all cells are amounts, those with a sign elsewhere among them."""
    cells = sum(
        number for text, number in texts.items() if text in odd or re.fullmatch(AMOUNT, text)
    )
    return cells >= NEARLY_ALL * sum(texts.values())
