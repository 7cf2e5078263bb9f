"""Rows at the end of a table that are no rows of it: totals, and notes below the table."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

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


def ending_notes(
    last: Sequence[Row], width: int, withheld: frozenset[int] = frozenset()
) -> Iterator[str]:
    """What the last rows of a table are that are no rows of it, a line each.

    They are read as rows all the same: where they stand changes with the rows above.

    Args:
        last: the last rows that are not blank, at most `LAST`.
        width: how many columns the table has.
        withheld: the columns of which no cell is shown, by index.
    """
    found: list[str] = []
    for one in reversed(last):
        what = _what(one, width)
        if not what:
            break
        found.append(
            f"{one.said(withheld, most=1)} {what}, and is read as a row: remove it, or add "
            f'{one.number} to "commentRows" in the dialect'
        )
    yield from reversed(found)


def totals(last: Sequence[Row], width: int) -> tuple[int, ...]:
    """The numbers of those of the last rows that are probably totals of those above."""
    ending = [*takewhile(lambda one: _what(one, width), reversed(last))]
    return tuple(one.number for one in reversed(ending) if _is_total(one))


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
