"""Dates of Extended Date/Time Format (EDTF) with open ends, in words."""

from collections.abc import Collection

from validate._src.site.pagewords import phrased
from validate._src.words.views import Phrase

OPEN = ".."
"""An end of an interval that is open."""


def dated(text: str, languages: Collection[str]) -> Phrase:
    """An interval with one open end in words; any other date as it stands.

    Args:
        text: the date: `../2030` is until 2030, `2026-07/..` is from 2026-07 on.
        languages: the languages of the package.

    Source: EDTF, level 1, "Extended Interval".
    """
    match text.split("/"):
        case [start, end] if start == OPEN and end not in ("", OPEN):
            return phrased("until {date}", languages, date=end)
        case [start, end] if end == OPEN and start not in ("", OPEN):
            return phrased("from {date} on", languages, date=start)
        case _:
            return {"": text}
