"""The process in which libraries read files that may end it: one question, one answer.

It runs as a script, and imports nothing of ours, so that it starts in a fraction of the time. A
question is the name of one of `ANSWERS` and what that takes; the answer is what it gives, or
`("wrong", reason)`. Both are values of `marshal`, after their length.
"""

import gc
import marshal
import struct
import sys
from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate, islice, repeat
from operator import floordiv, sub
from typing import IO, TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3

    import python_calamine

Message = tuple[Any, ...]
Column = tuple[tuple[str, bytes | None, Any], ...]
"""The cells of a column, those of each type apart: the standard's name of the type, the indexes of
the cells as unsigned numbers of 32 bits, None for all, and their values as `KINDS` has them. Those
that are empty are in none."""
LENGTH = struct.Struct("<Q")
END = "end"
NOT_TEXT = "holds a text that is not UTF-8"
SEPARATOR = "\x1f"  # which no text of XML has
EPOCH, MICROSECOND = datetime(1970, 1, 1), timedelta(microseconds=1)


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


def serve(questions: IO[bytes], answers: IO[bytes]) -> None:
    """Answers one question after the other.

    Garbage is not looked for: nothing here refers to itself, and to look through the cells of a
    sheet each time that many were made takes as long as to read them.
    """
    gc.disable()
    while (question := receive(questions)) is not None:
        name, *arguments = question
        try:
            told = True, ANSWERS[name](*arguments)
        except UnicodeDecodeError:
            told = False, NOT_TEXT
        except BaseException as error:  # a panic of Rust is no `Exception`
            lines = str(error).splitlines()
            told = False, lines[0] if lines and lines[0] else type(error).__name__
        send(answers, told)


def try_parquet(file: str, heights: Sequence[int], most: int, batch: int) -> Message:
    """How many rows a Parquet file has and how many can be read, as `parquet` reads it.

    Where not all can, they are counted again in batches: of a piece that is damaged none is there.

    Args:
        file: the file.
        heights: how many rows its pieces have, as far as that is known.
        most: how many the others have.
        batch: how many a batch has.
    """
    import polars as pl  # here, because only these files need it

    scan = pl.scan_parquet([file], glob=False)
    declared: int = scan.select(pl.len()).collect().item()
    read, reason = 0, None
    try:
        for begin, height in pieces_of(heights, declared, most):
            read += scan.slice(begin, height).collect().height
    except BaseException as error:  # a panic of Rust is no `Exception`
        reason = error
    if read == declared:
        return declared, declared
    counted = sum(frame.height for frame in scan.collect_batches(chunk_size=batch))
    if counted == declared and reason is not None:
        raise reason
    return declared, min(counted, read) if counted == declared else counted


def pieces_of(heights: Sequence[int], declared: int, most: int) -> Iterator[tuple[int, int]]:
    """Where the pieces of a file begin, by the rows before them, and how many rows they have.

    Args:
        heights: how many rows they have, if that is known.
        declared: how many rows the file has.
        most: how many a piece has otherwise.
    """
    if sum(heights) == declared:
        yield from zip(accumulate(heights, initial=0), heights, strict=False)
    else:
        yield from ((begin, min(most, declared - begin)) for begin in range(0, declared, most))


def try_footer(file: str) -> Message:
    """Reads what a Parquet file says of its columns, as `parquet` does."""
    import polars as pl  # here, because only these files need it

    pl.scan_parquet([file], glob=False).collect_schema()
    return ()


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
    """The cells of a column as they are sent: many at once, not one by one."""
    kinds = {*map(type, cells)}
    if len(kinds) == 1 and not (str in kinds and "" in cells):
        name, sent = KINDS[kinds.pop()]
        return ((name, None, sent(cells)),)
    return tuple(part for kind in kinds for part in _of_kind(kind, cells))


def _of_kind(kind: type, cells: Sequence[Any]) -> Iterator[tuple[str, bytes, Any]]:
    """The cells of a type among others, if any is not empty."""
    at = [
        index
        for index, cell in enumerate(cells)
        if type(cell) is kind and (cell or kind is not str)
    ]
    if at:
        name, sent = KINDS[kind]
        yield name, array("I", at).tobytes(), sent([cells[index] for index in at])


def _joined(texts: Sequence[str]) -> str | Sequence[str]:
    """Texts as one; one by one where they have the separator themselves."""
    text = SEPARATOR.join(texts)
    return text if text.count(SEPARATOR) == len(texts) - 1 else texts


def _days(dates: Sequence[date]) -> bytes:
    return array("i", map(date.toordinal, dates)).tobytes()


def _microseconds(moments: Sequence[datetime]) -> bytes:
    since = map(sub, moments, repeat(EPOCH))
    return array("q", map(floordiv, since, repeat(MICROSECOND))).tobytes()


KINDS: Mapping[type, tuple[str, Callable[[Any], Any]]] = {
    str: ("text", _joined),
    bool: ("boolean", bytes),
    int: ("integer", list),
    float: ("number", lambda numbers: array("d", numbers).tobytes()),
    date: ("date", _days),
    datetime: ("datetime", _microseconds),
    time: ("time", lambda times: [*map(time.isoformat, times)]),
    timedelta: ("duration", lambda spans: [span // MICROSECOND for span in spans]),
}
"""Types of cells: the standard's name, and how their values are sent.

Of dates the number of the day from that of year 1, of datetimes and durations the microseconds,
from 1970: for `marshal` knows neither.
"""


def read_sav(file: str, begin: int, count: int) -> Message:
    """The names of the variables of a file of SPSS, and so many of its rows, column by column."""
    import pyreadstat  # here, because only these files need it

    columns, about = pyreadstat.read_sav(
        file, output_format="dict", row_offset=begin, row_limit=count
    )
    return tuple(about.column_names), [[*map(_plain, column)] for column in columns.values()]


def _plain(value: Any) -> Any:
    """A value as it is sent; a date or time as the standard's name of its type and its text."""
    name = DATES.get(type(value))
    return value if name is None else (name, value.isoformat())


DATES: Mapping[type, str] = {date: "date", datetime: "datetime", time: "time"}


class _Database:
    """The database that is read, and the rows of its table that are left."""

    connection: "sqlite3.Connection | None" = None
    rows: Iterator[tuple[Any, ...]] = iter(())
    fault: Exception | None = None
    steps: int = 0


def open_database(address: str) -> Message:
    """The tables and views of a SQLite database, by name."""
    import sqlite3  # here, because only databases need it

    database = _Database.connection = sqlite3.connect(address, uri=True)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.text_factory = bytes.decode  # other than SQLite's own, it says what is wrong
    query = "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name"
    return tuple(name for (name,) in database.execute(query) if not name.startswith("sqlite_"))


def declared_keys(table: str) -> Message:
    """Whether a table is a view, and what SQLite says of its columns and references.

    Source: sqlite.org/pragma.html, "table_info", "foreign_key_list".
    """
    database, name = _Database.connection, table.replace('"', '""')
    assert database is not None
    kind = database.execute("SELECT type FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    about = database.execute(f'PRAGMA table_info("{name}")')
    references = database.execute(f'PRAGMA foreign_key_list("{name}")')
    return kind == ("view",), (*about,), (*references,)


def open_table(table: str, step: int, most: int) -> Message:
    """The names of the columns of a table, and of some of them the types they are declared with.

    Args:
        table: its name.
        step: instructions of the database after which is asked whether it goes on too long.
        most: how often, for one row.
    """
    database, name = _Database.connection, table.replace('"', '""')
    assert database is not None

    def goes_on_too_long() -> bool:
        _Database.steps += 1
        return _Database.steps > most

    _Database.steps = 0
    database.set_progress_handler(goes_on_too_long, step)
    rows = database.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - the name is quoted
    labels = tuple(column for column, *_ in rows.description)
    about = database.execute(f'PRAGMA table_info("{name}")')
    _Database.rows, _Database.fault = rows, None
    return labels, tuple((column, kind) for _, column, kind, *_ in about)


def next_records(count: int) -> Message:
    """So many rows of the table; `END` after the last.

    What keeps one from being read is told after those before it, and ends them: SQLite would go
    on with the next.
    """
    if _Database.fault is not None:
        raise _Database.fault
    found: list[tuple[Any, ...]] = []
    try:
        for row in islice(_Database.rows, count):
            _Database.steps = 0
            found.append(row)
    except Exception as error:  # kept, and raised when more is asked for
        _Database.fault = error
        if not found:
            raise
    return (found,) if found else (END,)


def close_database() -> Message:
    """Frees the database."""
    if _Database.connection is not None:
        _Database.connection.close()
    _Database.connection, _Database.rows, _Database.fault = None, iter(()), None
    return ()


ANSWERS: Mapping[str, Callable[..., Message]] = {
    "try parquet": try_parquet,
    "try footer": try_footer,
    "open book": open_book,
    "open sheet": open_sheet,
    "next rows": next_rows,
    "close book": close_book,
    "read sav": read_sav,
    "open database": open_database,
    "open table": open_table,
    "declared keys": declared_keys,
    "next records": next_records,
    "close database": close_database,
}

if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
