"""Texts of others made safe to print, and counts with their nouns."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

UNPRINTABLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""The categories of Unicode whose characters control a terminal, break a line or show nothing."""
UNPRINTABLE_PATTERN = "".join(
    ["[", *(rf"\p{{{name}}}" for name in UNPRINTABLE if name != "Cs"), "]"]
)
"""The same as a regular expression for Polars, whose texts have no surrogates (`Cs`)."""

ENDS = 30
"""Characters that are shown of each end of a long text: its suffix tells a path from others."""

BACKTRACE = re.compile(r"\n\s*0: .*", re.DOTALL)


def printable(text: str) -> str:
    """`text` with its control, format and line-breaking characters escaped."""
    return "".join(
        character.encode("unicode_escape").decode() if _controls(character) else character
        for character in text
    )


def shortened(text: str) -> str:
    """A text by its two ends, if it is long."""
    return text if len(text) <= 2 * ENDS else f"{text[:ENDS]}…{text[-ENDS:]}"


def said_by(error: Exception) -> str:
    """What an error says, in one line; what it is called where it says nothing.

    What libraries in Rust append, the addresses that led to it, is left out.
    """
    return " ".join(BACKTRACE.sub("", str(error)).split()) or type(error).__name__


def _controls(character: str) -> bool:
    return unicodedata.category(character) in UNPRINTABLE


def no_such(what: str, name: str, known: Iterable[str]) -> str:
    """What to say of a name that does not exist, with those that are like it."""
    near = get_close_matches(name, [*known], cutoff=0.7)
    return f'there is no {what} "{name}"' + (f"; did you mean {' or '.join(near)}?" if near else "")


def counted(count: int, noun: str) -> str:
    """A count with its noun: `1 finding`, `1,200 findings`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
