"""What is quoted in a block of delimited text, and which of its lines make a record together."""

import operator
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial, reduce
from io import BytesIO
from itertools import islice

import polars as pl

from validate._src.reading._codes import codes_of, places_of
from validate._src.reading._lines import LINE_END, Lines
from validate._src.words.model import Dialect

END, LINE, NEXT = "end", "line", "next"
RETURN = ord("\r")
SAMPLE = 2**14  # bytes of a block, which tell whether it has many quotes
FEW = 2**8  # records that are looked at by themselves: of more, all are at once
SPARSE = 2**9  # bytes a quote: where there are fewer quotes, each is found by itself


@dataclass(frozen=True)
class Quoting:
    """What is quoted in a block of text, all of it as RFC 4180 has it.

    Attributes:
        block: the text, of n whole records.
        quotes: the places of quotes.
        left_out: how many of them are no part of a cell: those around one, and every second
            inside.
        may_be_empty: whether a quoted cell may be empty.
        ends: how many ends of lines it has, where some may be within cells; None where that is
            known.
        records: of each record the byte after its end, which the last may lack, the index of its
            first line, and that of the `next` record's; None where every line is a record.
        has_returns: whether a carriage return is before an end of a line.
    """

    block: bytes
    quotes: pl.Series = field(default_factory=partial(pl.Series, dtype=pl.UInt32))
    left_out: int = 0
    may_be_empty: bool = False
    ends: int | None = None
    records: pl.DataFrame | None = None
    has_returns: bool = False

    @classmethod
    def of(cls, block: bytes, dialect: Dialect) -> "Quoting | None":
        """What is quoted in the whole records of a block; None where only `csv` can tell.

        A record that the block does not hold to its end is left out.
        """
        has_returns = b"\r" in block
        if has_returns and block.count(b"\r") != block.count(b"\r\n"):
            return None
        quote = (dialect.quote_char or "").encode()
        if not quote or quote not in block:
            return cls(block, has_returns=has_returns)
        codes, few = codes_of(block), _few(block, quote)
        quotes = places_of(ord(quote), codes) if few is None else pl.Series(few, dtype=pl.UInt32)
        opening, closing = _ends_of_cells(quotes)
        if not _are_whole(codes, opening, closing, ord(dialect.delimiter)):
            return None
        may_be_empty = bool((closing - opening.head(len(closing)) == 1).any())
        if len(quotes) % 2:
            some = cls(block, quotes, may_be_empty=may_be_empty, has_returns=has_returns)
            return some.by_records()
        ends = None
        if few is None or _hold_line_end(block, few):
            ends = int((codes == LINE_END).sum()) + (not block.endswith(b"\n"))
        left_out = (len(quotes) + len(opening) + len(closing)) // 2
        return cls(block, quotes, left_out, may_be_empty, ends, has_returns=has_returns)

    def of_height(self, height: int) -> "Quoting | None":
        """The same, once Polars has found so many records: fewer where cells hold ends of lines."""
        return self if self.ends in (None, height) else self.by_records()

    def by_records(self) -> "Quoting | None":
        """The same by records; one that the block does not hold to its end is left out.

        An end of a line is one of a record where the number of quotes before it is even.
        """
        ends = _line_ends(self.block)
        last_lines = (self.quotes.search_sorted(ends) % 2 == 0).arg_true()
        if last_lines.is_empty():
            return None
        after, following = ends.gather(last_lines) + 1, last_lines + 1
        records = {
            END: after,
            LINE: following.shift(1, fill_value=0),
            NEXT: following,
        }
        block = self.block[: after[-1]]
        quotes = self.quotes.filter(self.quotes < len(block))
        return replace(
            self,
            block=block,
            quotes=quotes,
            left_out=_left_out(quotes),
            ends=None,
            records=pl.DataFrame(records),
        )

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
        return self.block.count(b"\n") + (self.block[-1:] not in (b"\n", b""))

    @cached_property
    def record_ends(self) -> pl.Series:
        """Of each record the byte after its end, which the last may lack."""
        ends = _line_ends(self.block) + 1 if self.records is None else self.records[END]
        return ends.cast(pl.Int64)

    @property
    def marks(self) -> tuple[tuple[int, int], ...]:
        """Some records and the bytes at which they begin, where anybody had to look for any."""
        if self.records is not None or "_lines" not in vars(self):
            return ()
        return self._lines.marks

    @cached_property
    def returns(self) -> int:
        """How many ends of records are a carriage return and a line feed."""
        if not self.has_returns:
            return 0
        if self.records is None:
            return self.block.count(b"\r")
        return int((self._before(self.record_ends) == RETURN).sum())

    @property
    def last_codes(self) -> pl.Series:
        """The last byte of each record before its end; anything of one that is empty."""
        before = self._before(self.record_ends)
        if not self.returns:
            return before
        return self._before(self.record_ends - (before == RETURN))

    def _before(self, ends: pl.Series) -> pl.Series:
        """The byte before the line feed at the end of records, or any that is empty."""
        return codes_of(self.block).gather((ends - 2).clip(lower_bound=0))

    def sizes(self, index: pl.Series | None = None) -> pl.Series:
        """Of each record, or of some, how many bytes of it are in cells or between them.

        Left out are its end, the quotes around cells, and every second inside.
        """
        starts, ends = self._bounds(index)
        sizes = ends - starts - 1
        if self.returns:
            sizes -= self._before(ends) == RETURN
        if self.has_quotes:
            sizes -= self._left_out_within(starts, ends)
        return sizes

    def _bounds(self, index: pl.Series | None = None) -> tuple[pl.Series, pl.Series]:
        """The byte at which each record, or each of some, begins, and the byte after its end."""
        if index is not None and len(index) <= FEW and self.records is None:
            found = [self._lines.bounds(at) for at in index]
            starts, ends = zip(*found, strict=True) if found else ((), ())
            return pl.Series(starts, dtype=pl.Int64), pl.Series(ends, dtype=pl.Int64)
        ends = self.record_ends
        starts = pl.concat([pl.Series([0], dtype=pl.Int64), ends.head(-1)])
        return (starts, ends) if index is None else (starts[index], ends[index])

    @cached_property
    def _lines(self) -> Lines:
        return Lines.of(self.block)

    def _left_out_within(self, starts: pl.Series, ends: pl.Series) -> pl.Series:
        """How many quotes in each of some records are no part of a cell.

        All quotes are paired only where the records are many.
        """
        before, up_to = (self.quotes.search_sorted(places) for places in (starts, ends))
        quotes = (up_to - before).cast(pl.Int64)
        if len(quotes) > FEW:
            sums = _are_doubled(self.quotes).cast(pl.Int64).cum_sum()
            sums = pl.concat([pl.Series([0, 0], dtype=pl.Int64), sums])
            return quotes - (sums[up_to // 2] - sums[before // 2])
        within = (self.quotes[begin:end] for begin, end in zip(before, up_to, strict=True))
        return quotes - pl.Series(map(_number_doubled, within), dtype=pl.Int64)

    def text(self, index: pl.Series) -> pl.Series:
        """The text of some of the records, by their indexes in ascending order.

        Raises:
            UnicodeDecodeError: it is not UTF-8.
        """
        places = zip(*self._bounds(index), strict=True)
        found = (self.block[start:end] for start, end in places)
        return pl.Series([_without_end(one).decode() for one in found], dtype=pl.String)


def _line_ends(block: bytes) -> pl.Series:
    """The places of ends of lines; that of the last line may be absent, behind the block."""
    ends = places_of(LINE_END, codes_of(block))
    if not block.endswith(b"\n"):
        ends.append(pl.Series([len(block)], dtype=ends.dtype))
    return ends


def _few(block: bytes, quote: bytes) -> list[int] | None:
    """The places of quotes, each found by itself; None if they are many.

    All looked for at once: +1 % on the benchmark's table (benchmarks/tricks.py).
    """
    middle = len(block) // 2
    if block.count(quote, middle, middle + SAMPLE) * SPARSE > SAMPLE:
        return None
    most = max(len(block), SAMPLE) // SPARSE
    places, at = list[int](), block.find(quote)
    while at >= 0:
        places.append(at)
        if len(places) > most:
            return None
        at = block.find(quote, at + 1)
    return places


def _hold_line_end(block: bytes, quotes: Sequence[int]) -> bool:
    """Whether a cell between two quotes has an end of a line."""
    pairs = zip(quotes[::2], quotes[1::2], strict=True)
    return any(block.find(b"\n", start, end) >= 0 for start, end in pairs)


def _pairs(quotes: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The places of quotes that seem to open a cell, and of those that seem to close one."""
    return quotes.gather_every(2), quotes.gather_every(2, offset=1)


def _ends_of_cells(quotes: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The places of quotes that open a cell, and of those that close one, without doubled ones.

    A quote that seems to close a cell, and the one right after it, are one quote of a cell.
    """
    opening, closing = _pairs(quotes)
    is_single = opening.slice(1) - closing.head(max(len(opening) - 1, 0)) > 1
    if is_single.all():
        return opening, closing
    first, last = opening.head(1), closing.slice(len(is_single))
    return (
        first.append(opening.slice(1).filter(is_single)),
        closing.head(len(is_single)).filter(is_single).append(last),
    )


def _are_whole(codes: pl.Series, opening: pl.Series, closing: pl.Series, delimiter: int) -> bool:
    """Whether cells in quotes are whole ones: what stands before and after them parts cells.

    Source: RFC 4180, section 2, and its grammar.
    """
    before = codes.gather(opening.slice(int(opening[0] == 0)) - 1)
    is_last = len(closing) > 0 and closing[-1] == len(codes) - 1
    after = codes.gather(closing.head(len(closing) - is_last) + 1)
    return _are_all(before, delimiter, LINE_END) and _are_all(after, delimiter, LINE_END, RETURN)


def _are_all(codes: pl.Series, *allowed: int) -> bool:
    return bool(reduce(operator.or_, (codes == code for code in allowed)).all())


def _left_out(quotes: pl.Series) -> int:
    """How many quotes are no part of a cell: not those that seem to close one but are doubled."""
    return len(quotes) - int(_are_doubled(quotes).sum())


def _are_doubled(quotes: pl.Series) -> pl.Series:
    """Whether quotes that seem to close a cell are doubled; the last of them closes one."""
    opening, closing = _pairs(quotes)
    return opening.slice(1) - closing.head(-1) == 1


def _number_doubled(quotes: pl.Series) -> int:
    """How many of the quotes of a record seem to close a cell but are doubled."""
    places = quotes.to_list()
    return sum(after - at == 1 for at, after in zip(places[1::2], places[2::2], strict=False))


def _without_end(line: bytes) -> bytes:
    return line.removesuffix(b"\n").removesuffix(b"\r")


def lines_at(block: bytes, index: Iterable[int]) -> Iterator[bytes]:
    """Some lines of a block, by their indexes in ascending order.

    All lines by Polars: +3 % on the benchmark's table with faults (benchmarks/tricks.py).
    """
    lines, passed = BytesIO(block), 0
    for wanted in index:
        yield next(islice(lines, wanted - passed, None))
        passed = wanted + 1
