"""Tables that seem to have no header: their labels are values as those below them are."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

import polars as pl

from validate._src.describe.below import YEAR
from validate._src.describe.missing import is_missing
from validate._src.describe.readings import INTEGER, INTEGERS, NUMBERS, Reading
from validate._src.describe.schema import Typed
from validate._src.words.finding import cut

SHOWN = 3  # labels that a message names; it is one sentence
COUNTED = re.compile("[0-9]{1,9}")


def headless(fields: Iterable[Typed], *, hides: bool = False) -> str | None:
    """That a table of which nothing is declared seems to have no header, and what to do.

    Args:
        fields: its fields.
        hides: whether no label is to be shown.
    """
    typed = [(one.name, one.settled.reading) for one in fields if one.settled is not None]
    labels = values_as_labels(typed)
    what = 'if there is no header, say --no-header, or "header": false in a descriptor'
    return f"{said_of_values([] if hides else labels)}; {what}" if labels else None


def values_as_labels(columns: Iterable[tuple[str, Reading]]) -> list[str]:
    """The labels that are values of their columns, if all of typed columns are; else none.

    In wide tables they may be years, or numbers that count the columns.

    Args:
        columns: the label of each column that has a type, and how its cells are meant.
    """
    typed = [(label, reading) for label, reading in columns if not is_missing(label)]
    labels = [label for label, _ in typed]
    if not typed or not all(_fits(reading, label) for label, reading in typed):
        return []
    types = {reading.type for _, reading in typed}
    return [] if types == {INTEGER} and _are_of_a_series(labels) else labels


def _fits(reading: Reading, label: str) -> bool:
    wide = NUMBERS if reading is INTEGERS else reading  # the label may have the only decimals
    return bool(wide.fits_texts(pl.Series("label", [label]))[0])


def said_of_values(labels: Sequence[str]) -> str:
    """What is said of a table whose labels are values."""
    shown = [f'"{cut(label)}"' for label in labels[:SHOWN]]
    return ", ".join(["the labels are values as those below them are", *shown])


def _are_of_a_series(labels: Sequence[str]) -> bool:
    """Whether labels are years, or numbers each of which is one more than that before."""
    if all(map(YEAR.fullmatch, labels)):
        return True
    numbers = [int(label) for label in labels if COUNTED.fullmatch(label)]
    return len(numbers) == len(labels) and all(b == a + 1 for a, b in pairwise(numbers))
