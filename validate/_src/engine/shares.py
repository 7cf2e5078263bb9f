"""Shares of a package: which of its bytes a part of a run judges.

All parts lay out the same bytes in the same order, the files of all tables one after the other, and
each takes a range of them. What is judged at once, be it a split or a whole table, belongs to the
part in whose range its middle lies: so each part knows what is its own without the others.
"""

import re
from dataclasses import dataclass

from validate._src.words.errors import PackageError

FORM = re.compile(r"([0-9]{1,6})/([0-9]{1,6})")
MOST_PARTS = 999_999
"""As many as the form has room for."""


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
            PackageError: it is written otherwise, or there is no such part.
        """
        is_text = isinstance(text, str)
        found = FORM.fullmatch(text) if is_text else None
        number, count = map(int, found.groups()) if found else (0, 0)
        if not 1 <= number <= count:
            what = f'part "{text}"' if is_text else f"part: of type {type(text).__name__}"
            raise PackageError(f"{what}: write K/N, such as 3/8 for the third of eight parts")
        return cls(number, count)

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
