"""Rows as they stand in a file, the header and what is above it among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from validate._src.describe.firstlines import first_lines
from validate._src.describe.form import format_of
from validate._src.reading import open_table
from validate._src.reading.records import read_records, text_lines
from validate._src.words.finding import cut
from validate._src.words.model import Resource

FIRST = 200  # rows by which a layout is told: titles and notes above a table are fewer
SHOWN = 3  # cells of a row that a sentence shows


@dataclass(frozen=True)
class Row:
    """A row of a file.

    Attributes:
        number: record number from 1.
        line: physical line on which it starts; None where the format has no lines.
        cells: its cells as text, those at its end left out that are empty.
    """

    number: int
    line: int | None
    cells: Sequence[str]

    @property
    def filled(self) -> list[str]:
        """The cells that are not empty."""
        return [cell for cell in self.cells if cell]

    def said(self, withheld: frozenset[int] | None = frozenset(), most: int = SHOWN) -> str:
        """Its number and first cells: `row 2 ("m", "kg")`.

        Args:
            withheld: the columns of which no cell is shown, by index; all where it is None.
            most: how many cells are shown.
        """
        shown = [
            f'"{cut(cell)}"'
            for at, cell in enumerate(self.cells)
            if cell and withheld is not None and at not in withheld
        ]
        more = ", …" if len(shown) > most else ""
        return f"row {self.number:,}" + (f" ({', '.join(shown[:most])}{more})" if shown else "")


def first_rows(resource: Resource) -> list[Row]:
    """The first rows of a file whose cells stand in rows, blank ones among them."""
    if format_of(resource).described == "dialect":
        lines = text_lines([first_lines(resource)])
        records = read_records(lines, resource.dialect)
        return [row(one.number, one.line, one.cells) for one in islice(records, FIRST)]
    return [*islice(_of_sheet(resource), FIRST)]


def row(number: int, line: int | None, cells: Sequence[str | None]) -> Row:
    """A row of some cells."""
    texts = [cell.strip() if cell else "" for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return Row(number, line, texts)


def _of_sheet(resource: Resource) -> Iterator[Row]:
    dialect = replace(resource.dialect, header=False, header_rows=(), comment_rows=())
    reader = open_table(replace(resource, dialect=dialect))
    batch = next(iter(reader.batches(0)))  # of no width: all rows that have cells are ragged
    for index, number in enumerate(batch.rows):
        yield row(number, None, batch.ragged.get(index, []))
