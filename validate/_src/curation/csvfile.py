"""CSV in canonical form."""

import re
from collections.abc import Iterable

NEEDS_QUOTES = re.compile(r'[",\r\n]')
EMPTY_CELL = '""'


def write_records(rows: Iterable[Iterable[str]]) -> str:
    """Rows of text, the header among them, in canonical form.

    Comma, quotes only where needed, LF, final newline, empty for an empty text.
    """
    lines = (",".join(map(_quoted, row)) for row in rows)
    # An empty line would be a blank row; a lone empty cell needs its quotes.
    return "".join(f"{line or EMPTY_CELL}\n" for line in lines)


def _quoted(cell: str) -> str:
    """A cell, in quotes if it needs them; `csv.writer` does not quote a lone CR."""
    return '"' + cell.replace('"', '""') + '"' if NEEDS_QUOTES.search(cell) else cell
