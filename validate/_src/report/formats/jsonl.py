"""Reports as JSON lines: every finding on a line of its own, nothing else."""

import json
from collections.abc import Iterator, Sequence

import polars as pl

from validate._src.report.formats._objects import objects
from validate._src.report.formats.view import View
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
