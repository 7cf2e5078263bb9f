"""Groups of columns: a row of labels that stand for several columns each, above the labels."""

from collections.abc import Sequence

from validate._src.describe.below import are_values, column, is_period, reading_of
from validate._src.describe.missing import is_missing
from validate._src.describe.rows import Row
from validate._src.describe.units import is_unit

FEWEST_UNLIKE = 2  # columns of values that the labels must be texts in: one may be a fault, unless
# there are columns whose label stands in the upper row
FEWEST_MERGED = 2  # columns whose group stands above another: any header may lack one label


def is_group(row: Row, labels: Row, below: Sequence[Row], width: int) -> bool:
    """Whether a row has groups of columns, and the row below it their labels.

    A group stands above several columns: above the first, where cells are merged, or above each.
    So each column has a label in one of the two rows, the first perhaps in none.

    Args:
        row: the row.
        labels: the row below it.
        below: the rows below that.
        width: how many cells most rows have.
    """
    merged = [at for at, cell in enumerate(labels.cells) if cell and not _cell(row, at)]
    is_repeated = len({*row.filled}) < len(row.filled)
    if not is_repeated and len(merged) < FEWEST_MERGED:
        return False
    if len(row.filled) < 2 or len(row.cells) > max(len(labels.cells), width) or _are_units(labels):
        return False
    if not all(_cell(row, at) or _cell(labels, at) for at in range(1, width)):
        return False
    if not _are_labels(labels, below):
        return False
    unlike = [at for at, cell in enumerate(labels.cells) if cell and are_values(column(below, at))]
    bare = [at for at in range(width) if _cell(row, at) and not _cell(labels, at)]
    return len(unlike) >= FEWEST_UNLIKE or (bool(bare) and bool(unlike))


def needs_groups(labels: Row, width: int) -> bool:
    """Whether labels say too little without their groups: one is missing, or two are the same."""
    return len({*labels.filled}) < max(width, len(labels.filled))


def lacks_groups(row: Row, labels: Row) -> bool:
    """Whether labels that are the same lack a group that would tell them apart."""
    joined = [(_cell(row, at), cell) for at, cell in enumerate(labels.cells)]
    return len({*joined}) < len(joined)


def _are_units(labels: Row) -> bool:
    """Whether half of some labels or more are units, which stand below a header."""
    return 2 * sum(map(is_unit, labels.filled)) >= len(labels.filled)


def _are_labels(labels: Row, below: Sequence[Row]) -> bool:
    """Whether no cell of a row is a value, but for years and the like above other values."""
    readings = {at: reading_of([cell]) for at, cell in enumerate(labels.cells) if cell}
    return not any(map(is_missing, labels.filled)) and all(
        reading is None or is_period(reading, labels.cells[at], column(below, at))
        for at, reading in readings.items()
    )


def _cell(row: Row, at: int) -> str:
    return row.cells[at] if at < len(row.cells) else ""
