"""Where the processor time of a run of `validate` goes, phase by phase.

`python benchmarks/phases.py FOLDER` prints a Markdown table for the package in a folder.
Each phase is a function of ours, its time without that of the phases it calls.
"""

import os
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import bytecode

begun = time.process_time()
bytecode.make()
spent = time.process_time() - begun

from validate._src.cli._startup import ALLOCATOR, quick_start  # noqa: E402

os.environ.setdefault("_RJEM_MALLOC_CONF", ALLOCATOR)
import polars  # noqa: E402, F401 - to be timed by itself

POLARS_IMPORTED = time.process_time() - spent
context = ExitStack()
context.enter_context(quick_start())

import pandera.polars as pa  # noqa: E402

from validate._src.checks import _keysjudge, keys  # noqa: E402
from validate._src.checks.constraints import _gate  # noqa: E402
from validate._src.engine import run as engine  # noqa: E402
from validate._src.reading import (  # noqa: E402
    _jsonarrays,
    _jsoncells,
    _jsoncolumns,
    _jsonlines,
    _jsonmarks,
    _jsontext,
    _nativerows,
    _parsing,
    _plain,
    _quoting,
    blocks,
)
from validate._src.tables import batches  # noqa: E402

READY = time.process_time() - spent
PHASES = (
    ("read the file", blocks.LineBlocks, "__next__"),
    ("find what is quoted", _quoting.Quoting, "of"),
    ("parse CSV (Polars)", _parsing, "by_polars"),
    ("look for ragged records", _plain.PlainBlock, "_odd"),
    ("make empty cells null", _plain.PlainBlock, "cells"),
    ("part lines (JSON)", _jsonlines, "lines_of"),
    ("part rows of a list (JSON)", _jsonarrays, "stretch_of"),
    ("find the place in a list (JSON)", _jsonarrays.ArrayRows, "_next"),
    ("go on in a list (JSON)", _jsontext.JsonText, "ahead"),
    ("go on in a list (JSON)", _jsontext.JsonText, "go_on"),
    ("cut rows at their keys or commas (JSON)", _jsoncolumns, "_cut"),
    ("mask commas (JSON)", _jsoncolumns, "masked"),
    ("unmask commas (JSON)", _jsoncolumns, "unmasked"),
    ("find marks (JSON)", _jsonmarks, "_marks"),
    ("cut lists at their marks (JSON)", _jsoncolumns, "_marked"),
    ("look where strings are (JSON)", _jsoncolumns, "are_quoted"),
    ("look what is behind values (JSON)", _jsoncolumns, "_is_sound"),
    ("take values out (JSON)", _jsoncolumns, "pieces_of"),
    ("look for escapes (JSON)", _jsoncolumns, "unescaped"),
    ("make types of values (JSON)", _jsoncells, "_typed"),
    ("look at values of several types (JSON)", _jsoncells, "_bare"),
    ("parse values that are left by Python (JSON)", _jsoncells, "_looked_at"),
    ("see that values are such of JSON", _jsoncolumns, "_sound"),
    ("make columns of rows (JSON)", _jsoncolumns.JsonColumns, "taken"),
    ("put rows together (JSON)", _jsonlines, "together"),
    ("put rows together (JSON)", _jsonarrays, "together"),
    ("make batches of rows (JSON)", _nativerows.RowBatches, "of_columns"),
    ("make batches of rows that are read one by one (JSON)", _nativerows.RowBatches, "of_items"),
    ("make types of texts", batches, "_table"),
    ("judge types and constraints (the gate)", _gate, "_judged"),
    ("Pandera around the gate", pa.DataFrameSchema, "validate"),
    ("hash the keys", _keysjudge.Hashed, "of"),
    ("look for hashes that repeat", keys.Hashes, "repeated"),
    ("look up foreign keys", _keysjudge, "rows_without"),
    ("compare foreign keys at the end", keys.References, "missing_among"),
)


def processor_time() -> float:
    """Seconds of user and system time of this process, all threads."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


class Phases:
    """The time of each phase, without that of others within it."""

    def __init__(self) -> None:
        """Starts with none."""
        self.seconds: Counter[str] = Counter()
        self._inner: list[float] = []

    def timed(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A function that adds to the time of a phase."""

        def run(*arguments: Any, **options: Any) -> Any:
            begun = processor_time()
            self._inner.append(0.0)
            try:
                return function(*arguments, **options)
            finally:
                spent = processor_time() - begun
                self.seconds[name] += spent - self._inner.pop()
                if self._inner:
                    self._inner[-1] += spent

        return run


def table(folder: str) -> Iterator[str]:
    """The phases of a run as the lines of a Markdown table."""
    phases = Phases()
    for name, owner, attribute in PHASES:
        setattr(owner, attribute, phases.timed(name, getattr(owner, attribute)))
    begun = processor_time()
    engine.validate(folder)
    total = processor_time() - begun
    others = total - sum(phases.seconds.values())
    phases.seconds["start Python, import Polars"] = POLARS_IMPORTED
    phases.seconds["import Pandera, validate and what else it needs"] = READY - POLARS_IMPORTED
    phases.seconds["everything else"] = others
    yield "| phase | processor ms |"
    yield "|---|---:|"
    for name, seconds in phases.seconds.most_common():
        yield f"| {name} | {seconds * 1000:.0f} |"
    yield f"| all | {(total + READY) * 1000:.0f} |"


if __name__ == "__main__":
    print("\n".join(table(sys.argv[1])))
