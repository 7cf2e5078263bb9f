"""Tables that seem to have no header: their labels are values as those below them are."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import polars as pl

from validate._src.describe.layout import YEAR
from validate._src.describe.missing import is_missing
from validate._src.describe.readings import INTEGER
from validate._src.describe.schema import Typed

COUNTED = re.compile("[0-9]{1,9}")


def values_as_labels(fields: Sequence[Typed]) -> list[str]:
    """The labels that are values of their columns, if all of typed columns are; else none.

    In wide tables they may be years, or numbers that count the columns.
    """
    labels = [*_judged_labels(fields)]
    values = [label for label, fits in labels if fits]
    if len(values) < len(labels) or not values:
        return []
    types = {one.settled.reading.type for one in fields if one.settled and one.name in values}
    return [] if types == {INTEGER} and _are_of_a_series(values) else values


def _judged_labels(fields: Sequence[Typed]) -> Iterator[tuple[str, bool]]:
    """The labels of the columns that have a type, each with whether it is a value of it."""
    for one in fields:
        if one.settled is not None and not is_missing(one.name):
            fits = one.settled.reading.fits_texts(pl.Series("label", [one.name]))
            yield one.name, bool(fits[0])


def _are_of_a_series(labels: Sequence[str]) -> bool:
    """Whether labels are years, or numbers each of which is one more than that before."""
    if all(map(YEAR.fullmatch, labels)):
        return True
    numbers = [int(label) for label in labels if COUNTED.fullmatch(label)]
    return len(numbers) == len(labels) and all(b == a + 1 for a, b in pairwise(numbers))
