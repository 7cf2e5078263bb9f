"""Reports as JSON lines: every finding on a line of its own, nothing else."""

import json
from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from validate._src.report.formats.view import View, pieces
from validate._src.report.report import Report, Unusable
from validate._src.words.printing import printable

DELETE = "\x7f"


def render(reports: Sequence[Report | Unusable], view: View) -> Iterator[str]:
    """Each finding as a JSON object with `package` and all members of `Finding`.

    `package` is the descriptor of its package; what does not apply is null.
    """
    for report in reports:
        for frame in view.frames(report):
            named = frame.select(pl.lit(report.location).alias("package"), pl.all())
            for lines in objects([named], "\n"):
                yield f"{escaped(lines)}\n"


def objects(frames: Iterable[pl.DataFrame], between: str) -> Iterator[str]:
    """Rows as JSON objects, in pieces of many.

    Args:
        frames: the rows, an attribute a column.
        between: what stands between the objects of a piece; of JSON, white space and commas.
    """
    for piece in pieces(frames):
        yield piece.write_ndjson().removesuffix("\n").replace("\n", between)


def escaped(text: str) -> str:
    """JSON in which what would control a terminal or break a line is escaped in all texts."""
    if (text.isascii() and DELETE not in text) or text.replace("\n", "").isprintable():
        return text  # JSON has escapes for all other control characters of ASCII
    escapes = {
        ord(character): json.dumps(character)[1:-1]
        for character in set(text) - {"\n"}
        if not character.isprintable() and printable(character) != character
    }
    return text.translate(escapes)
