"""Patterns of XML Schema, written as other regular expressions are.

Source: XML Schema Part 2, F "Regular Expressions", which Table Schema refers to.
"""

import re
from functools import cache

START = (
    r":A-Z_a-z\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u02FF\u0370-\u037D\u037F-\u1FFF\u200C-\u200D"
    r"\u2070-\u218F\u2C00-\u2FEF\u3001-\uD7FF\uF900-\uFDCF\uFDF0-\uFFFD\U00010000-\U000EFFFF"
)
NAME = rf"\-.0-9\u00B7\u0300-\u036F\u203F-\u2040{START}"
NAMES = {"i": START, "c": NAME}
"""What a name of XML may begin with, and what it may go on with: `\\i` and `\\c`."""
BLOCK = re.compile(r"\{Is([A-Za-z0-9-]+)\}")


def with_known_escapes(pattern: str) -> str:
    r"""A pattern without the escapes of XML Schema that other regular expressions do not know.

    Those are `\i` and `\c` for the characters of names, and `\p{IsHiragana}` for a block of
    Unicode. `\I`, `\C` and `\P` are their opposites.

    Raises:
        ValueError: there is no such block.
    """
    written, at, depth = "", 0, 0
    while at < len(pattern):
        piece = pattern[at : at + 2] if pattern[at] == "\\" else pattern[at]
        depth += (piece == "[") - (piece == "]" and depth > 0)
        at += len(piece)
        if piece[1:].lower() in NAMES:
            piece = _in_class(NAMES[piece[1:].lower()], depth, inverted=piece[1:].isupper())
        elif piece in ("\\p", "\\P") and (block := BLOCK.match(pattern, at)):
            at = block.end()
            piece = _in_class(_block(block[1]), depth, inverted=piece == "\\P")
        written += piece
    return written


def _in_class(characters: str, depth: int, *, inverted: bool) -> str:
    """Ranges of characters, in brackets unless they stand in some."""
    if inverted:
        return f"[^{characters}]"
    return characters if depth else f"[{characters}]"


@cache
def _block(name: str) -> str:
    """The characters of a block, as a range.

    Raises:
        ValueError: there is no such block.
    """
    import regex

    try:
        block = regex.compile(rf"\p{{In{name}}}+")
    except regex.error:
        raise ValueError(f"there is no block Is{name}") from None
    found = block.search(_all_characters())
    if found is None:
        raise ValueError(f"there are no characters in block Is{name}")
    return rf"\U{ord(found[0][0]):08X}-\U{ord(found[0][-1]):08X}"


@cache
def _all_characters() -> str:
    return "".join(map(chr, [*range(0xD800), *range(0xE000, 0x110000)]))


def with_rust_subtraction(pattern: str) -> str:
    """A pattern with XML Schema's class subtraction, `[a-z-[aeiou]]`, as Rust writes it."""
    written, depth, escaped = "", 0, False
    for character in pattern:
        if character == "[" and not escaped:
            written += "-[" if depth and written.endswith("-") else "["
            depth += 1
        elif depth and not escaped and character in "&~-" and written.endswith(character):
            written += "\\" + character  # doubled, they are operators of Rust's classes
        else:
            written += character
            depth -= character == "]" and not escaped and depth > 0
        escaped = character == "\\" and not escaped
    return written
