"""Characters that look like others, or like nothing: found, named and shown escaped."""

import re
import unicodedata
from collections.abc import Iterator

LETTERS = str.maketrans(
    "АВЕКМНОРСТХУІЈЅаеорсухіјѕһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧονιρυκ",
    "ABEKMHOPCTXYIJSaeopcyxijshdqwABEZHIKMNOPTYXovipuk",
)
"""Cyrillic and Greek letters, and the Latin ones that they look like.

Source: Unicode Technical Standard 39, "Confusable Detection"; those that keyboards have.
"""
MARKS = str.maketrans(
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u02d7\u2043\u2018\u2019\u201b\u2032\u00b4\u201c\u201d\u201e\u201f\u2033\u2044\u2215\u2236\u066b\u066c\u060c",
    "---------'''''\"\"\"\"\"//:.,,",
)
"""Dashes, quotes and separators, and the characters of ASCII that they look like."""
LIKE_DIGITS = {"O": "0", "o": "0", "l": "1", "I": "1", "|": "1"}
"""Letters that stand for digits where fonts do not tell them apart."""
ODD = "".join(
    [
        r"[\p{Zs}\p{Zl}\p{Zp}\p{Cf}\p{Cc}\p{Nd}\p{Mn}",
        r"\x{AA}\x{B2}\x{B3}\x{B9}\x{BA}\x{2026}\x{2070}-\x{209C}\x{2100}-\x{217F}\x{2460}-\x{24EA}",
        r"\x{FB00}-\x{FB06}\x{FE50}-\x{FE6B}\x{FF01}-\x{FF5E}\x{1D400}-\x{1D7FF}",
        *map(chr, [*LETTERS, *MARKS]),
        r"--[\x20-\x7e]]",
    ]
)
"""Characters that may look like others, for Polars; which do in a text `named` says."""
SUSPICIOUS = rf"{ODD}|^ | $"
HAS_LETTER = f"[{''.join(map(chr, LETTERS))}]"
ENDS = ("begins", "ends")


def plain(text: str) -> str:
    """`text` in the characters that it looks like, and nothing that cannot be seen.

    Source: Unicode Standard Annex 15, NFKC, which most of it is.
    """
    known = unicodedata.normalize("NFKC", text.translate(MARKS)).translate(LETTERS)
    seen = (_seen(character) for character in known.translate(MARKS))
    return " ".join("".join(seen).split())


def _seen(character: str) -> str:
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category in ("Cf", "Cc"):
        return " " if character.isspace() else ""
    return character


def as_digits(text: str) -> str:
    """A plain text with digits for the letters that look like them, and without spaces."""
    return "".join(LIKE_DIGITS.get(character, character) for character in text if character != " ")


def letters_named(text: str) -> str:
    """Which letters of a text look like the digits that it would do with."""
    found = dict.fromkeys(character for character in text if character in LIKE_DIGITS)
    listed = ", ".join(f"{_name(one)} for {LIKE_DIGITS[one]}" for one in found)
    return ", ".join(filter(None, (listed and f"has {listed}", named(text, letters=True))))


def named(text: str, *, letters: bool = False) -> str:
    """What of a text looks like something else, in words that follow a text; empty if nothing.

    Args:
        text: the text.
        letters: whether letters of another script count wherever they stand, and not only in a
            word with Latin letters or digits.
    """
    found = [_name(one) for one in dict.fromkeys(_odd(text, letters=letters))]
    found = [f"has {', '.join(found)}"] if found else []
    spaces = (text.startswith(" "), text.endswith(" "))
    found += [f"{verb} with a space" for verb, is_so in zip(ENDS, spaces, strict=True) if is_so]
    return ", ".join(found)


def escaped(text: str, *, letters: bool = False) -> str:
    """`text` with escapes for all that looks like something else."""
    odd = set(_odd(text, letters=letters))
    return "".join(_escape(character) if character in odd else character for character in text)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 2**16 else f"\\U{code:08x}"


def _odd(text: str, *, letters: bool) -> Iterator[str]:
    """The characters that look like others, or like nothing, in their order."""
    decomposed = unicodedata.normalize("NFC", text) != text
    for word in re.findall(r"\w+|\W", text):
        mixed = letters or bool(re.search(r"[0-9A-Za-z]", word))
        for character in word:
            is_letter = mixed and character.translate(LETTERS) != character
            if is_letter or _is_odd(character) or (decomposed and unicodedata.combining(character)):
                yield character


def _is_odd(character: str) -> bool:
    if character.isascii():
        return unicodedata.category(character) == "Cc"
    if unicodedata.category(character) in ("Zs", "Zl", "Zp", "Cf", "Cc", "Nd"):
        return True
    if character.translate(MARKS) != character:
        return True
    same = unicodedata.normalize("NFKC", character)
    return same != character and same.isascii()


def _name(character: str) -> str:
    name = unicodedata.name(character, "control character").lower()
    of_two = ", written apart from its letter" if unicodedata.combining(character) else ""
    return f"U+{ord(character):04X} ({name}{of_two})"
