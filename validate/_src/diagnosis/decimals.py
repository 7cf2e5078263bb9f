"""Decimal commas in a text whose cells are parted by commas: each such number makes two cells."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise

from validate._src.diagnosis.diagnosis import Diagnosis, of_every_row
from validate._src.diagnosis.evidence import NEARLY_ALL, Evidence, misfits, share
from validate._src.words.printing import counted

NUMERIC = ("number", "integer")
BEFORE = re.compile(r"[-+]?[0-9]{1,9}")
AFTER = re.compile("[0-9]{1,17}")  # a double has no more digits
SEVERAL = 3  # rows: a comma in fewer may be a slip
FEW = 2  # digits after a comma that amounts and measurements have; counts and years have more
MANY = 5  # digits that say decimals where all cells have as many

Fits = Callable[[int, int], bool]
"""Whether a field, by its index, has its cells from a column on."""


def decimals_apart(evidence: Evidence) -> Iterator[Diagnosis]:
    """A text delimited by commas whose rows have cells too many, because numbers have commas too.

    Nearly all rows have the same number of cells too many, and as many times two columns side by
    side are the whole part of a number and its decimals. The columns are then of the types of
    the fields, unless they already are without that.

    Source: Data Package 2.0, Table Dialect, "delimiter"; Table Schema, "decimalChar".
    """
    sample, fields = evidence.sample, evidence.fields
    number = len(fields)
    if not evidence.is_delimited or evidence.resource.dialect.delimiter != ",":
        return
    if len(sample.rows) < SEVERAL:
        return
    surplus = sample.width - number
    if surplus > 0 and not any(sample.column(sample.width - 1)):
        return  # a comma at the end of each row
    if not 0 < surplus <= number or (sample.labels is not None and len(sample.labels) != number):
        return
    types_tell = misfits(evidence)

    @cache
    def alone(field: int, column: int) -> bool:
        found = share(fields[field], sample.column(column)) if types_tell else None
        return found is None or found >= NEARLY_ALL

    @cache
    def apart(field: int, column: int) -> bool:
        is_numeric = not types_tell or fields[field].type in NUMERIC
        return is_numeric and _are_decimals(sample.column(column), sample.column(column + 1))

    if _may_be_aligned(number, sample.width, alone, apart):
        yield _diagnosis(evidence, surplus)


def _diagnosis(evidence: Evidence, surplus: int) -> Diagnosis:
    return of_every_row(
        "decimalChar",
        f"each row has {counted(surplus, 'cell')} more than there are columns, where whole numbers "
        "stand side by side: probably decimal commas, which part the cells too; write the numbers "
        "with points, put quotes around them, or delimit the cells by semicolons",
        line=evidence.sample.rows[0].line,
    )


def _are_decimals(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether nearly all cells of two columns are the two parts of a number with decimals."""
    pairs = [(one, other) for one, other in zip(before, after, strict=False) if one or other]
    if _are_counted(before):
        return False
    fitting = [other for one, other in pairs if BEFORE.fullmatch(one) and AFTER.fullmatch(other)]
    if not fitting or len(fitting) < NEARLY_ALL * len(pairs):
        return False
    lengths = {len(one) for one in fitting}
    has_zeros = any(one.startswith("0") and len(one) > 1 for one in fitting)
    return has_zeros or max(lengths) <= FEW or (len(lengths) == 1 and max(lengths) >= MANY)


def _are_counted(cells: Sequence[str]) -> bool:
    """Whether cells count rows: numbers each of which is one more than that before."""
    numbers = [int(cell) for cell in cells if BEFORE.fullmatch(cell)]
    return len(numbers) > 1 and all(after - before == 1 for before, after in pairwise(numbers))


def _may_be_aligned(fields: int, columns: int, alone: Fits, apart: Fits) -> bool:
    """Whether the columns belong to the fields in order, each one column or two side by side."""
    reached = {0}
    for field in range(fields):
        reached = {
            column + step
            for column in reached
            for step, fits in ((1, alone), (2, apart))
            if column + step <= columns and fits(field, column)
        }
    return columns in reached
