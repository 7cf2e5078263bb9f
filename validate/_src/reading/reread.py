"""Few records of plain files, read again by where they stand."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import polars as pl

from validate._src.reading._parsing import Asked, by_polars
from validate._src.reading._plain import PlainBlock
from validate._src.reading._quoting import Quoting
from validate._src.reading.batch import Batch, columns
from validate._src.reading.stretches import Stretch
from validate._src.words.errors import FileError
from validate._src.words.model import Dialect


def read_again(stretches: Sequence[Stretch], dialect: Dialect, asked: Asked) -> list[Batch] | None:
    """Some records of a table, a batch for each of its files that has any.

    Args:
        stretches: where all its records stand that may be asked for, in order.
        dialect: how they are delimited.
        asked: the columns and rows that are looked at; what is ragged is not told.

    Returns:
        The batches; None where the files are not any more what they were.
    """
    try:
        return [*_read(stretches, dialect, asked)]
    except (FileError, _ChangedError):
        return None


class _ChangedError(Exception):
    """A file is not any more what it was."""


def _read(stretches: Sequence[Stretch], dialect: Dialect, asked: Asked) -> Iterator[Batch]:
    assert asked.rows is not None
    for part, of_part in groupby(stretches, key=lambda stretch: stretch.part):
        found = [(stretch, stretch.among(asked.rows)) for stretch in of_part]
        found = [(stretch, rows) for stretch, rows in found if len(rows)]
        if found:
            text = [line for stretch, rows in found for line in stretch.lines(rows)]
            numbers = pl.concat([rows for _, rows in found])
            lines = pl.concat([rows + (stretch.line - stretch.first) for stretch, rows in found])
            cells = _cells(text, dialect, asked)
            if cells.height != len(numbers):
                raise _ChangedError
            yield Batch(part.location, numbers, lines, cells)


def _cells(lines: Sequence[bytes], dialect: Dialect, asked: Asked) -> pl.DataFrame:
    """The cells of records on these lines; an empty line before them goes with no file's mark.

    Raises:
        _ChangedError: they are no records.
    """
    text = b"\n" + b"".join(line if line.endswith(b"\n") else line + b"\n" for line in lines)
    quoting = Quoting.of(text, dialect)
    if quoting is None or len(quoting.block) < len(text):
        raise _ChangedError
    names = columns(asked.width)
    frame = by_polars(quoting, dialect, names, refuse=False, most=None, wanted=asked.names)
    if frame is None:
        raise _ChangedError
    return PlainBlock(quoting, frame.slice(1), dialect, asked, asked.rows).cells()
