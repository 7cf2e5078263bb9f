"""Rows at the end of a table that are no rows of it: totals, and notes below the table."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from operator import itemgetter

from validate._src.describe.rows import Row

LAST = 3  # rows at the end that are looked at: a total, and a note or two below it
FEWEST_COLUMNS = 3  # in a table of fewer, a row of one cell may lack the other
TOTAL = re.compile(
    r"(grand|sub|over)?[\s-]*totals?|sum|totals?\s*\(.*\)|all|gesamt|summe|gesamtsumme|insgesamt"
    r"|total\s+g[eé]n[eé]ral|totaux|somme|suma|totale|somma|totaal|totalt|summa|razem|итого|всего"
    r"|toplam|合計|総計|小計|計|总计|合计|合計|小计|총계|합계",
    re.IGNORECASE,
)
"""What a row is called that has the sums of those above it."""
WITH_SUMS = "has the sums of the rows above it and no label, so it is probably a total"


@dataclass(frozen=True)
class Ending:
    """The rows at the end of a table that are no rows of it, and are read as such all the same.

    Where they stand changes with the rows above.

    Attributes:
        rows: the rows, each with what it is.
        totals: the numbers of those that are probably totals of the rows above.
    """

    rows: tuple[tuple[Row, str], ...] = ()
    totals: tuple[int, ...] = ()

    def notes(self, withheld: frozenset[int] = frozenset()) -> Iterator[str]:
        """What they are and what to do, a line each.

        Args:
            withheld: the columns of which no cell is shown, by index.
        """
        for one, what in self.rows:
            yield (
                f"{one.said(withheld, most=1)} {what}, and is read as a row: remove it, or add "
                f'{one.number} to "commentRows" in the dialect'
            )


def ending_of(last: Sequence[Row], width: int, sums: int | None = None) -> Ending:
    """The rows at the end of a table that are no rows of it.

    Args:
        last: the last rows that are not blank, at most `LAST`.
        width: how many columns the table has.
        sums: number of the row that has the sums of those above it and no label, if there is one.
    """
    said = ((one, WITH_SUMS if one.number == sums else _what(one, width)) for one in reversed(last))
    rows = [*takewhile(itemgetter(1), said)][::-1]
    totals = tuple(one.number for one, _ in rows if one.number == sums or _is_total(one))
    return Ending(tuple(rows), totals)


def _is_total(row: Row) -> bool:
    filled = row.filled
    return len(filled) > 1 and TOTAL.fullmatch(filled[0].strip().rstrip(":：")) is not None


def _what(row: Row, width: int) -> str:
    """What a row is if it is none of the table; empty if it may be one."""
    if _is_total(row):
        return "is probably a total of those above"
    if width >= FEWEST_COLUMNS and len(row.filled) == 1 and row.cells[0]:
        return "has a text in its first cell alone, probably a note below the table"
    return ""
