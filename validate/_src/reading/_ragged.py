"""Records of a block that are empty or have more or fewer cells than the table is wide."""

import polars as pl

from validate._src.reading._quoting import Quoting

MANY = 2**10
"""Records without a last cell from which on their ends are looked at: of fewer, the sizes are."""


def odd_records(
    quoting: Quoting, cells: pl.DataFrame, beyond: pl.Series | None, delimiter: str
) -> tuple[pl.Series, pl.Series]:
    """The records that are empty, or whose cells are not all that they hold.

    Each lacks delimiters, or has some that Polars passed over: their sizes tell it. Those of the
    few that may be odd are looked at, and all others together, by the size of the block: since
    none of these lacks a cell, what one has too much no other makes up for.

    Args:
        quoting: the text, of n records.
        cells: the cells that Polars found, n rows of all columns of the table.
        beyond: n cells behind those; None where Polars refused to find any.
        delimiter: what parts the cells.

    Returns:
        Their indexes, ascending, and their texts.

    Raises:
        UnicodeDecodeError: one of these is not UTF-8.
    """
    likely = _likely(quoting, cells, beyond, delimiter)
    if likely is not None:
        sizes = quoting.sizes(likely)
        excess = _excess(sizes, cells[likely])
        if excess.sum() == excess_of_all(quoting, cells):
            odd = likely.filter((excess != 0) | (sizes == 0))
            return odd, quoting.text(odd)
    sizes = quoting.sizes()
    odd = ((_excess(sizes, cells) != 0) | (sizes == 0)).arg_true()
    return odd, quoting.text(odd)


def excess_of_all(quoting: Quoting, cells: pl.DataFrame) -> int:
    """How many bytes a block has more than the cells that Polars found and what parts them.

    Args:
        quoting: the text, of n records.
        cells: n rows of all columns of the table.
    """
    block = quoting.block
    ends = cells.height - (not block.endswith(b"\n")) + quoting.returns
    found = sum(cells.select(pl.all().str.len_bytes().sum().cast(pl.Int64)).row(0))
    between = cells.height * (cells.width - 1)
    return len(block) - found - between - quoting.left_out - ends


def _excess(sizes: pl.Series, cells: pl.DataFrame) -> pl.Series:
    """How many bytes each of some records has more than its cells and what parts them."""
    lengths = pl.all().str.len_bytes().cast(pl.Int64)
    found = cells.select(pl.sum_horizontal(lengths)).to_series()
    return sizes - found - (cells.width - 1)


def _likely(
    quoting: Quoting, cells: pl.DataFrame, beyond: pl.Series | None, delimiter: str
) -> pl.Series | None:
    """The indexes of records that may be odd; all others have each cell. None where they are many.

    A record has its last cell where that is not empty; or where the one before is not, and the
    record ends with a delimiter.
    """
    last = cells.to_series(cells.width - 1)
    is_likely = last.is_null()
    if cells.width > 1 and last.null_count() > MANY:
        before = cells.to_series(cells.width - 2)
        is_likely &= before.is_null() | (quoting.last_codes != ord(delimiter))
    if beyond is not None:
        is_likely |= beyond.is_not_null()
    likely = is_likely.arg_true()
    return None if len(likely) > len(last) / 2 else likely
