"""Parquet files read on trial, apart, before they are read here.

In a damaged file a thread of Polars may panic, which prints a trace and leaves the batches short,
or the whole process may be aborted. So a file that no other process judges is read once where that
harms nobody (benchmarks/README.md has the price).
"""

from pathlib import Path

from validate._src.reading._apart import ReadingFailedError, pool
from validate._src.reading._pieces import MOST_ROWS, heights_of
from validate._src.reading.files import Stamp, stamp_of

BATCH = 50_000  # rows: with a tenth of them a run takes twice the time, ten times gain little
State = tuple[str, Stamp]
"""A file as it is, by its path."""
_KNOWN: dict[tuple[str, Stamp, bool], str | None] = {}
"""What is wrong with files, and whether that was asked of their footers only."""


def what_is_wrong(file: Path, *, footer_only: bool = False) -> str | None:
    """Why a Parquet file cannot be read from beginning to end; None if it can.

    Found out once for a file as it is: a run reads some tables twice.

    Args:
        file: the file.
        footer_only: whether nothing but its footer is read.
    """
    about = *state_of(file), footer_only
    if about not in _KNOWN:
        _KNOWN[about] = _asked(about[0], footer_only=footer_only)
    return _KNOWN[about]


def state_of(file: Path) -> State:
    """A file as it is.

    Its path is absolute, because the other process stays in the folder that it was started in.
    """
    return str(file.absolute()), stamp_of(file)


def was_read(file: State) -> None:
    """Notes that another process has read a file from beginning to end."""
    _KNOWN[*file, False] = None


def damage(declared: int, read: int) -> str:
    """What is said of a file of which not all rows can be read."""
    return f"damaged: {read:,} of its {declared:,} rows can be read"


def _asked(file: str, *, footer_only: bool) -> str | None:
    try:
        with pool().worker(forked=footer_only) as worker:
            if footer_only:
                worker.ask("try footer", file)
                return None
            pieces = heights_of(Path(file))
            declared, read = worker.ask("try parquet", file, pieces, MOST_ROWS, BATCH)
    except ReadingFailedError as error:
        reason = str(error)
        return reason if reason.startswith("damaged: ") else f"not a Parquet file: {reason}"
    return None if read == declared else damage(declared, read)
