"""Cells of a block of delimited text, parsed by Polars."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from validate._src.reading._quoting import Quoting
from validate._src.reading.batch import columns
from validate._src.reading.blocks import BYTE_ORDER_MARK, LONGEST_BLOCK
from validate._src.reading.records import LINE_ENDS
from validate._src.words.model import Dialect

MAGIC = (BYTE_ORDER_MARK, b"\x1f\x8b", b"x\x01", b"x^", b"x\x9c", b"x\xda", b"\x28\xb5\x2f\xfd")
"""With what files begin that Polars takes for compressed, or that it does not take as it is."""
EXTRA = "extra"


@dataclass(frozen=True)
class Asked:
    """What is looked at of a table.

    Attributes:
        width: how many columns it has.
        names: the columns that are looked at; None for all, and then ragged records are told.
        rows: the numbers of the records that are looked at, ascending; None for all.
    """

    width: int
    names: Sequence[str] | None = None
    rows: pl.Series | None = None

    def index(self, quoting: Quoting, first: int) -> pl.Series | None:
        """Which records of a block that begins with number `first` are looked at; None for all."""
        if self.rows is None or self.names is None:
            return None
        index = self.rows - first
        return index.filter(index.is_between(0, quoting.height - 1))


def may_be_plain(block: bytes, dialect: Dialect, width: int) -> bool:
    """Whether Polars knows the dialect, and the block ends where a line does."""
    if len(block) >= LONGEST_BLOCK:
        return False  # it may not end where a line does
    if block.startswith(MAGIC):
        return False  # Polars would unpack it, or drop the mark
    if dialect.skip_initial_space and (
        dialect.delimiter == " " or str(dialect.quote_char).encode() in block
    ):
        return False  # Polars takes a quote after spaces for text
    return (
        dialect.delimiter.isascii()
        and len(dialect.delimiter) == 1
        and (dialect.quote_char or "").isascii()
        and dialect.escape_char is None
        and dialect.double_quote
        and dialect.line_terminator in (None, *LINE_ENDS)
        and width > 0
    )


def parsed(
    quoting: Quoting,
    dialect: Dialect,
    asked: Asked,
    index: pl.Series | None,
    most: int,
    *,
    has_surplus: bool,
) -> pl.DataFrame | None:
    """The cells of a block, with a column `extra` if surplus cells are likely or found.

    Args:
        quoting: the text.
        dialect: how it is delimited.
        asked: what is looked at.
        index: which records are looked at; None for all.
        most: how many records are read, if all are looked at.
        has_surplus: whether surplus cells are likely. Polars is asked to refuse them, which
            costs nothing unless there are some; then the block is parsed once more.
            Looked for at once: +5 to 60 % on all tables (benchmarks/tricks.py).

    Returns:
        The cells, null where a record lacks them; None if the text is not UTF-8.
    """
    names, frame = columns(asked.width), None
    if asked.names is None and not has_surplus:
        frame = by_polars(quoting, dialect, names, refuse=True, most=most)
    if frame is not None:
        return frame
    try:
        some = quoting.only(index)
    except UnicodeDecodeError:
        return None
    return by_polars(
        some,
        dialect,
        [*names, EXTRA] if asked.names is None else names,
        refuse=False,
        most=most if index is None else None,
        wanted=asked.names,
    )


def by_polars(
    quoting: Quoting,
    dialect: Dialect,
    names: Sequence[str],
    *,
    refuse: bool,
    most: int | None,
    wanted: Sequence[str] | None = None,
) -> pl.DataFrame | None:
    """The cells of a block as columns of these names, by Polars.

    Args:
        quoting: the text.
        dialect: how it is delimited.
        names: the names; cells that a record lacks are null.
        refuse: whether a record with more cells makes the block unreadable.
        most: how many records are read, if not all.
        wanted: the columns to make, if not all.

    Returns:
        The cells, or None if the text is not UTF-8, or has surplus cells that are refused.
    """
    block = quoting.block
    if not block.endswith(b"\n"):  # a surplus cell at the very end would not be seen
        block += b"\n"
    scan = pl.scan_csv(
        block,
        has_header=False,
        schema=dict.fromkeys(names, pl.String),
        separator=dialect.delimiter,
        quote_char=dialect.quote_char if quoting.has_quotes else None,
        missing_columns="insert",
        extra_columns="raise" if refuse else "ignore",
        truncate_ragged_lines=not refuse,
        n_rows=most,
    )
    try:
        if wanted is not None:  # to select all is a step more: a fifth of a small file's time
            scan = scan.select(["0", *(set(wanted) - {"0"})])
        frame = scan.collect()
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError, OSError):
        return None
    return frame if quoting.block else frame.clear()
