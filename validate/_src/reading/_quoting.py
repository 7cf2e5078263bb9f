"""What is quoted in a block of delimited text, and which of its lines make a record together."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from itertools import islice

import polars as pl

from validate._src.reading.encodings import utf_8_text
from validate._src.words.model import Dialect

START, LINE, NEXT = "start", "line", "next"
SAMPLE = 2**14  # bytes of a block, which tell whether many of its lines hold quotes
SPARSE = 2**9  # bytes a quote: where there are fewer quotes, the lines without any are left out


@dataclass(frozen=True)
class Quoting:
    """What is quoted in a block of text, all of it as RFC 4180 has it.

    Attributes:
        block: the text, of n whole records.
        left_out: how many quotes are no part of a cell: those around one, and every second inside.
        may_be_empty: whether a quoted cell may be empty.
        records: of each record the byte at which it starts, the index of its first line, and
            that of the `next` record's; None where every line is a record.
    """

    block: bytes
    left_out: int = 0
    may_be_empty: bool = False
    records: pl.DataFrame | None = None

    @classmethod
    def of(cls, block: bytes, dialect: Dialect) -> "Quoting | None":
        """What is quoted in the whole records of a block; None where only `csv` can tell."""
        if b"\r" in block and block.count(b"\r") != block.count(b"\r\n"):
            return None
        quote = (dialect.quote_char or "").encode()
        if not quote or quote not in block:
            return cls(block)
        pieces = _pieces(_lines_with(quote, block), quote)
        if pieces is None:
            return None
        outside, inside = pieces.gather_every(2), pieces.gather_every(2, offset=1)
        if not _around_cells(outside, inside, dialect.delimiter):
            return None
        may_be_empty = (inside == "").any()
        if len(inside) == len(outside) or inside.str.contains("\n", literal=True).any():
            return cls._of_several_lines(block, quote, may_be_empty=may_be_empty)
        doubled = int((outside.slice(1, len(inside) - 1) == "").sum())
        return cls(block, 2 * len(inside) - doubled, may_be_empty)

    @classmethod
    def _of_several_lines(
        cls, block: bytes, quote: bytes, *, may_be_empty: bool
    ) -> "Quoting | None":
        """The same of a block in which cells hold ends of lines.

        A record that the block does not hold to its end is left out.
        """
        codes = _codes(block)
        quotes, ends = (codes == ord(quote)).arg_true(), (codes == ord("\n")).arg_true()
        if not block.endswith(b"\n"):
            ends = pl.concat([ends, pl.Series([len(block)], dtype=ends.dtype)])
        last_lines = (quotes.search_sorted(ends) % 2 == 0).arg_true()
        if last_lines.is_empty():
            return None
        after, following = ends.gather(last_lines) + 1, last_lines + 1
        records = pl.DataFrame(
            {
                START: after.shift(1, fill_value=0),
                LINE: following.shift(1, fill_value=0),
                NEXT: following,
            }
        )
        within = quotes.filter(quotes < after[-1])
        opening, closing = within.gather_every(2), within.gather_every(2, offset=1)
        doubled = int((opening.slice(1) - closing.head(-1) == 1).sum())
        return cls(block[: after[-1]], len(within) - doubled, may_be_empty, records)

    @property
    def has_quotes(self) -> bool:
        """Whether there are any."""
        return self.left_out > 0

    def only(self, index: pl.Series | None) -> "Quoting":
        """The same for some of the records, or for all; an empty line stands before some.

        With that line the text cannot begin with bytes that Polars takes for a compressed file.

        Raises:
            UnicodeDecodeError: they are not UTF-8.
        """
        if index is None:
            return self
        lines = [f"{text}\n" for text in self.text(index)]
        return replace(self, block="".join(["\n", *lines]).encode())

    @cached_property
    def height(self) -> int:
        """How many records there are."""
        if self.records is not None:
            return self.records.height
        return sum(1 for _ in BytesIO(self.block))

    def text(self, index: pl.Series) -> pl.Series:
        """The text of some of the records, by their indexes in ascending order.

        Raises:
            UnicodeDecodeError: it is not UTF-8.
        """
        if self.records is None:
            found = _lines_at(self.block, index)
        else:
            starts = self.records[START]
            ends = starts.shift(-1, fill_value=len(self.block))
            places = zip(starts.gather(index), ends.gather(index), strict=True)
            found = (self.block[start:end] for start, end in places)
        return pl.Series([_without_end(one).decode() for one in found], dtype=pl.String)


def _lines_with(quote: bytes, block: bytes) -> bytes:
    """The lines of a block that hold quotes, or all lines where many do.

    A quoted cell that goes on over lines without quotes has its first end of a line still.
    All lines: +8 % on the benchmark's table (benchmarks/tricks.py).
    """
    if block.count(quote, 0, SAMPLE) * SPARSE > SAMPLE:
        return block
    lines, end = list[bytes](), 0
    at = block.find(quote)
    while at >= 0:
        start = block.rfind(b"\n", end, at) + 1 or end
        end = block.find(b"\n", at) + 1 or len(block)
        lines.append(block[start:end])
        at = block.find(quote, end)
    return b"".join(lines)


def _pieces(block: bytes, quote: bytes) -> pl.Series | None:
    """A text cut at its quotes: what is outside of quotes and what is inside, in turn.

    A doubled quote inside a cell has nothing outside between its two. None if it is not UTF-8.
    """
    text = utf_8_text(block)
    return None if text is None else text.str.split(quote.decode()).explode()


def _around_cells(outside: pl.Series, inside: pl.Series, delimiter: str) -> bool:
    """Whether quotes stand around whole cells, and are doubled inside.

    Then what is outside, between the quotes of two cells, begins with the end of one and
    ends with the beginning of another.

    Source: RFC 4180, section 2, and its grammar.
    """
    ends = outside.str.tail(1) if len(inside) == len(outside) else outside.head(-1).str.tail(1)
    starts = outside.slice(1).str.head(1)
    before, after = ["", delimiter, "\n"], ["", delimiter, "\n", "\r"]
    return ends.is_in(before).all() and starts.is_in(after).all()


def _codes(block: bytes) -> pl.Series:
    """The bytes of a block as numbers."""
    one = pl.Series([block], dtype=pl.Binary)
    return one.bin.reinterpret(dtype=pl.Array(pl.UInt8, len(block))).explode()


def _without_end(line: bytes) -> bytes:
    return line.removesuffix(b"\n").removesuffix(b"\r")


def _lines_at(block: bytes, index: Iterable[int]) -> Iterator[bytes]:
    """Some lines of a block, by their indexes in ascending order.

    All lines by Polars: +3 % on the benchmark's table with faults (benchmarks/tricks.py).
    """
    lines, passed = BytesIO(block), 0
    for wanted in index:
        yield next(islice(lines, wanted - passed, None))
        passed = wanted + 1
