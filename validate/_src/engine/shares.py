"""Shares of a package: which of its bytes a part of a run judges.

All parts lay out the same bytes in the same order, the files of all tables one after the other, and
each takes a range of them. What is judged at once, be it a split or a whole table, belongs to the
part in whose range its middle lies: so each part knows what is its own without the others.
"""

import re
from dataclasses import dataclass

from validate._src.words.errors import PackageError
from validate._src.words.printing import shortened

FORM = re.compile(r"([0-9]+)/([0-9]+)")
MOST_PARTS = 999_999
"""Six digits: the merge names the results of all parts, and each is a process and a file."""
SIX = len(str(MOST_PARTS))
HOW = "write K/N, such as 3/8 for the third of eight parts"


@dataclass(frozen=True)
class Share:
    """One of the parts of a run.

    Attributes:
        number: which it is, from 1.
        count: how many there are.
    """

    number: int
    count: int

    @classmethod
    def of(cls, text: object) -> "Share":
        """A share as people write it: `3/8`, the third of eight.

        Raises:
            PackageError: it is written otherwise, or there is no such part, or are too many.
        """
        if not isinstance(text, str):
            raise PackageError(f"part: of type {type(text).__name__}: {HOW}")
        what, found = f'part "{shortened(text)}"', FORM.fullmatch(text)
        if found is None:
            raise PackageError(f"{what}: {HOW}")
        number, count = (digits.lstrip("0") or "0" for digits in found.groups())
        if len(count) > SIX:
            raise PackageError(f"{what}: there may be {MOST_PARTS:,} parts at most")
        if len(number) > SIX or not 1 <= int(number) <= int(count):
            raise PackageError(f"{what}: there is no such part; {HOW}")
        return cls(int(number), int(count))

    def __str__(self) -> str:
        """As people write it."""
        return f"{self.number}/{self.count}"

    def has(self, begin: int, end: int, total: int) -> bool:
        """Whether what is judged at once is its own.

        Args:
            begin: the byte at which it begins, of all that are laid out.
            end: the byte before which it ends.
            total: how many bytes there are.
        """
        at = min((begin + end) * self.count // (2 * total), self.count - 1) if total else 0
        return at == self.number - 1

    def may_have(self, begin: int, end: int, total: int) -> bool:
        """Whether something between two bytes can be its own."""
        return self.number * total >= begin * self.count and (self.number - 1) * total <= (
            end * self.count
        )
