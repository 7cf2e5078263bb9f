"""Columns that nearly have a type, and the cells that keep them from it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from validate._src.describe.judging import MOST_ODD, Judged, Odd
from validate._src.describe.readings import INTEGERS, SHORTENED, WITH_ZEROS
from validate._src.describe.sample import MOST, NUMERIC_TYPES
from validate._src.words.finding import WITHHELD, cut

NEARLY = 0.9
"""The share of the cells that say something from which on a column nearly has a type."""
LEADING_ZERO = re.compile(r"\s*0[0-9]+\s*")
FEW = 3  # texts of which a column may have any number of cells: they may be marks of something


@dataclass(frozen=True)
class Nearly:
    """A column of which nearly all cells are of a type.

    Attributes:
        judged: how it fits the type.
        faults: the texts that do not, the first ones first.
        withheld: whether these are not to be shown.
    """

    judged: Judged
    faults: Sequence[Odd]
    withheld: bool = False

    @property
    def said(self) -> str:
        """What is of the type and what is not: `9 of 10 cells are numbers; line 3 is "n.b."`."""
        fitting = self.judged.filled - self.judged.fault_cells
        are = f"{fitting:,} of {self.judged.filled:,} cells are {self.judged.reading.noun}"
        shown = [self._shown(odd) for odd in self.faults[:FEW]]
        others = self.judged.fault_cells - len(shown)
        more = [f"{others:,} more {'is' if others == 1 else 'are'} not"] if others else []
        return f"{are}; {', '.join([*shown, *more])}"

    def _shown(self, odd: Odd) -> str:
        """A text that is not of the type, or would lose something in it, and where it is."""
        if self.withheld:
            return f"{place(odd)} is {WITHHELD}"
        lossy = re.search(self.judged.reading.lost, odd.text)
        why = ", of which a number would lose something" if lossy else ""
        return f'{place(odd)} is "{cut(odd.text)}"{why}'


def nearly(
    judged: Judged, share: float = NEARLY, few: int = FEW, *, withheld: bool = False
) -> Nearly | None:
    """The cells that keep a column from a type, if nearly all others are of it.

    Args:
        judged: how the column fits the type.
        share: the share of the cells from which on nearly all are of the type.
        few: how many other texts make the share of most cells enough.
        withheld: whether the cells are not to be shown.
    """
    faults = judged.faults
    fitting = judged.filled - judged.fault_cells
    if not faults or not fitting:
        return None
    is_enough = len(faults) <= few and fitting > judged.fault_cells
    return (
        Nearly(judged, faults, withheld) if is_enough or fitting >= share * judged.filled else None
    )


def probable_faults(judged: Judged) -> Nearly | None:
    """The cells that keep a column from a type, if they are faults by all that can be told.

    Nine cells in ten must be of the type, however few texts the others have: as many as a third
    may be meant, as house numbers such as `12a` are. Where digits with leading zeros are among
    the others, the column is one of codes, such as postcodes.

    Args:
        judged: how the column fits the type.
    """
    are_codes = any(LEADING_ZERO.fullmatch(odd.text) for odd in judged.faults)
    return None if are_codes and judged.reading.type in NUMERIC_TYPES else nearly(judged, few=0)


def rewritten_integers(judged: Judged) -> Nearly | None:
    """The cells of a column of integers that a program has written as other numbers, if all are.

    Among integers such as 4006381333001, 4.00638E+12 is one that has lost digits, if most cells
    are integers; 30.0 is one where nine in ten are.

    Args:
        judged: how the column fits integers.
    """
    texts = [odd.text for odd in judged.faults]
    if judged.reading is not INTEGERS or not are_rewritten(texts) or len(texts) >= MOST_ODD:
        return None
    are_shortened = all(re.fullmatch(SHORTENED, text) for text in texts)
    return nearly(judged, MOST if are_shortened else NEARLY, few=0)


def are_rewritten(texts: Iterable[str]) -> bool:
    """Whether all of some numbers are integers as programs write them that take them for others."""
    return all(re.fullmatch(f"{SHORTENED}|{WITH_ZEROS}", text) for text in texts)


def place(odd: Odd) -> str:
    """Where a text stands first, as messages name it."""
    place = f"row {odd.row:,}" if odd.line is None else f"line {odd.line:,}"
    return f"{place} of {odd.location}" if odd.location else place
