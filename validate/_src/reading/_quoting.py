"""What is quoted in a block of delimited text, and which of its lines make a record together."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from itertools import islice

import polars as pl

from validate._src.words.model import Dialect

TEXT, LINE, NEXT = "text", "line", "next"


@dataclass(frozen=True)
class Quoting:
    """What is quoted in a block of text, all of it as RFC 4180 has it.

    Attributes:
        block: the text, of n whole records.
        left_out: how many quotes are no part of a cell, in the lines that hold one quoted cell,
            with something in it, and no more quotes.
        quoted: of each other line that holds a quote, the text from the first to the last.
        records: the text of each record, the index of its first line and that of the `next`
            record's; None where every line is a record.
    """

    block: bytes
    left_out: int
    quoted: pl.Series
    records: pl.DataFrame | None

    @classmethod
    def of(cls, block: bytes, dialect: Dialect) -> "Quoting | None":
        """What is quoted in the whole records of a block; None where only `csv` can tell."""
        delimiter = dialect.delimiter.encode()
        quotes = _quoted_text(dialect.quote_char, delimiter, block)
        if quotes is None:
            return None
        left_out, found = quotes
        if not found:
            return cls(block, left_out, pl.Series(dtype=pl.String), None)
        judged = _judged(found, dialect)
        if judged is None:
            return None
        if judged["is_sound"].all():
            return cls(block, left_out, judged[TEXT], None)
        return cls._of_several_lines(block, left_out, judged[TEXT], dialect)

    @classmethod
    def _of_several_lines(
        cls, block: bytes, left_out: int, quoted: pl.Series, dialect: Dialect
    ) -> "Quoting | None":
        """The same of a block in which cells hold ends of lines, if it is as RFC 4180 has it."""
        try:
            lines = pl.read_lines(block, name=TEXT, row_index_name=LINE)
        except pl.exceptions.ComputeError:  # not UTF-8
            return None
        grammar = _grammar(dialect)
        records = _joined_lines(lines, str(dialect.quote_char))
        if not records[TEXT].tail(1).str.contains(grammar).all():
            records = records.head(-1)  # a quote is open at the end of the block
        if not records.height or not records[TEXT].str.contains(grammar).all():
            return None
        block = _without_last_lines(block, lines.height - records[NEXT][-1])
        return cls(block, left_out, quoted, records)

    @property
    def has_quotes(self) -> bool:
        """Whether there are any."""
        return bool(self.left_out) or not self.quoted.is_empty()

    @property
    def loses_ends(self) -> bool:
        """Whether a carriage return is lost where lines are joined to records."""
        return self.records is not None and b"\r" in self.block

    def only(self, index: pl.Series | None) -> "Quoting":
        """The same for some of the records, or for all; an empty line stands before some.

        With that line the text cannot begin with bytes that Polars takes for a compressed file.
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
        if self.records is not None:
            return self.records[TEXT].gather(index)
        lines = _lines_at(self.block, index)
        return pl.Series([line.decode() for line in lines], dtype=pl.String)


def quoted_cell(quote: str) -> str:
    """A quoted cell, its quotes inside doubled, as a pattern."""
    mark = re.escape(quote)
    return f"{mark}(?:[^{mark}]|{mark}{mark})*{mark}"


def _grammar(dialect: Dialect) -> str:
    """A record as RFC 4180 has it: cells without quotes, or within quotes that are doubled inside.

    Source: RFC 4180, section 2, and its grammar.
    """
    quote, delimiter = re.escape(str(dialect.quote_char)), re.escape(dialect.delimiter)
    cell = rf"(?:{quoted_cell(str(dialect.quote_char))}|[^{quote}{delimiter}]*)"
    return rf"\A{cell}(?:{delimiter}{cell})*\z"


def _quoted_text(
    quote: str | None, delimiter: bytes, block: bytes
) -> tuple[int, list[bytes]] | None:
    """The lines with quotes, those with one quoted cell and something in it apart from others.

    All judged alike: +21 % on the benchmark's table, +5 % on measurements, +1 % on a registry
    (benchmarks/tricks.py).

    Returns:
        How many quotes of the first are no part of a cell, the two around it and every second
        inside; and of each other line the text from the first quote to the last, with a byte
        around it, at the ends of the block a line feed. None where a carriage return stands
        anywhere but before a line feed.
    """
    if b"\r" in block and block.count(b"\r") != block.count(b"\r\n"):
        return None
    if not quote:
        return 0, []
    mark, left_out, found = quote.encode(), 0, list[bytes]()
    before, after = b"\n" + delimiter, b"\r\n" + delimiter
    at = block.find(mark)
    while at >= 0:
        end = block.find(b"\n", at)
        if end < 0:
            end = len(block)
        last = block.rfind(mark, at, end)
        around = (
            0 < at < last - 1
            and last + 1 < len(block)
            and block[at - 1] in before
            and block[last + 1] in after
        )
        if around and block.find(mark, at + 1, last) < 0:
            left_out += 2
        elif around and mark not in block[at + 1 : last].replace(mark + mark, b""):
            left_out += 2 + block.count(mark, at + 1, last) // 2
        else:
            found.append(block[at - 1 : last + 2])
        at = block.find(mark, end)
    if found and block.startswith(mark):
        first = block.partition(b"\n")[0]
        found[0] = b"\n" + block[: first.rfind(mark) + 2]
    if found and block.endswith(mark):
        found[-1] += b"\n"
    return left_out, found


def _judged(found: list[bytes], dialect: Dialect) -> pl.DataFrame | None:
    """Of each text that `_quoted_text` found, whether its quotes stand around whole cells.

    Returns:
        n rows: the `text` without the byte around it, and whether it `is_sound`. None where
        one is not UTF-8.
    """
    text, delimiter = pl.col(TEXT), dialect.delimiter.encode()
    starts = pl.any_horizontal(text.bin.starts_with(end) for end in (b"\n", delimiter))
    ends = pl.any_horizontal(text.bin.ends_with(end) for end in (b"\r", b"\n", delimiter))
    try:
        return (
            pl.LazyFrame({TEXT: found}, schema={TEXT: pl.Binary})
            .select(
                text.bin.slice(1, text.bin.size() - 2).cast(pl.String),
                (starts & ends).alias("is_whole"),
            )
            .select(
                text,
                (pl.col("is_whole") & text.str.contains(_grammar(dialect))).alias("is_sound"),
            )
            .collect()
        )
    except pl.exceptions.ComputeError:
        return None


def _joined_lines(lines: pl.DataFrame, quote: str) -> pl.DataFrame:
    """The records that lines make when a line in which a quote is left open goes on in the next."""
    quotes = lines[TEXT].str.count_matches(quote, literal=True).cum_sum()
    begins = quotes.shift(1, fill_value=0) % 2 == 0
    starts = begins.arg_true()
    ends = pl.concat([starts.slice(1), pl.Series([lines.height], dtype=starts.dtype)])
    records = pl.DataFrame({TEXT: lines[TEXT].gather(starts), LINE: starts, NEXT: ends})
    # To join each record would take many times the memory of the few that have several lines.
    several = (records[NEXT] - records[LINE] > 1).arg_true()
    number = (begins.cum_sum() - 1).cast(several.dtype)
    joined = (
        lines.with_columns(number.alias("record"))
        .filter(number.is_in(several.implode()))
        .group_by("record", maintain_order=True)
        .agg(pl.col(TEXT).str.join("\n"))
    )
    return records.with_columns(records[TEXT].scatter(several, joined[TEXT]))


def _without_last_lines(block: bytes, count: int) -> bytes:
    end = len(block)
    for _ in range(count):
        end = block.rfind(b"\n", 0, end - 1) + 1
    return block[:end]


def _lines_at(block: bytes, index: Iterable[int]) -> Iterator[bytes]:
    """Some lines of a block without their ends, by their indexes in ascending order.

    All lines by Polars: +3 % on the benchmark's table with faults (benchmarks/tricks.py).
    """
    lines, passed = BytesIO(block), 0
    for wanted in index:
        line = next(islice(lines, wanted - passed, None))
        yield line.removesuffix(b"\n").removesuffix(b"\r")
        passed = wanted + 1
