"""What parts tell as bytes: our own values, and columns as Polars writes them.

No more than these can be read back: whoever makes up bytes makes up findings at most, as whoever
writes a report does. Nothing of what is read is run, and nothing unpacks to more than it is.

A value is JSON: `null`, booleans, numbers and texts are themselves, all else is a list of the name
of what it is and what that holds. Columns stand behind it, one after the other.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import fields
from io import BytesIO
from itertools import accumulate, pairwise
from typing import Any

import polars as pl

from validate._src.checks import FACTS
from validate._src.engine._serving import Judged
from validate._src.reading.records import Place
from validate._src.reading.splits import Told
from validate._src.reading.stretches import Stretch
from validate._src.tables.debris import BlankRows, Ending
from validate._src.tables.table import Table
from validate._src.words.cells import Sheet
from validate._src.words.findingframe import FindingFrame, narrow, widened
from validate._src.words.model import Package, Part, TabularResource
from validate._src.words.outcome import Checked, Columns, NotChecked, Remark
from validate._src.words.schema import ForeignKey

VALUES: tuple[type, ...] = (
    *FACTS,
    Checked,
    NotChecked,
    Columns,
    Remark,
    ForeignKey,
    Stretch,
    Table,
    Sheet,
    BlankRows,
    Ending,
    Judged,
    Told,
    Place,
)
"""The values that are written by what they hold; where one stands in a descriptor is left out."""
BY_NAME = {one.__name__: one for one in VALUES}
SIZE = 8  # bytes that say how long the JSON is


class NoValueError(ValueError):
    """Some bytes are no value that was written here."""


def encoded(value: Any) -> bytes:
    """A value as bytes.

    Raises:
        TypeError: it holds what is none of ours.
    """
    columns: list[bytes] = []
    text = json.dumps([_told(value, columns), [*map(len, columns)]]).encode()
    return b"".join([len(text).to_bytes(SIZE, "little"), text, *columns])


def _told(value: Any, columns: list[bytes]) -> Any:
    """A value as JSON; columns are added to those that stand behind."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case pl.Series():
            return ["column", _added(value.to_frame(), columns)]
        case pl.DataFrame():
            return ["frame", _added(value, columns), value.height]
        case range():
            return ["range", value.start, value.stop]
        case TabularResource():
            return ["table", value.name]
        case Part():
            return ["part", value.location, value.within]
        case FindingFrame():
            rows, same = narrow(value.rows)
            held = [value.resource, value.code, rows, same, value.keys]
            return ["findings", *(_told(one, columns) for one in held)]
        case Mapping():
            pairs: Iterable[tuple[Any, Any]] = value.items()
            return ["map", *([_told(key, columns), _told(one, columns)] for key, one in pairs)]
        case Set():
            return ["set", *sorted(_told(one, columns) for one in value)]
        case tuple() | list():
            name = "tuple" if isinstance(value, tuple) else "list"
            return [name, *(_told(one, columns) for one in value)]
        case _ if type(value) in VALUES:
            held = (getattr(value, name) for name in _names(type(value)))
            return [type(value).__name__, *(_told(one, columns) for one in held)]
        case _:
            raise TypeError(f"{type(value).__name__} cannot be written")


def _names(of: type) -> list[str]:
    """The attributes by which values are told from each other."""
    return [one.name for one in fields(of) if one.compare]


def _added(frame: pl.DataFrame, columns: list[bytes]) -> int:
    """Adds columns, and says which they are; those that are none have a height only."""
    if frame.width:
        stream = BytesIO()
        frame.write_ipc(stream, compression="uncompressed")
        columns.append(stream.getvalue())
    else:
        columns.append(b"")
    return len(columns) - 1


class Decoder:
    """Makes values of bytes."""

    def __init__(self, package: Package) -> None:
        """Gets ready.

        Args:
            package: the package whose tables and files the values name.
        """
        self._columns: Sequence[bytes] = ()
        self._parts = {
            (part.location, part.within): part
            for table in package.tables.values()
            for part in table.parts
        }
        self._made: Mapping[str, Callable[..., Any]] = {
            "column": self._column,
            "frame": self._frame,
            "range": range,
            "table": package.tables.__getitem__,
            "part": self._part,
            "findings": self._findings,
            "map": lambda *pairs: {self._value(key): self._value(one) for key, one in pairs},
            "set": lambda *some: frozenset(map(self._value, some)),
            "tuple": lambda *some: tuple(map(self._value, some)),
            "list": lambda *some: [*map(self._value, some)],
        }

    def decoded(self, content: bytes) -> Any:
        """The value that was written as these bytes.

        Raises:
            NoValueError: they are none.
        """
        try:
            begin = SIZE + int.from_bytes(content[:SIZE], "little")
            told, sizes = json.loads(content[SIZE:begin])
            ends = [*accumulate(sizes, initial=begin)]
            if ends[-1] != len(content) or any(size < 0 for size in sizes):
                raise NoValueError("it does not end where it says")
            self._columns = [content[start:end] for start, end in pairwise(ends)]
            return self._value(told)
        except (
            ValueError,  # of JSON and of Unicode too
            TypeError,
            LookupError,
            AttributeError,
            OverflowError,
            RecursionError,
            OSError,
            pl.exceptions.PolarsError,
            pl.exceptions.PanicException,
        ) as error:
            raise NoValueError(str(error)) from error

    def _value(self, told: Any) -> Any:
        """The value of which this is told."""
        if not isinstance(told, list):
            return told
        name, *held = told
        if name in self._made:
            return self._made[name](*held)
        of = BY_NAME[name]
        values = dict(zip(_names(of), map(self._value, held), strict=True))
        return of(**values)

    def _part(self, location: str, within: str) -> Part:
        """A file of the package, which may lie here where it did not."""
        return self._parts[location, within]

    def _column(self, number: int) -> pl.Series:
        return self._frame(number, 0).to_series()

    def _frame(self, number: int, height: int) -> pl.DataFrame:
        content = self._columns[number]
        return pl.read_ipc(BytesIO(content)) if content else pl.DataFrame(height=height)

    def _findings(self, *told: Any) -> FindingFrame:
        resource, code, rows, same, keys = map(self._value, told)
        return FindingFrame(resource, code, widened((rows, same)), keys)
