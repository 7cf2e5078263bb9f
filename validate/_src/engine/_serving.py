"""What another process does: it reads tables or splits of them, and judges them.

Messages are tuples of a name and what goes with it. The conductor sends `("table", work)` before
the splits of a table, then `("split", split)`; it is answered by `("told", told)`, or None in the
place of what the split tells where it cannot be read by itself. Then it says `("at", where)` or
`("drop",)`. The last answer is `("judged", judged)`, one for each batch. To `("whole", whole)` it
answers `("batch", said, rows)` for each batch, then `("end", is_sound)`. To `("pieces", whole)` it
answers `("opened", form)`, then to each `("piece", piece)` of that table `("judged", judged)`, one
for each batch; None in the place of either where something cannot be read. Where something fails,
the answer is `("failed", error)`.
"""

import io
import pickle
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from typing import Any

from validate._src.checks.check import Fact, Judge
from validate._src.engine.judging import Said, said_of
from validate._src.reading.parquet import ParquetReader, Piece
from validate._src.reading.splits import Split, SplitReader, Unplaced, Where
from validate._src.tables.batches import TableForm
from validate._src.tables.debris import Ending
from validate._src.tables.reading import form_of, read_batches
from validate._src.tables.table import Table
from validate._src.words.errors import FileError
from validate._src.words.findingframe import FindingFrame
from validate._src.words.model import Package, TabularResource
from validate._src.words.shift import Shift

Message = tuple[Any, ...]


@dataclass(frozen=True, eq=False)
class Work:
    """All that is needed to read and judge the splits of a table.

    Attributes:
        reader: reads them.
        form: makes typed frames of them.
        judges: judge these, by the places of their checks.
    """

    reader: SplitReader
    form: TableForm
    judges: Mapping[int, Judge]

    def read(self, split: Split) -> Unplaced | None:
        """A split; None where it cannot be read by itself, be it for its file cannot be read."""
        try:
            return self.reader.read(split)
        except FileError:
            return None

    def judged(self, unplaced: Unplaced, where: Where) -> "tuple[Judged, ...]":
        """The batches of a split that knows where it stands, judged."""
        batches = unplaced.batches(where)
        return tuple(judged_of(*self.form.framed(batch), self.judges) for batch in batches)


@dataclass(frozen=True, eq=False)
class Judged:
    """A batch that is judged.

    Attributes:
        said: what the judges say.
        ending: what it shows of the end of the table.
        rows: how many rows it has.
    """

    said: tuple[Said, ...]
    ending: Ending
    rows: int

    def moved(self, shift: Shift) -> "Judged":
        """The same where the rows stand."""
        said = (
            (place, one.moved(shift) if isinstance(one, FindingFrame | Fact) else one)
            for place, one in self.said
        )
        return replace(self, said=tuple(said), ending=self.ending.moved(shift))


@dataclass(frozen=True, eq=False)
class Whole:
    """A table of Parquet files that is read from beginning to end.

    Attributes:
        resource: the table.
        judges: judge it, by the places of their checks.
    """

    resource: TabularResource
    judges: Mapping[int, Judge]


@dataclass(frozen=True, eq=False)
class Opened:
    """A table of Parquet files of which pieces are asked for.

    Attributes:
        reader: reads it.
        form: makes typed frames of its batches.
        judges: judge these, by the places of their checks.
    """

    reader: ParquetReader
    form: TableForm
    judges: Mapping[int, Judge]

    @classmethod
    def of(cls, whole: Whole, *, is_apart: bool = True) -> "Opened | None":
        """A table; None if it cannot be read.

        Args:
            whole: the table, and its judges.
            is_apart: whether a process may be ended by a file, which need not be tried before.
        """
        try:
            reader = ParquetReader(whole.resource, is_apart=is_apart)
        except FileError:
            return None
        return cls(reader, form_of(whole.resource, reader), whole.judges)

    def judged(self, piece: Piece) -> "tuple[Judged, ...] | None":
        """The batches of a piece, judged; None if it cannot be read."""
        try:
            batches = self.reader.piece(piece, self.form.header.width)
            return tuple(judged_of(*self.form.framed(batch), self.judges) for batch in batches)
        except FileError:
            return None


def judged_of(table: Table, ending: Ending, judges: Mapping[int, Judge]) -> Judged:
    """A batch that judges have judged."""
    return Judged(tuple(said_of(table, judges)), ending, len(table.rows))


class Line:
    """A line to another process, over which values go; tables of the package go by their names."""

    def __init__(self, connection: Connection, package: Package) -> None:
        """Takes its end of the connection."""
        self.connection, self._package = connection, package

    def send(self, *message: Any) -> None:
        """Sends a message.

        Raises:
            OSError: the other process has ended.
        """
        content = io.BytesIO()
        _Pickler(content, pickle.HIGHEST_PROTOCOL).dump(message)
        self.connection.send_bytes(content.getbuffer())

    def receive(self) -> Message:
        """The next message.

        Raises:
            EOFError: the other process has ended.
            OSError: likewise.
        """
        return _Unpickler(io.BytesIO(self.connection.recv_bytes()), self._package).load()


class _Pickler(pickle.Pickler):
    def persistent_id(self, obj: Any) -> str | None:
        return obj.name if isinstance(obj, TabularResource) else None


class _Unpickler(pickle.Unpickler):
    def __init__(self, content: io.BytesIO, package: Package) -> None:
        super().__init__(content)
        self._package = package

    def persistent_load(self, pid: str) -> TabularResource:
        return self._package.tables[pid]


def serve(line: Line) -> None:
    """Does what it is told until the conductor has no more, or has gone."""
    work: Work | None = None
    opened: Opened | None = None
    try:
        while True:
            name, given = line.receive()
            if name == "table":
                work = given
                continue
            try:
                if name == "whole":
                    line.send("end", _serve_whole(line, given))
                elif name == "pieces":
                    opened = Opened.of(given)
                    line.send("opened", opened and opened.form)
                elif name == "piece":
                    assert opened is not None
                    line.send("judged", opened.judged(given))
                else:
                    assert work is not None
                    _serve_split(line, work, given)
            except (EOFError, OSError):
                raise
            except BaseException as error:
                line.send("failed", _sendable(error))
    except (EOFError, OSError):
        return


def _serve_split(line: Line, work: Work, split: Split) -> None:
    unplaced = work.read(split)
    line.send("told", None if unplaced is None else unplaced.told)
    name, *where = line.receive()
    if name == "at":
        assert unplaced is not None
        line.send("judged", work.judged(unplaced, *where))


def _serve_whole(line: Line, whole: Whole) -> bool:
    """Tells what judges say of each batch of a table, and whether all of it could be read."""
    try:
        reader = ParquetReader(whole.resource, is_apart=True)
    except FileError:
        return False
    for table in read_batches(whole.resource, reader=reader):
        if not table.complete:
            return False
        line.send("batch", tuple(said_of(table, whole.judges)), len(table.rows))
        del table  # whose memory the next one can have
    return True


def _sendable(error: BaseException) -> BaseException:
    """An error that another process can raise, and that says where it was raised here."""
    where = "".join(traceback.format_exception(error))
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    except Exception:
        error = RuntimeError(str(error))
    error.add_note(f"in another process:\n{where}")
    return error
