"""As much of a row as there is room for in a line, with marks under the cells at fault."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

LARGEST_CELL = 40
GAP = "…"


@dataclass(frozen=True)
class Excerpt:
    """A line of a row.

    Attributes:
        line: its text.
        marks: where the cells at fault begin in it and how long they are, in columns of the
            terminal.
    """

    line: str
    marks: tuple[tuple[int, int], ...]

    @property
    def underline(self) -> str:
        """The marks as a line under it; empty if there are none."""
        line = ""
        for start, length in self.marks:
            line += " " * (start - cell_len(line)) + "^" * length
        return line


def excerpts(
    cells: Sequence[str], at: Sequence[int], delimiter: str, width: int
) -> Iterator[Excerpt]:
    """Lines in which all cells at fault are, each with as many of its neighbours as fit.

    Args:
        cells: the cells of the row, safe to print.
        at: the indexes of those at fault, in order; one past the last if a cell is missing.
        delimiter: what parts them.
        width: how many columns a line may have.
    """
    row = _Row([_fitted(cell, LARGEST_CELL) for cell in cells], delimiter)
    if at and at[-1] == len(cells):
        row.cells.append("")
    shown: list[int] = []
    for index in at:
        if shown and row.width([*shown, index]) > width:
            yield row.excerpt(row.grown(shown, width), shown)
            shown = []
        shown.append(index)
    if shown or row.cells:
        yield row.excerpt(row.grown(shown or [0], width), shown)


@dataclass(frozen=True)
class _Row:
    """The cells of a row, and what parts them."""

    cells: list[str]
    delimiter: str

    def parts(self, shown: Sequence[int]) -> list[tuple[int | None, str]]:
        """What stands in a line that shows some of the cells: these, and marks of what is not."""
        parts: list[tuple[int | None, str]] = []
        for before, index in zip([-1, *shown], [*shown, len(self.cells)], strict=True):
            parts += [(None, GAP)] if index - before > 1 else []
            parts += [(index, self.cells[index])] if index < len(self.cells) else []
        return parts

    def width(self, shown: Sequence[int]) -> int:
        """How many columns the line has that shows some of the cells."""
        return cell_len(self.delimiter.join(text for _, text in self.parts(shown)))

    def grown(self, shown: Sequence[int], width: int) -> list[int]:
        """These cells and as many beside them as fit, those after them first."""
        kept = [*shown]
        while True:
            after = [index + 1 for index in kept if index + 1 < len(self.cells)]
            before = [index - 1 for index in reversed(kept) if index]
            for index in (*reversed(after), *before):
                if index not in kept and self.width(sorted([*kept, index])) <= width:
                    kept = sorted([*kept, index])
                    break
            else:
                return kept

    def excerpt(self, shown: Sequence[int], at: Sequence[int]) -> Excerpt:
        """The line of some cells, with marks at those at fault."""
        line, marks = "", list[tuple[int, int]]()
        for number, (index, text) in enumerate(self.parts(shown)):
            line += self.delimiter if number else ""
            if index in at:
                marks.append((cell_len(line), max(cell_len(text), 1)))
            line += text
        return Excerpt(line, tuple(marks))


def _fitted(cell: str, most: int) -> str:
    """A cell, cut where it is too wide to be shown: between words, where there are some."""
    if cell_len(cell) <= most:
        return cell
    cut = set_cell_size(cell, most - 1).rstrip()
    words, _, rest = cut.rpartition(" ")
    if cell[len(cut) : len(cut) + 1] not in ("", " ") and cell_len(rest) < most // 2:
        cut = words or cut
    return cut + GAP
