"""Tables of SPSS, which `pyreadstat` reads."""

from collections.abc import Iterator
from typing import Any

from validate._src.reading.items import Item, items_of_files
from validate._src.reading.native import NativeReader, with_names
from validate._src.words.errors import FileError, UnreadableError
from validate._src.words.extras import pip_install
from validate._src.words.model import Part, Resource

ROWS = 10_000  # that are read at once: they are held column by column, as Python objects


class SpssReader(NativeReader):
    """An opened table of SPSS, or of several files that follow each other.

    Values that a file itself declares as missing are missing, and labels of values are left
    aside. An empty text is an empty cell: SPSS cannot tell the two apart.

    Source: Data Package 2.0, Table Schema, "Data representation".
    """

    def __init__(self, resource: Resource) -> None:
        """Reads the names of the variables.

        Raises:
            FileError: a file is none of SPSS.
            UnreadableError: the library that reads such files is not installed.
        """
        super().__init__(
            with_names(resource), lambda notes: items_of_files(resource, _items), has_names=True
        )


def _items(part: Part) -> Iterator[Item]:
    return (Item(row, location=part.location) for row in _rows(part))


def _rows(part: Part) -> Iterator[list[Any]]:
    """The rows of a file, its header the first."""
    try:
        import pyreadstat
    except ImportError:
        command = pip_install("pyreadstat")
        raise UnreadableError(f"files of SPSS need pyreadstat: {command}") from None
    part.check()
    begin = 0
    try:
        while True:
            columns, about = pyreadstat.read_sav(
                str(part.file), output_format="dict", row_offset=begin, row_limit=ROWS
            )
            if not begin:
                yield [*about.column_names]
            rows = [*zip(*columns.values(), strict=True)]
            yield from ([None if cell == "" else cell for cell in row] for row in rows)
            begin += len(rows)
            if len(rows) < ROWS:
                return
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, OSError) as error:
        raise FileError(part.location, f"cannot be read as a file of SPSS: {error}") from None
