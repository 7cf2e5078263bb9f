"""Row names: a column before the others that R and pandas write, with an empty label or none."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from validate._src.reading.records import quoted_cell

NEARLY_ALL = 0.9
"""The share of the rows that have one cell more than the header has labels."""
SEVERAL = 2  # rows: a cell too many in one may be a slip
QUOTED = quoted_cell('"')
NUMBER_OF_ROW = re.compile("(.*[ _.-])?(id|no|nr|num|number|index|key|row|#).?", re.IGNORECASE)
"""Labels of columns that count rows."""
SHORT_HEADER = (
    "the header has one label fewer than the rows have cells, and each row begins with a name, as "
    "write.table of R has it; write the file with row.names=FALSE, or give the first column a label"
)

DAY, CLOCK = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}"), re.compile("[0-9]{2}:[0-9]{2}(:[0-9.]+)?")
MOMENTS_APART = (
    "the rows have more cells than the header has labels, for the space in datetimes such as "
    "2024-03-31 14:30:05 parts them, as in POSIXct that write.table of R has written; write the "
    'file with sep="," or with the datetimes in quotes'
)


def are_moments_apart(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows have more cells than labels because datetimes have spaces in them.

    They may have row names besides.
    """
    surplus = moments_apart(rows)
    widths = {len(row) - len(labels) - surplus for row in rows}
    return surplus > 0 and all(labels) and widths <= {0, 1} and len(widths) == 1


def moments_apart(rows: Sequence[Sequence[str]]) -> int:
    """How many columns hold days and have times in the next, in nearly all of several rows."""
    pairs = Counter(
        at
        for row in rows
        for at, (day, clock) in enumerate(pairwise(row))
        if DAY.fullmatch(day) and CLOCK.fullmatch(clock)
    )
    enough = max(NEARLY_ALL * len(rows), SEVERAL)
    return sum(number >= enough for number in pairs.values())


def has_row_names(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether rows have one cell more than labels, of which the first may be a name.

    Args:
        labels: the labels of the header.
        rows: the cells of the rows below it.
    """
    width = len(labels) + 1
    whole = [row for row in rows if len(row) == width]
    names = [row[0] for row in whole]
    return (
        bool(labels)
        and all(labels)
        and len(whole) >= max(NEARLY_ALL * len(rows), SEVERAL)
        and all(names)
        and len({*names}) == len(names)
        and any(row[-1] for row in whole)
    )


def are_counted(labels: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first cells of rows count them from 1 on, and the first label is of others."""
    counts = [str(at + 1) for at in range(len(rows))]
    is_of_counts = NUMBER_OF_ROW.fullmatch(labels[0].strip()) is not None
    return len(rows) > 1 and [row[0] for row in rows] == counts and not is_of_counts


def are_quoted(lines: Sequence[str], delimiter: str) -> bool:
    """Whether all labels stand within quotes, and the first cell of each other line does."""
    mark = re.escape(delimiter)
    header = re.compile(rf"{QUOTED}(?:{mark}{QUOTED})*")
    first = re.compile(rf"{QUOTED}{mark}")
    found = [line.rstrip("\r\n") for line in lines]
    return (
        len(found) > 1
        and header.fullmatch(found[0]) is not None
        and all(first.match(line) for line in found[1:] if line)
    )


def is_spaced(lines: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether a text is delimited by spaces, as write.table of R does by default.

    All labels stand within quotes, or two columns at least are numbers: words of a text are
    parted by spaces too.

    Args:
        lines: its lines.
        rows: their cells, parted by spaces.
    """
    if len(rows) < 2 or len(rows[0]) < 2 or any(not cell for cell in rows[0]):
        return False
    widths = Counter(len(row) for row in rows[1:] if row)
    width, number = widths.most_common(1)[0] if widths else (0, 0)
    if number < NEARLY_ALL * widths.total() or width < len(rows[0]):
        return False
    whole = [row for row in rows[1:] if len(row) == width]
    if width - len(rows[0]) - moments_apart(whole) not in (0, 1):
        return False
    numbers = sum(all(_is_number(row[at]) for row in whole) for at in range(1, width))
    quoted = re.compile(rf"{QUOTED}(?: {QUOTED})+").fullmatch(lines[0].rstrip("\r\n"))
    return quoted is not None or (numbers > 1 and not any(map(_is_number, rows[0])))


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?|NA", text) is not None
