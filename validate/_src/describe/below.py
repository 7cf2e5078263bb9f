"""What stands below labels: the cells of a column in the first rows of a file."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

import polars as pl

from validate._src.describe.missing import is_missing
from validate._src.describe.nearly import NEARLY
from validate._src.describe.readings import Reading
from validate._src.describe.rows import Row
from validate._src.describe.sample import best_reading, fitting_share

PERIODS = ("date", "yearmonth")
"""Types of values that are labels in wide tables, besides years."""
YEAR = re.compile("1[5-9][0-9]{2}|20[0-9]{2}")


def column(rows: Iterable[Row], at: int) -> list[str]:
    """The cells of a column that are not empty."""
    return [one.cells[at] for one in rows if at < len(one.cells) and one.cells[at]]


def reading_of(texts: Sequence[str]) -> Reading | None:
    """What most of some texts are values of."""
    return best_reading(Counter(texts)) if texts else None


def are_values(texts: Sequence[str]) -> bool:
    """Whether nearly all of some texts that say something are values of one type."""
    filled = {text: cells for text, cells in Counter(texts).items() if not is_missing(text)}
    reading = best_reading(filled)
    return reading is not None and fitting_share(reading, filled) >= NEARLY


def is_period(reading: Reading, label: str, below: Sequence[str]) -> bool:
    """Whether a label is a year, a month or a day, and what is below it is not."""
    if YEAR.fullmatch(label):
        return 2 * sum(YEAR.fullmatch(text) is not None for text in below) <= len(below)
    return reading.type in PERIODS and not _fits_most(reading, below)


def _fits_most(reading: Reading, texts: Sequence[str]) -> bool:
    """Whether most of some texts are meant in a way."""
    if not texts:
        return False
    return 2 * int(reading.fits_texts(pl.Series("text", texts)).sum()) > len(texts)
