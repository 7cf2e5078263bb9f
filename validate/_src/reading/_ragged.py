"""Records of a block that are empty or have more or fewer cells than the table is wide."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

import polars as pl

from validate._src.reading._codes import codes_of
from validate._src.reading._quoting import LINE_END, Quoting

MOST = 64
"""Odd records that are looked for one after the other; of more the size of each record is told."""

STEP = 2**10
"""Records after which ends of lines are looked at: in few, what one lacks no other has too much."""


def odd_records(quoting: Quoting, found: pl.Series, width: int) -> tuple[pl.Series, pl.Series]:
    """The records that are empty, or whose cells are not all that they hold.

    Each lacks delimiters, or has some that Polars passed over: their sizes tell it.

    Args:
        quoting: the text, of n records.
        found: n times how many bytes there are in the cells that Polars found.
        width: how many columns the table has.

    Returns:
        Their indexes, ascending, and their texts.

    Raises:
        UnicodeDecodeError: one of these is not UTF-8.
    """
    block, few = quoting.block, None
    if width > 1 and quoting.records is None and block.endswith(b"\n") and b"\r" not in block:
        few = _Sums(quoting, found + width).odd()
    if few is None:
        sizes = quoting.sizes()
        index = ((sizes != found + (width - 1)) | (sizes == 0)).arg_true()
        return index, quoting.text(index)
    index = pl.Series([at for at, _, _ in few], dtype=pl.get_index_type())
    texts = [block[start:end].decode() for _, start, end in few]
    return index, pl.Series(texts, dtype=pl.String)


class _Sums:
    """Where records end if all are as long as they should be: there where their sizes sum up to.

    So the first that is not is found by a few looks at ends of lines, and not by those of all.
    """

    def __init__(self, quoting: Quoting, sizes: pl.Series) -> None:
        """Has found no odd record yet.

        Args:
            quoting: the text, of n records, each on a line that ends.
            sizes: n times how many bytes a record should have with the end of its line, quotes
                around cells and every second inside left out.
        """
        self._block, self._outside, self._sizes = quoting.block, quoting.outside, sizes
        self._sums = sizes.cum_sum()
        self._quotes = self._outside - pl.int_range(len(self._outside), eager=True)
        self._before = self._quotes.to_list()
        self._begin = self._start = self._moved = 0

    def odd(self) -> list[tuple[int, int, int]] | None:
        """The records that are not as long as they should be; None where they are many.

        Returns:
            The index of each, and the bytes at which it starts and ends.
        """
        odd: list[tuple[int, int, int]] = []
        while (index := self._first_wrong()) is not None:
            start = self._start if index == self._begin else self._end_of(index - 1) + 1
            end = self._block.find(b"\n", start)
            if end < 0 or len(odd) == MOST:
                return None
            odd.append((index, start, end))
            self._begin, self._start = index + 1, end + 1
            inside = self._start - int(self._outside.search_sorted(self._start))
            self._moved = inside - self._sums[index]
        return odd if self._are_all(odd) else None

    def _first_wrong(self) -> int | None:
        """The first record left whose end is not where it should be; None if all are."""
        for start in range(self._begin, len(self._sums), STEP):
            some = range(start, min(start + STEP, len(self._sums)))
            if self._is_wrong(some[-1]):
                return some[bisect_left(some, x=True, key=self._is_wrong)]
        return None

    def _end_of(self, index: int) -> int:
        """Where the line of a record ends if all that are left are as long as they should be."""
        end = self._sums[index] + self._moved - 1
        return end + bisect_right(self._before, end)

    def _is_wrong(self, index: int) -> bool:
        """Whether no line ends there, or where that of the record before does: few do by chance."""
        places = map(self._end_of, range(max(index - 1, self._begin), index + 1))
        return any(self._block[at : at + 1] != b"\n" for at in places)

    def _are_all(self, odd: Sequence[tuple[int, int, int]]) -> bool:
        """Whether lines end where all records do, odd ones as they were found, and nowhere else.

        As many places as there are lines, each after the one before, are the ends of all.
        """
        sizes = self._sizes
        if odd:
            index, starts, ends = map(pl.Series, zip(*odd, strict=True))
            quotes = self._outside.search_sorted(ends) - self._outside.search_sorted(starts)
            sizes = sizes.clone().scatter(index, ends - starts + 1 - quotes.cast(pl.Int64))
        places = sizes.cum_sum() - 1
        if self._before:
            places += self._quotes.search_sorted(places, side="right").cast(pl.Int64)
        are_ends = codes_of(self._block) == LINE_END
        return (
            places[-1] == len(self._block) - 1
            and are_ends.sum() == len(places)
            and bool(are_ends.gather(places).all())
        )
