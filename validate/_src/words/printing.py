"""Texts of others made safe to print, and counts with their nouns."""

import unicodedata

UNPRINTABLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def printable(text: str) -> str:
    """`text` with its control, format and line-breaking characters escaped."""
    return "".join(
        character.encode("unicode_escape").decode() if _controls(character) else character
        for character in text
    )


def _controls(character: str) -> bool:
    return unicodedata.category(character) in UNPRINTABLE


def counted(count: int, noun: str) -> str:
    """A count with its noun: `1 finding`, `1,200 findings`."""
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
