"""Tables of SPSS, which `pyreadstat` reads, apart: of a damaged file it may end the process."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, time
from importlib.util import find_spec
from typing import Any

from validate._src.reading._apart import ReadingFailedError, Worker, patience_for, pool
from validate._src.reading.items import Item, items_of_files, with_names
from validate._src.reading.native import NativeReader
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
    if find_spec("pyreadstat") is None:
        command = pip_install("pyreadstat")
        raise UnreadableError(f"files of SPSS need pyreadstat: {command}")
    part.check()
    try:
        with pool().worker() as worker:
            yield from _rows_read_by(worker, part)
    except ReadingFailedError as error:
        raise FileError(part.location, f"cannot be read as a file of SPSS: {error}") from None


def _rows_read_by(worker: Worker, part: Part) -> Iterator[list[Any]]:
    assert part.file is not None
    file, begin = str(part.file.absolute()), 0
    while True:
        question = ("read sav", file, begin, ROWS)
        names, columns = worker.ask(*question, patience=patience_for(part.size))
        if not begin:
            yield [*names]
        rows = [*zip(*columns, strict=True)]
        yield from ([_value(cell) for cell in row] for row in rows)
        begin += len(rows)
        if len(rows) < ROWS:
            return


def _value(cell: Any) -> Any:
    """A cell as the process gives it; an empty text is none."""
    if type(cell) is tuple:
        kind, text = cell
        return DATES[kind](text)
    return None if cell == "" else cell


DATES: Mapping[str, Callable[[str], Any]] = {
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}
