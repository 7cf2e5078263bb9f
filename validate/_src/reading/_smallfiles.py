"""Small files of a table, parsed together: to have Polars parse a text costs more than a small one.

20,000 files of one row, each parsed and judged by itself, take ten times as long.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

import polars as pl

from validate._src.reading._parsing import Asked
from validate._src.reading._plain import PlainBlock, plain_block
from validate._src.reading._quoting import LINE
from validate._src.reading._textfile import QUOTE, TextFile
from validate._src.reading.batch import Batch
from validate._src.reading.records import Place
from validate._src.words.model import Dialect

SMALL = 2**14  # bytes: of larger files, parsing each by itself takes no longer
MOST = 2**20  # bytes of files held: with more a batch takes memory, and saves no time


def may_be_joined(file: TextFile, dialect: Dialect) -> bool:
    """Whether a file is small, and where its text ends in a longer one its table does.

    A quote that is left open would take in the next file, and rows that are comments by their
    number are others in each file.
    """
    if dialect.comment_rows or file.unlabelled or not file.readable or not file.has_only(SMALL):
        return False
    if any(found.code == QUOTE for found in file.findings):
        return False  # what it takes in is told by its line, of which several files have one
    quote = (dialect.quote_char or "").encode()
    return not quote or file.text.count(quote) % 2 == 0


def batches_of_small(
    files: Sequence[TextFile], dialect: Dialect, asked: Asked, number: int
) -> Iterator[Batch]:
    """The records of small files, together as far as that can be.

    Args:
        files: files that may be joined, their headers gone past; their places are moved on.
        dialect: how they are delimited.
        asked: what is looked at.
        number: the number of the first record of the first file, its header counted.
    """
    if len(files) > 1 and (batch := _together(files, dialect, asked, number)) is not None:
        yield batch
        return
    if len(files) == 1:
        files[0].counted_from(number)
        yield from files[0].batches(asked)
        return
    half = len(files) // 2  # what is not plain keeps few other files from being read together
    for some in (files[:half], files[half:]):
        yield from batches_of_small(some, dialect, asked, number)
        number = some[-1].place.number


def _together(
    files: Sequence[TextFile], dialect: Dialect, asked: Asked, number: int
) -> Batch | None:
    """The records of all files as one batch; None where their text is not plain."""
    texts = [_ended(file.text) for file in files]
    text = b"".join(texts)
    block = plain_block(text, dialect, replace(asked, rows=None), 1, has_surplus=False)
    if block is None or len(block.quoting.block) < len(text):
        return None
    batch = block.batch(files[0].part.location, Place())
    if batch is None:
        return None
    counted = _Counted.of(files, texts, block, number)
    files[-1].place = Place(counted.end)
    numbers = counted.numbers(batch.rows)

    def written(number: int) -> str:
        return block.quoting.text(batch.rows.filter(numbers == number) - 1)[0]

    return replace(
        batch,
        rows=numbers,
        lines=counted.lines(batch),
        others=counted.begins[1:],
        findings=tuple(found for file in files for found in file.new_findings()),
        written=None if asked.rows is None else written,
    )


@dataclass(frozen=True)
class _Counted:
    """Where the records of n files stand that were parsed as one text.

    Attributes:
        before: n counts of the records in the text before that of a file.
        numbered: n times what is added to the index of a record in the text for its number.
        lined: n times what is added to the index of a line in the text for the line in its file.
        begins: n times the number of a file's first record, header counted, and the file.
        end: the number of the record after the last.
    """

    before: pl.Series
    numbered: pl.Series
    lined: pl.Series
    begins: tuple[tuple[int, str, None], ...]
    end: int

    @classmethod
    def of(
        cls, files: Sequence[TextFile], texts: Sequence[bytes], block: PlainBlock, number: int
    ) -> "_Counted":
        """The same of files, of which the first begins with that number."""
        lines = [*accumulate((text.count(b"\n") for text in texts), initial=0)]
        records = _records_before(block, lines)
        headers = [*accumulate((file.place.number - 1 for file in files), initial=number)]
        return cls(
            before=pl.Series(records[:-1]),
            numbered=pl.Series(headers[1:]),
            lined=pl.Series([file.place.line - n for file, n in zip(files, lines, strict=False)]),
            begins=tuple(
                (header + before, file.part.location, None)
                for header, before, file in zip(headers, records, files, strict=False)
            ),
            end=headers[-1] + records[-1],
        )

    def numbers(self, rows: pl.Series) -> pl.Series:
        """The numbers of m records, given by their numbers in the text."""
        return self.numbered.gather(self._files(rows)) + (rows - 1)

    def lines(self, batch: Batch) -> pl.Series:
        """The lines of m records in their files, given by their lines in the text."""
        return self.lined.gather(self._files(batch.rows)) + (batch.lines - 1)

    def _files(self, rows: pl.Series) -> pl.Series:
        """In which file each record stands."""
        return self.before.search_sorted(rows - 1, side="right") - 1


def _records_before(block: PlainBlock, lines: Sequence[int]) -> Sequence[int]:
    """How many records stand before each of some lines, of which each begins one or is the end."""
    records = block.quoting.records
    if records is None:
        return lines
    return records[LINE].search_sorted(pl.Series(lines, dtype=records[LINE].dtype)).to_list()


def _ended(text: bytes) -> bytes:
    """A text such that the text of another file can follow it."""
    return text + b"\n" if text and not text.endswith(b"\n") else text
