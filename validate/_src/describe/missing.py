"""Texts that people write for a value that they do not have."""

from string import ascii_lowercase

MISSING = frozenset(
    {
        "-", "--", "---", "–", "—", ".", "..", "...", ":", "?", "??", "???",
        "#n/a", "#na", "(null)", "0000-00-00", "0000-00-00 00:00:00", "<na>", "\\n", "missing",
        "n. a.", "n.a", "n.a.", "n/a", "na", "nan", "nil", "no data", "none", "not available",
        "null", *(f".{letter}" for letter in ascii_lowercase),
    }
)  # fmt: skip
"""In lower case, `.a` to `.z` as Stata has them. They stand for nothing where all else in a column
is a number or a date; among texts `NA` may be Namibia, and `none` an answer."""
LONGEST_MARK = max(map(len, MISSING)) + 2
"""Characters of such a text at most, a space before and after it included."""


def is_missing(text: str) -> bool:
    """Whether a text says that there is no value, or is nothing but white space."""
    bare = text.strip().lower()
    return not bare or bare in MISSING
