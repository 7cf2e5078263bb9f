"""Parquet files read on trial, apart, before they are read here.

In a damaged file a thread of Polars may panic, which prints a trace and leaves the batches short,
or the whole process may be aborted. So each file is read once where that harms nobody
(benchmarks/README.md has the price).
"""

from functools import cache
from pathlib import Path

from validate._src.reading._apart import ReadingFailedError, pool

BATCH = 50_000  # rows: with a tenth of them a run takes twice the time, ten times gain little


def what_is_wrong(file: Path, *, footer_only: bool = False) -> str | None:
    """Why a Parquet file cannot be read from beginning to end; None if it can.

    Asked once for a file as it is: a run reads some tables twice.

    Args:
        file: the file.
        footer_only: whether nothing but its footer is read.
    """
    status = file.stat()
    # Absolute, because the process stays in the folder that it was started in.
    return _asked(str(file.absolute()), status.st_size, status.st_mtime_ns, footer_only)


@cache
def _asked(file: str, size: int, changed: int, footer_only: bool) -> str | None:
    try:
        with pool().worker() as worker:
            if footer_only:
                worker.ask("try footer", file)
                return None
            declared, read = worker.ask("try parquet", file, BATCH)
    except ReadingFailedError as error:
        reason = str(error)
        return reason if reason.startswith("damaged: ") else f"not a Parquet file: {reason}"
    return None if read == declared else f"damaged: {read:,} of its {declared:,} rows can be read"
