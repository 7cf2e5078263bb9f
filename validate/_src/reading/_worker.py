"""The process in which libraries read files that may end it: one question, one answer.

It runs as a script, and imports nothing of ours, so that it starts in a fraction of the time. A
question is the name of one of `ANSWERS` and what that takes; the answer is what it gives, or
`("wrong", reason)`. Both are values of `marshal`, after their length.
"""

import marshal
import struct
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import python_calamine

Message = tuple[Any, ...]
Column = tuple[str, Sequence[Any]]
"""Cells of a column: under the name of their type if it is dates or times, as texts."""
LENGTH = struct.Struct("<Q")
WRONG, END = "wrong", "end"
MICROSECOND = timedelta(microseconds=1)


def send(stream: IO[bytes], message: Message) -> None:
    """Writes a message."""
    content = marshal.dumps(message, 2)  # of later versions, which look for equal values, slower
    stream.write(LENGTH.pack(len(content)))
    stream.write(content)
    stream.flush()


def receive(stream: IO[bytes]) -> Message | None:
    """Reads a message; None if there is none, or not to its end."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    length = LENGTH.unpack(head)[0]
    content = stream.read(length)
    # Only a process that runs this module writes them.
    return marshal.loads(content) if len(content) == length else None  # noqa: S302


def serve() -> None:
    """Answers one question after the other."""
    answers = sys.stdout.buffer
    while (question := receive(sys.stdin.buffer)) is not None:
        name, *arguments = question
        try:
            answer = ANSWERS[name](*arguments)
        except BaseException as error:  # a panic of Rust is no `Exception`
            lines = str(error).splitlines()
            answer = WRONG, lines[0] if lines and lines[0] else type(error).__name__
        send(answers, answer)


def try_parquet(file: str, batch: int) -> Message:
    """How many rows a Parquet file has and how many can be read, as `parquet` reads it."""
    import polars as pl  # here, because only these files need it

    scan = pl.scan_parquet([file], glob=False)
    declared: int = scan.select(pl.len()).collect().item()
    return declared, sum(frame.height for frame in scan.collect_batches(chunk_size=batch))


class _Opened:
    """The workbook that is read, and the rows of its sheet that are left."""

    book: "python_calamine.CalamineWorkbook | None" = None
    rows: Iterator[list[Any]] = iter(())


def open_book(file: str) -> Message:
    """The name of each sheet of a workbook, whether it is shown, and whether it is one of cells."""
    import python_calamine as calamine  # here, because only workbooks need it

    book = _Opened.book = calamine.CalamineWorkbook.from_path(file)
    shown, of_cells = calamine.SheetVisibleEnum.Visible, calamine.SheetTypeEnum.WorkSheet
    return tuple(
        (one.name, one.visible == shown, one.typ == of_cells) for one in book.sheets_metadata
    )


def open_sheet(index: int) -> Message:
    """Where the cells of a sheet begin and end, by row and column from 0; nothing if it is empty.

    The rows that follow are all from the first of the sheet on, without columns that are empty on
    the left.
    """
    assert _Opened.book is not None
    sheet = _Opened.book.get_sheet_by_index(index)
    _Opened.rows = sheet.iter_rows()
    return (*sheet.start, *sheet.end) if sheet.start and sheet.end else ()


def next_rows(count: int) -> Message:
    """So many rows of the sheet, column by column; `END` after the last."""
    rows = [*islice(_Opened.rows, count)]
    return (len(rows), *map(column, zip(*rows, strict=True))) if rows else (END,)


def close_book() -> Message:
    """Frees the workbook: it may be long before another is asked for."""
    _Opened.book, _Opened.rows = None, iter(())
    return ()


def column(cells: Sequence[Any]) -> Column:
    """The cells of a column; those that are empty are null."""
    types = {*map(type, cells)}
    if str in types and "" in cells:
        cells = [None if cell == "" else cell for cell in cells]
        types = {*map(type, cells)} - {type(None)}
    if not types & KINDS.keys():
        return "", cells
    if len(types) == 1:
        kind, as_text = KINDS[types.pop()]
        return kind, [None if cell is None else as_text(cell) for cell in cells]
    return "", [as_value(cell) for cell in cells]


def as_value(cell: Any) -> Any:
    """A cell among those of other types: one that is a date or time with the name of its type."""
    if type(cell) not in KINDS:
        return cell
    kind, as_text = KINDS[type(cell)]
    return kind, as_text(cell)


KINDS: Mapping[type, tuple[str, Callable[[Any], Any]]] = {
    date: ("date", date.isoformat),
    datetime: ("datetime", datetime.isoformat),
    time: ("time", time.isoformat),
    timedelta: ("duration", lambda cell: cell // MICROSECOND),
}
"""Types that `marshal` does not know: the standard's name, and what gives their text.

Of a duration, whose text is made elsewhere, it gives the microseconds.
"""
ANSWERS: Mapping[str, Callable[..., Message]] = {
    "try parquet": try_parquet,
    "open book": open_book,
    "open sheet": open_sheet,
    "next rows": next_rows,
    "close book": close_book,
}

if __name__ == "__main__":
    serve()
