"""Texts in lines of a terminal, between words."""

from collections.abc import Iterator

from rich.cells import cell_len, chop_cells

NARROWEST = 20  # columns; on a narrower terminal hardly a word fits into a line


def hanging(text: str, width: int, first: str, indent: str | None = None) -> Iterator[str]:
    """The lines of a text, with something before the first, and the others indented.

    Args:
        text: a text without line breaks.
        width: how many columns of the terminal a line may have.
        first: what stands before the first line.
        indent: what stands before the others; as many spaces by default.
    """
    indent = " " * cell_len(first) if indent is None else indent
    room = max(width - max(cell_len(first), cell_len(indent)), NARROWEST)
    for number, line in enumerate(wrapped(text, room)):
        yield (indent if number else first) + line


def wrapped(text: str, width: int) -> Iterator[str]:
    """The lines of a text; no word is broken, be it longer than a line.

    Only what is written in wide characters, which has no spaces between its words, is broken
    anywhere.

    Args:
        text: a text without line breaks.
        width: how many columns of the terminal a line may have.
    """
    line, length = "", 0
    for number, word in enumerate(text.split(" ")):
        size = cell_len(word)
        if number and length + 1 + size <= width:
            line, length = f"{line} {word}", length + 1 + size
            continue
        if number:
            yield line.rstrip()
        line, length = word, size
        if size > width and size > len(word):
            *full, line = chop_cells(word, width)
            yield from full
            length = cell_len(line)
    yield line.rstrip()
