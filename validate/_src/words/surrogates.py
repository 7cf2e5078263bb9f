"""Halves of surrogate pairs, which are no characters.

Python has them in the place of bytes of names and arguments that are no UTF-8, and reads them from
escapes of JSON. No encoding writes them, so a text with one can be neither matched nor reported.
"""

import re

SURROGATE = re.compile("[\ud800-\udfff]")
NO_CHARACTERS = "bytes that are no UTF-8, or half of a surrogate pair, are no characters"


def is_of_characters(text: str) -> bool:
    """Whether a text has characters alone, and so can be written."""
    return text.isascii() or SURROGATE.search(text) is None


def in_characters(name: str) -> str:
    """A name of a file or folder with U+FFFD in the place of each byte that is no UTF-8."""
    return SURROGATE.sub("\ufffd", name)
